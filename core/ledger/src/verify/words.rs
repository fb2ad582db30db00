//! What a verdict says of single items, Chinese and English side by side.

use crate::verify::verdict::{Item, Subject};

/// A language of the product.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// Chinese, the first language.
    #[default]
    Zh,
    /// English.
    En,
}

/// The same words in both languages.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Words {
    /// Chinese.
    pub zh: &'static str,
    /// English.
    pub en: &'static str,
}

impl Words {
    /// The words in one language.
    #[must_use]
    pub fn in_lang(self, lang: Lang) -> &'static str {
        match lang {
            Lang::Zh => self.zh,
            Lang::En => self.en,
        }
    }
}

impl Item {
    /// What was found and where, in a line. `kind` gives the words for the kind of an op: its own
    /// text (`str::to_owned`), or a term of a catalogue.
    #[must_use]
    pub fn words(&self, lang: Lang, kind: impl Fn(&str) -> String) -> String {
        let colon = Words { zh: "：", en: ": " }.in_lang(lang);
        let by = self.by.map(|by| match lang {
            Lang::Zh => format!("（记录 {}）", by.short()),
            Lang::En => format!(" by op {}", by.short()),
        });
        let (subject, fault) = (self.subject.words(lang, kind), self.fault.words(lang));
        format!("{subject}{colon}{fault}{}", by.unwrap_or_default())
    }
}

impl Subject {
    fn words(&self, lang: Lang, kind_words: impl Fn(&str) -> String) -> String {
        let noun = |zh, en| Words { zh, en }.in_lang(lang);
        let quoted = |label: &Option<String>| {
            label.as_ref().map(|label| format!(" “{label}”")).unwrap_or_default()
        };
        match self {
            Self::Package => noun("整个包", "the package").to_owned(),
            Self::Frame(index) => match lang {
                Lang::Zh => format!("第 {index} 帧"),
                Lang::En => format!("frame {index}"),
            },
            Self::Certificate { name, hash } => {
                format!("{} {name} {}", noun("证书", "certificate of"), hash.short())
            }
            Self::Op { hash, kind, seq, writer, label } => {
                let (kind, writer) = (kind_words(kind), writer.as_deref().unwrap_or("?"));
                format!("{kind} #{seq} {writer}{} {}", quoted(label), hash.short())
            }
            Self::Seal { writer, number } => match lang {
                Lang::Zh => format!("印签 {number}（{writer}）"),
                Lang::En => format!("seal {number} of {writer}"),
            },
            Self::Blob { address, label } => {
                format!("{}{} {}", noun("附件", "blob"), quoted(label), address.short())
            }
            Self::Dossier(id) => format!("{} {id}", noun("卷宗", "dossier")),
            Self::Checkpoint { origin, size } => match lang {
                Lang::Zh => format!("日志 {origin} 的检查点（{size} 条）"),
                Lang::En => format!("checkpoint of {origin} at {size} entries"),
            },
            Self::Arrivals { dossier, first, last } => match lang {
                Lang::Zh => format!("卷宗 {dossier} 第 {first} 至 {last} 个到达的印签"),
                Lang::En => format!("seals {first} to {last} of dossier {dossier} at the hub"),
            },
        }
    }
}

macro_rules! faults {
    ($($name:ident: $zh:literal / $en:literal,)*) => {
        /// What is wrong with, or worth knowing of, one item.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum Fault {
            $(#[doc = $en] $name,)*
        }

        impl Fault {
            /// The stable name, for programs.
            #[must_use]
            pub fn name(self) -> &'static str {
                match self { $(Self::$name => stringify!($name),)* }
            }

            /// The words, for people.
            #[must_use]
            pub fn words(self, lang: Lang) -> &'static str {
                match self { $(Self::$name => Words { zh: $zh, en: $en }.in_lang(lang),)* }
            }
        }
    };
}

faults! {
    EndsEarly: "文件在这里中断" / "the file ends here, too early",
    NotAFrame: "此处开始的内容不是合格的帧" / "what begins here is no frame within the limits",
    Malformed: "格式不合规定" / "is not in the permitted form",
    OutOfOrder: "次序不对" / "is out of order",
    Twice: "出现两次" / "stands here twice",
    Unknown: "属于更新版本的内容，本程序没有检查" / "is of a newer version and was not checked",
    NoClose: "没有封口" / "there is no closing frame",
    NoExporter: "导出人的证书不在包内" / "the exporter's certificate is not here",
    Altered: "与封口清单不符：被改动、替换或移位" / "differs from the closing list: altered, replaced or moved",
    Removed: "封口清单中有，包内缺少" / "is in the closing list and not in the package",
    Added: "不在封口清单中，是后加的" / "is not in the closing list: it was added later",
    WrongSignature: "签名不对" / "has a wrong signature",
    Trailing: "封口之后还有内容" / "has bytes after the closing frame",
    NoIssuer: "签发者的证书不在其前" / "its issuer's certificate does not come before it",
    BeyondIssuer: "超出签发者的权限、范围或期限" / "goes beyond its issuer's powers, scope or time",
    OtherRoot: "根证书不是指定的那一张" / "stands under another root than the one asked for",
    ForeignDossier: "不属于本包的卷宗" / "belongs to no dossier of this package",
    BrokenLink: "与前一条记录不相连：前后有记录被改动、删除或插入"
        / "does not follow from the op before: one was altered, removed or put in",
    MissingPast: "所依据的前序记录不在其前" / "builds on an op that does not come before it",
    NoOpening: "没有开卷记录，或开卷记录的区域被隐去" / "has no opening op, or its area is withheld",
    TwoOpenings: "有不止一个开卷记录" / "has more than one opening op",
    Forked: "同一人在同一序号写过两条记录（克隆、恢复备份或造假）"
        / "its writer has two ops in this place (a clone, a restored backup, or forgery)",
    NotCovered: "没有被印签恰好盖住" / "is not covered by exactly one seal",
    SealBreak: "与同一人的前一个印签不相连" / "does not follow from the writer's seal before",
    SealFork: "同一编号有两个印签" / "has the number of another seal of the same writer",
    SealGap: "编号有间断：其余印签在不属于本包的卷宗里"
        / "leaves a gap in the numbers: the others belong to dossiers that are not here",
    NotTheWriter: "盖印证书不是此人的，或无权书写"
        / "is sealed with a certificate of another writer, or of one who does not write",
    OutOfArea: "证书不管这个区域" / "is sealed with a certificate for another area",
    OutOfTime: "所称时间不在证书有效期内" / "claims a time outside the certificate's validity",
    BodyDiffers: "正文不是当初承诺的正文" / "has a body other than the one committed to",
    BodyWithheld: "正文全部隐去" / "has its whole body withheld",
    FieldWithheld: "有字段隐去" / "has fields withheld",
    FieldErased: "有字段已依法删除" / "has fields that were erased",
    PartErased: "有字段隐去，其中有的已依法删除"
        / "has fields withheld, some of which were erased",
    BlobErased: "附件已依法删除" / "was erased",
    NotNamed: "没有记录指向这个附件" / "is named by no op",
    WrongBlob: "附件内容与记录的地址或长度不符" / "does not have the recorded address or length",
    NotOpened: "附件解不开" / "does not decrypt with its key",
    WrongOriginal: "原件的长度或摘要与记录不符"
        / "has an original that differs from the recorded length or digests",
    BadClaim: "记录中关于附件的字段不全或自相矛盾" / "describes its blob incompletely or in contradiction",
    KeyWithheld: "密钥隐去，只核对了密文" / "has its key withheld: only the ciphertext was checked",
    Absent: "附件不在包内" / "is not in the package",
    ClockBack: "同一次开机内单调时钟倒退" / "has a monotonic clock that went back within one boot",
    ClockJump: "墙上时钟与单调时钟相差超过两分钟：时间被调过"
        / "shows wall and monotonic clock apart by over two minutes: the time was set",
    NoHub: "不是由包内证书所指的该日志平台签署"
        / "is not signed by a hub of this package whose log it is",
    UnknownWitness: "另有签名，其密钥不在包内，没有检查"
        / "has further signatures, of keys that are not here, which were not checked",
    NotIncluded: "不在包内的检查点之下" / "belongs to no checkpoint of this package",
    NotHere: "所指的印签或附件不在包内" / "is of a seal or a blob that is not in the package",
    WrongEntry: "卷宗或长度与所指的印签或附件不符"
        / "names another dossier or length than its seal or blob has",
    TwoTrees: "同一大小有两个树根：平台出示了两本日志"
        / "has two roots for one size: the hub showed two logs",
    NotConsistent: "一致性证明不成立：日志被改写"
        / "is a proof of consistency that does not hold: the log was rewritten",
    NoProof: "没有与更大检查点一致的证明" / "has no proof of consistency with the largest one",
    WentBack: "时间早于更小的检查点：平台被回退，或时钟被调过"
        / "is older than a smaller one: the hub was set back, or its clock",
    WrongRunning: "到达链不相连：平台在其前收到过别的内容"
        / "has a running head that does not follow: the hub held something else before it",
    TwoArrivals: "与另一份回执的到达次序矛盾" / "contradicts another receipt in the order of arrival",
    HubHeldMore: "平台收到过，这里没有出示" / "reached the hub and are not shown here",
    NoReceipt: "没有平台回执" / "has no receipt",
    RefusedByHub: "被平台拒收" / "was refused by a hub",
    OtherTree: "所引的检查点与包内同一日志的检查点不同"
        / "names a checkpoint that differs from the one of that log and size here",
    OutsideInterval: "所称时间在平台签名所示的区间之外超过两分钟"
        / "claims a time over two minutes outside of what hubs signed",
    BeforePast: "所称时间早于它所依据的记录两分钟以上"
        / "claims a time over two minutes before an op that it builds on",
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::hash::Hash;
    use crate::id::{DossierId, WriterId};

    #[test]
    fn every_subject_is_named_in_both_languages_with_what_tells_it_apart() {
        let (hash, label) = (Hash([0xab; 32]), Some("防护罩".to_owned()));
        let op = Subject::Op {
            hash,
            kind: "answer.set/1".to_owned(),
            seq: 7,
            writer: Some("王建国".to_owned()),
            label: label.clone(),
        };
        let unknown = Subject::Op {
            hash,
            kind: "answer.set/1".to_owned(),
            seq: 7,
            writer: None,
            label: None,
        };
        let short = hash.short();
        let cases = [
            (Subject::Package, "整个包".to_owned(), "the package".to_owned()),
            (Subject::Frame(3), "第 3 帧".to_owned(), "frame 3".to_owned()),
            (
                Subject::Certificate { hash, name: "王建国".to_owned() },
                format!("证书 王建国 {short}"),
                format!("certificate of 王建国 {short}"),
            ),
            (
                op,
                format!("<answer.set/1> #7 王建国 “防护罩” {short}"),
                format!("<answer.set/1> #7 王建国 “防护罩” {short}"),
            ),
            (
                unknown,
                format!("<answer.set/1> #7 ? {short}"),
                format!("<answer.set/1> #7 ? {short}"),
            ),
            (
                Subject::Seal { writer: WriterId([12; 16]), number: 2 },
                format!("印签 2（{}）", WriterId([12; 16])),
                format!("seal 2 of {}", WriterId([12; 16])),
            ),
            (
                Subject::Blob { address: hash, label },
                format!("附件 “防护罩” {short}"),
                format!("blob “防护罩” {short}"),
            ),
            (
                Subject::Checkpoint { origin: "hub/1".to_owned(), size: 9 },
                "日志 hub/1 的检查点（9 条）".to_owned(),
                "checkpoint of hub/1 at 9 entries".to_owned(),
            ),
            (
                Subject::Arrivals { dossier: DossierId([12; 16]), first: 3, last: 4 },
                format!("卷宗 {} 第 3 至 4 个到达的印签", DossierId([12; 16])),
                format!("seals 3 to 4 of dossier {} at the hub", DossierId([12; 16])),
            ),
            (
                Subject::Dossier(DossierId([12; 16])),
                format!("卷宗 {}", DossierId([12; 16])),
                format!("dossier {}", DossierId([12; 16])),
            ),
        ];
        for (subject, zh, en) in cases {
            let item = Item { subject, fault: Fault::Altered, by: None };
            let said = |lang| item.words(lang, |kind| format!("<{kind}>"));
            assert_eq!(said(Lang::Zh), format!("{zh}：{}", Fault::Altered.words(Lang::Zh)));
            assert_eq!(said(Lang::En), format!("{en}: {}", Fault::Altered.words(Lang::En)));
        }
    }
}
