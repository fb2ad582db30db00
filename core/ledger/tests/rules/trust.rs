//! Certificates, scopes and keys: each reason for distrust, and signatures in one form.

use angen_ledger::certificate::{Certificate, Distrust, Duty, SignedCertificate, Trust};
use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::key::{Algorithm, PublicKey, Signer, SoftKey};
use angen_ledger::scope::Scope;
use angen_ledger::testing::Scribe;
use angen_ledger::wire::Wire;
use proptest::prelude::*;

use crate::world::edit::{flipped, with_greater_s};
use crate::world::{Story, person, recertified};

fn trusting(scribes: &[&Scribe]) -> Trust {
    let mut trust = Trust::default();
    for scribe in scribes {
        trust.admit(&scribe.certificate).expect("a good certificate is admitted");
    }
    trust
}

/// What becomes of an edited certificate of the first officer, signed by the issuer.
fn admitted(issuer: &Scribe, edit: impl FnOnce(&mut Certificate)) -> Result<(), Distrust> {
    let story = Story::new();
    let mut trust = trusting(&[&story.root, &story.second]);
    let cose = recertified(&story.first, issuer, edit);
    trust.admit(&SignedCertificate::read(&cose).expect("it reads"))
}

fn scopes(all: &[&str]) -> Vec<Scope> {
    all.iter().map(|text| text.parse().expect("a scope")).collect()
}

#[test]
fn a_certificate_within_its_issuers_bounds_is_admitted() {
    let root = Story::new().root;
    assert_eq!(admitted(&root, |_| {}), Ok(()));
    assert_eq!(admitted(&root, |own| own.scopes = scopes(&["a:3711", "b:371102"])), Ok(()));
}

#[test]
fn a_certificate_without_its_issuer_is_not_trusted() {
    let stranger = Story::new().stranger_root;
    assert_eq!(admitted(&stranger, |_| {}), Err(Distrust::NoIssuer));
}

#[test]
fn a_certificate_with_an_altered_signature_is_not_trusted() {
    let story = Story::new();
    let mut trust = trusting(&[&story.root]);
    let cose = flipped(&story.first.cose, 9);
    let read = SignedCertificate::read(&cose).expect("it reads");
    assert_eq!(trust.admit(&read), Err(Distrust::Signature));
    let root = SignedCertificate::read(&flipped(&story.root.cose, 9)).expect("it reads");
    assert_eq!(Trust::default().admit(&root), Err(Distrust::Signature));
}

#[test]
fn a_writer_issues_nothing() {
    let second = Story::new().second;
    assert_eq!(admitted(&second, |_| {}), Err(Distrust::MayNotIssue));
}

#[test]
fn a_scope_beyond_the_issuers_is_not_trusted() {
    let root = Story::new().root;
    for scope in ["enforcer:37", "enforcer:*", "*:*", "enforcer:3712"] {
        let found = admitted(&root, |own| own.scopes = scopes(&[scope]));
        assert_eq!(found, Err(Distrust::Scope), "{scope}");
    }
    let one_of_two = scopes(&["enforcer:3711", "enforcer:3712"]);
    assert_eq!(admitted(&root, |own| own.scopes = one_of_two), Err(Distrust::Scope));
}

#[test]
fn a_period_beyond_the_issuers_is_not_trusted() {
    let story = Story::new();
    assert_eq!(admitted(&story.root, |own| own.not_before_ms -= 1), Err(Distrust::Period));
    let admin = person(62, Duty::Admin, "*:3711", Some(&story.root));
    let end = admin.certificate.certificate.not_before_ms + 1_000;
    let cose = recertified(&admin, &story.root, |own| own.not_after_ms = Some(end));
    let bounded = SignedCertificate::read(&cose).expect("it reads");
    for (own_end, expected) in
        [(Some(end), Ok(())), (Some(end + 1), Err(Distrust::Period)), (None, Err(Distrust::Period))]
    {
        let mut trust = trusting(&[&story.root]);
        trust.admit(&bounded).expect("an admin with an end");
        let mut certificate = story.first.certificate.certificate.clone();
        certificate.not_after_ms = own_end;
        let cose = certificate.sign(&admin.key, Some(bounded.hash)).expect("memory signs");
        assert_eq!(trust.admit(&SignedCertificate::read(&cose).expect("it reads")), expected);
    }
}

#[test]
fn a_chain_has_four_certificates_and_no_more() {
    let story = Story::new();
    let second = person(62, Duty::Admin, "*:3711", Some(&story.root));
    let third = person(63, Duty::Admin, "*:3711", Some(&second));
    let fourth = person(64, Duty::Admin, "*:3711", Some(&third));
    let fifth = person(65, Duty::Writer, "*:3711", Some(&fourth));
    let mut trust = trusting(&[&story.root, &second, &third, &fourth]);
    assert_eq!(trust.root_of(&fourth.certificate.hash), Some(story.fingerprint()));
    assert_eq!(trust.admit(&fifth.certificate), Err(Distrust::MayNotIssue));
    assert!(trust.get(&fifth.certificate.hash).is_none(), "what is not trusted is not taken in");
}

#[test]
fn a_p256_signature_with_the_greater_s_is_refused() {
    let story = Story::new();
    let key = story.second.key.public_key();
    let good = Signed::read(&story.runs[1].seal, 4_096).expect("a seal reads");
    assert!(good.verifies(Purpose::Seal, &key));
    let other = Signed::read(&with_greater_s(&story.runs[1].seal), 4_096).expect("it reads");
    assert!(!other.verifies(Purpose::Seal, &key));
    let back = with_greater_s(&with_greater_s(&story.runs[1].seal));
    assert_eq!(back, story.runs[1].seal, "the other form of the other form is the first");
}

#[test]
fn a_signature_for_one_purpose_is_none_for_another() {
    let story = Story::new();
    let key = story.first.key.public_key();
    let signed = Signed::read(&story.runs[0].seal, 4_096).expect("a seal reads");
    assert!(signed.verifies(Purpose::Seal, &key));
    assert!(!signed.verifies(Purpose::Certificate, &key));
    assert!(!signed.verifies(Purpose::Package, &key));
    assert!(!signed.verifies(Purpose::Seal, &story.second.key.public_key()), "another algorithm");
}

/// The points of order 1, 2, 4 and 8 of the curve, canonical and not (y, little end first).
#[test]
fn an_ed25519_key_of_small_order_is_refused() {
    let story = Story::new();
    let y = |first: u8, rest: u8, last: u8| {
        let mut bytes = [rest; 32];
        (bytes[0], bytes[31]) = (first, last);
        bytes
    };
    let order_8 = "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05";
    let order_8 = crate::world::vectors::unhex(order_8).try_into().expect("32 bytes");
    let small = [
        y(1, 0, 0),          // the neutral element
        y(0, 0, 0),          // order 4
        y(0, 0, 0x80),       // order 4, the other x
        y(0xec, 0xff, 0x7f), // order 2: y = −1
        y(0xed, 0xff, 0x7f), // y = p, which is 0 once more
        y(0xee, 0xff, 0x7f), // y = p + 1, which is 1 once more
        order_8,
    ];
    let good = story.first.certificate.certificate.to_wire();
    let PublicKey::Ed25519(key) = story.first.key.public_key() else { unreachable!("Ed25519") };
    let place = good.windows(32).position(|part| part == key.as_bytes()).expect("its key");
    for key in small {
        let mut payload = good.clone();
        payload[place..place + 32].copy_from_slice(&key);
        assert!(Certificate::from_wire(&payload).is_err(), "{key:02x?}");
    }
}

#[test]
fn a_secret_key_comes_back_from_its_bytes() {
    for algorithm in [Algorithm::Ed25519, Algorithm::P256] {
        let key = SoftKey::from_secret(algorithm, &[7; 32]).expect("a usable key");
        let again = SoftKey::from_secret(algorithm, &key.to_secret()).expect("a usable key");
        assert_eq!(key.public_key(), again.public_key());
    }
    assert!(SoftKey::from_secret(Algorithm::P256, &[0; 32]).is_err());
    assert!(SoftKey::from_secret(Algorithm::P256, &[0xff; 32]).is_err());
}

fn scope() -> impl Strategy<Value = Scope> {
    ("(\\*|[ab]{1,2})", "(\\*|[12]{2,4})")
        .prop_map(|(role, area)| format!("{role}:{area}").parse().expect("a scope"))
}

proptest! {
    #[test]
    fn covering_is_reflexive_and_transitive(a in scope(), b in scope(), c in scope()) {
        prop_assert!(a.covers(&a));
        prop_assert!(!(a.covers(&b) && b.covers(&c)) || a.covers(&c), "{} {} {}", a, b, c);
    }

    #[test]
    fn two_scopes_that_cover_each_other_are_the_same(a in scope(), b in scope()) {
        prop_assert!(!(a.covers(&b) && b.covers(&a)) || a == b, "{} {}", a, b);
    }

    #[test]
    fn who_covers_a_scope_covers_its_areas(a in scope(), b in scope(), area in "[12]{2,6}") {
        prop_assert!(!(a.covers(&b) && b.covers_area(&area)) || a.covers_area(&area));
    }

    #[test]
    fn a_scope_is_its_text(a in scope()) {
        prop_assert_eq!(a.to_string().parse::<Scope>(), Ok(a));
    }
}

#[test]
fn what_is_no_scope_is_refused() {
    let long = format!("{}:37", "a".repeat(33));
    for text in [
        "",
        ":",
        "a",
        "a:",
        ":37",
        "a:3",
        "a:3711021102111",
        "A:37",
        "a:3x",
        "a1:37",
        "a:37:1",
        &long,
    ] {
        assert!(text.parse::<Scope>().is_err(), "{text}");
    }
    for text in ["*:*", "a:37", "_:371102110211", &format!("{}:*", "a".repeat(32))] {
        assert!(text.parse::<Scope>().is_ok(), "{text}");
    }
}
