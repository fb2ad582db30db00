//! Empties a lost phone 清除: ordered by the administrator, or by hand on the device itself.
//!
//! A device that sees an order for a writer whose key it holds destroys that key; with the last
//! key go the key of the database, the database itself and its files. What nobody else is known to
//! have is counted and told first. Sending it first is the business of sync. A wipe that was begun
//! goes on at the next start, whoever stopped it.

use std::path::Path;

use angen_ledger::certificate::{Certificate, Duty};
use angen_ledger::erasure::may_approve;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::value::Value;

use crate::action::establish::established;
use crate::action::join_township::asked_writer;
use crate::action::look::not_empty;
use crate::action::officers::{KeyState, key_state};
use crate::desk::{Desk, Entry};
use crate::domain::{WipeOrder, read_all};
use crate::error::{Error, Result};
use crate::ports::{DatabaseKeys, Disk, Keys, Ports};
use crate::store::{self, Connection, ReceiptCount, Store};

/// What a wipe would lose, or has lost.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WipeReport {
    /// Writers whose keys are destroyed.
    pub writers: Vec<WriterId>,
    /// Ops of theirs that no other device and no hub is known to have, by dossier.
    pub unsent: Vec<(DossierId, u64)>,
    /// Files on this device that no hub has given a receipt for. They go with the database.
    pub unsent_files: u64,
    /// Whether the database went with them.
    pub emptied: bool,
}

impl WipeReport {
    /// Ops that no other device is known to have.
    #[must_use]
    pub fn unsent_ops(&self) -> u64 {
        self.unsent.iter().map(|(_, ops)| ops).sum()
    }

    /// Where the database stays, no file is lost.
    fn keep_files_unless(&mut self, everything: bool) {
        if !everything {
            self.unsent_files = 0;
        }
    }
}

/// What an order says that this device must do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OrderedWipe {
    /// The newest order that names somebody whose key is here.
    pub order: WipeOrder,
    /// The name of who gave it, as the certificate has it.
    pub ordered_by: String,
    /// The names of those whose keys are destroyed.
    pub names: Vec<String>,
    /// Whether nobody is left to work here, so that the database goes as well.
    pub everything: bool,
    /// Whose keys [`wipe`] is to destroy, and what that would lose.
    pub report: WipeReport,
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
    let roster = established(store)?.roster;
    let (mut orders, _) = store.read(|read| standing(read, roster))?;
    orders.retain(|order| order.writers.iter().any(|writer| writers.contains(writer)));
    Ok(orders)
}

/// What this device must do by the orders that stand; none when they name nobody whose key is here.
/// Ask at each start and after whatever brought records.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn ordered_wipe(store: &Store, ports: &Ports) -> Result<Option<OrderedWipe>> {
    let roster = match established(store) {
        Err(Error::NotFound { .. }) => return Ok(None),
        place => place?.roster,
    };
    let (orders, certified) = store.read(|read| standing(read, roster))?;
    if orders.is_empty() {
        return Ok(None);
    }
    let here: Vec<&Certificate> = certified
        .iter()
        .filter(|certificate| matches!(certificate.duty, Duty::Writer | Duty::Admin))
        .filter(|certificate| key_state(ports, certificate.writer) != KeyState::Elsewhere)
        .collect();
    let is_named = |order: &WipeOrder| here.iter().any(|held| order.writers.contains(&held.writer));
    let Some(order) = orders.iter().filter(|o| is_named(o)).max_by_key(|o| o.wall_ms) else {
        return Ok(None);
    };
    let goes = |held: &&&Certificate| orders.iter().any(|o| o.writers.contains(&held.writer));
    let (named, stay): (Vec<&&Certificate>, Vec<&&Certificate>) = here.iter().partition(goes);
    let everything = stay.is_empty();
    let mut writers: Vec<WriterId> = named.iter().map(|held| held.writer).collect();
    if everything {
        // Keys that were made to ask with, and that nobody has certified yet, stay to nobody.
        writers.extend(store.read(asked_writer)?);
    }
    writers.sort_unstable();
    writers.dedup();
    let mut report = wipe_report(store, &writers)?;
    report.keep_files_unless(everything);
    let of = |writer: WriterId| certified.iter().find(|known| known.writer == writer);
    Ok(Some(OrderedWipe {
        ordered_by: of(order.writer).map(|known| known.name.clone()).unwrap_or_default(),
        names: names_of(&named),
        everything,
        report,
        order: order.clone(),
    }))
}

/// The orders of those who may give them, and all who were certified.
fn standing(read: &Connection, roster: DossierId) -> Result<(Vec<WipeOrder>, Vec<Certificate>)> {
    let mut orders: Vec<WipeOrder> = read_all(read, roster)?;
    if orders.is_empty() {
        return Ok((orders, Vec::new()));
    }
    let held = store::certificates(read)?;
    let certified: Vec<Certificate> = held.into_iter().map(|(_, held)| held.certificate).collect();
    let known: Vec<&Certificate> = certified.iter().collect();
    orders.retain(|order| may_approve(order.writer, &known));
    Ok((orders, certified))
}

/// Each name once: a writer may have been certified again.
fn names_of(named: &[&&Certificate]) -> Vec<String> {
    let mut names: Vec<String> = named.iter().map(|held| held.name.clone()).collect();
    names.sort_unstable();
    names.dedup();
    names
}

/// What emptying this device of some writers would lose. Changes nothing.
///
/// # Errors
/// `Storage`.
pub fn wipe_report(store: &Store, writers: &[WriterId]) -> Result<WipeReport> {
    store.read(|read| {
        let files = ReceiptCount::over(&store::count_receipts(read)?);
        Ok(WipeReport {
            writers: writers.to_vec(),
            unsent: store::unseen_ops(read, writers)?,
            unsent_files: files.files - files.files_receipted,
            emptied: false,
        })
    })
}

/// Destroys the keys of some writers; with `everything`, the database and its blobs as well, which
/// no key opens any more. Gives what was lost. Afterwards the store is of no use.
///
/// With `everything` it is settled before the first key goes: [`finish_wipe`] goes on at the next
/// start, if this one is cut off.
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
    report.keep_files_unless(everything);
    if everything {
        store.begin_wipe(ports, writers)?;
    }
    for writer in writers {
        ports.keys.destroy(*writer)?;
    }
    if everything {
        store.destroy(&*ports.disk)?;
        report.emptied = true;
    }
    Ok(report)
}

/// Goes on with a wipe that was cut off, before the database of a folder is opened; tells whether
/// one was. The database need not open any more, since its key may be gone.
///
/// # Errors
/// As [`wipe`]. Calling it again goes on.
pub fn finish_wipe(
    folder: &Path,
    keys: &dyn Keys,
    database_keys: Option<&dyn DatabaseKeys>,
    disk: &dyn Disk,
) -> Result<bool> {
    let Some(writers) = store::wipe_under_way(folder)? else { return Ok(false) };
    for writer in writers {
        keys.destroy(writer)?;
    }
    store::destroy_in(folder, database_keys, disk)?;
    Ok(true)
}
