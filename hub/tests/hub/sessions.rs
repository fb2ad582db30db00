//! Who asks a hub, and what a stranger, a thief and a neighbour get to see.

use crate::common::{Phone, Signed, TestDisk, TestHub, push, request, sign_in};
use angen_hub::client::{Caller, Pulled, exchange};
use angen_hub::limits::{CHALLENGE_MS, SESSION_MS, SESSIONS_OF_ONE_MAX};
use angen_hub::wire::{
    Challenge, ChallengeAnswer, Changes, HubHead, Limited, PulledRuns, Receipts, Token,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

/// A township with a photo at a hub, and its first officer signed in there.
fn begun(seed: u64) -> (Phone, TestHub, std::sync::Arc<crate::common::HubClock>, Signed) {
    let phone = Phone::new(seed);
    phone.capture(0, "a.jpg", 100_000);
    let (hub, clock) = TestHub::certified(&[&phone]);
    for dossier in phone.dossiers() {
        push(hub.address, &phone, dossier).unwrap();
    }
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    (phone, hub, clock, officer)
}

fn challenge(hub: &TestHub) -> Challenge {
    let answer = request(hub.address, "POST", "/v1/session/challenge", &[], &[]);
    Challenge::from_wire(&answer.body).unwrap()
}

fn post_answer(hub: &TestHub, cose: &[u8]) -> crate::common::Answer {
    request(hub.address, "POST", "/v1/session", &[], cose)
}

#[test]
fn an_officer_reads_what_changed_its_runs_and_its_receipts() {
    let (phone, hub, _, officer) = begun(121);
    let changes = Changes::from_wire(&officer.get("/v1/changes").body).unwrap();
    assert_eq!(changes.next, changes.size);
    let mut dossiers = phone.dossiers();
    dossiers.sort_unstable();
    assert_eq!(changes.changed.iter().map(|c| c.dossier).collect::<Vec<_>>(), dossiers);
    let later = officer.get(&format!("/v1/changes?since={}", changes.next));
    assert!(Changes::from_wire(&later.body).unwrap().changed.is_empty());

    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let pulled = PulledRuns::from_wire(&officer.get(&path).body).unwrap();
    assert_eq!((pulled.runs.len(), pulled.next), (2, 2));
    let register = changes.changed.iter().find(|c| c.dossier == phone.register()).unwrap();
    assert_eq!((register.arrivals, register.running), (2, pulled.running));

    let path = format!("/v1/dossiers/{}/receipts", phone.register());
    let receipts = Receipts::from_wire(&officer.get(&path).body).unwrap();
    let head = SignedCheckpoint::read(&receipts.note).unwrap().checkpoint;
    assert_eq!(receipts.receipts.len(), 3);
    let read = |sent: &angen_hub::wire::SentReceipt| {
        Receipt::read(&sent.entry, sent.index, head.size, sent.proof.clone()).unwrap()
    };
    assert!(receipts.receipts.iter().all(|sent| read(sent).is_in(&head)));
    let seal = SignedSeal::read(&pulled.runs[1].seal).unwrap().hash;
    assert!(receipts.receipts.iter().any(|sent| read(sent).entry.subject == seal));

    let (blob, cipher) = phone.only_blob();
    let path = format!("/v1/blobs/{}?dossier={}", blob.address, phone.register());
    assert_eq!(officer.get(&path).body, cipher);
    let part = officer.get_range(&path, "bytes=70000-70099");
    assert_eq!((part.status, &part.body[..]), (206, &cipher[70_000..70_100]));
    let span = format!("bytes 70000-70099/{}", cipher.len());
    assert_eq!(part.header("content-range"), Some(&span[..]));
    assert_eq!(officer.get_range(&path, "bytes=70000-").body, cipher[70_000..]);
    for bad in ["bytes=9999999-", "bytes=5-4", "bytes=-5", "bytes=a-b", "bytes=0-1,3-4", "x"] {
        assert_eq!(officer.get_range(&path, bad).refusal().0, 416, "{bad}");
    }
    drop(hub);
}

#[test]
fn a_token_that_is_missing_made_up_or_over_opens_nothing() {
    let (phone, hub, clock, officer) = begun(122);
    let (blob, _) = phone.only_blob();
    let paths = [
        "/v1/changes".to_owned(),
        format!("/v1/dossiers/{}/runs", phone.register()),
        format!("/v1/dossiers/{}/receipts", phone.register()),
        format!("/v1/blobs/{}?dossier={}", blob.address, phone.register()),
    ];
    let no_session = (401, "no_session".to_owned());
    for path in &paths {
        assert_eq!(officer.get(path).status, 200);
        let bare = request(hub.address, "GET", path, &[], &[]);
        assert_eq!(bare.refusal(), no_session);
        let token = &officer.token;
        let made_up = [
            format!("Bearer {}A", &token[..42]),
            format!("Bearer {token}="),
            format!("bearer {token}"),
            token.clone(),
            "Bearer ".to_owned(),
            format!("Bearer {}", "A".repeat(5_000)),
        ];
        for field in made_up.into_iter().filter(|field| *field != format!("Bearer {token}")) {
            let answer = request(hub.address, "GET", path, &[("Authorization", field)], &[]);
            assert_eq!(answer.refusal(), no_session);
        }
    }
    clock.pass(SESSION_MS - 1);
    assert_eq!(officer.get(&paths[0]).status, 200);
    clock.pass(1);
    for path in &paths {
        assert_eq!(officer.get(path).refusal(), no_session);
    }
}

#[test]
fn a_challenge_is_answered_once_in_time_for_this_hub_and_by_its_signer() {
    let (phone, hub, clock, _) = begun(123);
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let (admin, _) = phone.credentials(phone.place.administrator);
    let bad = (401, "bad_challenge".to_owned());
    let Challenge { nonce, origin } = challenge(&hub);
    let said = ChallengeAnswer { origin: origin.clone(), nonce };
    let good = said.sign(&*key, certificate).unwrap();

    let elsewhere = ChallengeAnswer { origin: "other.example/1".to_owned(), nonce };
    assert_eq!(post_answer(&hub, &elsewhere.sign(&*key, certificate).unwrap()).refusal(), bad);
    assert_eq!(post_answer(&hub, &said.sign(&*key, admin).unwrap()).refusal(), bad);
    let mut made_up = said.clone();
    made_up.nonce[12] ^= 1;
    assert_eq!(post_answer(&hub, &made_up.sign(&*key, certificate).unwrap()).refusal(), bad);
    let mut longer = said.clone();
    longer.nonce[0] = 0xff;
    assert_eq!(post_answer(&hub, &longer.sign(&*key, certificate).unwrap()).refusal(), bad);
    // A seal is signed for another purpose: it opens nothing.
    let seal = phone.runs(phone.register())[1].seal.clone();
    assert_eq!(post_answer(&hub, &seal).status, 400);

    assert_eq!(post_answer(&hub, &good).status, 200);
    assert_eq!(post_answer(&hub, &good).refusal(), bad, "a nonce is used once");
    let late = ChallengeAnswer { origin, nonce: challenge(&hub).nonce };
    let late = late.sign(&*key, certificate).unwrap();
    clock.pass(CHALLENGE_MS);
    assert_eq!(post_answer(&hub, &late).refusal(), bad);
}

#[test]
fn a_certificate_that_is_unknown_or_of_another_root_signs_nobody_in() {
    let (_, hub, _, _) = begun(124);
    let stranger = Phone::new(125);
    let (certificate, key) = stranger.credentials(stranger.officers[0]);
    let Challenge { nonce, origin } = challenge(&hub);
    let cose = ChallengeAnswer { origin, nonce }.sign(&*key, certificate).unwrap();
    assert_eq!(post_answer(&hub, &cose).refusal(), (409, "certificate_missing".to_owned()));
}

#[test]
fn a_neighbour_sees_no_difference_between_what_is_not_there_and_what_is_not_hers() {
    let phone = Phone::new(126);
    phone.capture(0, "a.jpg", 1_000);
    let neighbour = Phone::in_area(127, "371102111");
    let (hub, _) = TestHub::certified(&[&phone, &neighbour]);
    push(hub.address, &phone, phone.register()).unwrap();
    push(hub.address, &neighbour, neighbour.register()).unwrap();
    let her = sign_in(hub.address, &neighbour, neighbour.officers[0]);
    let (blob, _) = phone.only_blob();

    let changes = Changes::from_wire(&her.get("/v1/changes").body).unwrap();
    let seen: Vec<DossierId> = changes.changed.iter().map(|c| c.dossier).collect();
    assert_eq!(seen, [neighbour.register()]);
    let (theirs, nowhere) = (phone.register(), DossierId([0x44; 16]));
    for end in ["runs", "receipts", "runs?since=99"] {
        let forbidden = her.get(&format!("/v1/dossiers/{theirs}/{end}"));
        let unknown = her.get(&format!("/v1/dossiers/{nowhere}/{end}"));
        assert_eq!(forbidden.refusal(), (404, "unknown".to_owned()));
        assert_eq!(forbidden.body, unknown.body);
    }
    let her_own = neighbour.register();
    let none = Hash([0x44; 32]);
    let asked = [(blob.address, theirs), (blob.address, her_own), (none, her_own), (none, nowhere)];
    let answers =
        asked.map(|(address, dossier)| her.get(&format!("/v1/blobs/{address}?dossier={dossier}")));
    for answer in &answers {
        assert_eq!((answer.status, &answer.body), (404, &answers[0].body));
        assert_eq!(answer.head.lines().count(), answers[0].head.lines().count());
    }
}

#[test]
fn advice_that_a_mentor_has_not_released_is_given_to_mentors_alone() {
    let (phone, hub, _, officer) = begun(131);
    let visit = phone.mentored_visit();
    let teaching = DossierId(EntityId::derived(visit.dossier, "teaching").0);
    push(hub.address, &phone, teaching).unwrap();
    let mentor = sign_in(hub.address, &phone, visit.mentor);
    let runs = format!("/v1/dossiers/{teaching}/runs");
    assert_eq!(mentor.get(&runs).status, 404, "without the visit nobody knows its mentors");
    push(hub.address, &phone, phone.place.roster).unwrap();
    push(hub.address, &phone, visit.dossier).unwrap();

    let sees = |who: &Signed| {
        let changes = Changes::from_wire(&who.get("/v1/changes").body).unwrap();
        let listed = changes.changed.iter().any(|changed| changed.dossier == teaching);
        assert_eq!(listed, who.get(&runs).status == 200);
        listed
    };
    assert!(sees(&mentor) && !sees(&officer));
    phone.release(&visit);
    push(hub.address, &phone, teaching).unwrap();
    assert!(sees(&mentor) && sees(&officer));
}

#[test]
fn addresses_and_queries_of_another_shape_are_refused() {
    let (phone, hub, _, officer) = begun(128);
    let register = phone.register();
    let (blob, _) = phone.only_blob();
    let zeros = "0".repeat(500);
    let bad_query = (400, "bad_query".to_owned());
    for query in
        ["since=-1", "since=", "since=1&since=2", "until=1", "since=9223372036854775808", "=", ""]
    {
        let answer = officer.get(&format!("/v1/changes?{query}"));
        assert_eq!(answer.refusal(), bad_query, "{query}");
    }
    let answer = officer.get(&format!("/v1/changes?since={zeros}1"));
    assert_eq!(answer.refusal(), bad_query);
    let answer = officer.get(&format!("/v1/blobs/{}", blob.address));
    assert_eq!(answer.refusal(), bad_query);
    for address in ["..%2f..%2fhub.key", "%2e%2e", "hub.key", &"F".repeat(64), &"a".repeat(63)] {
        let answer = officer.get(&format!("/v1/blobs/{address}?dossier={register}"));
        assert_eq!(answer.refusal(), (400, "bad_address".to_owned()), "{address}");
    }
    for path in ["tlog/tile/0/%ff", "dossiers/%ff/runs", "blobs/%c3%28", "tlog/consistency/%ff/1"] {
        assert_eq!(officer.get(&format!("/v1/{path}")).refusal(), (400, "bad_path".to_owned()));
    }
    let huge = officer.get(&format!("/v1/changes?since={}", i64::MAX));
    let huge = Changes::from_wire(&huge.body).unwrap();
    assert_eq!((huge.next, huge.changed.len()), (huge.size, 0));
    drop(hub);
}

#[test]
fn strangers_who_ask_for_challenges_keep_nobody_out() {
    let (phone, hub, _, officer) = begun(130);
    let early = challenge(&hub);
    for _ in 0..300 {
        challenge(&hub);
    }
    let (certificate, key) = phone.credentials(phone.officers[1]);
    let said = ChallengeAnswer { origin: early.origin, nonce: early.nonce };
    assert_eq!(post_answer(&hub, &said.sign(&*key, certificate).unwrap()).status, 200);
    assert_eq!(officer.get("/v1/changes").status, 200);
}

#[test]
fn one_certificate_keeps_no_more_sessions_than_its_share() {
    let (phone, hub, clock, first) = begun(129);
    for _ in 0..SESSIONS_OF_ONE_MAX {
        clock.pass(1);
        sign_in(hub.address, &phone, phone.officers[0]);
    }
    assert_eq!(first.get("/v1/changes").status, 401, "the oldest gave way");
    let other = sign_in(hub.address, &phone, phone.officers[1]);
    assert_eq!(other.get("/v1/changes").status, 200);
}

#[test]
fn a_revoked_writer_is_shown_nothing_and_pushes_all_the_same() {
    let (phone, hub, _, officer) = begun(131);
    let receipts = format!("/v1/dossiers/{}/receipts", phone.register());
    let (blob, _) = phone.only_blob();
    let blob = format!("/v1/blobs/{}?dossier={}", blob.address, phone.register());
    assert_eq!(officer.get("/v1/changes").status, 200);
    phone.revoke(phone.officers[0]);
    assert_eq!(officer.get("/v1/changes").status, 200, "the hub has not heard of it");
    push(hub.address, &phone, phone.place.roster).unwrap();
    for path in ["/v1/changes", &receipts, &blob] {
        assert_eq!(officer.get(path).refusal(), (403, "revoked".to_owned()), "{path}");
    }
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let Challenge { nonce, origin } = challenge(&hub);
    let cose = ChallengeAnswer { origin, nonce }.sign(&*key, certificate).unwrap();
    let Token { limit, .. } = Token::from_wire(&post_answer(&hub, &cose).body).unwrap();
    assert_eq!(limit.map(|limit| limit.why), Some(Limited::Revoked));
    // What she recorded all the same is taken, kept, and has its receipt.
    let other = sign_in(hub.address, &phone, phone.officers[1]);
    let count = || Receipts::from_wire(&other.get(&receipts).body).unwrap().receipts.len();
    let before = count();
    phone.capture(0, "later.jpg", 10_000);
    let heads = format!("/v1/dossiers/{}/heads", phone.register());
    let told = HubHead::from_wire(&officer.get(&heads).body).unwrap();
    assert_eq!(told, HubHead::new(phone.register(), Vec::new(), 0), "it shows no head either");
    let caller = Caller { certificate, key: &*key };
    let roots = [phone.place.root];
    let done = exchange(&hub.url(), &phone.store, &TestDisk::roomy(), &roots, &caller).unwrap();
    assert_eq!((done.sent_ops, done.sent_blobs), (1, 1), "{done:?}");
    assert_eq!(done.pulled, Pulled::default());
    assert_eq!(done.limit, limit);
    assert!(done.receipts > 0, "{done:?}");
    assert_eq!((done.waiting_seals, done.waiting_blobs), (0, 0), "nothing is sent again");
    assert!(count() > before);
    // The administrator's device has the receipts, and the evidence, in quarantine.
    let own = push(hub.address, &phone, phone.register()).unwrap();
    assert_eq!((own.new_ops, own.is_same), (0, true));
}
