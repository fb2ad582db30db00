//! Everything of a hub but its blobs: who is certified, what came, and the log of it.
//!
//! Each verb is what one request of a device needs, answered from one state of the store. The
//! rules are the ledger's and the core's, the same for every store: a store keeps, finds, and
//! writes all of a submission or nothing of it.

mod memory;
mod sqlite;

use std::collections::BTreeSet;

use angen_core::error::Result;
use angen_core::ports::{Chance, Clock};
use angen_core::store::{SealHead, SealedRun};
use angen_core::sync::wire::{Changed, HubHead, Stored};
use angen_ledger::certificate::Certificate;
use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::key::Signer;
use angen_ledger::log::entry::Logged;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::tile::Tile;

use crate::store::BlobStore;

pub use angen_core::store::Held;
pub use memory::MemoryLog;
pub use sqlite::SqliteLog;
pub(crate) use sqlite::log_pen;

/// With what a log is gone on with (平台日志).
pub struct Pen<'p> {
    /// The hub's key.
    pub key: &'p dyn Signer,
    /// The hub's clock: when things were received, and when a head was signed.
    pub clock: &'p dyn Clock,
    /// For the salts of entries.
    pub chance: &'p dyn Chance,
}

/// What is handed in together with what others hand in.
#[derive(Debug, Clone)]
pub enum Submission {
    /// Sealed runs of one dossier.
    Runs {
        /// The dossier that all of them are of.
        dossier: DossierId,
        /// The runs.
        runs: Vec<SealedRun>,
    },
    /// A blob that has become whole, for its entries in the log.
    Blob(BlobRef),
}

/// What became of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Outcome {
    /// The runs are stored, and this is the head of their dossier.
    Runs(Stored),
    /// The blob has its entries.
    Blob,
}

/// What became of several, each by itself; and the head that was signed over all of them, if the
/// log grew.
pub type Outcomes = (Vec<Result<Outcome>>, Option<Checkpoint>);

/// Who asks for a dossier.
#[derive(Debug, Clone, Copy)]
pub struct Asker<'a> {
    /// The hash of the certificate.
    pub certificate: Hash,
    /// What it says.
    pub holder: &'a Certificate,
    /// What is asked for.
    pub dossier: DossierId,
}

/// What speaks for and against showing a dossier to who asks for it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Right {
    /// As [`LogStore::taken_back_since`].
    pub taken_back_since: Option<i64>,
    /// As [`LogStore::may_read`].
    pub may_read: bool,
}

/// How much one answer holds.
#[derive(Debug, Clone, Copy)]
pub struct RunsMax {
    /// Runs.
    pub runs: usize,
    /// Bytes after which no further run is added; one run may be larger.
    pub bytes: usize,
    /// Certificates of sealers.
    pub sealers: usize,
}

/// Runs of a dossier in the order of their arrival.
#[derive(Debug, Clone)]
pub struct ArrivedRuns {
    /// The runs; none when there are no more.
    pub runs: Vec<SealedRun>,
    /// The certificates that they are sealed under.
    pub sealers: BTreeSet<Hash>,
    /// The arrival to ask from next.
    pub next: u64,
    /// The running head of the seals before `next`.
    pub running: Hash,
}

/// Which dossiers changed since a place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedSince {
    /// The place to ask from next: nothing before it is left out.
    pub next: u64,
    /// Entries that the log has.
    pub size: u64,
    /// Those of them that the holder may read, ascending by id.
    pub changed: Vec<Changed>,
}

/// Receipts of a dossier in the tree of one checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenReceipts {
    /// The checkpoint, as it was signed.
    pub note: Option<String>,
    /// Entries of its tree.
    pub size: u64,
    /// The receipts, ascending by place.
    pub receipts: Vec<Receipt>,
}

/// Values under names, in the order of the names; none where there is no value.
pub type Settings = Vec<Option<String>>;

/// The new values under names by those before; none to leave them.
pub type ChangeSettings<'c> = dyn Fn(&[Option<String>]) -> Result<Option<Vec<String>>> + 'c;

/// How many ops and entries there are.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Counts {
    /// Ops.
    pub ops: u64,
    /// Entries of the log.
    pub entries: u64,
}

/// Where a hub keeps what came and the log of it.
///
/// An answer is of one state: everything that was taken before it was asked for is in it, and of
/// what is taken meanwhile all or nothing. Who asks for something of the log where none was begun
/// is told `NotFound`.
pub trait LogStore: Send + Sync {
    /// Takes certificates, each behind its issuer: all or none. Their trust alone is checked here,
    /// not whether the hub knows their root.
    ///
    /// # Errors
    /// `Distrust`, `Malformed`, `Storage`.
    fn admit(&self, certificates: &[Vec<u8>]) -> Result<()>;

    /// These certificates with all above them, each once and behind its issuer. Those that are not
    /// here are left out.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn chains(&self, wanted: &BTreeSet<Hash>) -> Result<Vec<Held>>;

    /// Since when a certificate is taken back by somebody who may, in milliseconds since 1970 UTC;
    /// none when it is not.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn taken_back_since(&self, certificate: Hash, writer: WriterId) -> Result<Option<i64>>;

    /// Whether the holder of a certificate may read a dossier; no for one that is not here, at the
    /// same cost.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn may_read(&self, holder: &Certificate, dossier: DossierId) -> Result<bool>;

    /// The right of each who asks, in this order and of one state: what hundreds ask at once is
    /// read in one go.
    ///
    /// # Errors
    /// `Storage`, of all; `Storage`, `Malformed` of one.
    fn rights(&self, askers: &[Asker<'_>]) -> Result<Vec<Result<Right>>>;

    /// Takes what was handed in, in this order: each whole or not at all, and what fails leaves
    /// those before and behind it as they are. With a pen, what is whole gets its entries in the
    /// same step, with the next arrival of its dossier, and a head is signed before any of it can
    /// be read. What comes again changes nothing.
    ///
    /// # Errors
    /// Of one: `Refused`, `Malformed`, `NotFound` for a dossier whose opening has not come. Of
    /// all: `Sign`, `Storage`; then nothing of any of them is stored.
    fn take(
        &self,
        pen: Option<&Pen<'_>>,
        blobs: &dyn BlobStore,
        given: &[Submission],
    ) -> Result<Outcomes>;

    /// The last ops of every chain of a dossier whose past is here, and how many ops wait.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn head(&self, dossier: DossierId) -> Result<HubHead>;

    /// The writer's last seal, in whatever dossier.
    ///
    /// # Errors
    /// `Storage`.
    fn last_seal(&self, writer: WriterId) -> Result<Option<SealHead>>;

    /// How much there is.
    ///
    /// # Errors
    /// `Storage`.
    fn counts(&self) -> Result<Counts>;

    /// Whether an op that is here names a blob of this length, and it was not erased.
    ///
    /// # Errors
    /// `Storage`.
    fn is_named(&self, blob: BlobRef) -> Result<bool>;

    /// The blobs that the ops of a dossier name, ascending, without those that were erased.
    ///
    /// # Errors
    /// `Storage`.
    fn named_blobs(&self, dossier: DossierId) -> Result<Vec<BlobRef>>;

    /// Whether a blob has its entry for every dossier that names it: so too for one that nobody
    /// names, or that was erased, since there is none to give.
    ///
    /// # Errors
    /// `Storage`.
    fn is_blob_logged(&self, blob: BlobRef) -> Result<bool>;

    /// The log that grows: the one that was begun last.
    ///
    /// # Errors
    /// `Storage`.
    fn origin(&self) -> Result<Option<String>>;

    /// Begins a log without entries, which is the one that grows from now on. Those before it stay
    /// as they are.
    ///
    /// # Errors
    /// `Storage`, also when there was a log of this origin before.
    fn begin_log(&self, origin: &str) -> Result<()>;

    /// Gives an entry to everything that is here and has none, and signs a head if there is none
    /// or the log grew.
    ///
    /// # Errors
    /// `Sign`, `Storage`, `Malformed`; then nothing was appended.
    fn catch_up(&self, pen: &Pen<'_>, blobs: &dyn BlobStore) -> Result<Option<Checkpoint>>;

    /// The newest checkpoint as it was signed.
    ///
    /// # Errors
    /// `Storage`.
    fn checkpoint(&self) -> Result<Option<String>>;

    /// The root of the tree of the first entries.
    ///
    /// # Errors
    /// `NotFound` when there are fewer, `Storage`.
    fn root(&self, size: u64) -> Result<Hash>;

    /// The first hashes of a tile; fewer than were asked for when the log has no more.
    ///
    /// # Errors
    /// `Storage`.
    fn tile(&self, tile: Tile) -> Result<Vec<Hash>>;

    /// The proof that the log of `new` entries begins with that of `old`; none when it has not so
    /// many.
    ///
    /// # Errors
    /// `Storage`.
    fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>>;

    /// The dossiers of the holder that have entries among the next `limit` from `since` on.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn changes(&self, holder: &Certificate, since: u64, limit: u64) -> Result<ChangedSince>;

    /// The runs of a dossier from an arrival on; one at least, unless there are no more.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn runs_since(&self, dossier: DossierId, since: u64, max: RunsMax) -> Result<ArrivedRuns>;

    /// The receipts of a dossier from a place in the log on.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn receipts_since(&self, dossier: DossierId, since: u64, limit: usize)
    -> Result<GivenReceipts>;

    /// The receipts of some subjects of a dossier: of those that have an entry.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    fn receipts_for(
        &self,
        dossier: DossierId,
        subjects: &[(Logged, Hash)],
    ) -> Result<GivenReceipts>;

    /// The value under a name, if there is one.
    ///
    /// # Errors
    /// `Storage`.
    fn setting(&self, name: &str) -> Result<Option<String>>;

    /// Changes the values under some names by what they were, with no other change in between.
    /// `change` is given them in the order of the names, and gives the new ones in that order, or
    /// none to leave them. Gives what they are now.
    ///
    /// # Errors
    /// `Storage`, and what `change` returns; then they stay as they were.
    fn change_settings(&self, names: &[&str], change: &ChangeSettings<'_>) -> Result<Settings>;

    /// Destroys what erasures have left behind: files of blobs, and bytes that no query reads. It
    /// does nothing when nothing is owed, and what fails stays owed.
    ///
    /// # Errors
    /// `File`, `Storage`.
    fn scrub(&self, blobs: &dyn BlobStore) -> Result<()>;
}
