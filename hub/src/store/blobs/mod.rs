//! Ciphertexts by the hash of their bytes: they come in parts, are checked as a whole, and never
//! change after that.
//!
//! The store's own offset is the truth, whatever was cut before. A blob has its name only once
//! all of its bytes are durable and hash to it; so to write one again is to write the same, and a
//! store of objects does it by "create if absent".

mod folder;
mod memory;
mod turns;

use angen_core::error::Result;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;

pub use angen_core::store::Arrived;
pub use folder::FolderBlobs;
pub use memory::MemoryBlobs;

/// Where a hub keeps blobs (附件密文). Lengths and offsets are bytes of ciphertext.
///
/// An address and a length name a blob: an op may lie about the length of one that is here, and
/// then it speaks of another, which never becomes whole.
pub trait BlobStore: Send + Sync {
    /// How many bytes of a blob are here; its length exactly when it is whole and was checked.
    ///
    /// # Errors
    /// `File`.
    fn held_bytes(&self, blob: BlobRef) -> Result<u64>;

    /// Goes on with a blob behind its first `offset` bytes. Of two senders of one blob the second
    /// is told so, until the part of the first has ended or is dropped.
    ///
    /// # Errors
    /// `NoSpace` when what is missing does not fit: then nothing was begun; `File`.
    fn resume(&self, blob: BlobRef, offset: u64) -> Result<Resumed>;

    /// At most `size` bytes of a whole blob from `at` on: fewer only where it ends.
    ///
    /// # Errors
    /// `File` when it is not here or cannot be read.
    fn read(&self, address: Hash, at: u64, size: u64) -> Result<Vec<u8>>;

    /// Reads a whole blob and tells whether it is still the one that its address says.
    ///
    /// # Errors
    /// `File` when it is not here or cannot be read.
    fn is_intact(&self, address: Hash) -> Result<bool>;

    /// The whole blobs, ascending by address: what a backup copies and a check reads.
    ///
    /// # Errors
    /// `File`.
    fn list(&self) -> Result<Vec<Hash>>;

    /// Destroys every byte of a blob, whole, in parts or set aside; nothing when there is none. A
    /// part of it that is under way does not bring it back.
    ///
    /// # Errors
    /// `File`: what is left is removed when it is asked for again.
    fn erase(&self, blob: BlobRef) -> Result<()>;

    /// Bytes for which there is room, as far as that can be told.
    ///
    /// # Errors
    /// `File`.
    fn free_bytes(&self) -> Result<u64>;
}

/// What became of the wish to go on with a blob.
pub enum Resumed {
    /// Bytes may be appended.
    Part(Box<dyn Part>),
    /// The store is elsewhere: at this offset, which is the length when the blob is whole.
    At(u64),
    /// Another sender is at it.
    Taken,
}

/// A part of a blob that one sender alone is writing. Dropped without an end, what was appended
/// may be here or not: the offset says.
pub trait Part: Send {
    /// Which blob.
    fn blob(&self) -> BlobRef;

    /// Bytes that may still come.
    fn left(&self) -> u64;

    /// Appends bytes.
    ///
    /// # Errors
    /// `File`; the part is then dropped.
    ///
    /// # Panics
    /// When they are more than are left: the caller's mistake.
    fn append(&mut self, bytes: &[u8]) -> Result<()>;

    /// Ends the part. What has come is durable when this returns; all of a blob is compared with
    /// its hash, and has its name from then on, or is gone when it is another.
    ///
    /// # Errors
    /// `File`.
    fn end(self: Box<Self>) -> Result<Arrived>;

    /// Takes the part back, as if it had not begun.
    ///
    /// # Errors
    /// `File`.
    fn take_back(self: Box<Self>) -> Result<()>;
}
