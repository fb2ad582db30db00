//! Opening a database of 100,000 ops: no replay, no scan.

use angen_core::domain::Source as _;
use angen_core::store::{self, Store};
use rusqlite::Connection;

use crate::apply::{OPS, load};
use crate::report::{Report, in_turn, ms};

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let load = load(OPS);
    let first =
        load.runs.first().and_then(|run| angen_ledger::seal::SignedSeal::read(&run.seal).ok());
    let dossier = first.expect("a run").seal.dossier;
    let store = Store::open(folder.path()).expect("a database");
    store.write(|tx| store::receive(tx, &load.certificates, &load.runs)).expect("ops that hold");
    drop(store);
    let pair = in_turn(
        |_| {
            let store = Store::open(folder.path()).expect("the database");
            let entities = store.read(|read| read.entities(dossier, "answer")).expect("reads");
            assert!(!entities.is_empty());
        },
        |_| {
            let plain = Connection::open(folder.path().join("angen.db")).expect("SQLite");
            let count: i64 = plain
                .query_row(
                    "SELECT count(DISTINCT entity) FROM live WHERE dossier = ?1 AND noun = 'answer'",
                    [dossier.raw()],
                    |row| row.get(0),
                )
                .expect("reads");
            assert!(count > 0);
        },
    );
    report.add(
        "open a database of 100,000 ops and read the first list",
        ms(pair.ours),
        format!("{} SQLite alone, the same query", ms(pair.floor)),
        Some(pair.ratio),
        "50 ms",
        pair.ours.as_millis() < 50,
    );
}
