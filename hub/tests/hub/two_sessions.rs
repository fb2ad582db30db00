//! Two sessions at once on one database: what one has seen is no reproach to the other's hub.

use std::cell::Cell;

use crate::common::{Phone, TestDisk, TestHub, copy_folder, drive, push, send};
use crate::pull::{empty_store, push_all};
use angen_core::store::{self, Store};
use angen_core::sync::{self, Exchanged, PullError, Request, Site};
use angen_hub::client::Caller;

/// An exchange of the first officer into a store, with something done between a request's answer
/// and the moment in which the session hears it.
fn meet(
    phone: &Phone,
    store: &Store,
    hub: &TestHub,
    between: impl Fn(&Request),
) -> Result<Exchanged, PullError> {
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let (disk, caller) = (TestDisk::roomy(), Caller { certificate, key: &*key });
    let mut task =
        sync::exchange(7, Site { store, disk: &disk }, [phone.place.root].into(), caller);
    drive(&mut task, |asked| {
        let answer = send(hub.address, &asked);
        between(&asked);
        answer
    })
}

/// Two sessions on one database ended in a report that the log was set back, and it was not: the
/// answer of one had been made before the other saw the log grow.
#[test]
fn fault_40_another_session_that_was_quicker_is_not_taken_for_a_log_that_was_set_back() {
    for asked_for in ["/v1/tlog/checkpoint", "/receipts?since=0"] {
        let phone = Phone::new(196);
        phone.capture(0, "a.jpg", 1_000);
        let (hub, _) = TestHub::certified(&[&phone]);
        push_all(&phone, &hub);
        let (_folder, store) = empty_store();
        let is_first = Cell::new(true);
        let done = meet(&phone, &store, &hub, |asked| {
            if asked.path.ends_with(asked_for) && is_first.replace(false) {
                phone.capture(0, "b.jpg", 1_000);
                push_all(&phone, &hub);
                let other = meet(&phone, &store, &hub, |_| {}).unwrap();
                assert!(other.receipts > 0);
            }
        });
        assert!(!is_first.get(), "{asked_for} was asked");
        assert_eq!(done.unwrap().waiting_seals, 0, "{asked_for}");
        assert_eq!(store.read(store::digest).unwrap(), phone.store.read(store::digest).unwrap());
        let kept = store.read(store::checkpoints_kept).unwrap();
        assert!(kept.iter().all(|kept| kept.agrees));
        // Each grew from the one before it: a package can show them as one log.
        let sizes: Vec<u64> = kept.iter().map(|kept| kept.signed.checkpoint.size).collect();
        let from: Vec<u64> = kept.iter().map(|kept| kept.from_size).collect();
        assert_eq!(from[1..], sizes[..sizes.len() - 1]);
    }
}

/// While one session asked for the proof of what it had seen, another kept the head of another
/// tree: nobody held the two against each other.
#[test]
fn fault_41_two_trees_that_two_sessions_saw_are_held_against_each_other() {
    let phone = Phone::new(197);
    phone.capture(0, "a.jpg", 1_000);
    let other = phone.copy(198);
    let folders = tempfile::tempdir().unwrap();
    let (one, two) = (folders.path().join("one"), folders.path().join("two"));
    let (hub, _) = TestHub::certified_in(&one, &[&phone]);
    push_all(&phone, &hub);
    let (_folder, store) = empty_store();
    meet(&phone, &store, &hub, |_| {}).unwrap();
    drop(hub);
    Store::open(&one).unwrap().pause().unwrap();
    copy_folder(&one, &two);
    phone.capture(0, "one.jpg", 1_000);
    other.capture(1, "two.jpg", 1_000);
    other.capture(1, "three.jpg", 1_000);
    let (one, _) = TestHub::certified_in(&one, &[&phone]);
    let (two, _) = TestHub::certified_in(&two, &[&phone]);
    push(one.address, &phone, phone.register()).unwrap();
    push(two.address, &other, phone.register()).unwrap();

    let is_first = Cell::new(true);
    let done = meet(&phone, &store, &one, |asked| {
        if asked.path.starts_with("/v1/tlog/consistency/") && is_first.replace(false) {
            meet(&other, &store, &two, |_| {}).unwrap();
        }
    });
    assert!(!is_first.get(), "a proof was asked for");
    assert!(matches!(done, Err(PullError::TwoTrees { .. })), "{done:?}");
    let kept = store.read(store::checkpoints_kept).unwrap();
    assert!(kept.iter().any(|kept| !kept.agrees), "the other one is kept as evidence");
}
