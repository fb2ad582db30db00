//! Rounds, teaching, the ops behind a board, and the report, through the program.

use serde_json::Value;

use crate::program::{Program, assert_fields, is_chinese, is_hash, is_id, text};
use crate::town::{FIRST, MENTOR, Town, typed};

const ROUND: [&str; 12] = [
    "round",
    "open",
    "--organiser",
    "日照市东港区",
    "--from",
    "2026-11-01",
    "--until",
    "2026-12-15",
    "--township",
    "371102110=涛雒镇",
    "--township",
    "371102109=后村镇",
];

fn mentor(town: &Town) -> Program {
    town.program().as_one(MENTOR)
}

fn open(town: &Town, more: &[&str]) -> String {
    let made = town.admin().json(&[&ROUND[..], more].concat());
    assert_fields(&made, &["dossier"]);
    text(&made, "/dossier").to_owned()
}

#[test]
fn every_count_of_a_board_opens_to_the_ops_behind_it() {
    let town = Town::new();
    let why = town.program().json(&["board", &town.cast.visit, "--why"]);
    let conditions = why["why"].as_array().unwrap();
    let shown = conditions.iter().find(|c| c["code"] == "certificates_shown").unwrap();
    assert_eq!((&shown["part"], &shown["verdict"]), (&"C".into(), &"open".into()));
    let op = &shown["ops"][0];
    assert_eq!((&op["kind"], &op["name"]), (&"certificates.show/1".into(), &FIRST.0.into()));
    assert!(is_hash(text(op, "/op")) && is_id(text(op, "/writer")), "{op}");
    assert!(op["claimed_ms"].as_i64() >= op["after_ms"].as_i64(), "{op}");
    for condition in conditions.iter().filter(|c| c["verdict"] == "met") {
        assert!(!condition["ops"].as_array().unwrap().is_empty(), "{condition}");
    }
    let words = town.program().words(&["board", &town.cast.visit, "--why", "C"]);
    assert!(words.contains("出示执法证件") && words.contains(FIRST.0), "{words}");
    assert!(words.contains("时间均为自称") && !words.contains("T ○"), "{words}");
    let run = town.program().run(&["board", &town.cast.visit, "--why", "X"]);
    assert!(run.code == 1 && run.err.contains("T、C、V、E"), "{run:?}");
}

#[test]
fn a_board_keeps_three_states_apart() {
    let town = Town::new();
    let board = town.program().json(&["board", &town.cast.visit]);
    assert_eq!(
        (&board["field_complete"], &board["chain_complete"]),
        (&false.into(), &false.into())
    );
    assert_eq!(board["outcome"]["filed"], 0);
    let words = town.program().words(&["board", &town.cast.visit]);
    assert!(words.contains("现场完成：否") && words.contains("只作统计"), "{words}");
    let words = town.program().words(&["--lang", "en", "board", &town.cast.visit]);
    assert!(words.contains("field complete: no") && !is_chinese(&words), "{words}");
}

#[test]
fn a_round_is_opened_shown_put_off_and_closed() {
    let town = Town::new();
    let assigned = format!("371102110={}", MENTOR.0);
    let round = open(&town, &["--mentor", &assigned]);
    let plan = ["visit", "plan", "--mentor", MENTOR.0, "--round-dossier", &round];
    let visit = text(&town.admin().json(&plan), "/dossier").to_owned();
    let put_off = ["round", "postpone", &round, "--township", "371102109", "--reason", "台风"];
    let op = town.admin().json(&[&put_off[..], &["--to", "2026-12-20"]].concat());
    assert!(is_hash(text(&op, "/op")));
    let board = town.program().json(&["round", "show", &round]);
    assert_eq!(
        (&board["covered"], &board["of"], &board["complete"]),
        (&0.into(), &2.into(), &false.into())
    );
    assert_eq!(board["townships"][0]["visit"]["dossier"], visit.as_str());
    assert_eq!(board["townships"][1]["postponed"]["reason"], "台风");
    assert_eq!(
        (&board["mentors"][0]["name"], &board["mentors"][0]["visits"]),
        (&MENTOR.0.into(), &1.into())
    );
    let words = town.program().words(&["round", "show", &round]);
    assert!(words.contains("已覆盖 0/2，延期：后村镇，未到：涛雒镇"), "{words}");
    town.admin().json(&["round", "close", &round, "--on", "2026-12-15"]);
    let english = town.program().words(&["--lang", "en", "round", "show", &round]);
    assert!(english.contains("0 of 2 covered, postponed: 后村镇"), "{english}");
    assert!(english.contains("closed on 2026-12-15"), "{english}");
    // The next round begins with what this one left open.
    let list = town.file("list.txt", "371102110=涛雒镇\n\n371102109=后村镇\n".as_bytes());
    let line = ["round", "open", "--number", "2", "--organiser", "东港区", "--from", "2027-03-01"];
    let more = ["--until", "2027-05-01", "--townships", &list, "--before", &round];
    let second = text(&town.admin().json(&[&line[..], &more].concat()), "/dossier").to_owned();
    let words = town.program().words(&["round", "show", &second]);
    assert!(words.contains("上轮薄弱：") && words.contains("没有到过"), "{words}");
}

#[test]
fn what_cannot_be_a_round_is_refused_in_words_and_changes_nothing() {
    let town = Town::new();
    let before = town.state();
    let cases: [(&[&str], &str); 4] = [
        (&["--township", "涛雒镇"], "371102110=名称"),
        (&["--township", "371102110=又一次"], "出现两次"),
        (&["--mentor", "371102110=无此人"], "无此人"),
        (&["--townships", "/nowhere/list.txt"], "list.txt"),
    ];
    for (more, words) in cases {
        let run = town.admin().run(&[&ROUND[..], more].concat());
        assert!(run.code == 1 && run.err.contains(words), "{more:?}: {run:?}");
    }
    assert_eq!(town.state(), before);
}

#[test]
fn a_comment_goes_from_the_mentor_by_release_to_an_officers_answer_and_into_the_report() {
    let town = Town::new();
    let (visit, check) = (town.cast.visit.as_str(), town.cast.check.as_str());
    let line = ["teach", "comment", visit, "--of", check, "--about", &town.cast.finding];
    let made = mentor(&town).json(&[&line[..], &["部位写清楚"]].concat());
    let comment = text(&made, "/comment").to_owned();
    let run = town.first().run(&["teach", "answer", visit, &comment, "--adopted"]);
    assert_eq!(run.code, 1, "it was not released: {run:?}");
    let show = |program: Program| program.json(&["teach", "show", visit]);
    assert_eq!(show(town.first())["kept_back"], 1);
    let line = ["teach", "skill", visit, "--officer", FIRST.0, "--skill", "evidence"];
    let mark =
        mentor(&town).json(&[&line[..], &["--level", "helped", "--on", "2026-11-24"]].concat());
    assert!(is_id(text(&mark, "/mark")));
    assert_eq!(mentor(&town).json(&["teach", "release", visit])["released"], 2);
    let because = ["teach", "answer", visit, &comment, "--because", "现场已写在照片上"];
    town.first().json(&because);
    let told = show(town.first());
    assert_eq!(told["comments"][0]["answer"]["because"], "现场已写在照片上", "{told}");
    let report = town.program().words(&["report", visit]);
    for words in ["采纳 0 条，不采纳 1 条", "现场已写在照片上", "取证带着做过", FIRST.0]
    {
        assert!(report.contains(words), "{words}: {report}");
    }
}

#[test]
fn the_report_is_markdown_on_the_screen_and_a_page_in_a_file() {
    let town = Town::new();
    let (page, notes) = (typed(&town.path("report.html")), typed(&town.path("report.md")));
    let visit = town.cast.visit.as_str();
    let told = town.program().json(&["report", visit, "--out", &page]);
    let fields =
        ["dossier", "markdown", "officers", "mentors", "sites", "findings", "missing", "file"];
    assert_fields(&told, &fields);
    assert_eq!(told["findings"][0]["stage"], "suspected", "{told}");
    let html = std::fs::read_to_string(&page).unwrap();
    assert!(html.starts_with("<!DOCTYPE html>") && html.contains("涛雒镇执法帮扶报告"), "{html}");
    assert!(!html.contains("http://") && !html.contains("<script"));
    let english = town.program().words(&["--lang", "en", "report", visit, "--out", &notes]);
    assert_eq!(english, format!("{notes}\n"));
    assert!(std::fs::read_to_string(&notes).unwrap().contains("## What to do next"));
    let run = town.program().run(&["report", visit, "--out", "report.txt"]);
    assert!(run.code == 1 && run.err.contains(".html"), "{run:?}");
}

#[test]
fn a_case_is_guided_practised_and_its_outcome_noted() {
    let town = Town::new();
    let (visit, check) = (town.cast.visit.as_str(), town.cast.check.as_str());
    let line = ["case", "propose", check, "--finding", &town.cast.finding, "--cause", "未设防护"];
    let case =
        text(&town.first().json(&[&line[..], &["--visit", visit]].concat()), "/dossier").to_owned();
    assert_eq!(town.first().json(&["case", "guide", &case, "--visit", visit])["op"], Value::Null);
    let paid = ["case", "outcome", &case, "--step", "paid", "--on", "2027-02-01", "--yuan"];
    for yuan in ["12000", "0.5"] {
        town.first().json(&[&paid[..], &[yuan]].concat());
    }
    for bad in ["12,000", "1.234", "-5", "壹万"] {
        let run =
            town.first().run(&[&paid[..paid.len() - 1], &[&format!("--yuan={bad}")]].concat());
        assert!(run.code == 1 && run.err.contains("12000.50"), "{run:?}");
    }
    let board = town.program().json(&["board", visit]);
    assert_eq!(board["outcome"]["paid_fen"], 1_200_050, "{}", board["outcome"]);
    let made = town.first().json(&["case", "practise", check, "--cause", "演练"]);
    let exercise = text(&made, "/dossier").to_owned();
    let run =
        town.first().run(&["case", "outcome", &exercise, "--step", "paid", "--on", "2027-02-01"]);
    assert!(run.code == 1 && run.err.contains("演练"), "{run:?}");
    let board = town.program().json(&["board", visit]);
    assert_eq!(board["outcome"]["practice_cases_left_out"], 1);
}
