//! A case driven through the program: each verb's JSON, and the words about what is refused.

use angen_testing::files::jpeg;
use serde_json::Value;

use crate::program::{Program, assert_fields, is_hash, is_id, text};
use crate::town::{SECOND, Town};

/// A case on the finding of the township.
struct Case {
    town: Town,
    dossier: String,
}

impl Case {
    fn new() -> Self {
        let town = Town::new();
        let line = ["case", "propose", &town.cast.check, "--finding", &town.cast.finding];
        let made = town.first().json(&[&line[..], &["--cause", "未设置防护装置"]].concat());
        assert_fields(&made, &["dossier", "case"]);
        assert!(is_id(text(&made, "/case")), "{made}");
        let dossier = text(&made, "/dossier").to_owned();
        Self { town, dossier }
    }

    fn first(&self) -> Program {
        self.town.first()
    }

    /// Captures a page into the case; gives its id.
    fn page(&self, name: &str) -> String {
        let file = self.town.file(&format!("{name}.jpg"), &jpeg(name));
        let line = ["capture", &file, "--dossier", &self.dossier, "--caption", name];
        text(&self.first().json(&line), "/evidence").to_owned()
    }

    fn interview(&self) -> String {
        let words =
            "问：谁负责设备？\n答：我负责。\n一直是我。\n问：为什么没有防护罩？\n答：拆下检修。\n";
        let file = self.town.file("questions.txt", words.as_bytes());
        let line = ["case", "interview", &self.dossier, "--person", "王志松", "--post", "厂长"];
        let more = ["--place", "会议室", "--from-ms", "1000", "--to-ms", "2000", "--rights-told"];
        let made = self.first().json(&[&line[..], &more, &["--questions", &file]].concat());
        assert_fields(&made, &["interview", "questions"]);
        assert_eq!(made["questions"], 2);
        text(&made, "/interview").to_owned()
    }

    fn missing(&self) -> Vec<String> {
        let missing = self.town.program().json(&["missing", &self.dossier]);
        let lines = missing["missing"].as_array().or_else(|| missing.as_array());
        lines.expect("a list").iter().map(|line| text(line, "/code").to_owned()).collect()
    }
}

fn assert_op(answer: &Value) {
    assert_fields(answer, &["op"]);
    assert!(is_hash(text(answer, "/op")), "{answer}");
}

#[test]
fn a_case_goes_from_its_proposal_to_its_conclusion_and_the_list_of_what_is_missing_shrinks() {
    let case = Case::new();
    let open = case.missing();
    for code in ["filing_approved", "interview_recorded", "evidence_indexed"] {
        assert!(open.iter().any(|known| known == code), "{code}: {open:?}");
    }
    let form = case.page("立案审批表");
    let line = ["case", "decide", &case.dossier, "--filed", "（日东）应急立〔2026〕1号"];
    let more = ["--approver", "周局长", "--post", "局长", "--on", "2026-11-24"];
    assert_op(&case.first().json(&[&line[..], &more, &["--evidence", &form]].concat()));
    let interview = case.interview();
    let page = case.page("询问笔录");
    let line = ["case", "signed", &case.dossier, &interview, "--signer", "王志松"];
    assert_op(&case.first().json(&[&line[..], &["--page", &page]].concat()));
    let line = ["case", "copy", &case.town.cast.check, &case.town.cast.photo, "--stamped"];
    assert_op(&case.first().json(&[&line[..], &["--keeper", "样例公司"]].concat()));
    let list = case.first().json(&["case", "hashes", &case.town.cast.check]);
    assert_fields(&list, &["list", "digest", "files"]);
    assert_fields(&list["files"][0], &["evidence", "caption", "sha256", "sm3"]);
    let proves = format!("{form}=立案经过审批");
    let index = case.first().json(&["case", "index", &case.dossier, "--proves", &proves]);
    let items = index["items"].as_array().unwrap();
    assert!(items.iter().any(|item| item["proves"] == "立案经过审批"), "{index}");
    let line = ["case", "conclude", &case.dossier, "--facts", "没有防护罩", "--opinion", "penalty"];
    assert_op(&case.first().json(&[&line[..], &["--basis", "安全生产法（2021）"]].concat()));
    case.town.program().as_one(SECOND).json(&["assent", &case.dossier]);
    let open = case.missing();
    for code in ["filing_approved", "interview_recorded", "evidence_indexed"] {
        assert!(!open.iter().any(|known| known == code), "{code}: {open:?}");
    }
}

#[test]
fn what_cannot_be_is_refused_in_words_and_changes_nothing() {
    let case = Case::new();
    let before = case.town.state();
    let none = "00000000-0000-4000-8000-000000000000";
    let (dossier, finding) = (case.dossier.as_str(), case.town.cast.finding.as_str());
    let check = case.town.cast.check.as_str();
    let lines: [(&[&str], &str); 6] = [
        (&["case", "propose", check, "--finding", finding, "--cause", " "], "不能为空"),
        (
            &["case", "propose", check, "--finding", finding, "--cause", "甲", "--source", "梦"],
            "检查发现",
        ),
        (
            &[
                "case",
                "decide",
                dossier,
                "--filed",
                "1",
                "--approver",
                "甲",
                "--post",
                "乙",
                "--on",
                "昨天",
                "--evidence",
                none,
            ],
            "2026-09-16",
        ),
        (&["case", "signed", dossier, none, "--signer", "甲", "--page", none], none),
        (&["case", "copy", dossier, none, "--keeper", "甲"], none),
        (
            &["case", "conclude", dossier, "--facts", "甲", "--opinion", "maybe", "--basis", "乙"],
            "no_violation",
        ),
    ];
    for (line, words) in lines {
        let run = case.first().run(line);
        assert_eq!((run.code, run.out.as_str()), (1, ""), "{line:?}");
        assert!(run.err.contains(words), "{line:?}: {}", run.err);
    }
    assert_eq!(case.town.state(), before);
}
