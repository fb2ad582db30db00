//! A verdict in plain words: the answer in one line, what is proved and what is not, every rule.

use angen_core::domain::china_time;
use angen_ledger::verify::{Item, Lang, Outcome, RootAnswer, Status, Verdict};

use crate::verdict::receipts_in_words;

/// The verdict for people: the answer, what is proved and what not, and every rule.
#[must_use]
pub fn verdict_in_words(verdict: &Verdict, lang: Lang) -> String {
    let mut lines = vec![headline_in_words(verdict, lang).to_owned()];
    if verdict.outcome == Outcome::Unreadable {
        return lines.join("\n");
    }
    lines.push(held_in_words(verdict, lang));
    lines.push(receipted(verdict, lang));
    lines.extend(verdict.contents.roots.iter().map(|root| match lang {
        Lang::Zh => format!("根证书指纹 {root}"),
        Lang::En => format!("root fingerprint {root}"),
    }));
    for writer in &verdict.contents.writers {
        let from = china_time(writer.wall_ms.0);
        let to = china_time(writer.wall_ms.1);
        lines.push(format!(
            "  {}（{}）{}: {from} – {to}",
            writer.name, writer.organisation, writer.ops
        ));
    }
    lines.extend(proved_in_words(verdict, lang).iter().map(|line| (*line).to_owned()));
    lines.push(String::new());
    for (rule, result) in &verdict.rules {
        lines.push(format!("{} {:<2} {}", mark(result.status), rule.code(), rule.words(lang)));
        lines.extend(
            result.items.iter().map(|item| format!("       {}", item_in_words(item, lang))),
        );
        let more = result.count - result.items.len() as u64;
        if more > 0 {
            lines.push(format!("       … +{more}"));
        }
    }
    lines.join("\n")
}

fn mark(status: Status) -> &'static str {
    match status {
        Status::Holds => "✓",
        Status::Noted => "!",
        Status::Broken => "✗",
        Status::NotChecked => "–",
    }
}

/// The answer in one line.
#[must_use]
pub fn headline_in_words(verdict: &Verdict, lang: Lang) -> &'static str {
    match (verdict.outcome, verdict.root, lang) {
        (Outcome::Verifies, RootAnswer::Known, Lang::Zh) => {
            "验证通过：完整未改，出自您指定的根证书"
        }
        (Outcome::Verifies, RootAnswer::Known, Lang::En) => {
            "VERIFIES: intact, and issued under the root that you named"
        }
        (Outcome::Verifies, _, Lang::Zh) => {
            "验证通过：完整未改；签发者未核（给出您认得的根证书指纹，即可核对）"
        }
        (Outcome::Verifies, _, Lang::En) => {
            "VERIFIES: intact; issuer unknown (name the root that you know)"
        }
        (Outcome::Refused, _, Lang::Zh) => "不予认可：下面标 ✗ 的地方不成立",
        (Outcome::Refused, _, Lang::En) => "REFUSED: what is marked ✗ below does not hold",
        (Outcome::Unreadable, _, Lang::Zh) => "读不出来：这不是卷宗包，或开头已损坏",
        (Outcome::Unreadable, _, Lang::En) => {
            "CANNOT BE READ: no package, or its beginning is damaged"
        }
    }
}

/// How much the package holds, in one line.
#[must_use]
pub fn held_in_words(verdict: &Verdict, lang: Lang) -> String {
    let contents = &verdict.contents;
    let (held, named) = (contents.blobs_held, contents.blobs_named);
    match lang {
        Lang::Zh => format!(
            "{} 个卷宗，{} 条记录，{} 个印签，附件 {held}/{named}",
            contents.dossiers.len(),
            contents.ops,
            contents.seals
        ),
        Lang::En => format!(
            "{} dossiers, {} ops, {} seals, {held} of {named} blobs",
            contents.dossiers.len(),
            contents.ops,
            contents.seals
        ),
    }
}

/// What a hub has given receipts for.
fn receipted(verdict: &Verdict, lang: Lang) -> String {
    match (receipts_in_words(verdict, lang), lang) {
        (Some(receipts), Lang::Zh) => format!("平台回执：{receipts}"),
        (Some(receipts), Lang::En) => format!("receipts: {receipts}"),
        (None, Lang::Zh) => "没有平台回执：时间只是各设备所称".to_owned(),
        (None, Lang::En) => "no receipts of a hub: the times are what the devices claim".to_owned(),
    }
}

/// What is proved and what is not, two things apart, a line for each.
#[must_use]
pub fn proved_in_words(verdict: &Verdict, lang: Lang) -> &'static [&'static str] {
    match (verdict.outcome, lang) {
        (Outcome::Verifies, Lang::Zh) => &[
            "证明了：自盖印以来没有改动；各条记录由上列人员的密钥写下，时间是各自设备所称。",
            "没有证明：盖印之前现场是否真实；设备的钟是否准确；最后一个印签之后是否还有记录。",
        ],
        (Outcome::Verifies, Lang::En) => &[
            "Proved: not altered since it was sealed; written with the keys of the people above, at the times their devices claim.",
            "Not proved: that the scene was true before; that the clocks were right; that nothing followed the last seal shown here.",
        ],
        (_, Lang::Zh) => &["不能作为未经改动的材料使用。"],
        (_, Lang::En) => &["Not to be used as unaltered material."],
    }
}

/// An item with the kind of its op as the protocol has it, for who looks it up there.
#[must_use]
pub fn item_in_words(item: &Item, lang: Lang) -> String {
    item.words(lang, str::to_owned)
}
