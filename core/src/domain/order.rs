//! Correction orders 责令限期整改: what must be right by when, longer deadlines, and re-checks.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::value::Value;
use chrono::NaiveDate;

use crate::domain::words::words;
use crate::domain::{Fields, Noun, parse_day};

/// The word in ops for what must be right at once; a day is written as a day.
const AT_ONCE: &str = "at_once";

/// By when a finding must be corrected.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum CorrectBy {
    /// 立即整改.
    AtOnce,
    /// 限期整改: before the end of this day.
    Day(NaiveDate),
}

/// One finding of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderItem {
    /// The finding.
    pub finding: EntityId,
    /// By when, as the order said; [`Order::deadline`] knows of longer deadlines.
    pub by: CorrectBy,
}

/// A correction order 责令限期整改指令.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Order {
    /// The entity.
    pub order: EntityId,
    /// The op.
    pub op: Hash,
    /// What must be corrected, in the order of the paper.
    pub items: Vec<OrderItem>,
    /// Law, version and article that give the power to order.
    pub legal_basis: String,
    /// Number of the paper, if it has one yet.
    pub number: Option<String>,
    /// The day of the order.
    pub issued_on: NaiveDate,
    /// Who of the unit was told, if it is disclosed.
    pub told_to: Option<String>,
    /// Who issued it.
    pub writer: WriterId,
    /// When it was written down, by that device.
    pub wall_ms: i64,
}

/// An application for a longer deadline 延期整改 of one item, and its answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Extension {
    /// The entity: one for an item of an order and the day on which it was asked.
    pub extension: EntityId,
    /// The op of the application.
    pub op: Hash,
    /// The order.
    pub order: EntityId,
    /// The item.
    pub finding: EntityId,
    /// The day of the application.
    pub asked_on: NaiveDate,
    /// Why the unit asks.
    pub reason: String,
    /// The answer, once there is one.
    pub answer: Option<ExtensionAnswer>,
    /// Who noted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// The answer to an application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ExtensionAnswer {
    /// The new last day; none when it was refused.
    pub granted_to: Option<NaiveDate>,
    /// The day of the answer.
    pub answered_on: NaiveDate,
    /// The op of the answer.
    pub op: Hash,
}

/// The opinion on one item of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum RecheckOutcome {
    /// 未整改.
    NotCorrected,
    /// 部分整改.
    Partly,
    /// 已整改.
    Corrected,
}

words!(RecheckOutcome {
    NotCorrected: "not_corrected", "未整改";
    Partly: "partly", "部分整改";
    Corrected: "corrected", "已整改";
});

/// One item, looked at again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckedItem {
    /// The finding.
    pub finding: EntityId,
    /// The opinion.
    pub outcome: RecheckOutcome,
    /// What the officers found now.
    pub words: String,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
}

/// A re-check 整改复查 of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recheck {
    /// The entity.
    pub recheck: EntityId,
    /// The op.
    pub op: Hash,
    /// The order.
    pub order: EntityId,
    /// The items that were looked at.
    pub items: Vec<RecheckedItem>,
    /// The day of the re-check.
    pub rechecked_on: NaiveDate,
    /// Who recorded it.
    pub writer: WriterId,
    /// When it was written down, by that device.
    pub wall_ms: i64,
}

impl CorrectBy {
    /// The text in ops.
    #[must_use]
    pub fn to_text(self) -> String {
        match self {
            Self::AtOnce => AT_ONCE.to_owned(),
            Self::Day(day) => day.to_string(),
        }
    }

    /// From the text in ops.
    #[must_use]
    pub fn from_text(text: &str) -> Option<Self> {
        if text == AT_ONCE { Some(Self::AtOnce) } else { parse_day(text).map(Self::Day) }
    }
}

impl Order {
    /// The item of a finding.
    #[must_use]
    pub fn item(&self, finding: EntityId) -> Option<&OrderItem> {
        self.items.iter().find(|item| item.finding == finding)
    }

    /// The last day for an item: as ordered, or as it was granted since.
    #[must_use]
    pub fn deadline(&self, finding: EntityId, extensions: &[Extension]) -> Option<NaiveDate> {
        let ordered = match self.item(finding)?.by {
            CorrectBy::AtOnce => self.issued_on,
            CorrectBy::Day(day) => day,
        };
        let of_item = |known: &&Extension| (known.order, known.finding) == (self.order, finding);
        let granted = extensions.iter().filter(of_item).filter_map(|known| known.answer);
        Some(granted.filter_map(|answer| answer.granted_to).max().unwrap_or(ordered))
    }

    /// What the last re-check of an item found. Of two on one day the worse counts.
    #[must_use]
    pub fn outcome<'r>(
        &self,
        finding: EntityId,
        rechecks: &'r [Recheck],
    ) -> Option<(&'r Recheck, &'r RecheckedItem)> {
        let of_order = rechecks.iter().filter(|recheck| recheck.order == self.order);
        let looked = of_order.flat_map(|recheck| recheck.items.iter().map(move |i| (recheck, i)));
        looked
            .filter(|(_, item)| item.finding == finding)
            .max_by_key(|(recheck, item)| (recheck.rechecked_on, std::cmp::Reverse(item.outcome)))
    }
}

impl Recheck {
    /// The items that were not found corrected.
    pub fn failed(&self) -> impl Iterator<Item = &RecheckedItem> {
        self.items.iter().filter(|item| item.outcome != RecheckOutcome::Corrected)
    }
}

impl Noun for Order {
    const NOUN: &'static str = "order";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("order_items").first()?;
        let item = |item: &Value| {
            Some(OrderItem {
                finding: EntityId::from_slice(item.get("finding")?.as_bytes()?)?,
                by: CorrectBy::from_text(item.get("by")?.as_text()?)?,
            })
        };
        let items = fields.value("order_items")?.as_array()?;
        Some(Self {
            order: entity,
            op: head.op,
            items: items.iter().map(item).collect::<Option<_>>()?,
            legal_basis: fields.text("legal_basis").unwrap_or_default().to_owned(),
            number: fields.text("number").map(str::to_owned),
            issued_on: parse_day(fields.text("issued_on")?)?,
            told_to: fields.text("told_to").map(str::to_owned),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for Extension {
    const NOUN: &'static str = "order";

    /// In a conflict the refusal counts until a person decides; of two granted days the earlier.
    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("asked_on").first()?;
        Some(Self {
            extension: entity,
            op: head.op,
            order: EntityId::from_slice(fields.bytes("order")?)?,
            finding: EntityId::from_slice(fields.bytes("finding")?)?,
            asked_on: parse_day(fields.text("asked_on")?)?,
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            answer: answer(fields),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

fn answer(fields: &Fields) -> Option<ExtensionAnswer> {
    let given = fields.heads("answered_on").first()?;
    let is_granted = fields.held_text(Order::NOUN, "extension")? == "granted";
    let days = fields.heads("extended_to").iter();
    let days = days.filter_map(|head| parse_day(head.value.as_ref()?.as_text()?));
    Some(ExtensionAnswer {
        granted_to: days.min().filter(|_| is_granted),
        answered_on: parse_day(fields.text("answered_on")?)?,
        op: given.op,
    })
}

impl Noun for Recheck {
    const NOUN: &'static str = "recheck";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("recheck_items").first()?;
        let item = |item: &Value| {
            let shown_by = item.get("shown_by").and_then(Value::as_array).unwrap_or_default();
            let id = |value: &Value| EntityId::from_slice(value.as_bytes()?);
            Some(RecheckedItem {
                finding: EntityId::from_slice(item.get("finding")?.as_bytes()?)?,
                outcome: RecheckOutcome::from_word(item.get("outcome")?.as_text()?)?,
                words: item.get("words").and_then(Value::as_text).unwrap_or_default().to_owned(),
                shown_by: shown_by.iter().filter_map(id).collect(),
            })
        };
        let items = fields.value("recheck_items")?.as_array()?;
        Some(Self {
            recheck: entity,
            op: head.op,
            order: EntityId::from_slice(fields.bytes("order")?)?,
            items: items.iter().map(item).collect::<Option<_>>()?,
            rechecked_on: parse_day(fields.text("rechecked_on")?)?,
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
