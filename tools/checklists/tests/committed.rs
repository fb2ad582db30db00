//! The committed workbooks say the same as their text sources, and import without a problem.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use angen_forms::{Answers, Form, Kind};
use std::path::{Path, PathBuf};
use xtask_checklists::{Checklist, read_sources, workbook, write_all};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checklists")
}

fn committed() -> Vec<(Checklist, Form)> {
    let lists = read_sources(&folder()).unwrap();
    let read = |list: Checklist| {
        let name = format!("{}.xlsx", list.name);
        let bytes = std::fs::read(folder().join(&name)).unwrap();
        let form = Form::from_xlsx(&bytes, &name).unwrap_or_else(|errors| panic!("{errors}"));
        (list, form)
    };
    lists.into_iter().map(read).collect()
}

#[test]
fn there_are_five_lists_with_87_items() {
    let lists = committed();
    let sizes: Vec<(&str, usize)> =
        lists.iter().map(|(list, _)| (list.name.as_str(), list.items.len())).collect();
    assert_eq!(sizes, [("mw", 20), ("ls", 15), ("hc", 17), ("fe", 15), ("gm", 20)]);
}

#[test]
fn each_workbook_says_what_its_source_says() {
    for (list, form) in committed() {
        assert_eq!(form.version(), list.version);
        let questions: Vec<_> = form
            .items()
            .iter()
            .filter(|item| item.kind == Kind::SelectOne("compliance".to_owned()))
            .collect();
        assert_eq!(questions.len(), list.items.len());
        for (question, item) in questions.iter().zip(&list.items) {
            assert_eq!(question.name, item.id);
            assert_eq!(question.label.get("zh"), Some(item.zh.as_str()));
            assert_eq!(question.label.get("en"), Some(item.en.as_str()));
            assert_eq!(question.legal_basis(), Some(item.legal_basis.as_str()));
            assert_eq!(question.major_hazard(), Some(item.major_hazard.as_str()));
            assert_eq!(question.penalty(), Some(item.penalty.as_str()));
            assert_eq!(question.authorities().collect::<Vec<_>>().join(" "), item.authority);
            let letters: Vec<String> = question.evidence().map(String::from).collect();
            assert_eq!(letters.join(" "), item.evidence);
            assert!(letters.contains(&"R".to_owned()), "{}: no on-site record", item.id);
            assert_eq!(question.mark("x_source_state"), Some(item.source_state.as_str()));
            for reading in &item.measurements {
                let name = format!("{}_{}", item.id, reading.suffix);
                let label = form.item(&name).unwrap().label.get("zh").unwrap();
                assert!(label.contains(&reading.unit), "{name} has no unit in its label");
            }
        }
    }
}

#[test]
fn the_committed_workbook_is_the_one_that_the_source_makes() {
    for (list, form) in committed() {
        let fresh = Form::from_xlsx(&workbook(&list).unwrap(), "fresh.xlsx").unwrap();
        assert_eq!(form, fresh, "{}: run `cargo run -p xtask-checklists`", list.name);
    }
}

#[test]
fn the_same_source_gives_the_same_bytes() {
    let out = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        if path.extension().is_some_and(|extension| extension == "tsv") {
            std::fs::copy(&path, out.path().join(path.file_name().unwrap())).unwrap();
        }
    }
    let bytes = || -> Vec<Vec<u8>> {
        let paths = write_all(out.path()).unwrap();
        paths.iter().map(|path| std::fs::read(path).unwrap()).collect()
    };
    assert_eq!(bytes(), bytes());
}

#[test]
fn a_violation_asks_for_a_note_and_a_photo_and_an_unchecked_item_for_a_reason() {
    for (list, form) in committed() {
        let id = &list.items[0].id;
        let review = |verdict: &str| {
            let answer = form.check_answer(id, verdict).unwrap();
            let answers = Answers::from([(id.clone(), answer)]);
            let asked = |end: &str| {
                let name = format!("{id}_{end}");
                form.review(&answers).relevant.iter().any(|item| item.name == name)
            };
            let note = format!("{id}_note");
            let missing = form.review(&answers).missing.iter().any(|item| item.name == note);
            (asked("note"), missing, asked("photo"))
        };
        assert_eq!(review("不符合"), (true, true, true), "{id}");
        assert_eq!(review("未查"), (true, true, false), "{id}");
        assert_eq!(review("不涉及"), (false, false, false), "{id}");
        assert_eq!(review("符合"), (false, false, false), "{id}");
    }
}

#[test]
fn the_limited_space_list_opens_with_a_stop_warning() {
    let lists = committed();
    let (_, form) = lists.iter().find(|(list, _)| list.name == "ls").unwrap();
    let first = &form.items()[0];
    assert_eq!(first.kind, Kind::Note);
    assert!(first.label.get("zh").unwrap().contains("不得进入"));
}

#[test]
fn oxygen_outside_the_range_of_air_is_refused() {
    let lists = committed();
    let (_, form) = lists.iter().find(|(list, _)| list.name == "ls").unwrap();
    assert!(form.check_answer("LS07_o2", "20.9").is_ok());
    let problem = form.check_answer("LS07_o2", "209").unwrap_err();
    assert!(problem.zh.contains("0 到 30 %VOL"), "{problem}");
}
