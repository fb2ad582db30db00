//! Evidence that is registered and preserved in advance 先行登记保存 (行政处罚法 2021, article 56):
//! approved first, then registered, and decided on item by item within seven working days.

use angen_ledger::hash::Hash;
use angen_ledger::heads::Head;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;
use chrono::NaiveDate;

use crate::domain::words::words;
use crate::domain::{Fields, Noun, parse_day};

/// What becomes of a preserved item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum PreservedDecision {
    /// 退还、解除保存: it goes back.
    Return,
    /// 采取记录、复制、拍照等证据保全措施: it is recorded, copied or photographed, and goes back.
    Record,
    /// 送交检测、鉴定: it is tested.
    Test,
    /// 提请区局查封、扣押: the bureau seals or seizes it.
    SeizeByBureau,
    /// 移送有关部门: another authority takes it.
    Transfer,
}

words!(PreservedDecision {
    Return: "return", "退还";
    Record: "record", "记录、复制、拍照后退还";
    Test: "test", "送交检测、鉴定";
    SeizeByBureau: "seize_by_bureau", "提请区局查封、扣押";
    Transfer: "transfer", "移送有关部门";
});

/// The approval by the head of the agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreservationApproval {
    /// The op.
    pub op: Hash,
    /// Who approved, if it is disclosed.
    pub approver: Option<String>,
    /// When it was approved.
    pub approved_at_ms: i64,
    /// The photo or scan of the signed form.
    pub evidence: EntityId,
    /// Why the evidence may be lost or hard to get later.
    pub reason: String,
}

/// The registration: from this day the seven working days run.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreservationRegistered {
    /// The op.
    pub op: Hash,
    /// The items, in the order of the list.
    pub items: Vec<PreservedItem>,
    /// Who keeps them, if it is disclosed.
    pub holder: Option<String>,
    /// Number of the notice, if it has one.
    pub notice_no: Option<String>,
    /// Who was told, if it is disclosed.
    pub told_to: Option<String>,
    /// When they were registered.
    pub registered_at_ms: i64,
}

/// One thing that is preserved.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PreservedItem {
    /// What it is.
    pub name: String,
    /// Model, size or marks.
    pub model: Option<String>,
    /// How many, with the unit.
    pub quantity: String,
    /// Where it is kept.
    pub place: String,
}

/// What was decided on one item.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DecidedItem {
    /// Its number on the list, from 1.
    pub item: usize,
    /// What becomes of it.
    pub decision: PreservedDecision,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// More about it.
    pub words: Option<String>,
}

/// A preservation 先行登记保存.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preservation {
    /// The entity.
    pub preservation: EntityId,
    /// The approval.
    pub approval: Option<PreservationApproval>,
    /// The registration.
    pub registered: Option<PreservationRegistered>,
    /// What was decided, by the number of the item.
    pub decided: Vec<DecidedItem>,
    /// The ops that hold it now.
    pub ops: Vec<Hash>,
    /// The op of the last decision.
    pub decided_by: Option<Hash>,
    /// Who wrote the first that stands.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Preservation {
    /// Whether it was approved before it was registered, as far as both say when.
    #[must_use]
    pub fn is_approved_first(&self) -> bool {
        match (&self.approval, &self.registered) {
            (Some(approval), Some(registered)) => {
                approval.approved_at_ms <= registered.registered_at_ms
            }
            (approval, None) => approval.is_some(),
            (None, Some(_)) => false,
        }
    }

    /// What was decided on an item.
    #[must_use]
    pub fn decision(&self, item: usize) -> Option<&DecidedItem> {
        self.decided.iter().find(|decided| decided.item == item)
    }

    /// The day on which the last item was decided; none while one is open.
    #[must_use]
    pub fn all_decided_on(&self) -> Option<NaiveDate> {
        let items = self.registered.as_ref()?.items.len();
        let days: Option<Vec<NaiveDate>> =
            (1..=items).map(|item| Some(self.decision(item)?.decided_on)).collect();
        days?.into_iter().max()
    }
}

impl Noun for Preservation {
    const NOUN: &'static str = "preservation";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let approval = approval(fields);
        let registered = registered(fields);
        let head = fields.heads("approved_at").first().or(fields.heads("preserved_items").first());
        let head = head?;
        Some(Self {
            preservation: entity,
            approval,
            registered,
            decided: decided(fields.heads("preserved_decisions")),
            ops: fields.ops(),
            decided_by: fields.heads("preserved_decisions").first().map(|head| head.op),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

fn approval(fields: &Fields) -> Option<PreservationApproval> {
    let head = fields.heads("approved_at").first()?;
    Some(PreservationApproval {
        op: head.op,
        approver: fields.text("approver").map(str::to_owned),
        // In a conflict the later hour counts: the approval must come first.
        approved_at_ms: latest(fields.heads("approved_at"))?,
        evidence: EntityId::from_slice(fields.bytes("approval_form")?)?,
        reason: fields.text("reason").unwrap_or_default().to_owned(),
    })
}

fn registered(fields: &Fields) -> Option<PreservationRegistered> {
    let head = fields.heads("preserved_items").first()?;
    let items = fields.value("preserved_items")?.as_array()?;
    let text = |name| fields.text(name).map(str::to_owned);
    Some(PreservationRegistered {
        op: head.op,
        items: items.iter().map(item).collect::<Option<_>>()?,
        holder: text("holder"),
        notice_no: text("notice_no"),
        told_to: text("told_to"),
        registered_at_ms: fields.int("registered_at").unwrap_or(head.wall_ms),
    })
}

fn item(item: &Value) -> Option<PreservedItem> {
    let text = |name| item.get(name).and_then(Value::as_text).map(str::to_owned);
    Some(PreservedItem {
        name: text("name")?,
        model: text("model"),
        quantity: text("quantity").unwrap_or_default(),
        place: text("place").unwrap_or_default(),
    })
}

fn latest(heads: &[Head]) -> Option<i64> {
    heads.iter().filter_map(|head| head.value.as_ref()?.as_int()).max()
}

/// What every list of decisions holds: an item that one of two lists leaves open is open, and of
/// two days the later counts.
fn decided(heads: &[Head]) -> Vec<DecidedItem> {
    let read = |head: &Head| -> Vec<DecidedItem> {
        let items = head.value.as_ref().and_then(Value::as_array).unwrap_or_default();
        items.iter().filter_map(decision).collect()
    };
    let mut lists = heads.iter().map(read);
    let mut all = lists.next().unwrap_or_default();
    for other in lists {
        all.retain_mut(|known| {
            let same = other.iter().find(|decided| decided.item == known.item);
            if let Some(later) = same.filter(|decided| decided.decided_on > known.decided_on) {
                *known = later.clone();
            }
            same.is_some()
        });
    }
    all.sort_by_key(|decided| decided.item);
    all
}

fn decision(item: &Value) -> Option<DecidedItem> {
    let text = |name| item.get(name).and_then(Value::as_text);
    Some(DecidedItem {
        item: usize::try_from(item.get("item")?.as_int()?).ok()?,
        decision: PreservedDecision::from_word(text("decision")?)?,
        decided_on: parse_day(text("decided_on")?)?,
        words: text("words").map(str::to_owned),
    })
}
