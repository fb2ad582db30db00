//! Reads each entity of a source once, however many parts of the procedure look at it: a board
//! asks for every check twice, for what counts in it and for what is undecided.

use std::cell::RefCell;
use std::collections::HashMap;

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::heads::Said;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;

use crate::domain::{Fields, Source};
use crate::error::Result;

/// A source whose answers do not change while it is looked at: within one read of the store, or of
/// a package in memory.
pub(crate) struct ReadOnce<'s> {
    source: &'s dyn Source,
    dossiers: RefCell<Option<Vec<DossierId>>>,
    fields: RefCell<HashMap<(DossierId, EntityId), Fields>>,
    entities: RefCell<HashMap<(DossierId, String), Vec<EntityId>>>,
}

impl<'s> ReadOnce<'s> {
    pub(crate) fn new(source: &'s dyn Source) -> Self {
        Self {
            source,
            dossiers: RefCell::default(),
            fields: RefCell::default(),
            entities: RefCell::default(),
        }
    }
}

impl Source for ReadOnce<'_> {
    fn dossiers(&self) -> Result<Vec<DossierId>> {
        if let Some(known) = &*self.dossiers.borrow() {
            return Ok(known.clone());
        }
        let read = self.source.dossiers()?;
        *self.dossiers.borrow_mut() = Some(read.clone());
        Ok(read)
    }

    fn entities(&self, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
        let place = (dossier, noun.to_owned());
        if let Some(known) = self.entities.borrow().get(&place) {
            return Ok(known.clone());
        }
        let read = self.source.entities(dossier, noun)?;
        self.entities.borrow_mut().insert(place, read.clone());
        Ok(read)
    }

    fn fields(&self, dossier: DossierId, entity: EntityId) -> Result<Fields> {
        if let Some(known) = self.fields.borrow().get(&(dossier, entity)) {
            return Ok(known.clone());
        }
        let read = self.source.fields(dossier, entity)?;
        self.fields.borrow_mut().insert((dossier, entity), read.clone());
        Ok(read)
    }

    fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Result<Vec<Said>> {
        self.source.history(dossier, entity, field)
    }

    fn contested(&self, dossier: DossierId) -> Result<Vec<(EntityId, String)>> {
        self.source.contested(dossier)
    }

    fn past(&self, dossier: DossierId) -> Result<Past> {
        self.source.past(dossier)
    }

    fn certificates(&self) -> Result<Vec<SignedCertificate>> {
        self.source.certificates()
    }

    fn newest_op(&self, dossier: DossierId, entity: EntityId) -> Result<Option<Hash>> {
        self.source.newest_op(dossier, entity)
    }
}
