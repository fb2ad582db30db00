//! What the same reading costs without an Angen: SQLite alone, and the file copied by hand.

use std::io::Write as _;
use std::path::Path;
use std::time::{Duration, Instant};

use rusqlite::Connection;
use sha2::{Digest as _, Sha256};

use super::calls::PAGE;
use super::database::WORKED;

/// Turns of which the median is taken.
const TURNS: usize = 9;

/// Open dossiers that `today` shows.
const TODAY: usize = 20;

/// SQLite opens the database of the phone in use and reads the first page of a list.
pub(super) fn open_and_page(folder: &Path) -> Duration {
    median(|| {
        let plain = opened(folder);
        let mut rows = plain
            .prepare("SELECT dossier, fields FROM live WHERE noun = 'dossier' LIMIT ?1")
            .expect("SQL");
        let page = rows.query_map([PAGE as i64], |row| row.get::<_, String>(1)).expect("rows");
        assert_eq!(page.filter(Result::is_ok).count(), PAGE);
    })
}

/// SQLite reads every op of as many dossiers as `today` shows.
pub(super) fn today(folder: &Path) -> Duration {
    let plain = opened(folder);
    let mut dossiers = plain
        .prepare("SELECT DISTINCT dossier FROM live WHERE noun = 'check' LIMIT ?1")
        .expect("SQL");
    let dossiers: Vec<Vec<u8>> = dossiers
        .query_map([TODAY as i64], |row| row.get(0))
        .and_then(Iterator::collect)
        .expect("dossiers");
    assert_eq!(dossiers.len(), TODAY);
    median(|| {
        let mut ops = plain.prepare_cached("SELECT body FROM op WHERE dossier = ?1").expect("SQL");
        let bytes: usize = dossiers
            .iter()
            .map(|dossier| {
                let bodies = ops.query_map([dossier], |row| row.get::<_, Vec<u8>>(0));
                bodies.expect("rows").map(|body| body.expect("a body").len()).sum::<usize>()
            })
            .sum();
        std::hint::black_box(bytes);
    })
}

/// The photo is hashed, and copied to the disk with all that is needed for it to stay there.
pub(super) fn photo(folder: &Path) -> Duration {
    median(|| {
        let bytes = std::fs::read(folder.join("photo.jpg")).expect("the photo");
        std::hint::black_box(Sha256::digest(&bytes));
        let mut copy = std::fs::File::create(folder.join("copy.jpg")).expect("a file");
        copy.write_all(&bytes).and_then(|()| copy.sync_all()).expect("room for a copy");
    })
}

fn opened(folder: &Path) -> Connection {
    Connection::open(folder.join(WORKED).join("angen.db")).expect("SQLite")
}

fn median(mut work: impl FnMut()) -> Duration {
    let mut times: Vec<Duration> = (0..TURNS)
        .map(|_| {
            let start = Instant::now();
            work();
            start.elapsed()
        })
        .collect();
    times.sort_unstable();
    times[TURNS / 2]
}
