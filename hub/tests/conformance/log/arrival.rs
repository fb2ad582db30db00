//! In which order things come, while others come at the same time, and when they get an entry.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Barrier;
use std::sync::atomic::{AtomicU32, Ordering};

use angen_hub::store::{LogStore, Submission};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{Logged, RUNNING_NONE, running};
use angen_ledger::op::Op;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

use super::claims::{ALL, arrived};
use super::sites::{Kept, Site};
use super::world::{World, dossier, runs_of, seals_of, submitted};

const PLACES: u8 = 3;

/// What four devices hand in at the same time, each its own chain in each of three dossiers.
fn crowd() -> (World, Vec<Submission>, Vec<Vec<Submission>>) {
    let mut world = World::new(20);
    let opens = (1..=PLACES).map(|place| world.open(0, dossier(place))).collect();
    let mut devices = Vec::new();
    for device in 0..4 {
        let mut given = Vec::new();
        if device < 2 {
            for at in 0..12 {
                given.push(world.note(device, dossier(1 + at % PLACES), "同时"));
            }
        } else {
            for at in 0..6 {
                given.push(world.photo(device - 2, dossier(1 + at % PLACES)).0);
            }
        }
        devices.push(given);
    }
    (world, opens, devices)
}

/// The entries of a dossier are numbered without a gap, and the running head is over all of them.
fn assert_in_order(log: &dyn LogStore, place: DossierId) {
    let receipts = log.receipts_since(place, 0, usize::MAX >> 1).unwrap().receipts;
    let (mut arrivals, mut head, mut seals) = (0, RUNNING_NONE, Vec::new());
    for entry in receipts.iter().map(|receipt| &receipt.entry) {
        assert_eq!(entry.arrival, arrivals);
        if entry.what == Logged::Seal {
            head = running(&head, &entry.subject);
            arrivals += 1;
            seals.push(entry.subject);
        }
        assert_eq!(entry.running, head);
    }
    assert_eq!(arrived(log, place), seals, "runs come in the order of their entries");
    let end = log.runs_since(place, arrivals, ALL).unwrap();
    assert_eq!((end.next, end.running), (arrivals, head));
    assert_eq!(seals.iter().collect::<BTreeSet<_>>().len() as u64, arrivals, "each once");
}

pub(super) fn arrivals_are_without_gaps_whoever_writes<S: Site>() {
    let (world, opens, devices) = crowd();
    let kept = Kept::<S>::new(&world);
    kept.take(&opens).unwrap();
    let start = Barrier::new(devices.len());
    std::thread::scope(|scope| {
        let (kept, start) = (&kept, &start);
        for given in &devices {
            scope.spawn(move || {
                start.wait();
                for one in given {
                    kept.take_one(one);
                    // And once more, as after a lost answer.
                    assert_eq!(kept.take_one(one), 0);
                }
            });
        }
    });
    let seals = opens.len() + devices.iter().map(Vec::len).sum::<usize>();
    assert_eq!(kept.log.counts().unwrap().entries, seals as u64);
    for place in 1..=PLACES {
        assert_in_order(&*kept.log, dossier(place));
    }
}

pub(super) fn a_cursor_skips_nothing_while_others_write<S: Site>() {
    let (world, opens, devices) = crowd();
    let kept = Kept::<S>::new(&world);
    let holder = &world.officers[0].certificate.certificate;
    let (log, working) = (&kept.log, AtomicU32::new(devices.len() as u32));
    let mut pulled: BTreeMap<DossierId, (u64, Vec<Hash>)> = BTreeMap::new();
    std::thread::scope(|scope| {
        let (kept, working) = (&kept, &working);
        kept.take(&opens).unwrap();
        for given in &devices {
            scope.spawn(move || {
                for one in given {
                    kept.take_one(one);
                }
                working.fetch_sub(1, Ordering::SeqCst);
            });
        }
        let mut cursor = 0;
        loop {
            let done = working.load(Ordering::SeqCst) == 0;
            let changes = log.changes(holder, cursor, 3).unwrap();
            assert!(changes.next >= cursor && changes.next <= changes.size);
            for changed in &changes.changed {
                let (since, seals) = pulled.entry(changed.dossier).or_default();
                // What changed is here by now: what a device is told of, it can have.
                let runs = log.runs_since(changed.dossier, *since, ALL).unwrap();
                assert!(runs.next >= changed.arrivals);
                let read = |seal: &Vec<u8>| SignedSeal::read(seal).unwrap().hash;
                seals.extend(runs.runs.iter().map(|run| read(&run.seal)));
                *since = runs.next;
            }
            cursor = changes.next;
            if done && cursor == changes.size {
                break;
            }
        }
    });
    for place in 1..=PLACES {
        let (_, seals) = &pulled[&dossier(place)];
        assert_eq!(*seals, arrived(&**log, dossier(place)), "of dossier {place}");
    }
}

pub(super) fn a_run_gets_its_entry_once_all_of_it_is_here<S: Site>() {
    let (mut world, place) = (World::new(21), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, note) = (world.open(0, place), world.note(0, place, "全文"));
    let mut withheld = runs_of(&note).to_vec();
    let (header, body) = &mut withheld[0].ops[1];
    let op = Op::read(header, body.as_deref()).unwrap();
    let hidden = op.body.unwrap().withhold(op.header.suite, |name| name == "text");
    *body = Some(hidden.to_wire());
    let mut without = withheld.clone();
    without[0].ops[0].1 = None;
    kept.take(&[open, submitted(place, without.clone())]).unwrap();
    kept.take(&[submitted(place, withheld)]).unwrap();
    assert_eq!(kept.log.counts().unwrap().entries, 1, "its opening alone is whole");
    assert_eq!(kept.log.head(place).unwrap().heads[0].seq, 2, "its headers are here");

    assert_eq!(kept.take_one(&note), 0);

    assert_eq!(kept.log.counts().unwrap().entries, 2);
    assert_eq!(arrived(&*kept.log, place)[1], seals_of(&note)[0]);
    assert_eq!(kept.take_one(&submitted(place, without)), 0);
    let held = kept.log.runs_since(place, 1, ALL).unwrap().runs;
    assert_eq!(held[0].ops, runs_of(&note)[0].ops, "what was disclosed stays disclosed");
}

pub(super) fn a_blob_gets_an_entry_for_each_dossier_that_names_it<S: Site>() {
    let (mut world, one, other) = (World::new(22), dossier(1), dossier(2));
    let kept = Kept::<S>::new(&world);
    let (photo, blob, bytes) = world.photo(0, one);
    let given = [world.open(1, one), world.open(1, other), photo];
    assert!(!kept.log.is_named(blob).unwrap());
    kept.take(&given).unwrap();
    assert!(kept.log.is_named(blob).unwrap() && !kept.log.is_blob_logged(blob).unwrap());
    assert!(!kept.log.is_named(angen_ledger::header::BlobRef { length: 1, ..blob }).unwrap());
    assert_eq!(kept.log.named_blobs(one).unwrap(), [blob]);

    crate::blobs::send(&kept.blobs, blob, &bytes);
    for _ in 0..2 {
        kept.take_one(&Submission::Blob(blob));
    }
    assert!(kept.log.is_blob_logged(blob).unwrap());
    assert_eq!(kept.log.counts().unwrap().entries, 4);

    // Another dossier names it later, when it is whole already.
    let mut again = world.noting(other, "同一张");
    again.blobs.push(blob);
    let run = super::world::sealed(&mut world.officers[1], vec![again]);
    kept.take_one(&submitted(other, vec![run]));
    assert_eq!(kept.log.counts().unwrap().entries, 6, "its seal and the blob once more");
    assert!(kept.log.is_blob_logged(blob).unwrap());
    for place in [one, other] {
        assert_in_order(&*kept.log, place);
    }
}
