//! Comments of mentors 帮教意见, answers of officers, skills.

use angen_core::action::{Adoption, MarkSkill, WriteComment};
use angen_core::domain::{Comment, CommentAnswer, SkillLevel, SkillMark};
use angen_core::procedure;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What is said.
#[uniffi::remote(Record)]
pub struct WriteComment {
    /// The dossier of the assistance visit.
    pub visit: DossierId,
    /// The dossier of what it is about: the visit, a check, a case.
    pub about_dossier: DossierId,
    /// What it is about in it: an answer, a photo, a finding, a draft.
    pub about: EntityId,
    /// What is said.
    pub text: String,
}

/// An officer's answer to a comment.
#[uniffi::remote(Record)]
pub struct CommentAnswer {
    /// The op.
    pub op: Hash,
    /// 采纳: adopted; otherwise there is a reason.
    pub adopted: bool,
    /// 不采纳的理由: why not.
    pub reason: Option<String>,
    /// Who answered.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// A comment of a mentor on an answer, a photo, a draft.
#[uniffi::remote(Record)]
pub struct Comment {
    /// The entity.
    pub comment: EntityId,
    /// The op that wrote it.
    pub op: Hash,
    /// The dossier of what it is about.
    pub about_dossier: DossierId,
    /// What it is about in it.
    pub about: EntityId,
    /// What is said.
    pub text: String,
    /// Who wrote it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// How it was answered.
    pub answer: Option<CommentAnswer>,
}

/// How a comment is answered.
#[uniffi::remote(Enum)]
pub enum Adoption {
    /// 采纳.
    Adopted,
    /// 不采纳.
    NotAdopted {
        /// Why.
        because: String,
    },
}

/// How far an officer has come with a skill.
#[uniffi::remote(Enum)]
pub enum SkillLevel {
    /// 看过: it was shown.
    Shown,
    /// 带做: done with help.
    Helped,
    /// 独立: done alone.
    Alone,
}

/// What is marked.
#[uniffi::remote(Record)]
pub struct MarkSkill {
    /// The dossier of the assistance visit.
    pub visit: DossierId,
    /// The officer's writer.
    pub officer: WriterId,
    /// A tag of `AGENDA`.
    pub skill: String,
    /// How far.
    pub level: SkillLevel,
    /// The day, `2026-09-15`.
    pub day: String,
}

/// A mark of a mentor on an officer's skill.
#[uniffi::remote(Record)]
pub struct SkillMark {
    /// The entity.
    pub mark: EntityId,
    /// The op.
    pub op: Hash,
    /// The officer's writer.
    pub officer: WriterId,
    /// A tag of `crate::domain::AGENDA`.
    pub skill: String,
    /// How far.
    pub level: SkillLevel,
    /// The day, `2026-09-15`.
    pub day: String,
    /// Who marked.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// What mentors said in a visit, as whoever asks may see it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TeachingView {
    /// Comments of its mentors, the oldest first.
    pub comments: Vec<Comment>,
    /// Marks of its mentors: of each officer and skill the newest by day.
    pub skills: Vec<SkillMark>,
    /// How many comments and marks were not released and are kept from this reader.
    pub kept_back: u64,
    /// How many comments and marks do not count: they are of nobody who mentors the visit.
    pub not_by_mentor: u64,
}

/// What was released to the township.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ReleaseView {
    /// The op.
    pub op: Hash,
    /// How many comments and marks it releases.
    pub released: u64,
}

impl From<procedure::Teaching> for TeachingView {
    fn from(told: procedure::Teaching) -> Self {
        Self {
            comments: told.comments,
            skills: told.skills,
            kept_back: told.kept_back as u64,
            not_by_mentor: told.not_by_mentor as u64,
        }
    }
}

impl From<(Hash, usize)> for ReleaseView {
    fn from((op, released): (Hash, usize)) -> Self {
        Self { op, released: released as u64 }
    }
}
