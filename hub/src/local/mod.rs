//! The door of a hub that serves, for who has its folder: a stick goes in and receipts come out.
//!
//! A socket of the machine, in a folder that is its owner's alone: whoever can open it could read
//! the database beside it as well. One thing is asked at a time: a line of JSON, then a file where
//! one goes along; what is answered has the same form.

mod ask;
mod door;

use std::path::{Path, PathBuf};

use angen_core::action::{Imported, Returned};
use angen_core::ports::Disk;
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use serde_json::{Value, json};

use crate::log::Logging;
use crate::run::HubError;
use crate::stick::{OfflineHub, Readers};

pub use ask::ServingHub;
pub(crate) use door::{Door, attend};

/// The folder of the socket, within that of the hub; its mode is 700.
const FOLDER: &str = "local";
/// The socket.
const SOCKET: &str = "hub.sock";
/// A file that came in, until it is imported; one at a time.
const STICK: &str = "stick.part";
/// Bytes of the line of JSON: all certificates of the readers of a bundle, with much room.
const LINE_BYTES_MAX: u64 = 4 << 20;

/// The hub of a folder, whether or not it serves at this moment.
pub enum StickHub {
    /// It does not: this process takes its place.
    Resting(Box<OfflineHub>),
    /// It does, and is asked.
    Serving(ServingHub),
}

impl StickHub {
    /// Finds the hub of a folder. Roots and certificates are added when it does not serve; one that
    /// serves has its own.
    ///
    /// # Errors
    /// As [`OfflineHub::open`]; `Taken` by a hub that has no door.
    pub fn open(
        folder: &Path,
        disk: Box<dyn Disk>,
        roots: &[Hash],
        logging: Logging,
    ) -> Result<Self, HubError> {
        match OfflineHub::open(folder, disk, roots, logging) {
            Ok(hub) => Ok(Self::Resting(Box::new(hub))),
            Err(HubError::Taken(taken)) => match ServingHub::at(folder) {
                Some(hub) => Ok(Self::Serving(hub)),
                None => Err(HubError::Taken(taken)),
            },
            Err(error) => Err(error),
        }
    }

    /// Takes a bundle or a package in, and gives it entries in the log.
    ///
    /// # Errors
    /// `Core`, `Local`; what was stored before stays, and the import is repeated.
    pub fn import(&self, file: &Path) -> Result<Imported, HubError> {
        match self {
            Self::Resting(hub) => hub.import(file),
            Self::Serving(hub) => hub.import(file),
        }
    }

    /// The certificates that are there under these names or hashes, for who names readers.
    ///
    /// # Errors
    /// `Core`, `Local`.
    pub fn certificates(&self, named: &[String]) -> Result<Vec<SignedCertificate>, HubError> {
        match self {
            Self::Resting(hub) => hub.certificates(named),
            Self::Serving(hub) => hub.certificates(named),
        }
    }

    /// Writes a bundle with the receipts of what every reader may see, or of the dossiers that are
    /// named. What was returned, and the names of the readers.
    ///
    /// # Errors
    /// `Core`, `Local`.
    pub fn return_receipts(
        &self,
        readers: Readers,
        dossiers: Vec<DossierId>,
        software: &str,
        file: &Path,
    ) -> Result<(Returned, Vec<String>), HubError> {
        match self {
            Self::Resting(hub) => hub.return_receipts(readers, dossiers, software, file),
            Self::Serving(hub) => hub.return_receipts(&readers, &dossiers, software, file),
        }
    }
}

fn socket_in(folder: &Path) -> PathBuf {
    folder.join(FOLDER).join(SOCKET)
}

fn imported_json(done: &Imported) -> Value {
    json!({
        "dossiers": dossiers_json(&done.dossiers),
        "new_ops": done.new_ops,
        "known_ops": done.known_ops,
        "new_blobs": done.new_blobs,
        "absent_blobs": done.absent_blobs,
        "receipts": done.receipts,
        "refusals": done.refusals,
        "unproved_receipts": done.unproved_receipts,
        "contradicted": done.contradicted,
    })
}

fn imported_in(said: &Value) -> Option<Imported> {
    let count = |name: &str| said[name].as_u64();
    let origins = said["contradicted"].as_array()?.iter();
    Some(Imported {
        dossiers: dossiers_in(&said["dossiers"])?,
        new_ops: count("new_ops")?,
        known_ops: count("known_ops")?,
        new_blobs: count("new_blobs")?,
        absent_blobs: count("absent_blobs")?,
        receipts: count("receipts")?,
        refusals: count("refusals")?,
        unproved_receipts: count("unproved_receipts")?,
        contradicted: origins.map(|one| Some(one.as_str()?.to_owned())).collect::<Option<_>>()?,
    })
}

fn dossiers_json(dossiers: &[DossierId]) -> Value {
    dossiers.iter().map(ToString::to_string).collect()
}

fn dossiers_in(said: &Value) -> Option<Vec<DossierId>> {
    said.as_array()?.iter().map(|one| one.as_str()?.parse().ok()).collect()
}
