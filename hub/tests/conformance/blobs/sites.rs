//! The blob stores that there are, each where a test can damage it and open it again.

use std::sync::Arc;

use angen_core::ports::Disk;
use angen_core::store::Store;
use angen_hub::store::{BlobStore, FolderBlobs, MemoryBlobs};
use angen_ledger::hash::Hash;
use tempfile::TempDir;

use crate::disk::FaultyDisk;

/// A blob store and the disk below it.
pub(crate) trait Site: Sized {
    /// An empty one.
    fn new() -> Self;

    /// What is tried. In threads, too.
    fn blobs(&self) -> Arc<dyn BlobStore>;

    fn disk(&self) -> &FaultyDisk;

    /// Puts other bytes where a whole blob lies.
    fn damage(&self, address: Hash, bytes: &[u8]);

    /// What a process finds that starts again; none where nothing outlives it.
    fn reopened(self) -> Option<Self>;
}

/// The folder beside a database.
pub(crate) struct Folder {
    blobs: Arc<FolderBlobs>,
    store: Arc<Store>,
    disk: Arc<FaultyDisk>,
    folder: TempDir,
}

impl Folder {
    fn within(folder: TempDir) -> Self {
        let disk = Arc::new(FaultyDisk::sound());
        let store = Arc::new(Store::open(folder.path()).unwrap());
        let lent: Arc<dyn Disk> = Arc::clone(&disk) as _;
        let blobs = Arc::new(FolderBlobs::new(Arc::clone(&store), lent));
        Self { blobs, store, disk, folder }
    }
}

impl Site for Folder {
    fn new() -> Self {
        Self::within(tempfile::tempdir().unwrap())
    }

    fn blobs(&self) -> Arc<dyn BlobStore> {
        Arc::clone(&self.blobs) as _
    }

    fn disk(&self) -> &FaultyDisk {
        &self.disk
    }

    fn damage(&self, address: Hash, bytes: &[u8]) {
        std::fs::write(self.store.blobs().path_of(address), bytes).unwrap();
    }

    fn reopened(self) -> Option<Self> {
        let Self { store, folder, .. } = self;
        store.pause().unwrap();
        Some(Self::within(folder))
    }
}

/// Maps.
pub(crate) struct Memory {
    blobs: Arc<MemoryBlobs>,
    disk: Arc<FaultyDisk>,
}

impl Site for Memory {
    fn new() -> Self {
        let disk = Arc::new(FaultyDisk::sound());
        let lent: Arc<dyn Disk> = Arc::clone(&disk) as _;
        Self { blobs: Arc::new(MemoryBlobs::new(lent)), disk }
    }

    fn blobs(&self) -> Arc<dyn BlobStore> {
        Arc::clone(&self.blobs) as _
    }

    fn disk(&self) -> &FaultyDisk {
        &self.disk
    }

    fn damage(&self, address: Hash, bytes: &[u8]) {
        self.blobs.damage(address, bytes);
    }

    fn reopened(self) -> Option<Self> {
        None
    }
}
