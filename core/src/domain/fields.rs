//! The fields of an entity, each with its heads: one is a value, more are a conflict.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::heads::{Head, Written};
use angen_ledger::value::Value;

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
    /// value counts is read through [`Fields::worst`].
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        self.heads(name).iter().find_map(|head| head.value.as_ref())
    }

    /// The value of a safety-relevant field: in a conflict the one that stands first in `order`,
    /// which goes from the worst to the best.
    #[must_use]
    pub fn worst(&self, name: &str, order: &[&str]) -> Option<&str> {
        let texts = self.heads(name).iter().filter_map(|head| head.value.as_ref()?.as_text());
        texts.min_by_key(|text| order.iter().position(|known| known == text))
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
