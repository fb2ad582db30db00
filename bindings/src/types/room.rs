//! Room on the disk, what a kill has left behind, and what is safe.

use std::path::PathBuf;

use angen_core::action::{LastOp, Recovery, Room, RoomState, Swept};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};

/// How it stands with the room.
#[uniffi::remote(Enum)]
pub enum RoomState {
    /// Enough for a check.
    Plenty,
    /// Photos still fit, a long video may not.
    Tight,
    /// Nothing can be captured; notes and an export still can.
    Full,
}

/// The room that is left.
#[uniffi::remote(Record)]
pub struct Room {
    /// Bytes that are free.
    pub free_bytes: u64,
    /// Bytes of the ballast, which is let go for the last notes; 0 when it was.
    pub ballast_bytes: u64,
    /// Bytes of the largest file that can be captured now.
    pub capture_bytes_max: u64,
    /// Photos that fit, about.
    pub photos: u64,
    /// Minutes of video that fit, about.
    pub video_minutes: u64,
    /// How it stands.
    pub state: RoomState,
}

/// What a sweep did.
#[uniffi::remote(Record)]
pub struct Swept {
    /// Where the files lie that were set aside now.
    pub set_aside: Vec<PathBuf>,
    /// Files that had been set aside and are back, because a record names them.
    pub brought_back: Vec<Hash>,
    /// Files that no record names and that are too young to touch.
    pub left_alone: u64,
}

/// The last record of a dossier: it is on the disk, and all before it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LastOpView {
    /// The dossier.
    pub dossier: DossierId,
    /// What people call it.
    pub title: String,
    /// The record.
    pub op: Hash,
    /// What it did, such as `evidence.capture/1`.
    pub kind: String,
    /// Whose it is.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Records of the dossier that wait for something in their past.
    pub pending: u64,
}

impl From<LastOp> for LastOpView {
    fn from(last: LastOp) -> Self {
        let LastOp { dossier, title, op, kind, writer, wall_ms, pending } = last;
        Self { dossier, title, op, kind: kind.to_string(), writer, wall_ms, pending }
    }
}

/// What was under way when the app ended, and what is safe.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecoveryView {
    /// Captures that were cut off: capture them again, the originals are untouched.
    pub captures: Vec<PathBuf>,
    /// Files that arrive in parts and are not whole yet.
    pub arriving: u64,
    /// Bytes of them that are here.
    pub arriving_bytes: u64,
    /// Files that sweeps have set aside.
    pub set_aside: Vec<PathBuf>,
    /// Databases that were set aside as damaged.
    pub damaged: Vec<PathBuf>,
    /// Whether an erasure still has to be scrubbed from the files.
    pub owes_scrub: bool,
    /// Whether there is nothing to tell.
    pub is_quiet: bool,
    /// The last record of the 50 dossiers that were written last.
    pub last: Vec<LastOpView>,
}

impl From<Recovery> for RecoveryView {
    fn from(found: Recovery) -> Self {
        Self {
            is_quiet: found.is_quiet(),
            captures: found.captures.into_iter().map(|leftover| leftover.path).collect(),
            arriving: found.arriving.len() as u64,
            arriving_bytes: found.arriving.iter().map(|one| one.held_bytes).sum(),
            set_aside: found.set_aside,
            damaged: found.damaged,
            owes_scrub: found.owes_scrub,
            last: found.last.into_iter().take(50).map(LastOpView::from).collect(),
        }
    }
}
