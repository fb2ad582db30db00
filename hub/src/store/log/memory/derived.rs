//! What follows from the ops and certificates that are held: a pure function of them, worked out
//! again after each change.
//!
//! A database keeps these as tables and brings them up to date; here they show what those tables
//! must come to.

use std::borrow::Cow;
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use angen_core::domain::{HeadsSource, Hold, area_claimed_by, claimed_areas, read_all};
use angen_core::error::Result;
use angen_core::store::Held;
use angen_ledger::certificate::{Certificate, SignedCertificate};
use angen_ledger::erasure::{Erasures, may_be_erased};
use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::heads::Heads;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::revocation::{Link, Links, Revocations};

/// Ops by their hash.
pub(super) type Ops = HashMap<Hash, Arc<Op>>;

/// What follows.
#[derive(Default)]
pub(super) struct Derived {
    /// Ops whose whole past is here.
    pub(super) applied: HashSet<Hash>,
    /// Ops that do not count.
    pub(super) quarantined: BTreeSet<Hash>,
    /// The ops that revoke or adopt and that count.
    pub(super) counting: BTreeSet<Hash>,
    /// Fields that are erased, by op: also those that a hold still keeps.
    pub(super) erased: BTreeMap<Hash, BTreeSet<String>>,
    heads: Heads,
    dossiers: Vec<DossierId>,
}

impl Derived {
    /// From all ops and certificates.
    pub(super) fn of(ops: &Ops, certificates: &[Held]) -> Self {
        let applied = applied(ops);
        let here: Vec<&Arc<Op>> = ops.values().filter(|op| applied.contains(&op.hash)).collect();
        let signed: Vec<&SignedCertificate> = certificates.iter().map(|(_, one)| one).collect();
        let mut said = Revocations::default();
        here.iter().for_each(|op| said.note(op));
        let in_force = said.in_force(&signed, &links_of(&said, &here));
        let quarantined: BTreeSet<Hash> = in_force.quarantined.into_keys().collect();
        let mut heads = Heads::default();
        for op in here.iter().filter(|op| !quarantined.contains(&op.hash)) {
            heads.apply(&through(op, ops, &quarantined));
        }
        let known: Vec<&Certificate> = signed.iter().map(|one| &one.certificate).collect();
        let erased = erased(ops, &here, &known);
        let dossiers: BTreeSet<DossierId> = ops.values().map(|op| op.header.dossier).collect();
        let (counting, dossiers) = (in_force.counting, dossiers.into_iter().collect());
        Self { applied, quarantined, counting, erased, heads, dossiers }
    }

    /// The nouns, to be read as from any store; a hub judges nothing that is signed beside the ops.
    pub(super) fn source(&self) -> HeadsSource<'_> {
        HeadsSource(&self.heads, &self.dossiers, &[])
    }

    /// Whether a legal hold stands on a dossier.
    pub(super) fn is_held(&self, dossier: DossierId) -> Result<bool> {
        let holds: Vec<Hold> = read_all(&self.source(), dossier)?;
        Ok(holds.iter().any(|hold| !hold.lifted))
    }

    /// The areas that the openings of a dossier claim, quarantined ones included, ascending.
    pub(super) fn areas_of(&self, ops: &Ops, dossier: DossierId) -> Result<Vec<String>> {
        let mut areas = claimed_areas(&self.source(), dossier)?;
        let aside = self.quarantined.iter().filter_map(|hash| ops.get(hash));
        let aside = aside.filter(|op| op.header.dossier == dossier);
        areas.extend(aside.filter_map(|op| area_claimed_by(op)));
        areas.sort_unstable();
        areas.dedup();
        Ok(areas)
    }
}

/// What an op builds on within its dossier.
fn past(header: &Header) -> impl Iterator<Item = Hash> {
    let deps = header.deps.iter().map(|dep| dep.op);
    let over = header.over.iter().flat_map(|over| over.heads.iter().copied());
    header.prev.into_iter().chain(deps).chain(over)
}

/// The ops whose whole past is here. Hashes cannot form a circle, so this ends.
fn applied(ops: &Ops) -> HashSet<Hash> {
    let mut applied = HashSet::new();
    let mut waiting: Vec<&Arc<Op>> = ops.values().collect();
    loop {
        let before = waiting.len();
        waiting.retain(|op| {
            let is_ready = past(&op.header).all(|hash| applied.contains(&hash));
            if is_ready {
                applied.insert(op.hash);
            }
            !is_ready
        });
        if waiting.len() == before {
            return applied;
        }
    }
}

/// Every op of the writers that are spoken of.
fn links_of(said: &Revocations, here: &[&Arc<Op>]) -> Links {
    let writers = said.writers();
    let theirs = here.iter().filter(|op| writers.contains(&op.header.writer));
    theirs.map(|op| (op.hash, Link::from(&op.header))).collect()
}

/// An op that replaces one that does not count replaces what that one had replaced: who wrote it
/// has seen both.
fn through<'o>(op: &'o Op, ops: &Ops, quarantined: &BTreeSet<Hash>) -> Cow<'o, Op> {
    let named = op.header.over.iter().flat_map(|over| &over.heads);
    if !named.into_iter().any(|head| quarantined.contains(head)) {
        return Cow::Borrowed(op);
    }
    let mut op = op.clone();
    let place = (op.header.dossier, op.header.entity);
    for over in &mut op.header.over {
        let (mut all, mut next) = (BTreeSet::new(), over.heads.clone());
        while let Some(head) = next.pop() {
            if !all.insert(head) || !quarantined.contains(&head) {
                continue;
            }
            let replaced =
                ops.get(&head).filter(|op| (op.header.dossier, op.header.entity) == place);
            let before = replaced.iter().flat_map(|op| &op.header.over);
            let before = before.filter(|before| before.field == over.field);
            next.extend(before.flat_map(|before| before.heads.iter().copied()));
        }
        over.heads = all.into_iter().collect();
    }
    Cow::Owned(op)
}

/// The fields that are erased. That one of the two persons is revoked later brings nothing back,
/// so ops that do not count speak here as well.
fn erased(
    ops: &Ops,
    here: &[&Arc<Op>],
    known: &[&Certificate],
) -> BTreeMap<Hash, BTreeSet<String>> {
    let mut erasures = Erasures::default();
    here.iter().for_each(|op| erasures.note(op));
    let mut erased: BTreeMap<Hash, BTreeSet<String>> = BTreeMap::new();
    for ((target, field), by) in erasures.in_force(known) {
        let (Some(op), Some(by)) = (ops.get(&target), ops.get(&by)) else { continue };
        if op.header.dossier == by.header.dossier && may_be_erased(op.header.kind.noun()) {
            erased.entry(target).or_default().insert(field);
        }
    }
    erased
}
