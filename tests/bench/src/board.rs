//! The board of a visit: what an officer looks at after each step, on a phone that has been in use.

use std::time::{Duration, Instant};

use angen_core::action::{
    PlanCheck, RegisterEnterprise, board, capture_evidence, give_assent, plan_check, read_form,
    register_enterprise, set_answers,
};
use angen_core::domain::{Checklist, read_one};
use angen_testing::case::build_case;
use angen_testing::files::jpeg;
use angen_testing::round::{build_round, build_teaching};
use angen_testing::township::{Township, capture, check};
use rusqlite::Connection;

use crate::report::{Report, in_turn, ms};

/// Photos in each of the two checks.
const PHOTOS: usize = 12;

/// Checks of other times on the same phone.
const OTHER_CHECKS: usize = 30;

/// Boards in one turn.
const BOARDS: usize = 20;

/// What the board may take.
const BOARD_MS_MAX: u128 = 10;

pub(crate) fn run(report: &mut Report) {
    let folder = tempfile::tempdir().expect("a folder");
    let town = Township::build(&folder.path().join("phone"), 11);
    let ops = fill(&town);
    let plain = Connection::open(folder.path().join("floor.db")).expect("SQLite");
    plain
        .execute_batch("CREATE TABLE row (place INTEGER PRIMARY KEY, bytes BLOB NOT NULL) STRICT;")
        .expect("a table");
    for _ in 0..ops {
        plain
            .execute("INSERT INTO row (bytes) VALUES (?1)", [[7u8; 900].as_slice()])
            .expect("a row");
    }
    let now_ms = town.ports.clock.now().wall_ms;
    let mut times: Vec<Duration> = Vec::new();
    let pair = in_turn(
        |_| {
            for _ in 0..BOARDS {
                let start = Instant::now();
                let seen = board(&town.store, town.cast.assistance, now_ms).expect("a board");
                times.push(start.elapsed());
                std::hint::black_box(seen);
            }
        },
        |_| {
            for _ in 0..BOARDS {
                let mut rows = plain.prepare_cached("SELECT bytes FROM row").expect("SQL");
                let bytes: usize = rows
                    .query_map([], |row| row.get::<_, Vec<u8>>(0))
                    .expect("rows")
                    .map(|row| row.expect("a row").len())
                    .sum();
                std::hint::black_box(bytes);
            }
        },
    );
    times.sort_unstable();
    let median = times[times.len() / 2];
    let each = pair.floor / u32::try_from(BOARDS).expect("few");
    report.add(
        &format!(
            "the board of a visit: two checks, a case, {ops} ops of it, {OTHER_CHECKS} other checks on the phone"
        ),
        format!("{} (median of {})", ms(median), times.len()),
        format!("{} SQLite reads as many rows", ms(each)),
        Some(pair.ratio),
        "10 ms",
        median.as_millis() < BOARD_MS_MAX,
    );
}

/// Fills the visit: both checks answered and photographed, a case, a round, advice; and other
/// checks beside it. Gives how many ops the visit has.
fn fill(town: &Township) -> u64 {
    let desk = town.officer();
    let admin = town.desk(town.place.administrator);
    let other = RegisterEnterprise {
        name: "日照样例水产设备有限公司".to_owned(),
        credit_code: Some("91371102MA7DEM016T".to_owned()),
        ..angen_testing::township::enterprise()
    };
    let other = register_enterprise(&admin, &other).expect("a second enterprise").enterprise;
    let plan = |enterprise, visit| -> PlanCheck { check(enterprise, town.cast.checklist, visit) };
    let second = plan_check(&desk, &plan(other, Some(town.cast.assistance))).expect("a check");
    for dossier in [town.cast.check.dossier, second.dossier] {
        answer_all(town, dossier);
        for number in 0..PHOTOS {
            let words = format!("{dossier} {number}");
            let file = town.file(&format!("{number}.jpg"), &jpeg(&words));
            capture_evidence(&desk, &capture(file, dossier)).expect("a photo");
        }
        give_assent(&town.desk(town.cast.officers[1]), dossier, &[]).expect("assents");
    }
    let case = build_case(town);
    let (_round, _comment) = (build_round(town), build_teaching(town));
    for _ in 0..OTHER_CHECKS {
        let planned = plan_check(&desk, &plan(other, None)).expect("a check");
        answer_all(town, planned.dossier);
    }
    let of_visit = [town.cast.assistance, town.cast.check.dossier, second.dossier, case.dossier];
    let count = town.store.read(|read| {
        let mut count = 0;
        for dossier in of_visit {
            count += angen_core::store::ops_of_dossier(read, dossier)?.len() as u64;
        }
        Ok(count)
    });
    count.expect("a log")
}

/// Answers every item of a check that takes a verdict.
pub(crate) fn answer_all(town: &Township, dossier: angen_ledger::id::DossierId) {
    let list = town
        .store
        .read(|read| read_one::<Checklist>(read, town.place.library, town.cast.checklist))
        .expect("the checklist");
    let form = read_form(&list).expect("a form");
    let items = form.items().iter();
    let takes = items.filter(|item| form.check_answer(&item.name, "compliant").is_ok());
    let verdicts = takes.filter(|item| item.kind.list().is_some());
    let answers: Vec<(&str, &str)> =
        verdicts.map(|item| (item.name.as_str(), "compliant")).collect();
    let mut request = town.answers(&answers, None);
    request.dossier = dossier;
    set_answers(&town.officer(), &request).expect("answers");
}
