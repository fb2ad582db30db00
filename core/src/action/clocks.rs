//! Shows the clocks 期限 that the recorded steps started, of one dossier or of all.

use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::procedure::{self, Clock};
use crate::store::Store;

/// The clocks as of a moment, in milliseconds since 1970 UTC: what is over first, then what ends
/// first.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn clocks(store: &Store, dossier: Option<DossierId>, as_of_ms: i64) -> Result<Vec<Clock>> {
    store.read(|connection| procedure::clocks(connection, dossier, as_of_ms))
}
