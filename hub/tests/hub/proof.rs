//! A hub that refuses says so under its key, so that nobody can say later that nothing was sent.

use std::path::Path;

use crate::common::{Answer, Phone, TestHub, request};
use angen_core::store::{self, SealedRun, Store};
use angen_hub::wire::{Certificates, Runs};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::cose::Purpose;
use angen_ledger::id::DossierId;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

/// A township, and a hub with a log that has its certificates.
fn begun(seed: u64) -> (Phone, TestHub, tempfile::TempDir) {
    let phone = Phone::new(seed);
    phone.capture(0, "photo.jpg", 1_000);
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    let certificates = Certificates(phone.certificates()).to_wire();
    assert_eq!(request(hub.address, "POST", "/v1/certificates", &[], &certificates).status, 200);
    (phone, hub, folder)
}

fn push(hub: &TestHub, dossier: DossierId, runs: Vec<SealedRun>) -> Answer {
    let path = format!("/v1/dossiers/{dossier}/runs");
    request(hub.address, "POST", &path, &[], &Runs(runs).to_wire())
}

/// What the hub of this folder signed, checked by its certificate.
fn signed(answer: &Answer, folder: &Path) -> SignedRefusal {
    let refusal = answer.signed().expect("it is signed");
    let store = Store::open(folder).unwrap();
    let held = store.read(|c| store::certificate(c, refusal.certificate)).unwrap();
    let hub = held.expect("the hub signs with a certificate that it has").certificate;
    assert!(log_of(&hub).is_some());
    assert!(refusal.signed.verifies(Purpose::Refusal, &hub.key));
    assert!(!refusal.signed.verifies(Purpose::Seal, &hub.key));
    refusal
}

#[test]
fn a_run_that_does_not_hold_is_refused_under_the_hubs_key() {
    let (phone, hub, folder) = begun(171);
    let register = phone.register();
    let runs = phone.runs(register);
    let subject = SignedSeal::read(&runs[0].seal).unwrap().hash;
    let mut altered = runs[..1].to_vec();
    altered[0].ops[0].1.as_mut().unwrap().pop();
    let answer = push(&hub, register, altered.clone());
    assert!((400..500).contains(&answer.status), "{answer:?}");
    let said = signed(&answer, folder.path());
    assert_eq!((said.refusal.subject, said.refusal.dossier), (subject, register));
    assert_eq!(said.refusal.reason, answer.code());
    assert!(said.refusal.words.contains(" / ") && said.refusal.at_ms > 0);
    // Among others nobody can tell which it was; the same seal as it was is taken.
    altered.push(runs[1].clone());
    assert!(push(&hub, register, altered).signed().is_none());
    assert_eq!(push(&hub, register, runs).status, 200);
}

#[test]
fn what_is_not_believed_and_what_is_out_of_place_is_refused_under_the_hubs_key() {
    let (phone, hub, folder) = begun(172);
    let stranger = Phone::new(173);
    let theirs = stranger.runs(stranger.register());
    let answer = push(&hub, stranger.register(), theirs.clone());
    assert_eq!(answer.refusal(), (409, "certificate_missing".to_owned()));
    let said = signed(&answer, folder.path());
    assert_eq!(said.refusal.subject, SignedSeal::read(&theirs[0].seal).unwrap().hash);

    let certificates = stranger.certificates();
    let body = Certificates(certificates.clone()).to_wire();
    let answer = request(hub.address, "POST", "/v1/certificates", &[], &body);
    assert_eq!(answer.refusal(), (403, "other_root".to_owned()));
    let said = signed(&answer, folder.path());
    let root = SignedCertificate::read(&certificates[0]).unwrap().hash;
    assert_eq!((said.refusal.subject, said.refusal.dossier), (root, DossierId([0; 16])));

    let answer = push(&hub, phone.register(), phone.runs(phone.place.roster));
    assert_eq!(answer.refusal(), (422, "other_dossier".to_owned()));
    let said = signed(&answer, folder.path());
    assert_eq!(said.refusal.dossier, phone.place.roster, "the seal says of which it is");
    let late = phone.runs(phone.register())[1..].to_vec();
    let answer = push(&hub, phone.register(), late);
    assert_eq!(answer.refusal(), (409, "dossier_not_open".to_owned()));
    assert_eq!(signed(&answer, folder.path()).refusal.reason, "dossier_not_open");
}

#[test]
fn what_is_no_seal_and_what_a_hub_without_a_certificate_refuses_is_not_signed() {
    let (phone, hub, _folder) = begun(174);
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let answer = request(hub.address, "POST", &path, &[], b"none");
    assert_eq!(answer.refusal(), (400, "malformed".to_owned()));
    assert!(answer.signed().is_none());
    let plain = TestHub::knowing(&[phone.place.root]);
    assert!(push(&plain, phone.register(), phone.runs(phone.register())).signed().is_none());
}
