//! A hub that refuses says so under its key, so that nobody can say later that nothing was sent.

use std::path::Path;

use crate::common::{Answer, Phone, TestDisk, TestHub, drive, post_as, request, send};
use angen_core::action::{Receiver, import_package};
use angen_core::store::{self, SealedRun, Store};
use angen_core::sync::{
    self, Answer as Heard, AnswerBody, Exchanged, Line, PullError, PushError, Request, RequestBody,
    Site, Task,
};
use angen_hub::client::Caller;
use angen_hub::wire::{Certificates, Runs};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::cose::Purpose;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::refusal::{NO_DOSSIER, SignedRefusal};
use angen_ledger::seal::SignedSeal;
use angen_ledger::verify::{Fault, NoObserver, Outcome, Rule, verify};
use angen_ledger::wire::Wire;
use base64ct::{Base64UrlUnpadded, Encoding};

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

fn push(phone: &Phone, hub: &TestHub, dossier: DossierId, runs: Vec<SealedRun>) -> Answer {
    let path = format!("/v1/dossiers/{dossier}/runs");
    post_as(hub.address, phone, &path, &Runs(runs).to_wire())
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
    let answer = push(&phone, &hub, register, altered.clone());
    assert!((400..500).contains(&answer.status), "{answer:?}");
    let said = signed(&answer, folder.path());
    assert_eq!((said.refusal.subject, said.refusal.dossier), (subject, register));
    assert_eq!(said.refusal.reason, answer.code());
    assert!(said.refusal.words.contains(" / ") && said.refusal.at_ms > 0);
    // Among others nobody can tell which it was; the same seal as it was is taken.
    altered.push(runs[1].clone());
    assert!(push(&phone, &hub, register, altered).signed().is_none());
    assert_eq!(push(&phone, &hub, register, runs).status, 200);
}

#[test]
fn what_is_not_believed_and_what_is_out_of_place_is_refused_under_the_hubs_key() {
    let (phone, hub, folder) = begun(172);
    let stranger = Phone::new(173);
    let theirs = stranger.runs(stranger.register());
    let answer = push(&phone, &hub, stranger.register(), theirs.clone());
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

    let answer = push(&phone, &hub, phone.register(), phone.runs(phone.place.roster));
    assert_eq!(answer.refusal(), (422, "other_dossier".to_owned()));
    let said = signed(&answer, folder.path());
    assert_eq!(said.refusal.dossier, phone.place.roster, "the seal says of which it is");
    let late = phone.runs(phone.register())[1..].to_vec();
    let answer = push(&phone, &hub, phone.register(), late);
    assert_eq!(answer.refusal(), (409, "dossier_not_open".to_owned()));
    assert_eq!(signed(&answer, folder.path()).refusal.reason, "dossier_not_open");
}

#[test]
fn what_is_no_seal_and_what_a_hub_without_a_certificate_refuses_is_not_signed() {
    let (phone, hub, _folder) = begun(174);
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let answer = post_as(hub.address, &phone, &path, b"none");
    assert_eq!(answer.refusal(), (400, "malformed".to_owned()));
    assert!(answer.signed().is_none());
    let plain = TestHub::knowing(&[phone.place.root]);
    let runs = Runs(phone.runs(phone.register())).to_wire();
    assert!(request(plain.address, "POST", &path, &[], &runs).signed().is_none());
}

/// An exchange of the first officer over a network that pairs one seal with altered ops, as long
/// as it is told to, and that makes what it wants of the hub's answers.
fn meet(
    phone: &Phone,
    hub: &TestHub,
    altered: Option<Hash>,
    hear: impl Fn(Heard) -> Heard,
) -> Result<Exchanged, PullError> {
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let (disk, caller) = (TestDisk::roomy(), Caller { certificate, key: &*key });
    let site = Site { store: &phone.store, disk: &disk };
    let mut task = sync::exchange(7, site, [phone.place.root].into(), caller);
    drive(&mut task, |asked| hear(send(hub.address, &with_altered(asked, altered))))
}

/// A request, with the ops under one seal altered.
fn with_altered(mut asked: Request, altered: Option<Hash>) -> Request {
    if let (true, RequestBody::Bytes(bytes)) = (asked.path.ends_with("/runs"), &mut asked.body) {
        let Runs(mut runs) = Runs::from_wire(bytes).unwrap();
        for run in &mut runs {
            if Some(SignedSeal::read(&run.seal).unwrap().hash) == altered {
                run.ops[0].1.as_mut().unwrap().pop();
            }
        }
        *bytes = Runs(runs).to_wire();
    }
    asked
}

/// The push of one dossier ended at the file that a refused seal names.
#[test]
fn a_push_goes_on_past_the_blob_of_a_refused_seal() {
    let (phone, hub, _folder) = begun(177);
    phone.capture(1, "second.jpg", 1_000);
    let register = phone.register();
    let refused = SignedSeal::read(&phone.runs(register)[1].seal).unwrap().hash;
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let caller = Caller { certificate, key: &*key };
    let (line, roots) = (Line::new(7), [phone.place.root].into());
    let mut task = Task::new(line.clone(), async {
        let session = sync::Session::sign_in(line.clone(), &phone.store, roots, caller).await?;
        session.push_dossier(&phone.store, register).await
    });
    let network = |asked| send(hub.address, &with_altered(asked, Some(refused)));
    let pushed: Result<_, PullError> = drive(&mut task, network);
    let pushed = pushed.unwrap();
    assert_eq!((pushed.refused_seals, pushed.refused_blobs, pushed.sent_blobs), (1, 1, 1));
}

#[test]
fn a_refusal_in_a_package_is_taken_in_once() {
    let (phone, hub, _folder) = begun(178);
    let other = phone.copy(179);
    let refused = SignedSeal::read(&phone.runs(phone.register())[1].seal).unwrap().hash;
    meet(&phone, &hub, Some(refused), |heard| heard).unwrap();
    let file = phone.export(phone.register());
    let import = || {
        let disk = TestDisk::roomy();
        let receiver =
            Receiver { store: &other.store, disk: &disk, roots: vec![phone.place.root], log: None };
        import_package(&receiver, &file).unwrap().refusals
    };
    assert_eq!((import(), import()), (1, 0));
    let kept = other.store.read(store::standing_refusals).unwrap();
    assert_eq!(kept, phone.store.read(store::standing_refusals).unwrap());
    assert_eq!(kept[0].refusal.refusal.subject, refused);
    let done = meet(&other, &hub, None, |heard| heard).unwrap();
    assert_eq!(
        (done.refused_seals, other.store.read(store::standing_refusals).unwrap()),
        (0, vec![])
    );
}

#[test]
fn the_refusal_of_a_certificate_is_kept_and_everything_else_goes_out() {
    let (phone, hub, folder) = begun(180);
    let stranger = Phone::in_area(181, "371102111");
    // As a device holds it that was once told of two roots.
    let theirs = stranger.runs(stranger.register());
    phone.store.write(|tx| store::receive(tx, &stranger.certificates(), &theirs)).unwrap();

    let done = meet(&phone, &hub, None, |heard| heard).unwrap();
    assert_eq!((done.refused_seals, done.refused_certificates), (0, 1), "{done:?}");
    assert_eq!(done.waiting_seals, theirs.len() as u64, "all others have their receipts");
    let kept = phone.store.read(store::standing_refusals).unwrap();
    let [kept] = &kept[..] else { panic!("one was refused: {kept:?}") };
    let said = &kept.refusal.refusal;
    assert_eq!((said.subject, said.dossier), (stranger.place.root, NO_DOSSIER));
    assert_eq!(said.reason, "other_root");

    // The hub learns of the root: a receipt outweighs the refusal.
    drop(hub);
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone, &stranger]);
    let done = meet(&phone, &hub, None, |heard| heard).unwrap();
    assert_eq!((done.refused_certificates, done.waiting_seals), (0, 0), "{done:?}");
    assert_eq!(phone.store.read(store::standing_refusals).unwrap(), []);
}

#[test]
fn a_phone_keeps_what_was_refused_by_name_and_a_later_receipt_outweighs_it() {
    let (phone, hub, _folder) = begun(175);
    phone.capture(1, "second.jpg", 1_000);
    let refused = SignedSeal::read(&phone.runs(phone.register())[1].seal).unwrap();
    for _ in 0..2 {
        let done = meet(&phone, &hub, Some(refused.hash), |heard| heard).unwrap();
        assert_eq!((done.refused_seals, done.waiting_seals), (1, 1), "the others were taken");
    }
    let kept = phone.store.read(store::standing_refusals).unwrap();
    let [kept] = &kept[..] else { panic!("one was refused, for one reason: {kept:?}") };
    assert_eq!(kept.refusal.refusal.subject, refused.hash);
    assert_eq!(kept.refusal.refusal.dossier, phone.register());
    assert_eq!(refused_by(&phone), 1, "whoever reads the package sees it");

    let done = meet(&phone, &hub, None, |heard| heard).unwrap();
    assert_eq!((done.refused_seals, done.waiting_seals, &done.origin), (0, 0, &kept.origin));
    assert_eq!(phone.store.read(store::standing_refusals).unwrap(), []);
    assert_eq!(refused_by(&phone), 0);
}

/// Seals of the register that a hub refused, by the verdict on a package.
fn refused_by(phone: &Phone) -> usize {
    let bytes = std::fs::read(phone.export(phone.register())).unwrap();
    let verdict = verify(bytes.as_slice(), Some(phone.place.root), &mut NoObserver).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
    let found = &verdict.rules[&Rule::R5].items;
    found.iter().filter(|item| item.fault == Fault::RefusedByHub).count()
}

#[test]
fn a_refusal_that_the_hub_did_not_sign_is_not_kept_and_hides_nothing() {
    let (phone, hub, _folder) = begun(176);
    let refused = SignedSeal::read(&phone.runs(phone.register())[1].seal).unwrap();
    let (certificate, key) = phone.credentials(phone.officers[1]);
    let forged = |heard: Heard| {
        let AnswerBody::Bytes(bytes) = &heard.body else { return heard };
        let Ok(mut json) = serde_json::from_slice::<serde_json::Value>(bytes) else { return heard };
        let Some(signed) = json.get("signed").and_then(|signed| signed.as_str()) else {
            return heard;
        };
        let cose = Base64UrlUnpadded::decode_vec(signed).unwrap();
        let said = SignedRefusal::read(&cose).unwrap().refusal;
        let cose = said.sign(&*key, certificate).unwrap();
        json["signed"] = Base64UrlUnpadded::encode_string(&cose).into();
        Heard { body: AnswerBody::Bytes(json.to_string().into_bytes()), ..heard }
    };
    let error = meet(&phone, &hub, Some(refused.hash), forged).unwrap_err();
    assert!(matches!(error, PullError::Hub(PushError::Refused { .. })), "{error:?}");
    assert_eq!(phone.store.read(store::standing_refusals).unwrap(), []);
}
