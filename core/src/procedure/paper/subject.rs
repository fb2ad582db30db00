//! What a paper is about: the one check or case of its dossier, or the newest of several.

use angen_documents::Form;
use angen_ledger::id::{DossierId, EntityId};

use super::draft::wrong_dossier;
use crate::domain::{Case, Check, HashList, Interview, Noun, Order, Recheck, Source, read_all};
use crate::error::{Error, Result};

/// The entity that a form of a dossier is about. `named` chooses among interviews or lists; without
/// it the newest is meant.
///
/// # Errors
/// `Invalid` when the dossier has no such paper; `NotFound` for an entity that is not here; what
/// the source returns.
pub fn subject_of(
    source: &dyn Source,
    dossier: DossierId,
    form: Form,
    named: Option<EntityId>,
) -> Result<EntityId> {
    let of = Subject { source, dossier, form, named };
    match form {
        Form::InspectionNotice | Form::SiteRecord => of.only(|check: &Check| check.check),
        Form::FilingApproval => of.only(|case: &Case| case.case),
        Form::InterviewRecord => of.newest(|held: &Interview| (held.wall_ms, held.interview)),
        Form::EvidencePages => of.newest(|list: &HashList| (list.wall_ms, list.list)),
        Form::CorrectionOrder => of.newest(|order: &Order| (order.wall_ms, order.order)),
        Form::RecheckOpinion => of.newest(|held: &Recheck| (held.wall_ms, held.recheck)),
    }
}

struct Subject<'s> {
    source: &'s dyn Source,
    dossier: DossierId,
    form: Form,
    named: Option<EntityId>,
}

impl Subject<'_> {
    /// The one that the dossier is about.
    fn only<T: Noun>(&self, id: fn(&T) -> EntityId) -> Result<EntityId> {
        let all: Vec<T> = read_all(self.source, self.dossier)?;
        all.iter().map(id).min().ok_or_else(|| wrong_dossier(self.form))
    }

    /// The one that was named, or the newest.
    fn newest<T: Noun>(&self, key: fn(&T) -> (i64, EntityId)) -> Result<EntityId> {
        let all: Vec<T> = read_all(self.source, self.dossier)?;
        let mut keys: Vec<_> = all.iter().map(key).collect();
        if let Some(named) = self.named {
            keys.retain(|(_, id)| *id == named);
        }
        let newest = keys.into_iter().max().map(|(_, id)| id);
        let id = self.named.map_or_else(|| self.dossier.to_string(), |named| named.to_string());
        newest.ok_or(Error::NotFound { noun: T::NOUN, id })
    }
}
