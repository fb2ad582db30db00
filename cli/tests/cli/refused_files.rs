//! Files that cannot be taken: photos, papers, workbooks and databases.

use std::path::Path;

use angen_testing::files::{checklists, contents, jpeg};
use rust_xlsxwriter::Workbook;

use crate::program::{assert_fields, one_line_of_json};
use crate::refused_words::assert_refused;
use crate::town::{Town, typed};

#[test]
fn files_that_are_no_evidence_are_refused_by_name() {
    let town = Town::new();
    let whole = jpeg("a photo that is whole");
    let photo = angen_samples::bytes_of(angen_samples::Role::WidePhoto, 1);
    let pdf = angen_samples::bytes_of(angen_samples::Role::ScannedPaper, 1);
    let cut = town.file("cut.jpg", &photo[..photo.len() / 2]);
    let empty = town.file("empty.jpg", b"");
    let paper = town.file("paper.jpg", &pdf);
    let cut_paper = town.file("cut.pdf", &pdf[..pdf.len() / 2]);
    let good = town.file("good.jpg", &whole);
    let missing = typed(&town.path("missing.jpg"));
    let folder = typed(&town.data());
    let capture = |file: &str, caption: &str| {
        ["capture", file, "--dossier", &town.cast.check, "--caption", caption].map(str::to_owned)
    };
    let refused = |line: &[String], zh: &[&str], en: &[&str]| {
        let line: Vec<&str> = line.iter().map(String::as_str).collect();
        assert_refused(&town, &town.first(), &[(&line, zh, en)]);
    };
    let of = |file: &str| capture(file, "现场");
    refused(
        &of(&cut),
        &["cut.jpg", "不完整", "重新复制"],
        &["cut.jpg", "cut off", "copy it again"],
    );
    refused(&of(&empty), &["empty.jpg", "0 字节"], &["empty.jpg", "0 bytes"]);
    refused(&of(&paper), &["paper.jpg", ".jpg", "pdf"], &["paper.jpg", ".jpg", "pdf"]);
    refused(&of(&cut_paper), &["cut.pdf", "不完整"], &["cut.pdf", "cut off"]);
    refused(&of(&missing), &["missing.jpg", "核对路径"], &["missing.jpg", "check the path"]);
    refused(&of(&folder), &["选择一个文件"], &["choose"]);
    refused(&capture(&good, " "), &["caption", "几个字"], &["caption", "few words"]);
    let with = |more: &[&str]| {
        [&of(&good)[..], &more.iter().map(|&word| word.to_owned()).collect::<Vec<_>>()].concat()
    };
    let body_camera = with(&["--source", "body_camera"]);
    refused(&body_camera, &["source_note", "设备编号"], &["source_note", "serial"]);
    refused(&with(&["--source", "drone"]), &["--source", "own_camera"], &["drone", "own_camera"]);
    refused(&with(&["--kind", "gossip"]), &["--kind", "documentary"], &["gossip", "documentary"]);
    refused(&with(&["--purpose", "fun"]), &["--purpose", "courseware"], &["fun", "courseware"]);
    refused(&with(&["--place", "北纬35"]), &["--place", "纬度,经度"], &["--place", "LATITUDE"]);
    refused(&with(&["--place", "91,0"]), &["place"], &["place", "Earth"]);
}

/// A workbook of three sheets; one of them may be left out.
fn workbook(survey: &[[&str; 3]], without: &str) -> Vec<u8> {
    let choices = [["list_name", "name", "label"], ["yes_no", "yes", "是"], ["yes_no", "no", "否"]];
    let settings = [["form_title", "form_id", "version"], ["样表", "sample", "1"]];
    let header = [["type", "name", "label"]];
    let survey = [&header, survey].concat();
    let mut book = Workbook::new();
    let sheets = [("survey", &survey[..]), ("choices", &choices), ("settings", &settings)];
    for (name, rows) in sheets.into_iter().filter(|(name, _)| *name != without) {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        for (row, cells) in (0..).zip(rows) {
            sheet.write_row(row, 0, cells.iter().copied()).unwrap();
        }
    }
    book.save_to_buffer().unwrap()
}

#[test]
fn workbooks_that_are_no_checklists_are_refused_by_sheet_row_and_column() {
    let town = Town::new();
    let good = ["select_one yes_no", "Q1", "有吗"];
    let books = [
        ("no-sheet.xlsx", workbook(&[good], "choices"), "choices", "choices"),
        ("twice.xlsx", workbook(&[good, ["text", "Q1", "又一个"]], ""), "Q1", "Q1"),
        (
            "type.xlsx",
            workbook(&[good, ["telepathy", "Q2", "想什么"]], ""),
            "telepathy",
            "telepathy",
        ),
        ("wide.xlsx", workbook(&[good, ["text", "Q２", "全角"]], ""), "Q２", "Q２"),
        ("list.xlsx", workbook(&[["select_one gone", "Q1", "有吗"]], ""), "gone", "gone"),
    ];
    for (name, bytes, zh, en) in &books {
        let file = town.file(name, bytes);
        let place: &[&str] = match *name {
            "no-sheet.xlsx" => &[],
            // The row as Excel counts it, and the column by letter and header.
            "list.xlsx" => &["survey", "2", "A (type)"],
            "type.xlsx" => &["survey", "3", "A (type)"],
            _ => &["survey", "3", "B (name)"],
        };
        let words = |word| [&[*name, word], place].concat();
        let line = ["import", file.as_str()];
        assert_refused(&town, &town.admin(), &[(&line, &words(zh), &words(en))]);
    }
    let whole = std::fs::read(checklists().join("gm.xlsx")).unwrap();
    for (name, bytes) in
        [("half.xlsx", &whole[..whole.len() / 2]), ("empty.xlsx", &[]), ("photo.xlsx", &jpeg("no"))]
    {
        let file = town.file(name, bytes);
        assert_refused(&town, &town.admin(), &[(&["import", &file], &[name], &[name])]);
    }
    let (missing, folder) = (typed(&town.path("gone.xlsx")), typed(&town.data()));
    let cases: [crate::refused_words::Case<'_>; 2] = [
        (&["import", &missing], &["gone.xlsx", "核对路径"], &["gone.xlsx", "check the path"]),
        (&["import", &folder], &["选择一个文件"], &["choose a file"]),
    ];
    assert_refused(&town, &town.admin(), &cases);
}

#[test]
fn every_bad_cell_of_a_workbook_is_told_at_once() {
    let town = Town::new();
    let rows = [["telepathy", "Q1", "一"], ["text", "Q2", "二"], ["text", "Q2", "三"]];
    let file = town.file("two.xlsx", &workbook(&rows, ""));
    let run = town.admin().with(&["--json"]).run(&["import", &file]);
    let failure = one_line_of_json(&run.out);
    assert_fields(&failure, &["errors"]);
    let rows: Vec<_> = failure["errors"].as_array().unwrap().iter().collect();
    assert_eq!((run.code, rows.len()), (1, 2), "{failure}");
    for (error, row) in rows.into_iter().zip([2, 4]) {
        assert_eq!(
            (&error["place"]["sheet"], &error["place"]["row"]),
            (&"survey".into(), &row.into())
        );
        assert_eq!(error["place"]["file"], "two.xlsx");
    }
}

/// Runs a line on a database that cannot be used; gives the message in both languages.
fn complaints(town: &Town, line: &[&str]) -> (String, String) {
    let (zh, en) = (town.first().run(line), town.first().with(&["--lang", "en"]).run(line));
    assert_eq!((zh.code, en.code), (1, 1), "{zh:?} {en:?}");
    assert_eq!((zh.out.as_str(), en.out.as_str()), ("", ""));
    (zh.err, en.err)
}

fn raise_version(database: &Path) {
    let connection = rusqlite::Connection::open(database).unwrap();
    connection.pragma_update(None, "user_version", 999).unwrap();
}

#[test]
fn a_database_from_the_future_is_left_as_it_is() {
    let town = Town::new();
    raise_version(&town.data().join("angen.db"));
    let before = contents(&town.data()).unwrap();
    let photo = town.file("photo.jpg", &jpeg("a photo for later"));
    let capture = ["capture", &photo, "--dossier", &town.cast.check, "--caption", "现场"];
    for line in [&["status"][..], &["fsck"], &["rebuild"], &capture] {
        let (zh, en) = complaints(&town, line);
        assert!(zh.contains("999") && zh.contains("升级程序"), "{zh}");
        assert!(en.contains("999") && en.contains("update"), "{en}");
        assert_eq!(contents(&town.data()).unwrap(), before, "{line:?}");
    }
}

#[test]
fn a_damaged_database_is_set_aside_whole_and_the_way_to_it_is_told() {
    let town = Town::new();
    let database = town.data().join("angen.db");
    let mut bytes = std::fs::read(&database).unwrap();
    bytes[..16].copy_from_slice(b"not SQLite at al");
    std::fs::write(&database, &bytes).unwrap();
    let blobs = contents(&town.data().join("blobs")).unwrap();
    let run = town.first().run(&["status"]);
    assert_eq!(run.code, 1);
    let aside = town.data().join("angen.db.damaged-1");
    assert!(run.err.contains("已损坏") && run.err.contains(aside.to_str().unwrap()), "{run:?}");
    assert_eq!(std::fs::read(&aside).unwrap(), bytes);
    assert_eq!(contents(&town.data().join("blobs")).unwrap(), blobs);
    // Nothing takes its place unasked.
    let (zh, _) = complaints(&town, &["status"]);
    assert!(zh.contains("angen init"), "{zh}");
    assert!(!database.exists());
}
