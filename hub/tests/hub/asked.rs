//! Receipts for who pushes and may not read: the outbox empties, and nothing is sent twice.

use std::cell::RefCell;

use crate::common::{Answer, Phone, TestDisk, TestHub, drive, push, request, send, sign_in};
use crate::pull::push_all;
use angen_core::domain::Source;
use angen_core::store;
use angen_core::sync::{self, AnswerBody, Exchanged, Method, PullError, Site};
use angen_hub::client::Caller;
use angen_hub::limits::RECEIPTS_MAX;
use angen_hub::wire::{Asked, Receipts};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::log::entry::{Entry, Logged};
use angen_ledger::verify::{NoObserver, Outcome, Rule, verify};
use angen_ledger::wire::Wire;

/// An exchange of a writer, and how often it sent records or bytes of media.
fn meet(
    phone: &Phone,
    hub: &TestHub,
    writer: WriterId,
    hear: impl Fn(&str, sync::Answer) -> sync::Answer,
) -> (Result<Exchanged, PullError>, usize) {
    let (certificate, key) = phone.credentials(writer);
    let (disk, caller) = (TestDisk::roomy(), Caller { certificate, key: &*key });
    let site = Site { store: &phone.store, disk: &disk };
    let sent = RefCell::new(0);
    let mut task = sync::exchange(7, site, [phone.place.root].into(), caller);
    let done = drive(&mut task, |asked| {
        let is_records = asked.method == Method::Post && asked.path.ends_with("/runs");
        *sent.borrow_mut() += usize::from(is_records || asked.method == Method::Patch);
        hear(&asked.path, send(hub.address, &asked))
    });
    (done, sent.into_inner())
}

fn as_it_is(_: &str, answer: sync::Answer) -> sync::Answer {
    answer
}

/// What has no receipt on a phone, over its dossiers.
fn waiting(phone: &Phone) -> usize {
    let open = phone.store.read(|read| {
        let open = read.dossiers()?.into_iter().map(|one| store::unreceipted(read, one, None));
        open.collect::<Result<Vec<_>, _>>()
    });
    open.unwrap().iter().map(|open| open.seals.len() + open.blobs.len()).sum()
}

/// Sent again at each exchange until the receipts came this way.
#[test]
fn the_outbox_of_a_revoked_phone_empties_and_nothing_is_sent_again() {
    let phone = Phone::new(191);
    phone.capture(0, "a.jpg", 10_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    phone.revoke(phone.officers[0]);
    push(hub.address, &phone, phone.place.roster).unwrap();

    let (first, sent) = meet(&phone, &hub, phone.officers[0], as_it_is);
    let first = first.unwrap();
    assert!(first.limit.is_some() && sent > 0, "{first:?}");
    assert_eq!((first.waiting_seals, first.waiting_blobs, waiting(&phone)), (0, 0, 0));
    assert!(first.receipts > 0, "{first:?}");

    let (second, sent) = meet(&phone, &hub, phone.officers[0], as_it_is);
    assert_eq!((sent, second.unwrap().receipts), (0, 0));

    // They are as good as any others: a package carries them, and a stranger verifies them.
    let bytes = std::fs::read(phone.export(phone.register())).unwrap();
    let verdict = verify(bytes.as_slice(), Some(phone.place.root), &mut NoObserver).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
    assert!(verdict.rules.contains_key(&Rule::R2) && verdict.contents.seals_receipted > 0);
}

#[test]
fn advice_on_a_shared_phone_gets_its_receipts_though_the_officer_may_not_read_it() {
    let phone = Phone::new(192);
    let visit = phone.mentored_visit();
    let teaching = DossierId(EntityId::derived(visit.dossier, "teaching").0);
    let (hub, _) = TestHub::certified(&[&phone]);
    let (done, _) = meet(&phone, &hub, phone.officers[0], as_it_is);
    assert_eq!(done.unwrap().waiting_seals, 0);
    let kept = phone.store.read(|read| store::receipts_of(read, teaching)).unwrap();
    assert!(!kept.is_empty());
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    assert_eq!(officer.get(&format!("/v1/dossiers/{teaching}/runs")).status, 404);
}

fn ask(hub: &TestHub, token: &str, dossier: DossierId, asked: &[u8]) -> Answer {
    let path = format!("/v1/dossiers/{dossier}/receipts");
    let field = [("Authorization", format!("Bearer {token}"))];
    request(hub.address, "POST", &path, &field, asked)
}

/// What the receipts of an answer are about.
fn subjects(answer: &Answer) -> Vec<(Logged, Hash)> {
    let Receipts { receipts, .. } = Receipts::from_wire(&answer.body).unwrap();
    let entries = receipts.iter().map(|sent| Entry::from_wire(&sent.entry).unwrap());
    entries.map(|entry| (entry.what, entry.subject)).collect()
}

#[test]
fn who_shows_a_seal_gets_its_receipt_and_who_shows_another_gets_none() {
    let phone = Phone::new(193);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let token = sign_in(hub.address, &phone, phone.officers[0]).token;
    let register = phone.register();
    let seals: Vec<_> = phone.runs(register).into_iter().map(|run| run.seal).collect();
    let blobs = vec![phone.only_blob().0.address];
    let asked = Asked { seals: seals.clone(), blobs: blobs.clone() };
    let found = subjects(&ask(&hub, &token, register, &asked.to_wire()));
    assert_eq!(found.len(), seals.len() + 1);
    assert!(found.contains(&(Logged::Blob, blobs[0])));

    // Of another dossier, not there at all, and none: nothing is told of any of them.
    let elsewhere = ask(&hub, &token, phone.place.library, &asked.to_wire());
    let nowhere = ask(&hub, &token, DossierId([0x44; 16]), &asked.to_wire());
    let none = ask(&hub, &token, register, &Asked::default().to_wire());
    for answer in [elsewhere, nowhere, none] {
        assert_eq!((answer.status, subjects(&answer).len()), (200, 0));
    }
    phone.capture(0, "later.jpg", 1_000);
    let later = phone.runs(register).pop().unwrap().seal;
    let later = Asked { seals: vec![later], blobs: Vec::new() };
    assert_eq!(subjects(&ask(&hub, &token, register, &later.to_wire())), []);
}

#[test]
fn what_asks_for_receipts_is_bounded_and_strict() {
    let phone = Phone::new(194);
    let (hub, _) = TestHub::certified(&[&phone]);
    let token = sign_in(hub.address, &phone, phone.officers[0]).token;
    let register = phone.register();
    let many = Asked { seals: Vec::new(), blobs: vec![Hash([1; 32]); RECEIPTS_MAX + 1] };
    let no_seal = Asked { seals: vec![b"none".to_vec()], blobs: Vec::new() };
    let answer = ask(&hub, &token, register, &many.to_wire());
    assert_eq!(answer.refusal(), (413, "too_large".to_owned()));
    for bad in [no_seal.to_wire(), b"\x80".to_vec(), Vec::new()] {
        let answer = ask(&hub, &token, register, &bad);
        assert_eq!(answer.refusal(), (400, "malformed".to_owned()));
    }
    let plain = TestHub::knowing(&[phone.place.root]);
    let answer = ask(&plain, &token, register, &Asked::default().to_wire());
    assert_eq!(answer.refusal(), (404, "no_log".to_owned()));
}

#[test]
fn a_receipt_that_was_not_asked_for_is_refused() {
    let phone = Phone::new(195);
    phone.capture(0, "a.jpg", 1_000);
    phone.capture(1, "b.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let other = sign_in(hub.address, &phone, phone.officers[1]);
    // Those of both photos are here; then the first officer has one more, and may only push.
    meet(&phone, &hub, phone.officers[1], as_it_is).0.unwrap();
    phone.revoke(phone.officers[0]);
    push(hub.address, &phone, phone.place.roster).unwrap();
    phone.capture(0, "c.jpg", 1_000);
    let path = format!("/v1/dossiers/{}/receipts", phone.register());
    let before = waiting(&phone);
    let all = |asked: &str, answer: sync::Answer| match asked == path {
        true => sync::Answer { body: AnswerBody::Bytes(other.get(&path).body), ..answer },
        false => answer,
    };
    let (done, _) = meet(&phone, &hub, phone.officers[0], all);
    assert!(matches!(done, Err(PullError::BadReceipt("it was not asked for"))), "{done:?}");
    assert_eq!(waiting(&phone), before, "none of the answer is kept");
}
