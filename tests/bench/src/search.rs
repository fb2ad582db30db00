//! Finding an enterprise among 100,000 by what an officer types.

use std::time::{Duration, Instant};

use angen_core::action::{find_enterprises, import_rows};
use angen_testing::township::Township;
use rusqlite::Connection;

use crate::ledger::{ledger, name, request};
use crate::report::{Report, in_turn, ms};

/// Enterprises of a city.
const ENTERPRISES: usize = 100_000;

/// Rows of one import.
const BATCH: usize = 20_000;

/// Enterprises on one page.
const PAGE: usize = 20;

/// Words that officers type, the broad ones too: nearly every name has 日照 or 有限.
const COMMON: [&str; 24] = [
    "机械",
    "食品",
    "有限",
    "日照",
    "岚山",
    "公司",
    "长行",
    "冷藏 水产",
    "岚山 机械",
    "五莲 食品",
    "莒县 岚山",
    "鑫隆",
    "恒信",
    "jx",
    "jxjg",
    "rz",
    "rzls",
    "yxgs",
    "jixie",
    "rizhao",
    "shipin",
    "changxing",
    "9137",
    "91371102MA00",
];

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Township::build(&folder.path().join("phone"), 9);
    let admin = town.desk(town.place.administrator);
    for from in (0..ENTERPRISES).step_by(BATCH) {
        import_rows(&admin, &request(&ledger(from..from + BATCH))).expect("good rows");
    }
    let plain = plain(&folder.path().join("plain.db"));
    let questions = questions();
    let mut times: Vec<(Duration, &str)> = Vec::new();
    let pair = in_turn(
        |_| {
            for words in &questions {
                let start = Instant::now();
                let page = find_enterprises(&town.store, words, None, PAGE).expect("a page");
                times.push((start.elapsed(), words.as_str()));
                std::hint::black_box(page);
            }
        },
        |_| questions.iter().for_each(|words| walk(&plain, words)),
    );
    times.sort_unstable();
    let (p99, slowest) = times[times.len() * 99 / 100];
    let each = |all: Duration| all / u32::try_from(questions.len()).expect("few");
    report.add(
        "find among 100,000 enterprises by characters, pinyin, initials or code: p99 of a page",
        format!("{} for “{slowest}” (mean {})", ms(p99), ms(each(pair.ours))),
        format!("mean {} SQLite LIKE, characters and code only", ms(each(pair.floor))),
        Some(pair.ratio),
        "p99 10 ms",
        p99.as_millis() < 10,
    );
}

/// The common words, and a part of a name from all over the city for each.
fn questions() -> Vec<String> {
    let part = |number: usize| {
        let chars: Vec<char> = name(number * 997).chars().filter(|c| c.is_alphanumeric()).collect();
        let from = number % (chars.len() - 2);
        chars[from..from + 2 + number % 2].iter().collect()
    };
    COMMON.iter().map(|words| (*words).to_owned()).chain((0..100).map(part)).collect()
}

fn plain(file: &std::path::Path) -> Connection {
    let mut plain = Connection::open(file).expect("SQLite");
    plain
        .execute_batch("CREATE TABLE row (place INTEGER PRIMARY KEY, line TEXT NOT NULL) STRICT;")
        .expect("a table");
    let tx = plain.transaction().expect("a transaction");
    for line in ledger(0..ENTERPRISES).lines().skip(1) {
        let mut insert = tx.prepare_cached("INSERT INTO row (line) VALUES (?1)").expect("SQL");
        insert.execute([line]).expect("a row");
    }
    tx.commit().expect("commits");
    plain
}

/// What a plain database does for a question.
fn walk(plain: &Connection, words: &str) {
    let pattern = format!("%{}%", words.replace(' ', "%"));
    let mut statement = plain
        .prepare_cached("SELECT line FROM row WHERE line LIKE ?1 ORDER BY place LIMIT 20")
        .expect("SQL");
    let lines = statement.query_map([pattern], |row| row.get::<_, String>(0)).expect("rows");
    std::hint::black_box(lines.count());
}
