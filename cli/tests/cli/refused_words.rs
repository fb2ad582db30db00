//! What is typed and cannot be taken: the message says where and what to do, nothing changes.

use crate::program::{Program, is_chinese, one_line_of_json};
use crate::town::{ADMIN_PIN, FIRST, MENTOR, Town, typed};

const NOTHING: &str = "00000000-0000-4000-8000-000000000000";

/// A line, and what its message must hold in Chinese and in English.
pub(crate) type Case<'c> = (&'c [&'c str], &'c [&'c str], &'c [&'c str]);

/// Runs each line in both languages and as JSON. Each is refused with 1, says what it must, and
/// leaves everything as it was.
pub(crate) fn assert_refused(town: &Town, program: &Program, cases: &[Case<'_>]) {
    let before = town.state();
    for (line, zh_words, en_words) in cases {
        let zh = program.run(line);
        let en = program.with(&["--lang", "en"]).run(line);
        let json = program.with(&["--json"]).run(line);
        assert_eq!((zh.code, en.code, json.code), (1, 1, 1), "{line:?}: {zh:?} {en:?} {json:?}");
        assert_eq!((zh.out.as_str(), en.out.as_str(), json.err.as_str()), ("", "", ""), "{line:?}");
        assert!(is_chinese(&zh.err) && zh.err != en.err, "{line:?}: {}", zh.err);
        zh_words.iter().for_each(|word| assert!(zh.err.contains(word), "{word}: {}", zh.err));
        en_words.iter().for_each(|word| assert!(en.err.contains(word), "{word}: {}", en.err));
        let failure = one_line_of_json(&json.out);
        let first =
            failure.pointer("/error/message").or_else(|| failure.pointer("/errors/0/message"));
        let message = first.and_then(|message| message.as_str()).unwrap_or_default();
        assert!(!message.is_empty() && zh.err.contains(message), "{line:?}: {failure}");
        assert!(town.state() == before, "{line:?} has changed something");
    }
}

#[test]
fn a_wrong_pin_opens_nothing_and_says_whose_it_is() {
    let town = Town::new();
    let note = ["note", &town.cast.check, "没有写成"];
    let wrong = town.program().as_one((FIRST.0, "first-999999"));
    assert_refused(&town, &wrong, &[(&note, &[FIRST.0, "PIN 不对"], &[FIRST.0, "PIN is wrong"])]);
    let without = town.program().with(&["--as", FIRST.0]);
    assert_refused(&town, &without, &[(&note, &[FIRST.0, "--pin"], &[FIRST.0, "--pin"])]);
    let others = town.program().as_one((FIRST.0, MENTOR.1));
    assert_refused(&town, &others, &[(&note, &["PIN 不对"], &["PIN is wrong"])]);
    // The administrator acts when nobody is named.
    let admin = town.program().with(&["--pin", "admin-999999"]);
    let visit = ["visit", "plan"];
    assert_refused(&town, &admin, &[(&visit, &["PIN 不对"], &["PIN is wrong"])]);
}

#[test]
fn people_who_are_not_here_cannot_act() {
    let town = Town::new();
    let note = ["note", &town.cast.check, "没有写成"];
    let nobody = town.program().as_one(("无此人", FIRST.1));
    assert_refused(&town, &nobody, &[(&note, &["名册上没有", "无此人"], &["nobody", "无此人"])]);
    let no_key = town.program().as_one((NOTHING, FIRST.1));
    assert_refused(&town, &no_key, &[(&note, &["没有此人的密钥", NOTHING], &["no key", NOTHING])]);
}

#[test]
fn people_and_places_that_cannot_be_are_refused() {
    let town = Town::new();
    let add = ["officer", "add", "--name", "周安", "--organisation", "所"];
    let officer = |more: &[&'static str]| [&add[..], more].concat();
    let short = officer(&["--new-pin", "12345"]);
    let role = officer(&["--new-pin", "123456", "--role", "局长"]);
    let dated = officer(&[
        "--new-pin",
        "123456",
        "--certificate-no",
        "鲁-3",
        "--valid-until",
        "２099-12-31",
    ]);
    let full_width = [
        "enterprise",
        "add",
        "--name",
        "厂",
        "--address",
        "路",
        "--credit-code",
        "９1371102MA8QY0035G",
    ];
    let check_digit = [
        "enterprise",
        "add",
        "--name",
        "厂",
        "--address",
        "路",
        "--credit-code",
        "91371102MA8QY0035X",
    ];
    let again = ["init", "--area", "371102110", "--township", "镇", "--organisation", "局"];
    assert_refused(
        &town,
        &town.admin(),
        &[
            (&short, &["--new-pin", "至少 6 位"], &["--new-pin", "at least 6"]),
            (&role, &["--role", "局长", "enforcer、mentor"], &["--role", "enforcer, mentor"]),
            (&dated, &["certificate_valid_until"], &["certificate_valid_until"]),
            (&full_width, &["credit_code"], &["credit_code"]),
            (&check_digit, &["credit_code", "“G”"], &["credit_code", "G"]),
            (&again, &["init", "已经建过库"], &["init"]),
            (&["visit", "plan", "--mentor", "无此人"], &["无此人"], &["无此人"]),
            (&["visit", "plan", "--profile", "x"], &["since-2025"], &["since-2025"]),
        ],
    );
}

#[test]
fn ids_that_are_unknown_or_none_are_named() {
    let town = Town::new();
    let check = town.cast.check.as_str();
    let page = ["sign", check, "--signer", "王", "--post", "主任", "--evidence", NOTHING];
    assert_refused(
        &town,
        &town.first(),
        &[
            (&["note", NOTHING, "字"], &["卷宗", NOTHING, "核对"], &["dossier", NOTHING, "check"]),
            (&["note", "一号", "字"], &["不是卷宗号", "一号"], &["no dossier id", "一号"]),
            (&["missing", NOTHING], &["卷宗", NOTHING], &["dossier", NOTHING]),
            (&["board", NOTHING], &["帮扶", NOTHING], &["assistance", NOTHING]),
            (&["assent", check, "12"], &["12", "64 位"], &["12", "64 hexadecimal"]),
            (
                &["retract", check, NOTHING, "--reason", "错"],
                &["证据", NOTHING],
                &["evidence", NOTHING],
            ),
            (
                &["correct", check, NOTHING, "--title", "新", "--reason", "错"],
                &["问题", NOTHING],
                &["finding", NOTHING],
            ),
            (&["show", NOTHING, "--to", "王"], &["检查", NOTHING], &["check", NOTHING]),
            (&page, &["证据", NOTHING], &["evidence", NOTHING]),
            (
                &["train", "attend", &town.cast.visit, NOTHING],
                &["培训", NOTHING],
                &["training", NOTHING],
            ),
            (
                &["check", "--enterprise", "无此厂", "--checklist", "angen_mw"],
                &["企业", "无此厂"],
                &["enterprise", "无此厂"],
            ),
            (
                &["check", "--enterprise", "样例机械厂", "--checklist", "zz"],
                &["检查表", "zz"],
                &["checklist", "zz"],
            ),
        ],
    );
}

#[test]
fn answers_and_findings_that_cannot_be_are_refused_by_item() {
    let town = Town::new();
    let check = town.cast.check.as_str();
    let answer = |pair| ["answer", check, "--checklist", "angen_mw", pair];
    let find = ["find", check, "--title", "问题"];
    let finding = |more: &[&'static str]| [&find[..], more].concat();
    let weather = finding(&["--element", "weather=晴"]);
    let fate = finding(&["--consequence", "jail"]);
    let unsigned =
        ["sign", check, "--signer", " ", "--post", "主任", "--evidence", &town.cast.photo];
    let reason = ["correct", check, &town.cast.finding, "--title", "新", "--reason", " "];
    assert_refused(
        &town,
        &town.first(),
        &[
            (&answer("MW99=compliant"), &["MW99", "检查表"], &["MW99"]),
            (&answer("MW01=perhaps"), &["MW01"], &["MW01"]),
            (&answer("MW06_lel=１0"), &["MW06_lel", "全角"], &["MW06_lel", "full-width"]),
            (&answer("MW06_lel=101"), &["MW06_lel"], &["MW06_lel"]),
            (&answer("MW01"), &["MW01", "名称=内容"], &["MW01", "NAME=VALUE"]),
            (&answer("MW02=non_compliant"), &["MW02", "原因"], &["MW02", "why"]),
            (&weather, &["element"], &["element"]),
            (&fate, &["--consequence", "jail", "on_the_spot"], &["--consequence", "on_the_spot"]),
            (&reason, &["reason"], &["reason"]),
            (&unsigned, &["signer", "不能为空"], &["signer", "must not be empty"]),
        ],
    );
}

#[test]
fn packages_of_nothing_or_to_nowhere_are_refused() {
    let town = Town::new();
    let (out, nowhere) = (typed(&town.path("x.angen")), typed(&town.path("no/x.angen")));
    let cases: [Case<'_>; 2] = [
        (&["export", NOTHING, "--out", &out], &["卷宗", NOTHING], &["dossier", NOTHING]),
        (&["export", &town.cast.check, "--out", &nowhere], &[&nowhere], &[&nowhere]),
    ];
    assert_refused(&town, &town.first(), &cases);
    assert!(!town.path("x.angen").exists() && !town.path("no").exists());
}

#[test]
fn a_folder_without_a_database_gets_none_but_by_init() {
    let folder = tempfile::tempdir().unwrap();
    let data = folder.path().join("mistyped");
    let program = Program::on(&data).with(&["--pin", ADMIN_PIN]);
    for line in [&["status"][..], &["visit", "list"], &["fsck"], &["note", NOTHING, "字"]] {
        let (zh, en) = (program.run(line), program.with(&["--lang", "en"]).run(line));
        assert_eq!((zh.code, en.code), (1, 1), "{line:?}");
        assert!(zh.err.contains("mistyped") && zh.err.contains("angen init"), "{}", zh.err);
        assert!(en.err.contains("mistyped") && en.err.contains("angen init"), "{}", en.err);
        assert!(!data.exists(), "{line:?} made something");
    }
    // An `init` that is refused does not stand in the way of the next.
    let line = ["init", "--township", "镇", "--organisation", "局", "--area"];
    let short =
        Program::on(&data).with(&["--pin", "123"]).run(&[&line[..], &["371102110"]].concat());
    assert!(short.code == 1 && short.err.contains("--pin"), "{short:?}");
    let no_code = program.run(&[&line[..], &["3711O2110"]].concat());
    assert!(no_code.code == 1 && no_code.err.contains("area"), "{no_code:?}");
    program.json(&[&line[..], &["371102110"]].concat());
}
