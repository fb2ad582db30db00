//! Appending to the log of a hub: within the transaction that stores what the entries are about.

use std::collections::HashMap;

use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::DossierId;
use angen_ledger::key::{SignError, Signer};
use angen_ledger::log::checkpoint::{CheckpointError, sign};
use angen_ledger::log::entry::{Entry, Logged, running};
use angen_ledger::log::tree::Edge;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;
use rusqlite::{Transaction, named_params};

use crate::error::{Error, Result};
use crate::planted::bug;
use crate::ports::{Chance, Clock};
use crate::store::Store;
use crate::store::heads::is_run_whole;
use crate::store::hub_log::{HubLog, LogTiles, Standing, number_of, tree_error};
use crate::store::receive::Received;

const INSERT_LOG: &str = "INSERT INTO log (origin) VALUES (:origin)";

const INSERT_ENTRY: &str = "
    INSERT INTO log_entry (log, place, dossier, what, subject, arrival, entry)
    VALUES (:log, :place, :dossier, :what, :subject, :arrival, :entry)";

const INSERT_HASH: &str = "
    INSERT INTO log_hash (log, level, place, hash) VALUES (:log, :level, :place, :hash)";

const INSERT_CHECKPOINT: &str = "
    INSERT INTO log_checkpoint (log, size, note) VALUES (:log, :size, :note)";

const SEALS_WITHOUT_ENTRY: &str = "
    SELECT seal.cose FROM seal LEFT JOIN op ON op.hash = seal.head
    WHERE NOT EXISTS (SELECT 1 FROM log_entry WHERE log = :log AND dossier = seal.dossier
                      AND what = 0 AND subject = seal.hash)
    ORDER BY op.place, seal.writer, seal.number";

const BLOBS_WITHOUT_ENTRY: &str = "
    SELECT dossier, address, length FROM named_blob
    WHERE address NOT IN (SELECT address FROM erased_blob)
      AND NOT EXISTS (SELECT 1 FROM log_entry WHERE log = :log AND dossier = named_blob.dossier
                      AND what = 1 AND subject = named_blob.address)
    ORDER BY dossier, address";

const SEALED_BLOB_DOSSIERS: &str = "
    SELECT dossier FROM named_blob WHERE address = :address AND length = :length
      AND address NOT IN (SELECT address FROM erased_blob)
    ORDER BY dossier";

/// Begins a log without entries; from now on it is the newest.
///
/// # Errors
/// `Storage`, also when there was a log of this origin before.
pub fn open_log(tx: &Transaction<'_>, origin: &str) -> Result<HubLog> {
    tx.prepare_cached(INSERT_LOG)?.execute(named_params! {":origin": origin})?;
    Ok(HubLog { number: tx.last_insert_rowid(), origin: origin.to_owned() })
}

/// What a hub needs to go on with its log.
pub struct LogPen<'p> {
    /// The log.
    pub log: &'p HubLog,
    /// The hub's key.
    pub key: &'p dyn Signer,
    /// The hub's clock: when things were received, and when a head was signed.
    pub clock: &'p dyn Clock,
    /// For the salts of entries.
    pub chance: &'p dyn Chance,
}

impl Store {
    /// As [`Store::write`], with the log that grows within the same transaction, if there is one.
    /// When it grew, its head is signed before the commit, and given beside the answer.
    ///
    /// # Errors
    /// `Paused`, `Sign`, `Storage`, and what the closure returns.
    pub fn write_logged<T>(
        &self,
        pen: Option<&LogPen<'_>>,
        write: impl FnOnce(&Transaction<'_>, Option<&mut LogWriter<'_>>) -> Result<T>,
    ) -> Result<(T, Option<Checkpoint>)> {
        self.write(|tx| {
            let Some(pen) = pen else { return Ok((write(tx, None)?, None)) };
            let mut writer = LogWriter::open(tx, pen)?;
            let answer = write(tx, Some(&mut writer))?;
            Ok((answer, writer.sign_head(pen.key)?))
        })
    }

    /// As [`Store::write_logged`], for writes that come at the same time: one transaction, one
    /// signed head, one wait for the disk. Each is whole or not at all: one that fails takes back
    /// what it wrote, and those before and behind it stay.
    ///
    /// # Errors
    /// `Paused`, `Sign`, `Storage`: then nothing of any of them is stored.
    pub fn write_logged_all(
        &self,
        pen: Option<&LogPen<'_>>,
        writes: Vec<LoggedWrite<'_>>,
    ) -> Result<(Vec<Result<()>>, Option<Checkpoint>)> {
        self.write_logged(pen, |tx, mut log| {
            writes.into_iter().map(|write| write_apart(tx, log.as_deref_mut(), write)).collect()
        })
    }
}

/// Writes within a savepoint; the outer result is about the whole transaction.
fn write_apart(
    tx: &Transaction<'_>,
    mut log: Option<&mut LogWriter<'_>>,
    write: LoggedWrite<'_>,
) -> Result<Result<()>> {
    tx.prepare_cached("SAVEPOINT one_of_several")?.execute([])?;
    let before = log.as_deref().map(|log| log.edge.clone());
    let written = write(tx, log.as_deref_mut());
    if written.is_err() {
        // A full disk may have ended the transaction: then there is nothing to go back to.
        if tx.is_autocommit() {
            return written.map(Ok);
        }
        tx.prepare_cached("ROLLBACK TO one_of_several")?.execute([])?;
        if let (Some(log), Some(edge)) = (log, before) {
            log.edge = edge;
            log.standings.clear();
        }
    }
    tx.prepare_cached("RELEASE one_of_several")?.execute([])?;
    Ok(written)
}

/// One of several writes that share a transaction.
pub type LoggedWrite<'w> =
    Box<dyn FnOnce(&Transaction<'_>, Option<&mut LogWriter<'_>>) -> Result<()> + Send + 'w>;

/// A log that grows within one transaction.
pub struct LogWriter<'t> {
    tx: &'t Transaction<'t>,
    log: &'t HubLog,
    chance: &'t dyn Chance,
    received_ms: i64,
    edge: Edge,
    began: u64,
    standings: HashMap<DossierId, Standing>,
}

impl<'t> LogWriter<'t> {
    fn open(tx: &'t Transaction<'t>, pen: &LogPen<'t>) -> Result<Self> {
        let log = pen.log;
        let size = log.size(tx)?;
        let tiles = LogTiles { connection: tx, log: log.number };
        let edge = Edge::load(&tiles, size).map_err(tree_error)?;
        let received_ms = pen.clock.now().wall_ms;
        let (chance, standings) = (pen.chance, HashMap::new());
        Ok(Self { tx, log, chance, received_ms, edge, began: size, standings })
    }

    /// Appends a seal, unless it has its entry, or something that its ops say is not here yet;
    /// who has just put all of it here says so, and it is not read again.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn add_seal(&mut self, signed: &SignedSeal, is_known_whole: bool) -> Result<()> {
        let dossier = signed.seal.dossier;
        if (self.log.has(self.tx, dossier, Logged::Seal, signed.hash)? && !bug(9))
            || !(is_known_whole || bug(5) || is_run_whole(self.tx, signed)?)
        {
            return Ok(());
        }
        let before = self.standing(dossier)?;
        let running = running(&before.running, &signed.hash);
        let place = Standing { arrivals: before.arrivals, running };
        self.append(dossier, Logged::Seal, signed.hash, place, signed.seal.ops())?;
        let after = Standing { arrivals: before.arrivals + 1, running };
        self.standings.insert(dossier, after);
        Ok(())
    }

    /// Appends the seals of what was received, and the blobs that are whole by now, since they came
    /// before the first op of this dossier that names them.
    ///
    /// # Errors
    /// `Storage`, `Malformed`, what `is_whole` returns.
    pub fn add_received(
        &mut self,
        received: &Received,
        is_whole: impl Fn(BlobRef) -> Result<bool>,
    ) -> Result<()> {
        for one in &received.seals {
            self.add_seal(&one.seal, one.is_whole)?;
        }
        for blob in &received.blobs {
            if is_whole(*blob)? {
                self.add_blob(*blob)?;
            }
        }
        Ok(())
    }

    /// Appends a blob that is whole, for each dossier that names it, unless it has its entry or was
    /// erased.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub fn add_blob(&mut self, blob: BlobRef) -> Result<()> {
        let dossiers: Vec<DossierId> = {
            let mut statement = self.tx.prepare_cached(SEALED_BLOB_DOSSIERS)?;
            let params = named_params! {
                ":address": blob.address.as_bytes(), ":length": blob.length.cast_signed(),
            };
            let rows = statement.query_map(params, |row| Ok(DossierId(row.get("dossier")?)))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for dossier in dossiers {
            self.add_blob_of(dossier, blob)?;
        }
        Ok(())
    }

    /// Appends everything that the database holds and the log does not: what came before this
    /// hub had a log, and blobs that became whole in the moment of a crash.
    ///
    /// # Errors
    /// `Storage`, `Malformed`, what `is_whole` returns.
    pub fn catch_up(&mut self, is_whole: impl Fn(BlobRef) -> Result<bool>) -> Result<()> {
        let params = named_params! {":log": self.log.number};
        let seals: Vec<Vec<u8>> = {
            let mut statement = self.tx.prepare(SEALS_WITHOUT_ENTRY)?;
            let rows = statement.query_map(params, |row| row.get("cose"))?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for cose in seals {
            self.add_seal(&SignedSeal::read(&cose)?, false)?;
        }
        let blobs: Vec<(DossierId, BlobRef)> = {
            let mut statement = self.tx.prepare(BLOBS_WITHOUT_ENTRY)?;
            let rows = statement.query_map(params, |row| {
                let length = row.get::<_, i64>("length")?.unsigned_abs();
                let blob = BlobRef { address: Hash(row.get("address")?), length };
                Ok((DossierId(row.get("dossier")?), blob))
            })?;
            rows.collect::<rusqlite::Result<_>>()?
        };
        for (dossier, blob) in blobs {
            if is_whole(blob)? {
                self.add_blob_of(dossier, blob)?;
            }
        }
        Ok(())
    }

    /// Signs the head of the tree when it has grown, or was never signed, and gives it.
    fn sign_head(self, key: &dyn Signer) -> Result<Option<Checkpoint>> {
        let size = self.edge.size();
        if size == self.began && self.log.checkpoint(self.tx)?.is_some() {
            return Ok(None);
        }
        let origin = self.log.origin.clone();
        let head = Checkpoint { origin, size, root: self.edge.root() };
        // A reader takes no time before 1970; a hub whose clock says so shows the first second.
        let at_s = (self.received_ms / 1_000).max(1).unsigned_abs();
        let note = sign(&head, at_s, key).map_err(sign_error)?;
        self.tx.prepare_cached(INSERT_CHECKPOINT)?.execute(named_params! {
            ":log": self.log.number, ":size": size.cast_signed(), ":note": note,
        })?;
        Ok(Some(head))
    }

    fn add_blob_of(&mut self, dossier: DossierId, blob: BlobRef) -> Result<()> {
        if self.log.has(self.tx, dossier, Logged::Blob, blob.address)? {
            return Ok(());
        }
        let standing = self.standing(dossier)?;
        self.append(dossier, Logged::Blob, blob.address, standing, blob.length)
    }

    fn standing(&mut self, dossier: DossierId) -> Result<Standing> {
        if let Some(known) = self.standings.get(&dossier) {
            return Ok(*known);
        }
        let standing = self.log.standing(self.tx, dossier)?;
        self.standings.insert(dossier, standing);
        Ok(standing)
    }

    fn append(
        &mut self,
        dossier: DossierId,
        what: Logged,
        subject: Hash,
        standing: Standing,
        length: u64,
    ) -> Result<()> {
        let mut salt = [0; 16];
        self.chance.fill(&mut salt);
        let entry = Entry {
            suite: Suite::Sha256,
            salt,
            what,
            subject,
            dossier,
            arrival: standing.arrivals,
            running: standing.running,
            length,
            received_ms: self.received_ms,
        };
        self.tx.prepare_cached(INSERT_ENTRY)?.execute(named_params! {
            ":log": self.log.number,
            ":place": self.edge.size().cast_signed(),
            ":dossier": dossier.raw(),
            ":what": number_of(what),
            ":subject": subject.as_bytes(),
            ":arrival": standing.arrivals.cast_signed(),
            ":entry": entry.to_wire(),
        })?;
        for new in self.edge.append(entry.leaf()) {
            self.tx.prepare_cached(INSERT_HASH)?.execute(named_params! {
                ":log": self.log.number,
                ":level": new.level,
                ":place": new.index.cast_signed(),
                ":hash": new.hash.as_bytes(),
            })?;
        }
        Ok(())
    }
}

fn sign_error(error: CheckpointError) -> Error {
    match error {
        CheckpointError::Malformed(error) => error.into(),
        CheckpointError::Sign(error) => error.into(),
        CheckpointError::NotEd25519 => SignError::Store(error.to_string()).into(),
    }
}
