//! A new phone is enrolled over a hub: who may invite, ask, see and answer, and nobody else.

use angen_core::action::{
    AnswerJoin, AskedToJoin, Terms, accept_join, answer_join, ask_to_join, keep_invitation,
    new_invitation, open_invitations, proven_asks,
};
use angen_core::store;
use angen_hub::client::{Caller, PushError, Session, ask_over_hub, exchange};
use angen_hub::limits::{
    ENROL_ASKS_ALL_MAX, ENROL_ASKS_OF_ONE_MAX, INVITATION_MS, INVITATIONS_OF_ONE_MAX,
};
use angen_hub::wire::{
    AskState, Certificates, GivenAnswer, Invite, LaidAsk, WaitingAsk, WaitingAsks,
};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::invitation::Invitation;
use angen_ledger::wire::Wire;
use base64ct::{Base64UrlUnpadded, Encoding};

use crate::common::{
    Answer, NewPhone, Phone, TestDisk, TestHub, officer, post_as, request, sign_in, sign_in_with,
};
use crate::pull::push_all;

const ASK: &str = "/v1/enrolment/ask";
const ASKS: &str = "/v1/enrolment/asks";
const ANSWERS: &str = "/v1/enrolment/answers";
const INVITATIONS: &str = "/v1/enrolment/invitations";

/// An invitation of the administrator that the hub has taken.
pub(crate) fn invited(phone: &Phone, hub: &TestHub) -> Invitation {
    let invitation = new_invitation(&phone.admin(), &hub.url()).unwrap();
    let body = Invite { id: invitation.id() }.to_wire();
    let taken = post_as(hub.address, phone, INVITATIONS, &body);
    assert_eq!(taken.status, 200, "{taken:?}");
    invitation
}

/// What a phone lays down.
pub(crate) fn laid(invitation: &Invitation, asked: &AskedToJoin) -> LaidAsk {
    LaidAsk { ask: asked.text.clone(), proof: invitation.proof(&asked.asked) }
}

/// Lays a question down under an invitation.
pub(crate) fn lay_down(hub: &TestHub, invitation: &Invitation, asked: &AskedToJoin) -> Answer {
    lay_down_bytes(hub, invitation, &laid(invitation, asked).to_wire())
}

/// Lays any bytes down under an invitation.
pub(crate) fn lay_down_bytes(hub: &TestHub, invitation: &Invitation, body: &[u8]) -> Answer {
    lay_down_with(hub, &invitation.token(), body)
}

fn lay_down_with(hub: &TestHub, token: &[u8; 32], body: &[u8]) -> Answer {
    let bearer = format!("Bearer {}", Base64UrlUnpadded::encode_string(token));
    request(hub.address, "POST", ASK, &[("Authorization", bearer)], body)
}

/// The answer of the administrator to a question.
pub(crate) fn given(
    phone: &Phone,
    invitation: &Invitation,
    asked: &AskedToJoin,
    name: &str,
) -> GivenAnswer {
    let who = officer(name);
    let request =
        AnswerJoin { ask: asked.text.clone(), who, terms: Terms::default(), same_as: None };
    let answer = answer_join(&phone.admin(), &request).unwrap().text;
    GivenAnswer { invitation: invitation.id(), ask: asked.asked, answer }
}

/// What waits for the administrator of a phone.
fn waiting(phone: &Phone, hub: &TestHub) -> WaitingAsks {
    let admin = sign_in(hub.address, phone, phone.place.administrator);
    WaitingAsks::from_wire(&admin.get(ASKS).body).unwrap()
}

fn asked(seed: u64) -> (NewPhone, AskedToJoin) {
    let new = NewPhone::new(seed);
    let asked = ask_to_join(&new.store, &new.ports).unwrap();
    (new, asked)
}

#[test]
fn a_phone_asks_over_the_hub_is_answered_joins_and_is_in_step() {
    let phone = Phone::new(401);
    let (hub, _) = TestHub::certified(&[&phone]);
    push_all(&phone, &hub);
    let (certificate, key) = phone.credentials(phone.place.administrator);
    let caller = Caller { certificate, key: &*key };
    let sign_in =
        || Session::sign_in(hub.url().as_str(), &phone.store, &[phone.place.root], &caller);
    let invitation = new_invitation(&phone.admin(), &hub.url()).unwrap();
    let ends_in_s = sign_in().unwrap().invite(&invitation).unwrap().ends_in_s;
    assert_eq!(ends_in_s, INVITATION_MS / 1_000);
    keep_invitation(&phone.admin(), &invitation, ends_in_s).unwrap();

    // What the new phone has is the text that was shown, and nothing else.
    let invitation = Invitation::read(&invitation.to_text()).unwrap();
    let (new, asked) = asked(402);
    let ask = || ask_over_hub(&invitation.hub, &invitation, asked.text.clone(), &asked.asked);
    assert_eq!(ask().unwrap().answer, None);
    assert_eq!(ask().unwrap().answer, None, "asking again is the same question");

    let now_ms = phone.ports.clock.now().wall_ms;
    let kept = open_invitations(&phone.store, now_ms).unwrap();
    let (asks, others) = proven_asks(&kept, &sign_in().unwrap().waiting_asks().unwrap());
    let [one] = &asks[..] else { panic!("one phone asks: {asks:?}") };
    assert_eq!((one.writer, others), (asked.writer, 0));
    assert_eq!(one.code, invitation.code(&asked.asked), "both devices show the same words");
    let given = given(&phone, &invitation, &asked, "赵新民");
    sign_in().unwrap().give_answer(&given).unwrap();
    assert!(sign_in().unwrap().waiting_asks().unwrap().0.is_empty());

    let answer = ask().unwrap().answer.unwrap();
    let joined = accept_join(&new.store, &answer, invitation.root).unwrap();
    assert_eq!(joined, phone.place);
    push_all(&phone, &hub);
    let own = new.store.read(store::certificates).unwrap();
    let own = own.into_iter().find(|(_, held)| held.certificate.writer == asked.writer).unwrap();
    let key = new.ports.keys.signer(asked.writer).unwrap();
    let caller = Caller { certificate: own.1.hash, key: &*key };
    let roots = [invitation.root];
    exchange(hub.url().as_str(), &new.store, &TestDisk::roomy(), &roots, &caller).unwrap();
    for dossier in phone.dossiers() {
        let heads = |store: &store::Store| store.read(|c| store::heads_of(c, dossier)).unwrap();
        assert_eq!(heads(&new.store), heads(&phone.store));
    }
}

#[test]
fn who_has_no_invitation_hears_the_same_whatever_they_try() {
    let phone = Phone::new(403);
    let (hub, clock) = TestHub::certified(&[&phone]);
    let invitation = invited(&phone, &hub);
    let (_new, asked) = asked(404);
    let body = laid(&invitation, &asked).to_wire();
    let officer = sign_in(hub.address, &phone, phone.officers[0]);
    let officer = Base64UrlUnpadded::decode_vec(&officer.token).unwrap().try_into().unwrap();
    let unknown = request(hub.address, "POST", ASK, &[], &body);
    assert_eq!(unknown.refusal(), (401, "no_invitation".to_owned()));
    // Made up; what the hub itself knows; the session of somebody; and what is no body at all.
    for (token, body) in [
        ([7; 32], &body),
        (invitation.id(), &body),
        (officer, &body),
        ([7; 32], &vec![0xff; 40]),
        ([7; 32], &vec![0x81; 100_000]),
    ] {
        let answer = lay_down_with(&hub, &token, body);
        assert_eq!((answer.status, &answer.body), (401, &unknown.body));
    }
    assert_eq!(waiting(&phone, &hub).0.len(), 0);
    assert_eq!(lay_down(&hub, &invitation, &asked).status, 200);
    clock.pass(INVITATION_MS);
    let ended = lay_down(&hub, &invitation, &asked);
    assert_eq!((ended.status, &ended.body), (401, &unknown.body));
}

#[test]
fn an_administrator_sees_and_answers_what_came_under_her_own_invitations() {
    let (phone, neighbour) = (Phone::new(405), Phone::in_area(406, "371102111"));
    let (hub, _) = TestHub::certified(&[&phone, &neighbour]);
    let invitation = invited(&phone, &hub);
    invited(&neighbour, &hub);
    let (_new, asked) = asked(407);
    assert_eq!(lay_down(&hub, &invitation, &asked).status, 200);
    assert_eq!(waiting(&neighbour, &hub).0.len(), 0);
    assert_eq!(waiting(&phone, &hub).0.len(), 1);
    // The neighbour has learnt the id somehow: neither taking it over nor answering under it works.
    let unknown = (404, "unknown".to_owned());
    let over = Invite { id: invitation.id() }.to_wire();
    assert_eq!(post_as(hub.address, &neighbour, INVITATIONS, &over).refusal(), unknown);
    let hers = given(&neighbour, &invitation, &asked, "赵新民");
    assert_eq!(post_as(hub.address, &neighbour, ANSWERS, &hers.to_wire()).refusal(), unknown);
    // An answer that the phone would refuse is refused here: a neighbour's, another question's.
    let answer = given(&phone, &invitation, &asked, "赵新民");
    let other = NewPhone::new(408);
    let second = ask_to_join(&other.store, &other.ports).unwrap();
    assert_eq!(lay_down(&hub, &invitation, &second).status, 200);
    for bent in [
        GivenAnswer { ask: second.asked, ..answer.clone() },
        GivenAnswer { answer: asked.text.clone(), ..answer.clone() },
    ] {
        let refused = post_as(hub.address, &phone, ANSWERS, &bent.to_wire());
        assert_eq!(refused.refusal(), (422, "no_answer".to_owned()));
    }
    let nothing = GivenAnswer { ask: angen_ledger::hash::Hash([1; 32]), ..answer.clone() };
    assert_eq!(post_as(hub.address, &phone, ANSWERS, &nothing.to_wire()).refusal(), unknown);
    assert_eq!(post_as(hub.address, &phone, ANSWERS, &answer.to_wire()).status, 200);
    let state = AskState::from_wire(&lay_down(&hub, &invitation, &asked).body).unwrap();
    assert_eq!(state.answer, Some(answer.answer));
    let state = AskState::from_wire(&lay_down(&hub, &invitation, &second).body).unwrap();
    assert_eq!(state.answer, None, "nobody is given another's answer");
}

#[test]
fn what_waits_has_a_limit_for_each_invitation_administrator_and_hub() {
    let phone = Phone::new(409);
    let (hub, clock) = TestHub::certified(&[&phone]);
    // Signed once and bent nowhere: the hub reads the signature of each, so each has its own key.
    let phones: Vec<_> = (0..=ENROL_ASKS_OF_ONE_MAX as u64).map(|at| asked(410 + at).1).collect();
    let invitation = invited(&phone, &hub);
    for asked in &phones[..ENROL_ASKS_OF_ONE_MAX] {
        assert_eq!(lay_down(&hub, &invitation, asked).status, 200);
    }
    let full = (409, "enrolments_full".to_owned());
    assert_eq!(lay_down(&hub, &invitation, &phones[ENROL_ASKS_OF_ONE_MAX]).refusal(), full);
    assert_eq!(lay_down(&hub, &invitation, &phones[0]).status, 200, "who has asked may ask again");
    clock.pass(1);
    let second = invited(&phone, &hub);
    assert_eq!(lay_down(&hub, &second, &phones[ENROL_ASKS_OF_ONE_MAX]).status, 200);
    assert_eq!(waiting(&phone, &hub).0.len(), ENROL_ASKS_OF_ONE_MAX + 1);
    const { assert!(ENROL_ASKS_OF_ONE_MAX * INVITATIONS_OF_ONE_MAX < ENROL_ASKS_ALL_MAX) };
    // One more than an administrator may have ends the oldest of them, and no other's.
    for _ in 2..=INVITATIONS_OF_ONE_MAX {
        clock.pass(1);
        invited(&phone, &hub);
    }
    let gone = (401, "no_invitation".to_owned());
    assert_eq!(lay_down(&hub, &invitation, &phones[0]).refusal(), gone);
    assert_eq!(lay_down(&hub, &second, &phones[0]).status, 200);
}

#[test]
fn a_hub_that_makes_up_questions_shows_none_to_the_administrator() {
    let phone = Phone::new(450);
    let invitation = new_invitation(&phone.admin(), "https://hub.example").unwrap();
    let (_new, asked) = asked(451);
    let honest =
        WaitingAsk { invitation: invitation.id(), laid: laid(&invitation, &asked), waited_s: 1 };
    // The hub knows id and token once somebody asked, and takes the proof of another question.
    let (_evil, evil) = self::asked(452);
    let made_up = [
        LaidAsk { ask: evil.text.clone(), proof: honest.laid.proof },
        LaidAsk { ask: evil.text.clone(), proof: invitation.token() },
        LaidAsk { ask: evil.text.clone(), proof: invitation.id() },
        LaidAsk { ask: "ANGEN:ASK:1:AAAA".to_owned(), proof: honest.laid.proof },
    ];
    let made_up = made_up.map(|laid| WaitingAsk { laid, ..honest.clone() });
    let elsewhere = WaitingAsk { invitation: [8; 32], ..honest.clone() };
    let all = [&made_up[..], &[elsewhere, honest]].concat();
    let (proven, others) = proven_asks(&[invitation], &WaitingAsks(all));
    assert_eq!((proven.len(), others), (1, 5));
    assert_eq!(proven[0].writer, asked.writer);
}

#[test]
fn an_answer_of_another_root_is_not_joined_whoever_hands_it_over() {
    let (phone, impostor) = (Phone::new(453), Phone::new(454));
    let (hub, _) = TestHub::certified(&[&phone, &impostor]);
    let shown = new_invitation(&phone.admin(), &hub.url()).unwrap();
    let (new, asked) = asked(455);
    // A hub that hands over the answer of another township, whole and rightly signed.
    let forged = given(&impostor, &shown, &asked, "赵新民").answer;
    assert!(accept_join(&new.store, &forged, shown.root).is_err());
    let right = given(&phone, &shown, &asked, "赵新民").answer;
    accept_join(&new.store, &right, shown.root).unwrap();
}

#[test]
fn an_administrator_whose_time_is_over_invites_sees_and_answers_nothing() {
    let phone = Phone::new(456);
    let (hub, clock) = TestHub::certified(&[&phone]);
    let held: Vec<_> = phone.certificates();
    let held = held.iter().map(|cose| SignedCertificate::read(cose).unwrap());
    let [root, admin] = &held.take(2).collect::<Vec<_>>()[..] else { panic!("a root and its own") };
    let mut short = admin.certificate.clone();
    short.not_after_ms = Some(clock.wall_ms() + 1_000);
    let key = phone.ports.keys.signer(root.certificate.writer).unwrap();
    let cose = short.sign(&*key, Some(root.hash)).unwrap();
    let short = SignedCertificate::read(&cose).unwrap().hash;
    let body = Certificates(vec![phone.certificates()[0].clone(), cose]).to_wire();
    assert_eq!(request(hub.address, "POST", "/v1/certificates", &[], &body).status, 200);
    let (_, key) = phone.credentials(phone.place.administrator);
    let token = sign_in_with(hub.address, short, &*key).token;
    let bearer = [("Authorization", format!("Bearer {token}"))];
    let invitation = new_invitation(&phone.admin(), &hub.url()).unwrap();
    let invite = Invite { id: invitation.id() }.to_wire();
    let post = |path, body: &[u8]| request(hub.address, "POST", path, &bearer, body);
    assert_eq!(post(INVITATIONS, &invite).status, 200);
    let (_new, asked) = asked(457);
    assert_eq!(lay_down(&hub, &invitation, &asked).status, 200);
    let given = given(&phone, &invitation, &asked, "赵新民").to_wire();
    clock.pass(2_000);
    let over = (403, "period_over".to_owned());
    assert_eq!(request(hub.address, "GET", ASKS, &bearer, &[]).refusal(), over);
    assert_eq!(post(INVITATIONS, &invite).refusal(), over);
    assert_eq!(post(ANSWERS, &given).refusal(), over);
    let state = AskState::from_wire(&lay_down(&hub, &invitation, &asked).body).unwrap();
    assert_eq!(state.answer, None);
}

#[test]
fn a_hub_that_was_restarted_has_forgotten_and_is_told_again() {
    let phone = Phone::new(458);
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    let invitation = invited(&phone, &hub);
    let (_new, asked) = asked(459);
    assert_eq!(lay_down(&hub, &invitation, &asked).status, 200);
    drop(hub);
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    assert_eq!(lay_down(&hub, &invitation, &asked).refusal(), (401, "no_invitation".to_owned()));
    let again = Invite { id: invitation.id() }.to_wire();
    assert_eq!(post_as(hub.address, &phone, INVITATIONS, &again).status, 200);
    assert_eq!(lay_down(&hub, &invitation, &asked).status, 200);
    assert_eq!(waiting(&phone, &hub).0.len(), 1);
}

#[test]
fn a_hub_without_a_certificate_enrols_nobody() {
    let (hub, _) = TestHub::certified_with(&[], |hub| hub);
    for (method, path) in [("POST", ASK), ("GET", ASKS), ("POST", ANSWERS), ("POST", INVITATIONS)] {
        let answer = request(hub.address, method, path, &[], &[]);
        assert_eq!(answer.refusal(), (404, "no_log".to_owned()), "{path}");
    }
    let invitation = Invitation::new(angen_ledger::hash::Hash([1; 32]), [2; 16], hub.url());
    let (_new, asked) = asked(460);
    let refused = ask_over_hub(&hub.url(), &invitation, asked.text, &asked.asked).unwrap_err();
    assert!(matches!(refused, PushError::Refused { status: 404, .. }), "{refused:?}");
}
