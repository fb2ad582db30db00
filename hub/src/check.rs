//! Checks everything that a hub holds again, as a stranger would: signatures, projection, tree,
//! heads and blobs.

use std::path::Path;

use angen_core::action::{FsckReport, fsck};
use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::entry::Logged;
use angen_ledger::log::origin::log_of;

use crate::backup::open;

/// What was found.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Checked {
    /// Ops, seals and blobs, and what is wrong with them.
    pub report: FsckReport,
    /// Blobs that ops name and that have not come yet.
    pub awaited_blobs: u64,
    /// Entries of the log.
    pub entries: u64,
}

/// Checks the folder of a hub. It may serve meanwhile; then writing waits for one of the steps.
///
/// # Errors
/// `File`, `Storage`, `Malformed`.
pub fn check(data: &Path) -> Result<Checked> {
    let store = open(data)?;
    let mut checked = Checked { report: fsck(&store)?, ..Checked::default() };
    sort_awaited(&store, &mut checked)?;
    check_projection(&store, &mut checked)?;
    check_head(&store, &mut checked)?;
    for address in store.blobs().list()?.0 {
        if !store.blobs().is_intact(address)? {
            let words = ("文件与地址的摘要不符", "the file has another hash than its name");
            checked.problem(address.to_string(), words);
        }
    }
    Ok(checked)
}

impl Checked {
    fn problem(&mut self, place: String, (zh, en): (&'static str, &'static str)) {
        self.report.problems.push((place, zh, en));
    }
}

/// A blob that is not here is awaited, unless the log says that it was: then it was lost.
fn sort_awaited(store: &Store, checked: &mut Checked) -> Result<()> {
    let found = std::mem::take(&mut checked.report.problems);
    for (place, zh, en) in found {
        let missing = place.parse::<Hash>().ok().filter(|address| !store.blobs().holds(*address));
        let is_awaited = match missing {
            Some(address) if !store.blobs().is_set_aside(address) => store.read(|connection| {
                let Some(log) = store::newest_log(connection)? else { return Ok(true) };
                let named = store::blobs_of_log(connection)?;
                for blob in named.into_iter().filter(|blob| blob.address == address) {
                    for dossier in store::dossiers_naming(connection, &[blob])? {
                        if log.has(connection, dossier, Logged::Blob, address)? {
                            return Ok(false);
                        }
                    }
                }
                Ok(true)
            })?,
            _ => false,
        };
        if is_awaited {
            checked.awaited_blobs += 1;
        } else {
            checked.report.problems.push((place, zh, en));
        }
    }
    Ok(())
}

/// Makes the projection again within a transaction that is rolled back.
fn check_projection(store: &Store, checked: &mut Checked) -> Result<()> {
    let mut digests = None;
    let rolled_back = store.write(|tx| {
        let before = store::digest(tx)?;
        store::project_all(tx)?;
        digests = Some((before, store::digest(tx)?));
        Err::<(), _>(Error::Paused)
    });
    match (digests, rolled_back) {
        (Some((before, after)), _) if before == after => Ok(()),
        (Some(_), _) => {
            let words = ("投影与记录不符", "the projection does not follow from the ops");
            checked.problem("projection".to_owned(), words);
            Ok(())
        }
        (None, failed) => failed,
    }
}

/// The newest head is signed by a hub that is certified for this log.
fn check_head(store: &Store, checked: &mut Checked) -> Result<()> {
    let (entries, origin, is_signed) = store.read(|connection| {
        let Some(log) = store::newest_log(connection)? else { return Ok((0, None, true)) };
        let size = log.size(connection)?;
        let note = log.checkpoint(connection)?;
        let read = note.as_deref().map(SignedCheckpoint::read).transpose()?;
        let held = store::certificates(connection)?;
        let hubs = held.iter().filter(|(_, held)| held.certificate.duty == Duty::Hub);
        let mut keys = hubs.filter_map(|(_, held)| {
            log_of(&held.certificate).filter(|(named, _)| *named == log.origin)
        });
        let is_signed = match &read {
            Some(signed) => keys.any(|(_, key)| signed.verify(key).is_ok()),
            None => size == 0,
        };
        Ok((size, Some(log.origin.clone()), is_signed))
    })?;
    checked.entries = entries;
    if !is_signed {
        let words = ("树头没有平台证书的签名", "the head of the tree has no signature of the hub");
        checked.problem(origin.unwrap_or_default(), words);
    }
    Ok(())
}
