//! Blobs in the folder beside the database: temporary file, sync, rename, sync of the folder.

use std::io::{Read, Seek, SeekFrom};
use std::sync::Arc;

use angen_core::error::{Error, Result};
use angen_core::ports::Disk;
use angen_core::store::{Arrival, Arrived, Store};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;

use crate::store::blobs::turns::{Turn, Turns};
use crate::store::blobs::{BlobStore, Part, Resumed};

/// The folder of blobs that belongs to a core's store.
pub struct FolderBlobs {
    store: Arc<Store>,
    disk: Arc<dyn Disk>,
    turns: Turns,
}

impl FolderBlobs {
    /// The blobs of a store, on the disk that is lent.
    #[must_use]
    pub fn new(store: Arc<Store>, disk: Arc<dyn Disk>) -> Self {
        Self { store, disk, turns: Turns::default() }
    }
}

impl BlobStore for FolderBlobs {
    fn held_bytes(&self, blob: BlobRef) -> Result<u64> {
        self.store.blobs().held_bytes(blob)
    }

    fn resume(&self, blob: BlobRef, offset: u64) -> Result<Resumed> {
        let Some(turn) = self.turns.take(blob) else { return Ok(Resumed::Taken) };
        let held = self.held_bytes(blob)?;
        if held != offset || held == blob.length {
            return Ok(Resumed::At(held));
        }
        self.store.check_room(&*self.disk, blob.length - held)?;
        let arrival = self.store.blobs().arrive(&*self.disk, blob)?;
        let (store, disk) = (Arc::clone(&self.store), Arc::clone(&self.disk));
        Ok(Resumed::Part(Box::new(FilePart { store, disk, arrival, _turn: turn })))
    }

    fn read(&self, address: Hash, at: u64, size: u64) -> Result<Vec<u8>> {
        let failed = |source| Error::file(self.store.blobs().path_of(address), source);
        let mut file = self.store.blobs().open_blob(address)?;
        file.seek(SeekFrom::Start(at)).map_err(failed)?;
        let mut piece = Vec::new();
        file.take(size).read_to_end(&mut piece).map_err(failed)?;
        Ok(piece)
    }

    fn is_intact(&self, address: Hash) -> Result<bool> {
        self.store.blobs().is_intact(address)
    }

    fn list(&self) -> Result<Vec<Hash>> {
        Ok(self.store.blobs().list()?.0)
    }

    fn erase(&self, blob: BlobRef) -> Result<()> {
        self.store.blobs().destroy(&*self.disk, blob).map(drop)
    }

    fn free_bytes(&self) -> Result<u64> {
        let folder = self.store.folder();
        self.disk.free_bytes(folder).map_err(|source| Error::file(folder, source))
    }
}

/// A file that grows.
struct FilePart {
    store: Arc<Store>,
    disk: Arc<dyn Disk>,
    arrival: Arrival,
    _turn: Turn,
}

impl Part for FilePart {
    fn blob(&self) -> BlobRef {
        self.arrival.blob()
    }

    fn left(&self) -> u64 {
        self.arrival.left()
    }

    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        self.arrival.append(&*self.disk, bytes)
    }

    fn end(self: Box<Self>) -> Result<Arrived> {
        // The turn is named, so that it ends when the file has its name and not before.
        let Self { store, disk, arrival, _turn } = *self;
        store.blobs().end_part(&*disk, arrival)
    }

    fn take_back(self: Box<Self>) -> Result<()> {
        let Self { arrival, _turn, .. } = *self;
        arrival.take_back()
    }
}
