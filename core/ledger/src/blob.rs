//! Blobs: a file encrypted in chunks with a key of its own, and the digests of both sides.
//!
//! AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015): the
//! nonce counts the chunks and marks the last, so chunks can be neither reordered nor cut off.
//! The key encrypts this one file and nothing else, so that the nonce may start at zero and
//! destroying the key erases the file.

use aes_gcm::aead::AeadInOut;
use aes_gcm::{Aes256Gcm, KeyInit, Nonce, Tag};
use sha2::{Digest, Sha256};
use sm3::Sm3;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::hash::Hash;
use crate::limits::BLOB_CHUNK_BYTES;

/// Bytes of the tag after each chunk.
pub const TAG_BYTES: usize = 16;

/// The key of one blob.
#[derive(Clone, PartialEq, Eq)]
pub struct BlobKey(Zeroizing<[u8; 32]>);

impl BlobKey {
    /// A key from 32 secret random bytes.
    #[must_use]
    pub fn new(secret: [u8; 32]) -> Self {
        Self(Zeroizing::new(secret))
    }

    /// A key from a body field, or none when the length differs.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self::new)
    }

    /// The bytes, for the body field `blob_key`.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }
}

/// What is known of a file once it has passed through.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Digests {
    /// Bytes of the original.
    pub length: u64,
    /// SHA-256 of the original.
    pub sha256: Hash,
    /// SM3 of the original (GB/T 32905-2016).
    pub sm3: Hash,
}

/// Why a ciphertext does not open.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum BlobError {
    /// A chunk does not open with the key: altered, misplaced, or another key's.
    #[error("chunk {chunk} does not decrypt")]
    Chunk {
        /// Which chunk, from 0.
        chunk: u32,
    },
    /// More chunks than a blob can have.
    #[error("too many chunks")]
    TooLong,
}

/// Chunks under one key, in order: what a blob and a bundle have in common.
pub(crate) struct Chunks {
    cipher: Aes256Gcm,
    next: u32,
}

/// Encrypts a file chunk by chunk.
pub struct BlobSealer {
    chunks: Chunks,
    address: Sha256,
    cipher_length: u64,
    original: Measure,
}

/// Decrypts a blob chunk by chunk.
pub struct BlobOpener {
    chunks: Chunks,
    original: Measure,
}

/// Digests of an original as it streams by.
#[derive(Default)]
struct Measure {
    length: u64,
    sha256: Sha256,
    sm3: Sm3,
}

impl Measure {
    fn take(&mut self, bytes: &[u8]) {
        self.length += bytes.len() as u64;
        self.sha256.update(bytes);
        self.sm3.update(bytes);
    }

    fn digests(self) -> Digests {
        Digests {
            length: self.length,
            sha256: Hash(self.sha256.finalize().into()),
            sm3: Hash(self.sm3.finalize().into()),
        }
    }
}

fn nonce(chunk: u32, last: bool) -> [u8; 12] {
    let mut nonce = [0; 12];
    nonce[7..11].copy_from_slice(&chunk.to_be_bytes());
    nonce[11] = u8::from(last);
    nonce
}

/// A file has one division into chunks, so that it has one ciphertext under its key.
fn is_chunk(length: usize, chunk: u32, last: bool) -> bool {
    match length {
        BLOB_CHUNK_BYTES => true,
        0 => last && chunk == 0,
        _ => last && length < BLOB_CHUNK_BYTES,
    }
}

impl Chunks {
    /// Begins with the first chunk under a key that encrypts nothing else.
    pub(crate) fn new(key: &BlobKey) -> Self {
        Self { cipher: Aes256Gcm::new(key.as_bytes().into()), next: 0 }
    }

    /// Encrypts the next chunk in place and appends its tag.
    pub(crate) fn seal(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), BlobError> {
        assert!(
            is_chunk(buffer.len(), self.next, last),
            "only the last chunk may be short, and only the first empty"
        );
        let nonce = nonce(self.next, last);
        let tag = self
            .cipher
            .encrypt_inout_detached(&Nonce::from(nonce), &[], buffer.as_mut_slice().into())
            .map_err(|_| BlobError::TooLong)?;
        buffer.extend_from_slice(&tag);
        self.next = self.next.checked_add(1).ok_or(BlobError::TooLong)?;
        Ok(())
    }

    /// Decrypts the next chunk (with its tag) in place and removes the tag.
    pub(crate) fn open(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), BlobError> {
        let wrong = BlobError::Chunk { chunk: self.next };
        let split = buffer.len().checked_sub(TAG_BYTES).ok_or(wrong)?;
        if !is_chunk(split, self.next, last) {
            return Err(wrong);
        }
        let tag = Tag::try_from(&buffer[split..]).map_err(|_| wrong)?;
        buffer.truncate(split);
        self.cipher
            .decrypt_inout_detached(
                &Nonce::from(nonce(self.next, last)),
                &[],
                buffer.as_mut_slice().into(),
                &tag,
            )
            .map_err(|_| wrong)?;
        self.next = self.next.checked_add(1).ok_or(BlobError::TooLong)?;
        Ok(())
    }
}

impl BlobSealer {
    /// Begins a file.
    #[must_use]
    pub fn new(key: &BlobKey) -> Self {
        Self {
            chunks: Chunks::new(key),
            address: Sha256::new(),
            cipher_length: 0,
            original: Measure::default(),
        }
    }

    /// Encrypts the next chunk in place and appends its tag. Every chunk but the last has
    /// [`BLOB_CHUNK_BYTES`].
    ///
    /// # Errors
    /// `TooLong` after 2^32 chunks.
    ///
    /// # Panics
    /// When a chunk that is not the last has another length, or an empty one follows others: the
    /// caller's mistake.
    pub fn chunk(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), BlobError> {
        self.original.take(buffer);
        self.chunks.seal(buffer, last)?;
        self.address.update(&buffer);
        self.cipher_length += buffer.len() as u64;
        Ok(())
    }

    /// The address and length of the ciphertext, and the digests of the original.
    #[must_use]
    pub fn finish(self) -> (Hash, u64, Digests) {
        let address = Hash(self.address.finalize().into());
        (address, self.cipher_length, self.original.digests())
    }
}

impl BlobOpener {
    /// Begins a blob.
    #[must_use]
    pub fn new(key: &BlobKey) -> Self {
        Self { chunks: Chunks::new(key), original: Measure::default() }
    }

    /// Decrypts the next chunk (with its tag) in place and removes the tag.
    ///
    /// # Errors
    /// `Chunk` when it does not open, or has a length that no sealer gives it.
    pub fn chunk(&mut self, buffer: &mut Vec<u8>, last: bool) -> Result<(), BlobError> {
        self.chunks.open(buffer, last)?;
        self.original.take(buffer);
        Ok(())
    }

    /// The digests of the original.
    #[must_use]
    pub fn finish(self) -> Digests {
        self.original.digests()
    }
}
