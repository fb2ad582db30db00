//! Writes the one-page report of an assistance visit 帮扶报告 from what was signed.

use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::procedure::{self, Report};
use crate::store::Store;

/// The report of a visit as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` when the dossier holds no assistance visit; `Paused`, `Storage`.
pub fn report(store: &Store, visit: DossierId, as_of_ms: i64) -> Result<Report> {
    store.read(|read| procedure::report(read, visit, as_of_ms))
}
