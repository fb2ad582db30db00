//! Lists the on-site measures 现场处理措施 and preservations 先行登记保存 of a check or a case.

use angen_ledger::id::DossierId;

use crate::action::look::require_dossier;
use crate::error::Result;
use crate::procedure::{self, MeasureStanding};
use crate::store::Store;

/// The measures of a check, or of a case and its check, as they stand at a moment, in milliseconds
/// since 1970 UTC: what is over due first, what ended last. Nothing bounds how many are taken, so
/// a screen shows them in pages.
///
/// # Errors
/// `NotFound` for a dossier that is not here; `Paused`, `Storage`.
pub fn measures(store: &Store, dossier: DossierId, as_of_ms: i64) -> Result<Vec<MeasureStanding>> {
    store.read(|read| {
        require_dossier(read, dossier)?;
        procedure::measures(read, dossier, as_of_ms)
    })
}
