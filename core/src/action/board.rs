//! Shows the 1-2-1-1 board of an assistance visit 执法帮扶进度, counted from what was signed.

use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::procedure::{self, Board};
use crate::store::Store;

/// Counts an assistance visit as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` when the dossier holds no assistance visit; `Paused`, `Storage`.
pub fn board(store: &Store, assistance: DossierId, as_of_ms: i64) -> Result<Board> {
    store.read(|connection| procedure::board(connection, assistance, as_of_ms))
}
