//! What is kept of each op while a package is walked: its place, its clocks, what it builds on.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use crate::body::Content;
use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::id::{BootId, DossierId, EntityId, WriterId};
use crate::op::Op;

/// What is kept of an op once its run has been checked.
pub(crate) struct Mark {
    pub(crate) dossier: DossierId,
    pub(crate) writer: WriterId,
    pub(crate) seq: u64,
    pub(crate) entity: EntityId,
    pub(crate) kind: Rc<str>,
    pub(crate) clocks: Clocks,
    /// Its place among the ops of the package.
    pub(crate) order: u32,
    /// The place of its seal among the seals of the package, if it has one.
    pub(crate) seal: Option<u32>,
    /// The checkpoint in its header.
    pub(crate) checkpoint: Option<Rc<Checkpoint>>,
    /// The places of the ops in its past that are here.
    pub(crate) past: Box<[u32]>,
}

/// The clocks of an op.
#[derive(Clone, Copy)]
pub(crate) struct Clocks {
    pub(crate) wall_ms: i64,
    pub(crate) mono_ms: u64,
    pub(crate) boot: BootId,
}

impl Clocks {
    pub(crate) fn of(op: &Op) -> Self {
        let header = &op.header;
        Self { wall_ms: header.wall_ms, mono_ms: header.mono_ms, boot: header.boot }
    }
}

/// The marks of all ops. Texts that many ops share are kept once.
#[derive(Default)]
pub(crate) struct Marks {
    by_hash: HashMap<Hash, Mark>,
    kinds: HashSet<Rc<str>>,
    newest: Option<Rc<Checkpoint>>,
}

impl Marks {
    pub(crate) fn get(&self, op: &Hash) -> Option<&Mark> {
        self.by_hash.get(op)
    }

    pub(crate) fn contains(&self, op: &Hash) -> bool {
        self.by_hash.contains_key(op)
    }

    pub(crate) fn len(&self) -> usize {
        self.by_hash.len()
    }

    /// Marks an op. What it builds on has been marked before, as far as it is here.
    pub(crate) fn insert(&mut self, op: &Op, seal: Option<u32>) {
        let header = &op.header;
        let over = header.over.iter().flat_map(|over| &over.heads);
        let past = header.prev.iter().chain(header.deps.iter().map(|dep| &dep.op)).chain(over);
        let mut past: Vec<u32> =
            past.filter_map(|op| self.by_hash.get(op)).map(|mark| mark.order).collect();
        past.sort_unstable();
        past.dedup();
        let mark = Mark {
            dossier: header.dossier,
            writer: header.writer,
            seq: header.seq,
            entity: header.entity,
            kind: self.kind(header.kind.as_str()),
            clocks: Clocks::of(op),
            order: u32::try_from(self.by_hash.len()).expect("a package has a million frames"),
            seal,
            checkpoint: header.checkpoint.as_ref().map(|checkpoint| self.checkpoint(checkpoint)),
            past: past.into_boxed_slice(),
        };
        self.by_hash.insert(op.hash, mark);
    }

    /// The ops in the order of the package, so that the past of each comes before it.
    pub(crate) fn in_order(&self) -> Vec<(&Hash, &Mark)> {
        let mut all: Vec<_> = self.by_hash.iter().collect();
        all.sort_unstable_by_key(|(_, mark)| mark.order);
        all
    }

    fn kind(&mut self, kind: &str) -> Rc<str> {
        if let Some(known) = self.kinds.get(kind) {
            return known.clone();
        }
        let kind: Rc<str> = kind.into();
        self.kinds.insert(kind.clone());
        kind
    }

    /// Ops that follow each other mostly name the same checkpoint.
    fn checkpoint(&mut self, checkpoint: &Checkpoint) -> Rc<Checkpoint> {
        match &self.newest {
            Some(known) if **known == *checkpoint => known.clone(),
            _ => self.newest.insert(Rc::new(checkpoint.clone())).clone(),
        }
    }
}

/// What people call an op: its caption, or the item that it answers.
pub(crate) fn label(op: &Op) -> Option<String> {
    let open = op.body.iter().flat_map(|body| body.fields());
    open.filter(|field| matches!(field.name.as_str(), "caption" | "item" | "title" | "name"))
        .find_map(|field| match &field.content {
            Content::Open { value, .. } => value.as_text().map(str::to_owned),
            Content::Closed(_) => None,
        })
}
