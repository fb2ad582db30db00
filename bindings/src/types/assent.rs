//! Assent of a second officer 第二名执法人员确认, the party's answer 当事人签字, recusal 回避.

use angen_core::action::{PartyAnswer, RequestRecusal};
use angen_core::domain::Recusal;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// How the party answered.
#[uniffi::remote(Enum)]
pub enum PartyAnswer {
    /// Signed, on a page that was captured.
    Signed {
        /// Who signed.
        signer: String,
        /// The post.
        post: String,
        /// The captured page.
        evidence: EntityId,
    },
    /// Refused to sign.
    Refused {
        /// Why, as told or seen.
        reason: String,
        /// A video or photo of the refusal, if there is one.
        evidence: Option<EntityId>,
    },
}

/// A request for recusal.
#[uniffi::remote(Record)]
pub struct RequestRecusal {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The officer's writer.
    pub officer: WriterId,
    /// One of `RECUSAL_ASKERS`.
    pub asked_by: String,
    /// Why.
    pub reason: String,
}

/// An assent that was given.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct AssentView {
    /// The op.
    pub op: Hash,
    /// How many ops it assents to.
    pub assented: u64,
}

/// A recusal that was asked for.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecusalView {
    /// The entity.
    pub recusal: EntityId,
    /// The op that asked.
    pub op: Hash,
}

impl From<(Hash, usize)> for AssentView {
    fn from((op, assented): (Hash, usize)) -> Self {
        Self { op, assented: assented as u64 }
    }
}

impl From<Recusal> for RecusalView {
    fn from(asked: Recusal) -> Self {
        Self { recusal: asked.recusal, op: asked.op }
    }
}
