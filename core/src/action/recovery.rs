//! What was under way when the app was killed 恢复: for a screen that says what is safe and what
//! has to be done again.

use std::path::PathBuf;

use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::kind::Kind;

use crate::domain::{Dossier, read_one};
use crate::error::Result;
use crate::store::{self, Leftover, Store};

/// The last op of a dossier that was acknowledged: it is on the disk, and all before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LastOp {
    /// The dossier.
    pub dossier: DossierId,
    /// What people call it.
    pub title: String,
    /// The op.
    pub op: Hash,
    /// What it did.
    pub kind: Kind,
    /// Whose it is.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// Ops of the dossier that wait for something in their past.
    pub pending: u64,
}

/// What a blob has come to, of one that arrives in parts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Arriving {
    /// The blob.
    pub blob: BlobRef,
    /// Bytes that are here.
    pub held_bytes: u64,
}

/// What was under way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Recovery {
    /// Captures that were cut off: a file half encrypted, or one whose op was not committed. The
    /// original at the camera is untouched: capture it again.
    pub captures: Vec<Leftover>,
    /// Blobs that arrive in parts, and how far they are.
    pub arriving: Vec<Arriving>,
    /// Files that sweeps have set aside.
    pub set_aside: Vec<PathBuf>,
    /// Databases that were set aside as damaged.
    pub damaged: Vec<PathBuf>,
    /// Whether an erasure still has to be scrubbed from the files.
    pub owes_scrub: bool,
    /// Per dossier, what is safe. The newest first.
    pub last: Vec<LastOp>,
}

/// What was under way, and what is safe. Changes nothing.
///
/// # Errors
/// `Paused`, `Storage`, `Malformed`, `File`.
pub fn recovery(store: &Store) -> Result<Recovery> {
    let (named, last) = store.read(|read| {
        let mut last = Vec::new();
        for (dossier, op) in store::last_ops(read)? {
            let held = read_one::<Dossier>(read, dossier, dossier.into()).ok();
            last.push(LastOp {
                dossier,
                title: held.map(|held| held.title).unwrap_or_default(),
                op: op.hash,
                kind: op.header.kind,
                writer: op.header.writer,
                wall_ms: op.header.wall_ms,
                pending: store::count_pending(read, dossier)?,
            });
        }
        Ok((store::blobs_of_log(read)?, last))
    })?;
    let blobs = store.blobs();
    let mut arriving = Vec::new();
    for blob in &named {
        let held_bytes = blobs.held_bytes(*blob)?;
        if held_bytes > 0 && held_bytes < blob.length {
            arriving.push(Arriving { blob: *blob, held_bytes });
        }
    }
    Ok(Recovery {
        captures: blobs.leftovers(&named)?,
        arriving,
        set_aside: blobs.strays()?,
        damaged: store.damaged()?,
        owes_scrub: store.owes_scrub()?,
        last,
    })
}

impl Recovery {
    /// Whether nothing was under way.
    #[must_use]
    pub fn is_quiet(&self) -> bool {
        self.captures.is_empty()
            && self.arriving.is_empty()
            && self.damaged.is_empty()
            && !self.owes_scrub
            && self.last.iter().all(|last| last.pending == 0)
    }
}
