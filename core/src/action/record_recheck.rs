//! Records the re-check 整改复查 of an order, item by item. It counts once a second certified
//! officer assents to it.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{captured, day, no_mentor};
use crate::desk::{Desk, Entry};
use crate::domain::{Order, Recheck, RecheckedItem, read_one};
use crate::error::{Error, Result};

/// What was looked at again.
#[derive(Debug, Clone)]
pub struct RecordRecheck {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The order.
    pub order: EntityId,
    /// The items that were looked at; not all of them have to be.
    pub items: Vec<RecheckedItem>,
    /// The day of the re-check.
    pub rechecked_on: String,
}

/// A re-check, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecheckView {
    /// The re-check.
    pub recheck: Recheck,
    /// Findings that were not corrected: a case is to be proposed on each.
    pub to_propose: Vec<EntityId>,
}

/// Records a re-check.
///
/// # Errors
/// `Invalid` for no item, an item without words or one that is not in the order or stands there
/// twice, a day that is none or before the order; `NotFound` for evidence that was not captured
/// here; `Sign`, `Storage`.
pub fn record_recheck(desk: &Desk<'_>, request: &RecordRecheck) -> Result<RecheckView> {
    let rechecked_on = day("rechecked_on", &request.rechecked_on)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        let order: Order = read_one(read, dossier, request.order)?;
        request.check(&order)?;
        if rechecked_on < order.issued_on {
            return Err(Error::invalid(
                "rechecked_on",
                format!("复查日期早于责令日期 {}", order.issued_on),
                format!("the re-check is before the day of the order, {}", order.issued_on),
            ));
        }
        let item = |item: &RecheckedItem| {
            let mut told = vec![
                ("finding", Value::from(item.finding.raw().as_slice())),
                ("outcome", Value::from(item.outcome.word())),
                ("words", Value::from(item.words.as_str())),
            ];
            let shown_by = captured(read, dossier, &item.shown_by)?;
            if !shown_by.is_empty() {
                told.push(("shown_by", Value::from(shown_by)));
            }
            Ok(Value::map(told))
        };
        let items = request.items.iter().map(item).collect::<Result<Vec<_>>>()?;
        let recheck = page.new_entity();
        page.put(
            Entry::new("recheck.record/1", dossier, recheck)
                .set("order", request.order.raw().as_slice())
                .set("recheck_items", items)
                .set("rechecked_on", rechecked_on.to_string()),
        )?;
        let recheck: Recheck = read_one(page.read(), dossier, recheck)?;
        let to_propose = recheck.failed().map(|item| item.finding).collect();
        Ok(RecheckView { recheck, to_propose })
    })
}

impl RecordRecheck {
    fn check(&self, order: &Order) -> Result<()> {
        if self.items.is_empty() {
            return Err(Error::invalid("items", "没有写复查了哪一项", "no item was looked at"));
        }
        for (index, item) in self.items.iter().enumerate() {
            let place = format!("items {}", index + 1);
            if item.words.trim().is_empty() {
                return Err(Error::invalid(
                    place,
                    "请写明复查看到的情况",
                    "say what was found now",
                ));
            }
            if order.item(item.finding).is_none() {
                return Err(Error::invalid(
                    place,
                    "这个问题不在这份责令里",
                    "this finding is not in this order",
                ));
            }
            if self.items[..index].iter().any(|before| before.finding == item.finding) {
                return Err(Error::invalid(place, "写了两次", "stands there twice"));
            }
        }
        Ok(())
    }
}
