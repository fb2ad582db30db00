//! The fields of an entity, each with its heads: one is a value, more are a conflict.

use std::borrow::Cow;
use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::heads::{Head, Written};
use angen_ledger::value::Value;

use crate::domain::hold_rule;

/// Fields by name. Made from the store's projection or from a package: the nouns do not care.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fields {
    heads: BTreeMap<String, Vec<Head>>,
    written: Vec<Written>,
}

impl Fields {
    /// Adds a head. Heads are kept ascending by op hash, so that the order of adding is not seen.
    pub fn add(&mut self, name: &str, head: Head) {
        let heads = self.heads.entry(name.to_owned()).or_default();
        let place = heads.partition_point(|known| known.op < head.op);
        heads.insert(place, head);
    }

    /// Notes an op that was written on the entity. Kept ascending by op hash, each once.
    pub fn note_written(&mut self, written: Written) {
        let place = self.written.partition_point(|known| known.op < written.op);
        if self.written.get(place).is_none_or(|known| known.op != written.op) {
            self.written.insert(place, written);
        }
    }

    /// Every op on the entity, ascending by hash: those whose fields were all replaced as well.
    #[must_use]
    pub fn written(&self) -> &[Written] {
        &self.written
    }

    /// Whether nothing has set any field.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.heads.is_empty()
    }

    /// The heads of a field, ascending by op hash.
    #[must_use]
    pub fn heads(&self, name: &str) -> &[Head] {
        self.heads.get(name).map(Vec::as_slice).unwrap_or_default()
    }

    /// Every head with the name of its field, ascending by name and op hash.
    pub fn all(&self) -> impl Iterator<Item = (&str, &Head)> {
        self.heads.iter().flat_map(|(name, heads)| heads.iter().map(|head| (name.as_str(), head)))
    }

    /// The ops that hold a field now: what a new value replaces.
    #[must_use]
    pub fn head_ops(&self, name: &str) -> Vec<Hash> {
        self.heads(name).iter().map(|head| head.op).collect()
    }

    /// The names of fields with more than one head.
    pub fn conflicts(&self) -> impl Iterator<Item = &str> {
        self.heads.iter().filter(|(_, heads)| heads.len() > 1).map(|(name, _)| name.as_str())
    }

    /// Every op that holds some field, each once, ascending.
    #[must_use]
    pub fn ops(&self) -> Vec<Hash> {
        let mut ops: Vec<Hash> = self.heads.values().flatten().map(|head| head.op).collect();
        ops.sort_unstable();
        ops.dedup();
        ops
    }

    /// The op that was written last by its writer's clock, ties by hash.
    #[must_use]
    pub fn newest(&self) -> Option<Hash> {
        let heads = self.heads.values().flatten();
        heads.max_by_key(|head| (head.wall_ms, head.op)).map(|head| head.op)
    }

    /// The value of a field. In a conflict: the value of the first head; a field whose worse
    /// value counts is read through [`Fields::held`].
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.heads(name).iter().find_map(|head| head.value.as_ref())
    }

    /// The head that holds of a field of a noun: the only one, or in a conflict the one that the
    /// table of [`crate::domain::HOLD_RULES`] names until a person decides.
    #[must_use]
    pub fn holding(&self, noun: &str, name: &str) -> Option<&Head> {
        let heads = self.heads(name);
        match hold_rule(noun, name) {
            Some(rule) => rule.holds.pick(heads),
            None => heads.iter().find(|head| head.value.is_some()).or(heads.first()),
        }
    }

    /// The value that holds of a field of a noun.
    #[must_use]
    pub fn held(&self, noun: &str, name: &str) -> Option<&Value> {
        self.holding(noun, name)?.value.as_ref()
    }

    /// The text that holds of a field of a noun.
    #[must_use]
    pub fn held_text(&self, noun: &str, name: &str) -> Option<&str> {
        self.held(noun, name)?.as_text()
    }

    /// The fields as one op says them, wherever it is one of several heads: what was written
    /// together is read together.
    #[must_use]
    pub fn as_said_by(&self, op: Hash) -> Cow<'_, Self> {
        let is_one_of_many =
            |heads: &Vec<Head>| heads.len() > 1 && heads.iter().any(|head| head.op == op);
        if !self.heads.values().any(is_one_of_many) {
            return Cow::Borrowed(self);
        }
        let mut said = self.clone();
        let contested = said.heads.values_mut().filter(|heads| is_one_of_many(heads));
        contested.for_each(|heads| heads.retain(|head| head.op == op));
        Cow::Owned(said)
    }

    /// Whether the heads of a field differ. Of one that is withheld nobody can say that it does
    /// not.
    #[must_use]
    pub fn differs(&self, name: &str) -> bool {
        let heads = self.heads(name);
        let first = heads.first().and_then(|head| head.value.as_ref());
        heads.len() > 1
            && heads.iter().any(|head| head.value.is_none() || head.value.as_ref() != first)
    }

    /// Puts other heads in the place of those of a field: what a reader finds who does not take
    /// every op for good.
    pub(crate) fn replace(&mut self, name: &str, heads: Vec<Head>) {
        self.heads.remove(name);
        heads.into_iter().for_each(|head| self.add(name, head));
    }

    /// The text of a field.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        self.value(name)?.as_text()
    }

    /// The whole number of a field.
    #[must_use]
    pub fn int(&self, name: &str) -> Option<i64> {
        self.value(name)?.as_int()
    }

    /// The texts of a list field.
    #[must_use]
    pub fn texts(&self, name: &str) -> Vec<&str> {
        let values = self.value(name).and_then(Value::as_array).unwrap_or_default();
        values.iter().filter_map(Value::as_text).collect()
    }

    /// The hashes or ids of a list field.
    #[must_use]
    pub fn bytes_list(&self, name: &str) -> Vec<&[u8]> {
        let values = self.value(name).and_then(Value::as_array).unwrap_or_default();
        values.iter().filter_map(Value::as_bytes).collect()
    }

    /// The bytes of a field.
    #[must_use]
    pub fn bytes(&self, name: &str) -> Option<&[u8]> {
        self.value(name)?.as_bytes()
    }
}
