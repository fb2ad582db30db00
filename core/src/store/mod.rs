//! SQLite: the only place in the core where SQL is spoken.
//!
//! One connection writes and a few read; blobs lie in a folder beside the database. A function
//! that writes takes a `&Transaction`, one that only reads a `&Connection`, so that the type
//! says what may happen inside. The log (`op`, `seal`, `certificate`) is what was signed; the
//! projection (`live`, `locked`, `original`, `named_blob`, `enterprise_found`, `erased`,
//! `quarantined`) follows from it and can be made again. Beside both lie the tree of a hub and the
//! receipts of a phone.

mod arrivals;
mod ballast;
mod bell;
mod blobs;
mod chains;
mod changes;
mod check;
mod connection;
mod contested;
mod copy;
mod digest;
mod disclosure;
mod encrypt;
mod enterprises;
mod entities;
mod erasure;
mod heads;
mod hub_log;
mod intake;
mod kept;
mod key;
mod log;
mod migrations;
mod named_blobs;
mod newest;
mod originals;
mod projection;
mod quarantine;
mod receipts;
mod receive;
mod refusals;
mod scrub;
mod settings;
mod strays;
mod unreceipted;
mod unseen;
mod wiping;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Condvar, Mutex, MutexGuard};

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::heads::Said;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;
use rusqlite::TransactionBehavior;

use crate::domain::{Fields, OpenChecklist, Source};
use crate::error::{Error, Result};
use crate::ports::{DatabaseKeys, Disk};

pub use arrivals::{Arrival, Arrived};
pub use ballast::{BALLAST_BYTES, COMMIT_ROOM_BYTES};
pub use bell::Bell;
pub(crate) use blobs::read_head;
pub use blobs::{BlobFolder, StoredBlob};
pub use chains::{Held, admit, chains_of, trust_in};
pub use changes::{CHANGED_MAX, Changed, Seen};
pub use check::is_whole;
pub use contested::{contested, past_of};
pub use digest::digest;
pub use enterprises::{FoundEnterprise, enterprise_by_code, find_enterprises};
pub use entities::entities;
pub use erasure::{erased_by, is_held};
pub use heads::{
    count_pending, heads_of, heads_of_writer, holds_run, is_run_whole, ops_at, run_under,
};
pub use hub_log::{
    ArrivedSeal, HubLog, LogFault, LogPen, LogWriter, LoggedWrite, Standing, newest_log, open_log,
};
pub use intake::{insert_op, settle_own};
pub use kept::Kept;
pub use key::{DatabaseKey, KEY_CHECK_FILE, KeyCheck};
pub use log::{
    ChainHead, SealHead, StoredOp, certificate, certificates, chain_head, count_ops, dossiers,
    has_op, has_seal, insert_certificate, insert_seal, last_ops, last_seal, newest_places,
    note_named, op_by_hash, ops_of_dossier, seals_of, unnamed_heads, written_ops,
};
pub use migrations::END_VERSION;
pub use named_blobs::{
    blobs_of_log, dossiers_naming, erased_blobs, is_named, listed_blobs, named_blobs,
};
pub use newest::dossiers_by_arrival;
pub use originals::captured_before;
pub use projection::{
    check_writable, fields_in_force, fields_of, history_of, project_all, require_op,
};
pub use quarantine::{
    Quarantined, known_revocations, quarantined, quarantined_by, revoked_by, taken_back_since,
};
pub use receipts::{
    KeptCheckpoint, KeptReceipt, PulledTo, Unreceipted, checkpoints_kept, keep_checkpoint,
    keep_receipt, last_checkpoint, newest_checkpoint, pulled_to, put_pulled, receipts_of,
    unreceipted,
};
pub(crate) use receive::areas_by;
pub use receive::{Received, ReceivedSeal, SealedRun, areas_of, receive};
pub use refusals::{KeptRefusal, Refused, keep_refusal, refused_here, standing_refusals};
pub use rusqlite::Connection;
pub use rusqlite::Transaction;
pub use scrub::{Scrubbed, erased_blob_refs};
pub use settings::{get_setting, put_setting};
pub use strays::{Leftover, STRAY_GRACE_MS};
pub use unreceipted::{ReceiptCount, count_receipts};
pub use unseen::unseen_ops;
pub use wiping::{destroy_in, wipe_under_way};

/// Readers kept open: to open one parses the whole schema. A phone uses one or two, a hub as many
/// as it makes answers at once.
const READERS_MAX: usize = 8;

/// A database and its blobs in one folder.
pub struct Store {
    folder: PathBuf,
    keys: Option<Box<dyn DatabaseKeys>>,
    blobs: BlobFolder,
    writer: Mutex<Option<Connection>>,
    readers: Mutex<Readers>,
    reader_done: Condvar,
    checklists: Kept<OpenChecklist>,
    bell: Arc<Bell>,
}

/// Whoever watches learns that there is nothing left to watch.
impl Drop for Store {
    fn drop(&mut self) {
        self.bell.ring();
    }
}

/// The readers: those that are open and idle (none while paused), and how many are at work.
struct Readers {
    idle: Option<Vec<Connection>>,
    busy: u32,
}

/// A reader at work: counted until it is dropped, so that a pause can wait for it.
struct Busy<'s>(&'s Store);

impl Drop for Busy<'_> {
    fn drop(&mut self) {
        lock(&self.0.readers).busy -= 1;
        self.0.reader_done.notify_all();
    }
}

impl Store {
    /// Whether a folder holds a database. A mistyped folder does not, and should not get one.
    #[must_use]
    pub fn is_in(folder: &Path) -> bool {
        connection::is_in(folder)
    }

    /// Opens the database of a folder, and makes it if it is not there.
    ///
    /// # Errors
    /// `FromTheFuture` for one that a newer version wrote (it is left as it is), `Damaged` for
    /// one that SQLite cannot read (it is moved aside, never deleted), `File`, `Storage`.
    pub fn open(folder: &Path) -> Result<Self> {
        Self::open_with(folder, None)
    }

    /// As [`Store::open`], with the key of an encrypted database. A new one is made encrypted.
    ///
    /// # Errors
    /// `Key` when the key is wrong, missing, or not wanted: then no file was touched; as
    /// [`Store::open`].
    pub fn open_with(folder: &Path, keys: Option<Box<dyn DatabaseKeys>>) -> Result<Self> {
        blobs::make_folder(folder)?;
        let writer = match connection::open_writer(folder, keys.as_deref()) {
            Err(Error::Storage(error)) if ballast::let_go_for(folder, &error) => {
                connection::open_writer(folder, keys.as_deref())?
            }
            opened => opened?,
        };
        Ok(Self {
            folder: folder.to_owned(),
            keys,
            blobs: BlobFolder::open(&folder.join("blobs"))?,
            writer: Mutex::new(Some(writer)),
            readers: Mutex::new(Readers { idle: Some(Vec::new()), busy: 0 }),
            reader_done: Condvar::new(),
            checklists: Kept::default(),
            bell: Arc::default(),
        })
    }

    /// The folder.
    #[must_use]
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// The blobs.
    #[must_use]
    pub fn blobs(&self) -> &BlobFolder {
        &self.blobs
    }

    /// The checklists that were compiled already.
    #[must_use]
    pub(crate) fn checklists(&self) -> &Kept<OpenChecklist> {
        &self.checklists
    }

    /// Reads. What one call sees is one state of the database.
    ///
    /// # Errors
    /// `Paused`, and what the closure returns.
    pub fn read<T>(&self, read: impl FnOnce(&Connection) -> Result<T>) -> Result<T> {
        let idle = {
            let mut readers = lock(&self.readers);
            let idle = readers.idle.as_mut().ok_or(Error::Paused)?.pop();
            readers.busy += 1;
            idle
        };
        // Declared before the connection, so that the connection is closed before it is counted.
        let _busy = Busy(self);
        let connection = match idle {
            Some(connection) => connection,
            None => connection::open_reader(&self.folder, self.keys.as_deref())?,
        };
        let answer = {
            let snapshot = connection.unchecked_transaction()?;
            read(&snapshot)?
        };
        if let Some(idle) = lock(&self.readers).idle.as_mut()
            && idle.len() < READERS_MAX
        {
            idle.push(connection);
        }
        Ok(answer)
    }

    /// Writes: all of it or, when the closure fails, nothing. On return it is on the disk, and the
    /// bell has rung.
    ///
    /// # Errors
    /// `Paused`, and what the closure returns.
    pub fn write<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let answer = self.commit(write)?;
        self.bell.ring();
        Ok(answer)
    }

    /// The bell that rings after each commit, when no lock is held any more.
    #[must_use]
    pub fn bell(&self) -> Arc<Bell> {
        Arc::clone(&self.bell)
    }

    fn commit<T>(&self, write: impl FnOnce(&Transaction<'_>) -> Result<T>) -> Result<T> {
        let mut writer = lock(&self.writer);
        let connection = writer.as_mut().ok_or(Error::Paused)?;
        // A BEGIN or ROLLBACK that failed half-way has left it within a transaction.
        if !connection.is_autocommit() {
            connection.execute_batch("ROLLBACK")?;
        }
        let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let answer = write(&transaction)?;
        transaction.commit()?;
        Ok(answer)
    }

    /// Closes the connections once the work in hand is done, so that a phone may suspend the app
    /// without a lock on the file (iOS ends an app that holds one). Not to be called from within
    /// [`Store::read`] or [`Store::write`]: it waits for them.
    ///
    /// # Errors
    /// `Storage` when the last checkpoint of the log fails; the data is safe all the same.
    pub fn pause(&self) -> Result<()> {
        let mut readers = lock(&self.readers);
        readers.idle = None;
        while readers.busy > 0 {
            readers =
                self.reader_done.wait(readers).unwrap_or_else(std::sync::PoisonError::into_inner);
        }
        drop(readers);
        if let Some(connection) = lock(&self.writer).take() {
            connection.close().map_err(|(_, error)| error)?;
        }
        Ok(())
    }

    /// Opens the connections again. Does nothing when they are open.
    ///
    /// # Errors
    /// As [`Store::open`].
    pub fn resume(&self) -> Result<()> {
        let mut writer = lock(&self.writer);
        if writer.is_none() {
            *writer = Some(connection::open_writer(&self.folder, self.keys.as_deref())?);
            lock(&self.readers).idle = Some(Vec::new());
        }
        drop(writer);
        // What was written just before the pause could not be read then.
        self.bell.ring();
        Ok(())
    }

    /// Lends the writing connection to a test that plants faults in it.
    #[doc(hidden)]
    pub fn with_writer<T>(&self, use_it: impl FnOnce(&mut Connection) -> T) -> Option<T> {
        lock(&self.writer).as_mut().map(use_it)
    }

    /// Whether there is room for a file of this size, with a margin for the database.
    ///
    /// # Errors
    /// `NoSpace`, `File`.
    pub fn check_room(&self, disk: &dyn Disk, bytes: u64) -> Result<()> {
        let free =
            disk.free_bytes(&self.folder).map_err(|source| Error::file(&self.folder, source))?;
        let needed = bytes.saturating_add(COMMIT_ROOM_BYTES);
        if free < needed { Err(Error::NoSpace { needed, free }) } else { Ok(()) }
    }
}

impl Source for Connection {
    fn dossiers(&self) -> Result<Vec<DossierId>> {
        dossiers(self)
    }

    fn entities(&self, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
        entities(self, dossier, noun)
    }

    fn fields(&self, dossier: DossierId, entity: EntityId) -> Result<Fields> {
        fields_of(self, dossier, entity)
    }

    fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Result<Vec<Said>> {
        history_of(self, dossier, entity, field)
    }

    fn contested(&self, dossier: DossierId) -> Result<Vec<(EntityId, String)>> {
        contested(self, dossier)
    }

    fn past(&self, dossier: DossierId) -> Result<Past> {
        past_of(self, dossier)
    }

    fn certificates(&self) -> Result<Vec<SignedCertificate>> {
        Ok(certificates(self)?.into_iter().map(|(_, known)| known).collect())
    }
}

/// A poisoned lock only means that a caller panicked; its transaction rolled back.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
