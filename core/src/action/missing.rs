//! Says what is still missing 还缺什么: before leaving the gate, or before a visit is complete.

use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::procedure::{self, Missing};
use crate::store::Store;

/// What is missing in a check or an assistance visit as of a moment, in milliseconds since 1970
/// UTC; the most important first. It never stands in the way of recording.
///
/// # Errors
/// `Invalid` for a dossier of another kind; `NotFound`; `Paused`, `Storage`.
pub fn missing(store: &Store, dossier: DossierId, as_of_ms: i64) -> Result<Vec<Missing>> {
    store.read(|connection| procedure::missing_of(connection, dossier, as_of_ms))
}
