//! Preserved evidence, numbers that come later and the clocks, driven through the program.

use serde_json::Value;

use crate::program::{assert_fields, is_chinese, is_hash, text};
use crate::refused_words::assert_refused;
use crate::town::{CREDIT_CODE, Town};

/// Noon of 2026-09-15 in China, a Tuesday.
const REGISTERED_MS: &str = "1789444800000";

/// Registers a ledger in the check, approved an hour before; gives the preservation.
fn register(town: &Town) -> String {
    let check = &town.cast.check;
    let line = ["preserve", "approve", check, "--approver", "周局长", "--at-ms", "1789441200000"];
    let more = ["--form", &town.cast.photo, "--reason", "可能被更换"];
    let approved = town.first().json(&[&line[..], &more].concat());
    assert_fields(&approved, &["preservation", "approved_first", "items", "decided"]);
    let kept = text(&approved, "/preservation").to_owned();
    let line = ["preserve", "register", check, "--preservation", &kept, "--holder", "王志松"];
    let items = ["--item", "检修台账=1册=办公室", "--item", "皮带=1条=一号车间=B型"];
    let line = [&line[..], &items, &["--at-ms", REGISTERED_MS]].concat();
    let registered = town.first().json(&line);
    assert_eq!((&registered["items"], &registered["approved_first"]), (&2.into(), &true.into()));
    kept
}

/// The clock of what is preserved, as of a day.
fn kept_clock(town: &Town, day: &str) -> Value {
    let clocks = town.program().json(&["clocks", &town.cast.check, "--as-of", day]);
    let clocks = clocks.as_array().unwrap();
    clocks.iter().find(|clock| clock["clock"] == "preserved").unwrap().clone()
}

#[test]
fn r22_preserved_items_run_a_clock_of_seven_working_days_until_all_are_decided() {
    let town = Town::new();
    let kept = register(&town);
    let red = kept_clock(&town, "2026-09-21");
    let fields = [
        "clock",
        "rule",
        "confirmed",
        "source",
        "dossier",
        "subject",
        "title",
        "start",
        "end",
        "days_left",
        "state",
        "reasoning",
        "started_by",
        "met_by",
        "met_on",
    ];
    assert_fields(&red, &fields);
    assert_eq!((&red["end"], &red["state"]), (&"2026-09-23".into(), &"red".into()));
    assert_eq!((&red["days_left"], &red["rule"]), (&2.into(), &"R22".into()));
    assert!(is_hash(text(&red, "/started_by")) && red["met_by"].is_null());
    let words = town.program().words(&["clocks", "--as-of", "2026-09-24"]);
    assert!(words.contains("已超期1个工作日") && words.contains("调休上班"), "{words}");
    let english = town.program().with(&["--lang", "en"]);
    let words = english.words(&["clocks", &town.cast.check, "--as-of", "2026-09-21"]);
    assert!(words.contains("2 working days left") && words.contains("make-up day"), "{words}");
    let line = ["preserve", "decide", &town.cast.check, &kept, "--on", "2026-09-22"];
    let items = ["--item", "1=return", "--item", "2=test=送检"];
    let decided = town.first().json(&[&line[..], &items].concat());
    assert_eq!(decided["decided"], 2);
    let met = kept_clock(&town, "2026-09-30");
    assert_eq!((&met["state"], &met["met_on"]), (&"met".into(), &"2026-09-22".into()));
}

#[test]
fn r22_what_was_registered_without_an_approval_is_recorded_with_a_note() {
    let town = Town::new();
    let line = ["preserve", "register", &town.cast.check, "--holder", "王志松"];
    let line = [&line[..], &["--item", "检修台账=1册=办公室"]].concat();
    let words = town.first().words(&line);
    assert!(words.contains("登记以前没有批准"), "{words}");
    let english = town.first().with(&["--lang", "en"]).words(&line);
    assert!(english.contains("without an approval") && !is_chinese(&english), "{english}");
}

#[test]
fn the_clock_that_ends_first_stands_below_what_is_missing() {
    let town = Town::new();
    let item = format!("{}=at_once", town.cast.finding);
    town.first().json(&["order", "issue", &town.cast.check, "--item", &item]);
    let words = town.program().words(&["missing", &town.cast.check]);
    let lines: Vec<&str> = words.trim_end().lines().collect();
    assert!(lines.last().unwrap().starts_with("⏱ 整改到期") && lines.len() <= 4, "{words}");
    let none = town.program().words(&["clocks", &town.cast.visit]);
    assert_eq!(none.trim(), "没有期限在计算");
}

#[test]
fn numbers_come_later_and_a_second_check_of_the_year_is_told_of_the_first() {
    let town = Town::new();
    let check = &town.cast.check;
    let filled = town.first().json(&["number", check, "--platform-task", "RW-1"]);
    assert_fields(
        &filled,
        &[
            "check",
            "approval_no",
            "notice_no",
            "platform_task",
            "item_list_version",
            "notice_exempt",
        ],
    );
    assert_eq!(filled["platform_task"], "RW-1");
    let exempt = ["number", check, "--exempt", "接到举报，需要立即核查"];
    town.first().json(&exempt);
    let missing = town.program().json(&["missing", check]);
    let codes: Vec<&str> =
        missing.as_array().unwrap().iter().map(|line| text(line, "/code")).collect();
    assert!(!codes.contains(&"notice"), "the reason stands in place of the notice: {codes:?}");
    let plan = ["check", "--enterprise", CREDIT_CODE, "--checklist", "angen_mw"];
    let again = town.first().json(&plan);
    assert_eq!((&again["checked_before"], &again["by_level"]["township"]), (&1.into(), &1.into()));
    let words = town.first().words(&plan);
    assert!(words.contains("本年度已检查2次") && words.contains("54号"), "{words}");
}

#[test]
fn what_cannot_be_is_refused_in_words() {
    let town = Town::new();
    let kept = register(&town);
    let check = town.cast.check.as_str();
    let decide = ["preserve", "decide", check, &kept, "--on", "2026-09-22", "--item"];
    let foreign = [&decide[..], &["3=return"]].concat();
    let unknown = [&decide[..], &["1=sell"]].concat();
    let shapeless = [&decide[..], &["皮带"]].concat();
    let item: &[&str] = &["preserve", "register", check, "--holder", "甲", "--item", "皮带"];
    let nothing: &[&str] = &["number", check];
    let day: &[&str] = &["clocks", "--as-of", "明天"];
    assert_refused(
        &town,
        &town.first(),
        &[
            (&foreign, &["没有第3件"], &["no item 3"]),
            (&unknown, &["seize_by_bureau"], &["seize_by_bureau"]),
            (&shapeless, &["1=return"], &["1=return"]),
            (item, &["名称=数量=地点"], &["NAME=QUANTITY=PLACE"]),
            (nothing, &["没有要补填"], &["nothing to fill in"]),
            (day, &["2026-09-16"], &["2026-09-16"]),
        ],
    );
}
