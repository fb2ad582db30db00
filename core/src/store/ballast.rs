//! The ballast: a file that only takes up room, and is let go when the disk is full, so that what
//! was just recorded can still be committed, and exported.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};

use rusqlite::ErrorCode;

use crate::error::{Error, Result};
use crate::ports::Ports;
use crate::store::Store;

/// The file in the data folder.
const FILE_NAME: &str = "ballast";

/// Bytes of the ballast: room for the log of the largest verb (8 MiB), for the pages of a day of
/// answers, and for a package of a check without its videos.
pub const BALLAST_BYTES: u64 = 32 << 20;

/// Below this many free bytes a commit may fail, and the ballast is let go: the limit of the log.
pub const COMMIT_ROOM_BYTES: u64 = 8 << 20;

/// The ballast is made only where as much again stays free, so that it never is the reason why
/// a disk is full.
const FREE_AFTER_BYTES: u64 = 2 * BALLAST_BYTES;

/// Bytes written at a time. They are random, so that no file system stores them in less room.
const CHUNK_BYTES: usize = 1 << 16;

impl Store {
    /// Bytes of the ballast; 0 when it was let go, or never made.
    #[must_use]
    pub fn ballast_bytes(&self) -> u64 {
        fs::metadata(self.ballast()).map_or(0, |metadata| metadata.len())
    }

    /// Makes the ballast where there is room for it and none lies yet. True when it lies there.
    ///
    /// # Errors
    /// `File`. Nothing of it stays then.
    pub fn make_ballast(&self, ports: &Ports) -> Result<bool> {
        if self.ballast_bytes() == BALLAST_BYTES {
            return Ok(true);
        }
        let path = self.ballast();
        let failed = |source| Error::file(&path, source);
        let free = ports.disk.free_bytes(self.folder()).map_err(failed)?;
        if free < BALLAST_BYTES + FREE_AFTER_BYTES {
            return Ok(false);
        }
        let made = self.write_ballast(ports);
        if made.is_err() {
            let _ = fs::remove_file(&path);
        }
        made.map(|()| true)
    }

    /// Lets the ballast go when less than [`COMMIT_ROOM_BYTES`] are free. True when it did.
    ///
    /// # Errors
    /// `File`.
    pub fn free_ballast(&self, ports: &Ports) -> Result<bool> {
        let path = self.ballast();
        let failed = |source| Error::file(&path, source);
        let free = ports.disk.free_bytes(self.folder()).map_err(failed)?;
        if free >= COMMIT_ROOM_BYTES {
            return Ok(false);
        }
        match fs::remove_file(&path) {
            Ok(()) => Ok(true),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(false),
            Err(source) => Err(failed(source)),
        }
    }

    fn write_ballast(&self, ports: &Ports) -> Result<()> {
        let path = self.ballast();
        let failed = |source| Error::file(&path, source);
        ports.disk.before("create").map_err(failed)?;
        let mut file = File::create(&path).map_err(failed)?;
        let mut chunk = vec![0; CHUNK_BYTES];
        ports.chance.fill(&mut chunk);
        ports.disk.before("write").map_err(failed)?;
        for number in 0..BALLAST_BYTES / CHUNK_BYTES as u64 {
            chunk[..8].copy_from_slice(&number.to_be_bytes());
            file.write_all(&chunk).map_err(failed)?;
        }
        ports.disk.before("sync").map_err(failed)?;
        file.sync_all().map_err(failed)
    }

    fn ballast(&self) -> PathBuf {
        self.folder().join(FILE_NAME)
    }
}

/// Lets the ballast of a folder go when opening its database failed for want of room: the log
/// alone needs some. True when it did, and opening is worth another try.
pub(super) fn let_go_for(folder: &Path, failure: &rusqlite::Error) -> bool {
    let wants_room = matches!(
        failure.sqlite_error_code(),
        Some(ErrorCode::DiskFull | ErrorCode::SystemIoFailure | ErrorCode::CannotOpen)
    );
    wants_room && fs::remove_file(folder.join(FILE_NAME)).is_ok()
}
