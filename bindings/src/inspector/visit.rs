//! An assistance visit and its parts: planned, trained in, noted in, counted, reported.

use std::path::PathBuf;

use angen_core::action::{self, AssistanceView, CheckView, PlanAssistance, PlanCheck, WriteNote};
use angen_core::error::Error;
use angen_core::procedure::Part;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::Lang;

use super::Inspector;
use crate::error::ApiError;
use crate::types::{
    BoardView, MissingView, NoteView, RecordTraining, TrainingPage, TrainingView, WhyView,
};

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

    /// Plans a check 现场检查 of one enterprise: opens its dossier.
    ///
    /// Throws `Invalid` for an unknown basis or no checklist; `NotFound` for an enterprise, a
    /// checklist, a visit or a writer that is not here; `Locked`.
    pub fn plan_check(&self, writer: WriterId, request: PlanCheck) -> Result<CheckView, ApiError> {
        self.at_desk(writer, |desk| action::plan_check(desk, &request))
    }

    /// Records a training 培训 of an assistance visit.
    ///
    /// Throws `Invalid` for an unknown agenda tag, an end before the start, an empty title or
    /// place; `NotFound` when the dossier is no assistance visit here; `Locked`.
    pub fn record_training(
        &self,
        writer: WriterId,
        request: RecordTraining,
    ) -> Result<TrainingView, ApiError> {
        let request = request.into();
        Ok(self.at_desk(writer, |desk| action::record_training(desk, &request))?.into())
    }

    /// Confirms that the writer attended a training 签到. Doing it again changes nothing, and
    /// gives no op.
    ///
    /// Throws `NotFound` when there is no such training or writer; `Locked`.
    pub fn confirm_attendance(
        &self,
        writer: WriterId,
        dossier: DossierId,
        training: EntityId,
    ) -> Result<Option<Hash>, ApiError> {
        self.at_desk(writer, |desk| action::confirm_attendance(desk, dossier, training))
    }

    /// A page of the trainings 培训 of a visit with who attended, the newest first. `before` is the
    /// `next` of the page before.
    ///
    /// Throws `NotFound` when the dossier is no assistance visit here.
    pub fn trainings(
        &self,
        visit: DossierId,
        before: Option<u32>,
    ) -> Result<TrainingPage, ApiError> {
        Ok(action::trainings(&self.store, visit, before)?.into())
    }

    /// Records that the writer showed the certificate 亮证. It comes before the first record. Doing
    /// it again for the same person replaces the name; both stay in the log.
    ///
    /// Throws `Invalid` for an empty name; `NotFound` when the dossier is no check here; `Locked`.
    pub fn show_certificates(
        &self,
        writer: WriterId,
        dossier: DossierId,
        shown_to: String,
        note: Option<String>,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| {
            action::show_certificates(desk, dossier, &shown_to, note.as_deref())
        })
    }

    /// Writes a note 记事 in a dossier: a hazard that was seen, an emergency measure that was taken.
    /// Nothing stands in its way but its being empty.
    ///
    /// Throws `Invalid` for an empty text; `NotFound` for a dossier or writer that is not here;
    /// `Locked`.
    pub fn write_note(&self, writer: WriterId, request: WriteNote) -> Result<NoteView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::write_note(desk, &request))?.into())
    }

    /// What is still missing in a check, a case or an assistance visit as of a moment, in
    /// milliseconds since 1970 UTC; the most important first. It never stands in the way of
    /// recording.
    ///
    /// Throws `NotFound` for a dossier that is not here, `Invalid` for one of another kind.
    pub fn missing(&self, dossier: DossierId, as_of_ms: i64) -> Result<Vec<MissingView>, ApiError> {
        let missing = action::missing(&self.store, dossier, as_of_ms)?;
        Ok(missing.into_iter().map(MissingView::from).collect())
    }

    /// The 1-2-1-1 board of an assistance visit as of a moment, in milliseconds since 1970 UTC.
    /// Nothing on it can be ticked: every count follows from records.
    ///
    /// Throws `NotFound` when the dossier holds no assistance visit.
    pub fn board(&self, dossier: DossierId, as_of_ms: i64) -> Result<BoardView, ApiError> {
        Ok(action::board(&self.store, dossier, as_of_ms)?.into())
    }

    /// What each count of the board rests on 凭什么这样计, op by op: of one part, or of all.
    ///
    /// Throws `NotFound` when the dossier holds no assistance visit.
    pub fn why(
        &self,
        dossier: DossierId,
        part: Option<Part>,
        as_of_ms: i64,
    ) -> Result<Vec<WhyView>, ApiError> {
        let (_, all) = action::why(&self.store, dossier, part, as_of_ms)?;
        Ok(all.into_iter().map(WhyView::from).collect())
    }

    /// Writes the one-page report 帮扶报告 of a visit as of a moment, in milliseconds since 1970
    /// UTC, into a file: one that ends in `.html` prints on one A4 page, one in `.md` is Markdown.
    /// A file that is there is replaced.
    ///
    /// Throws `Invalid` for another ending; `NotFound` when the dossier holds no assistance visit,
    /// or the file's folder is not there.
    pub fn report(
        &self,
        dossier: DossierId,
        lang: Lang,
        as_of_ms: i64,
        to: PathBuf,
    ) -> Result<(), ApiError> {
        let report = action::report(&self.store, dossier, as_of_ms)?;
        let text = angen_page::report_for_file(&report, lang, &to)?;
        std::fs::write(&to, text).map_err(|why| Error::file(&to, why))?;
        Ok(())
    }
}
