//! A whole exchange: what only a receipt ends, what is adopted first, and what waits for a better
//! network.

use crate::common::{Phone, TestDisk, TestHub, post_as};
use angen_core::store;
use angen_hub::client::{Caller, Exchanged, exchange};
use angen_hub::wire::Runs;
use angen_ledger::wire::Wire;

fn meet(hub: &TestHub, phone: &Phone) -> Exchanged {
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let disk = TestDisk::roomy();
    exchange(&hub.url(), &phone.store, &disk, &[phone.place.root], &caller).unwrap()
}

/// A head says that a chain is held and nothing of its bodies: they used to be lost for good.
#[test]
fn headers_that_came_without_their_bodies_end_nobodys_care_for_them() {
    let phone = Phone::new(170);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    for dossier in phone.dossiers() {
        let mut runs = phone.runs(dossier);
        runs.iter_mut().flat_map(|run| &mut run.ops).for_each(|(_, body)| {
            // Who must cover the dossier is in its opening, which is never withheld.
            let is_opening =
                body.as_ref().is_some_and(|body| body.windows(9).any(|word| word == b"retention"));
            *body = body.take().filter(|_| is_opening);
        });
        let path = format!("/v1/dossiers/{dossier}/runs");
        let taken = post_as(hub.address, &phone, &path, &Runs(runs).to_wire());
        assert_eq!(taken.status, 200, "{taken:?}");
    }
    let ops = hub.store.read(store::count_ops).unwrap();
    assert_eq!(ops, phone.store.read(store::count_ops).unwrap());
    assert_ne!(hub.store.read(store::digest).unwrap(), phone.store.read(store::digest).unwrap());

    let done = meet(&hub, &phone);

    assert_eq!((done.sent_ops, done.waiting_seals, done.waiting_blobs), (0, 0, 0));
    assert_eq!(hub.store.read(store::digest).unwrap(), phone.store.read(store::digest).unwrap());
}

#[test]
fn a_phone_that_was_set_back_adopts_its_own_records_before_it_goes_on() {
    let phone = Phone::new(171);
    let backup = phone.copy(172);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    assert!(!meet(&hub, &phone).is_restored);

    let done = meet(&hub, &backup);
    assert!(done.is_restored && done.sent_ops == 0, "{done:?}");
    backup.capture(0, "b.jpg", 1_000);
    meet(&hub, &backup);

    let heads = hub.store.read(|read| store::heads_of(read, phone.register())).unwrap();
    let own = heads.iter().filter(|head| head.writer == phone.officers[0]).count();
    assert_eq!(own, 1, "the chain did not fork");
    assert!(!meet(&hub, &backup).is_restored);
}
