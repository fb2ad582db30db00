//! An assistance visit and its dossiers: planned, noted in, and what is missing in them.

use angen_core::action::{self, AssistanceView, PlanAssistance, WriteNote};
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{MissingView, NoteView};

#[uniffi::export]
impl Inspector {
    /// Plans an assistance visit 执法帮扶 in this township: opens its dossier.
    ///
    /// Throws `Invalid` for an unknown profile, round 0, or someone who is no mentor on the
    /// roster; `NotFound` for a writer that is not here; `Locked`.
    pub fn plan_assistance(
        &self,
        writer: WriterId,
        request: PlanAssistance,
    ) -> Result<AssistanceView, ApiError> {
        self.at_desk(writer, |desk| action::plan_assistance(desk, &request))
    }

    /// Writes a note 记事 in a dossier: a hazard that was seen, an emergency measure that was taken.
    /// Nothing stands in its way but its being empty.
    ///
    /// Throws `Invalid` for an empty text; `NotFound` for a dossier or writer that is not here;
    /// `Locked`.
    pub fn write_note(&self, writer: WriterId, request: WriteNote) -> Result<NoteView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::write_note(desk, &request))?.into())
    }

    /// What is still missing in a check or an assistance visit as of a moment, in milliseconds
    /// since 1970 UTC; the most important first. It never stands in the way of recording.
    ///
    /// Throws `NotFound` for a dossier that is not here, `Invalid` for one of another kind.
    pub fn missing(&self, dossier: DossierId, as_of_ms: i64) -> Result<Vec<MissingView>, ApiError> {
        let missing = action::missing(&self.store, dossier, as_of_ms)?;
        Ok(missing.into_iter().map(MissingView::from).collect())
    }
}
