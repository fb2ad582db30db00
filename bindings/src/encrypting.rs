//! A database that was made plain becomes an encrypted one, before it is opened.

use std::path::PathBuf;
use std::sync::Arc;

use angen_core::store::Store;

use crate::chance::Chance;
use crate::error::ApiError;
use crate::host::DatabaseKeys;
use crate::lend::HostDatabaseKeys;

/// Encrypts the plain database of a folder that is not open, under the key that
/// [`Inspector::open_encrypted`](crate::Inspector::open_encrypted) then opens it with; call it
/// before each opening. False when there was nothing to do: it is encrypted already, or there is
/// none yet.
///
/// It needs as much room again as the database has, and takes as long as copying it. Whenever the
/// app is ended meanwhile, one whole database is there, plain or encrypted; then call it again.
/// Throws `Retry` while somebody has it open, `StorageFull`, and `Internal` in a build that cannot
/// encrypt; nothing has changed then.
#[uniffi::export]
pub fn encrypt(folder: PathBuf, database_key: Arc<dyn DatabaseKeys>) -> Result<bool, ApiError> {
    let chance = Chance::of_folder(&folder);
    Ok(Store::encrypt(&folder, &chance, &HostDatabaseKeys(database_key))?)
}
