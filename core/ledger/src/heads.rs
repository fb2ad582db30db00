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
use crate::past::Past;
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

/// A value that some op once gave to a field, whether or not it still holds it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// What was said, and by which op.
    pub head: Head,
    /// The ops whose value it says that it replaces, ascending.
    pub over: Vec<Hash>,
}

impl Said {
    /// Whether the op says that it replaces an earlier value.
    #[must_use]
    pub fn replaces(&self) -> bool {
        !self.over.is_empty()
    }
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
    /// Values that were replaced.
    past: BTreeMap<Slot, BTreeMap<Hash, Head>>,
    /// What each op replaces.
    replacing: BTreeMap<Slot, BTreeMap<Hash, Vec<Hash>>>,
    /// The first kind seen of an entity is not stable under reordering, so all nouns are kept.
    nouns: BTreeMap<(DossierId, EntityId), BTreeSet<String>>,
    written: BTreeMap<(DossierId, EntityId), Vec<Written>>,
    pasts: BTreeMap<DossierId, Past>,
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
        self.pasts.entry(header.dossier).or_default().note(op.hash, header);
        let written = Written { op: op.hash, writer: header.writer, wall_ms: header.wall_ms };
        self.written.entry((header.dossier, header.entity)).or_default().push(written);
        for over in &header.over {
            let slot = slot(&over.field);
            if let Some(heads) = self.heads.get_mut(&slot) {
                let gone = over.heads.iter().filter_map(|head| heads.remove(head));
                let past = self.past.entry(slot.clone()).or_default();
                gone.for_each(|head| drop(past.insert(head.op, head)));
            }
            let replacing = self.replacing.entry(slot.clone()).or_default();
            replacing.insert(op.hash, over.heads.clone());
            self.replaced.entry(slot).or_default().extend(over.heads.iter().copied());
        }
        for field in op.body.iter().flat_map(|body| body.fields()) {
            let slot = slot(&field.name);
            let replaced = self.replaced.get(&slot).is_some_and(|ops| ops.contains(&op.hash));
            let value = match &field.content {
                Content::Open { value, .. } => Some(value.clone()),
                Content::Closed(_) => None,
            };
            let (writer, wall_ms) = (header.writer, header.wall_ms);
            let head = Head { op: op.hash, writer, wall_ms, value };
            let kept = if replaced { &mut self.past } else { &mut self.heads };
            kept.entry(slot).or_default().insert(op.hash, head);
        }
    }

    /// The heads of a field, ascending by op hash: none, one value, or a conflict.
    pub fn of(&self, dossier: DossierId, entity: EntityId, field: &str) -> Vec<&Head> {
        let slot = (dossier, entity, field.to_owned());
        self.heads.get(&slot).map(|heads| heads.values().collect()).unwrap_or_default()
    }

    /// Every value that a field was ever given, ascending by op hash.
    pub fn history(&self, dossier: DossierId, entity: EntityId, field: &str) -> Vec<Said> {
        let slot = (dossier, entity, field.to_owned());
        let over = |op: &Hash| {
            let replacing = self.replacing.get(&slot);
            replacing.and_then(|replacing| replacing.get(op)).cloned().unwrap_or_default()
        };
        let heads = [&self.past, &self.heads].into_iter().filter_map(|kept| kept.get(&slot));
        let said = heads.flatten().map(|(op, head)| Said { head: head.clone(), over: over(op) });
        let mut said: Vec<Said> = said.collect();
        said.sort_by_key(|said| said.head.op);
        said
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

    /// What the ops of a dossier build on.
    #[must_use]
    pub fn past(&self, dossier: DossierId) -> Past {
        self.pasts.get(&dossier).cloned().unwrap_or_default()
    }

    /// Nouns and entities of a dossier of which more than one op holds a field, ascending by
    /// entity: whatever is in conflict is among them.
    #[must_use]
    pub fn contested(&self, dossier: DossierId) -> Vec<(EntityId, &str)> {
        let within = self.heads.range((dossier, EntityId([0; 16]), String::new())..);
        let within = within.take_while(|((place, _, _), _)| *place == dossier);
        let many = within.filter(|(_, heads)| heads.len() > 1).map(|((_, entity, _), _)| *entity);
        let entities: BTreeSet<EntityId> = many.collect();
        let nouns = |entity: EntityId| {
            let nouns = self.nouns.get(&(dossier, entity)).into_iter().flatten();
            nouns.map(move |noun| (entity, noun.as_str()))
        };
        entities.into_iter().flat_map(nouns).collect()
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
