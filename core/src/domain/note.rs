//! Notes 记事: what an officer wants kept that fits nowhere else.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// A note 记事.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The entity.
    pub note: EntityId,
    /// The op.
    pub op: Hash,
    /// What happened.
    pub text: String,
    /// What it is about.
    pub about: Option<EntityId>,
    /// Who wrote it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Note {
    const NOUN: &'static str = "note";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("text").first()?;
        Some(Self {
            note: entity,
            op: head.op,
            text: fields.text("text")?.to_owned(),
            about: fields.bytes("about").and_then(EntityId::from_slice),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
