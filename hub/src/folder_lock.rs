//! One hub for a folder: a lock on a file in it, which the system takes back when the process ends
//! in whatever way.

use std::fs::{self, File, TryLockError};
use std::path::Path;

use angen_core::error::Error;

use crate::run::HubError;

/// The file that is locked; nothing is written into it.
pub(crate) const LOCK_FILE: &str = "hub.lock";

/// Held while a hub serves its folder.
pub(crate) struct FolderLock(#[expect(dead_code, reason = "it is held, never read")] File);

impl FolderLock {
    /// Takes the lock of a folder, which is made when it is not there.
    pub(crate) fn take(folder: &Path) -> Result<Self, HubError> {
        let path = folder.join(LOCK_FILE);
        let failed = |source| HubError::Core(Error::file(&path, source));
        fs::create_dir_all(folder).map_err(failed)?;
        let file = File::options().create(true).truncate(false).write(true).open(&path);
        let file = file.map_err(failed)?;
        match file.try_lock() {
            Ok(()) => Ok(Self(file)),
            Err(TryLockError::WouldBlock) => Err(HubError::Taken(folder.to_owned())),
            Err(TryLockError::Error(source)) => Err(failed(source)),
        }
    }
}
