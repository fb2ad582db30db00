//! Assent of a second officer 第二名执法人员确认, the party's answer 当事人签字, recusal 回避.

use angen_core::action::{self, AssentText, AssentTold, PartyAnswer, RequestRecusal};
use angen_core::domain::{Bilingual, Recusal};
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

/// What is asked or assented to on a phone of one's own, as a person reads it.
#[uniffi::remote(Record)]
pub struct AssentTold {
    /// The dossier.
    pub dossier: DossierId,
    /// Its title, cut when it is long.
    pub title: String,
    /// Who asks.
    pub by: WriterId,
    /// The name of who asks; none where the roster does not have it.
    pub by_name: Option<String>,
    /// Who is asked; none for whoever else.
    pub of: Option<WriterId>,
    /// How many records.
    pub count: u64,
    /// What they are: how many of each, the titles of findings, how many more there are.
    pub lines: Vec<Bilingual>,
    /// When it was asked, by that device, in milliseconds since 1970 UTC.
    pub asked_ms: i64,
}

/// A text to be shown as a QR code, with what it says.
#[uniffi::remote(Record)]
pub struct AssentText {
    /// The text: every sign is one of the alphanumeric mode of a QR code.
    pub text: String,
    /// What it says.
    pub told: AssentTold,
}

/// An assent that was carried from the phone of who gave it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CarriedView {
    /// The op that carries it.
    pub op: Hash,
    /// Who has assented.
    pub writer: WriterId,
    /// The name, as the certificate says it.
    pub name: String,
    /// How many records.
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

impl From<action::CarriedView> for CarriedView {
    fn from(view: action::CarriedView) -> Self {
        let action::CarriedView { op, writer, name, assented } = view;
        Self { op, writer, name, assented: assented as u64 }
    }
}

impl From<Recusal> for RecusalView {
    fn from(asked: Recusal) -> Self {
        Self { recusal: asked.recusal, op: asked.op }
    }
}
