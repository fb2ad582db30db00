//! Where nouns are read from: the store, or a package in a stranger's hands.

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::heads::{Heads, Said};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;

use crate::domain::Fields;
use crate::error::Result;

/// Something that holds entities with their fields.
pub trait Source {
    /// Every dossier, ascending.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn dossiers(&self) -> Result<Vec<DossierId>>;

    /// The entities of a noun in a dossier.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn entities(&self, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>>;

    /// The fields of an entity.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn fields(&self, dossier: DossierId, entity: EntityId) -> Result<Fields>;

    /// Every value that a field was ever given, ascending by op hash: for what was settled once
    /// and must not be changed by who comes later.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Result<Vec<Said>>;

    /// Entities of which more than one op holds a field, each with its nouns, ascending by entity:
    /// whatever is in conflict is among them.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn contested(&self, dossier: DossierId) -> Result<Vec<(EntityId, String)>>;

    /// What the ops of a dossier build on: who had seen what.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn past(&self, dossier: DossierId) -> Result<Past>;

    /// Certificates that were admitted, each behind its issuer: for what is signed beside the ops.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn certificates(&self) -> Result<Vec<SignedCertificate>>;

    /// The newest op of an entity, for others to rely on.
    ///
    /// # Errors
    /// What the source's storage returns.
    fn newest_op(&self, dossier: DossierId, entity: EntityId) -> Result<Option<Hash>> {
        let fields = self.fields(dossier, entity)?;
        Ok(fields.newest())
    }
}

/// A package's ops in memory, with its dossiers and certificates.
pub struct HeadsSource<'h>(pub &'h Heads, pub &'h [DossierId], pub &'h [SignedCertificate]);

impl Source for HeadsSource<'_> {
    fn dossiers(&self) -> Result<Vec<DossierId>> {
        Ok(self.1.to_vec())
    }

    fn entities(&self, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
        let all = self.0.entities(noun).into_iter();
        Ok(all.filter(|(place, _)| *place == dossier).map(|(_, entity)| entity).collect())
    }

    fn fields(&self, dossier: DossierId, entity: EntityId) -> Result<Fields> {
        let mut fields = Fields::default();
        for (name, heads) in self.0.fields(dossier, entity) {
            heads.into_iter().for_each(|head| fields.add(name, head.clone()));
        }
        self.0.written(dossier, entity).iter().for_each(|op| fields.note_written(*op));
        Ok(fields)
    }

    fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Result<Vec<Said>> {
        Ok(self.0.history(dossier, entity, field))
    }

    fn contested(&self, dossier: DossierId) -> Result<Vec<(EntityId, String)>> {
        let all = self.0.contested(dossier).into_iter();
        Ok(all.map(|(entity, noun)| (entity, noun.to_owned())).collect())
    }

    fn past(&self, dossier: DossierId) -> Result<Past> {
        Ok(self.0.past(dossier))
    }

    fn certificates(&self) -> Result<Vec<SignedCertificate>> {
        Ok(self.2.to_vec())
    }
}

/// Reads every entity of a noun that has the shape of `T`.
///
/// # Errors
/// What the source returns.
pub fn read_all<T: Noun>(source: &dyn Source, dossier: DossierId) -> Result<Vec<T>> {
    let mut all = Vec::new();
    for entity in source.entities(dossier, T::NOUN)? {
        all.extend(T::from_fields(entity, &source.fields(dossier, entity)?));
    }
    Ok(all)
}

/// Reads one entity.
///
/// # Errors
/// `NotFound` when it is not there or not of this shape; what the source returns.
pub fn read_one<T: Noun>(source: &dyn Source, dossier: DossierId, entity: EntityId) -> Result<T> {
    T::from_fields(entity, &source.fields(dossier, entity)?)
        .ok_or_else(|| crate::error::Error::NotFound { noun: T::NOUN, id: entity.to_string() })
}

/// A noun: an entity read from its fields.
pub trait Noun: Sized {
    /// The word before the dot in its kinds.
    const NOUN: &'static str;

    /// The noun, or none when a field that makes it what it is is missing or withheld.
    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self>;
}
