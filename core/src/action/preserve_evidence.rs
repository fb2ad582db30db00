//! Registers and preserves evidence in advance 先行登记保存 (行政处罚法 2021, articles 56 and 85):
//! approved, registered with a list, and decided on item by item.
//!
//! The approval comes before the notice, and each item is decided within seven working days. What
//! was done otherwise is recorded all the same; the list of what is missing says what is wrong.

use std::collections::BTreeMap;

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{captured, day, no_mentor, not_empty, require_dossier};
use crate::desk::{Desk, Entry};
use crate::domain::{DecidedItem, Preservation, PreservedDecision, PreservedItem, read_one};
use crate::error::{Error, Result};

/// Items of one list: a page holds some twenty.
pub const PRESERVED_ITEMS_MAX: usize = 200;

/// The approval by the head of the agency.
#[derive(Debug, Clone)]
pub struct ApprovePreservation {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The preservation, where it was registered already; none begins one.
    pub preservation: Option<EntityId>,
    /// Who approved.
    pub approver: String,
    /// When, in milliseconds since 1970 UTC.
    pub approved_at_ms: i64,
    /// The photo or scan of the signed form, captured in the dossier.
    pub form: EntityId,
    /// Why the evidence may be lost or hard to get later.
    pub reason: String,
}

/// What is registered.
#[derive(Debug, Clone)]
pub struct RegisterPreservation {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The preservation that was approved; none when there was no approval.
    pub preservation: Option<EntityId>,
    /// The items, in the order of the list.
    pub items: Vec<PreservedItem>,
    /// Who keeps them.
    pub holder: String,
    /// Number of the notice, if it has one.
    pub notice_no: Option<String>,
    /// Who was told.
    pub told_to: Option<String>,
    /// When, in milliseconds since 1970 UTC; now, if none is given.
    pub registered_at_ms: Option<i64>,
}

/// What is decided on some items.
#[derive(Debug, Clone)]
pub struct DecidePreservation {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The preservation.
    pub preservation: EntityId,
    /// By the number on the list, from 1: what becomes of it, and more words about it.
    pub items: Vec<(usize, PreservedDecision, Option<String>)>,
    /// The day of the decision.
    pub decided_on: String,
}

/// Notes the approval.
///
/// # Errors
/// `Invalid` for an empty name or reason; `NotFound` for a dossier, preservation or form that is
/// not here; `Sign`, `Storage`.
pub fn approve_preservation(
    desk: &Desk<'_>,
    request: &ApprovePreservation,
) -> Result<Preservation> {
    not_empty("approver", &request.approver)?;
    not_empty("reason", &request.reason)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        require_dossier(read, dossier)?;
        captured(read, dossier, &[request.form])?;
        let entity = match request.preservation {
            Some(known) => read_one::<Preservation>(read, dossier, known)?.preservation,
            None => page.new_entity(),
        };
        page.put(
            Entry::new("preservation.approve/1", dossier, entity)
                .set("approver", request.approver.as_str())
                .set("approved_at", request.approved_at_ms)
                .set("approval_form", request.form.raw().as_slice())
                .set("reason", request.reason.as_str()),
        )?;
        read_one(page.read(), dossier, entity)
    })
}

/// Registers the items.
///
/// # Errors
/// `Invalid` for no item, an item without a name, an empty holder, or a preservation that was
/// registered already; `NotFound`; `Sign`, `Storage`.
pub fn register_preservation(
    desk: &Desk<'_>,
    request: &RegisterPreservation,
) -> Result<Preservation> {
    request.check()?;
    let now = desk.ports().clock.now().wall_ms;
    let items = request.items.iter().map(|item| {
        let mut told = vec![
            ("name", Value::from(item.name.as_str())),
            ("quantity", item.quantity.as_str().into()),
            ("place", item.place.as_str().into()),
        ];
        told.extend(item.model.as_deref().map(|model| ("model", Value::from(model))));
        Value::map(told)
    });
    let items: Vec<Value> = items.collect();
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        require_dossier(read, dossier)?;
        let entity = match request.preservation {
            Some(known) => {
                let held: Preservation = read_one(read, dossier, known)?;
                if held.registered.is_some() {
                    return Err(Error::invalid(
                        "preservation",
                        "这次先行登记保存已经登记过；另有物品请另行审批、登记",
                        "it is registered already: further items need an approval of their own",
                    ));
                }
                known
            }
            None => page.new_entity(),
        };
        page.put(
            Entry::new("preservation.register/1", dossier, entity)
                .set("preserved_items", items)
                .set("holder", request.holder.as_str())
                .set("registered_at", request.registered_at_ms.unwrap_or(now))
                .set_some("notice_no", request.notice_no.as_deref())
                .set_some("told_to", request.told_to.as_deref()),
        )?;
        read_one(page.read(), dossier, entity)
    })
}

/// Decides on some items; what was decided on others before stays.
///
/// # Errors
/// `Invalid` for no item, a number that is not on the list, a day that is none or before the
/// registration; `NotFound`; `Sign`, `Storage`.
pub fn decide_preservation(desk: &Desk<'_>, request: &DecidePreservation) -> Result<Preservation> {
    let decided_on = day("decided_on", &request.decided_on)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        let held: Preservation = read_one(read, dossier, request.preservation)?;
        let Some(registered) = &held.registered else {
            return Err(Error::invalid(
                "preservation",
                "还没有登记物品，没有可处理的",
                "nothing is registered yet: there is nothing to decide",
            ));
        };
        let from = crate::domain::china_day(registered.registered_at_ms);
        if from.is_some_and(|from| decided_on < from) {
            return Err(Error::invalid(
                "decided_on",
                "处理日期早于登记日期",
                "the decision is before the registration",
            ));
        }
        let mut all: BTreeMap<usize, DecidedItem> =
            held.decided.iter().map(|decided| (decided.item, decided.clone())).collect();
        for (item, decision, words) in &request.items {
            if *item < 1 || *item > registered.items.len() {
                return Err(Error::invalid(
                    "items",
                    format!("清单上没有第{item}件，共{}件", registered.items.len()),
                    format!("there is no item {item}: the list has {}", registered.items.len()),
                ));
            }
            let (item, decision, words) = (*item, *decision, words.clone());
            all.insert(item, DecidedItem { item, decision, decided_on, words });
        }
        if request.items.is_empty() {
            return Err(Error::invalid("items", "没有写处理哪一件", "no item was named"));
        }
        let decisions: Vec<Value> = all.values().map(decided_value).collect();
        page.put(
            Entry::new("preservation.decide/1", dossier, request.preservation)
                .set("preserved_decisions", decisions),
        )?;
        read_one(page.read(), dossier, request.preservation)
    })
}

fn decided_value(decided: &DecidedItem) -> Value {
    let mut told = vec![
        ("item", Value::Int(i64::try_from(decided.item).unwrap_or(i64::MAX))),
        ("decision", Value::from(decided.decision.word())),
        ("decided_on", Value::from(decided.decided_on.to_string())),
    ];
    told.extend(decided.words.as_deref().map(|words| ("words", Value::from(words))));
    Value::map(told)
}

impl RegisterPreservation {
    fn check(&self) -> Result<()> {
        not_empty("holder", &self.holder)?;
        if self.items.is_empty() || self.items.len() > PRESERVED_ITEMS_MAX {
            return Err(Error::invalid(
                "items",
                format!("清单要有 1 到 {PRESERVED_ITEMS_MAX} 件"),
                format!("a list has 1 to {PRESERVED_ITEMS_MAX} items"),
            ));
        }
        for (index, item) in self.items.iter().enumerate() {
            if item.name.trim().is_empty() {
                return Err(Error::invalid(
                    format!("items {}", index + 1),
                    "请写明物品名称",
                    "say what the item is",
                ));
            }
        }
        Ok(())
    }
}
