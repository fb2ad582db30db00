//! Conflicts 冲突: listed, and decided by a person.

use angen_core::action::{self, DecideConflict};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::ConflictList;

#[uniffi::export]
impl Inspector {
    /// What is undecided in a dossier, or in every dossier that is here. Every value stands until a
    /// person decides; meanwhile the worse one holds.
    ///
    /// Throws `NotFound` for a dossier that is not here.
    pub fn conflicts(&self, dossier: Option<DossierId>) -> Result<ConflictList, ApiError> {
        Ok(action::conflicts(&self.store, dossier)?.into())
    }

    /// Decides every conflict of one op 冲突裁定: of its fields, and of its transition. Gives the new
    /// op.
    ///
    /// Throws `Invalid` without a reason, for an op that is in no conflict, and for who may not
    /// decide here; `NotFound`; `Locked`.
    pub fn decide_conflict(
        &self,
        writer: WriterId,
        request: DecideConflict,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::decide_conflict(desk, &request))
    }
}
