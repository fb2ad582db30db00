//! A bundle: a package encrypted to named readers, so that whoever carries it cannot read it.
//!
//! A header says to whom, and nothing else; behind it comes the package as a stream of encrypted
//! chunks (docs/protocol.md section 15). Both directions hold two chunks in memory, however long
//! the package is. What is inside proves itself as every package does: a bundle hides, it does not
//! vouch.

mod header;
mod hpke;
mod stream;

use std::io::{self, Read, Write};

use thiserror::Error;
use zeroize::Zeroizing;

use crate::hash::Hash;
use crate::key::SignError;
use crate::wire::Malformed;

pub use header::{BundleHeader, Envelope};
pub use stream::{BundleReader, BundleWriter};

pub(crate) use header::Lid;

/// The first bytes of every bundle.
pub const MAGIC: &[u8; 12] = b"angen-bundle";

/// The secret that an agreement of two X25519 keys gives (RFC 7748).
pub type Agreement = Zeroizing<[u8; 32]>;

/// Why a bundle does not open, or was not made.
#[derive(Debug, Error)]
pub enum BundleError {
    /// The file cannot be read or written.
    #[error("the bundle cannot be read or written: {0}")]
    Io(#[from] io::Error),
    /// The bytes begin with something else.
    #[error("this is no bundle")]
    NotABundle,
    /// The bytes end within the header, or before the last chunk.
    #[error("the bundle ends early")]
    EndsEarly,
    /// The header is none, exceeds a limit, or is of another version.
    #[error(transparent)]
    Header(#[from] Malformed),
    /// The key of a reader does not open what was wrapped for this reader.
    #[error("the key of {} does not open it: the header was altered", reader.short())]
    Envelope {
        /// The certificate of the reader.
        reader: Hash,
    },
    /// A reader's key is one with which nothing can be agreed upon.
    #[error("nothing can be encrypted to the key of {}", reader.short())]
    WeakKey {
        /// The certificate of the reader.
        reader: Hash,
    },
    /// A chunk was altered, swapped, cut or added, or the header was.
    #[error("chunk {chunk} does not open: the bundle was altered or cut")]
    Altered {
        /// Which chunk, from 0.
        chunk: u32,
    },
    /// More chunks than a stream can have.
    #[error("the bundle is too long")]
    TooLong,
    /// The reader's key gave no agreement.
    #[error(transparent)]
    Key(#[from] SignError),
}

/// To whom a bundle goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Recipient {
    /// The hash of the reader's certificate.
    pub certificate: Hash,
    /// The X25519 key that the certificate names.
    pub seal_to: [u8; 32],
}

/// Begins a bundle: writes the header and gives the stream that the package is written into.
/// `random` fills each call with secret random bytes.
///
/// # Errors
/// `Header` without readers, or with more than 64; `WeakKey`; `Io`.
pub fn seal<W: Write>(
    mut out: W,
    readers: &[Recipient],
    mut random: impl FnMut() -> [u8; 32],
) -> Result<BundleWriter<W>, BundleError> {
    let file_key = Zeroizing::new(random());
    let lid = Lid::make(readers, &file_key, &mut random)?;
    out.write_all(&lid.bytes)?;
    Ok(BundleWriter::new(out, &lid.stream_key(&file_key)))
}

/// Reads the header of a bundle, and nothing behind it.
///
/// # Errors
/// [`BundleError`].
pub fn read_header(input: &mut impl Read) -> Result<BundleHeader, BundleError> {
    Lid::read(input).map(|lid| lid.header)
}

/// Opens a bundle as one of its readers. `agree` gives the agreement of the reader's own secret
/// key with the key of the envelope, and is asked once.
///
/// # Errors
/// [`BundleError`].
pub fn open<R: Read>(
    mut input: R,
    reader: &Recipient,
    agree: impl FnOnce(&[u8; 32]) -> Result<Agreement, SignError>,
) -> Result<BundleReader<R>, BundleError> {
    let lid = Lid::read(&mut input)?;
    let file_key = lid.unwrap_key(reader, agree)?;
    Ok(BundleReader::new(input, &lid.stream_key(&file_key)))
}
