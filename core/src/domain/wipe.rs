//! Wipe orders 远程清除: which writers' devices are to be emptied, as the administrator has said.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// An order to empty the devices of some writers: phones that were lost.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WipeOrder {
    /// The entity.
    pub order: EntityId,
    /// The op.
    pub op: Hash,
    /// The writers whose keys are to be destroyed.
    pub writers: Vec<WriterId>,
    /// Why.
    pub reason: String,
    /// Who ordered it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for WipeOrder {
    const NOUN: &'static str = "wipe";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("writers").first()?;
        let writers = fields.bytes_list("writers");
        Some(Self {
            order: entity,
            op: head.op,
            writers: writers.into_iter().filter_map(WriterId::from_slice).collect(),
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
