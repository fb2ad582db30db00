//! The verdict as the page shows it: one sentence, what is proved and what is not, every rule.

use angen_ledger::verify::{Lang, Outcome, RootAnswer, Status, Verdict};

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
            "partly",
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

/// How much of a package a hub has given receipts for, and how many ops have a time that it
/// signed. None when no receipts are in the package.
#[must_use]
pub fn receipts_in_words(verdict: &Verdict, lang: Lang) -> Option<String> {
    let contents = &verdict.contents;
    if contents.checkpoints.is_empty() {
        return None;
    }
    let late = verdict.times.iter().filter(|time| time.not_after_ms.is_some());
    let both = late.clone().filter(|time| time.not_before_ms.is_some()).count();
    let (late, ops) = (late.count(), contents.ops);
    let (seals, all_seals) = (contents.seals_receipted, contents.seals);
    let (blobs, all_blobs) = (contents.blobs_receipted, contents.blobs_named);
    Some(match lang {
        Lang::Zh => format!(
            "印签 {seals}/{all_seals}，附件 {blobs}/{all_blobs}；{late}/{ops} 条记录有平台签名的最晚时间，其中 {both} 条也有最早时间"
        ),
        Lang::En => format!(
            "{seals} of {all_seals} seals, {blobs} of {all_blobs} files; {late} of {ops} records have a latest time that a hub signed, {both} of them an earliest one too"
        ),
    })
}

/// What is proved.
pub(crate) fn proved(verdict: &Verdict, say: Say) -> Vec<String> {
    if verdict.outcome != Outcome::Verifies {
        return vec![
            say.t(
                "没有。这个包不能作为未经改动的材料使用，所以本页不显示它的内容，也没有留下原件。",
                "Nothing. The package cannot be used as unaltered material, so this page shows none \
                 of its content, and no original was kept.",
            )
            .to_owned(),
        ];
    }
    let contents = &verdict.contents;
    let (ops, writers, files) = (contents.ops, contents.writers.len(), contents.blobs_held);
    let mut lines = match say.0 {
        Lang::Zh => vec![
            format!("包内 {ops} 条记录、{files} 个文件，自盖印以来一个字节都没有改动。"),
            format!("每条记录都由下列 {writers} 人中某一人自己的密钥写下，证书逐级签发到根证书。"),
            "同一人的记录首尾相连，中间没有删去、插入或换位；改过的内容，前后两个版本都在。".to_owned(),
        ],
        Lang::En => vec![
            format!("The {ops} records and {files} files here have not been altered by one byte since they were sealed."),
            format!("Each record was written with the own key of one of the {writers} people below, whose certificates lead up to a root."),
            "Each person's records are linked: none was removed, put in or moved between them; of what was corrected, both versions are here.".to_owned(),
        ],
    };
    if let Some(received) = receipts_in_words(verdict, say.0) {
        let begin = say.t("平台签过收据：", "A hub signed for what it had received: ");
        lines.push(format!("{begin}{received}{}", say.t("。", ".")));
    }
    lines
}

/// What is not proved.
pub(crate) fn not_proved(verdict: &Verdict, say: Say) -> Vec<&'static str> {
    let mut lines = vec![
        say.t(
            "盖印之前，现场是否真是记录和照片中的样子。",
            "That the scene was as the records and photos have it, before they were sealed.",
        ),
        if verdict.contents.checkpoints.is_empty() {
            say.t(
                "设备的时钟是否准确：时间都是各设备自己所称，没有外部时间证明。",
                "That the clocks were right: every time is what a device claims, with no outside proof of time.",
            )
        } else {
            say.t(
                "确切的时刻：页上的时间是各设备所称，平台签名的只是最早和最晚。",
                "The exact moments: the times on this page are what devices claim, a hub signed only the bounds.",
            )
        },
        say.t(
            "最后一个印签之后，是否还有记录没有交来。",
            "That nothing followed the last seal shown here and was kept back.",
        ),
    ];
    if verdict.outcome == Outcome::Verifies && verdict.root != RootAnswer::Known {
        lines.push(say.t(
            "签发单位是谁：核验时没有指定根证书。请从发证单位另行取得指纹，再核一遍。",
            "Who the issuer is: no root was named. Get the fingerprint from the issuing body by another way, and verify again.",
        ));
    }
    lines
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
        let mut items: Vec<String> =
            result.items.iter().map(|item| item.words(say.0, |kind| say.kind(kind))).collect();
        let more = result.count - result.items.len() as u64;
        if more > 0 {
            items.push(format!("… +{more}"));
        }
        RuleRow { code: rule.code(), words: rule.words(say.0), class, status, items }
    };
    verdict.rules.iter().map(row).collect()
}

/// What is worth knowing although the package verifies, for the head of the page.
pub(crate) fn worth_knowing(rules: &[RuleRow]) -> usize {
    rules.iter().filter(|rule| rule.class == "noted").count()
}

/// The language attribute of the document.
pub(crate) fn html_lang(lang: Lang) -> &'static str {
    match lang {
        Lang::Zh => "zh-CN",
        Lang::En => "en",
    }
}
