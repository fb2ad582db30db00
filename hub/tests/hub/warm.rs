//! A hub that knows a chain by heart still judges it each time: who is revoked, whose time is over,
//! and who only looks like somebody it knows.

use crate::common::{Answer, Phone, Signed, TestHub, push, request, sign_in, sign_in_with};
use angen_core::store;
use angen_hub::wire::{Certificates, HubHead, Runs, Stored};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;

/// Sends everything of the register, and gives the head that is shown for it.
fn shown(hub: &TestHub, phone: &Phone, by: &Signed) -> HubHead {
    let answer = post_runs(hub, phone, by);
    assert_eq!(answer.status, 200, "{answer:?}");
    Stored::from_wire(&answer.body).unwrap().head
}

fn post_runs(hub: &TestHub, phone: &Phone, by: &Signed) -> Answer {
    let fields = [("Authorization", format!("Bearer {}", by.token))];
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let runs = Runs(phone.runs(phone.register())).to_wire();
    request(hub.address, "POST", &path, &fields, &runs)
}

fn nothing(dossier: DossierId) -> HubHead {
    HubHead::new(dossier, Vec::new(), 0)
}

/// What the certificate with this hash says, at the hub.
fn held(hub: &TestHub, hash: Hash) -> Option<SignedCertificate> {
    hub.store.read(|read| store::certificate(read, hash)).unwrap()
}

#[test]
fn who_is_revoked_is_shown_no_head_for_what_she_pushes_from_that_moment_on() {
    let phone = Phone::new(471);
    let (hub, _) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    let [first, second, ..] = phone.officers[..] else { panic!("two officers") };
    let (revoked, other) =
        (sign_in(hub.address, &phone, first), sign_in(hub.address, &phone, second));
    for _ in 0..3 {
        let head = shown(&hub, &phone, &revoked);
        assert!(!head.heads.is_empty());
        assert_eq!(shown(&hub, &phone, &other), head);
    }
    phone.revoke(first);
    push(hub.address, &phone, phone.place.roster).unwrap();
    assert_eq!(shown(&hub, &phone, &revoked), nothing(phone.register()));
    assert!(!shown(&hub, &phone, &other).heads.is_empty());
}

#[test]
fn whose_time_is_over_is_shown_no_head_for_what_he_pushes_from_that_moment_on() {
    let phone = Phone::new(472);
    let (hub, clock) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    let (admin, key) = phone.credentials(phone.place.administrator);
    let admin = held(&hub, admin).unwrap();
    let root = held(&hub, phone.place.root).unwrap();
    let mut short = admin.certificate;
    short.not_after_ms = Some(clock.wall_ms() + 1_000);
    let root_key = phone.ports.keys.signer(root.certificate.writer).unwrap();
    let cose = short.sign(&*root_key, Some(root.hash)).unwrap();
    let short = SignedCertificate::read(&cose).unwrap().hash;
    let body = Certificates(vec![phone.certificates()[0].clone(), cose]).to_wire();
    assert_eq!(request(hub.address, "POST", "/v1/certificates", &[], &body).status, 200);
    let by = sign_in_with(hub.address, short, &*key);
    for _ in 0..3 {
        assert!(!shown(&hub, &phone, &by).heads.is_empty());
    }
    clock.pass(2_000);
    assert_eq!(shown(&hub, &phone, &by), nothing(phone.register()));
}

#[test]
fn the_words_of_a_known_certificate_under_another_hand_are_believed_by_nobody() {
    let (phone, stranger) = (Phone::new(473), Phone::new(474));
    let (hub, _) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    let (known, _) = phone.credentials(phone.place.administrator);
    let known = held(&hub, known).unwrap();
    let root = known.signed.signer.unwrap();
    let strange = SignedCertificate::read(&stranger.certificates()[0]).unwrap();
    let strange_key = stranger.ports.keys.signer(strange.certificate.writer).unwrap();
    // The same words, and the name of the true root; the hand is the stranger's.
    let forged = known.certificate.sign(&*strange_key, Some(root)).unwrap();
    let hash = SignedCertificate::read(&forged).unwrap().hash;
    for _ in 0..2 {
        let body = Certificates(vec![phone.certificates()[0].clone(), forged.clone()]).to_wire();
        let answer = request(hub.address, "POST", "/v1/certificates", &[], &body);
        assert!((400..500).contains(&answer.status), "{answer:?}");
        assert!(held(&hub, hash).is_none());
    }
    // What the database gave before is not what it gives once somebody altered it.
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    assert!(!shown(&hub, &phone, &officer).heads.is_empty());
    let alter = |connection: &mut store::Connection| {
        let (forged, known) = (&forged, known.hash.as_bytes());
        let sql = "UPDATE certificate SET cose = ?1 WHERE hash = ?2";
        connection.execute(sql, (forged, known)).unwrap()
    };
    assert_eq!(hub.store.with_writer(alter), Some(1));
    assert_ne!(post_runs(&hub, &phone, &officer).status, 200);
}
