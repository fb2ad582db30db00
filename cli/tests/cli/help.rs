//! The help of the program and of each verb, as snapshots: who changes words sees what users see.

use std::collections::BTreeSet;
use std::path::Path;

use crate::program::Program;

/// The verbs that a help page lists, without `help` itself.
fn verbs_of(page: &str) -> Vec<String> {
    let commands = page.lines().skip_while(|line| *line != "Commands:").skip(1);
    let entries = commands.take_while(|line| !line.is_empty());
    // An entry begins two blanks in; its words may go on further to the right.
    let entries = entries.filter(|line| line.starts_with("  ") && !line.starts_with("   "));
    let verbs = entries.filter_map(|line| line.split_whitespace().next());
    verbs.filter(|verb| *verb != "help").map(str::to_owned).collect()
}

/// The help pages below one, each with the words that lead to it.
fn pages(path: &[&str]) -> Vec<(String, String)> {
    let page = Program::bare().words(&[path, &["--help"]].concat());
    let below: Vec<_> =
        verbs_of(&page).iter().flat_map(|verb| pages(&[path, &[verb.as_str()]].concat())).collect();
    let name = [&["angen"], path].concat().join("_");
    std::iter::once((name, page)).chain(below).collect()
}

#[test]
fn every_help_page_is_as_it_was_agreed() {
    let pages = pages(&[]);
    assert!(pages.len() > 30, "only {} pages were found", pages.len());
    for (name, page) in &pages {
        insta::with_settings!({ snapshot_path => "help", prepend_module_to_snapshot => false, omit_expression => true }, {
            insta::assert_snapshot!(name.as_str(), page);
        });
    }
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cli/help");
    let held = std::fs::read_dir(folder).unwrap().filter_map(|entry| {
        let name = entry.unwrap().file_name().into_string().unwrap();
        name.strip_suffix(".snap").map(str::to_owned)
    });
    let wanted: BTreeSet<String> = pages.into_iter().map(|(name, _)| name).collect();
    assert_eq!(held.collect::<BTreeSet<_>>(), wanted, "a page of a verb that is gone");
}

#[test]
fn a_verb_that_is_not_there_is_refused_with_the_way_to_the_help() {
    let run = Program::bare().run(&["inspect"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.err.contains("inspect") && run.err.contains("--help"), "{}", run.err);
}

#[test]
fn the_version_is_one_line() {
    let version = Program::bare().words(&["--version"]);
    assert_eq!(version, format!("angen {}\n", env!("CARGO_PKG_VERSION")));
}
