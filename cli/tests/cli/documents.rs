//! `angen print` and `angen document`: each answer as JSON, and what is said when it is refused.

use std::path::Path;

use angen_core::domain::china_time;
use serde_json::Value;

use crate::program::{Program, assert_fields, is_hash, is_id, one_line_of_json, text};
use crate::town::{SECOND, Town, typed};

/// What no record holds.
const GIVEN: [&str; 8] = [
    "--set",
    "person_in_charge=王志松",
    "--set",
    "post=厂长",
    "--set",
    "phone=0633-0000002",
    "--set",
    "recusal=不申请回避",
];

/// A town whose second officer showed her certificate too, with a block of numbers.
fn at_the_gate() -> Town {
    let town = Town::new();
    town.program().as_one(SECOND).json(&["show", &town.cast.check, "--to", "王志松"]);
    assert_eq!(town.admin().json(&["document", "device", "A3"])["device"], "A3");
    let line = ["document", "reserve", "all", "--region", "鲁日", "--year", &year(&town)];
    let blocks = town.admin().json(&[&line[..], &["--count", "2"]].concat());
    assert_eq!(blocks["blocks"].as_array().unwrap().len(), 5, "{blocks}");
    let fields = ["region", "department", "kind", "year", "device", "first", "last"];
    assert_fields(&blocks["blocks"][0], &fields);
    town
}

/// The year of the computer's clock: documents are numbered by the day on which they are printed.
fn year(town: &Town) -> String {
    let written = std::fs::metadata(town.file("now", b"")).unwrap().modified().unwrap();
    let since = written.duration_since(std::time::UNIX_EPOCH).unwrap().as_millis();
    china_time(i64::try_from(since).unwrap())[..4].to_owned()
}

fn print(town: &Town, form: &str, more: &[&str]) -> Value {
    let out = typed(&town.path("documents"));
    let line = ["print", &town.cast.check, form, "--out", &out];
    town.first().json(&[&line[..], more].concat())
}

#[test]
fn a_record_is_printed_as_files_that_bear_its_number() {
    let town = at_the_gate();
    let printed = print(&town, "site-record", &GIVEN);
    let fields = ["document", "op", "form", "number", "provisional", "again", "files"];
    assert_fields(&printed, &fields);
    assert!(is_id(text(&printed, "/document")) && is_hash(text(&printed, "/op")), "{printed}");
    let number = text(&printed, "/number").to_owned();
    assert!(number.starts_with("（鲁日）应急检记〔") && number.ends_with("〕1号"), "{number}");
    let files = printed["files"].as_array().unwrap();
    assert_eq!(files.len(), if cfg!(feature = "pdf") { 2 } else { 1 }, "{printed}");
    for file in files {
        let path = text(file, "/path");
        let held = std::fs::read(path).unwrap();
        assert_eq!(file["length"], held.len());
        assert!(is_hash(text(file, "/sha256")) && path.contains(&number), "{file}");
        let begins: &[u8] =
            if Path::new(path).extension().unwrap() == "pdf" { b"%PDF-1.7" } else { b"PK" };
        assert!(held.starts_with(begins), "{path}");
    }
    // Once more: the same files, and nothing is recorded but that they were printed again.
    let ops = town.state().0.ops;
    let again = print(&town, "现场检查记录", &[]);
    assert_eq!((&again["again"], &again["number"]), (&true.into(), &number.into()));
    assert_eq!(again["files"], printed["files"]);
    assert_eq!(town.state().0.ops, ops + 1);
    let events = town.program().json(&["custody", "list", &town.cast.check]);
    let prints = events.as_array().unwrap().iter().filter(|event| {
        event["what"] == "print"
            && event["about"].as_array().unwrap() == &[printed["document"].clone()]
    });
    assert_eq!(prints.count(), 2, "{events}");
}

#[test]
fn everything_that_is_missing_is_said_at_once_in_the_language_that_was_asked_for() {
    let town = at_the_gate();
    let state = town.state();
    let line = ["print", &town.cast.check, "site-record", "--dry-run"];
    for (lang, head, words) in [
        ("zh", "", ["“职务”没有填写", "“联系电话”没有填写", "“回避情况”没有填写"]),
        (
            "en",
            "",
            ["post is missing", "telephone number is missing", "answer on recusal is missing"],
        ),
    ] {
        let program = town.first().with(&["--lang", lang]);
        let run = program.run(&line);
        assert_eq!(run.code, 1, "{run:?}");
        assert!(words.iter().all(|words| run.out.contains(words)), "{head}{run:?}");
        let json = program.with(&["--json"]).run(&line);
        let told = one_line_of_json(&json.out);
        let fields = ["can_print", "lacks", "document", "number", "provisional", "lines"];
        assert_fields(&told, &fields);
        assert_fields(&told["lines"][0], &["key", "label", "text", "lacking"]);
        assert_eq!(told["lacks"].as_array().unwrap().len(), 4, "{told}");
        assert_fields(&told["lacks"][0], &["place", "rule", "message"]);
    }
    let out = typed(&town.path("documents"));
    let refused = town.first().run(&["print", &town.cast.check, "site-record", "--out", &out]);
    assert_eq!(refused.code, 1);
    assert!(refused.err.contains("《现场检查记录》还不能出具"), "{refused:?}");
    assert!(!town.path("documents").exists(), "nothing was written");
    assert_eq!(town.state(), state);
    // What may be left to the pen is left to it on purpose.
    print(&town, "site-record", &["--by-hand", "person_in_charge,post,phone,recusal"]);
}

#[test]
fn documents_are_listed_made_void_and_given_their_final_numbers() {
    let town = at_the_gate();
    let printed = print(&town, "site-record", &GIVEN);
    let number = text(&printed, "/number").to_owned();
    let void = |what: &str| town.first().json(&["document", "void", what, "--reason", "打错单位"]);
    assert_fields(&void(&number), &["op"]);
    let left_over = number.replace("〕1号", "〕2号");
    assert_fields(&void(&left_over), &["op"]);
    let second = print(&town, "site-record", &GIVEN);
    assert_eq!(second["provisional"], true);
    let provisional = text(&second, "/number").to_owned();
    assert!(provisional.ends_with("〕暂A3-1号"), "{provisional}");
    let line = ["document", "reserve", "site-record", "--region", "鲁日", "--year", &year(&town)];
    town.admin().json(&line);
    let settled = town.first().json(&["document", "settle", &provisional]);
    assert_eq!(settled["number"], number.replace("〕1号", "〕3号"));
    let list = town.first().json(&["document", "list", &town.cast.check]);
    assert_fields(&list, &["documents", "void_numbers", "blocks", "contradictions"]);
    assert_eq!(list["documents"].as_array().unwrap().len(), 2);
    assert_eq!(
        (&list["documents"][0]["void"], &list["contradictions"]),
        (&"打错单位".into(), &serde_json::json!([]))
    );
    let all = town.first().json(&["document", "list"]);
    assert_eq!(all["void_numbers"][0]["number"], left_over.as_str());
    let words = town.first().words(&["document", "list"]);
    assert!(words.contains("作废：打错单位") && words.contains(&left_over), "{words}");
}

#[test]
fn the_sheet_to_copy_from_is_text_and_a_table() {
    let town = at_the_gate();
    let printed = print(&town, "site-record", &[&GIVEN[..], &["--copy"]].concat());
    let files = printed["files"].as_array().unwrap();
    let texts: Vec<String> =
        files.iter().map(|file| std::fs::read_to_string(text(file, "/path")).unwrap()).collect();
    assert!(texts[0].starts_with("平台录入单：现场检查记录"), "{}", texts[0]);
    assert!(texts[1].starts_with("\u{feff}序号,字段"), "{}", texts[1]);
    assert!(texts.iter().all(|text| text.contains("传动部位没有防护罩")));
}

/// The fields of a document that was looked at, but for the minute in which the check ends.
fn fields_of(seen: &Value) -> Vec<Value> {
    let lines = seen["lines"].as_array().unwrap();
    lines.iter().filter(|line| line["key"] != "to").cloned().collect()
}

#[test]
fn what_is_seen_beforehand_is_what_is_printed_under_the_same_number() {
    let town = at_the_gate();
    let state = town.state();
    let line = [&["print", &town.cast.check, "site-record", "--dry-run"][..], &GIVEN].concat();
    let seen = town.first().json(&line);
    assert_eq!((&seen["can_print"], &seen["document"]), (&Value::Bool(true), &Value::Null));
    let words = town.first().words(&line);
    assert!(words.contains("单位名称\t") && words.trim_end().ends_with("可以出具"), "{words}");
    assert_eq!(town.state(), state, "looking writes nothing");
    let printed = print(&town, "site-record", &GIVEN);
    assert_eq!(seen["number"], printed["number"]);
    let after = town.first().json(&line);
    assert_eq!(after["document"], printed["document"]);
    assert_eq!(fields_of(&after), fields_of(&seen));
}

#[test]
fn a_form_that_does_not_exist_is_answered_with_those_that_do() {
    let town = Town::new();
    let run = Program::run(&town.first(), &["print", &town.cast.check, "decision", "--dry-run"]);
    assert_eq!(run.code, 1);
    assert!(run.err.contains("site-record（现场检查记录）"), "{run:?}");
}
