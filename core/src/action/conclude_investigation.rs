//! Concludes an investigation 调查终结: the facts that were found, and what is proposed.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{no_mentor, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Case, Opinion};
use crate::error::Result;

/// What is concluded.
#[derive(Debug, Clone)]
pub struct ConcludeInvestigation {
    /// The dossier of the case.
    pub dossier: DossierId,
    /// The facts that were found, in sentences.
    pub facts: String,
    /// What is proposed.
    pub opinion: Opinion,
    /// Law, version and article that it rests on.
    pub basis: String,
}

/// Concludes an investigation. It counts once a second certified officer assents to it.
///
/// # Errors
/// `Invalid` for empty facts or an empty basis, or a mentor; `NotFound`; `Sign`, `Storage`.
pub fn conclude_investigation(desk: &Desk<'_>, request: &ConcludeInvestigation) -> Result<Hash> {
    not_empty("facts", &request.facts)?;
    not_empty("basis", &request.basis)?;
    desk.write(|page| {
        no_mentor(page.read(), desk, request.dossier)?;
        only::<Case>(page.read(), request.dossier)?;
        let entity = EntityId::derived(request.dossier, "investigation");
        page.put(
            Entry::new("investigation.conclude/1", request.dossier, entity)
                .set("facts", request.facts.as_str())
                .set("opinion", request.opinion.word())
                .set("basis", request.basis.as_str()),
        )
    })
}
