//! What must hold once the network has healed.

use std::collections::BTreeSet;

use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::op::Op;

use crate::device::Device;
use crate::newer;
use crate::run::revoked::{Revoked, is_effective};
use crate::run::{Scene, erased, revoked};

/// What does not hold.
pub(crate) fn faults(scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let hub = picture(&scene.hub.store);
    for (who, device) in scene.devices.iter().enumerate() {
        let here = picture(&device.town.store);
        let is_revoked = is_taken_back(scene, device);
        let wrong = if scene.stuck.contains(&who) {
            Vec::new()
        } else if is_revoked {
            handed_over(&here, &hub)
        } else {
            // Signing in makes good what an erasure still owes.
            let _ = device.town.desk(device.officer);
            let mut wrong = differences(&here, &hub);
            wrong.extend(promises(scene, &device.town.store, &hub));
            wrong
        };
        let wrong =
            wrong.into_iter().chain(kept(&here, &hub)).chain(damage(device, &hub, is_revoked));
        faults.extend(wrong.map(|what| format!("phone {who}: {what}")));
    }
    let broken = promises(scene, &scene.hub.store, &hub);
    faults.extend(broken.into_iter().map(|what| format!("hub: {what}")));
    faults.extend(unexpected_forks(scene));
    let log = scene.hub.store.read(store::newest_log).unwrap().unwrap();
    if let Some(fault) = scene.hub.store.read(|read| log.first_fault(read)).unwrap() {
        faults.push(format!("the hub's log: {fault:?}"));
    }
    faults
}

/// What the hub must have heard of in some seed, or the checks above have nothing to say.
pub(crate) const HEARD: [&str; 4] = [
    "ops of a revoked phone are set aside",
    "ops of a revoked phone go on counting",
    "an erasure is heard of",
    "an op of a newer build is carried on",
];

/// What of that the hub has heard of.
pub(crate) fn heard(scene: &Scene) -> impl Iterator<Item = &'static str> {
    let hub = &scene.hub.store;
    let has = |op| hub.read(|read| store::has_op(read, op)).unwrap();
    let counts = |revoked: &Revoked| {
        has(revoked.op) && revoked.kept.iter().any(|op| has(*op) && is_effective(hub, *op))
    };
    let is_heard = [
        !revoked::expected(scene, hub).is_empty(),
        scene.revoked.iter().any(counts),
        scene.erased.iter().any(|erased| has(erased.by)),
        scene.newer.iter().any(|newer| has(newer.hash)),
    ];
    HEARD.into_iter().zip(is_heard).filter_map(|(name, is_heard)| is_heard.then_some(name))
}

/// Whether the hub has heard that who holds this phone is revoked: then it shows her nothing.
fn is_taken_back(scene: &Scene, device: &Device) -> bool {
    scene.revoked.iter().any(|revoked| {
        let heard = || scene.hub.store.read(|read| store::has_op(read, revoked.op)).unwrap();
        revoked.writer == device.officer && heard()
    })
}

/// A phone that was taken back has handed over every record that it has: evidence is not lost with
/// a right.
fn handed_over(here: &Picture, hub: &Picture) -> Vec<String> {
    let left = here.all.difference(&hub.all).count();
    if left == 0 { Vec::new() } else { vec![format!("was revoked, and keeps {left} ops")] }
}

/// Who reads holds what the hub holds, with receipts for all of it.
fn differences(here: &Picture, hub: &Picture) -> Vec<String> {
    let mut wrong = Vec::new();
    let can_compare = hub.shells.is_empty();
    if can_compare && here.digest != hub.digest {
        let (ops, at_hub) = (here.all.len(), hub.all.len());
        wrong.push(format!("holds {ops} ops and another digest than the hub, {at_hub}"));
    }
    if can_compare && here.heads != hub.heads {
        wrong.push("has other heads than the hub".to_owned());
    }
    // Of a phone that was lost between headers and bodies the hub keeps the headers, gives no
    // receipt for them, and shows them to nobody (number 44).
    let shown: BTreeSet<Hash> = hub.all.difference(&hub.shells).copied().collect();
    if here.all != shown {
        wrong.push(format!("holds {} ops, the hub shows {}", here.all.len(), shown.len()));
    }
    if here.waiting > 0 {
        wrong.push(format!("{} things have no receipt", here.waiting));
    }
    if here.blobs != hub.blobs {
        wrong.push(format!("holds {} blobs, the hub {}", here.blobs.len(), hub.blobs.len()));
    }
    wrong
}

/// What nobody loses, whoever reads: what has a receipt.
fn kept(here: &Picture, hub: &Picture) -> Vec<String> {
    // What was erased stays receipted, and is nowhere.
    let is_held =
        |it: &&Hash| hub.seals.contains(it) || hub.blobs.contains(it) || hub.erased.contains(it);
    let lost = here.receipted.iter().filter(|it| !is_held(it));
    let mut wrong: Vec<String> =
        lost.map(|lost| format!("has a receipt for {lost} and the hub lost it")).collect();
    if here.unproved > 0 {
        wrong.push(format!("{} receipts lead to no head that is kept", here.unproved));
    }
    wrong
}

/// What the world remembers, held against what an honest reader has made of it.
fn promises(scene: &Scene, held: &Store, hub: &Picture) -> Vec<String> {
    let mut wrong = revoked::wrong(scene, held);
    wrong.extend(erased::traces(scene, held));
    // Of a phone that became another one the hub may have the header alone (number 54).
    let whole = scene.newer.iter().filter(|newer| !hub.shells.contains(&newer.hash));
    wrong.extend(whole.filter_map(|newer| newer::wrong(newer, held)));
    wrong
}

fn damage(device: &Device, hub: &Picture, is_revoked: bool) -> Vec<String> {
    let problems = angen_core::action::fsck(&device.town.store).unwrap().problems;
    // A file that was lost with a phone before it was sent is nowhere, and who was revoked is
    // given none.
    let is_lost = |problem: &(String, &str, &str)| {
        problem.2.contains("file is missing")
            && (is_revoked || !hub.blobs.iter().any(|address| address.to_string() == problem.0))
    };
    let real = problems.into_iter().filter(|problem| !is_lost(problem));
    real.map(|problem| format!("{problem:?}")).collect()
}

struct Picture {
    digest: Hash,
    all: BTreeSet<Hash>,
    /// Ops of runs of which a body never came.
    shells: BTreeSet<Hash>,
    heads: Vec<angen_ledger::header::Dep>,
    seals: BTreeSet<Hash>,
    blobs: BTreeSet<Hash>,
    erased: BTreeSet<Hash>,
    receipted: Vec<Hash>,
    waiting: usize,
    unproved: usize,
}

fn picture(held: &Store) -> Picture {
    held.read(|read| {
        let mut picture = Picture {
            digest: store::digest(read)?,
            all: BTreeSet::new(),
            shells: BTreeSet::new(),
            heads: Vec::new(),
            seals: BTreeSet::new(),
            blobs: BTreeSet::new(),
            erased: store::erased_blobs(read)?,
            receipted: Vec::new(),
            waiting: 0,
            unproved: 0,
        };
        let checkpoints = store::checkpoints_kept(read)?;
        for dossier in store::dossiers(read)? {
            picture.heads.extend(store::heads_of(read, dossier)?);
            let ops = store::ops_of_dossier(read, dossier)?.into_iter();
            picture.all.extend(ops.map(|stored| stored.op.hash));
            let seals = store::seals_of(read, dossier)?;
            for (cose, seal) in &seals {
                if !store::is_run_whole(read, seal)? {
                    for (header, _) in store::run_under(read, cose, seal)?.ops {
                        picture.shells.insert(Op::read(&header, None)?.hash);
                    }
                }
            }
            picture.seals.extend(seals.iter().map(|(_, seal)| seal.hash));
            for blob in store::named_blobs(read, dossier)? {
                let is_here = held.blobs().held_bytes(blob)? == blob.length;
                if is_here && held.blobs().is_intact(blob.address)? {
                    picture.blobs.insert(blob.address);
                }
            }
            for kept in store::receipts_of(read, dossier)? {
                let entry = &kept.receipt.entry;
                // Of a hub that lied two heads of one size may be here.
                let leads_to_one = checkpoints.iter().any(|known| {
                    let head = &known.signed.checkpoint;
                    let is_its = head.origin == kept.origin && head.size == kept.receipt.size;
                    is_its && known.agrees && kept.receipt.is_in(head)
                });
                picture.unproved += usize::from(!leads_to_one);
                picture.receipted.push(entry.subject);
            }
            let left = store::unreceipted(read, dossier, None)?;
            let absent = |blob: &&angen_ledger::header::BlobRef| !held.blobs().holds(blob.address);
            let lost = left.blobs.iter().filter(absent).count();
            picture.waiting += left.seals.len() + left.blobs.len() - lost;
        }
        picture.heads.sort_unstable();
        Ok(picture)
    })
    .unwrap()
}

/// Chains with two ends of writers who had no reason to fork.
fn unexpected_forks(scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let mut seen = BTreeSet::new();
    let dossiers = scene.hub.store.read(store::dossiers).unwrap();
    for dossier in dossiers {
        seen.clear();
        for head in scene.hub.store.read(|read| store::heads_of(read, dossier)).unwrap() {
            if !seen.insert(head.writer) && !scene.may_fork.contains(&head.writer) {
                faults.push(format!("writer {} forked in {dossier} unasked", head.writer));
            }
        }
    }
    faults
}
