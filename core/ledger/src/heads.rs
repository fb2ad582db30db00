//! The values of fields, from ops in any order: the merge rule of docs/protocol.md section 3.
//!
//! Small and slow on purpose: it is what a package is read with, and the model that the store's
//! projection is tested against.

use std::collections::{BTreeMap, BTreeSet, HashSet};

use crate::body::Content;
use crate::hash::Hash;
use crate::id::{DossierId, EntityId, WriterId};
use crate::kind::Kind;
use crate::op::Op;
use crate::value::Value;

/// One head of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Head {
    /// The op that set it.
    pub op: Hash,
    /// Whose op.
    pub writer: WriterId,
    /// When, by the writer's clock.
    pub wall_ms: i64,
    /// The value; none when it is withheld or erased.
    pub value: Option<Value>,
}

/// One op that was written on an entity, whether or not it still holds a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Written {
    /// The op.
    pub op: Hash,
    /// Whose op.
    pub writer: WriterId,
    /// When, by the writer's clock.
    pub wall_ms: i64,
}

/// Where a field is.
type Slot = (DossierId, EntityId, String);

/// Every field that some ops have set.
#[derive(Debug, Clone, Default)]
pub struct Heads {
    taken: HashSet<Hash>,
    heads: BTreeMap<Slot, BTreeMap<Hash, Head>>,
    replaced: BTreeMap<Slot, BTreeSet<Hash>>,
    /// The first kind seen of an entity is not stable under reordering, so all nouns are kept.
    nouns: BTreeMap<(DossierId, EntityId), BTreeSet<String>>,
    written: BTreeMap<(DossierId, EntityId), Vec<Written>>,
}

impl Heads {
    /// Takes an op. Taking it again changes nothing; the order of ops does not matter.
    pub fn apply(&mut self, op: &Op) {
        if !self.taken.insert(op.hash) {
            return;
        }
        let header = &op.header;
        let slot = |field: &str| (header.dossier, header.entity, field.to_owned());
        self.note_noun(header.dossier, header.entity, &header.kind);
        let written = Written { op: op.hash, writer: header.writer, wall_ms: header.wall_ms };
        self.written.entry((header.dossier, header.entity)).or_default().push(written);
        for over in &header.over {
            let slot = slot(&over.field);
            if let Some(heads) = self.heads.get_mut(&slot) {
                over.heads.iter().for_each(|head| {
                    heads.remove(head);
                });
            }
            self.replaced.entry(slot).or_default().extend(over.heads.iter().copied());
        }
        for field in op.body.iter().flat_map(|body| body.fields()) {
            let slot = slot(&field.name);
            if self.replaced.get(&slot).is_some_and(|replaced| replaced.contains(&op.hash)) {
                continue;
            }
            let value = match &field.content {
                Content::Open { value, .. } => Some(value.clone()),
                Content::Closed(_) => None,
            };
            let (writer, wall_ms) = (header.writer, header.wall_ms);
            let head = Head { op: op.hash, writer, wall_ms, value };
            self.heads.entry(slot).or_default().insert(op.hash, head);
        }
    }

    /// The heads of a field, ascending by op hash: none, one value, or a conflict.
    pub fn of(&self, dossier: DossierId, entity: EntityId, field: &str) -> Vec<&Head> {
        let slot = (dossier, entity, field.to_owned());
        self.heads.get(&slot).map(|heads| heads.values().collect()).unwrap_or_default()
    }

    /// The fields of an entity that have heads, ascending by name.
    pub fn fields(&self, dossier: DossierId, entity: EntityId) -> Vec<(&str, Vec<&Head>)> {
        let from = (dossier, entity, String::new());
        self.heads
            .range(from..)
            .take_while(|((d, e, _), _)| (*d, *e) == (dossier, entity))
            .filter(|(_, heads)| !heads.is_empty())
            .map(|((_, _, field), heads)| (field.as_str(), heads.values().collect()))
            .collect()
    }

    /// Every op on an entity, in the order in which they were taken.
    pub fn written(&self, dossier: DossierId, entity: EntityId) -> &[Written] {
        self.written.get(&(dossier, entity)).map(Vec::as_slice).unwrap_or_default()
    }

    /// The entities of a noun, ascending by dossier and id.
    pub fn entities(&self, noun: &str) -> Vec<(DossierId, EntityId)> {
        let named = self.nouns.iter().filter(|(_, nouns)| nouns.contains(noun));
        named.map(|(place, _)| *place).collect()
    }

    fn note_noun(&mut self, dossier: DossierId, entity: EntityId, kind: &Kind) {
        self.nouns.entry((dossier, entity)).or_default().insert(kind.noun().to_owned());
    }
}
