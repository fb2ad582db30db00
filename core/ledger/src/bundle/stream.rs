//! The package inside a bundle: encrypted and decrypted as it passes, two chunks in memory.

use std::io::{self, ErrorKind, Read, Write};

use crate::blob::{BlobError, BlobKey, Chunks, TAG_BYTES};
use crate::bundle::BundleError;
use crate::limits::BLOB_CHUNK_BYTES;

const CIPHER_BYTES: usize = BLOB_CHUNK_BYTES + TAG_BYTES;

/// Encrypts what is written into it. Without [`BundleWriter::finish`] the bundle has no end, and
/// no reader takes it.
pub struct BundleWriter<W> {
    out: W,
    chunks: Chunks,
    buffer: Vec<u8>,
}

impl<W: Write> BundleWriter<W> {
    pub(super) fn new(out: W, key: &BlobKey) -> Self {
        Self { out, chunks: Chunks::new(key), buffer: Vec::with_capacity(CIPHER_BYTES) }
    }

    /// Writes the last chunk. Gives what was written to.
    ///
    /// # Errors
    /// `Io`, `TooLong`.
    pub fn finish(mut self) -> Result<W, BundleError> {
        self.chunks.seal(&mut self.buffer, true).map_err(fault)?;
        self.out.write_all(&self.buffer)?;
        self.out.flush()?;
        Ok(self.out)
    }
}

impl<W: Write> Write for BundleWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        if bytes.is_empty() {
            return Ok(0);
        }
        // A full chunk goes out only when something follows it: the last one is marked.
        if self.buffer.len() == BLOB_CHUNK_BYTES {
            self.chunks.seal(&mut self.buffer, false).map_err(|why| to_io(fault(why)))?;
            self.out.write_all(&self.buffer)?;
            self.buffer.clear();
        }
        let room = BLOB_CHUNK_BYTES - self.buffer.len();
        let took = bytes.len().min(room);
        self.buffer.extend_from_slice(&bytes[..took]);
        Ok(took)
    }

    /// What is not a whole chunk yet stays here.
    fn flush(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Gives the decrypted bytes. Nothing comes out that did not open; when a chunk does not, reading
/// fails with a [`BundleError`] inside, now and ever after.
pub struct BundleReader<R> {
    input: R,
    chunks: Chunks,
    /// The ciphertext that comes next; more than a chunk only while looking whether any follows.
    ahead: Vec<u8>,
    open: Vec<u8>,
    given: usize,
    state: State,
    next: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum State {
    More,
    Ended,
    Broken,
}

impl<R: Read> BundleReader<R> {
    pub(super) fn new(input: R, key: &BlobKey) -> Self {
        Self {
            input,
            chunks: Chunks::new(key),
            ahead: Vec::with_capacity(CIPHER_BYTES + 1),
            open: Vec::with_capacity(CIPHER_BYTES + 1),
            given: 0,
            state: State::More,
            next: 0,
        }
    }

    fn next_chunk(&mut self) -> io::Result<()> {
        // One byte more than a chunk tells whether this is the last.
        let wanted = CIPHER_BYTES + 1 - self.ahead.len();
        (&mut self.input).take(wanted as u64).read_to_end(&mut self.ahead)?;
        let is_last = self.ahead.len() <= CIPHER_BYTES;
        std::mem::swap(&mut self.ahead, &mut self.open);
        self.ahead.clear();
        if !is_last {
            self.ahead.extend(self.open.pop());
        }
        self.given = 0;
        if self.chunks.open(&mut self.open, is_last).is_err() {
            self.state = State::Broken;
            self.open.clear();
            return Err(self.broken());
        }
        self.next = self.next.saturating_add(1);
        if is_last {
            self.state = State::Ended;
        }
        Ok(())
    }

    fn broken(&self) -> io::Error {
        to_io(BundleError::Altered { chunk: self.next })
    }
}

impl<R: Read> Read for BundleReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        if into.is_empty() {
            return Ok(0);
        }
        while self.given == self.open.len() {
            match self.state {
                State::More => self.next_chunk()?,
                State::Ended => return Ok(0),
                State::Broken => return Err(self.broken()),
            }
        }
        let took = into.len().min(self.open.len() - self.given);
        into[..took].copy_from_slice(&self.open[self.given..self.given + took]);
        self.given += took;
        Ok(took)
    }
}

impl BundleError {
    /// The fault that made reading a bundle fail, if it was one of the bundle and not of the disk.
    #[must_use]
    pub fn within(error: &io::Error) -> Option<&Self> {
        error.get_ref()?.downcast_ref()
    }
}

fn fault(why: BlobError) -> BundleError {
    match why {
        BlobError::Chunk { chunk } => BundleError::Altered { chunk },
        BlobError::TooLong => BundleError::TooLong,
    }
}

fn to_io(error: BundleError) -> io::Error {
    io::Error::new(ErrorKind::InvalidData, error)
}
