//! Devices that are taken back: what they go on writing is kept, and counts nowhere.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::action::{RevokeWriter, revoke_writer};
use angen_core::desk::Desk;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};

use crate::run::Scene;

/// Writers that are revoked in one run at most: somebody must be left to read.
const REVOKED_MAX: usize = 2;

/// A revocation, as the world remembers it: nothing of the product's own judging is in it.
pub(crate) struct Revoked {
    /// The writer.
    pub(crate) writer: WriterId,
    /// The op that revokes.
    pub(crate) op: Hash,
    /// The ops of the writer that go on counting: those that lay before the cut.
    pub(crate) kept: BTreeSet<Hash>,
}

impl Scene {
    /// Whether who holds this phone was revoked, by whatever the administrator wrote.
    pub(super) fn is_revoked(&self, who: usize) -> bool {
        self.revoked.iter().any(|revoked| revoked.writer == self.devices[who].officer)
    }

    /// The administrator takes a phone back: what she holds of its officer counts or, when she
    /// mistrusts a chain, that chain up to an earlier op.
    pub(super) fn revoke(&mut self, who: usize) -> bool {
        let (writer, town) = (self.devices[who].officer, &self.devices[0].town);
        if writer == town.place.administrator || self.revoked.len() >= REVOKED_MAX {
            return false;
        }
        let held = ops_of(&town.store, writer);
        let cut = self.dice.once_in(2).then(|| earlier_cut(&held, self.dice.number())).flatten();
        let desk = Desk::sign_in(&town.store, &town.ports, self.devices[0].officer).unwrap();
        let request =
            RevokeWriter {
                writer, reason: "手机遗失".to_owned(), cut: cut.into_iter().collect()
            };
        let Ok(op) = revoke_writer(&desk, &request) else { return false };
        let is_behind = |link: &Link| {
            cut.is_some_and(|(dossier, last)| {
                link.dossier == dossier && last.is_none_or(|last| link.seq > last)
            })
        };
        let kept = held.iter().filter(|(_, link)| !is_behind(link)).map(|(op, _)| *op);
        self.revoked.push(Revoked { writer, op, kept: kept.collect() });
        self.may_fork.insert(writer);
        true
    }
}

/// Where an op of a writer stands.
struct Link {
    dossier: DossierId,
    seq: u64,
}

/// The ops of a writer that a store holds, with their past.
fn ops_of(held: &Store, writer: WriterId) -> BTreeMap<Hash, Link> {
    let mut ops = BTreeMap::new();
    for dossier in held.read(store::dossiers).unwrap() {
        for stored in held.read(|read| store::ops_of_dossier(read, dossier)).unwrap() {
            let header = &stored.op.header;
            if header.writer == writer && !stored.pending {
                ops.insert(stored.op.hash, Link { dossier, seq: header.seq });
            }
        }
    }
    ops
}

/// A chain and its last op that counts: just before one that was drawn; none before the first.
fn earlier_cut(held: &BTreeMap<Hash, Link>, drawn: u64) -> Option<(DossierId, Option<u64>)> {
    let place = usize::try_from(drawn % held.len().max(1) as u64).unwrap_or_default();
    let (_, link) = held.iter().nth(place)?;
    Some((link.dossier, link.seq.checked_sub(1)))
}

/// Every op that must not count, by what the world remembers of the revocations that `held` has.
pub(crate) fn expected(scene: &Scene, held: &Store) -> BTreeSet<Hash> {
    let mut aside = BTreeSet::new();
    for revoked in &scene.revoked {
        if held.read(|read| store::has_op(read, revoked.op)).unwrap() {
            let ops = ops_of(held, revoked.writer);
            aside.extend(ops.into_keys().filter(|op| !revoked.kept.contains(op)));
        }
    }
    aside
}

/// What a reader lets count though it must not, or sets aside though it counts.
pub(crate) fn wrong(scene: &Scene, held: &Store) -> Vec<String> {
    let expected = expected(scene, held);
    let aside: BTreeSet<Hash> =
        held.read(store::quarantined).unwrap().into_iter().map(|one| one.op.hash).collect();
    let mut wrong = Vec::new();
    for op in expected.symmetric_difference(&aside) {
        let how = if aside.contains(op) { "is set aside and counts" } else { "must be set aside" };
        wrong.push(format!("op {} {how}", op.short()));
    }
    for revoked in &scene.revoked {
        for op in ops_of(held, revoked.writer).into_keys() {
            if is_effective(held, op) == expected.contains(&op) {
                wrong.push(format!("op {}: its fields say otherwise", op.short()));
            }
        }
    }
    wrong
}

/// Whether the projection has an op.
pub(crate) fn is_effective(held: &Store, op: Hash) -> bool {
    let written = held.read(|read| {
        let header = store::require_op(read, op)?.header;
        store::fields_of(read, header.dossier, header.entity)
    });
    written.unwrap().written().iter().any(|written| written.op == op)
}
