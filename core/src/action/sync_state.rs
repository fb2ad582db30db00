//! What an officer sees of sync: what no hub has given a receipt for, N of N files, when a hub was
//! met last, and whether it still shows anything.

use angen_ledger::id::DossierId;
use rusqlite::Connection;

use crate::action::paged::PAGE_ROWS_MAX;
use crate::error::Result;
use crate::store::{self, ReceiptCount, Store};
use crate::sync::wire::{Limit, Limited};
use crate::sync::{Exchanged, HubAddress};

/// The settings of this device.
const HUB: &str = "hub_address";
const MET_AT: &str = "hub_met_at_ms";
const LIMIT: &str = "hub_limit";

/// The last exchange with a hub that came to its end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Contact {
    /// When, by this device, in milliseconds since 1970 UTC.
    pub met_at_ms: i64,
    /// Why the hub only took what was sent and showed nothing, if it did.
    pub limit: Option<Limit>,
}

/// What of this device has a receipt, and what not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SyncState {
    /// The address of the hub that this device syncs with, if one is kept.
    pub hub: Option<String>,
    /// The last exchange, if there was one.
    pub contact: Option<Contact>,
    /// Dossiers of which something has no receipt.
    pub waiting_dossiers: u64,
    /// The sum over all dossiers. A file that two dossiers name counts in each.
    pub counts: ReceiptCount,
    /// Seals and certificates that a hub refused under its signature.
    pub refused: u64,
}

/// A dossier of which something has no receipt.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct WaitingDossier {
    /// The dossier.
    pub dossier: DossierId,
    /// Its counts.
    pub counts: ReceiptCount,
}

/// Dossiers that wait, a page of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingPage {
    /// At most [`PAGE_ROWS_MAX`], by id.
    pub rows: Vec<WaitingDossier>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<DossierId>,
}

/// Keeps the address of the hub that this device syncs with.
///
/// # Errors
/// `Storage`.
pub fn keep_hub(store: &Store, hub: &HubAddress) -> Result<()> {
    store.write(|tx| store::put_setting(tx, HUB, hub.as_str()))
}

/// The address that is kept, if one is.
///
/// # Errors
/// `Storage`.
pub fn hub(store: &Store) -> Result<Option<String>> {
    store.read(|read| store::get_setting(read, HUB))
}

/// Notes that an exchange came to its end.
///
/// # Errors
/// `Storage`.
pub fn note_contact(store: &Store, done: &Exchanged, now_ms: i64) -> Result<()> {
    let limit = done.limit.map(|limit| format!("{} {}", word(limit.why), limit.since_ms));
    store.write(|tx| {
        store::put_setting(tx, MET_AT, &now_ms.to_string())?;
        store::put_setting(tx, LIMIT, &limit.unwrap_or_default())
    })
}

/// What has a receipt and what not, in sums.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn sync_state(store: &Store) -> Result<SyncState> {
    store.read(|read| {
        let all = store::count_receipts(read)?;
        Ok(SyncState {
            hub: store::get_setting(read, HUB)?,
            contact: contact(read)?,
            waiting_dossiers: all.values().filter(|count| !count.is_all()).count() as u64,
            counts: ReceiptCount::over(&all),
            refused: store::standing_refusals(read)?.len() as u64,
        })
    })
}

/// The dossiers that wait, behind `after`.
///
/// # Errors
/// `Storage`.
pub fn waiting(store: &Store, after: Option<DossierId>) -> Result<WaitingPage> {
    let all = store.read(store::count_receipts)?;
    let mut rows: Vec<WaitingDossier> = all
        .into_iter()
        .filter(|(dossier, counts)| !counts.is_all() && after.is_none_or(|after| *dossier > after))
        .map(|(dossier, counts)| WaitingDossier { dossier, counts })
        .take(PAGE_ROWS_MAX + 1)
        .collect();
    let has_more = rows.len() > PAGE_ROWS_MAX;
    rows.truncate(PAGE_ROWS_MAX);
    let next = rows.last().filter(|_| has_more).map(|row| row.dossier);
    Ok(WaitingPage { rows, next })
}

fn contact(read: &Connection) -> Result<Option<Contact>> {
    let met_at_ms = store::get_setting(read, MET_AT)?.and_then(|text| text.parse().ok());
    let limit = store::get_setting(read, LIMIT)?;
    Ok(met_at_ms
        .map(|met_at_ms| Contact { met_at_ms, limit: limit.and_then(|text| read_limit(&text)) }))
}

fn word(why: Limited) -> &'static str {
    match why {
        Limited::Revoked => "revoked",
        Limited::PeriodOver => "period_over",
    }
}

fn read_limit(text: &str) -> Option<Limit> {
    let (why, since_ms) = text.split_once(' ')?;
    let why =
        [Limited::Revoked, Limited::PeriodOver].into_iter().find(|known| word(*known) == why)?;
    Some(Limit { why, since_ms: since_ms.parse().ok()? })
}
