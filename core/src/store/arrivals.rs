//! Ciphertexts that arrive in parts: appended where the last part ended, checked before they get
//! their name.
//!
//! What has arrived so far lies in a file of its own, so its length is the offset from which the
//! sender goes on, whatever was cut before. Only a whole ciphertext with the right hash becomes a
//! blob; another is removed and sent again from its first byte.

use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};

use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::limits::BLOB_CHUNK_BYTES;

use crate::error::{Error, Result};
use crate::planted::bug;
use crate::ports::Disk;
use crate::store::BlobFolder;

/// A part on its way into the folder. The caller keeps others from the same blob meanwhile.
pub struct Arrival {
    blob: BlobRef,
    path: PathBuf,
    file: File,
    began: u64,
    held: u64,
}

/// What a part led to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Arrived {
    /// More is to come, from this offset.
    Part(u64),
    /// The blob is here, under its address.
    Whole,
    /// Every byte came and the hash is another: all of it was removed.
    Altered,
}

impl BlobFolder {
    /// How many bytes of a blob are here; its length exactly when it is whole and checked.
    ///
    /// # Errors
    /// `File`.
    pub fn held_bytes(&self, blob: BlobRef) -> Result<u64> {
        // An op may lie about the length of a blob that is here: then it is another one.
        if length_of(&self.path_of(blob.address))? == Some(blob.length) {
            return Ok(blob.length);
        }
        let held = length_of(&self.part_of(blob))?.unwrap_or(0);
        Ok(held.min(held_max(blob)))
    }

    /// Goes on with a blob from where it stands.
    ///
    /// # Errors
    /// `File`.
    pub fn arrive(&self, disk: &dyn Disk, blob: BlobRef) -> Result<Arrival> {
        let path = self.part_of(blob);
        let failed = |source| Error::file(&path, source);
        disk.before("create").map_err(failed)?;
        let file = OpenOptions::new().create(true).append(true).open(&path).map_err(failed)?;
        let mut held = file.metadata().map_err(failed)?.len();
        if held > held_max(blob) {
            held = held_max(blob);
            file.set_len(held).map_err(failed)?;
        }
        Ok(Arrival { blob, path, file, began: held, held })
    }

    /// Ends a part: what has come is on the disk, and becomes a blob if it is all there.
    ///
    /// # Errors
    /// `File`.
    pub fn end_part(&self, disk: &dyn Disk, arrival: Arrival) -> Result<Arrived> {
        let Arrival { blob, path, file, held, .. } = arrival;
        let failed = |source| Error::file(&path, source);
        disk.before("sync").map_err(failed)?;
        file.sync_all().map_err(failed)?;
        drop(file);
        if held < blob.length {
            return Ok(Arrived::Part(held));
        }
        // Read back from the disk: the bytes of earlier parts may be from before a power cut.
        if sha256_of(&path).map_err(failed)? != blob.address && !bug(4) {
            fs::remove_file(&path).map_err(failed)?;
            return Ok(Arrived::Altered);
        }
        self.settle(disk, &path, blob.address)?;
        Ok(Arrived::Whole)
    }

    /// Whether a blob that is here is the one that its address says.
    ///
    /// # Errors
    /// `File`.
    pub fn is_intact(&self, address: Hash) -> Result<bool> {
        let path = self.path_of(address);
        let held = sha256_of(&path).map_err(|source| Error::file(path, source))?;
        Ok(held == address)
    }

    pub(super) fn part_of(&self, blob: BlobRef) -> PathBuf {
        self.folder().join(format!("{}-{}.part", blob.address, blob.length))
    }
}

impl Arrival {
    /// Which blob it is.
    #[must_use]
    pub fn blob(&self) -> BlobRef {
        self.blob
    }

    /// Bytes that may still come.
    #[must_use]
    pub fn left(&self) -> u64 {
        self.blob.length - self.held.min(self.blob.length)
    }

    /// Appends bytes.
    ///
    /// # Errors
    /// `File`.
    ///
    /// # Panics
    /// When they are more than are left: the caller's mistake.
    pub fn append(&mut self, disk: &dyn Disk, bytes: &[u8]) -> Result<()> {
        assert!(bytes.len() as u64 <= self.left(), "more bytes than the blob has left");
        let failed = |source| Error::file(&self.path, source);
        disk.before("write").map_err(failed)?;
        self.file.write_all(bytes).map_err(failed)?;
        self.held += bytes.len() as u64;
        Ok(())
    }

    /// Takes the part back, as if it had not begun.
    ///
    /// # Errors
    /// `File`.
    pub fn take_back(self) -> Result<()> {
        let failed = |source| Error::file(&self.path, source);
        if self.began == 0 {
            return fs::remove_file(&self.path).map_err(failed);
        }
        self.file.set_len(self.began).and_then(|()| self.file.sync_all()).map_err(failed)
    }
}

/// What a part may hold. A crash between the last byte and the check leaves a full part; its last
/// byte is asked for again, so that the check is made.
fn held_max(blob: BlobRef) -> u64 {
    blob.length.saturating_sub(1)
}

fn length_of(path: &Path) -> Result<Option<u64>> {
    match fs::metadata(path) {
        Ok(metadata) => Ok(Some(metadata.len())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::file(path, source)),
    }
}

fn sha256_of(path: &Path) -> std::io::Result<Hash> {
    let mut file = File::open(path)?;
    let (mut sha, mut chunk) = (Sha256::new(), vec![0; BLOB_CHUNK_BYTES]);
    loop {
        match file.read(&mut chunk)? {
            0 => return Ok(Hash(sha.finalize().into())),
            read => sha.update(&chunk[..read]),
        }
    }
}
