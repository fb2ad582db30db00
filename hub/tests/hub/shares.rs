//! What one caller may take of a hub: requests, connections, and patience with slow ends.

use std::io::{Read, Write};
use std::net::TcpStream;
use std::sync::Arc;
use std::time::Duration;

use crate::common::{Phone, TestHub, push, request, request_head, sign_in};
use crate::pull::session;
use angen_hub::limits::{Pace, Paces, Patience};

/// Shares that count this machine as well, and never fill again within a test.
const FEW: Paces = Paces {
    peer: Pace { per_second: 0, burst: 30 },
    session: Pace { per_second: 0, burst: 5 },
    connections_of_peer: 4,
    counts_loopback: true,
};

fn health(hub: &TestHub) -> u16 {
    request(hub.address, "GET", "/v1/health", &[], &[]).status
}

#[test]
fn who_asks_too_often_waits_and_health_is_told_all_the_same() {
    let (hub, _) = TestHub::certified_with(&[], |hub| hub.with_paces(FEW));
    let ask = || request(hub.address, "GET", "/v1/tlog/checkpoint", &[], &[]);
    for _ in 0..30 {
        assert_ne!(ask().status, 429);
    }
    let refused = ask();
    assert_eq!(refused.refusal(), (429, "too_many".to_owned()));
    assert_eq!(refused.header("retry-after"), Some("1"));
    // What is no address of the hub counts as well.
    assert_eq!(request(hub.address, "GET", "/none", &[], &[]).status, 429);
    assert_eq!(health(&hub), 200);
}

#[test]
fn a_session_has_a_share_of_its_own() {
    let phone = Phone::new(161);
    let paces = Paces { peer: Pace { per_second: 0, burst: 1_000 }, ..FEW };
    let (hub, _) = TestHub::certified_with(&[&phone], |hub| hub.with_paces(paces));
    let first = sign_in(hub.address, &phone, phone.officers[0]);
    let second = sign_in(hub.address, &phone, phone.officers[1]);
    for _ in 0..5 {
        assert_eq!(first.get("/v1/changes").status, 200);
    }
    assert_eq!(first.get("/v1/changes").refusal(), (429, "too_many".to_owned()));
    assert_eq!(second.get("/v1/changes").status, 200);
}

#[test]
fn this_machine_has_no_share_unless_it_is_told_so() {
    let paces = Paces { counts_loopback: false, ..FEW };
    let (hub, _) = TestHub::certified_with(&[], |hub| hub.with_paces(paces));
    for _ in 0..40 {
        assert_ne!(request(hub.address, "GET", "/none", &[], &[]).status, 429);
    }
}

#[test]
fn a_client_tries_again_when_it_was_told_that_it_asked_too_often() {
    let phone = Phone::new(162);
    phone.capture(0, "a.jpg", 1_000);
    let pace = Pace { per_second: 10, burst: 2 };
    let paces = Paces { peer: pace, session: pace, ..FEW };
    let (hub, _) = TestHub::certified_with(&[&phone], |hub| hub.with_paces(paces));
    let session = session(&hub.url(), &phone.store, &phone, phone.officers[0]).unwrap();
    assert!(session.push_dossier(&phone.store, phone.register()).unwrap().is_same);
}

#[test]
fn one_address_does_not_hold_all_connections() {
    let (hub, _) = TestHub::certified_with(&[], |hub| hub.with_paces(FEW));
    let mut held: Vec<TcpStream> = Vec::new();
    let is_cut = |stream: &mut TcpStream| {
        stream.set_read_timeout(Some(Duration::from_millis(400))).unwrap();
        matches!(stream.read(&mut [0; 1]), Ok(0))
    };
    for number in 0..6 {
        let mut stream = TcpStream::connect(hub.address).unwrap();
        assert_eq!(is_cut(&mut stream), number >= 4, "connection {number}");
        held.push(stream);
    }
    drop(held);
    while health(&hub) != 200 {
        std::thread::sleep(Duration::from_millis(20));
    }
}

#[test]
fn who_asks_for_much_and_reads_nothing_is_let_go() {
    let phone = Phone::new(163);
    phone.capture(0, "a.jpg", 30_000_000);
    let moment = Duration::from_millis(500);
    let patience = Patience { write: moment, ..Patience::USUAL };
    let (hub, _) = TestHub::certified_with(&[&phone], |hub| hub.with_patience(patience));
    push(hub.address, &phone, phone.register()).unwrap();
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    let (blob, _) = phone.only_blob();
    let path = format!("/v1/blobs/{}?dossier={}", blob.address, phone.register());
    let token = [("Authorization", format!("Bearer {}", officer.token))];
    let mut stream = TcpStream::connect(hub.address).unwrap();
    stream.write_all(request_head("GET", &path, &token).as_bytes()).unwrap();
    std::thread::sleep(8 * moment);
    // What lay in the buffers of the system comes, and then the end instead of the rest.
    stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
    let mut came = Vec::new();
    let _ = stream.read_to_end(&mut came);
    assert!((came.len() as u64) < blob.length, "{} bytes", came.len());
    drop(Arc::new(hub));
}
