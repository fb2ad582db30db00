//! Comments and skill marks 帮教意见、技能: what mentors say to officers, and how officers answer.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// A comment of a mentor on an answer, a photo, a draft.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// An officer's answer to a comment.
#[derive(Debug, Clone, PartialEq, Eq)]
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

/// How far an officer has come with a skill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum SkillLevel {
    /// 看过: it was shown.
    Shown,
    /// 带做: done with help.
    Helped,
    /// 独立: done alone.
    Alone,
}

impl SkillLevel {
    /// Every one, the least first.
    pub const ALL: &'static [Self] = &[Self::Shown, Self::Helped, Self::Alone];

    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Shown => "shown",
            Self::Helped => "helped",
            Self::Alone => "alone",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Shown => "看过示范",
            Self::Helped => "带着做过",
            Self::Alone => "独立完成",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

/// A mark of a mentor on an officer's skill.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SkillMark {
    /// The entity.
    pub mark: EntityId,
    /// The op.
    pub op: Hash,
    /// The officer's writer.
    pub officer: WriterId,
    /// A tag of [`crate::domain::AGENDA`].
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

/// What a mentor gave the township to read 开放给乡镇.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Release {
    /// The op.
    pub op: Hash,
    /// The comments and marks.
    pub items: Vec<EntityId>,
    /// Who released.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Comment {
    const NOUN: &'static str = "comment";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("text").first()?;
        Some(Self {
            comment: entity,
            op: head.op,
            about_dossier: DossierId::from_slice(fields.bytes("about_dossier")?)?,
            about: EntityId::from_slice(fields.bytes("about")?)?,
            text: fields.text("text")?.to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
            answer: CommentAnswer::from_fields(fields),
        })
    }
}

impl CommentAnswer {
    /// In a conflict the refusal counts until a person decides.
    fn from_fields(fields: &Fields) -> Option<Self> {
        let head = fields.holding(Comment::NOUN, "answer")?;
        let word = head.value.as_ref()?.as_text()?;
        Some(Self {
            op: head.op,
            adopted: word == "adopted",
            reason: fields.text("reason").map(str::to_owned).filter(|_| word != "adopted"),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for SkillMark {
    const NOUN: &'static str = "skill";

    /// In a conflict the lesser level counts until a person decides.
    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.holding(Self::NOUN, "level")?;
        let word = head.value.as_ref()?.as_text()?;
        Some(Self {
            mark: entity,
            op: head.op,
            officer: WriterId::from_slice(fields.bytes("officer")?)?,
            skill: fields.text("skill")?.to_owned(),
            level: SkillLevel::from_word(word)?,
            day: fields.text("day")?.to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for Release {
    const NOUN: &'static str = "teaching";

    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("items").first()?;
        let items = fields.bytes_list("items").into_iter().filter_map(EntityId::from_slice);
        Some(Self {
            op: head.op,
            items: items.collect(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
