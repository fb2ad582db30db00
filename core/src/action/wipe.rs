//! Empties a lost phone 清除: ordered by the administrator, or by hand on the device itself.
//!
//! A device that sees an order for a writer whose key it holds destroys that key; with the last
//! key goes the database key, or where there is none the database itself. What nobody else is
//! known to have is counted and told first. Sending it first is the business of sync.

use angen_ledger::certificate::Certificate;
use angen_ledger::erasure::may_approve;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::value::Value;

use crate::action::establish::established;
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::domain::{WipeOrder, read_all};
use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::{self, Store};

/// What a wipe would lose, or has lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WipeReport {
    /// Writers whose keys are destroyed.
    pub writers: Vec<WriterId>,
    /// Ops of theirs that no other device is known to have, by dossier.
    pub unsent: Vec<(DossierId, u64)>,
    /// Whether the database went with them.
    pub emptied: bool,
}

impl WipeReport {
    /// Ops that no other device is known to have.
    #[must_use]
    pub fn unsent_ops(&self) -> u64 {
        self.unsent.iter().map(|(_, ops)| ops).sum()
    }
}

/// Orders that the devices of some writers be emptied. The desk is the administrator's.
///
/// # Errors
/// `Invalid` when the desk may not order it, names itself or nobody, or gives no reason; `Sign`,
/// `Storage`.
pub fn order_wipe(desk: &Desk<'_>, writers: &[WriterId], reason: &str) -> Result<Hash> {
    not_empty("reason", reason)?;
    let place = established(desk.store())?;
    if writers.is_empty() || writers.contains(&desk.writer()) {
        return Err(Error::invalid(
            "writers",
            "请写明要清除谁的设备，且不能是自己",
            "name whose device is to be emptied, and never one's own",
        ));
    }
    desk.write(|page| {
        let held = store::certificates(page.read())?;
        let known: Vec<&Certificate> = held.iter().map(|(_, signed)| &signed.certificate).collect();
        if !may_approve(desk.writer(), &known) {
            return Err(Error::invalid(
                "writer",
                "只有管理员能下清除指令",
                "only an administrator can order a wipe",
            ));
        }
        for writer in writers {
            if !known.iter().any(|certificate| certificate.writer == *writer) {
                return Err(Error::NotFound { noun: "writer", id: writer.to_string() });
            }
        }
        let values = writers.iter().map(|writer| Value::from(writer.raw().as_slice()));
        let order = page.new_entity();
        page.put(
            Entry::new("wipe.order/1", place.roster, order)
                .set("writers", values.collect::<Vec<_>>())
                .set("reason", reason),
        )
    })
}

/// The orders that stand against some writers: those of a writer who may order it.
///
/// # Errors
/// `NotFound` when nothing is established here; `Storage`, `Malformed`.
pub fn wipe_orders(store: &Store, writers: &[WriterId]) -> Result<Vec<WipeOrder>> {
    let place = established(store)?;
    store.read(|read| {
        let held = store::certificates(read)?;
        let known: Vec<&Certificate> = held.iter().map(|(_, signed)| &signed.certificate).collect();
        let mut orders: Vec<WipeOrder> = read_all(read, place.roster)?;
        orders.retain(|order| {
            may_approve(order.writer, &known)
                && order.writers.iter().any(|writer| writers.contains(writer))
        });
        Ok(orders)
    })
}

/// What emptying this device of some writers would lose. Changes nothing.
///
/// # Errors
/// `Storage`.
pub fn wipe_report(store: &Store, writers: &[WriterId]) -> Result<WipeReport> {
    let unsent = store.read(|read| store::unseen_ops(read, writers))?;
    Ok(WipeReport { writers: writers.to_vec(), unsent, emptied: false })
}

/// Destroys the keys of some writers; with `everything`, the database and its blobs as well, which
/// no key opens any more. Gives what was lost. Afterwards the store is of no use.
///
/// # Errors
/// `Sign` when a key cannot be destroyed, `File`, `Storage`. Calling it again goes on.
pub fn wipe(
    store: &Store,
    ports: &Ports,
    writers: &[WriterId],
    everything: bool,
) -> Result<WipeReport> {
    let mut report = wipe_report(store, writers)?;
    for writer in writers {
        ports.keys.destroy(*writer)?;
    }
    if everything {
        store.destroy(&*ports.disk)?;
        report.emptied = true;
    }
    Ok(report)
}
