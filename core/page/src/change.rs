//! What became of an entity: corrections and retractions with both versions, and conflicts.

use angen_core::domain::{DECIDED_BECAUSE, DECIDED_OVER, china_time, hold_rule};
use angen_core::procedure::{Move, undecided};
use angen_ledger::header::Over;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;
use angen_ledger::value::Value;

use crate::book::Book;

/// A correction or retraction: who, when, why, and what stood there before.
pub(crate) struct ChangeView {
    pub(crate) what: String,
    pub(crate) by: String,
    pub(crate) reason: Option<String>,
    pub(crate) lines: Vec<ChangedField>,
}

/// One field, before and after.
pub(crate) struct ChangedField {
    pub(crate) field: String,
    pub(crate) before: String,
    pub(crate) after: String,
}

/// A field to which two people gave different values without knowing of each other.
pub(crate) struct ConflictView {
    pub(crate) field: String,
    pub(crate) values: Vec<String>,
}

/// Fields that say why or what kind of change it is; they are not themselves the change.
const ABOUT_THE_CHANGE: &[&str] =
    &["reason", "checklist", "item", "covers", DECIDED_BECAUSE, DECIDED_OVER];

/// The changes of an entity, in causal order.
pub(crate) fn changes(book: &Book<'_>, dossier: DossierId, entity: EntityId) -> Vec<ChangeView> {
    book.ops_of(dossier, entity).iter().filter_map(|op| change(book, op)).collect()
}

/// What an op replaced, if it replaced something or took the entity back.
pub(crate) fn change(book: &Book<'_>, op: &Op) -> Option<ChangeView> {
    let say = book.say;
    let over = op.header.over.iter();
    let mut lines: Vec<ChangedField> = over
        .filter(|over| !ABOUT_THE_CHANGE.contains(&over.field.as_str()))
        .map(|over| {
            if let Some((before, after)) = changed_parts(book, op, over) {
                let shown = |value: &Value| match value {
                    Value::Map(none) if none.is_empty() => "—".to_owned(),
                    some => book.value(&over.field, some),
                };
                let (before, after) = (shown(&before), shown(&after));
                return ChangedField { field: say.field(&over.field), before, after };
            }
            let before = over.heads.iter().map(|head| {
                book.op(head).map_or_else(
                    || say.t("（不在本包内）", "(not in this package)").to_owned(),
                    |before| value_of(book, before, &over.field),
                )
            });
            ChangedField {
                field: say.field(&over.field),
                before: before.collect::<Vec<_>>().join(" / "),
                after: value_of(book, op, &over.field),
            }
        })
        .filter(|line| line.before != line.after)
        .collect();
    if op.get("retracted").and_then(|value| value.as_bool()) == Some(true) {
        lines.push(ChangedField {
            field: say.t("状态", "state").to_owned(),
            before: say.t("有效", "stands").to_owned(),
            after: say.t("已撤回", "retracted").to_owned(),
        });
    }
    if lines.is_empty() {
        return None;
    }
    let text = |name| op.get(name).and_then(|value| value.as_text()).map(str::to_owned);
    Some(ChangeView {
        what: say.kind(op.header.kind.as_str()),
        by: who_and_when(book, op),
        reason: text(DECIDED_BECAUSE).or_else(|| text("reason")),
        lines,
    })
}

/// Of named values that one op replaced by others, those that differ: who corrects one element of
/// a finding has not touched the rest.
fn changed_parts(book: &Book<'_>, op: &Op, over: &Over) -> Option<(Value, Value)> {
    let [head] = over.heads.as_slice() else { return None };
    let (Value::Map(before), Value::Map(after)) =
        (book.op(head)?.get(&over.field)?, op.get(&over.field)?)
    else {
        return None;
    };
    let without = |these: &[(String, Value)], those: &[(String, Value)]| {
        Value::Map(these.iter().filter(|pair| !those.contains(pair)).cloned().collect())
    };
    Some((without(before, after), without(after, before)))
}

/// The conflicts of an entity: fields with heads that differ.
pub(crate) fn conflicts(
    book: &Book<'_>,
    dossier: DossierId,
    entity: EntityId,
) -> Vec<ConflictView> {
    let fields = book.fields(dossier, entity);
    // What explains another field is decided with that, and shown with its correction.
    let is_own = |name: &str| {
        let first = fields.heads(name).first().and_then(|head| book.op(&head.op));
        let rule = first.and_then(|op| hold_rule(op.header.kind.noun(), name));
        rule.is_none_or(|rule| rule.is_ordered())
    };
    let differ = fields.conflicts().filter(|name| fields.differs(name) && is_own(name));
    differ
        .map(|name| {
            let ops = fields.heads(name).iter().filter_map(|head| book.op(&head.op));
            let holds = |op: &Op| {
                let holding = fields.holding(op.header.kind.noun(), name);
                holding.is_some_and(|head| head.op == op.hash)
            };
            let value = |op: &Op| {
                let (open, close) = (book.say.t("（", " ("), book.say.t("）", ")"));
                let what = value_of(book, op, name);
                let mark = if holds(op) { meanwhile(book) } else { "" };
                format!("{what}{open}{}{close}{mark}", who_and_when(book, op))
            };
            ConflictView { field: book.say.field(name), values: ops.map(value).collect() }
        })
        .collect()
}

/// What stands behind the one that holds until a person decides.
fn meanwhile(book: &Book<'_>) -> &'static str {
    book.say.t("，暂按此计", ", holds until a person decides")
}

/// Transitions of a dossier that collided, the one that holds first.
pub(crate) fn collisions(book: &Book<'_>, dossier: DossierId) -> Vec<ConflictView> {
    let open = undecided(&book.source(), dossier).expect("a package in memory does not fail");
    let moved = |moved: &Move, mark: &str| {
        let what = book.say.t(moved.kind.term(), moved.kind.word()).replace('_', " ");
        let (open, close) = (book.say.t("（", " ("), book.say.t("）", ")"));
        let who = book.op(&moved.op).map(|op| who_and_when(book, op)).unwrap_or_default();
        format!("{what}{open}{who}{close}{mark}")
    };
    let view = |collision: &angen_core::procedure::Collision| ConflictView {
        field: format!("{} {}", book.say.t("流转冲突", "collided"), collision.title),
        values: vec![moved(&collision.holds, meanwhile(book)), moved(&collision.yields, "")],
    };
    open.collisions.iter().map(view).collect()
}

fn who_and_when(book: &Book<'_>, op: &Op) -> String {
    format!("{} {}", book.who(op.header.writer), china_time(op.header.wall_ms))
}

/// The value that an op gave to a field. An answer is shown as the officer read the choice.
fn value_of(book: &Book<'_>, op: &Op, field: &str) -> String {
    let Some(value) = op.get(field) else {
        return match book.erased_by(op, field) {
            None => book.say.t("（隐去）", "(withheld)"),
            Some(_) => book.say.t("（已依法删除）", "(erased)"),
        }
        .to_owned();
    };
    let answer = || {
        let list = EntityId::from_slice(op.get("checklist")?.as_bytes()?)?;
        Some(book.answer_text(list, op.get("item")?.as_text()?, value.as_text()?))
    };
    let answer = if field == "value" { answer() } else { None };
    answer.unwrap_or_else(|| book.value(field, value))
}
