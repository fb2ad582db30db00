//! Shows the correction orders 责令 of a check as they count.

use angen_ledger::id::DossierId;

use crate::error::Result;
use crate::procedure::{self, OrderStanding};
use crate::store::Store;

/// The orders of a check; none for another dossier.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn orders(store: &Store, check: DossierId) -> Result<Vec<OrderStanding>> {
    store.read(|connection| procedure::orders(connection, check))
}
