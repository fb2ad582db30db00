//! A dossier goes from a phone to a hub, once or many times, by one client or several.

use std::collections::BTreeSet;

use crate::common::{Phone, TestHub};
use angen_core::store;
use angen_hub::client::{PushError, push_dossier};

#[test]
fn a_dossier_arrives_with_its_blobs_and_the_hub_answers_with_its_head() {
    let phone = Phone::new(1);
    let photo = phone.capture(0, "砂轮机.jpg", 200_000);
    let hub = TestHub::knowing(&[phone.place.root]);

    for dossier in phone.dossiers() {
        let pushed = push_dossier(&hub.url(), &phone.store, dossier).unwrap();
        let own = phone.store.read(|c| store::heads_of(c, dossier)).unwrap();
        assert!(pushed.is_same && pushed.new_ops > 0);
        assert_eq!(pushed.known_ops, 0);
        assert_eq!(pushed.head.heads, own);
        assert_eq!(pushed.head.pending, 0);
    }

    assert_eq!(hub.store.read(store::digest).unwrap(), phone.store.read(store::digest).unwrap());
    let (blob, cipher) = phone.only_blob();
    assert_eq!(blob.address, photo.address);
    assert_eq!(std::fs::read(hub.store.blobs().path_of(blob.address)).unwrap(), cipher);
}

#[test]
fn pushing_again_sends_nothing_new() {
    let phone = Phone::new(2);
    phone.capture(0, "a.jpg", 100_000);
    let hub = TestHub::knowing(&[phone.place.root]);
    let first = push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();
    let before = hub.contents();

    let again = push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();

    assert_eq!((again.new_ops, again.known_ops, again.sent_blobs), (0, 0, 0));
    assert_eq!(again.head, first.head);
    assert_eq!(hub.contents(), before);
}

#[test]
fn runs_that_are_sent_twice_are_known_and_change_nothing() {
    use angen_hub::wire::{Certificates, Runs, Stored};
    use angen_ledger::wire::Wire;
    let phone = Phone::new(3);
    phone.capture(0, "a.jpg", 1_000);
    let hub = TestHub::knowing(&[phone.place.root]);
    let certificates = Certificates(phone.certificates()).to_wire();
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let runs = Runs(phone.runs(phone.register())).to_wire();
    crate::common::request(hub.address, "POST", "/v1/certificates", &[], &certificates);

    let first = crate::common::request(hub.address, "POST", &path, &[], &runs);
    let before = hub.contents();
    let second = crate::common::request(hub.address, "POST", &path, &[], &runs);

    let (first, second) =
        (Stored::from_wire(&first.body).unwrap(), Stored::from_wire(&second.body).unwrap());
    assert_eq!((first.new_ops, first.known_ops), (2, 0));
    assert_eq!((second.new_ops, second.known_ops), (0, 2));
    assert_eq!(first.head, second.head);
    assert_eq!(hub.contents(), before);
}

#[test]
fn only_what_was_added_since_is_sent() {
    let phone = Phone::new(4);
    phone.capture(0, "a.jpg", 50_000);
    let hub = TestHub::knowing(&[phone.place.root]);
    push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();
    phone.capture(1, "b.jpg", 70_000);

    let pushed = push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();

    assert_eq!((pushed.new_ops, pushed.known_ops, pushed.sent_blobs), (1, 0, 1));
    assert!(pushed.sent_blob_bytes > 70_000);
    assert!(pushed.is_same);
}

#[test]
fn two_phones_that_push_one_dossier_at_once_both_arrive() {
    let one = Phone::new(5);
    one.capture(0, "before.jpg", 300_000);
    let two = one.copy(55);
    for number in 0..5 {
        one.capture(0, &format!("one-{number}.jpg"), 40_000);
        two.capture(1, &format!("two-{number}.jpg"), 40_000);
    }
    let hub = TestHub::knowing(&[one.place.root]);
    let url = hub.url();

    let pushed = std::thread::scope(|scope| {
        let both = [&one, &two].map(|phone| {
            scope.spawn(|| push_dossier(&url, &phone.store, phone.register()).unwrap())
        });
        both.map(|thread| thread.join().unwrap())
    });

    let heads = hub.store.read(|c| store::heads_of(c, one.register())).unwrap();
    let writers: BTreeSet<_> = heads.iter().map(|dep| dep.writer).collect();
    assert_eq!(writers.len(), 3, "the administrator and both officers");
    let seqs: Vec<u64> =
        one.officers.iter().map(|w| heads.iter().find(|d| d.writer == *w).unwrap().seq).collect();
    assert_eq!(seqs, [5, 4]);
    // The opening and the first photo are on both phones: each op was new to the hub once.
    let new: u64 = pushed.iter().map(|pushed| pushed.new_ops).sum();
    assert_eq!(new, 12);
    let (blobs, parts) = hub.store.blobs().list().unwrap();
    assert_eq!((blobs.len(), parts.len()), (11, 0));
}

#[test]
fn a_forked_chain_is_kept_with_both_ends() {
    let one = Phone::new(6);
    one.capture(0, "before.jpg", 1_000);
    let two = one.copy(66);
    one.capture(0, "one.jpg", 1_000);
    two.capture(0, "two.jpg", 1_000);
    two.capture(0, "two-again.jpg", 1_000);
    let hub = TestHub::knowing(&[one.place.root]);

    push_dossier(&hub.url(), &one.store, one.register()).unwrap();
    let pushed = push_dossier(&hub.url(), &two.store, two.register()).unwrap();
    let again = push_dossier(&hub.url(), &one.store, one.register()).unwrap();

    let ends: Vec<u64> = again
        .head
        .heads
        .iter()
        .filter(|dep| dep.writer == one.officers[0])
        .map(|dep| dep.seq)
        .collect();
    assert_eq!(ends, [1, 2]);
    assert!(!pushed.is_same && !again.is_same, "the hub has a branch that neither phone has");
    assert_eq!(again.new_ops, 0);
}

#[test]
fn a_phone_that_is_behind_is_told_so_and_nothing_is_lost() {
    let phone = Phone::new(7);
    phone.capture(0, "a.jpg", 1_000);
    let restored = phone.copy(77);
    phone.capture(0, "b.jpg", 1_000);
    let hub = TestHub::knowing(&[phone.place.root]);
    push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();

    let pushed = push_dossier(&hub.url(), &restored.store, restored.register()).unwrap();

    assert!(!pushed.is_same);
    assert_eq!(pushed.new_ops, 0);
}

#[test]
fn a_dossier_that_is_not_here_and_a_hub_that_is_not_there_are_said() {
    let phone = Phone::new(8);
    let nowhere = {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        format!("http://{}", listener.local_addr().unwrap())
    };
    let unknown = angen_ledger::id::DossierId([1; 16]);
    let missing = push_dossier(&nowhere, &phone.store, unknown).unwrap_err();
    assert!(matches!(missing, PushError::Core(_)), "{missing}");
    let alone = push_dossier(&nowhere, &phone.store, phone.register()).unwrap_err();
    assert!(matches!(alone, PushError::Unreachable(_)), "{alone}");
}
