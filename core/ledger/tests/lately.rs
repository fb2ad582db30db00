//! What a memory of verified signatures must never do: vouch for what nobody verified.

use std::sync::Arc;

use angen_ledger::certificate::{Distrust, Duty, SignedCertificate, Trust};
use angen_ledger::cose::Purpose;
use angen_ledger::key::Algorithm;
use angen_ledger::lately::Lately;
use angen_ledger::testing::{BEGIN_MS, Grant, Scribe};

const SCOPES: &[&str] = &["*:371102110"];

fn scribe(seed: u64, duty: Duty, algorithm: Algorithm, issuer: Option<&Scribe>) -> Scribe {
    Scribe::new(seed, &Grant { duty, name: "王安", scopes: SCOPES, algorithm }, issuer)
}

/// A root, a writer under it, and a memory that has verified both.
fn warm(algorithm: Algorithm) -> (Scribe, Scribe, Lately<()>) {
    let root = scribe(1, Duty::Root, algorithm, None);
    let writer = scribe(2, Duty::Writer, algorithm, Some(&root));
    let lately = Lately::new(64);
    for one in [&root, &writer] {
        assert!(is_verified(one, &root, &lately));
    }
    (root, writer, lately)
}

fn is_verified(one: &Scribe, issuer: &Scribe, lately: &Lately<()>) -> bool {
    let key = &issuer.certificate.certificate.key;
    one.certificate.signed.verifies_by(Purpose::Certificate, key, lately)
}

/// Takes a certificate into a trust in the root, with the memory and without it: both say the same.
fn admitted(
    root: &Scribe,
    signed: &SignedCertificate,
    lately: &Lately<()>,
) -> Result<(), Distrust> {
    let (mut with, mut without) = (Trust::default(), Trust::default());
    with.admit_by(&root.certificate, lately).expect("the root signed itself");
    without.admit(&root.certificate).expect("the root signed itself");
    let said = with.admit_by(signed, lately);
    assert_eq!(said, without.admit(signed));
    // What was refused once is refused again, and what was taken is taken again.
    assert_eq!(with.admit_by(signed, lately), said);
    assert_eq!(with.get(&signed.hash).is_some(), said.is_ok());
    said
}

#[test]
fn another_signature_under_the_same_words_is_verified_for_itself() {
    for algorithm in [Algorithm::Ed25519, Algorithm::P256] {
        let (root, writer, lately) = warm(algorithm);
        let false_root = scribe(3, Duty::Root, algorithm, None);
        let said = &writer.certificate.certificate;
        // The same words under the name of the true root, by the hand of another one.
        let forged = said.sign(&false_root.key, Some(root.certificate.hash)).unwrap();
        let forged = SignedCertificate::read(&forged).unwrap();
        assert_eq!(forged.signed.payload, writer.certificate.signed.payload);
        assert_eq!(admitted(&root, &forged, &lately), Err(Distrust::Signature));
        assert_eq!(admitted(&root, &writer.certificate, &lately), Ok(()));
    }
}

#[test]
fn a_message_that_differs_in_any_byte_is_verified_for_itself() {
    for algorithm in [Algorithm::Ed25519, Algorithm::P256] {
        let (root, writer, lately) = warm(algorithm);
        let mut read = 0;
        for at in 0..writer.cose.len() {
            let mut altered = writer.cose.clone();
            altered[at] ^= 1;
            // Most are malformed already; what can be read must not be believed.
            if let Ok(altered) = SignedCertificate::read(&altered) {
                assert!(admitted(&root, &altered, &lately).is_err(), "byte {at}");
                read += 1;
            }
        }
        assert!(read > 64, "the signature's bytes at least can be altered");
    }
}

#[test]
fn a_signature_is_remembered_for_its_key_and_its_purpose_alone() {
    let (root, writer, lately) = warm(Algorithm::Ed25519);
    assert!(!is_verified(&writer, &scribe(3, Duty::Root, Algorithm::Ed25519, None), &lately));
    assert!(!is_verified(&writer, &scribe(3, Duty::Root, Algorithm::P256, None), &lately));
    let key = &root.certificate.certificate.key;
    assert!(!writer.certificate.signed.verifies_by(Purpose::Seal, key, &lately));
    assert!(is_verified(&writer, &root, &lately));
}

#[test]
fn whatever_was_remembered_scope_period_and_duty_are_judged_each_time() {
    let (root, writer, lately) = warm(Algorithm::Ed25519);
    let issued = |change: &dyn Fn(&mut angen_ledger::certificate::Certificate)| {
        let mut certificate = writer.certificate.certificate.clone();
        change(&mut certificate);
        let cose = certificate.sign(&root.key, Some(root.certificate.hash)).unwrap();
        SignedCertificate::read(&cose).unwrap()
    };
    let beyond = issued(&|one| one.scopes = vec!["*:37".parse().unwrap()]);
    let early = issued(&|one| one.not_before_ms = BEGIN_MS - 400 * 86_400_000);
    for (signed, why) in [(&beyond, Distrust::Scope), (&early, Distrust::Period)] {
        // The signature itself holds, so that it is remembered.
        let key = &root.certificate.certificate.key;
        assert!(signed.signed.verifies_by(Purpose::Certificate, key, &lately));
        assert_eq!(admitted(&root, signed, &lately), Err(why));
    }
    // A writer issues nothing, and who issued it must be there.
    let under_writer = scribe(4, Duty::Writer, Algorithm::Ed25519, Some(&writer));
    assert!(is_verified(&under_writer, &writer, &lately));
    let mut trust = Trust::default();
    let alone = trust.admit_by(&under_writer.certificate, &lately);
    assert_eq!(alone, Err(Distrust::NoIssuer));
    trust.admit_by(&root.certificate, &lately).unwrap();
    trust.admit_by(&writer.certificate, &lately).unwrap();
    let issued = trust.admit_by(&under_writer.certificate, &lately);
    assert_eq!(issued, Err(Distrust::MayNotIssue));
}

#[test]
fn what_was_read_before_is_known_by_every_byte() {
    let writer = warm(Algorithm::Ed25519).1;
    let lately: Lately<Arc<SignedCertificate>> = Lately::new(64);
    for _ in 0..2 {
        let read = SignedCertificate::read_by(&writer.cose, &lately).unwrap();
        assert_eq!(read, writer.certificate);
    }
    for at in 0..writer.cose.len() {
        let mut altered = writer.cose.clone();
        altered[at] ^= 1;
        let read = SignedCertificate::read_by(&altered, &lately);
        assert_eq!(read, SignedCertificate::read(&altered), "byte {at}");
    }
}
