//! The same work on a plain and on an encrypted database, in one run of the encrypting flavour.

use std::path::Path;

use angen_core::ports::DatabaseKeys;
use angen_core::store::{self, DatabaseKey, Store};
use angen_ledger::key::SignError;

use crate::apply::load;
use crate::report::{Report, TURNS, in_turn, ms};

/// Ops that are taken in: a busy month of a township.
const OPS: usize = 10_000;

/// Rows that are committed one by one.
const COMMITS: usize = 200;

/// What encryption may cost: what the library's makers and a trial of our own have measured for
/// the worst of it, a scan.
const RATIO_MAX: f64 = 5.0;

struct Key;

impl DatabaseKeys for Key {
    fn database_key(&self) -> Result<DatabaseKey, SignError> {
        Ok(DatabaseKey::new([42; 32]))
    }

    fn destroy(&self) -> Result<(), SignError> {
        Err(SignError::Store("a bench destroys nothing".to_owned()))
    }
}

fn encrypted(folder: &Path) -> Store {
    Store::open_with(folder, Some(Box::new(Key))).expect("a database")
}

fn plain(folder: &Path) -> Store {
    Store::open(folder).expect("a database")
}

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let place = |kind: &str, turn: usize| folder.path().join(format!("{kind}-{turn}"));
    let load = load(OPS);
    let apply = |store: &Store| {
        store
            .write(|tx| store::receive(tx, &load.certificates, &load.runs))
            .expect("ops that hold");
    };
    let pair = in_turn(
        |turn| apply(&encrypted(&place("sealed", turn))),
        |turn| apply(&plain(&place("plain", turn))),
    );
    let mut add = |work: &str, pair: crate::report::Pair| {
        report.add(
            work,
            ms(pair.ours),
            format!("{} not encrypted", ms(pair.floor)),
            Some(pair.ratio),
            "5 times",
            pair.ratio < RATIO_MAX,
        );
    };
    add("encrypted: 10,000 ops taken in", pair);
    let (sealed, open) = (place("sealed", TURNS), place("plain", TURNS));
    let read = |store: &Store| {
        let _ = store.read(store::digest).expect("reads");
    };
    let pair = in_turn(|_| drop(encrypted(&sealed)), |_| drop(plain(&open)));
    add("encrypted: a database opened", pair);
    let (sealed, open) = (encrypted(&sealed), plain(&open));
    add("encrypted: every row read (the digest)", in_turn(|_| read(&sealed), |_| read(&open)));
    let commit = |store: &Store| {
        for number in 0..COMMITS {
            let text = number.to_string();
            store.write(|tx| store::put_setting(tx, "bench", &text)).expect("a row");
        }
    };
    add(
        "encrypted: 200 rows committed one by one",
        in_turn(|_| commit(&sealed), |_| commit(&open)),
    );
}
