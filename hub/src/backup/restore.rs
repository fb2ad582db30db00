//! A hub from a backup: into an empty folder, blob by blob, and the database last.

use std::fs;
use std::path::{Path, PathBuf};

use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};

use crate::backup::files::{bring, list, path_of, sync_folder};
use crate::backup::{DATABASE, MANIFEST, check_folder, make_folder, remove};
use crate::folder_lock::{FolderLock, LOCK_FILE};
use crate::key::KEY_FILE;
use crate::run::HubError;

/// The setting of a restored database: the log that it must not go on with.
pub(crate) const RESTORED: &str = "hub_restored";

/// Where the database lies until it is finished.
const BEGUN: &str = "restoring";

/// What came of a restore.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Restored {
    /// The log that was kept before; the next start needs its next epoch.
    pub origin: Option<String>,
    /// Entries of it that are held.
    pub entries: u64,
    /// Ops that are held.
    pub ops: u64,
    /// Blobs that are held, each compared with its hash.
    pub blobs: u64,
}

/// Makes a hub's folder from a finished backup. The folder is empty, or has the hub's key alone,
/// or a restore that was cut off.
///
/// # Errors
/// `Core` for a backup that is not finished or damaged, or a folder that is not empty; `Taken`.
pub fn restore(from: &Path, data: &Path) -> std::result::Result<Restored, HubError> {
    if !from.join(MANIFEST).is_file() || !Store::is_in(from) {
        return Err(HubError::Core(unfinished(from)));
    }
    make_folder(data)?;
    check_folder(data, &[KEY_FILE, LOCK_FILE, BEGUN, "blobs"].map(PathBuf::from))?;
    let _lock = FolderLock::take(data)?;
    let (source, blobs) = (from.join("blobs"), data.join("blobs"));
    let had = list(&blobs)?;
    for address in list(&source)?.difference(&had) {
        bring(&path_of(&source, *address), &blobs, *address, false)?;
    }
    let begun = data.join(BEGUN);
    make_folder(&begun)?;
    for end in ["", "-wal", "-shm"] {
        remove(&begun.join(format!("{DATABASE}{end}")))?;
    }
    let (old, new) = (from.join(DATABASE), begun.join(DATABASE));
    fs::copy(&old, &new).map_err(|source| Error::file(&new, source))?;
    let restored = forbid_old_log(&begun, list(&blobs)?.len() as u64, from)?;
    let database = data.join(DATABASE);
    fs::rename(&new, &database).map_err(|source| Error::file(&database, source))?;
    sync_folder(data)?;
    fs::remove_dir_all(&begun).map_err(|source| Error::file(&begun, source))?;
    Ok(restored)
}

/// Checks the copied database against the manifest, and writes into it which log has ended.
fn forbid_old_log(begun: &Path, blobs: u64, from: &Path) -> Result<Restored> {
    let store = Store::open(begun)?;
    let restored = store.write(|tx| {
        let mut restored = Restored { origin: None, entries: 0, ops: store::count_ops(tx)?, blobs };
        if let Some(log) = store::newest_log(tx)? {
            restored.entries = log.size(tx)?;
            store::put_setting(tx, RESTORED, &log.origin)?;
            restored.origin = Some(log.origin.clone());
        }
        Ok(restored)
    })?;
    let is_whole = store.read(store::is_whole)?;
    store.pause()?;
    let text = fs::read(from.join(MANIFEST)).unwrap_or_default();
    let said: serde_json::Value = serde_json::from_slice(&text).unwrap_or_default();
    let number = |name: &str| said[name].as_u64();
    let same = number("entries") == Some(restored.entries)
        && number("ops") == Some(restored.ops)
        && number("blobs").is_some_and(|blobs| blobs <= restored.blobs);
    if is_whole && same { Ok(restored) } else { Err(unfinished(from)) }
}

fn unfinished(from: &Path) -> Error {
    Error::invalid(
        from.display().to_string(),
        "这不是一份完整的备份，请重新备份或换一份",
        "this is no finished backup: make it again, or give another one",
    )
}
