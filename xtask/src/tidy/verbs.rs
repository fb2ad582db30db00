//! Every verb of the core reaches the phones, or one file says why it does not.
//!
//! A verb is a function that `core/src/action/mod.rs` gives out. It is exported when the bindings
//! have a public function of its name.
use std::collections::BTreeMap;

use super::tree::Tree;
use super::{Finding, rust};

/// What gives the verbs out.
const VERBS: &str = "core/src/action/mod.rs";

/// Where the bindings export.
const EXPORTS: [&str; 2] = ["bindings/src/inspector/", "bindings/src/package"];

/// Verbs that are not exported: name, tab, reason.
const LEFT_OUT: &str = "bindings/left_out.tsv";

/// Finds verbs that no phone has and nobody has given a reason for, and reasons that are stale.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let verbs = verbs(tree);
    let exported: Vec<String> = tree
        .rust()
        .filter(|file| EXPORTS.iter().any(|place| file.path.starts_with(place)))
        .flat_map(|file| functions(&rust::read(file.text().unwrap_or_default()).code))
        .collect();
    let mut findings = Vec::new();
    let mut left_out: BTreeMap<&str, usize> = BTreeMap::new();
    let list = tree.file(LEFT_OUT);
    for (number, line) in list.into_iter().flat_map(|list| list.lines()) {
        let mut wrong = |message: String| findings.push(Finding::new(LEFT_OUT, number, message));
        let (verb, reason) = line.split_once('\t').unwrap_or((line, ""));
        if reason.trim().is_empty() {
            wrong(format!("`{verb}` has no reason; write: verb, tab, why no phone calls it"));
        }
        if !verbs.iter().any(|(known, _)| known == verb) {
            wrong(format!("`{verb}` is no verb of {VERBS}; take the line out"));
        }
        if exported.iter().any(|known| known == verb) {
            wrong(format!("`{verb}` is exported now; take the line out"));
        }
        left_out.insert(verb, number);
    }
    for (verb, line) in &verbs {
        if !exported.contains(verb) && !left_out.contains_key(verb.as_str()) {
            let message = format!(
                "no phone has the verb `{verb}`: export it under bindings/src/inspector/, or give \
                 the reason in {LEFT_OUT} (docs/howto/add-a-verb.md)"
            );
            findings.push(Finding::new(VERBS, *line, message));
        }
    }
    findings
}

/// The functions that are given out, each with its line.
fn verbs(tree: &Tree) -> Vec<(String, usize)> {
    let Some(file) = tree.file(VERBS) else { return Vec::new() };
    let code = rust::read(file.text().unwrap_or_default()).code;
    let mut verbs = Vec::new();
    let mut module = "";
    let mut is_given = false;
    for (line, word) in rust::words(&code) {
        match word {
            "pub" => is_given = false,
            "use" => (is_given, module) = (true, ""),
            "mod" => is_given = false,
            // The first word behind `use` is the file's name.
            _ if is_given && module.is_empty() => module = word,
            // Types begin with a capital, constants have nothing else.
            _ if is_given && word.starts_with(|first: char| first.is_ascii_lowercase()) => {
                verbs.push((word.to_owned(), line));
            }
            _ => {}
        }
    }
    verbs
}

/// Names of the public functions in some code.
fn functions(code: &str) -> Vec<String> {
    let words: Vec<&str> = rust::words(code).map(|(_, word)| word).collect();
    let public = words.windows(3).filter(|three| three[..2] == ["pub", "fn"]);
    public.map(|three| three[2].to_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    const GIVEN: &str = "//! A.\nmod mark;\nmod plan;\npub use mark::{Mark, mark};\n\
                         pub use plan::{PLANS_MAX, plan, plans};\n";

    fn found(exported: &str, left_out: &str) -> Vec<(String, usize)> {
        let export = format!("//! A.\n#[uniffi::export]\nimpl I {{\n{exported}\n}}\n");
        let tree = Tree::planted(&[
            (VERBS, GIVEN),
            ("bindings/src/inspector/a.rs", &export),
            (LEFT_OUT, left_out),
        ]);
        check(&tree).into_iter().map(|finding| (finding.path, finding.line)).collect()
    }

    #[test]
    fn a_verb_that_no_phone_has_is_found() {
        let exported = "pub fn mark(&self) {}\npub fn plan(&self) {}";
        assert_eq!(found(exported, ""), [(VERBS.to_owned(), 5)]);
        assert!(found(exported, "plans\tthe hub alone asks\n").is_empty());
    }

    #[test]
    fn a_reason_that_is_stale_or_empty_is_found() {
        let exported = "pub fn mark(&self) {}\npub fn plan(&self) {}";
        let list = "plans\t\nplan\tno screen\ngone\tno screen\n";
        let expected = [1, 2, 3].map(|line| (LEFT_OUT.to_owned(), line));
        assert_eq!(found(exported, list), expected);
    }
}
