//! The verdict as the page shows it: one sentence, what is proved and what is not, every rule.

use angen_ledger::verify::{Item, Lang, Outcome, RootAnswer, Status, Subject, Verdict};

use crate::terms::Say;

/// A rule and what was found.
pub(crate) struct RuleRow {
    pub(crate) code: &'static str,
    pub(crate) words: &'static str,
    pub(crate) class: &'static str,
    pub(crate) status: &'static str,
    pub(crate) items: Vec<String>,
}

/// The verdict in one sentence, and the class that colours it.
pub(crate) fn headline(verdict: &Verdict, say: Say) -> (&'static str, &'static str) {
    match (verdict.outcome, verdict.root) {
        (Outcome::Verifies, RootAnswer::Known) => (
            "good",
            say.t(
                "验证通过：自盖印以来没有改动，出自所指定的根证书",
                "VERIFIES: not altered since it was sealed, and issued under the root that was named",
            ),
        ),
        (Outcome::Verifies, _) => (
            "good",
            say.t(
                "验证通过：自盖印以来没有改动；签发者未核",
                "VERIFIES: not altered since it was sealed; the issuer was not checked",
            ),
        ),
        (Outcome::Refused, _) => (
            "bad",
            say.t("不予认可：下列规则不成立", "REFUSED: the rules named below do not hold"),
        ),
        (Outcome::Unreadable, _) => (
            "bad",
            say.t("读不出来：这不是卷宗包，或开头已损坏", "CANNOT BE READ: no package, or its beginning is damaged"),
        ),
    }
}

/// What is proved.
pub(crate) fn proved(verdict: &Verdict, say: Say) -> Vec<&'static str> {
    if verdict.outcome != Outcome::Verifies {
        return vec![say.t("没有可以证明的。", "Nothing.")];
    }
    vec![
        say.t(
            "下面的每一条记录、每一个文件，自盖印以来一个字节都没有改动。",
            "Not one byte of the records and files below was altered since it was sealed.",
        ),
        say.t(
            "每一条记录由所列人员自己的密钥写下。",
            "Each record was written with the key of the person who is named.",
        ),
        say.t(
            "同一人的记录前后相连，中间没有删去、插入或换位。",
            "The records of one person are linked: none was removed, put in or moved between them.",
        ),
    ]
}

/// What is not proved.
pub(crate) fn not_proved(say: Say) -> Vec<&'static str> {
    vec![
        say.t(
            "盖印之前，现场是否真是这样。",
            "That the scene was as it looks before it was sealed.",
        ),
        say.t(
            "设备的钟是否准确：时间是各设备自己所称。",
            "That the clocks were right: the times are what each device claims.",
        ),
        say.t(
            "最后一个印签之后是否还有记录没有交来。",
            "That nothing followed the last seal shown here and was kept back.",
        ),
    ]
}

/// Every rule with its state and items.
pub(crate) fn rules(verdict: &Verdict, say: Say) -> Vec<RuleRow> {
    let row = |(rule, result): (&angen_ledger::verify::Rule, &angen_ledger::verify::RuleResult)| {
        let (class, status) = match result.status {
            Status::Holds => ("holds", say.t("成立", "holds")),
            Status::Noted => ("noted", say.t("注意", "noted")),
            Status::Broken => ("broken", say.t("不成立", "broken")),
            Status::NotChecked => ("unchecked", say.t("未检查", "not checked")),
        };
        let mut items: Vec<String> = result.items.iter().map(|item| words(item, say)).collect();
        let more = result.count - result.items.len() as u64;
        if more > 0 {
            items.push(format!("… +{more}"));
        }
        RuleRow { code: rule.code(), words: rule.words(say.0), class, status, items }
    };
    verdict.rules.iter().map(row).collect()
}

fn words(item: &Item, say: Say) -> String {
    let label = |label: &Option<String>| {
        label.as_ref().map(|label| format!("“{label}” ")).unwrap_or_default()
    };
    let subject = match &item.subject {
        Subject::Package => say.t("整个包", "the package").to_owned(),
        Subject::Frame(index) => format!("{} {index}", say.t("帧", "frame")),
        Subject::Certificate { name, .. } => format!("{} {name}", say.t("证书", "certificate of")),
        Subject::Op { hash, kind, seq, writer, label: caption } => format!(
            "{} #{seq} {} {}{}",
            say.kind(kind),
            writer.as_deref().unwrap_or("?"),
            label(caption),
            hash.short()
        ),
        Subject::Seal { number, .. } => format!("{} {number}", say.t("印签", "seal")),
        Subject::Blob { address, label: caption } => {
            format!("{} {}{}", say.t("附件", "blob"), label(caption), address.short())
        }
        Subject::Dossier(id) => format!("{} {id}", say.t("卷宗", "dossier")),
    };
    let colon = say.t("：", ": ");
    format!("{subject}{colon}{}", item.fault.words(say.0))
}

/// The language attribute of the document.
pub(crate) fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
