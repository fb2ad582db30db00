//! What ops about the people of a township and their powers say: posts, the expert pool, mandates,
//! recusals.

use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;

use crate::book::Book;
use crate::terms::Say;

fn text(op: &Op, field: &str) -> Option<String> {
    op.get(field).and_then(Value::as_text).map(str::to_owned)
}

/// A reason behind a comma; nothing where none is given.
fn because(say: Say, op: &Op, field: &str) -> String {
    let because = say.t("，理由：", ", because: ");
    text(op, field).map(|why| format!("{because}{why}")).unwrap_or_default()
}

/// From when until when.
fn term(say: Say, op: &Op) -> Option<String> {
    let last = text(op, "until");
    let last = last.unwrap_or_else(|| say.t("无截止日", "no last day").to_owned());
    Some(format!("{}{}{last}", text(op, "from")?, say.t(" 至 ", " to ")))
}

/// The person of the roster that an op names.
fn person(book: &Book<'_>, op: &Op) -> Option<String> {
    let person = EntityId::from_slice(op.get("person")?.as_bytes()?)?;
    let absent = || book.say.t("（名册不在本包内）", "(roster not in this package)").to_owned();
    Some(book.person(person).unwrap_or_else(absent))
}

/// What an op about posts, certificates and the expert pool says.
pub(crate) fn of_people(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let comma = say.t("，", ", ");
    match kind {
        "post.plan/1" => {
            let count = |field| {
                let count = op.get(field).and_then(Value::as_int)?;
                Some(format!("{} {count}", say.field(field)))
            };
            Some([count("director")?, count("professionals")?, count("staff")?].join(comma))
        }
        "post.set/1" => {
            let mut parts = vec![person(book, op)?];
            parts.extend(text(op, "post").map(|post| say.code("post", &post)));
            let on = op.get("on_post").and_then(Value::as_bool);
            let words =
                |on| if on { say.t("在岗", "on post") } else { say.t("不在岗", "off post") };
            parts.extend(on.map(|on| words(on).to_owned()));
            Some(parts.join(comma))
        }
        "certificate.renew/1" => {
            let until =
                format!("{}{}", say.t("有效期至 ", "valid until "), text(op, "renewed_until")?);
            let name = book.person(op.header.entity);
            Some(name.into_iter().chain([until]).collect::<Vec<_>>().join(comma))
        }
        "appointment.make/1" => {
            let kind = say.code("expert_kind", &text(op, "expert_kind")?);
            Some([person(book, op)?, kind, term(say, op)?].join(comma))
        }
        _ => None,
    }
}

/// What an op about mandates and recusals says, or one that ends something of these.
pub(crate) fn of_powers(book: &Book<'_>, op: &Op, kind: &str) -> Option<String> {
    let say = book.say;
    let comma = say.t("，", ", ");
    match kind {
        "appointment.end/1" | "mandate.end/1" => {
            let from = format!("{}{}", say.t("自 ", "from "), text(op, "ended_on")?);
            Some(format!("{from}{}", because(say, op, "reason")))
        }
        "mandate.grant/1" => {
            let by = text(op, "delegator").map(|by| format!("{by} → ")).unwrap_or_default();
            let body = format!("{by}{}", text(op, "delegate")?);
            let mut parts = vec![say.code("power", &text(op, "power")?), body, term(say, op)?];
            parts.extend(text(op, "document_no"));
            Some(parts.join(comma))
        }
        "recusal.request/1" => {
            let officer = WriterId::from_slice(op.get("officer")?.as_bytes()?)?;
            let by = say.code("asked_by", &text(op, "asked_by")?);
            let why = because(say, op, "reason");
            Some(format!("{}{comma}{by}{why}", book.who(officer)))
        }
        "recusal.decide/1" => {
            let decision = say.code("recusal_decision", &text(op, "recusal_decision")?);
            Some(format!("{decision}{}", because(say, op, "decision_reason")))
        }
        _ => None,
    }
}
