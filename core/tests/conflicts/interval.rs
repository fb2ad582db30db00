//! The time of a value is an interval, as far as a hub has signed: not before, not after.

use angen_core::action::{CertifyHub, certify_hub};
use angen_core::domain::Consequence;
use angen_core::ports::NewKeys;
use angen_core::store::{self, KeptCheckpoint, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::key::Algorithm;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::testing::hub::Hub;
use angen_ledger::testing::{Grant, Scribe};
use angen_testing::exchange::{deliver, pack};

use crate::phones::{Phones, lead_to, list};

/// Lets the hub log the seals of a dossier that it has not logged, and keeps its head with all
/// receipts. Gives the time of the head.
fn log(hub: &mut Hub, store: &Store, dossier: DossierId) -> i64 {
    let from_size = hub.entries.len() as u64;
    let logged: Vec<Hash> = hub.entries.iter().map(|entry| entry.subject).collect();
    let seals = store.read(|read| store::seals_of(read, dossier)).unwrap();
    let new = seals.iter().filter(|(_, signed)| !logged.contains(&signed.hash));
    let places: Vec<u64> = new.map(|(_, signed)| hub.receive_seal(signed)).collect();
    let size = hub.entries.len() as u64;
    let signed = SignedCheckpoint::read(&hub.checkpoint()).unwrap();
    let proof = if from_size > 0 { hub.consistency(from_size, size) } else { Vec::new() };
    let kept = KeptCheckpoint { signed, agrees: true, from_size, proof };
    store
        .write(|tx| {
            store::keep_checkpoint(tx, &kept)?;
            places.iter().try_for_each(|place| {
                store::keep_receipt(tx, &hub.origin, &hub.receipt(*place, size))
            })
        })
        .unwrap();
    i64::try_from(hub.clock_s).unwrap() * 1_000
}

#[test]
fn a_value_stands_between_the_checkpoint_that_it_names_and_the_one_that_has_it() {
    let phones = Phones::new();
    let grant =
        Grant { duty: Duty::Root, name: "根", scopes: &["*:37"], algorithm: Algorithm::Ed25519 };
    let mut hub = Hub::new(31, "rizhao.example/test/1", &Scribe::new(30, &grant, None));
    let known = &hub.scribe.certificate.certificate;
    let request = CertifyHub {
        name: known.name.clone(),
        organisation: known.organisation.clone(),
        origin: hub.origin.clone(),
        keys: NewKeys { sign: known.key.clone(), seal_to: known.seal_to },
    };
    certify_hub(&phones.one.desk(phones.one.place.administrator), &request).unwrap();
    let before = log(&mut hub, &phones.one.store, phones.check);
    // The first phone has seen a head of the log, the second one none.
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    deliver(&pack(&phones.two.store).unwrap(), &phones.one.store).unwrap();
    let open = list(&phones.one, phones.check);
    let [wang, li] = phones.one.cast.officers;
    let time = |list: &angen_core::action::ConflictList, writer| {
        let mut authors = list.conflicts[0].authors.iter();
        let author = authors.find(|author| author.writer == writer).unwrap();
        (author.not_before_ms, author.not_after_ms)
    };
    assert_eq!(time(&open, wang), (Some(before), None));
    assert_eq!(time(&open, li), (None, None));
    hub.clock_s += 3_600;
    let after = log(&mut hub, &phones.one.store, phones.check);
    let open = list(&phones.one, phones.check);
    assert_eq!(time(&open, wang), (Some(before), Some(after)));
    assert_eq!(time(&open, li), (None, Some(after)));
    assert!(before < after);
}
