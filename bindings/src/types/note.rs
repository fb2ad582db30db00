//! Notes 记事.

use angen_core::action::WriteNote;
use angen_core::domain::Note;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

/// What is noted.
#[uniffi::remote(Record)]
pub struct WriteNote {
    /// The dossier.
    pub dossier: DossierId,
    /// What happened, in a sentence.
    pub text: String,
    /// What it is about, if it is about one thing.
    #[uniffi(default = None)]
    pub about: Option<EntityId>,
}

/// A note as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NoteView {
    /// The entity.
    pub note: EntityId,
    /// The op.
    pub op: Hash,
    /// What happened.
    pub text: String,
}

impl From<Note> for NoteView {
    fn from(note: Note) -> Self {
        Self { note: note.note, op: note.op, text: note.text }
    }
}
