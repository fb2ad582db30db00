//! The object that an app holds: one open database, and a method for each verb.
//!
//! Each file beside this one exports the verbs of one area; this one holds what they share.

mod assent;
mod checklist;
mod conflict;
mod document;
mod enrol;
mod enterprise;
mod evidence;
mod finding;
mod follow_up;
mod handover;
mod people;
mod room;
mod screens;
mod sync;
mod teaching;
mod trust;
mod visit;

use std::path::PathBuf;
use std::sync::Arc;

use angen_core::desk::Desk;
use angen_core::store::Store;
use angen_ledger::id::WriterId;

use crate::error::ApiError;
use crate::host::{Clock, DatabaseKeys, Disk, Keys};
use crate::lend::{Host, HostDatabaseKeys};

/// One open database.
///
/// A verb either returns and is on the disk, sealed with the writer's key, or throws and has
/// changed nothing. All methods may be called from any thread; writes wait for each other.
#[derive(uniffi::Object)]
pub struct Inspector {
    store: Store,
    host: Host,
    finished_wipe: bool,
}

#[uniffi::export]
impl Inspector {
    /// Opens the database of a folder, and makes it if it is not there.
    ///
    /// Throws `UpdateNeeded` for one that a newer version wrote (it is left as it is), `Damaged`
    /// for one that cannot be read (it is moved aside, never deleted; the next call makes a new
    /// one), `Internal` for a folder that cannot be written. A wipe that was cut off is gone on
    /// with first: [`Inspector::finished_wipe`] says so.
    #[uniffi::constructor]
    pub fn open(
        folder: PathBuf,
        clock: Arc<dyn Clock>,
        keys: Arc<dyn Keys>,
        disk: Arc<dyn Disk>,
    ) -> Result<Arc<Self>, ApiError> {
        let host = Host::of_folder(&folder, clock, keys, disk);
        let finished_wipe = host.finish_wipe(&folder, None)?;
        let store = Store::open(&folder)?;
        Ok(Arc::new(Self { store, host, finished_wipe }))
    }

    /// Opens an encrypted database with the key that the app's key store keeps; a new one is made
    /// encrypted. Of the build for phones; others throw `Internal`.
    ///
    /// Throws `WrongKey` when the key is not the one of this database, or the database is not
    /// encrypted: no file is touched or moved then. Else as [`Inspector::open`].
    #[uniffi::constructor]
    pub fn open_encrypted(
        folder: PathBuf,
        database_key: Arc<dyn DatabaseKeys>,
        clock: Arc<dyn Clock>,
        keys: Arc<dyn Keys>,
        disk: Arc<dyn Disk>,
    ) -> Result<Arc<Self>, ApiError> {
        let host = Host::of_folder(&folder, clock, keys, disk);
        let database_key = HostDatabaseKeys(database_key);
        let finished_wipe = host.finish_wipe(&folder, Some(&database_key))?;
        let store = Store::open_with(&folder, Some(Box::new(database_key)))?;
        Ok(Arc::new(Self { store, host, finished_wipe }))
    }

    /// Closes the files once the work in hand is done, so that the system may suspend the app
    /// (iOS ends one that holds a lock). Until [`Inspector::resume`], verbs throw `Paused`.
    pub fn pause(&self) -> Result<(), ApiError> {
        Ok(self.store.pause()?)
    }

    /// Opens the files again. Does nothing when they are open. Throws as [`Inspector::open`].
    pub fn resume(&self) -> Result<(), ApiError> {
        Ok(self.store.resume()?)
    }
}

impl Inspector {
    /// The database, for what reads it between calls.
    pub(crate) fn store(&self) -> &Store {
        &self.store
    }

    /// Signs a writer in for one verb: whose key is locked does nothing.
    fn at_desk<T, E>(
        &self,
        writer: WriterId,
        verb: impl FnOnce(&Desk<'_>) -> Result<T, E>,
    ) -> Result<T, ApiError>
    where
        ApiError: From<E>,
    {
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        Ok(verb(&desk)?)
    }
}
