//! `angen demo`: the files that it leaves, the words that it says, and what a stranger makes of it.

use std::path::Path;

use angen_samples::{FILING_NUMBER, RECORD_NUMBERS};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::program::{Program, Run, assert_fields, is_chinese, is_id, one_line_of_json, text};
use crate::town::typed;

/// A demo that has run, with the folder that it left.
struct Demo {
    folder: TempDir,
    run: Run,
}

impl Demo {
    fn of(arguments: &[&str]) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let out = typed(&folder.path().join("out"));
        let run = Program::bare().run(&[&["demo", "--out", &out], arguments].concat());
        assert_eq!(run.code, 0, "{run:?}");
        Self { folder, run }
    }

    fn path(&self, name: &str) -> String {
        typed(&self.folder.path().join("out").join(name))
    }

    /// The program on the database that the demo left.
    fn phone(&self) -> Program {
        Program::on(Path::new(&self.path("phone")))
    }
}

/// The files that a demo leaves: a package that verifies, a copy that does not, a page to read.
fn assert_files(demo: &Demo, originals_min: usize) {
    let package = demo.path("visit.angen");
    let root = demo.phone().json(&["status"]);
    let line = ["verify", &package, "--root", text(&root, "/root")];
    let verdict = Program::bare().json(&line);
    assert_eq!((&verdict["verdict"], &verdict["root"]), (&"verifies".into(), &"known".into()));
    assert!(verdict["ops"].as_u64() > Some(100), "{verdict}");
    let touched = Program::bare().with(&["--json"]).run(&["verify", &demo.path("touched.angen")]);
    assert_eq!(touched.code, 1);
    assert_eq!(one_line_of_json(&touched.out)["verdict"], "refused");
    assert_eq!(bytes_that_differ(&package, &demo.path("touched.angen")), 1);
    let page = std::fs::read_to_string(demo.path("opened/index.html")).unwrap();
    assert!(page.contains("<html") && page.contains("MW01") && page.contains("id=\"report-1\""));
    let report = std::fs::read_to_string(demo.path("report.html")).unwrap();
    assert!(report.contains("@page") && report.contains("1/1"), "{report}");
    // A stranger counts from the package what the phone counts from its database.
    assert_eq!(counts_in(&page), counts_in(&report));
    let originals = demo.path(&format!("opened/{}", angen_page::ORIGINALS_FOLDER));
    assert!(std::fs::read_dir(originals).unwrap().count() >= originals_min);
}

/// The counts of a report, such as `2/2`, in their order.
fn counts_in(html: &str) -> Vec<&str> {
    let cells = html.split("class=\"number\">").skip(1).filter_map(|rest| rest.split('<').next());
    cells.filter(|cell| cell.contains('/')).collect()
}

/// Every form is printed once at least: as PDF, DOCX and the sheet to copy from, and known to the
/// database by its digest.
fn assert_documents(demo: &Demo) {
    let listed = demo.phone().json(&["document", "list"]);
    let documents = listed["documents"].as_array().unwrap();
    let held: Vec<String> = std::fs::read_dir(demo.path("documents"))
        .unwrap()
        .map(|entry| entry.unwrap().file_name().into_string().unwrap())
        .collect();
    for form in angen_documents::Form::ALL.map(angen_documents::Form::slug) {
        assert!(documents.iter().any(|known| known["form"] == form), "{form}: {listed}");
    }
    // The samples that are signed bear the numbers of what was printed.
    for number in [&RECORD_NUMBERS[..], &[FILING_NUMBER]].concat() {
        assert!(documents.iter().any(|known| known["number"] == number), "{number}: {listed}");
    }
    for ending in [".docx", ".txt", ".csv"] {
        let files = held.iter().filter(|name| name.ends_with(ending)).count();
        assert_eq!(files, documents.len(), "{ending}: {held:?}");
    }
    if cfg!(feature = "pdf") {
        let digests: Vec<&str> = documents.iter().map(|known| text(known, "/pdf/sha256")).collect();
        for name in held.iter().filter(|name| name.ends_with(".pdf")) {
            let bytes = std::fs::read(demo.path(&format!("documents/{name}"))).unwrap();
            let digest: String =
                Sha256::digest(&bytes).iter().map(|byte| format!("{byte:02x}")).collect();
            assert!(digests.contains(&digest.as_str()), "{name} {digest}");
        }
        assert_eq!(digests.len(), documents.len());
    }
    assert_eq!(listed["contradictions"], serde_json::json!([]));
}

fn bytes_that_differ(one: &str, other: &str) -> usize {
    let (one, other) = (std::fs::read(one).unwrap(), std::fs::read(other).unwrap());
    assert_eq!(one.len(), other.len());
    one.iter().zip(&other).filter(|(one, other)| one != other).count()
}

/// The boards that a demo printed: the lines that begin with a part's letter.
fn board_lines<'r>(run: &'r Run, part: &str) -> Vec<&'r str> {
    run.out.lines().filter(|line| line.trim_start().starts_with(part)).collect()
}

/// Once the case is concluded by two officers, and not before, all four parts are met.
fn assert_honest_board(board: &Value) {
    let parts = board["parts"].as_array().unwrap();
    let told: Vec<_> = parts
        .iter()
        .map(|part| {
            (
                text(part, "/part"),
                part["have"].as_u64(),
                part["need"].as_u64(),
                text(part, "/state"),
            )
        })
        .collect();
    assert_eq!(
        told,
        [
            ("T", Some(1), Some(1), "met"),
            ("C", Some(2), Some(2), "met"),
            ("V", Some(1), Some(1), "met"),
            ("E", Some(1), Some(1), "met"),
        ]
    );
}

/// The network broke off, a stick went on in hands that could not read it, its receipts came back,
/// and in the end both phones hold the same and every seal of the package has a receipt.
fn assert_way_home(demo: &Demo) {
    let way = demo.run.out.split_once("网断在半路").unwrap().1;
    for words in [
        "断网之前已有回执",
        "只有 演示值班员、",
        "捎信人的手机：",
        "您的密钥打不开",
        "份回执",
        "尚无回执：印签 0 个，附件 0 个",
        "两部手机内容一致",
        "导出已记录，取回执",
    ] {
        assert!(way.contains(words), "{words}: {way}");
    }
    let station = Program::on(Path::new(&demo.path("station")));
    let (here, there) = (demo.phone().json(&["status"]), station.json(&["status"]));
    // The phone of the visit has opened and closed nothing since, but has noted its export.
    assert!(here["ops"].as_u64() >= there["ops"].as_u64(), "{here} {there}");
    let courier = Program::on(Path::new(&demo.path("courier")));
    assert_eq!(courier.json(&["visit", "list"]), serde_json::json!([]));
    let verdict = Program::bare().json(&["verify", &demo.path("visit.angen")]);
    assert_eq!(verdict["seals"], verdict["seals_receipted"], "{verdict}");
}

#[test]
fn the_demo_in_chinese_shows_the_visit_and_leaves_what_it_shows() {
    let demo = Demo::of(&[]);
    assert_files(&demo, 20);
    assert_documents(&demo);
    let (out, package) = (&demo.run.out, demo.path("visit.angen"));
    for words in ["建库", "导入检查表", "一次培训", "还缺", "验证通过", "没有证明", &package]
    {
        assert!(out.contains(words), "{words}: {out}");
    }
    for part in ["V ", "E "] {
        let lines = board_lines(&demo.run, part);
        let (last, before) = lines.split_last().unwrap();
        assert!(before.len() >= 3 && before.iter().all(|line| line.contains("0/1")), "{lines:?}");
        assert!(before.last().unwrap().contains("现场部分已完成"), "{lines:?}");
        assert!(last.contains("1/1") && last.contains("已达到"), "{lines:?}");
    }
    let end = out.split_once("改动一个字节").unwrap().1;
    assert!(end.contains("不予认可") && end.contains('✗') && end.contains("附件 “"), "{end}");
    // What the database says afterwards, in English.
    let visits = demo.phone().json(&["visit", "list"]);
    let visits = visits.as_array().unwrap();
    let visit = visits.iter().find(|dossier| dossier["type"] == "assistance").unwrap();
    let visit = text(visit, "/dossier");
    assert_honest_board(&demo.phone().json(&["board", visit]));
    assert_way_home(&demo);
    let board = demo.phone().words(&["--lang", "en", "board", visit]);
    assert!(board.contains("1/1") && !is_chinese(&board), "{board}");
    assert_eq!(demo.phone().json(&["fsck"])["problems"], serde_json::json!([]));
    // A folder in use is left alone.
    let again = Program::bare().run(&["demo", "--out", &demo.path("")]);
    assert!(again.code == 1 && again.err.contains("不是空的"), "{again:?}");
}

#[test]
fn the_demo_as_json_is_one_line_and_its_page_is_english_when_asked() {
    let demo = Demo::of(&["--lang", "en", "--json"]);
    assert_eq!(demo.run.err, "");
    let answer = one_line_of_json(&demo.run.out);
    assert_fields(&answer, &["package", "assistance", "checks", "cases"]);
    assert_eq!(answer["cases"].as_array().unwrap().len(), 1);
    assert_eq!(answer["package"], demo.path("visit.angen").as_str());
    assert!(is_id(text(&answer, "/assistance")) && answer["checks"].as_array().unwrap().len() == 2);
    assert_files(&demo, 20);
    assert_honest_board(&demo.phone().json(&["board", text(&answer, "/assistance")]));
    let page = std::fs::read_to_string(demo.path("opened/index.html")).unwrap();
    assert!(page.contains("lang=\"en\""), "{}", &page[..200]);
}

#[test]
fn the_same_run_without_a_violation_closes_under_the_profile_of_today_with_a_practice_case() {
    let demo = Demo::of(&["--without-violation"]);
    assert_files(&demo, 12);
    for words in ["演练案件", "0/0 ● 不要求（如实为零）", "演练不进入任何统计", "全链完成：是"]
    {
        assert!(demo.run.out.contains(words), "{words}: {}", demo.run.out);
    }
    let visits = demo.phone().json(&["visit", "list"]);
    let visits = visits.as_array().unwrap();
    let visit = visits.iter().find(|dossier| dossier["type"] == "assistance").unwrap();
    let board = demo.phone().json(&["board", text(visit, "/dossier")]);
    assert_eq!(board["profile"], "since-2025");
    let told: Vec<_> = board["parts"].as_array().unwrap().iter().collect();
    let counts: Vec<_> = told.iter().map(|part| (&part["have"], &part["need"])).collect();
    let n = |number: u64| Value::from(number);
    let (zero, one, two) = (n(0), n(1), n(2));
    assert_eq!(counts, [(&one, &one), (&two, &two), (&zero, &zero), (&one, &one)]);
    assert!(told.iter().all(|part| part["state"] == "met"), "{board}");
    assert_eq!((&board["honest_zero"], &board["practice"]), (&true.into(), &true.into()));
    assert_eq!(
        (&board["outcome"]["filed"], &board["outcome"]["practice_cases_left_out"]),
        (&zero, &one)
    );
    let page = std::fs::read_to_string(demo.path("opened/index.html")).unwrap();
    assert!(page.contains("〔演练〕") && page.contains("演练案件，不进入任何统计"));
}

#[test]
fn the_demo_in_english_says_the_same_in_english() {
    let demo = Demo::of(&["--lang", "en"]);
    let out = &demo.run.out;
    for words in [
        "still missing",
        "on-site part done, the rest comes with the case",
        "VERIFIES",
        "Not proved",
        "One byte is changed",
        "REFUSED",
        "Everything is in",
    ] {
        assert!(out.contains(words), "{words}: {out}");
    }
    for part in ["V ", "E "] {
        let lines = board_lines(&demo.run, part);
        let (last, before) = lines.split_last().unwrap();
        assert!(before.len() >= 3 && before.iter().all(|line| line.contains("0/1")), "{lines:?}");
        assert!(last.contains("1/1"), "{lines:?}");
    }
    assert!(demo.path("visit.angen").ends_with(".angen"));
}
