//! What a hub refuses, with which status, and that nothing of it is stored.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use crate::common::{Answer, Phone, TestHub, exchange, request, request_head};
use angen_hub::limits::{HEAD_BYTES_MAX, RUNS_BYTES_MAX};
use angen_hub::wire::{Certificates, HubHead, Runs};
use angen_ledger::wire::Wire;

fn post(hub: &TestHub, path: &str, body: &[u8]) -> Answer {
    request(hub.address, "POST", path, &[], body)
}

fn runs_path(phone: &Phone) -> String {
    format!("/v1/dossiers/{}/runs", phone.register())
}

/// A phone with one photo, and a hub that has the certificates and no op.
fn begun(seed: u64) -> (Phone, TestHub) {
    let phone = Phone::new(seed);
    phone.capture(0, "photo.jpg", 1_000);
    let hub = TestHub::knowing(&[phone.place.root]);
    let certificates = Certificates(phone.certificates()).to_wire();
    assert_eq!(post(&hub, "/v1/certificates", &certificates).status, 200);
    (phone, hub)
}

#[test]
fn an_op_that_was_altered_anywhere_is_refused_with_everything_beside_it() {
    let (phone, hub) = begun(31);
    let before = hub.contents();
    let whole = Runs(phone.runs(phone.register())).to_wire();
    for at in (0..whole.len()).step_by(whole.len() / 60) {
        let mut altered = whole.clone();
        altered[at] ^= 0x10;
        let answer = post(&hub, &runs_path(&phone), &altered);
        assert!((400..500).contains(&answer.status), "byte {at}: {answer:?}");
        answer.code();
        assert_eq!(hub.contents(), before, "byte {at}");
    }
    assert_eq!(post(&hub, &runs_path(&phone), &whole).status, 200);
}

#[test]
fn what_is_not_of_the_protocol_is_refused() {
    let (phone, hub) = begun(32);
    let before = hub.contents();
    let whole = Runs(phone.runs(phone.register())).to_wire();
    let longer = [&whole[..], &[0]].concat();
    let long_head = [&[0x98, whole[0] & 0x1f], &whole[1..]].concat();
    for bad in [&b""[..], b"{}", &whole[..whole.len() - 1], &longer, &long_head] {
        assert_eq!(post(&hub, &runs_path(&phone), bad).refusal(), (400, "malformed".to_owned()));
    }
    // A head that announces more than there is costs nothing.
    let bomb = [0x9b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff];
    assert_eq!(post(&hub, &runs_path(&phone), &bomb).refusal(), (413, "too_large".to_owned()));
    assert_eq!(hub.contents(), before);
}

#[test]
fn certificates_of_another_root_are_refused() {
    let (phone, hub) = begun(33);
    let stranger = Phone::new(34);
    let before = hub.contents();
    let theirs = Certificates(stranger.certificates()).to_wire();
    let answer = post(&hub, "/v1/certificates", &theirs);
    assert_eq!(answer.refusal(), (403, "other_root".to_owned()));
    let without_root = Certificates(stranger.certificates()[1..].to_vec()).to_wire();
    let answer = post(&hub, "/v1/certificates", &without_root);
    assert_eq!(answer.refusal(), (403, "no_issuer".to_owned()));
    let runs = Runs(stranger.runs(stranger.register())).to_wire();
    let answer = post(&hub, &runs_path(&stranger), &runs);
    assert_eq!(answer.refusal(), (409, "certificate_missing".to_owned()));
    assert_eq!(hub.contents(), before);

    let trusting_none = TestHub::knowing(&[]);
    let ours = Certificates(phone.certificates()).to_wire();
    let answer = post(&trusting_none, "/v1/certificates", &ours);
    assert_eq!(answer.refusal(), (403, "other_root".to_owned()));
}

#[test]
fn runs_of_another_dossier_and_runs_before_the_opening_are_refused() {
    let (phone, hub) = begun(35);
    let before = hub.contents();
    let roster = Runs(phone.runs(phone.place.roster)).to_wire();
    let answer = post(&hub, &runs_path(&phone), &roster);
    assert_eq!(answer.refusal(), (422, "other_dossier".to_owned()));
    let late = Runs(phone.runs(phone.register())[1..].to_vec()).to_wire();
    let answer = post(&hub, &runs_path(&phone), &late);
    assert_eq!(answer.refusal(), (409, "dossier_not_open".to_owned()));
    assert_eq!(hub.contents(), before);
}

#[test]
fn bodies_and_heads_over_their_limits_are_refused() {
    let (phone, hub) = begun(36);
    let before = hub.contents();
    let announced = [("Content-Length", (RUNS_BYTES_MAX + 1).to_string())];
    let head = request_head("POST", &runs_path(&phone), &announced);
    let answer = exchange(hub.address, head.as_bytes(), false);
    assert_eq!(answer.refusal(), (413, "too_large".to_owned()));

    let chunked = [("Transfer-Encoding", "chunked".to_owned())];
    let mut bytes = request_head("POST", "/v1/certificates", &chunked).into_bytes();
    bytes.extend(format!("{:x}\r\n", 1_200_000).as_bytes());
    bytes.extend(vec![0; 1_200_000]);
    bytes.extend(b"\r\n0\r\n\r\n");
    // It may close before all was read; then the answer can be lost, and still nothing is stored.
    let answer = exchange(hub.address, &bytes, false);
    assert!(matches!(answer.status, 0 | 413), "{answer:?}");

    let long = [("X-Long", "a".repeat(HEAD_BYTES_MAX + 1))];
    let answer = exchange(hub.address, request_head("GET", "/v1/health", &long).as_bytes(), false);
    assert!(matches!(answer.status, 0 | 431), "{answer:?}");
    assert_eq!(hub.contents(), before);
}

#[test]
fn a_half_closed_connection_stores_nothing() {
    let (phone, hub) = begun(37);
    let before = hub.contents();
    let whole = Runs(phone.runs(phone.register())).to_wire();
    let announced = [("Content-Length", whole.len().to_string())];
    let mut bytes = request_head("POST", &runs_path(&phone), &announced).into_bytes();
    bytes.extend(&whole[..whole.len() - 1]);
    let answer = exchange(hub.address, &bytes, true);
    assert!(matches!(answer.status, 0 | 400), "{answer:?}");
    assert_eq!(hub.contents(), before);
    assert_eq!(post(&hub, &runs_path(&phone), &whole).status, 200);
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long the hub really waits is what is tested")]
fn slow_clients_are_let_go_and_others_served_meanwhile() {
    let phone = Phone::new(38);
    let hub = TestHub::impatient(&[phone.place.root]);
    let begin = Instant::now();
    let mut slow_head = TcpStream::connect(hub.address).unwrap();
    slow_head.write_all(b"GET /v1/hea").unwrap();
    let announced = [("Content-Length", "1000".to_owned())];
    let mut slow_body = TcpStream::connect(hub.address).unwrap();
    let head = request_head("POST", "/v1/certificates", &announced);
    slow_body.write_all(head.as_bytes()).unwrap();
    slow_body.write_all(b"abc").unwrap();

    assert_eq!(request(hub.address, "GET", "/v1/health", &[], &[]).status, 200);

    for stream in [&mut slow_head, &mut slow_body] {
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    }
    let mut answer = Vec::new();
    let _ = slow_head.read_to_end(&mut answer);
    assert!(!String::from_utf8_lossy(&answer).contains(" 200 "));
    let mut answer = String::new();
    slow_body.read_to_string(&mut answer).unwrap();
    assert!(answer.starts_with("HTTP/1.1 408") && answer.contains("too_slow"), "{answer}");
    assert!(begin.elapsed() < Duration::from_secs(20));
}

#[test]
fn unknown_addresses_methods_and_ids_are_refused() {
    let hub = TestHub::knowing(&[]);
    let refused = |method: &str, path: &str| request(hub.address, method, path, &[], &[]).refusal();
    assert_eq!(refused("GET", "/v1/everything"), (404, "no_route".to_owned()));
    assert_eq!(refused("DELETE", "/v1/health"), (405, "no_method".to_owned()));
    assert_eq!(refused("GET", "/v1/dossiers/../heads"), (400, "bad_dossier".to_owned()));
    assert_eq!(refused("GET", "/v1/dossiers/%2e%2e%2f/heads"), (400, "bad_dossier".to_owned()));
}

#[test]
fn a_hub_is_well_and_says_that_it_has_nothing() {
    let hub = TestHub::knowing(&[]);
    let health = request(hub.address, "GET", "/v1/health", &[], &[]);
    assert_eq!((health.status, &health.body[..]), (200, &br#"{"status":"ok","protocol":1}"#[..]));
    let dossier = angen_ledger::id::DossierId([5; 16]);
    let path = format!("/v1/dossiers/{dossier}/heads");
    let heads = request(hub.address, "GET", &path, &[], &[]);
    assert_eq!(heads.header("content-type"), Some("application/cbor"));
    assert_eq!(HubHead::from_wire(&heads.body), Ok(HubHead::new(dossier, vec![], 0)));
}
