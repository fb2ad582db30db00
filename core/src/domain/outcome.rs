//! What came of a case 后续成效: decided, paid, closed. Statistics, months later; nothing counts by it.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// How far a case has come after its investigation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum OutcomeStep {
    /// 作出决定: a penalty, or reasons for none.
    Decided,
    /// 缴款: paid, or a part of it.
    Paid,
    /// 结案: closed.
    Closed,
}

impl OutcomeStep {
    /// Every one, in the order in which they come.
    pub const ALL: &'static [Self] = &[Self::Decided, Self::Paid, Self::Closed];

    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Decided => "decided",
            Self::Paid => "paid",
            Self::Closed => "closed",
        }
    }

    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Decided => "作出决定",
            Self::Paid => "缴款",
            Self::Closed => "结案",
        }
    }

    /// The one of a word.
    #[must_use]
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|known| known.word() == word)
    }
}

/// One outcome of a case, as its papers show it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OutcomeNoted {
    /// The entity.
    pub outcome: EntityId,
    /// The op.
    pub op: Hash,
    /// Which step.
    pub step: OutcomeStep,
    /// The day, `2026-11-02`.
    pub day: String,
    /// The amount in fen, 1/100 yuan, where there is one.
    pub amount_fen: Option<i64>,
    /// Number of the decision or of the receipt.
    pub number: Option<String>,
    /// The captured paper.
    pub evidence: Option<EntityId>,
    /// Who noted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for OutcomeNoted {
    const NOUN: &'static str = "outcome";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("step").first()?;
        Some(Self {
            outcome: entity,
            op: head.op,
            step: OutcomeStep::from_word(fields.text("step")?)?,
            day: fields.text("day")?.to_owned(),
            amount_fen: fields.int("amount_fen"),
            number: fields.text("number").map(str::to_owned),
            evidence: fields.bytes("evidence").and_then(EntityId::from_slice),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
