//! Writes a note 记事 in a dossier: a hazard that was seen, an emergency measure that was taken.
//!
//! An officer who is alone before a major hazard still has to act (安全生产法 2021, articles 65
//! and 90), so nothing stands in the way of a note but its being empty.

use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{not_empty, require_recordable};
use crate::desk::{Desk, Entry};
use crate::domain::{Note, read_one};
use crate::error::Result;

/// What is noted.
#[derive(Debug, Clone)]
pub struct WriteNote {
    /// The dossier.
    pub dossier: DossierId,
    /// What happened, in a sentence.
    pub text: String,
    /// What it is about, if it is about one thing.
    pub about: Option<EntityId>,
}

/// Writes a note.
///
/// # Errors
/// `Invalid` for an empty text; `NotFound` for a dossier that is not here; `Sign`, `Storage`.
pub fn write_note(desk: &Desk<'_>, request: &WriteNote) -> Result<Note> {
    not_empty("text", &request.text)?;
    desk.write(|page| {
        require_recordable(page.read(), request.dossier)?;
        let note = page.new_entity();
        page.put(
            Entry::new("note.write/1", request.dossier, note)
                .set("text", request.text.as_str())
                .set_some("about", request.about.as_ref().map(|about| about.raw().as_slice())),
        )?;
        read_one(page.read(), request.dossier, note)
    })
}
