//! Opens every count of a board to the ops behind it 凭什么这样计: who wrote each, what, and when.
//!
//! A wall time is a claim of one device. So beside it stands what others bear out: not before
//! what the op builds on, not after what another writer built on it; and whether a hub has said
//! anything.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::op::Op;
use rusqlite::Connection;

use crate::domain::{Dossier, Officer, Source, read_all};
use crate::error::Result;
use crate::procedure::{self, Board, Condition, Part};
use crate::store::{self, Store};

/// A condition of the board with the ops that it rests on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Why {
    /// Which part.
    pub part: Part,
    /// What the unit is called; empty for what is lacking altogether.
    pub title: String,
    /// The condition.
    pub condition: Condition,
    /// Its ops, in the order of their claimed times.
    pub ops: Vec<WhyOp>,
}

/// An op behind a count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WhyOp {
    /// The op.
    pub op: Hash,
    /// Where it lies.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// What was done, such as `evidence.capture/1`.
    pub kind: String,
    /// Who did it.
    pub writer: WriterId,
    /// The name on the roster, where it is held.
    pub name: Option<String>,
    /// When, as its device claims, in milliseconds since 1970 UTC.
    pub claimed_ms: i64,
    /// The latest time that an op claims which this one builds on.
    pub after_ms: Option<i64>,
    /// The earliest time that an op of another writer claims which builds on this one.
    pub before_ms: Option<i64>,
    /// The log of a hub whose checkpoint it carries: then it was not written before that.
    pub checkpoint: Option<String>,
}

/// The board, and the ops behind each condition of one part, or of every part.
///
/// # Errors
/// `NotFound` when the dossier holds no assistance visit; `Paused`, `Storage`, `Malformed`.
pub fn why(
    store: &Store,
    assistance: DossierId,
    part: Option<Part>,
    as_of_ms: i64,
) -> Result<(Board, Vec<Why>)> {
    store.read(|read| {
        let board = procedure::board(read, assistance, as_of_ms)?;
        let mut looking = Looking::open(read)?;
        let mut all = Vec::new();
        for shown in board.parts.iter().filter(|shown| part.is_none_or(|part| part == shown.part)) {
            let of_units = shown
                .units
                .iter()
                .flat_map(|unit| unit.conditions.iter().map(|c| (unit.title.as_str(), c)));
            for (title, condition) in shown.gap.iter().map(|gap| ("", gap)).chain(of_units) {
                let ops = looking.all(&condition.ops)?;
                let (part, title) = (shown.part, title.to_owned());
                all.push(Why { part, title, condition: condition.clone(), ops });
            }
        }
        Ok((board, all))
    })
}

/// Ops that were looked up, a dossier at a time.
struct Looking<'c> {
    read: &'c Connection,
    names: BTreeMap<WriterId, String>,
    dossiers: BTreeMap<DossierId, Vec<Op>>,
}

impl<'c> Looking<'c> {
    fn open(read: &'c Connection) -> Result<Self> {
        let mut names = BTreeMap::new();
        for dossier in read.dossiers()? {
            let opened: Vec<Dossier> = read_all(read, dossier)?;
            if opened.iter().any(|opened| opened.kind == "roster") {
                let people = read_all::<Officer>(read, dossier)?;
                names.extend(people.into_iter().map(|person| (person.writer, person.name)));
            }
        }
        Ok(Self { read, names, dossiers: BTreeMap::new() })
    }

    fn all(&mut self, hashes: &[Hash]) -> Result<Vec<WhyOp>> {
        let mut ops = Vec::with_capacity(hashes.len());
        for hash in hashes {
            let op = store::require_op(self.read, *hash)?;
            let dossier = op.header.dossier;
            if !self.dossiers.contains_key(&dossier) {
                let held = store::ops_of_dossier(self.read, dossier)?;
                self.dossiers.insert(dossier, held.into_iter().map(|held| held.op).collect());
            }
            ops.push(self.one(&op));
        }
        ops.sort_by_key(|op| (op.claimed_ms, op.op));
        Ok(ops)
    }

    fn one(&self, op: &Op) -> WhyOp {
        let header = &op.header;
        let of_dossier = self.dossiers.get(&header.dossier).map(Vec::as_slice).unwrap_or_default();
        let over = header.over.iter().flat_map(|over| &over.heads);
        let past: Vec<&Hash> =
            header.prev.iter().chain(header.deps.iter().map(|dep| &dep.op)).chain(over).collect();
        let before = of_dossier.iter().filter(|other| past.contains(&&other.hash));
        // Whoever names a writer's op has seen every op of that writer up to it.
        let has_seen = |other: &&Op| {
            let deps = other.header.deps.iter();
            deps.filter(|dep| dep.writer == header.writer).any(|dep| dep.seq >= header.seq)
        };
        let after = of_dossier.iter().filter(has_seen);
        WhyOp {
            op: op.hash,
            dossier: header.dossier,
            entity: header.entity,
            kind: header.kind.as_str().to_owned(),
            writer: header.writer,
            name: self.names.get(&header.writer).cloned(),
            claimed_ms: header.wall_ms,
            after_ms: before.map(|other| other.header.wall_ms).max(),
            before_ms: after.map(|other| other.header.wall_ms).min(),
            checkpoint: header.checkpoint.as_ref().map(|checkpoint| checkpoint.origin.clone()),
        }
    }
}
