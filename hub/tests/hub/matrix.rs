//! Every route of the hub for everybody who may ask: what this table does not allow is denied.

use crate::common::{
    Answer, HubClock, NewPhone, Phone, TestHub, push, request, sign_in, sign_in_with,
};
use crate::enrol::{given, invited, lay_down};
use crate::pull::push_all;
use angen_core::action::ask_to_join;
use angen_hub::server::ROUTES;
use angen_hub::wire::{Certificates, GivenAnswer, HubHead, Invite, LaidAsk, Stored};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::wire::Wire;

/// Nobody; one with a session of a hub of another root; one whose certificate ended meanwhile; one
/// who was revoked meanwhile; an officer of another township; then of this one: a mentor, an
/// officer, the administrator.
const ROLES: usize = 8;

/// What is asked of anybody, and what asks for a session; and how the eight are answered.
const OPEN: [u16; ROLES] = [200; ROLES];
const HERS: [u16; ROLES] = [401, 401, 403, 403, 404, 200, 200, 200];
const SIGNED_IN: [u16; ROLES] = [401, 401, 403, 403, 200, 200, 200, 200];
/// Who may push: evidence is not lost with a right.
const PUSHES: [u16; ROLES] = [401, 401, 200, 200, 200, 200, 200, 200];
const PUSHES_PART: [u16; ROLES] = [401, 401, 204, 204, 204, 204, 204, 204];
/// Who of those who may push is told what the hub holds of the dossier.
const SEES: [bool; ROLES] = [false, false, false, false, false, true, true, true];
const ADMINISTRATORS_OWN: [u16; ROLES] = [401, 401, 403, 403, 404, 404, 404, 200];
const ADMINISTRATORS: [u16; ROLES] = [401, 401, 404, 404, 404, 404, 404, 200];

/// Method, route, and the answers. `other` is what is no route at all.
const TABLE: [(&str, &str, [u16; ROLES]); 24] = [
    ("GET", "/v1/health", OPEN),
    ("GET", "/v1/metrics", ADMINISTRATORS),
    ("POST", "/v1/certificates", OPEN),
    ("GET", "/v1/dossiers/{id}/heads", PUSHES),
    ("POST", "/v1/dossiers/{id}/runs", PUSHES),
    ("GET", "/v1/dossiers/{id}/runs", HERS),
    ("GET", "/v1/dossiers/{id}/receipts", HERS),
    ("POST", "/v1/dossiers/{id}/receipts", PUSHES),
    ("HEAD", "/v1/blobs/{address}", PUSHES),
    ("PATCH", "/v1/blobs/{address}", PUSHES_PART),
    ("GET", "/v1/blobs/{address}", HERS),
    ("GET", "/v1/changes", SIGNED_IN),
    ("GET", "/v1/own", SIGNED_IN),
    ("POST", "/v1/session/challenge", OPEN),
    ("POST", "/v1/session", [400; ROLES]),
    ("POST", "/v1/enrolment/invitations", ADMINISTRATORS_OWN),
    // No session is an invitation; `enrol.rs` has those who come with one.
    ("POST", "/v1/enrolment/ask", [401; ROLES]),
    ("GET", "/v1/enrolment/asks", ADMINISTRATORS_OWN),
    ("POST", "/v1/enrolment/answers", ADMINISTRATORS_OWN),
    ("GET", "/v1/tlog/certificates", OPEN),
    ("GET", "/v1/tlog/checkpoint", OPEN),
    ("GET", "/v1/tlog/consistency/{old}/{new}", OPEN),
    ("GET", "/v1/tlog/tile/{level}/{*path}", OPEN),
    ("ANY", "other", [404; ROLES]),
];

/// Signs an officer in with a certificate that ends a second from now.
fn soon_over(phone: &Phone, hub: &TestHub, clock: &HubClock) -> String {
    let (officer, key) = phone.credentials(phone.officers[0]);
    let (issuer, admin_key) = phone.credentials(phone.place.administrator);
    let held = phone.certificates();
    let held = held.iter().map(|cose| SignedCertificate::read(cose).unwrap());
    let mut short = held.into_iter().find(|held| held.hash == officer).unwrap().certificate;
    short.not_after_ms = Some(clock.wall_ms() + 1_000);
    let cose = short.sign(&*admin_key, Some(issuer)).unwrap();
    let hash = SignedCertificate::read(&cose).unwrap().hash;
    let admitted = Certificates(vec![cose]).to_wire();
    let admitted = request(hub.address, "POST", "/v1/certificates", &[], &admitted);
    assert_eq!(admitted.status, 200, "{admitted:?}");
    sign_in_with(hub.address, hash, &*key).token
}

#[test]
fn every_route_is_denied_to_everybody_whom_the_table_does_not_name() {
    let (phone, neighbour, stranger) =
        (Phone::new(201), Phone::in_area(202, "371102111"), Phone::new(203));
    phone.capture(0, "a.jpg", 10_000);
    let mentor = phone.mentored_visit().mentor;
    let (hub, clock) = TestHub::certified(&[&phone, &neighbour]);
    let (elsewhere, _) = TestHub::certified(&[&stranger]);
    push_all(&phone, &hub);
    push_all(&neighbour, &hub);
    let token = |phone: &Phone, writer| Some(sign_in(hub.address, phone, writer).token);
    let tokens: [Option<String>; ROLES] = [
        None,
        Some(sign_in(elsewhere.address, &stranger, stranger.officers[0]).token),
        Some(soon_over(&phone, &hub, &clock)),
        token(&phone, phone.officers[1]),
        token(&neighbour, neighbour.officers[0]),
        token(&phone, mentor),
        token(&phone, phone.officers[0]),
        token(&phone, phone.place.administrator),
    ];
    let given = question(&phone, &hub);
    clock.pass(2_000);
    phone.revoke(phone.officers[1]);
    push(hub.address, &phone, phone.place.roster).unwrap();

    assert_eq!(ROUTES.len(), TABLE.len(), "a route has no line in the table, or a line no route");
    for route in &ROUTES {
        let line =
            TABLE.iter().find(|(method, path, _)| (*method, *path) == (route.method, route.path));
        let (method, path, expected) =
            line.unwrap_or_else(|| panic!("{route:?} is not in the table"));
        let answers = tokens
            .each_ref()
            .map(|token| ask(&phone, &hub, &given, method, path, token.as_deref()));
        let statuses = answers.each_ref().map(|answer| answer.status);
        assert_eq!(statuses, *expected, "{method} {path}");
        for (answer, sees) in answers.iter().zip(SEES) {
            if answer.status >= 400 && *method != "HEAD" {
                answer.code();
            }
            let head = match (route.method, route.path) {
                ("GET", "/v1/dossiers/{id}/heads") => HubHead::from_wire(&answer.body),
                ("POST", "/v1/dossiers/{id}/runs") => {
                    Stored::from_wire(&answer.body).map(|stored| stored.head)
                }
                _ => continue,
            };
            let is_shown = head.is_ok_and(|head| !head.heads.is_empty());
            assert_eq!(is_shown, sees, "{method} {path}");
        }
    }
}

/// A good request of a route, of the township's register and its photo.
fn ask(
    phone: &Phone,
    hub: &TestHub,
    given: &GivenAnswer,
    method: &str,
    route: &str,
    token: Option<&str>,
) -> Answer {
    let (blob, _) = phone.only_blob();
    let register = phone.register();
    let mut path = route
        .replace("{id}", &register.to_string())
        .replace("{address}", &blob.address.to_string())
        .replace("{old}/{new}", "0/1")
        .replace("{level}/{*path}", "0/000.p/1");
    let mut method = method;
    match (method, route) {
        ("GET", "/v1/blobs/{address}") => path.push_str(&format!("?dossier={register}")),
        ("ANY", _) => (method, path) = ("GET", "/v1/other".to_owned()),
        _ => {}
    }
    // From somewhere else than the hub's own machine, as a proxy there says it.
    let mut fields = vec![
        ("X-Forwarded-For", "192.0.2.1".to_owned()),
        ("Upload-Length", blob.length.to_string()),
        ("Upload-Offset", blob.length.to_string()),
    ];
    fields.extend(token.map(|token| ("Authorization", format!("Bearer {token}"))));
    let body = match route {
        "/v1/certificates" | "/v1/dossiers/{id}/runs" if method == "POST" => vec![0x80],
        "/v1/enrolment/invitations" => Invite { id: [5; 32] }.to_wire(),
        "/v1/enrolment/ask" => LaidAsk { ask: "ANGEN".to_owned(), proof: [0; 32] }.to_wire(),
        "/v1/enrolment/answers" => given.to_wire(),
        "/v1/dossiers/{id}/receipts" if method == "POST" => vec![0x82, 0x80, 0x80],
        _ => Vec::new(),
    };
    request(hub.address, method, &path, &fields, &body)
}

/// A new phone asks under an invitation of the administrator; the answer that she has for it.
fn question(phone: &Phone, hub: &TestHub) -> GivenAnswer {
    let (invitation, new) = (invited(phone, hub), NewPhone::new(204));
    let asked = ask_to_join(&new.store, &new.ports).unwrap();
    let laid = lay_down(hub, &invitation, &asked);
    assert_eq!(laid.status, 200, "{laid:?}");
    given(phone, &invitation, &asked, "赵新民")
}
