//! A hub that is not reached by a network: bundles in from a stick, receipts out onto one.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use angen_core::action::{
    BundleKeys, Imported, LogSide, Receiver, ReturnReceipts, Returned, import_bundle,
    import_package, is_bundle, return_receipts,
};
use angen_core::error::Error;
use angen_core::ports::Disk;
use angen_core::store::{self, HubLog, Store};
use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::verify::Lang;

use crate::folder_lock::FolderLock;
use crate::key::{HubKey, KEY_FILE};
use crate::log::{Log, LogTrouble, Logging};
use crate::run::HubError;
use crate::store::{FolderBlobs, SqliteLog, log_pen};
use crate::trust::{keep_roots, root_of, with_issuers};

/// A hub with its log, for as long as something is carried in or out.
pub struct OfflineHub {
    store: Arc<Store>,
    disk: Arc<dyn Disk>,
    roots: BTreeSet<Hash>,
    log: Log,
    /// No other process serves the folder meanwhile.
    _lock: FolderLock,
}

impl OfflineHub {
    /// Opens the hub of a folder. Roots and certificates are added to those that it has.
    ///
    /// # Errors
    /// `Core` for a folder without a hub's key, `Taken` while the hub serves, `Log` when it must
    /// not go on with its log.
    pub fn open(
        folder: &Path,
        disk: Box<dyn Disk>,
        roots: &[Hash],
        mut logging: Logging,
    ) -> Result<Self, HubError> {
        // A mistyped folder gets no second hub.
        let key = folder.join(KEY_FILE);
        if !key.is_file() {
            return Err(Error::file(key, std::io::ErrorKind::NotFound.into()).into());
        }
        let lock = FolderLock::take(folder)?;
        let (store, disk) = (Arc::new(Store::open(folder)?), Arc::<dyn Disk>::from(disk));
        let ledger = SqliteLog::new(Arc::clone(&store));
        let roots = keep_roots(&ledger, roots)?;
        if logging.certificates.is_empty() {
            let key = HubKey::open(folder, &*logging.chance)?;
            let newest = store.read(store::newest_log)?.map(|log| log.origin);
            let own = own_certificates(&store, &key)?.into_iter().filter(|held| {
                let named = angen_ledger::log::origin::log_of(&held.certificate);
                named.map(|(origin, _)| origin) == newest.as_deref()
            });
            let own = own.map(|held| held.hash).collect();
            logging.certificates = with_issuers(&ledger, &own)?;
        }
        let blobs = FolderBlobs::new(Arc::clone(&store), Arc::clone(&disk));
        let log = Log::open(folder, &ledger, &blobs, &roots.known(), logging)?;
        // A stick brings what is under roots in use; others hand over at the hub itself.
        let roots = roots.in_use;
        Ok(Self { store, disk, roots, log, _lock: lock })
    }

    /// Takes a bundle or a package in, and gives it entries in the log.
    ///
    /// # Errors
    /// `Core`; what was stored before stays, and the import is repeated.
    pub fn import(&self, file: &Path) -> Result<Imported, HubError> {
        self.carrying().import(file)
    }

    /// The certificates that are here under these names or hashes, for who names readers.
    ///
    /// # Errors
    /// `Core`.
    pub fn certificates(&self, named: &[String]) -> Result<Vec<SignedCertificate>, HubError> {
        let held = self.carrying().certificates(named)?;
        Ok(held.into_iter().map(|(_, held)| held).collect())
    }

    /// Writes a bundle with the receipts of what every reader may see, or of the dossiers that are
    /// named.
    ///
    /// # Errors
    /// `Core`.
    pub fn return_receipts(
        &self,
        readers: Readers,
        dossiers: Vec<DossierId>,
        software: &str,
        file: &Path,
    ) -> Result<(Returned, Vec<String>), HubError> {
        self.carrying().return_receipts(readers, dossiers, software, file)
    }

    fn carrying(&self) -> Carrying<'_> {
        let Self { store, disk, roots, log, .. } = self;
        Carrying { store, disk: &**disk, roots, log }
    }
}

/// Whose receipts are carried.
#[derive(Debug, Clone)]
pub enum Readers {
    /// Of these.
    Named(Vec<SignedCertificate>),
    /// Of every officer and administrator whose certificate is in force.
    All,
}

/// What of a hub something is carried in to or out of.
#[derive(Clone, Copy)]
pub(crate) struct Carrying<'h> {
    pub(crate) store: &'h Arc<Store>,
    pub(crate) disk: &'h dyn Disk,
    pub(crate) roots: &'h BTreeSet<Hash>,
    pub(crate) log: &'h Log,
}

impl Carrying<'_> {
    pub(crate) fn import(&self, file: &Path) -> Result<Imported, HubError> {
        let raise = |head: Option<Checkpoint>| self.log.raise(head).map_err(core_error);
        let grows = self.grows()?;
        let receiver = Receiver {
            store: self.store,
            disk: self.disk,
            roots: self.roots.iter().copied().collect(),
            log: Some(LogSide { pen: log_pen(&self.log.pen(), &grows), raise: &raise }),
        };
        if !is_bundle(file)? {
            return Ok(import_package(&receiver, file)?);
        }
        let certificates = own_certificates(self.store, self.log.key())?;
        let agree = |_: &SignedCertificate, public: &[u8; 32]| Ok(self.log.key().agree(public));
        Ok(import_bundle(&receiver, &BundleKeys { certificates, agree: &agree }, file)?)
    }

    /// The certificates under these names or hashes, each with its bytes.
    pub(crate) fn certificates(
        &self,
        named: &[String],
    ) -> Result<Vec<(Vec<u8>, SignedCertificate)>, HubError> {
        let is_named = |(_, held): &(Vec<u8>, SignedCertificate)| {
            let is = |one: &String| {
                *one == held.certificate.name
                    || one.parse().is_ok_and(|hash: Hash| hash == held.hash)
            };
            named.iter().any(is)
        };
        let held = self.store.read(store::certificates)?;
        Ok(held.into_iter().filter(is_named).collect())
    }

    /// What was returned, and the names of the readers.
    pub(crate) fn return_receipts(
        &self,
        readers: Readers,
        dossiers: Vec<DossierId>,
        software: &str,
        file: &Path,
    ) -> Result<(Returned, Vec<String>), HubError> {
        let readers = match readers {
            Readers::Named(readers) => readers,
            Readers::All => self.in_force()?,
        };
        let names = readers.iter().map(|reader| reader.certificate.name.clone()).collect();
        let own = own_certificates(self.store, self.log.key())?;
        let named = |held: &&SignedCertificate| {
            let named = angen_ledger::log::origin::log_of(&held.certificate);
            named.map(|(origin, _)| origin) == Some(self.log.origin.as_str())
        };
        let hub = own.iter().find(named).ok_or(LogTrouble::NotCertified)?.hash;
        let grows = self.grows()?;
        let pen = log_pen(&self.log.pen(), &grows);
        let Self { store, disk, .. } = *self;
        let (pen, software) = (&pen, software.to_owned());
        let request = ReturnReceipts { store, disk, pen, hub, readers, dossiers, software };
        Ok((return_receipts(&request, file)?, names))
    }

    /// The log, as the core's store knows it.
    fn grows(&self) -> Result<HubLog, HubError> {
        Ok(self.store.read(store::newest_log)?.ok_or(LogTrouble::NotCertified)?)
    }

    /// The officers and administrators whose certificates are in force: under a root that is known,
    /// not revoked, not over.
    fn in_force(&self) -> Result<Vec<SignedCertificate>, HubError> {
        let now_ms = self.log.clock.now().wall_ms;
        let ledger = SqliteLog::new(Arc::clone(self.store));
        let mut readers = Vec::new();
        for (_, held) in self.store.read(store::certificates)? {
            let certificate = &held.certificate;
            let writes = matches!(certificate.duty, Duty::Writer | Duty::Admin);
            let is_over = certificate.not_after_ms.is_some_and(|end_ms| end_ms < now_ms);
            let root = root_of(&ledger, held.hash)?;
            let is_known = root.is_some_and(|root| self.roots.contains(&root));
            let writer = certificate.writer;
            let taken_back =
                self.store.read(|read| store::taken_back_since(read, held.hash, writer))?;
            if writes && is_known && !is_over && taken_back.is_none() {
                readers.push(held);
            }
        }
        Ok(readers)
    }
}

/// The certificates for the key of this hub.
fn own_certificates(store: &Store, key: &HubKey) -> Result<Vec<SignedCertificate>, Error> {
    let public = key.public();
    let held = store.read(store::certificates)?.into_iter().map(|(_, held)| held);
    let is_own = |held: &SignedCertificate| {
        let certificate = &held.certificate;
        certificate.duty == Duty::Hub
            && certificate.key == public.sign
            && certificate.seal_to == public.seal_to
    };
    Ok(held.filter(is_own).collect())
}

/// The mark of the log failed: what was stored is stored, and nobody is told of it.
fn core_error(trouble: LogTrouble) -> Error {
    match trouble {
        LogTrouble::Core(error) => error,
        trouble => Error::invalid("hub", trouble.say(Lang::Zh), trouble.say(Lang::En)),
    }
}
