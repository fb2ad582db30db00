//! What the tree says of rules: tests by their names, and code by the numbers that it names.

use std::collections::{BTreeMap, BTreeSet};

use crate::tidy::tree::{File, Tree};

/// Folders whose code applies rules.
const CODE: [&str; 5] =
    ["core/src/", "core/documents/src/", "core/page/src/", "cli/src/", "hub/src/"];

/// Parts of names that say that a test breaks its rule and looks what happens.
const BREAKING: [&str; 24] = [
    "not", "no", "never", "nothing", "without", "refused", "missing", "lacks", "lacking", "late",
    "too", "blocked", "warns", "warned", "expired", "alone", "single", "found", "beyond", "stops",
    "over", "wrong", "unsigned", "breaks",
];

/// Tests, and the files that name a rule.
pub(super) struct Scan {
    /// Each test and its file.
    pub(super) tests: BTreeMap<String, String>,
    /// By number: the files of code that name it.
    code: BTreeMap<String, BTreeSet<String>>,
}

impl Scan {
    /// Reads a tree.
    pub(super) fn of(tree: &Tree) -> Self {
        let mut scan = Self { tests: BTreeMap::new(), code: BTreeMap::new() };
        for file in tree.rust() {
            for name in test_names(file) {
                scan.tests.insert(name, file.path.clone());
            }
            if CODE.iter().any(|folder| file.path.starts_with(folder)) && !file.is_test() {
                for number in numbers(file.text().unwrap_or_default()) {
                    scan.code.entry(number).or_default().insert(file.path.clone());
                }
            }
        }
        scan
    }

    /// The files of code that name a rule.
    pub(super) fn code(&self, number: &str) -> impl Iterator<Item = &str> {
        self.code.get(number).into_iter().flatten().map(String::as_str)
    }

    /// Every number that begins the name of a test, with the name.
    pub(super) fn numbered(&self) -> impl Iterator<Item = (String, &str)> {
        self.tests.keys().flat_map(|name| {
            leading_numbers(name).into_iter().map(move |number| (number, name.as_str()))
        })
    }
}

/// Whether a test breaks its rule, by the words of its name.
pub(super) fn is_breaking(name: &str) -> bool {
    name.split('_').any(|word| BREAKING.contains(&word))
}

/// `r01_r02_two_officers…` stands for R01 and R02.
fn leading_numbers(name: &str) -> Vec<String> {
    let is_number = |word: &&str| {
        let digits = word.strip_prefix('r').or_else(|| word.strip_prefix('s'));
        digits.is_some_and(|d| d.len() == 2 && d.bytes().all(|b| b.is_ascii_digit()))
    };
    name.split('_').take_while(is_number).map(str::to_ascii_uppercase).collect()
}

/// The functions behind `#[test]`, and those of a `proptest!`, which carry it as well.
fn test_names(file: &File) -> Vec<String> {
    let mut names = Vec::new();
    let mut is_next = false;
    for (_, line) in file.lines() {
        let line = line.trim_start();
        if line.starts_with("#[test]") {
            is_next = true;
        } else if let Some(rest) = line.strip_prefix("fn ").filter(|_| is_next) {
            names.extend(rest.split(['(', '<']).next().map(str::to_owned));
            is_next = false;
        } else if !line.starts_with("#[") && !line.starts_with("//") {
            is_next = false;
        }
    }
    names
}

/// The numbers of rules that a text names: `R22`, `S14`, `3a-T`, `3a`.
fn numbers(text: &str) -> BTreeSet<String> {
    let word = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
    let is_rule = |word: &&str| {
        let mut bytes = word.bytes();
        let letter = matches!(bytes.next(), Some(b'R' | b'S'));
        let digits = word.len() == 3 && bytes.all(|b| b.is_ascii_digit());
        (letter && digits) || *word == "3a" || word.starts_with("3a-")
    };
    text.split(|c| !word(c)).filter(is_rule).map(str::to_owned).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tests_are_found_by_their_mark_and_their_leading_numbers() {
        let text = "#[test]\nfn r22_s14_it_is_kept() {}\n#[test]\n#[ignore = \"slow\"]\n\
                    fn slow_one() {}\nfn r23_helper() {}\n";
        let scan = Scan::of(&Tree::planted(&[("core/tests/a.rs", text)]));
        let names: Vec<&str> = scan.tests.keys().map(String::as_str).collect();
        assert_eq!(names, ["r22_s14_it_is_kept", "slow_one"]);
        let numbers: Vec<String> = scan.numbered().map(|(number, _)| number).collect();
        assert_eq!(numbers, ["R22", "S14"]);
    }

    #[test]
    fn code_that_names_a_rule_is_found_and_tests_are_no_code() {
        let scan = Scan::of(&Tree::planted(&[
            ("core/src/procedure/a.rs", "// R22: preserved\nconst A: &str = \"3a-T\";\n"),
            ("core/tests/a.rs", "// R22\n"),
            ("cli/src/b.rs", "struct R222; // XR22\n"),
        ]));
        assert_eq!(scan.code("R22").collect::<Vec<_>>(), ["core/src/procedure/a.rs"]);
        assert_eq!(scan.code("3a-T").count(), 1);
        assert_eq!(scan.code("R222").count(), 0);
    }

    #[test]
    fn words_of_a_name_tell_a_test_that_breaks_from_one_that_keeps() {
        assert!(is_breaking("r22_evidence_preserved_without_approval_is_found"));
        assert!(is_breaking("s14_a_late_recheck_is_said"));
        assert!(!is_breaking("r22_preserved_evidence_is_decided_on_within_seven_working_days"));
        assert!(!is_breaking("r30_notice_and_record"), "`notice` is no `not`");
    }
}
