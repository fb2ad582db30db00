//! A good package verifies, and no single bit of it can change.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod world;

use angen_ledger::certificate::Duty;
use angen_ledger::header::Over;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::package::Mode;
use angen_ledger::testing::{BEGIN_MS, Grant, Scribe, draft, evidence, opening, package};
use angen_ledger::value::Value;
use angen_ledger::verify::{
    NoObserver, Observer, Outcome, RootAnswer, Rule, Status, Verdict, verify,
};
use world::logged::{Logged, ORIGIN, edited};
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

/// The frames of a log hold to their own signatures, and the closing list covers what they leave.
#[test]
fn every_flipped_bit_of_a_package_with_receipts_is_refused() {
    let bytes = Logged::small().package();
    assert!(bytes.len() < 20_000, "{} bytes", bytes.len());
    let verdict = check(&bytes);
    assert_eq!(verdict.outcome, Outcome::Verifies);
    assert_eq!(verdict.noted().collect::<Vec<_>>(), [Rule::R5], "the refusal");
    flip_every_bit(&bytes);
}

#[test]
fn every_seal_and_blob_has_a_receipt_and_every_op_an_interval() {
    let verdict = check(&Logged::new().package());
    assert_eq!(verdict.outcome, Outcome::Verifies);
    assert_eq!(verdict.noted().count(), 0, "{verdict:#?}");
    let contents = &verdict.contents;
    assert_eq!((contents.seals, contents.seals_receipted), (3, 3));
    assert_eq!((contents.blobs_named, contents.blobs_receipted), (2, 2));
    let sizes: Vec<_> = contents.checkpoints.iter().map(|known| known.checkpoint.size).collect();
    assert_eq!(sizes, [2, 5]);
    assert!(contents.checkpoints.iter().all(|known| known.checkpoint.origin == ORIGIN));
    // The hub's clock goes on by a second for each entry.
    let (old, new) = (BEGIN_MS + 2_000, BEGIN_MS + 5_000);
    let times: Vec<_> =
        verdict.times.iter().map(|time| (time.not_before_ms, time.not_after_ms)).collect();
    let first_runs = [(None, Some(new)); 4];
    let last_run = [(Some(old), Some(new)); 2];
    assert_eq!(times, [&first_runs[..], &last_run[..]].concat());
    assert_eq!(verdict.times[5].claimed_ms, BEGIN_MS + 6_000);
}

/// An op is not older than what it builds on; a receipt under an older checkpoint bounds it more.
#[test]
fn bounds_come_from_the_past_and_from_the_earliest_receipt() {
    let bytes = edited(|logged| {
        logged.story.alter(2, 1, |header| header.checkpoint = None);
        logged.hub.roll_back(3);
        logged.receive_run(2);
        logged.receive_blob(1);
        logged.renew();
        logged.log.push(world::logged::receipt_frame(logged.hub.receipt(0, 2)));
    });
    let verdict = check(&bytes);
    assert_eq!(verdict.outcome, Outcome::Verifies);
    let old = Some(BEGIN_MS + 2_000);
    assert_eq!(verdict.times[5].not_before_ms, old, "through the op before");
    assert_eq!(verdict.times[0].not_after_ms, old, "the run is in the older tree as well");
    assert_eq!(verdict.times[0].not_before_ms, None);
}

/// What a device takes in from a package that a colleague brought.
#[derive(Default)]
struct Took {
    checkpoints: Vec<u64>,
    receipts: Vec<u64>,
    refusals: usize,
}

impl Observer for Took {
    fn checkpoint(&mut self, checkpoint: &SignedCheckpoint) {
        self.checkpoints.push(checkpoint.checkpoint.size);
    }

    fn receipt(&mut self, receipt: &Receipt) {
        self.receipts.push(receipt.index);
    }

    fn refusal(&mut self, _refusal: &SignedRefusal) {
        self.refusals += 1;
    }
}

#[test]
fn an_observer_is_shown_what_hubs_signed() {
    let mut took = Took::default();
    let bytes = Logged::small().package();
    verify(bytes.as_slice(), None, &mut took).expect("memory reads");
    assert_eq!((took.checkpoints, took.receipts, took.refusals), (vec![1, 2], vec![0, 1], 1));
    let mut took = Took::default();
    let bytes = edited(|logged| logged.edit_note(0, |note| note.signatures[1].bytes[9] ^= 1));
    verify(bytes.as_slice(), None, &mut took).expect("memory reads");
    assert_eq!(took.checkpoints, [5], "one with a wrong signature is not shown");
}

#[test]
fn a_package_without_a_log_gives_no_intervals_and_judges_no_rule_of_it() {
    let verdict = check(&small_package().0);
    assert!(verdict.times.is_empty() && verdict.contents.checkpoints.is_empty());
    for rule in [Rule::R1, Rule::R2, Rule::R3, Rule::R4, Rule::R5, Rule::R6] {
        assert_eq!(verdict.rules[&rule].status, Status::NotChecked, "{rule:?}");
    }
}

/// One bit in a frame of the log, and the package closed again by the exporter: the log's own
/// signatures and hashes find it, or it says nothing that holds.
#[test]
fn a_flipped_bit_in_the_log_is_found_when_the_exporter_closes_again() {
    use angen_ledger::package::Frame;
    use angen_ledger::wire::Wire;
    let logged = Logged::new();
    let frames = logged.frames();
    let first = frames.len() - logged.log.len();
    for place in first..frames.len() {
        // A bit of each byte, another one each time.
        for byte in 0..frames[place].len() {
            let mut frames = frames.clone();
            frames[place][byte] ^= 1 << (byte % 8);
            let is_log = matches!(Frame::from_wire(&frames[place]), Ok(Frame::Log(_)));
            let verdict = check(&world::edit::close(&frames, &logged.story.first));
            let whole = verdict.contents.seals_receipted == 3
                && verdict.contents.blobs_receipted == 2
                && verdict.contents.checkpoints.len() == 2
                && !is_noted(&verdict, Rule::R3)
                && !is_noted(&verdict, Rule::C2);
            let found = verdict.outcome == Outcome::Refused || !whole;
            assert!(found, "frame {place} byte {byte}, of the log: {is_log}");
        }
    }
}

fn is_noted(verdict: &Verdict, rule: Rule) -> bool {
    verdict.rules[&rule].status == Status::Noted
}

#[test]
fn every_truncation_is_refused() {
    let (bytes, _) = small_package();
    for end in 0..bytes.len() {
        assert_ne!(check(&bytes[..end]).outcome, Outcome::Verifies, "cut at {end}");
    }
}
