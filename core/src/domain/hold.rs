//! Legal holds 保全 and retention classes 保管期限 of dossiers.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};

use crate::domain::{Fields, Noun};

/// A legal hold 保全: while it stands, nothing of the dossier is erased or destroyed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hold {
    /// The entity.
    pub hold: EntityId,
    /// The op that placed it.
    pub op: Hash,
    /// Why.
    pub reason: String,
    /// The body or person that ordered it, if it is disclosed.
    pub ordered_by: Option<String>,
    /// Whether every placing of it was lifted.
    pub lifted: bool,
    /// Who placed it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// Retention classes 保管期限, the longest first: in a conflict the longest counts.
pub const RETENTION_CLASSES: &[&str] = &["permanent", "30_years", "10_years"];

/// The retention class of a dossier as it was set after the opening.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RetentionSet {
    /// The op.
    pub op: Hash,
    /// One of [`RETENTION_CLASSES`].
    pub class: String,
    /// Law, version and article.
    pub basis: String,
}

impl Noun for Hold {
    const NOUN: &'static str = "hold";

    /// A hold whose reason is withheld is a hold all the same: nothing is lost by believing it.
    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let head = fields.heads("reason").first()?;
        Some(Self {
            hold: entity,
            op: head.op,
            reason: fields.text("reason").unwrap_or_default().to_owned(),
            ordered_by: fields.text("ordered_by").map(str::to_owned),
            lifted: fields.held(Self::NOUN, "lifted").and_then(|lifted| lifted.as_bool())
                == Some(true),
            writer: head.writer,
            wall_ms: head.wall_ms,
        })
    }
}

impl Noun for RetentionSet {
    const NOUN: &'static str = "retention";

    fn from_fields(_: EntityId, fields: &Fields) -> Option<Self> {
        let class = fields.held_text(Self::NOUN, "class")?;
        Some(Self {
            op: fields.heads("class").first()?.op,
            class: class.to_owned(),
            basis: fields.text("basis").unwrap_or_default().to_owned(),
        })
    }
}
