//! How much room is left 剩余空间: asked before the shutter, so that nobody films what cannot be
//! kept.

use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::{COMMIT_ROOM_BYTES, Store};

/// Bytes of a photo of a phone of 12 megapixels, as a figure to count with.
const PHOTO_BYTES: u64 = 4 << 20;

/// Bytes of a minute of video at 17 Mbit/s, as phones film in 1080p.
const VIDEO_MINUTE_BYTES: u64 = 17_000_000 / 8 * 60;

/// Below this many minutes of video the officer is told to make room before the next check.
const TIGHT_MINUTES: u64 = 10;

/// How it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RoomState {
    /// Enough for a check.
    Plenty,
    /// Photos still fit, a long video may not.
    Tight,
    /// Nothing can be captured; notes and an export still can, with the ballast let go.
    Full,
}

/// The room that is left.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Room {
    /// Bytes that are free.
    pub free_bytes: u64,
    /// Bytes of the ballast; 0 when it was let go.
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

/// How much room is left.
///
/// # Errors
/// `File`.
pub fn room(store: &Store, ports: &Ports) -> Result<Room> {
    let free_bytes = ports
        .disk
        .free_bytes(store.folder())
        .map_err(|source| Error::file(store.folder(), source))?;
    // What a capture leaves free, so that its op can still be committed.
    let capture_bytes_max = free_bytes.saturating_sub(COMMIT_ROOM_BYTES);
    let video_minutes = capture_bytes_max / VIDEO_MINUTE_BYTES;
    let state = match (capture_bytes_max < PHOTO_BYTES, video_minutes < TIGHT_MINUTES) {
        (true, _) => RoomState::Full,
        (false, true) => RoomState::Tight,
        (false, false) => RoomState::Plenty,
    };
    Ok(Room {
        free_bytes,
        ballast_bytes: store.ballast_bytes(),
        capture_bytes_max,
        photos: capture_bytes_max / PHOTO_BYTES,
        video_minutes,
        state,
    })
}

/// Makes the ballast again when there is room for it. True when it lies there.
///
/// # Errors
/// `File`.
pub fn keep_ballast(store: &Store, ports: &Ports) -> Result<bool> {
    store.make_ballast(ports)
}
