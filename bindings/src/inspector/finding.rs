//! Findings 问题/隐患: proposed from an item, raised, corrected, retracted, handed over.

use angen_core::action::{self, ProposeFinding, Shot, TransferFinding};
use angen_core::domain::{Finding, read_one};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{CorrectFinding, FindingPage, FindingView, RaiseFinding, SetAnswers};

#[uniffi::export]
impl Inspector {
    /// Proposes a finding on an item that is not complied with, from what the checklist and the
    /// register know, so that nothing is typed twice. Where it was and what was seen is left to
    /// the officer. Nothing is written.
    ///
    /// Throws `Invalid` for a checklist or item that the check does not have, and for a criterion
    /// of a major hazard that the item does not name; `NotFound`; `Locked`.
    pub fn propose_finding(
        &self,
        writer: WriterId,
        request: ProposeFinding,
    ) -> Result<RaiseFinding, ApiError> {
        Ok(self.at_desk(writer, |desk| action::propose_finding(desk, &request))?.into())
    }

    /// Proposes the note that the checklist asks of the item of a finding: the finding's own words,
    /// ready for [`Inspector::set_answers`]. Nothing is written.
    ///
    /// Throws `NotFound` where no checklist of the check has such a note; `Locked`.
    pub fn propose_note(
        &self,
        writer: WriterId,
        dossier: DossierId,
        finding: EntityId,
    ) -> Result<SetAnswers, ApiError> {
        let held: Finding = self.store.read(|read| read_one(read, dossier, finding))?;
        Ok(self.at_desk(writer, |desk| action::propose_note(desk, dossier, &held))?.into())
    }

    /// Proposes the caption of a photo of a finding: the place, what is wrong there, and which
    /// photo it is. Nothing is written.
    ///
    /// Throws `NotFound` for a finding that is not here.
    pub fn propose_caption(
        &self,
        dossier: DossierId,
        finding: EntityId,
        shot: Shot,
    ) -> Result<String, ApiError> {
        let held: Finding = self.store.read(|read| read_one(read, dossier, finding))?;
        Ok(action::propose_caption(&held, shot))
    }

    /// Raises a finding 问题/隐患. What is not known yet may be left out: recording is never blocked,
    /// only the issue of a document will be.
    ///
    /// Throws `Invalid` for an empty title, an unknown authority or element; `NotFound`; `Locked`.
    pub fn raise_finding(
        &self,
        writer: WriterId,
        request: RaiseFinding,
    ) -> Result<FindingView, ApiError> {
        let request = request.into();
        Ok(self.at_desk(writer, |desk| action::raise_finding(desk, &request))?.into())
    }

    /// Corrects a finding 更正, with a reason. What was there before stays visible.
    ///
    /// Throws `Invalid` for an empty reason or title, or nothing to correct; `NotFound`; `Locked`.
    pub fn correct_finding(
        &self,
        writer: WriterId,
        request: CorrectFinding,
    ) -> Result<FindingView, ApiError> {
        let (dossier, finding) = (request.dossier, request.finding);
        let (reason, correction) = (request.reason.clone(), request.into());
        let done = self.at_desk(writer, |desk| {
            action::correct_finding(desk, dossier, finding, &correction, &reason)
        })?;
        Ok(done.into())
    }

    /// Retracts a finding or a piece of evidence 撤回, with a reason. Nothing is deleted.
    ///
    /// Throws `Invalid` for an empty reason; `NotFound`; `Locked`.
    pub fn retract(
        &self,
        writer: WriterId,
        dossier: DossierId,
        entity: EntityId,
        reason: String,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::retract(desk, dossier, entity, &reason))
    }

    /// Hands a finding over 移送 to the authority that it belongs to.
    ///
    /// Throws `Invalid` for an unknown authority, emergency management itself, a day that is none,
    /// or a finding that was retracted; `NotFound`; `Locked`.
    pub fn transfer_finding(
        &self,
        writer: WriterId,
        request: TransferFinding,
    ) -> Result<FindingView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::transfer_finding(desk, &request))?.into())
    }

    /// A page of the findings of a check as of a moment, in milliseconds since 1970 UTC, each with
    /// its elements and what it still lacks; the newest first. `before` is the `next` of the page
    /// before.
    ///
    /// Throws `NotFound` when the dossier is no check here.
    pub fn findings(
        &self,
        dossier: DossierId,
        before: Option<u32>,
        as_of_ms: i64,
    ) -> Result<FindingPage, ApiError> {
        Ok(action::findings(&self.store, dossier, before, as_of_ms)?.into())
    }
}
