//! What must hold once the network has healed.

use std::collections::BTreeSet;

use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;

use crate::run::Scene;

/// What does not hold.
pub(crate) fn faults(scene: &Scene) -> Vec<String> {
    let mut faults = Vec::new();
    let hub = picture(&scene.hub.store);
    for (who, device) in scene.devices.iter().enumerate() {
        let mut wrong = |what: String| faults.push(format!("phone {who}: {what}"));
        let here = picture(&device.town.store);
        if here.digest != hub.digest {
            wrong(format!("holds {} ops and another digest than the hub, {}", here.ops, hub.ops));
        }
        if here.heads != hub.heads {
            wrong("has other heads than the hub".to_owned());
        }
        for subject in &here.receipted {
            if !hub.seals.contains(subject) && !hub.blobs.contains(subject) {
                wrong(format!("has a receipt for {subject} and the hub lost it"));
            }
        }
        if here.unproved > 0 {
            wrong(format!("{} receipts lead to no head that is kept", here.unproved));
        }
        if here.waiting > 0 {
            wrong(format!("{} things have no receipt", here.waiting));
        }
        if here.blobs != hub.blobs {
            wrong(format!("holds {} blobs, the hub {}", here.blobs.len(), hub.blobs.len()));
        }
        for problem in angen_core::action::fsck(&device.town.store).unwrap().problems {
            // A file that was lost with a phone before it was sent is nowhere.
            let is_lost = problem.2.contains("file is missing")
                && !hub.blobs.iter().any(|address| address.to_string() == problem.0);
            if !is_lost {
                wrong(format!("{problem:?}"));
            }
        }
    }
    faults.extend(unexpected_forks(scene));
    let log = scene.hub.store.read(store::newest_log).unwrap().unwrap();
    if let Some(fault) = scene.hub.store.read(|read| log.first_fault(read)).unwrap() {
        faults.push(format!("the hub's log: {fault:?}"));
    }
    faults
}

struct Picture {
    digest: Hash,
    ops: u64,
    heads: Vec<angen_ledger::header::Dep>,
    seals: BTreeSet<Hash>,
    blobs: BTreeSet<Hash>,
    receipted: Vec<Hash>,
    waiting: usize,
    unproved: usize,
}

fn picture(held: &Store) -> Picture {
    held.read(|read| {
        let mut picture = Picture {
            digest: store::digest(read)?,
            ops: store::count_ops(read)?,
            heads: Vec::new(),
            seals: BTreeSet::new(),
            blobs: BTreeSet::new(),
            receipted: Vec::new(),
            waiting: 0,
            unproved: 0,
        };
        let checkpoints = store::checkpoints_kept(read)?;
        for dossier in store::dossiers(read)? {
            picture.heads.extend(store::heads_of(read, dossier)?);
            let seals = store::seals_of(read, dossier)?;
            picture.seals.extend(seals.iter().map(|(_, seal)| seal.hash));
            for blob in store::named_blobs(read, dossier)? {
                let is_here = held.blobs().held_bytes(blob)? == blob.length;
                if is_here && held.blobs().is_intact(blob.address)? {
                    picture.blobs.insert(blob.address);
                }
            }
            for kept in store::receipts_of(read, dossier)? {
                let entry = &kept.receipt.entry;
                let head = checkpoints.iter().find(|known| {
                    let head = &known.signed.checkpoint;
                    head.origin == kept.origin && head.size == kept.receipt.size
                });
                picture.unproved += usize::from(
                    !head.is_some_and(|head| kept.receipt.is_in(&head.signed.checkpoint)),
                );
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
