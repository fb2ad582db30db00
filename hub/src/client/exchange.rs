//! A whole exchange with a hub: what it lacks goes out, receipts come back, and what others wrote.

use angen_core::domain::Source;
use angen_core::ports::Disk;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;

use crate::client::session::Session;
use crate::client::{Caller, PullError, Pulled, PushError, push_dossier};

/// What came of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The log of the hub.
    pub origin: String,
    /// Dossiers of which something was sent.
    pub sent_dossiers: u64,
    /// Ops that the hub did not have.
    pub sent_ops: u64,
    /// Blobs of which something was sent.
    pub sent_blobs: u64,
    /// Receipts for what is here that were verified and are kept.
    pub receipts: u64,
    /// What came from the hub.
    pub pulled: Pulled,
    /// Seals that still have no receipt of this hub.
    pub waiting_seals: u64,
    /// Blobs that still have none: their files are on another device.
    pub waiting_blobs: u64,
}

/// Sends what has no receipt of this hub yet, fetches the receipts, and pulls what changed. Only a
/// receipt ends the wait of what was recorded; an answer of the hub alone does not.
///
/// # Errors
/// [`PullError`]. What was done before stays, and the next exchange goes on from there.
pub fn exchange(
    base_url: &str,
    store: &Store,
    disk: &dyn Disk,
    roots: &[Hash],
    caller: &Caller<'_>,
) -> Result<Exchanged, PullError> {
    let session = Session::sign_in(base_url, store, roots, caller)?;
    let origin = session.origin().to_owned();
    let (mut sent_dossiers, mut sent_ops, mut sent_blobs, mut receipts) = (0, 0, 0, 0);
    for dossier in waiting_dossiers(store, &origin)? {
        let pushed = match push_dossier(base_url, store, dossier) {
            // A dossier of which only an excerpt is here is another device's to send.
            Err(PushError::Refused { code, .. }) if code == "dossier_not_open" => continue,
            pushed => pushed?,
        };
        sent_dossiers += u64::from(pushed.new_ops + pushed.sent_blobs > 0);
        sent_ops += pushed.new_ops;
        sent_blobs += pushed.sent_blobs;
        receipts += session.receipts(store, dossier)?;
    }
    let pulled = session.pull(store, disk)?;
    receipts += pulled.receipts;
    let (mut waiting_seals, mut waiting_blobs) = (0, 0);
    for dossier in waiting_dossiers(store, &origin)? {
        let left = store.read(|read| store::unreceipted(read, dossier, Some(&origin)))?;
        waiting_seals += left.seals.len() as u64;
        waiting_blobs += left.blobs.len() as u64;
    }
    Ok(Exchanged {
        origin,
        sent_dossiers,
        sent_ops,
        sent_blobs,
        receipts,
        pulled,
        waiting_seals,
        waiting_blobs,
    })
}

/// The dossiers of which something has no receipt of a log.
fn waiting_dossiers(store: &Store, origin: &str) -> Result<Vec<DossierId>, PullError> {
    let waiting = store.read(|read| {
        let mut waiting = Vec::new();
        for dossier in read.dossiers()? {
            let left = store::unreceipted(read, dossier, Some(origin))?;
            if !left.seals.is_empty() || !left.blobs.is_empty() {
                waiting.push(dossier);
            }
        }
        Ok(waiting)
    })?;
    Ok(waiting)
}
