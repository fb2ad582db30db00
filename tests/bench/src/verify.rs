//! Verifying a dossier of 10,000 ops, without media.

use angen_ledger::certificate::Duty;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::{Algorithm, Signer as _};
use angen_ledger::package::Mode;
use angen_ledger::testing::{Grant, Scribe, draft, opening, package};
use angen_ledger::verify::{NoObserver, Outcome, verify};
use sha2::{Digest, Sha256};

use crate::report::{Report, in_turn, ms};

const OPS: usize = 10_000;
const OPS_A_SEAL: usize = 20;

pub(crate) fn run(report: &mut Report) {
    let grant =
        |duty, name| Grant { duty, name, scopes: &["*:371102110"], algorithm: Algorithm::Ed25519 };
    let root = Scribe::new(1, &grant(Duty::Root, "根"), None);
    let mut writer = Scribe::new(2, &grant(Duty::Writer, "王安"), Some(&root));
    let dossier = DossierId([3; 16]);
    let mut ops = vec![writer.write(opening(dossier, "371102110"), Vec::new())];
    for index in 1..OPS {
        let entity = EntityId(writer.bytes());
        let note: [u8; 12] = writer.bytes();
        let fields = [
            ("item", format!("MW{index:05}").into()),
            ("value", "compliant".into()),
            ("note", note.map(|byte| format!("{byte:02x}")).concat().into()),
        ];
        ops.push(writer.write(draft(dossier, entity, "answer.set/1", &fields), Vec::new()));
    }
    let runs: Vec<_> = ops.chunks(OPS_A_SEAL).map(|run| (run.to_vec(), writer.seal(run))).collect();
    let bytes = package(&writer, &[(dossier, Mode::Whole)], &[&root, &writer], &runs, &[]);
    let seals = runs.len();
    let signature = writer.key.sign(&bytes[..200]).expect("a key in memory signs");
    let key = writer.key.public_key();
    let pair = in_turn(
        |_| {
            let verdict = verify(bytes.as_slice(), None, &mut NoObserver).expect("memory reads");
            assert_eq!(verdict.outcome, Outcome::Verifies);
        },
        |_| {
            std::hint::black_box(Sha256::digest(&bytes));
            (0..seals).for_each(|_| assert!(key.verifies(&bytes[..200], &signature)));
        },
    );
    report.add(
        &format!("verify a package of 10,000 ops ({} KiB, {seals} seals)", bytes.len() / 1024),
        ms(pair.ours),
        format!("{} one hash of the bytes and {seals} signatures", ms(pair.floor)),
        Some(pair.ratio),
        "1 s",
        pair.ours.as_millis() < 1000,
    );
}
