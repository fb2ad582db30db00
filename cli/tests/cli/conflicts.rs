//! `angen conflicts` and `angen conflict decide`, with two phones that did not know of each other.

use angen_core::store::Store;
use angen_testing::exchange::{deliver, pack};
use angen_testing::files::copy_folder;
use serde_json::Value;

use crate::program::{Program, assert_fields, is_id, text};
use crate::refused_words::assert_refused;
use crate::town::{FIRST, MENTOR, SECOND, Town};

/// The second phone: it has what the first one has now.
fn second(town: &Town) -> Program {
    copy_folder(&town.data(), &town.path("second")).unwrap();
    Program::on(&town.path("second")).as_one(SECOND)
}

/// The first phone gets what the second one has.
fn meet(town: &Town) {
    let second = Store::open(&town.path("second")).unwrap();
    let first = Store::open(&town.data()).unwrap();
    deliver(&pack(&second).unwrap(), &first).unwrap();
}

/// The op of a value that somebody wrote, in a list as JSON.
fn op_of(values: &Value, name: &str) -> String {
    let mut values = values.as_array().unwrap().iter();
    let by = values.find(|value| value["name"] == name).unwrap();
    text(by, "/op").to_owned()
}

#[test]
fn two_phones_that_differ_are_listed_with_who_and_when_and_one_decides() {
    let town = Town::new();
    let (check, finding) = (&town.cast.check, &town.cast.finding);
    let correct = |program: &Program, to: &str| {
        let line = ["correct", check, finding, "--consequence", to, "--reason", "复看现场"];
        program.json(&line);
    };
    let words = town.program().words(&["conflicts"]);
    assert!(words.contains("没有待裁定的冲突"), "{words}");
    let phone = second(&town);
    correct(&town.first(), "case");
    correct(&phone, "on_the_spot");
    meet(&town);
    let listed = town.program().json(&["conflicts", check]);
    assert_fields(&listed, &["conflicts", "collisions"]);
    let conflict = &listed["conflicts"][0];
    let fields = ["dossier", "entity", "noun", "title", "field", "because", "values"];
    assert_fields(conflict, &fields);
    assert_eq!((&conflict["field"], &conflict["noun"]), (&"consequence".into(), &"finding".into()));
    assert!(is_id(text(conflict, "/entity")) && text(conflict, "/because").contains("安全生产法"));
    let value = &conflict["values"][0];
    let of_value = [
        "op",
        "kind",
        "writer",
        "name",
        "organisation",
        "role",
        "post",
        "claimed_ms",
        "not_before_ms",
        "not_after_ms",
        "decided_because",
        "value",
        "holds",
        "may_decide",
    ];
    assert_fields(value, &of_value);
    let (wang, li) = (op_of(&conflict["values"], FIRST.0), op_of(&conflict["values"], SECOND.0));
    let holding = conflict["values"].as_array().unwrap().iter().find(|v| v["holds"] == true);
    assert_eq!(holding.unwrap()["op"], wang.as_str());
    let words = town.program().words(&["conflicts"]);
    for told in [FIRST.0, SECOND.0, "＊立案", "设备", "自称", "安全生产法", &li[..8]] {
        assert!(words.contains(told), "{told}: {words}");
    }
    let english = town.program().with(&["--lang", "en"]).words(&["conflicts"]);
    assert!(english.contains("undecided: 1 fields") && english.contains("device"), "{english}");
    let missing = town.program().json(&["missing", check]);
    let is_told = |line: &Value| line["code"] == "conflicts_listed";
    assert!(missing.as_array().unwrap().iter().any(is_told), "{missing}");
    let board = town.program().words(&["board", &town.cast.visit]);
    assert!(board.contains("待裁定的冲突"), "{board}");
    let decide = ["conflict", "decide", check, &li[..8], "--reason", "两人当面核对"];
    let decided = town.first().json(&decide);
    assert_fields(&decided, &["op", "chosen", "left"]);
    assert_eq!((&decided["chosen"], &decided["left"]), (&li.as_str().into(), &0.into()));
    let board = town.program().words(&["board", &town.cast.visit]);
    assert!(!board.contains("待裁定的冲突"), "{board}");
}

#[test]
fn a_finding_that_was_taken_back_and_acted_on_is_listed_as_collided() {
    let town = Town::new();
    let (check, finding) = (&town.cast.check, &town.cast.finding);
    let phone = second(&town);
    town.first().json(&["retract", check, finding, "--reason", "看错了"]);
    phone.json(&["measure", "take", check, "--kind", "stop_equipment", "--finding", finding]);
    meet(&town);
    let collided = &town.program().json(&["conflicts", check])["collisions"][0];
    assert_fields(collided, &["dossier", "subject", "title", "holds", "yields"]);
    let moves = (&collided["holds"]["move"], &collided["yields"]["move"]);
    assert_eq!(moves, (&"measured".into(), &"retracted".into()));
    let words = town.program().words(&["conflicts", check]);
    assert!(words.contains("流转冲突") && words.contains("＊现场处理措施"), "{words}");
    let english = town.program().with(&["--lang", "en"]).words(&["conflicts", check]);
    assert!(english.contains("collided") && english.contains("measured"), "{english}");
    let op = text(&collided["yields"], "/op").to_owned();
    town.first().json(&["conflict", "decide", check, &op, "--reason", "确属误判"]);
    assert_eq!(town.program().json(&["conflicts"])["collisions"], serde_json::json!([]));
}

#[test]
fn who_may_not_decide_and_what_is_in_no_conflict_is_refused() {
    let town = Town::new();
    let (check, finding) = (&town.cast.check, &town.cast.finding);
    let phone = second(&town);
    let line = ["correct", check, finding, "--reason", "复看现场", "--consequence"];
    town.first().json(&[&line[..], &["case"]].concat());
    phone.json(&[&line[..], &["on_the_spot"]].concat());
    meet(&town);
    let listed = town.program().json(&["conflicts", check]);
    let op = op_of(&listed["conflicts"][0]["values"], FIRST.0);
    let decide: &[&str] = &["conflict", "decide", check, &op, "--reason", "x"];
    let mentor = town.program().as_one(MENTOR);
    assert_refused(&town, &mentor, &[(decide, &["帮扶专家"], &["a mentor"])]);
    let unknown: &[&str] = &["conflict", "decide", check, "00000000", "--reason", "x"];
    let short: &[&str] = &["conflict", "decide", check, &op[..7], "--reason", "x"];
    let empty: &[&str] = &["conflict", "decide", check, &op, "--reason", " "];
    assert_refused(
        &town,
        &town.first(),
        &[
            (unknown, &["angen conflicts"], &["angen conflicts"]),
            (short, &["8 位"], &["8 digits"]),
            (empty, &["不能为空"], &["must not be empty"]),
        ],
    );
}
