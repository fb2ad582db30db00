//! Blobs in memory: what a store of objects does, with maps for its keys.
//!
//! A part lies under a key of its own, address and length, and its bytes are hashed before they
//! move to their address, where they can only replace themselves. Nothing outlives the process.

use std::collections::{BTreeMap, HashMap};
use std::io::ErrorKind;
use std::path::Path;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use angen_core::error::{Error, Result};
use angen_core::ports::Disk;
use angen_core::store::Arrived;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use sha2::{Digest, Sha256};

use crate::store::blobs::turns::{Turn, Turns};
use crate::store::blobs::{BlobStore, Part, Resumed};

/// Blobs for as long as the process lives.
pub struct MemoryBlobs {
    held: Arc<Mutex<Held>>,
    /// Says how much fits, and makes steps fail where a test wants that.
    disk: Arc<dyn Disk>,
    turns: Turns,
}

/// What is held.
#[derive(Default)]
struct Held {
    whole: BTreeMap<Hash, Arc<[u8]>>,
    parts: HashMap<BlobRef, Vec<u8>>,
}

impl MemoryBlobs {
    /// No blobs yet, and the room that a disk says.
    #[must_use]
    pub fn new(disk: Arc<dyn Disk>) -> Self {
        Self { held: Arc::default(), disk, turns: Turns::default() }
    }

    /// Puts other bytes under an address, as a disk does that fails.
    #[doc(hidden)]
    pub fn damage(&self, address: Hash, bytes: &[u8]) {
        lock(&self.held).whole.insert(address, bytes.into());
    }

    fn whole(&self, address: Hash) -> Result<Arc<[u8]>> {
        let found = lock(&self.held).whole.get(&address).cloned();
        found.ok_or_else(|| gone(address))
    }
}

impl BlobStore for MemoryBlobs {
    fn held_bytes(&self, blob: BlobRef) -> Result<u64> {
        Ok(lock(&self.held).bytes_of(blob))
    }

    fn resume(&self, blob: BlobRef, offset: u64) -> Result<Resumed> {
        let Some(turn) = self.turns.take(blob) else { return Ok(Resumed::Taken) };
        let held = self.held_bytes(blob)?;
        if held != offset || held == blob.length {
            return Ok(Resumed::At(held));
        }
        let (needed, free) = (blob.length - held, self.free_bytes()?);
        if free < needed {
            return Err(Error::NoSpace { needed, free });
        }
        step(&*self.disk, "create", blob.address)?;
        let all = Arc::clone(&self.held);
        // A part whose last byte came and was never compared gives that byte up.
        lock(&all).parts.entry(blob).or_default().truncate(held as usize);
        let disk = Arc::clone(&self.disk);
        Ok(Resumed::Part(Box::new(MemoryPart { all, disk, blob, began: held, held, _turn: turn })))
    }

    fn read(&self, address: Hash, at: u64, size: u64) -> Result<Vec<u8>> {
        let whole = self.whole(address)?;
        let first = usize::try_from(at).unwrap_or(usize::MAX).min(whole.len());
        let size = usize::try_from(size).unwrap_or(usize::MAX).min(whole.len() - first);
        Ok(whole[first..first + size].to_vec())
    }

    fn is_intact(&self, address: Hash) -> Result<bool> {
        Ok(hash_of(&self.whole(address)?) == address)
    }

    fn list(&self) -> Result<Vec<Hash>> {
        Ok(lock(&self.held).whole.keys().copied().collect())
    }

    fn erase(&self, blob: BlobRef) -> Result<()> {
        step(&*self.disk, "remove", blob.address)?;
        let mut held = lock(&self.held);
        held.whole.remove(&blob.address);
        held.parts.remove(&blob);
        Ok(())
    }

    fn free_bytes(&self) -> Result<u64> {
        let place = Path::new("");
        self.disk.free_bytes(place).map_err(|source| Error::file(place, source))
    }
}

impl Held {
    fn bytes_of(&self, blob: BlobRef) -> u64 {
        if self.whole.get(&blob.address).is_some_and(|held| held.len() as u64 == blob.length) {
            return blob.length;
        }
        let held = self.parts.get(&blob).map_or(0, Vec::len) as u64;
        held.min(blob.length.saturating_sub(1))
    }
}

/// Bytes under a key of their own.
struct MemoryPart {
    all: Arc<Mutex<Held>>,
    disk: Arc<dyn Disk>,
    blob: BlobRef,
    began: u64,
    held: u64,
    _turn: Turn,
}

impl Part for MemoryPart {
    fn blob(&self) -> BlobRef {
        self.blob
    }

    fn left(&self) -> u64 {
        self.blob.length - self.held.min(self.blob.length)
    }

    fn append(&mut self, bytes: &[u8]) -> Result<()> {
        assert!(bytes.len() as u64 <= self.left(), "more bytes than the blob has left");
        step(&*self.disk, "write", self.blob.address)?;
        // Its bytes are gone when it was erased meanwhile: what still comes goes nowhere.
        if let Some(part) = lock(&self.all).parts.get_mut(&self.blob) {
            part.extend_from_slice(bytes);
        }
        self.held += bytes.len() as u64;
        Ok(())
    }

    fn end(self: Box<Self>) -> Result<Arrived> {
        let Self { all, disk, blob, held, .. } = &*self;
        step(&**disk, "sync", blob.address)?;
        if *held < blob.length {
            return Ok(Arrived::Part(*held));
        }
        let mut all = lock(all);
        let part = all.parts.get(blob).ok_or_else(|| gone(blob.address))?;
        if hash_of(part) != blob.address {
            all.parts.remove(blob);
            return Ok(Arrived::Altered);
        }
        step(&**disk, "rename", blob.address)?;
        let whole = all.parts.remove(blob).unwrap_or_default();
        all.whole.insert(blob.address, whole.into());
        Ok(Arrived::Whole)
    }

    fn take_back(self: Box<Self>) -> Result<()> {
        let mut all = lock(&self.all);
        match self.began {
            0 => drop(all.parts.remove(&self.blob)),
            began => {
                if let Some(part) = all.parts.get_mut(&self.blob) {
                    part.truncate(began as usize);
                }
            }
        }
        Ok(())
    }
}

fn hash_of(bytes: &[u8]) -> Hash {
    Hash(Sha256::digest(bytes).into())
}

fn step(disk: &dyn Disk, name: &'static str, address: Hash) -> Result<()> {
    disk.before(name).map_err(|source| Error::file(address.to_string(), source))
}

fn gone(address: Hash) -> Error {
    Error::file(address.to_string(), ErrorKind::NotFound.into())
}

/// A poisoned lock only means that a caller panicked: every change is one step.
fn lock(held: &Mutex<Held>) -> MutexGuard<'_, Held> {
    held.lock().unwrap_or_else(PoisonError::into_inner)
}
