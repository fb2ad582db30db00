//! A session that ends while an exchange is under way is renewed, once for each request.

use std::cell::Cell;
use std::collections::BTreeSet;

use angen_core::store::Store;
use angen_core::sync::{
    self, Answer as Answered, AnswerBody, Exchanged, PullError, PushError, Request, Site,
};
use angen_hub::client::Caller;
use angen_hub::limits::SESSION_MS;
use angen_hub::wire::{Challenge, Changes};
use angen_ledger::id::WriterId;
use angen_ledger::wire::Wire;

use crate::common::{Phone, TestDisk, TestHub, drive, push, send};
use crate::pull::{empty_store, push_all};

/// An exchange over a network that a test has in its hands.
fn exchange_by(
    phone: &Phone,
    store: &Store,
    writer: WriterId,
    network: impl Fn(Request) -> Answered,
) -> Result<Exchanged, PullError> {
    let (certificate, key) = phone.credentials(writer);
    let (disk, roots) = (TestDisk::roomy(), BTreeSet::from([phone.place.root]));
    let caller = Caller { certificate, key: &*key };
    drive(&mut sync::exchange(7, Site { store, disk: &disk }, roots, caller), network)
}

fn is_of_session(request: &Request) -> bool {
    request.path.starts_with("/v1/session")
}

fn code_of(ended: Result<Exchanged, PullError>) -> String {
    match ended.unwrap_err() {
        PullError::Hub(PushError::Refused { code, .. }) => code,
        other => panic!("{other}"),
    }
}

#[test]
fn an_exchange_whose_session_ends_at_each_request_is_whole_in_the_end() {
    let phone = Phone::new(471);
    let (hub, clock) = TestHub::certified(&[&phone]);
    for name in ["a.jpg", "b.jpg", "c.jpg"] {
        phone.capture(0, name, 5_000);
    }
    let (sessions, was_over) = (Cell::new(0), Cell::new(false));
    let short = |request: Request| {
        let is_renewal = is_of_session(&request);
        // Time flies before each request but the one that is sent again.
        if !is_renewal && !was_over.get() {
            clock.pass(SESSION_MS);
        }
        let answer = send(hub.address, &request);
        if is_renewal {
            sessions.set(sessions.get() + usize::from(request.path == "/v1/session"));
        } else {
            was_over.set(answer.status == 401);
        }
        answer
    };
    let done = exchange_by(&phone, &phone.store, phone.officers[0], short).unwrap();
    assert_eq!((done.waiting_seals, done.waiting_blobs, done.sent_blobs), (0, 0, 3), "{done:?}");
    assert!(sessions.get() > 10, "{} sessions", sessions.get());
    // Another phone pulls all of it, blobs among it, in the same way.
    let (_folder, other) = empty_store();
    was_over.set(false);
    let pulled = exchange_by(&phone, &other, phone.officers[0], short).unwrap().pulled;
    assert_eq!(pulled.blobs, 3, "{pulled:?}");
}

#[test]
fn a_hub_that_lets_nobody_in_again_ends_the_exchange_after_one_more_try() {
    let phone = Phone::new(472);
    let (hub, clock) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let asked = Cell::new(0);
    let ended = exchange_by(&phone, &phone.store, phone.officers[0], |request| {
        if is_of_session(&request) || request.path.starts_with("/v1/tlog") {
            return send(hub.address, &request);
        }
        asked.set(asked.get() + 1);
        clock.pass(SESSION_MS);
        send(hub.address, &request)
    });
    assert_eq!((code_of(ended).as_str(), asked.get()), ("no_session", 2));
}

#[test]
fn a_hub_that_goes_on_as_another_log_is_signed_for_by_nobody() {
    let phone = Phone::new(473);
    let (hub, clock) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let signed = Cell::new(0);
    let ended = exchange_by(&phone, &phone.store, phone.officers[0], |request| {
        signed.set(signed.get() + usize::from(request.path == "/v1/session"));
        let mut answer = send(hub.address, &request);
        if request.path == "/v1/session/challenge"
            && signed.get() > 0
            && let AnswerBody::Bytes(bytes) = &answer.body
        {
            let mut challenge = Challenge::from_wire(bytes).unwrap();
            challenge.origin = "elsewhere.example/1".to_owned();
            answer.body = AnswerBody::Bytes(challenge.to_wire());
        }
        if signed.get() > 0 {
            clock.pass(SESSION_MS);
        }
        answer
    });
    assert_eq!((code_of(ended).as_str(), signed.get()), ("no_session", 1));
}

#[test]
fn who_was_revoked_meanwhile_comes_back_to_a_session_that_shows_nothing() {
    let phone = Phone::new(474);
    let (hub, clock) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let revoked = Cell::new(false);
    let ended = exchange_by(&phone, &phone.store, phone.officers[0], |request| {
        let answer = send(hub.address, &request);
        if request.path.starts_with("/v1/own") && !revoked.replace(true) {
            phone.revoke(phone.officers[0]);
            push(hub.address, &phone, phone.place.roster).unwrap();
            clock.pass(SESSION_MS);
        }
        if request.path.starts_with("/v1/changes") && answer.status == 200 {
            let AnswerBody::Bytes(bytes) = &answer.body else { panic!("in memory") };
            panic!("shown to who is revoked: {:?}", Changes::from_wire(bytes));
        }
        answer
    });
    assert_eq!(code_of(ended), "revoked");
}
