//! One answer, committed: what an officer waits for after each tap.

use std::collections::BTreeMap;

use angen_core::action::{SetAnswers, established, read_form, set_answers};
use angen_core::desk::Desk;
use angen_core::domain::{Checklist, read_one};
use angen_testing::township::Township;
use rusqlite::Connection;

use crate::report::{Report, in_turn};

/// Answers in one turn.
const ANSWERS: usize = 100;

/// Beyond one sync of the disk.
const OVERHEAD_MS_MAX: f64 = 0.3;

/// The items of the checklist that take all of some values.
fn verdict_items(town: &Township, values: &[&str]) -> Vec<String> {
    let place = established(&town.store).expect("a township");
    let list = town
        .store
        .read(|read| read_one::<Checklist>(read, place.library, town.cast.checklist))
        .expect("the checklist");
    let form = read_form(&list).expect("a form");
    let takes = |name: &str| values.iter().all(|value| form.check_answer(name, value).is_ok());
    let names = form.items().iter().filter(|item| item.kind.list().is_some() && takes(&item.name));
    names.map(|item| item.name.clone()).collect()
}

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Township::build(&folder.path().join("phone"), 3);
    let desk = Desk::sign_in(&town.store, &town.ports, town.cast.officers[0]).expect("a key");
    let plain = Connection::open(folder.path().join("floor.db")).expect("SQLite");
    plain
        .execute_batch(
            "PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL;
             CREATE TABLE row (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;",
        )
        .expect("a table");
    // An officer goes through the list; the next round corrects what the last one said.
    let values = ["compliant", "not_applicable"];
    let items = verdict_items(&town, &values);
    let mut round = 0;
    let pair = in_turn(
        |_| {
            for _ in 0..ANSWERS {
                let (item, value) = (&items[round % items.len()], values[round / items.len() % 2]);
                round += 1;
                let request = SetAnswers {
                    dossier: town.cast.check.dossier,
                    checklist: town.cast.checklist,
                    answers: BTreeMap::from([(item.clone(), value.to_owned())]),
                    reason: Some("再看一遍".to_owned()),
                };
                set_answers(&desk, &request).expect("an answer is set");
            }
        },
        |_| {
            for _ in 0..ANSWERS {
                plain
                    .execute("INSERT INTO row (bytes) VALUES (?1)", [[0u8; 900].as_slice()])
                    .expect("a row");
            }
        },
    );
    let each = |time: std::time::Duration| time.as_secs_f64() * 1000.0 / ANSWERS as f64;
    let over = each(pair.ours) - each(pair.floor);
    report.add(
        "one answer committed (checked against its form, signed, sealed, projected)",
        format!("{:.2} ms", each(pair.ours)),
        format!("{:.2} ms, one row committed with one sync", each(pair.floor)),
        Some(pair.ratio),
        "one sync + 0.3 ms",
        over <= OVERHEAD_MS_MAX,
    );
}
