//! A good package verifies, and no single bit of it can change.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod world;

use angen_ledger::certificate::Duty;
use angen_ledger::header::Over;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::package::Mode;
use angen_ledger::testing::{Grant, Scribe, draft, evidence, opening, package};
use angen_ledger::value::Value;
use angen_ledger::verify::{NoObserver, Outcome, RootAnswer, Rule, Verdict, verify};
use world::rows::withheld_and_excerpt;

fn check(bytes: &[u8]) -> Verdict {
    verify(bytes, None, &mut NoObserver).expect("memory reads")
}

fn small_package() -> (Vec<u8>, Scribe) {
    let root = Scribe::new(
        1,
        &Grant {
            duty: Duty::Root, name: "根", scopes: &["*:3711"], algorithm: Algorithm::Ed25519
        },
        None,
    );
    let grant = |name, algorithm| Grant {
        duty: Duty::Writer,
        name,
        scopes: &["enforcer:371102110"],
        algorithm,
    };
    let mut first = Scribe::new(2, &grant("王安", Algorithm::Ed25519), Some(&root));
    let mut second = Scribe::new(3, &grant("李全", Algorithm::P256), Some(&root));
    let dossier = DossierId([7; 16]);
    let finding = EntityId([8; 16]);
    let opened = first.write(opening(dossier, "371102110"), vec![]);
    let raised = first.write(
        draft(dossier, finding, "finding.raise/1", &[("title", "砂轮机缺防护罩".into())]),
        vec![],
    );
    let (cipher, evidence) = evidence(dossier, EntityId([9; 16]), [5; 32], &[42; 900]);
    let address = evidence.blobs[0].address;
    let captured = first.write(evidence, vec![]);
    let run = vec![opened, raised.clone(), captured];
    let seal = first.seal(&run);
    let mut assent = draft(
        dossier,
        finding,
        "finding.correct/1",
        &[("title", "砂轮机防护罩缺失".into()), ("reason", Value::Text("用词".into()))],
    );
    assent.over.push(Over { field: "title".into(), heads: vec![raised.hash] });
    let assent = second.write(assent, first.dep(dossier).into_iter().collect());
    let second_run = vec![assent];
    let second_seal = second.seal(&second_run);
    let bytes = package(
        &first,
        &[(dossier, Mode::Whole)],
        &[&root, &first, &second],
        &[(run, seal), (second_run, second_seal)],
        &[(address, cipher)],
    );
    (bytes, root)
}

#[test]
fn a_good_package_verifies_under_its_root() {
    let (bytes, root) = small_package();
    let verdict = check(&bytes);
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:#?}", verdict.broken().collect::<Vec<_>>());
    assert_eq!(verdict.root, RootAnswer::Unknown);
    assert_eq!(verdict.noted().count(), 0, "{verdict:#?}");
    let known = verify(bytes.as_slice(), Some(root.certificate.hash), &mut NoObserver);
    assert_eq!(known.expect("memory reads").root, RootAnswer::Known);
}

/// Verifies the package once for each of its bits, with that bit flipped, on two threads.
fn flip_every_bit(bytes: &[u8]) {
    let middle = bytes.len() / 2;
    std::thread::scope(|scope| {
        for places in [0..middle, middle..bytes.len()] {
            let mut bytes = bytes.to_vec();
            scope.spawn(move || {
                for place in places {
                    for bit in 0..8 {
                        bytes[place] ^= 1 << bit;
                        let outcome = check(&bytes).outcome;
                        assert_ne!(outcome, Outcome::Verifies, "byte {place} bit {bit}");
                        bytes[place] ^= 1 << bit;
                    }
                }
            });
        }
    });
}

#[test]
fn every_flipped_bit_is_refused() {
    let (bytes, _) = small_package();
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    flip_every_bit(&bytes);
}

/// What is withheld or left out leaves nothing loose either.
#[test]
fn every_flipped_bit_of_an_excerpt_with_a_withheld_field_is_refused() {
    let bytes = withheld_and_excerpt();
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    let verdict = check(&bytes);
    assert_eq!(verdict.outcome, Outcome::Verifies);
    assert_eq!(verdict.noted().collect::<Vec<_>>(), [Rule::S3, Rule::B2]);
    flip_every_bit(&bytes);
}

#[test]
fn every_truncation_is_refused() {
    let (bytes, _) = small_package();
    for end in 0..bytes.len() {
        assert_ne!(check(&bytes[..end]).outcome, Outcome::Verifies, "cut at {end}");
    }
}
