//! What follows a finding, driven through the program: measures, orders, re-checks, hand-over.

use serde_json::Value;

use crate::program::{assert_fields, is_chinese, is_id, text};
use crate::refused_words::assert_refused;
use crate::town::{SECOND, Town};

fn codes(missing: &Value) -> Vec<&str> {
    missing.as_array().unwrap().iter().map(|line| text(line, "/code")).collect()
}

#[test]
fn a_measure_is_taken_and_lifted_and_a_coercive_one_is_only_proposed() {
    let town = Town::new();
    let (check, finding) = (&town.cast.check, &town.cast.finding);
    let line = ["measure", "take", check, "--kind", "stop_equipment", "--finding", finding];
    let more = ["--words", "停机", "--told-to", "王志松", "--evidence", &town.cast.photo];
    let taken = town.first().json(&[&line[..], &more].concat());
    assert_fields(&taken, &["measure", "kind", "proposed", "lifted", "basis"]);
    assert_eq!((&taken["proposed"], &taken["lifted"]), (&false.into(), &false.into()));
    assert!(text(&taken, "/basis").contains("第六十五条"), "{taken}");
    let line = ["measure", "lift", check, text(&taken, "/measure"), "--how", "试机十分钟"];
    let states = || {
        let listed = town.program().json(&["measure", "list", check]);
        let rows = listed["measures"].as_array().unwrap().clone();
        rows.iter().map(|row| text(row, "/state").to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(states(), ["in_force"]);
    assert_eq!(town.first().json(&line)["lifted"], true);
    let words = town.first().words(&["measure", "take", check, "--kind", "seal_or_seize"]);
    assert!(words.contains("提请区局") && words.contains("不得委托"), "{words}");
    assert_eq!(states(), ["waiting", "ended"]);
    let words = town.program().words(&["measure", "list", check]);
    assert!(words.contains("待区局决定\t查封、扣押") && words.contains("已解除"), "{words}");
    let english = town.first().with(&["--lang", "en"]);
    let words = english.words(&["measure", "take", check, "--kind", "cut_supply"]);
    assert!(words.contains("proposed to the bureau") && !is_chinese(&words), "{words}");
}

#[test]
fn an_order_is_issued_extended_and_rechecked_and_the_list_of_what_is_missing_follows() {
    let town = Town::new();
    let (check, finding) = (&town.cast.check, &town.cast.finding);
    let missing = || town.program().json(&["missing", check]);
    assert!(codes(&missing()).contains(&"order_issued"), "{}", missing());
    let item = format!("{finding}=2026-12-08");
    let line = ["order", "issue", check, "--item", &item, "--on", "2026-11-26"];
    let issued = town.first().json(&line);
    assert_fields(&issued, &["order", "issued_on", "items"]);
    assert_eq!(issued["items"][0]["by"], "2026-12-08");
    let order = text(&issued, "/order");
    assert!(is_id(order) && !codes(&missing()).contains(&"order_issued"));
    assert!(codes(&missing()).contains(&"orders_by_two"));
    let line = ["order", "extend", check, order, "--finding", finding, "--reason", "缺件"];
    let asked = town.first().json(&[&line[..], &["--asked-on", "2026-12-07"]].concat());
    assert_eq!((&asked["answered"], &asked["granted_to"]), (&false.into(), &Value::Null));
    let answer = ["--granted-to", "2026-12-15", "--answered-on", "2026-12-08"];
    let line = [&line[..], &["--asked-on", "2026-12-07"], &answer].concat();
    assert_eq!(town.first().json(&line)["granted_to"], "2026-12-15");
    let item = format!("{finding}=partly=只装了一半");
    let shown = format!("{finding}={}", town.cast.photo);
    let line = ["recheck", check, order, "--item", &item, "--evidence", &shown];
    let failed = town.first().json(&[&line[..], &["--on", "2026-12-15"]].concat());
    assert_eq!(failed["to_propose"], serde_json::json!([finding]));
    assert!(codes(&missing()).contains(&"failed_has_case"));
    town.program().as_one(SECOND).json(&["assent", check]);
    assert!(!codes(&missing()).contains(&"orders_by_two"));
    let list = town.first().words(&["order", "list", check]);
    for words in ["传动部位没有防护罩", "2026-12-15", "部分整改"] {
        assert!(list.contains(words), "{words}: {list}");
    }
    let words = town.first().words(&[&line[..], &["--on", "2026-12-16"]].concat());
    assert!(words.contains("angen case propose"), "{words}");
}

#[test]
fn what_belongs_to_others_is_handed_over_and_never_ordered() {
    let town = Town::new();
    let check = &town.cast.check;
    let line = ["find", check, "--title", "灭火器过期", "--authority", "FR"];
    let fire = town.first().json(&line);
    let fire = text(&fire, "/finding");
    let item = format!("{fire}=at_once");
    let issue: &[&str] = &["order", "issue", check, "--item", &item];
    let transfer: &[&str] = &["transfer", check, fire, "--to", "EM", "--on", "2026-11-26"];
    let day: &[&str] = &["transfer", check, fire, "--to", "FR", "--on", "昨天"];
    assert_refused(
        &town,
        &town.first(),
        &[
            (issue, &["灭火器过期", "消防救援", "移送"], &["fire and rescue", "hand it over"]),
            (transfer, &["消防救援"], &["FR, MS, EE"]),
            (day, &["2026-09-16"], &["2026-09-16"]),
        ],
    );
    let line = ["transfer", check, fire, "--to", "FR", "--on", "2026-11-26"];
    let done = town.first().json(&[&line[..], &["--letter", &town.cast.photo]].concat());
    assert_fields(&done, &["finding", "to", "on"]);
    let missing = town.program().json(&["missing", check]);
    assert!(!codes(&missing).contains(&"others_transferred"), "{missing}");
}

#[test]
fn what_the_item_says_already_is_not_typed_and_what_is_typed_comes_first() {
    let town = Town::new();
    let check = &town.cast.check;
    let line = ["find", check, "--from", "angen_mw", "--item", "MW02"];
    let proposed = town.first().words(&line);
    assert!(proposed.contains("不符合“"), "{proposed}");
    let own = [&line[..], &["--title", "护栏缺了一段"]].concat();
    assert!(town.first().words(&own).starts_with("护栏缺了一段"), "{own:?}");
    let other: &[&str] = &["find", check, "--from", "angen_ls", "--item", "LS01"];
    assert_refused(&town, &town.first(), &[(other, &["angen_ls"], &["angen_ls"])]);
    let bare = town.first().run(&["find", check, "--item", "MW02"]);
    assert_eq!(bare.code, 2, "a finding needs words: {bare:?}");
}
