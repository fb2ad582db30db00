//! Checklists 检查表: imported, shown, answered.

use std::path::PathBuf;

use angen_core::action::{self, ChecklistRow, FormState, ShownForm};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{ChecklistPage, SetAnswers};

#[uniffi::export]
impl Inspector {
    /// Imports a checklist 检查表 from an Excel workbook (XLSForm). One that is here with the same id
    /// and version is given back as it is.
    ///
    /// Throws `Invalid` with every cell that cannot be taken, one a line; `NotFound` for a file or
    /// writer that is not here; `StorageFull`; `Locked`.
    pub fn import_checklist(
        &self,
        writer: WriterId,
        path: PathBuf,
    ) -> Result<ChecklistRow, ApiError> {
        Ok(self.at_desk(writer, |desk| action::import_checklist(desk, &path))?.into())
    }

    /// A page of the checklists of the library 检查表库, the newest first. `before` is the `next` of
    /// the page before.
    ///
    /// Throws `NotFound` when nothing was established here.
    pub fn checklists(&self, before: Option<u32>) -> Result<ChecklistPage, ApiError> {
        Ok(action::checklists(&self.store, before)?.into())
    }

    /// A checklist of a check, whole: its groups and questions with their state. It is read once
    /// for a screen; [`Inspector::form_state`] tells what an answer changed.
    ///
    /// Throws `NotFound` for a check or a checklist that is not here; `Invalid` for a checklist
    /// that is not among those of the check.
    pub fn form_of(&self, dossier: DossierId, checklist: EntityId) -> Result<ShownForm, ApiError> {
        Ok(action::form_of(&self.store, dossier, checklist)?)
    }

    /// What is asked, answered, missing and wrong in a checklist of a check as of the answers
    /// given now 跳转逻辑. A screen asks again after each [`Inspector::set_answers`].
    ///
    /// Throws as [`Inspector::form_of`].
    pub fn form_state(
        &self,
        dossier: DossierId,
        checklist: EntityId,
    ) -> Result<FormState, ApiError> {
        Ok(action::form_state(&self.store, dossier, checklist)?)
    }

    /// Answers items of a checklist 答检查项: one, or as many as were answered together. Gives the op
    /// of each answer that is new; the same value again changes nothing.
    ///
    /// Throws `Invalid` naming the item: unknown, a value that it does not take, a number outside
    /// its bounds, a change without a reason; `NotFound`; `Locked`.
    pub fn set_answers(
        &self,
        writer: WriterId,
        request: SetAnswers,
    ) -> Result<Vec<Hash>, ApiError> {
        let request = request.into();
        self.at_desk(writer, |desk| action::set_answers(desk, &request))
    }
}
