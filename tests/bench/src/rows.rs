//! Rows in bulk: a ledger of 10,000 enterprises, read, checked, signed and searchable.

use angen_core::action::import_rows;
use angen_testing::township::Township;
use rusqlite::Connection;

use crate::ledger::{ledger, request};
use crate::report::{Report, TURNS, in_turn, ms};

/// Rows that are imported.
const ROWS: usize = 10_000;

/// What they may take.
const TIME_MS_MAX: u128 = 2_000;

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let text = ledger(0..ROWS);
    let towns: Vec<Township> = (0..=TURNS)
        .map(|turn| Township::build(&folder.path().join(format!("{turn}")), turn as u64))
        .collect();
    let request = request(&text);
    let pair = in_turn(
        |turn| {
            let town = &towns[turn];
            let imported = import_rows(&town.desk(town.place.administrator), &request);
            assert_eq!(imported.expect("good rows").added.len(), ROWS);
        },
        |turn| floor(&folder.path().join(format!("floor-{turn}.db")), &text),
    );
    report.add(
        "import 10,000 rows of a .csv (all checks, signed, sealed, searchable, one commit)",
        ms(pair.ours),
        format!("{} the same lines as plain rows, one commit", ms(pair.floor)),
        Some(pair.ratio),
        "2 s",
        pair.ours.as_millis() <= TIME_MS_MAX,
    );
}

/// The same lines in one table, with nothing checked, signed or indexed.
fn floor(file: &std::path::Path, text: &str) {
    let mut plain = Connection::open(file).expect("SQLite");
    plain
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE row (place INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;",
        )
        .expect("a table");
    let tx = plain.transaction().expect("a transaction");
    for line in text.lines().skip(1) {
        let mut insert = tx.prepare_cached("INSERT INTO row (line) VALUES (?1)").expect("SQL");
        insert.execute([line]).expect("a row");
    }
    tx.commit().expect("commits");
}
