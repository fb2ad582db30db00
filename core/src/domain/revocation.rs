//! Revocations 吊销 and adoptions 采认, as the roster holds them.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::revocation::{CutPoint, cut_of};

use crate::domain::{Fields, Noun};

/// A writer who is revoked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revocation {
    /// The entity.
    pub revocation: EntityId,
    /// The op.
    pub op: Hash,
    /// Whose ops behind the cut do not count.
    pub writer: WriterId,
    /// Why.
    pub reason: String,
    /// The last op of each chain that counts; a chain that is not named does not count at all.
    pub cut: Vec<CutPoint>,
    /// Who revoked.
    pub by: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// Ops of a revoked writer that count again.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Adoption {
    /// The entity.
    pub adoption: EntityId,
    /// The op.
    pub op: Hash,
    /// Whose ops.
    pub writer: WriterId,
    /// In which dossier.
    pub dossier: DossierId,
    /// Numbers of the first and the last.
    pub range: (u64, u64),
    /// Why.
    pub reason: String,
    /// Who adopted.
    pub by: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

impl Noun for Revocation {
    const NOUN: &'static str = "writer";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("writer").first()?;
        Some(Self {
            revocation: entity,
            op: head.op,
            writer: WriterId::from_slice(fields.bytes("writer")?)?,
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            cut: fields.value("cut").map(cut_of)?,
            by: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for Adoption {
    const NOUN: &'static str = "ops";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("head").first()?;
        let number = |name| u64::try_from(fields.int(name)?).ok();
        Some(Self {
            adoption: entity,
            op: head.op,
            writer: WriterId::from_slice(fields.bytes("writer")?)?,
            dossier: DossierId::from_slice(fields.bytes("dossier")?)?,
            range: (number("first")?, number("last")?),
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            by: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}
