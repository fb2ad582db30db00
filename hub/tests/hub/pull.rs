//! A phone pulls what changed at a hub, with receipts that it keeps.

use std::sync::atomic::Ordering;

use crate::common::{Cutter, Phone, TestDisk, TestHub, certificates_for, push};
use angen_core::store::{self, Store};
use angen_hub::client::{Caller, PullError, Pulled, Session};
use angen_ledger::id::WriterId;
use angen_ledger::verify::{NoObserver, Outcome, Rule, Status, verify};
use tempfile::TempDir;

pub(crate) fn session(
    url: &str,
    store: &Store,
    phone: &Phone,
    writer: WriterId,
) -> Result<Session<'static>, PullError> {
    let (certificate, key) = phone.credentials(writer);
    // A few bytes for the rest of the test, so that a session can be handed around.
    let caller = Caller { certificate, key: Box::leak(key) };
    Session::sign_in(url, store, &[phone.place.root], &caller)
}

/// Signs the first officer in and pulls everything into a store.
pub(crate) fn pull(url: &str, store: &Store, phone: &Phone) -> Result<Pulled, PullError> {
    session(url, store, phone, phone.officers[0])?.pull(store, &TestDisk::roomy())
}

pub(crate) fn empty_store() -> (TempDir, Store) {
    let folder = tempfile::tempdir().unwrap();
    let store = Store::open(&folder.path().join("data")).unwrap();
    (folder, store)
}

/// A township whose three dossiers are at a hub, with a photo of this size.
pub(crate) fn begun(seed: u64, bytes: usize) -> (Phone, TestHub) {
    let phone = Phone::new(seed);
    phone.capture(0, "a.jpg", bytes);
    let (hub, _) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    (phone, hub)
}

pub(crate) fn push_all(phone: &Phone, hub: &TestHub) {
    for dossier in phone.dossiers() {
        push(hub.address, phone, dossier).unwrap();
    }
}

#[test]
fn a_new_phone_gets_everything_with_its_receipts() {
    let (phone, hub) = begun(141, 200_000);
    let (_folder, store) = empty_store();
    let pulled = pull(&hub.url(), &store, &phone).unwrap();
    assert_eq!((pulled.dossiers, pulled.known_ops, pulled.blobs), (3, 0, 1));
    assert!(pulled.new_ops > 0 && pulled.receipts > 3);
    assert_eq!(store.read(store::digest).unwrap(), hub.store.read(store::digest).unwrap());
    let (blob, cipher) = phone.only_blob();
    assert_eq!(std::fs::read(store.blobs().path_of(blob.address)).unwrap(), cipher);
    for dossier in phone.dossiers() {
        let open = store.read(|c| store::unreceipted(c, dossier, None)).unwrap();
        assert_eq!(open, store::Unreceipted::default());
    }
    assert_eq!(pull(&hub.url(), &store, &phone).unwrap(), Pulled::default());

    phone.capture(0, "b.jpg", 10_000);
    push_all(&phone, &hub);
    let more = pull(&hub.url(), &store, &phone).unwrap();
    assert_eq!((more.dossiers, more.new_ops, more.blobs, more.receipts), (1, 1, 1, 2));
    let kept = store.read(store::checkpoints_kept).unwrap();
    assert!(kept.len() >= 2 && kept.iter().all(|kept| kept.agrees));
    assert_eq!(kept[1].from_size, kept[0].signed.checkpoint.size);
}

#[test]
fn what_has_no_receipt_is_known_until_it_has_one() {
    let phone = Phone::new(142);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    let register = phone.register();
    let open = || phone.store.read(|c| store::unreceipted(c, register, None)).unwrap();
    assert_eq!((open().seals.len(), open().blobs.len()), (2, 1));
    push(hub.address, &phone, register).unwrap();
    assert_eq!(open().seals.len(), 2, "an answer to a push is no receipt");

    // This officer has sealed nothing yet: the hub is sent her certificate at the sign-in.
    let session = session(&hub.url(), &phone.store, &phone, phone.officers[1]).unwrap();
    assert_eq!(session.receipts(&phone.store, register).unwrap(), 3);
    assert_eq!(open(), store::Unreceipted::default());
    phone.capture(0, "b.jpg", 1_000);
    assert_eq!((open().seals.len(), open().blobs.len()), (1, 1));
    let origin = session.origin();
    let kept = phone.store.read(|c| store::receipts_of(c, register)).unwrap();
    assert!(kept.len() == 3 && kept.iter().all(|kept| kept.origin == origin));
    let next = "rizhao.example/donggang/2";
    let none = phone.store.read(|c| store::unreceipted(c, register, Some(next))).unwrap();
    assert_eq!((none.seals.len(), none.blobs.len()), (3, 2), "another log has none of them");
}

#[test]
fn an_op_names_the_newest_head_that_was_verified_before_it() {
    let (phone, hub) = begun(155, 1_000);
    let newest = |phone: &Phone| {
        let ops = phone.store.read(|c| store::ops_of_dossier(c, phone.register())).unwrap();
        ops.last().unwrap().op.header.checkpoint.clone()
    };
    assert_eq!(newest(&phone), None);
    pull(&hub.url(), &phone.store, &phone).unwrap();
    phone.capture(0, "b.jpg", 1_000);
    let named = newest(&phone).unwrap();
    let kept = phone.store.read(store::checkpoints_kept).unwrap();
    assert_eq!(named, kept.last().unwrap().signed.checkpoint);
    push_all(&phone, &hub);
    pull(&hub.url(), &phone.store, &phone).unwrap();
}

#[test]
fn receipts_go_along_in_a_package_and_a_stranger_verifies_them() {
    let (phone, hub) = begun(159, 10_000);
    pull(&hub.url(), &phone.store, &phone).unwrap();
    phone.capture(0, "b.jpg", 10_000);
    push_all(&phone, &hub);
    pull(&hub.url(), &phone.store, &phone).unwrap();
    let file = phone.export(phone.register());
    let bytes = std::fs::read(file).unwrap();
    let verdict = verify(bytes.as_slice(), Some(phone.place.root), &mut NoObserver).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
    let status = |rule| verdict.rules[&rule].status;
    for rule in [Rule::R1, Rule::R2, Rule::R3, Rule::R6] {
        assert_eq!(status(rule), Status::Holds, "{rule:?} {:?}", verdict.rules[&rule]);
    }
    // The export itself is on record in the package, and came after the last receipt.
    assert_eq!(status(Rule::R5), Status::Noted);
    assert_eq!(verdict.rules[&Rule::R5].count, 1, "{:?}", verdict.rules[&Rule::R5]);
}

#[test]
fn a_blob_that_is_cut_again_and_again_arrives_whole() {
    let (phone, hub) = begun(143, 1_500_000);
    let (_folder, store) = empty_store();
    let cutter = Cutter::of_answers(hub.address, 400_000);
    let pulled = pull(&format!("http://{}", cutter.address), &store, &phone).unwrap();
    let (blob, cipher) = phone.only_blob();
    assert_eq!(pulled.blob_bytes, blob.length, "nothing came twice");
    assert!(cutter.connections.load(Ordering::Relaxed) >= 4);
    assert_eq!(std::fs::read(store.blobs().path_of(blob.address)).unwrap(), cipher);
}

#[test]
fn a_long_log_comes_in_several_answers() {
    let phone = Phone::new(156);
    for number in 0..140 {
        phone.capture(number % 2, &format!("{number}.jpg"), 10);
    }
    let (hub, _) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let (_folder, store) = empty_store();
    let pulled = pull(&hub.url(), &store, &phone).unwrap();
    assert_eq!(pulled.blobs, 140);
    let kept = store.read(|c| store::receipts_of(c, phone.register())).unwrap();
    assert_eq!(kept.len(), 1 + 140 + 140);
    assert_eq!(store.read(store::digest).unwrap(), hub.store.read(store::digest).unwrap());
    assert_eq!(first_fault(&hub), None);
}

/// What the hub's own check says of its log.
fn first_fault(hub: &TestHub) -> Option<store::LogFault> {
    let check = |c: &_| store::newest_log(c)?.unwrap().first_fault(c);
    hub.store.read(check).unwrap()
}

#[test]
fn a_hub_of_two_roots_serves_the_phones_of_both() {
    let (phone, neighbour) = (Phone::new(157), Phone::in_area(158, "371102111"));
    let (hub, _) = TestHub::certified(&[&phone, &neighbour]);
    push_all(&phone, &hub);
    push_all(&neighbour, &hub);
    for township in [&phone, &neighbour] {
        let (_folder, store) = empty_store();
        let administrator = township.place.administrator;
        let session = session(&hub.url(), &store, township, administrator).unwrap();
        assert_eq!(session.pull(&store, &TestDisk::roomy()).unwrap().dossiers, 3);
        let digest = |store: &Store| store.read(store::digest).unwrap();
        assert_eq!(digest(&store), digest(&township.store));
        assert_eq!(store.read(|c| Ok(store::certificates(c)?.len())).unwrap(), 3);
    }
}

#[test]
fn a_new_epoch_is_another_log_and_gives_its_own_receipts() {
    let phone = Phone::new(149);
    phone.capture(0, "a.jpg", 1_000);
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    push_all(&phone, &hub);
    pull(&hub.url(), &phone.store, &phone).unwrap();
    drop(hub);
    let second = certificates_for(folder.path(), &[&phone], 2);
    let hub = TestHub::new_epoch_in(folder.path(), second);
    let pulled = pull(&hub.url(), &phone.store, &phone).unwrap();
    assert!(pulled.new_ops == 0 && pulled.receipts > 0, "{pulled:?}");
    let kept = phone.store.read(|c| store::receipts_of(c, phone.register())).unwrap();
    let origins: Vec<&str> = kept.iter().map(|kept| kept.origin.as_str()).collect();
    assert!(origins.contains(&"rizhao.example/donggang/1"));
    assert!(origins.contains(&"rizhao.example/donggang/2"));
}
