//! The log store on SQLite: the core's own store, asked in the words of a hub.

use std::collections::BTreeSet;
use std::sync::Arc;

use angen_core::action;
use angen_core::error::{Error, Result};
use angen_core::planted::bug;
use angen_core::store::{
    self, HubLog, LogPen, LogWriter, LoggedWrite, SealHead, Store, Transaction,
};
use angen_core::sync::wire::{Changed, HubHead, Stored};
use angen_ledger::certificate::Certificate;
use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::log::entry::{Logged, RUNNING_NONE};
use angen_ledger::log::tile::Tile;

use crate::store::BlobStore;
use crate::store::log::{
    ArrivedRuns, Asker, ChangeSettings, ChangedSince, Counts, GivenReceipts, Held, LogStore,
    Outcome, Outcomes, Pen, Right, RunsMax, Settings, Submission,
};

/// The database of a core's store.
pub struct SqliteLog {
    store: Arc<Store>,
}

impl SqliteLog {
    /// The database of a store.
    #[must_use]
    pub fn new(store: Arc<Store>) -> Self {
        Self { store }
    }

    /// Reads of the log that grows; a hub without one is asked for nothing of it.
    fn of_log<T>(&self, read: impl FnOnce(&store::Connection, &HubLog) -> Result<T>) -> Result<T> {
        self.store.read(|connection| {
            let log = store::newest_log(connection)?;
            read(connection, &log.ok_or_else(no_log)?)
        })
    }

    fn growing(&self) -> Result<Option<HubLog>> {
        self.store.read(store::newest_log)
    }
}

impl LogStore for SqliteLog {
    fn admit(&self, certificates: &[Vec<u8>]) -> Result<()> {
        self.store.write(|tx| store::receive(tx, certificates, &[])).map(drop)
    }

    fn chains(&self, wanted: &BTreeSet<Hash>) -> Result<Vec<Held>> {
        self.store.read(|connection| store::chains_of(connection, wanted.iter().copied()))
    }

    fn taken_back_since(&self, certificate: Hash, writer: WriterId) -> Result<Option<i64>> {
        self.store.read(|connection| store::taken_back_since(connection, certificate, writer))
    }

    fn may_read(&self, holder: &Certificate, dossier: DossierId) -> Result<bool> {
        self.store.read(|connection| action::may_read(connection, holder, dossier))
    }

    fn rights(&self, askers: &[Asker<'_>]) -> Result<Vec<Result<Right>>> {
        let of = |connection: &store::Connection, asker: &Asker<'_>| {
            let Asker { certificate, holder, dossier } = *asker;
            Ok(Right {
                taken_back_since: store::taken_back_since(connection, certificate, holder.writer)?,
                may_read: action::may_read(connection, holder, dossier)?,
            })
        };
        self.store.read(|connection| Ok(askers.iter().map(|one| of(connection, one)).collect()))
    }

    fn take(
        &self,
        pen: Option<&Pen<'_>>,
        blobs: &dyn BlobStore,
        given: &[Submission],
    ) -> Result<Outcomes> {
        let log = if pen.is_some() { Some(self.growing()?.ok_or_else(no_log)?) } else { None };
        let pen = pen.zip(log.as_ref()).map(|(pen, log)| log_pen(pen, log));
        let mut taken: Vec<Option<Outcome>> = vec![None; given.len()];
        let writes = given.iter().zip(&mut taken).map(|(one, taken)| {
            let write: LoggedWrite<'_> = Box::new(move |tx, log| {
                *taken = Some(take_one(tx, log, blobs, one)?);
                Ok(())
            });
            write
        });
        let (outcomes, head) = self.store.write_logged_all(pen.as_ref(), writes.collect())?;
        let each = outcomes.into_iter().zip(taken).map(|(outcome, taken)| {
            outcome.map(|()| taken.expect("what was written has said what came of it"))
        });
        Ok((each.collect(), head))
    }

    fn head(&self, dossier: DossierId) -> Result<HubHead> {
        self.store.read(|connection| head_of(connection, dossier))
    }

    fn last_seal(&self, writer: WriterId) -> Result<Option<SealHead>> {
        self.store.read(|connection| store::last_seal(connection, writer))
    }

    fn counts(&self) -> Result<Counts> {
        self.store.read(|connection| {
            let log = store::newest_log(connection)?;
            let entries = log.map(|log| log.size(connection)).transpose()?.unwrap_or(0);
            Ok(Counts { ops: store::count_ops(connection)?, entries })
        })
    }

    fn is_named(&self, blob: BlobRef) -> Result<bool> {
        self.store.read(|connection| store::is_named(connection, blob))
    }

    fn named_blobs(&self, dossier: DossierId) -> Result<Vec<BlobRef>> {
        self.store.read(|connection| store::named_blobs(connection, dossier))
    }

    fn is_blob_logged(&self, blob: BlobRef) -> Result<bool> {
        self.store.read(|connection| {
            let Some(log) = store::newest_log(connection)? else { return Ok(false) };
            if !store::is_named(connection, blob)? {
                return Ok(true);
            }
            for dossier in store::dossiers_naming(connection, &[blob])? {
                if !log.has(connection, dossier, Logged::Blob, blob.address)? {
                    return Ok(false);
                }
            }
            Ok(true)
        })
    }

    fn origin(&self) -> Result<Option<String>> {
        Ok(self.growing()?.map(|log| log.origin))
    }

    fn begin_log(&self, origin: &str) -> Result<()> {
        self.store.write(|tx| store::open_log(tx, origin)).map(drop)
    }

    fn catch_up(&self, pen: &Pen<'_>, blobs: &dyn BlobStore) -> Result<Option<Checkpoint>> {
        let log = self.growing()?.ok_or_else(no_log)?;
        let whole = |blob: BlobRef| Ok(blobs.held_bytes(blob)? == blob.length);
        let caught_up = self.store.write_logged(Some(&log_pen(pen, &log)), |_, log| match log {
            Some(log) => log.catch_up(whole),
            None => Ok(()),
        });
        Ok(caught_up?.1)
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        self.of_log(|connection, log| log.checkpoint(connection))
    }

    fn root(&self, size: u64) -> Result<Hash> {
        self.of_log(|connection, log| log.root(connection, size))
    }

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>> {
        self.of_log(|connection, log| log.tile(connection, tile))
    }

    fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>> {
        self.of_log(|connection, log| match log.size(connection)? {
            size if new > size => Ok(None),
            _ => log.consistency(connection, old, new).map(Some),
        })
    }

    fn changes(&self, holder: &Certificate, since: u64, limit: u64) -> Result<ChangedSince> {
        self.of_log(|connection, log| {
            let size = log.size(connection)?;
            let next = size.min(since.saturating_add(limit)).max(since.min(size));
            let mut changed = Vec::new();
            for dossier in log.changed(connection, since, next)? {
                if action::may_read(connection, holder, dossier)? {
                    let standing = log.standing(connection, dossier)?;
                    let store::Standing { arrivals, running } = standing;
                    changed.push(Changed { dossier, arrivals, running });
                }
            }
            Ok(ChangedSince { next, size, changed })
        })
    }

    fn runs_since(&self, dossier: DossierId, since: u64, max: RunsMax) -> Result<ArrivedRuns> {
        self.of_log(|connection, log| {
            let (mut runs, mut sealers) = (Vec::new(), BTreeSet::new());
            let (mut next, mut running, mut bytes) = (since, RUNNING_NONE, 0);
            for arrived in log.seals_since(connection, dossier, since, max.runs)? {
                let run = store::run_under(connection, &arrived.cose, &arrived.seal)?;
                bytes += run.bytes();
                let sealer = arrived.seal.certificate;
                let is_full = bytes > max.bytes
                    || (sealers.len() == max.sealers && !sealers.contains(&sealer));
                if is_full && !runs.is_empty() {
                    break;
                }
                sealers.insert(sealer);
                (next, running) = (arrived.entry.arrival + 1, arrived.entry.running);
                runs.push(run);
            }
            if runs.is_empty() {
                // Nothing more: the head of all that there is.
                let standing = log.standing(connection, dossier)?;
                (next, running) = (standing.arrivals, standing.running);
            }
            Ok(ArrivedRuns { runs, sealers, next, running })
        })
    }

    fn receipts_since(
        &self,
        dossier: DossierId,
        since: u64,
        limit: usize,
    ) -> Result<GivenReceipts> {
        self.of_log(|connection, log| {
            let size = log.size(connection)?;
            let receipts = log.receipts_since(connection, dossier, since, size, limit)?;
            Ok(GivenReceipts { note: log.checkpoint(connection)?, size, receipts })
        })
    }

    fn receipts_for(
        &self,
        dossier: DossierId,
        subjects: &[(Logged, Hash)],
    ) -> Result<GivenReceipts> {
        self.of_log(|connection, log| {
            let size = log.size(connection)?;
            let receipts = log.receipts_for(connection, dossier, subjects, size)?;
            Ok(GivenReceipts { note: log.checkpoint(connection)?, size, receipts })
        })
    }

    fn setting(&self, name: &str) -> Result<Option<String>> {
        self.store.read(|connection| store::get_setting(connection, name))
    }

    fn change_settings(&self, names: &[&str], change: &ChangeSettings<'_>) -> Result<Settings> {
        self.store.write(|tx| {
            let before = names.iter().map(|name| store::get_setting(tx, name));
            let before = before.collect::<Result<Settings>>()?;
            let Some(after) = change(&before)? else { return Ok(before) };
            for (name, value) in names.iter().zip(&after) {
                store::put_setting(tx, name, value)?;
            }
            Ok(after.into_iter().map(Some).collect())
        })
    }

    fn scrub(&self, blobs: &dyn BlobStore) -> Result<()> {
        if !self.store.owes_scrub()? {
            return Ok(());
        }
        let erased = self.store.read(store::erased_blob_refs)?;
        erased.into_iter().try_for_each(|blob| blobs.erase(blob))?;
        self.store.scrub_database()
    }
}

/// What one submission does to the database; it is taken back when it fails.
fn take_one(
    tx: &Transaction<'_>,
    log: Option<&mut LogWriter<'_>>,
    blobs: &dyn BlobStore,
    given: &Submission,
) -> Result<Outcome> {
    let (dossier, runs) = match given {
        Submission::Blob(blob) => {
            log.map_or(Ok(()), |log| log.add_blob(*blob))?;
            return Ok(Outcome::Blob);
        }
        Submission::Runs { dossier, runs } => (*dossier, runs),
    };
    let kept = if bug(6) { &runs[..runs.len() - 1] } else { &runs[..] };
    let mut received = store::receive(tx, &[], kept)?;
    received.known_ops += if bug(6) { runs[runs.len() - 1].ops.len() as u64 } else { 0 };
    if let Some(log) = log {
        log.add_received(&received, |blob| Ok(blobs.held_bytes(blob)? == blob.length))?;
    }
    // Until the opening is here, nobody can tell which area a sealer must cover. What was received
    // tells it of the runs that came; of none it tells nothing.
    let is_unopened = match runs.is_empty() {
        true => store::areas_of(tx, dossier)?.is_empty(),
        false => received.unopened.contains(&dossier),
    };
    if is_unopened {
        return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
    }
    let head = head_of(tx, dossier)?;
    Ok(Outcome::Runs(Stored { head, new_ops: received.new_ops, known_ops: received.known_ops }))
}

fn head_of(connection: &store::Connection, dossier: DossierId) -> Result<HubHead> {
    let heads = store::heads_of(connection, dossier)?;
    Ok(HubHead::new(dossier, heads, store::count_pending(connection, dossier)?))
}

/// What the core's store needs to go on with its log.
pub(crate) fn log_pen<'p>(pen: &Pen<'p>, log: &'p HubLog) -> LogPen<'p> {
    LogPen { log, key: pen.key, clock: pen.clock, chance: pen.chance }
}

fn no_log() -> Error {
    Error::NotFound { noun: "log", id: "(none)".to_owned() }
}
