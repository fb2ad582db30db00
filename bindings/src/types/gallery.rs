//! Evidence as a list shows it.

use angen_core::action::{EvidenceRow, Paged};
use angen_core::domain::{EvidenceKind, Place, Purpose, SourceClass};
use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

/// A piece of evidence as a list shows it.
#[uniffi::remote(Record)]
pub struct EvidenceRow {
    /// The entity.
    pub evidence: EntityId,
    /// The op that captured it.
    pub op: Hash,
    /// The finding, training, record or answer that it is about.
    pub about: Option<EntityId>,
    /// What one sees or hears.
    pub caption: String,
    /// The file's name when it was captured.
    pub file_name: String,
    /// Media type (RFC 6838), such as `image/jpeg`.
    pub mime: String,
    /// Bytes of the original.
    pub length: i64,
    /// SHA-256 of the original.
    pub sha256: Hash,
    /// Which kind of evidence it is.
    pub kind: Option<EvidenceKind>,
    /// Where the file comes from.
    pub source: Option<SourceClass>,
    /// What it is in the procedure, if it was captured as one of its papers.
    pub purpose: Option<Purpose>,
    /// How it was made 制作方法.
    pub method: Option<String>,
    /// What it is to prove 证明对象.
    pub proves: Option<String>,
    /// Where the device was.
    pub place: Option<Place>,
    /// Name of who captured it; none where the roster does not have them.
    pub captured_by: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub captured_ms: i64,
    /// When the camera says that it was taken, in milliseconds since 1970 UTC.
    pub camera_time_ms: Option<i64>,
    /// The evidence that it was made from.
    pub derived_from: Option<EntityId>,
    /// How many ops captured the same original before.
    pub same_original: u32,
    /// Whether it was retracted: it stays visible, and does not count.
    pub is_retracted: bool,
    /// Whether the file is on this device.
    pub is_here: bool,
    /// Whether a hub has given a receipt 回执 for the file.
    pub is_receipted: bool,
}

/// One page of evidence.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct EvidencePage {
    /// The rows, the newest first.
    pub rows: Vec<EvidenceRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<u32>,
}

impl From<Paged<EvidenceRow>> for EvidencePage {
    fn from(page: Paged<EvidenceRow>) -> Self {
        Self { rows: page.rows, next: page.next }
    }
}
