//! Ids by name, so that a test can speak of things before they are there.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

pub(crate) fn dossier(name: &str) -> DossierId {
    DossierId(entity(name).0)
}

pub(crate) fn entity(name: &str) -> EntityId {
    EntityId::derived(DossierId([7; 16]), name)
}

pub(crate) fn id(entity: EntityId) -> Value {
    entity.raw().as_slice().into()
}

pub(crate) fn hashes(ops: &[Hash]) -> Value {
    ops.iter().map(|op| Value::from(op.as_bytes().as_slice())).collect::<Vec<_>>().into()
}
