//! What a log store holds when one submission is bad, and when a step fails.

use angen_core::error::{Error, Result};
use angen_core::ports::Disk;
use angen_hub::store::{Arrived, BlobStore, LogStore, Outcome, Resumed, Submission};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;

use super::claims::arrived;
use super::sites::{Kept, Site};
use super::world::{World, dossier, runs_of, submitted};

/// One that is sealed over other bytes than it has.
fn altered(given: &Submission) -> Submission {
    let mut runs = runs_of(given).to_vec();
    let (_, body) = runs[0].ops.last_mut().unwrap();
    let byte = body.as_mut().unwrap().last_mut().unwrap();
    *byte ^= 1;
    submitted(dossier(1), runs)
}

pub(super) fn one_that_fails_leaves_those_beside_it<S: Site>() {
    let (mut world, stranger, place) = (World::new(50), World::new(51), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, first, bad) =
        (world.open(0, place), world.note(1, place, "一"), world.note(0, place, "坏"));
    // Its first run is good and its second is not: neither stays.
    let half = [runs_of(&bad), runs_of(&altered(&bad))].concat();
    let mut stranger = stranger;
    let unknown = stranger.note(0, place, "无证书");
    let last = world.note(1, place, "二");
    let given = [open, first, submitted(place, half), unknown, altered(&bad), last];

    let (outcomes, head) = kept.take(&given).unwrap();

    let taken: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!(taken, [true, true, false, false, false, true]);
    assert_eq!(head.unwrap().size, 3);
    assert_eq!(kept.log.counts().unwrap().ops, 5);
    assert_eq!(arrived(&*kept.log, place).len(), 3);
    assert_eq!(kept.take_one(&bad), 2, "what it truly is can still come");
}

pub(super) fn without_a_signature_nothing_of_any_is_stored<S: Site>() {
    let (mut world, place) = (World::new(52), dossier(1));
    let kept = Kept::<S>::new(&world);
    let given = [world.open(0, place), world.note(0, place, "一")];
    let before = (kept.log.counts().unwrap(), kept.log.checkpoint().unwrap());
    for signatures in 0..2 {
        kept.hand.fail_after(signatures);
        assert!(matches!(kept.take(&given), Err(Error::Sign(_))));
        kept.hand.mend();
        assert_eq!((kept.log.counts().unwrap(), kept.log.checkpoint().unwrap()), before);
        assert!(kept.log.head(place).unwrap().heads.is_empty());
    }
    let (outcomes, head) = kept.take(&given).unwrap();
    assert!(outcomes.iter().all(Result::is_ok));
    assert_eq!(head.unwrap().size, 2);
}

/// Blobs of which nothing can be told.
struct Unreachable;

impl BlobStore for Unreachable {
    fn held_bytes(&self, _blob: BlobRef) -> Result<u64> {
        Err(lost())
    }
    fn resume(&self, _blob: BlobRef, _offset: u64) -> Result<Resumed> {
        Err(lost())
    }
    fn read(&self, _address: Hash, _at: u64, _size: u64) -> Result<Vec<u8>> {
        Err(lost())
    }
    fn is_intact(&self, _address: Hash) -> Result<bool> {
        Err(lost())
    }
    fn list(&self) -> Result<Vec<Hash>> {
        Err(lost())
    }
    fn erase(&self, _blob: BlobRef) -> Result<()> {
        Err(lost())
    }
    fn free_bytes(&self) -> Result<u64> {
        Err(lost())
    }
}

fn lost() -> Error {
    Error::file("blobs", std::io::ErrorKind::NotConnected.into())
}

pub(super) fn a_blob_store_that_fails_fails_one_alone<S: Site>() {
    let (mut world, place) = (World::new(53), dossier(1));
    let kept = Kept::<S>::new(&world);
    let (open, (photo, blob, bytes)) = (world.open(1, place), world.photo(0, place));
    let given = [open, photo.clone(), world.note(1, place, "一")];

    let (outcomes, head) = kept.log.take(Some(&kept.hand.pen()), &Unreachable, &given).unwrap();

    let taken: Vec<bool> = outcomes.iter().map(Result::is_ok).collect();
    assert_eq!((taken, head.unwrap().size), (vec![true, false, true], 2));
    assert!(!kept.log.is_named(blob).unwrap());
    assert_eq!(crate::blobs::send(&kept.blobs, blob, &bytes), Arrived::Whole);
    assert_eq!(kept.take_one(&photo), 1);
    assert_eq!(kept.log.counts().unwrap().entries, 4, "the photo's seal, and its blob");
    assert!(kept.disk.free_bytes(std::path::Path::new("")).is_ok());
}

/// What can be read of a dossier, as far as it must hang together.
fn seen(log: &dyn LogStore) -> (u64, u64, usize, Option<String>) {
    let counts = log.counts().unwrap();
    (counts.ops, counts.entries, arrived(log, dossier(1)).len(), log.checkpoint().unwrap())
}

pub(super) fn whatever_step_fails_each_is_whole_or_not_at_all<S: Site>() {
    let (mut world, place) = (World::new(54), dossier(1));
    let (open, given) =
        (world.open(0, place), [world.note(0, place, "一"), world.note(1, place, "二")]);
    let mut after = 0_u64;
    loop {
        let kept = Kept::<S>::new(&world);
        kept.take_one(&open);
        let before = seen(&*kept.log);
        if !kept.site.fail_after(after) {
            return;
        }
        let taken = kept.take(&given);
        let failed = kept.site.mend();

        let now = seen(&*kept.log);
        let stored = match &taken {
            Err(_) => {
                assert_eq!(now, before, "step {after}: something remains");
                0
            }
            Ok((outcomes, head)) => {
                let stored = outcomes.iter().filter(|outcome| outcome.is_ok()).count();
                assert_eq!(head.is_some(), stored > 0, "step {after}");
                stored
            }
        };
        assert_eq!((now.0, now.1), (1 + 2 * stored as u64, 1 + stored as u64), "step {after}");
        assert_eq!(now.2, 1 + stored, "step {after}");
        let again = kept.take(&given).unwrap().0;
        assert!(again.iter().all(|one| matches!(one, Ok(Outcome::Runs(_)))), "step {after}");
        assert_eq!(kept.log.counts().unwrap().ops, 5, "step {after}");
        if !failed {
            assert!(after > 50, "two submissions are more steps than {after}");
            return;
        }
        // Every step at first, where a transaction begins; then ever fewer of very many.
        after += 1 + after / 25;
    }
}
