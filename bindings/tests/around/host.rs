//! A phone for tests: the pretend township's database, opened as an app opens it.

use std::path::PathBuf;
use std::sync::Arc;

use angen_bindings::host::{self, HostError, PublicKey};
use angen_bindings::{Clock, Disk, Inspector, Keys};
use angen_core::action::{CaptureEvidence, Established, WriteNote};
use angen_core::domain::{EvidenceKind, SourceClass};
use angen_core::ports::{self, ClockSource};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::key::{self, SignError};
use angen_ledger::op::Moment;
use angen_testing::files::jpeg;
use angen_testing::township::{Cast, Township};
use angen_testing::world::World;
use tempfile::TempDir;

/// A phone with a database in use.
pub(crate) struct Phone {
    pub(crate) inspector: Arc<Inspector>,
    pub(crate) world: World,
    pub(crate) cast: Cast,
    pub(crate) place: Established,
    pub(crate) folder: TempDir,
}

impl Phone {
    /// Builds one. `before` gets the township while the core has it open.
    pub(crate) fn new(seed: u64, before: impl FnOnce(&Township)) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let town = Township::build(folder.path(), seed);
        before(&town);
        let Township { store, world, cast, place, .. } = town;
        drop(store);
        let inspector = open(folder.path().to_owned(), &world);
        Self { inspector, world, cast, place, folder }
    }

    /// The officer who writes.
    pub(crate) fn officer(&self) -> WriterId {
        self.cast.officers[0]
    }

    /// A photo to capture in the check.
    pub(crate) fn photo(&self, about: Option<EntityId>) -> CaptureEvidence {
        let path = self.folder.path().join("camera.jpg");
        std::fs::write(&path, jpeg("配电柜")).unwrap();
        CaptureEvidence {
            path,
            dossier: self.cast.check.dossier,
            about,
            kind: EvidenceKind::AudioVisual,
            source: SourceClass::OwnCamera,
            source_note: None,
            caption: "配电柜".to_owned(),
            method: None,
            proves: None,
            purpose: None,
            place: None,
            device: "test".to_owned(),
            derived_from: None,
        }
    }

    /// A short note in the check.
    pub(crate) fn note(&self, text: &str) -> DossierId {
        let dossier = self.cast.check.dossier;
        let request = WriteNote { dossier, text: text.to_owned(), about: None };
        self.inspector.write_note(self.officer(), request).unwrap();
        dossier
    }
}

/// Opens a database as an app does.
pub(crate) fn open(folder: PathBuf, world: &World) -> Arc<Inspector> {
    Inspector::open(folder, lent(world), lent(world), lent(world)).unwrap()
}

/// What the phone of a world lends: its clock, its keys, its disk.
pub(crate) fn lent(world: &World) -> Arc<Lent> {
    Arc::new(Lent(world.clone()))
}

/// A world as an app lends it.
pub(crate) struct Lent(World);

impl Clock for Lent {
    fn now(&self) -> Result<Moment, HostError> {
        Ok(ports::Clock::now(&self.0))
    }

    fn source(&self) -> Result<ClockSource, HostError> {
        Ok(ports::Clock::source(&self.0))
    }
}

impl Disk for Lent {
    fn free_bytes(&self, place: PathBuf) -> Result<u64, HostError> {
        ports::Disk::free_bytes(&self.0, &place)
            .map_err(|why| HostError::Failed { why: why.to_string() })
    }
}

impl Keys for Lent {
    fn create(&self, writer: WriterId) -> Result<host::NewKeys, HostError> {
        let made = ports::Keys::create(&self.0, writer).map_err(host_error)?;
        Ok(host::NewKeys { sign: public(&made.sign), seal_to: made.seal_to.to_vec() })
    }

    fn public_key(&self, writer: WriterId) -> Result<PublicKey, HostError> {
        let signer = ports::Keys::signer(&self.0, writer).map_err(host_error)?;
        Ok(public(&signer.public_key()))
    }

    fn sign(&self, writer: WriterId, message: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let signer = ports::Keys::signer(&self.0, writer).map_err(host_error)?;
        Ok(signer.sign(&message).map_err(host_error)?.to_vec())
    }

    fn agree(&self, writer: WriterId, public: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let public: [u8; 32] = public.try_into().unwrap();
        Ok(ports::Keys::agree(&self.0, writer, &public).map_err(host_error)?.to_vec())
    }

    fn destroy(&self, writer: WriterId) -> Result<(), HostError> {
        ports::Keys::destroy(&self.0, writer).map_err(host_error)
    }
}

fn public(key: &key::PublicKey) -> PublicKey {
    match key {
        key::PublicKey::Ed25519(_) => PublicKey::Ed25519 { bytes: key.to_bytes() },
        key::PublicKey::P256(_) => PublicKey::P256 { point: key.to_bytes() },
    }
}

fn host_error(error: SignError) -> HostError {
    match error {
        SignError::Locked => HostError::Locked,
        SignError::Store(why) => HostError::Failed { why },
    }
}
