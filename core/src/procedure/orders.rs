//! Correction orders as they count 责令整改现状: each item by the deadline and the re-check that
//! hold, as the board and the clocks have it.

use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use crate::domain::{Order, RecheckOutcome, Source};
use crate::error::Result;
use crate::procedure::board::{View, mentors_of};
use crate::procedure::visit::CheckFacts;

/// An order, and where its items stand.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderStanding {
    /// The order.
    pub order: Order,
    /// Its items, in the order of the paper.
    pub items: Vec<ItemStanding>,
}

/// One item of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ItemStanding {
    /// The finding.
    pub finding: EntityId,
    /// What people call it; empty where it is not here.
    pub title: String,
    /// The last day: as ordered, or as it was granted since.
    pub by: Option<NaiveDate>,
    /// What the last re-check found; none before the first.
    pub outcome: Option<RecheckOutcome>,
}

/// The orders of a check, by what holds while two phones disagree. None for another dossier.
///
/// # Errors
/// What the source returns.
pub fn orders(source: &dyn Source, check: DossierId) -> Result<Vec<OrderStanding>> {
    let view = View::open(source, &mentors_of(source, check)?)?;
    let facts = CheckFacts::read(source, &view.dossiers, &view.people, check)?;
    let Some(CheckFacts { findings, orders, extensions, rechecks, .. }) = facts else {
        return Ok(Vec::new());
    };
    let title = |id| {
        let found = findings.iter().find(|finding| finding.finding == id);
        found.map(|finding| finding.title.clone()).unwrap_or_default()
    };
    let standing = |order: Order| {
        let item = |finding| ItemStanding {
            finding,
            title: title(finding),
            by: order.deadline(finding, &extensions),
            outcome: order.outcome(finding, &rechecks).map(|(_, item)| item.outcome),
        };
        let items = order.items.iter().map(|ordered| item(ordered.finding)).collect();
        OrderStanding { order, items }
    };
    Ok(orders.into_iter().map(standing).collect())
}
