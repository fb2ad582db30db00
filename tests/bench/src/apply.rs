//! Applying ops from elsewhere: verify, store, project; 20 ops a seal.

use angen_core::store::{self, SealedRun, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::Op;
use angen_ledger::seal::SignedSeal;
use angen_ledger::testing::{Grant, Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::Wire as _;
use rusqlite::{Connection, named_params};

use crate::report::{Report, in_turn};

/// Ops that are applied.
pub(crate) const OPS: usize = 100_000;

/// Ops that one seal covers.
const OPS_A_SEAL: usize = 20;

/// Ops of one dossier.
const OPS_A_DOSSIER: usize = 1_000;

/// Everything that is applied, and the certificates.
pub(crate) struct Load {
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) runs: Vec<SealedRun>,
}

/// Makes a number of ops by one writer over several dossiers, with values that do not repeat.
pub(crate) fn load(ops: usize) -> Load {
    let grant =
        |duty, name| Grant { duty, name, scopes: &["*:371102110"], algorithm: Algorithm::Ed25519 };
    let root = Scribe::new(1, &grant(Duty::Root, "根"), None);
    let mut writer = Scribe::new(2, &grant(Duty::Writer, "王安"), Some(&root));
    let mut runs = Vec::new();
    for number in 0..ops.div_ceil(OPS_A_DOSSIER) {
        let mut id = [0; 16];
        id[8..].copy_from_slice(&(number as u64).to_be_bytes());
        let dossier = DossierId(id);
        let count = OPS_A_DOSSIER.min(ops - number * OPS_A_DOSSIER);
        let mut written = Vec::with_capacity(count);
        for index in 0..count {
            let entry = if index == 0 {
                opening(dossier, "371102110")
            } else {
                let entity = EntityId(writer.bytes());
                let text: [u8; 12] = writer.bytes();
                let fields = [
                    ("item", Value::from(format!("MW{index:03}"))),
                    ("value", Value::from("compliant")),
                    ("note", Value::from(text.map(|byte| format!("{byte:02x}")).concat())),
                ];
                draft(dossier, entity, "answer.set/1", &fields)
            };
            written.push(writer.write(entry, Vec::new()));
        }
        for run in written.chunks(OPS_A_SEAL) {
            let seal = writer.seal(run);
            let body = |op: &Op| op.body.as_ref().map(|body| body.to_wire());
            let ops = run.iter().map(|op| (op.bytes.clone(), body(op))).collect();
            runs.push(SealedRun { ops, seal });
        }
    }
    Load { certificates: vec![root.cose, writer.cose], runs }
}

pub(crate) fn run(report: &mut Report) {
    let load = load(OPS);
    let folder = tempfile::tempdir().expect("a folder");
    let pair = in_turn(
        |turn| {
            let place = folder.path().join(format!("ours-{turn}"));
            let store = Store::open(&place).expect("a database");
            let received = store
                .write(|tx| store::receive(tx, &load.certificates, &load.runs))
                .expect("ops that hold");
            assert_eq!(received.new_ops, OPS as u64);
            drop(store);
            std::fs::remove_dir_all(place).expect("removes");
        },
        |turn| {
            let place = folder.path().join(format!("floor-{turn}"));
            floor(&load, &place);
            std::fs::remove_dir_all(place).expect("removes");
        },
    );
    let rate = OPS as f64 / pair.ours.as_secs_f64();
    report.add(
        "apply 100,000 signed ops, 20 a seal (verify, store, project, commit)",
        format!("{rate:.0} op/s"),
        format!(
            "{:.0} rows/s, same rows, indexes and bytes",
            OPS as f64 / pair.floor.as_secs_f64()
        ),
        Some(pair.ratio),
        "50,000 op/s, at most 2",
        rate >= 50_000.0 && pair.ratio <= 2.0,
    );
}

/// The same rows in the same tables, with nothing checked and nothing hashed.
fn floor(load: &Load, place: &std::path::Path) {
    // The store makes the schema; the rows go in beside it.
    drop(Store::open(place).expect("a database"));
    let mut plain = Connection::open(place.join("angen.db")).expect("SQLite");
    plain
        .execute_batch(
            "PRAGMA synchronous = FULL; PRAGMA secure_delete = ON; PRAGMA cache_size = -16384;",
        )
        .expect("pragmas");
    let tx = plain.transaction().expect("a transaction");
    {
        let mut op = tx
            .prepare(
                "INSERT INTO op (hash, dossier, writer, seq, pending, header, body)
                 VALUES (:hash, :dossier, :writer, :seq, 0, :header, :body)",
            )
            .expect("a statement");
        let mut live = tx
            .prepare(
                "INSERT INTO live (dossier, entity, op, noun, fields)
                 VALUES (:dossier, :entity, :op, 'answer', 'item note value')",
            )
            .expect("a statement");
        let mut seal = tx
            .prepare(
                "INSERT INTO seal (hash, dossier, writer, number, first_seq, last_seq, head, cose)
                 VALUES (:hash, :dossier, :writer, :number, :first, :last, :head, :cose)",
            )
            .expect("a statement");
        for run in &load.runs {
            let signed = SignedSeal::read(&run.seal).expect("a seal");
            let said = &signed.seal;
            for (index, (header, body)) in run.ops.iter().enumerate() {
                // Bytes of the right size and spread; the header has a hash of its own inside.
                let hash: [u8; 32] = header[header.len() - 40..][..32].try_into().expect("bytes");
                op.execute(named_params! {
                    ":hash": hash, ":dossier": said.dossier.raw(), ":writer": said.writer.raw(),
                    ":seq": said.first as i64 + index as i64, ":header": header, ":body": body,
                })
                .expect("a row");
                live.execute(named_params! {
                    ":dossier": said.dossier.raw(), ":entity": &hash[..16],
                    ":op": tx.last_insert_rowid(),
                })
                .expect("a row");
            }
            seal.execute(named_params! {
                ":hash": signed.hash.as_bytes(), ":dossier": said.dossier.raw(),
                ":writer": said.writer.raw(), ":number": said.number as i64,
                ":first": said.first as i64, ":last": said.last as i64,
                ":head": said.head.as_bytes(), ":cose": run.seal,
            })
            .expect("a row");
        }
    }
    tx.commit().expect("commits");
}
