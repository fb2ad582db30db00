//! The tree: it only grows, its proofs hold, and epochs leave each other alone.

use angen_hub::store::{LogStore, MemoryBlobs, Submission};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::key::Signer;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::entry::Entry;
use angen_ledger::log::proof::{Head, verify_consistency};
use angen_ledger::log::tile::{TILE_WIDTH, Tile};

use super::hand::Hand;
use super::sites::{Kept, ORIGIN, Site};
use super::world::{World, dossier};
use crate::disk::FaultyDisk;

const PLACES: u8 = 2;

fn newest(log: &dyn LogStore, hand: &Hand) -> Checkpoint {
    let note = log.checkpoint().unwrap().unwrap();
    let signed = SignedCheckpoint::read(&note).unwrap();
    signed.verify(&hand.public_key()).unwrap();
    signed.checkpoint
}

/// Every entry in the order of the log, each proved in the newest head.
fn entries(log: &dyn LogStore, head: &Checkpoint) -> Vec<Entry> {
    let mut all = Vec::new();
    for place in 1..=PLACES {
        let (mut since, mut found) = (0, Vec::new());
        loop {
            let some = log.receipts_since(dossier(place), since, 7).unwrap();
            assert_eq!(some.size, head.size);
            let Some(last) = some.receipts.last() else { break };
            since = last.index + 1;
            found.extend(some.receipts);
        }
        all.extend(found);
    }
    all.sort_by_key(|receipt| receipt.index);
    for (place, receipt) in (0_u64..).zip(&all) {
        assert!(receipt.index == place && receipt.is_in(head));
    }
    all.into_iter().map(|receipt| receipt.entry).collect()
}

pub(super) fn the_log_only_grows_and_every_proof_holds<S: Site>() {
    let mut world = World::new(30);
    let kept = Kept::<S>::new(&world);
    let log = &*kept.log;
    let mut given: Vec<Submission> =
        (1..=PLACES).map(|place| world.open(0, dossier(place))).collect();
    // More than a tile holds, so that the second level has a hash.
    given.extend((0..270).map(|at| world.photo(at % 2, dossier(1 + (at % 2) as u8)).0));
    let mut heads = vec![newest(log, &kept.hand)];
    for some in given.chunks(39) {
        let (outcomes, signed) = kept.take(some).unwrap();
        assert!(outcomes.iter().all(Result::is_ok));
        let head = newest(log, &kept.hand);
        assert_eq!(signed.as_ref(), Some(&head), "one head over all that came together");
        assert_eq!(head.size, heads.last().unwrap().size + some.len() as u64);
        heads.push(head);
    }
    let last = heads.last().unwrap().clone();
    for head in &heads {
        assert_eq!(log.root(head.size).unwrap(), head.root);
        let proof = log.consistency(head.size, last.size).unwrap().unwrap();
        assert!(verify_consistency(&Head::from(head), &Head::from(&last), &proof));
    }
    assert_eq!(log.consistency(1, last.size + 1).unwrap(), None);
    assert!(log.root(last.size + 1).is_err());
    let leaves: Vec<Hash> = entries(log, &last).iter().map(Entry::leaf).collect();
    assert_eq!(leaves.len() as u64, last.size);
    let subject = entries(log, &last)[40].clone();
    let asked = [(subject.what, subject.subject), (subject.what, last.root)];
    let found = log.receipts_for(subject.dossier, &asked).unwrap().receipts;
    assert!(found.len() == 1 && found[0].entry == subject && found[0].is_in(&last));
    let other = if subject.dossier == dossier(1) { dossier(2) } else { dossier(1) };
    assert!(log.receipts_for(other, &asked).unwrap().receipts.is_empty(), "of its dossier alone");
    let tile = |level, index, width| log.tile(Tile { level, index, width }).unwrap();
    let width = last.size - TILE_WIDTH;
    assert_eq!([tile(0, 0, TILE_WIDTH), tile(0, 1, width)].concat(), leaves);
    assert_eq!(tile(1, 0, 1), [log.root(TILE_WIDTH).unwrap()]);
    assert_eq!(tile(0, 1, TILE_WIDTH).len() as u64, width, "there is no more");
    assert!(tile(0, u64::MAX, 1).is_empty() && tile(7, 0, 1).is_empty());
}

pub(super) fn a_new_epoch_has_everything_and_leaves_the_one_before<S: Site>() {
    let mut world = World::new(31);
    let kept = Kept::<S>::new(&world);
    let given: Vec<Submission> = (1..=PLACES).map(|place| world.open(0, dossier(place))).collect();
    kept.take(&given).unwrap();
    let before = newest(&*kept.log, &kept.hand);

    assert!(kept.log.begin_log(ORIGIN).is_err(), "no log begins twice");
    assert_eq!(newest(&*kept.log, &kept.hand), before);
    let second = "rizhao.example/donggang/2";
    kept.log.begin_log(second).unwrap();
    let head = kept.log.catch_up(&kept.hand.pen(), &kept.blobs).unwrap().unwrap();

    assert_eq!((head.size, head.origin.as_str()), (2, second));
    assert_eq!(kept.log.origin().unwrap().as_deref(), Some(second));
    assert_ne!(head.root, before.root, "its entries have salts of their own");
    assert_eq!(entries(&*kept.log, &head).len(), 2);
    assert_eq!(kept.log.catch_up(&kept.hand.pen(), &kept.blobs).unwrap(), None);
}

pub(super) fn nothing_is_in_a_log_that_nobody_keeps<S: Site>() {
    let (site, mut world, hand) = (S::new(), World::new(32), Hand::new(1));
    let (log, blobs) = (site.log(), MemoryBlobs::new(std::sync::Arc::new(FaultyDisk::sound())));
    log.admit(&world.certificates()).unwrap();
    let (photo, blob, bytes) = world.photo(0, dossier(1));
    let given = [world.open(1, dossier(1)), photo];

    let (outcomes, head) = log.take(None, &blobs, &given).unwrap();

    assert!(outcomes.iter().all(Result::is_ok) && head.is_none());
    assert_eq!((log.origin().unwrap(), log.counts().unwrap().entries), (None, 0));
    assert!(log.checkpoint().is_err() && log.take(Some(&hand.pen()), &blobs, &given).is_err());
    crate::blobs::send(&blobs, blob, &bytes);
    log.begin_log(ORIGIN).unwrap();
    let head = log.catch_up(&hand.pen(), &blobs).unwrap().unwrap();
    assert_eq!((head.size, newest(&*log, &hand)), (3, head), "two seals and the blob");
    assert!(log.is_blob_logged(blob).unwrap());
}
