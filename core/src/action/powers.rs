//! Asks what may be issued 可以出具什么文书: by which mandate, in whose name, and why not.

use angen_ledger::id::DossierId;

use crate::domain::china_day;
use crate::error::Result;
use crate::procedure::{self, MayIssue, Powers, Question};
use crate::store::Store;

/// Asks the mandates of this township.
///
/// # Errors
/// `Paused`, `Storage`.
pub fn powers(store: &Store, question: &Question) -> Result<Powers> {
    store.read(|connection| procedure::powers_of(connection, question))
}

/// Whether a form may be issued from a check or a case at a moment, in milliseconds since 1970
/// UTC; everything that stands in the way at once.
///
/// # Errors
/// `NotFound`; `Invalid` for a dossier that is no check and no case; `Paused`, `Storage`.
pub fn may_issue(store: &Store, dossier: DossierId, form: &str, as_of_ms: i64) -> Result<MayIssue> {
    let day = china_day(as_of_ms).unwrap_or_default();
    store.read(|connection| procedure::may_issue(connection, dossier, form, day))
}
