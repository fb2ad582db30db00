//! What mentors say, and how officers answer 帮教.

use angen_core::action::{self, Adoption, MarkSkill, WriteComment};
use angen_core::domain::{Comment, SkillMark};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{ReleaseView, TeachingView};

#[uniffi::export]
impl Inspector {
    /// Writes a comment 帮教意见 on an answer, a photo, a finding or a draft. The township reads it
    /// once it is released.
    ///
    /// Throws `Invalid` for an empty text, or a writer who does not mentor the visit; `NotFound`
    /// for a visit or a thing that is not here; `Locked`.
    pub fn write_comment(
        &self,
        writer: WriterId,
        request: WriteComment,
    ) -> Result<Comment, ApiError> {
        self.at_desk(writer, |desk| action::write_comment(desk, &request))
    }

    /// Answers a comment that was released: adopted 采纳, or not, because 不采纳的理由. A second answer
    /// replaces the first; both stay visible.
    ///
    /// Throws `Invalid` for an empty reason, or a mentor of the visit; `NotFound` for a comment
    /// that is not here or was not released; `Locked`.
    pub fn answer_comment(
        &self,
        writer: WriterId,
        visit: DossierId,
        comment: EntityId,
        adoption: Adoption,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::answer_comment(desk, visit, comment, &adoption))
    }

    /// Marks a skill of an officer 技能: shown, with help, alone. A second mark of the same day
    /// replaces the first.
    ///
    /// Throws `Invalid` for a skill or a day that is none, a writer who does not mentor the visit,
    /// or an officer who is no enforcer on the roster; `NotFound`; `Locked`.
    pub fn mark_skill(&self, writer: WriterId, request: MarkSkill) -> Result<SkillMark, ApiError> {
        self.at_desk(writer, |desk| action::mark_skill(desk, &request))
    }

    /// Releases comments and marks to the township 开放给乡镇: what is named, or everything that was
    /// not released yet.
    ///
    /// Throws `Invalid` for a writer who does not mentor the visit, or when there is nothing to
    /// release; `NotFound` for an item that is not here; `Locked`.
    pub fn release_teaching(
        &self,
        writer: WriterId,
        visit: DossierId,
        items: Vec<EntityId>,
    ) -> Result<ReleaseView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::release_teaching(desk, visit, &items))?.into())
    }

    /// What mentors said in a visit, as the writer may see it: a mentor of the visit all, others
    /// what was released.
    ///
    /// Throws `NotFound` when there is no such visit or writer; `Locked`.
    pub fn teaching(&self, writer: WriterId, visit: DossierId) -> Result<TeachingView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::teaching(desk, visit))?.into())
    }
}
