//! The papers that were issued, and those of them that stand: not void.

use angen_documents::Form;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Issued, Source, read_all};
use crate::error::Result;

/// A paper and the dossier that it lies in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paper {
    /// The dossier.
    pub dossier: DossierId,
    /// The paper.
    pub issued: Issued,
}

/// Every paper of a dossier, in the order in which they were printed; the void ones as well.
///
/// # Errors
/// What the source returns.
pub fn issued_papers(source: &dyn Source, dossier: DossierId) -> Result<Vec<Issued>> {
    let mut issued: Vec<Issued> = read_all(source, dossier)?;
    issued.sort_by_key(|paper| (paper.made_at_ms, paper.document));
    Ok(issued)
}

/// Every paper that is here, dossier by dossier.
///
/// # Errors
/// What the source returns.
pub fn papers(source: &dyn Source) -> Result<Vec<Paper>> {
    let mut all = Vec::new();
    for dossier in source.dossiers()? {
        let issued = issued_papers(source, dossier)?;
        all.extend(issued.into_iter().map(|issued| Paper { dossier, issued }));
    }
    Ok(all)
}

/// The papers of a dossier that are not void.
pub(super) fn standing_papers(source: &dyn Source, dossier: DossierId) -> Result<Vec<Issued>> {
    let mut issued = issued_papers(source, dossier)?;
    issued.retain(|paper| paper.void.is_none());
    Ok(issued)
}

/// The newest paper of a form that stands, about one thing or about any.
///
/// # Errors
/// What the source returns.
pub fn standing_paper(
    source: &dyn Source,
    dossier: DossierId,
    form: Form,
    about: Option<EntityId>,
) -> Result<Option<Issued>> {
    let standing = standing_papers(source, dossier)?;
    let is = |paper: &Issued| {
        paper.form == form.slug() && about.is_none_or(|about| paper.about == about)
    };
    Ok(standing.into_iter().rfind(is))
}

/// What a signature may name for something: itself, and the papers about it that stand.
pub(crate) fn names_of(issued: &[Issued], about: EntityId) -> Vec<EntityId> {
    let papers = issued.iter().filter(|paper| paper.about == about && paper.void.is_none());
    std::iter::once(about).chain(papers.map(|paper| paper.document)).collect()
}

/// The papers of a form among some that stand.
pub(crate) fn of_form(issued: &[Issued], form: Form) -> impl Iterator<Item = &Issued> {
    issued.iter().filter(move |paper| paper.form == form.slug() && paper.void.is_none())
}
