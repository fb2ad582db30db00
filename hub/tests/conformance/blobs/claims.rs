//! What a blob store holds while nothing fails below it.

use std::sync::Barrier;

use angen_hub::store::{Arrived, Resumed};
use angen_ledger::header::BlobRef;
use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};

use super::sites::Site;
use super::{blob_of, bytes_of, part_at, send, told};

/// Few cases, since each opens a database: the suite is run for every store.
fn for_any<T: std::fmt::Debug>(given: impl Strategy<Value = T>, claim: impl Fn(T)) {
    let config = Config { cases: 24, failure_persistence: None, ..Config::default() };
    let claim = |value| {
        claim(value);
        Ok(())
    };
    TestRunner::new(config).run(&given, claim).unwrap();
}

/// How a sender leaves a part.
#[derive(Debug, Clone, Copy)]
enum Leaving {
    Ended,
    Dropped,
    TakenBack,
}

fn leaving() -> impl Strategy<Value = Leaving> {
    prop_oneof![
        3 => Just(Leaving::Ended),
        1 => Just(Leaving::Dropped),
        1 => Just(Leaving::TakenBack),
    ]
}

pub(super) fn a_blob_comes_in_any_parts_and_the_offset_is_how_far_it_is<S: Site>() {
    let parts = prop::collection::vec((1..40_000_usize, leaving()), 1..12);
    for_any((any::<u64>(), 1..150_000_usize, parts), |(seed, length, parts)| {
        let (site, (blob, bytes)) = (S::new(), blob_of(seed, length));
        let store = site.blobs();
        for (size, leaving) in parts {
            let held = store.held_bytes(blob).unwrap();
            if held == blob.length {
                break;
            }
            let mut part = part_at(&*store, blob, held);
            let end = length.min(held as usize + size);
            part.append(&bytes[held as usize..end]).unwrap();
            match leaving {
                Leaving::Ended => {
                    let arrived = part.end().unwrap();
                    let whole = end == length;
                    let part = Arrived::Part(end as u64);
                    assert_eq!(arrived, if whole { Arrived::Whole } else { part });
                    assert_eq!(store.held_bytes(blob).unwrap(), end as u64);
                }
                Leaving::Dropped => {
                    drop(part);
                    let now = store.held_bytes(blob).unwrap();
                    assert!((held..=end as u64).contains(&now) && now < blob.length);
                }
                Leaving::TakenBack => {
                    part.take_back().unwrap();
                    assert_eq!(store.held_bytes(blob).unwrap(), held);
                }
            }
        }
        assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
        assert_eq!(store.held_bytes(blob).unwrap(), blob.length);
        assert_eq!(bytes_of(&*store, blob.address), bytes);
    });
}

pub(super) fn an_altered_byte_is_noticed_and_every_byte_goes<S: Site>() {
    for_any((any::<u64>(), 2..70_000_usize, any::<prop::sample::Index>()), |(seed, length, at)| {
        let (site, (blob, bytes)) = (S::new(), blob_of(seed, length));
        let store = site.blobs();
        let mut altered = bytes.clone();
        altered[at.index(length)] ^= 1;
        let mut part = part_at(&*store, blob, 0);
        part.append(&altered[..length / 2]).unwrap();
        assert_eq!(part.end().unwrap(), Arrived::Part(length as u64 / 2));

        assert_eq!(send(&*store, blob, &altered), Arrived::Altered);

        assert_eq!(store.held_bytes(blob).unwrap(), 0);
        assert!(store.read(blob.address, 0, 1).is_err());
        assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
        assert_eq!(bytes_of(&*store, blob.address), bytes);
    });
}

pub(super) fn a_part_that_comes_twice_is_told_where_the_store_is<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(1, 1_000));
    let store = site.blobs();
    let mut part = part_at(&*store, blob, 0);
    part.append(&bytes[..600]).unwrap();
    part.end().unwrap();

    for elsewhere in [0, 599, 601, 1_000, u64::MAX] {
        assert_eq!(told(&*store, blob, elsewhere), Some(600));
    }
    assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
    for any in [0, 600, 1_000] {
        assert_eq!(told(&*store, blob, any), Some(1_000), "a whole blob takes nothing more");
    }
    assert_eq!(bytes_of(&*store, blob.address), bytes);
}

pub(super) fn a_part_that_is_taken_back_was_never_there<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(2, 1_000));
    let store = site.blobs();
    let mut first = part_at(&*store, blob, 0);
    assert_eq!((first.blob(), first.left()), (blob, 1_000));
    first.append(&bytes[..10]).unwrap();
    assert_eq!(first.left(), 990);
    first.take_back().unwrap();
    assert_eq!(store.held_bytes(blob).unwrap(), 0);

    let mut kept = part_at(&*store, blob, 0);
    kept.append(&bytes[..10]).unwrap();
    kept.end().unwrap();
    let mut second = part_at(&*store, blob, 10);
    second.append(&[0xff; 990]).unwrap();
    second.take_back().unwrap();

    assert_eq!(store.held_bytes(blob).unwrap(), 10);
    assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
}

pub(super) fn any_piece_of_a_blob_is_the_bytes_that_were_sent<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(3, 100_000));
    let store = site.blobs();
    send(&*store, blob, &bytes);
    for_any((0..110_000_u64, 0..70_000_u64), |(at, size)| {
        let first = bytes.len().min(at as usize);
        let end = bytes.len().min((at + size) as usize);
        assert_eq!(store.read(blob.address, at, size).unwrap(), &bytes[first..end]);
    });
    assert!(store.read(blob_of(4, 10).0.address, 0, 1).is_err(), "what is not here has no bytes");
}

pub(super) fn a_length_that_is_a_lie_never_becomes_whole<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(5, 1_000));
    let store = site.blobs();
    let shorter = BlobRef { length: 999, ..blob };
    let longer = BlobRef { length: 1_001, ..blob };

    assert_eq!(send(&*store, shorter, &bytes[..999]), Arrived::Altered);
    assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
    assert_eq!(store.held_bytes(longer).unwrap(), 0);
    assert_eq!(store.held_bytes(shorter).unwrap(), 0);
    let mut more = bytes.clone();
    more.push(0);
    assert_eq!(send(&*store, longer, &more), Arrived::Altered);

    assert_eq!(bytes_of(&*store, blob.address), bytes, "the true one is not touched");
}

pub(super) fn the_list_has_what_is_whole_and_nothing_else<S: Site>() {
    let site = S::new();
    let store = site.blobs();
    let mut whole = Vec::new();
    for seed in 10..30 {
        let (blob, bytes) = blob_of(seed, 500);
        send(&*store, blob, &bytes);
        whole.push(blob.address);
    }
    let (part, bytes) = blob_of(30, 500);
    let mut begun = part_at(&*store, part, 0);
    begun.append(&bytes[..499]).unwrap();
    begun.end().unwrap();

    whole.sort_unstable();
    assert_eq!(store.list().unwrap(), whole);
}

pub(super) fn two_senders_of_one_blob_never_write_into_one<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(6, 50_000));
    let (store, start) = (site.blobs(), Barrier::new(8));
    let mine = part_at(&*store, blob, 0);
    for _ in 0..2 {
        // Asking must not free it: the third is refused as the second was.
        assert!(matches!(store.resume(blob, 0).unwrap(), Resumed::Taken));
    }
    let other = blob_of(7, 10);
    assert_eq!(send(&*store, other.0, &other.1), Arrived::Whole, "another blob is free");
    drop(mine);

    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                start.wait();
                while store.held_bytes(blob).unwrap() < blob.length {
                    let held = store.held_bytes(blob).unwrap();
                    let Resumed::Part(mut part) = store.resume(blob, held).unwrap() else {
                        std::thread::yield_now();
                        continue;
                    };
                    let end = blob.length.min(held + 3_000) as usize;
                    part.append(&bytes[held as usize..end]).unwrap();
                    assert_ne!(part.end().unwrap(), Arrived::Altered);
                }
            });
        }
    });
    assert_eq!(bytes_of(&*store, blob.address), bytes);
}

pub(super) fn an_erasure_takes_everything_and_wins_over_a_part_under_way<S: Site>() {
    let site = S::new();
    let store = site.blobs();
    let (whole, bytes) = blob_of(8, 1_000);
    send(&*store, whole, &bytes);
    store.erase(whole).unwrap();
    assert_eq!(store.held_bytes(whole).unwrap(), 0);
    assert!(store.read(whole.address, 0, 1).is_err());
    assert!(store.list().unwrap().is_empty());
    store.erase(whole).unwrap();

    let (begun, bytes) = blob_of(9, 1_000);
    let mut part = part_at(&*store, begun, 0);
    part.append(&bytes[..500]).unwrap();
    store.erase(begun).unwrap();
    part.append(&bytes[500..]).unwrap();
    assert!(part.end().is_err(), "there is nothing left to end");
    assert_eq!(store.held_bytes(begun).unwrap(), 0);
    assert!(store.list().unwrap().is_empty());
}

pub(super) fn damage_is_found<S: Site>() {
    let (site, (blob, bytes)) = (S::new(), blob_of(40, 1_000));
    let store = site.blobs();
    send(&*store, blob, &bytes);
    assert!(store.is_intact(blob.address).unwrap());
    let mut damaged = bytes.clone();
    damaged[999] ^= 0x80;
    site.damage(blob.address, &damaged);
    assert!(!store.is_intact(blob.address).unwrap());

    // One that lost bytes is not whole: it is sent again, and stands in its place.
    site.damage(blob.address, &bytes[..500]);
    assert_eq!(store.held_bytes(blob).unwrap(), 0);
    assert_eq!(send(&*store, blob, &bytes), Arrived::Whole);
    assert!(store.is_intact(blob.address).unwrap());
    assert!(store.is_intact(blob_of(41, 5).0.address).is_err(), "what is not here is not intact");
}

pub(super) fn what_outlives_the_process_is_as_it_was<S: Site>() {
    let site = S::new();
    let ((whole, bytes), (begun, half)) = (blob_of(50, 9_000), blob_of(51, 9_000));
    send(&*site.blobs(), whole, &bytes);
    let mut part = part_at(&*site.blobs(), begun, 0);
    part.append(&half[..4_000]).unwrap();
    part.end().unwrap();

    let Some(site) = site.reopened() else { return };

    let store = site.blobs();
    assert_eq!(store.list().unwrap(), [whole.address]);
    assert_eq!(bytes_of(&*store, whole.address), bytes);
    assert_eq!(store.held_bytes(begun).unwrap(), 4_000);
    assert_eq!(send(&*store, begun, &half), Arrived::Whole);
}
