//! The rules of verification, by their codes (docs/protocol.md section 9), in words.

use crate::verify::words::{Lang, Words};

macro_rules! rules {
    ($($code:ident: $zh:literal / $en:literal,)*) => {
        /// A rule. The words say what holds when the rule holds.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Rule {
            $(#[doc = $en] $code,)*
        }

        impl Rule {
            /// Every rule, in the order of the page.
            pub const ALL: &'static [Self] = &[$(Self::$code,)*];

            /// The code, such as `C1`.
            #[must_use]
            pub fn code(self) -> &'static str {
                match self { $(Self::$code => stringify!($code),)* }
            }

            fn both(self) -> Words {
                match self { $(Self::$code => Words { zh: $zh, en: $en },)* }
            }
        }
    };
}

rules! {
    C1: "开头完整，导出人的证书在包内" / "the opening frame is valid and the exporter's certificate is here",
    C2: "每一帧都合格，次序和大小符合规定" / "every frame is well-formed, in order and within the limits",
    C3: "封口清单与每一帧逐一相符" / "the closing list agrees with every frame",
    C4: "封口签名出自导出人" / "the closing signature is the exporter's",
    C5: "封口之后没有任何内容" / "nothing follows the closing frame",
    K1: "每张证书都由上级签发，直到根证书" / "every certificate is signed by its issuer, up to a root",
    K2: "签发没有越权、越范围、越期限" / "no certificate goes beyond its issuer's powers, scope or time",
    K3: "根证书就是指定的那一张" / "the root is the one that was asked for",
    O1: "每条记录格式严格，属于本包的卷宗"
        / "every op is strictly encoded and belongs to a dossier of this package",
    O2: "每人的记录首尾相连，没有缺号" / "each writer's ops are linked without a gap",
    O3: "记录所依据的前序记录都在其前" / "what an op builds on is here and comes before it",
    O4: "每个卷宗有且只有一个开卷记录" / "each dossier has exactly one opening op",
    O5: "没有人在同一序号写过两条记录" / "no writer has two ops in one place",
    S1: "每个印签都能用包内证书验证" / "every seal's signature verifies",
    S2: "印签恰好盖住其前的记录，没有漏盖" / "every op is covered by exactly one seal",
    S3: "每人的印签编号相连" / "each writer's seals agree with each other",
    P1: "盖印人是本人，在授权区域内" / "the sealer is the writer, within the certificate's area",
    B1: "正文与记录的承诺一致" / "every body is the one that was committed to",
    B2: "没有隐去的字段" / "nothing is withheld",
    M1: "附件就是记录所指的文件" / "every blob is one that an op names",
    M2: "附件可以用记录中的密钥解开" / "every blob opens with its key",
    M3: "原件的长度、SHA-256、SM3 与记录一致" / "every original has the recorded length, SHA-256 and SM3",
    M4: "记录所指的附件都在包内" / "no named blob is absent",
    T1: "各时钟之间、与证书期限没有矛盾" / "the clocks contradict neither each other nor the certificates",
    R1: "检查点和拒收通知都出自包内证书所指的平台"
        / "every checkpoint and every refusal is signed by a hub of this package",
    R2: "每份回执都与包内的内容相符，都在包内某个检查点之下"
        / "every receipt is of something in this package and under one of its checkpoints",
    R3: "同一日志的检查点属于同一棵只增不减的树"
        / "the checkpoints of a log are of one tree that only grew",
    R4: "平台收到的内容依次相连，全部出示" / "what a hub received follows each other and is all here",
    R5: "印签和附件都有平台回执" / "every seal and blob has the receipt of a hub",
    R6: "记录所引的检查点与包内的一致" / "the checkpoints that ops name are those of this package",
}

impl Rule {
    /// What holds when the rule holds.
    #[must_use]
    pub fn words(self, lang: Lang) -> &'static str {
        self.both().in_lang(lang)
    }
}
