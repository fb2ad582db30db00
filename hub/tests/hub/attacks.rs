//! What somebody tries who does not mean it well, one by one.

use std::cell::Cell;

use crate::common::{Answer, Phone, TestHub, exchange, post_as, request, request_head, sign_in};
use crate::enrol::{invited, lay_down_bytes};
use crate::pull::{begun, push_all};
use angen_core::action::may_read;
use angen_core::store;
use angen_hub::limits::HEAD_FIELDS_MAX;
use angen_hub::wire::{Certificates, Challenge, ChallengeAnswer, Runs};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;
use rusqlite::trace::{TraceEvent, TraceEventCodes};

fn get(hub: &TestHub, path: &str) -> Answer {
    request(hub.address, "GET", path, &[], &[])
}

fn post(hub: &TestHub, path: &str, body: &[u8]) -> Answer {
    request(hub.address, "POST", path, &[], body)
}

#[test]
fn requests_that_are_played_again_or_in_another_order_change_nothing() {
    let phone = Phone::new(211);
    for name in ["a.jpg", "b.jpg", "c.jpg"] {
        phone.capture(0, name, 500);
    }
    let hub = TestHub::knowing(&[phone.place.root]);
    let certificates = Certificates(phone.certificates()).to_wire();
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    let runs: Vec<Vec<u8>> =
        phone.runs(phone.register()).into_iter().map(|run| Runs(vec![run]).to_wire()).collect();
    assert_eq!(post(&hub, "/v1/certificates", &certificates).status, 200);
    // The opening, and then the youngest before those that it follows.
    let order = [0, 3, 2, 1];
    for at in order {
        assert_eq!(post(&hub, &path, &runs[at]).status, 200, "run {at}");
    }
    let whole = hub.contents();
    let own = phone.store.read(|c| store::heads_of(c, phone.register())).unwrap();
    assert_eq!(hub.store.read(|c| store::heads_of(c, phone.register())).unwrap(), own);
    for at in [3, 0, 1, 2, 0, 3] {
        assert_eq!(post(&hub, &path, &runs[at]).status, 200);
    }
    assert_eq!(post(&hub, "/v1/certificates", &certificates).status, 200);
    assert_eq!(hub.contents(), whole);
}

#[test]
fn a_stolen_token_ends_with_the_hub_that_gave_it() {
    let phone = Phone::new(212);
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    assert_eq!(officer.get("/v1/changes").status, 200);
    drop(hub);
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    let stolen = [("Authorization", format!("Bearer {}", officer.token))];
    let answer = request(hub.address, "GET", "/v1/changes", &stolen, &[]);
    assert_eq!(answer.refusal(), (401, "no_session".to_owned()));
}

#[test]
fn a_path_in_the_place_of_a_tile_or_an_address_reaches_no_file() {
    let (_phone, hub) = begun(213, 1_000);
    for path in [
        "tlog/tile/0/../../hub.key",
        "tlog/tile/0/..%2f..%2fhub.key",
        "tlog/tile/0/%2e%2e/hub.key",
        "tlog/tile/..%2f0/000",
        "tlog/tile/0//etc/passwd",
        "tlog/tile/0/000%00",
        "tlog/tile/0/x001/../000.p/1",
        "blobs/..%2fhub.key",
        "blobs/%2e%2e%2fangen.db",
        "dossiers/..%2f..%2fhub.key/runs",
    ] {
        let answer = get(&hub, &format!("/v1/{path}"));
        assert!(matches!(answer.status, 400 | 401 | 404), "{path}: {answer:?}");
        answer.code();
    }
}

#[test]
fn bombs_of_cbor_cost_nothing_and_are_refused() {
    let (phone, hub) = begun(214, 1_000);
    let runs = format!("/v1/dossiers/{}/runs", phone.register());
    let before = hub.contents();
    let invitation = invited(&phone, &hub);
    let huge = |head: u8| [&[head][..], &[0xff; 8]].concat();
    let bombs = [
        vec![0x81; 1_000_000],
        vec![0xa1; 1_000_000],
        vec![0xd8; 1_000_000],
        vec![0x9f; 1_000_000],
        huge(0x9b),
        huge(0x5b),
        huge(0xbb),
        [&[0x81][..], &huge(0x5b)].concat(),
        [&[0x81, 0x82][..], &huge(0x9b)].concat(),
        [&[0x99, 0x04, 0x00][..], &[0x82, 0x80, 0x40].repeat(1_024)].concat(),
    ];
    for bomb in &bombs {
        let enrol = ["/v1/enrolment/invitations", "/v1/enrolment/answers"];
        for path in ["/v1/certificates", &runs, "/v1/session", enrol[0], enrol[1]] {
            let answer = post_as(hub.address, &phone, path, bomb);
            assert!(matches!(answer.status, 400 | 413), "{path} {:02x?}", &bomb[..3]);
            answer.code();
        }
        let asked = lay_down_bytes(&hub, &invitation, bomb);
        assert!(matches!(asked.status, 400 | 413), "{:02x?}", &bomb[..3]);
        asked.code();
    }
    assert_eq!(hub.contents(), before);
}

#[test]
fn a_body_that_is_packed_is_refused() {
    let (phone, hub) = begun(215, 1_000);
    let path = format!("/v1/dossiers/{}/runs", phone.register());
    for packing in ["gzip", "deflate", "br", "identity"] {
        let fields = [("Content-Encoding", packing.to_owned())];
        let answer = request(hub.address, "POST", &path, &fields, &[0x80]);
        assert_eq!(answer.refusal(), (415, "packed".to_owned()), "{packing}");
    }
}

#[test]
fn heads_with_too_many_fields_are_refused() {
    let hub = TestHub::knowing(&[]);
    let fields = |count| vec![("X-Field", "1".to_owned()); count];
    let head = request_head("GET", "/v1/health", &fields(HEAD_FIELDS_MAX - 2));
    assert_eq!(exchange(hub.address, head.as_bytes(), false).status, 200);
    let head = request_head("GET", "/v1/health", &fields(HEAD_FIELDS_MAX + 1));
    assert!(matches!(exchange(hub.address, head.as_bytes(), false).status, 0 | 431));
}

#[test]
fn proofs_that_make_no_sense_are_not_given() {
    let (_phone, hub) = begun(216, 1_000);
    assert_eq!(get(&hub, "/v1/tlog/consistency/1/2").status, 200);
    for sizes in
        ["2/1", "0/99999", "1/9223372036854775807", "1/9223372036854775808", "-1/1", "01/2"]
    {
        let answer = get(&hub, &format!("/v1/tlog/consistency/{sizes}"));
        let is_spelling = sizes == "01/2";
        assert!(is_spelling || answer.refusal() == (404, "unknown".to_owned()), "{sizes}");
    }
}

#[test]
fn an_answer_under_another_algorithm_or_under_none_opens_nothing() {
    let (phone, hub) = begun(217, 1_000);
    let (certificate, key) = phone.credentials(phone.officers[0]);
    let answered = |change: &dyn Fn(&mut Vec<u8>)| {
        let challenge = post(&hub, "/v1/session/challenge", &[]);
        let Challenge { nonce, origin } = Challenge::from_wire(&challenge.body).unwrap();
        let said = ChallengeAnswer { origin, nonce };
        let mut cose = said.sign(&*key, certificate).unwrap();
        change(&mut cose);
        post(&hub, "/v1/session", &cose)
    };
    assert_eq!(answered(&|_| {}).status, 200);
    // In the protected header stands {1: -8}: -7 is P-256, 5 is HMAC, 0 is nothing.
    let at = |cose: &[u8]| cose.windows(2).position(|pair| pair == [0x01, 0x27]).unwrap() + 1;
    let with = |algorithm: u8| {
        answered(&|cose| {
            let at = at(cose);
            cose[at] = algorithm;
        })
    };
    assert_eq!(with(0x26).refusal(), (401, "bad_challenge".to_owned()));
    for algorithm in [0x05, 0x00, 0x24, 0x18] {
        assert_eq!(with(algorithm).refusal().0, 400, "{algorithm}");
    }
    let zeroed = answered(&|cose| cose.iter_mut().rev().take(64).for_each(|byte| *byte = 0));
    assert_eq!(zeroed.refusal(), (401, "bad_challenge".to_owned()));
    let bare = answered(&|cose| cose.truncate(cose.len() - 64));
    assert_eq!(bare.refusal(), (400, "malformed".to_owned()));
}

thread_local! {
    static STATEMENTS: Cell<u64> = const { Cell::new(0) };
}

fn count_statement(event: TraceEvent<'_>) {
    if let TraceEvent::Stmt(..) = event {
        STATEMENTS.set(STATEMENTS.get() + 1);
    }
}

#[test]
fn what_is_not_there_and_what_is_not_hers_cost_the_same_statements() {
    let phone = Phone::new(218);
    let neighbour = Phone::in_area(219, "371102111");
    let (hub, _) = TestHub::certified(&[&phone, &neighbour]);
    push_all(&phone, &hub);
    push_all(&neighbour, &hub);
    let (hash, _) = neighbour.credentials(neighbour.officers[0]);
    let held = neighbour.certificates();
    let mut held = held.iter().map(|cose| SignedCertificate::read(cose).unwrap());
    let hers = held.find(|held| held.hash == hash).unwrap().certificate;
    let cost = |dossier| {
        let counted = hub.store.with_writer(|connection| {
            let watched = TraceEventCodes::SQLITE_TRACE_STMT;
            connection.trace_v2(watched, Some(count_statement)).unwrap();
            STATEMENTS.set(0);
            let may = may_read(connection, &hers, dossier).unwrap();
            connection.trace_v2(TraceEventCodes::empty(), None::<fn(TraceEvent<'_>)>).unwrap();
            (may, STATEMENTS.get())
        });
        counted.unwrap()
    };
    let (may, statements) = cost(DossierId([0x44; 16]));
    assert!(!may && statements > 0);
    for dossier in phone.dossiers() {
        assert_eq!(cost(dossier), (false, statements));
    }
    assert!(cost(neighbour.register()).0);
}

/// Sends bytes and gives everything that came back, answer after answer.
fn talk(hub: &TestHub, bytes: &str) -> String {
    use std::io::{Read, Write};
    let mut stream = std::net::TcpStream::connect(hub.address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_millis(700))).unwrap();
    let _ = stream.write_all(bytes.as_bytes());
    let mut all = Vec::new();
    let _ = stream.read_to_end(&mut all);
    String::from_utf8_lossy(&all).into_owned()
}

#[test]
fn a_request_that_two_readers_would_cut_in_two_places_is_one_or_none() {
    let hub = TestHub::knowing(&[]);
    let hidden = "GET /v1/hidden HTTP/1.1\r\nHost: hub\r\n\r\n";
    let post = "POST /v1/certificates HTTP/1.1\r\nHost: hub\r\n";
    let bad = [
        format!("{post}Content-Length: 1\r\nContent-Length: 2\r\n\r\n\u{1}\u{1}"),
        format!("{post}Content-Length: +1\r\n\r\n{hidden}"),
        format!("{post}Content-Length : 1\r\n\r\n{hidden}"),
        format!("{post}Content-Length: 1\r\n folded: 1\r\n\r\n{hidden}"),
        format!("{post}Transfer-Encoding: chunked, identity\r\n\r\n0\r\n\r\n{hidden}"),
        format!("{post}Transfer-Encoding: xchunked\r\n\r\n0\r\n\r\n{hidden}"),
        format!("{post}Transfer-Encoding: chunked\r\n\r\n+0\r\n\r\n{hidden}"),
        format!("{post}Transfer-Encoding: chunked\r\n\r\nffffffffffffffffff\r\n{hidden}"),
    ];
    for bytes in &bad {
        let came = talk(&hub, bytes);
        assert!(!came.contains("no_route"), "the hidden request was answered: {bytes}\n{came}");
        assert!(came.matches("HTTP/1.1 ").count() <= 1, "{bytes}\n{came}");
    }
    // Both lengths: the pieces count, and what the other length hides is a part of the body.
    let both = "Content-Length: 4\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\n";
    let pieces = format!("{:x}\r\n{hidden}\r\n0\r\n\r\n", hidden.len());
    let came = talk(&hub, &format!("{post}{both}{pieces}"));
    assert!(!came.contains("no_route"), "{came}");
    assert_eq!(came.matches("HTTP/1.1 ").count(), 1, "{came}");
}
