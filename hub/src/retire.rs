//! Takes a root out of use at a hub, while it does not serve.

use std::path::Path;
use std::sync::Arc;

use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;

use crate::folder_lock::FolderLock;
use crate::key::KEY_FILE;
use crate::run::HubError;
use crate::store::SqliteLog;
use crate::trust::{retire, root_of};

/// Takes a root out of use for another one, for good, from a moment on in milliseconds since 1970
/// UTC. How many certificates under it the hub has: they hand over what they recorded, and read
/// nothing more; no other is taken from then on.
///
/// # Errors
/// `Core` for a folder without a hub's key, a root that the hub does not believe, or one that
/// cannot take its place; `Taken` while the hub serves.
pub fn retire_root(folder: &Path, old: Hash, new: Hash, at_ms: i64) -> Result<u64, HubError> {
    // A mistyped folder gets no second hub.
    let key = folder.join(KEY_FILE);
    if !key.is_file() {
        return Err(Error::file(key, std::io::ErrorKind::NotFound.into()).into());
    }
    let _lock = FolderLock::take(folder)?;
    let store = Arc::new(Store::open(folder)?);
    let ledger = SqliteLog::new(Arc::clone(&store));
    retire(&ledger, old, new, at_ms)?;
    let mut under = 0;
    for (_, signed) in store.read(store::certificates)? {
        under += u64::from(root_of(&ledger, signed.hash)? == Some(old));
    }
    Ok(under)
}
