//! The bindings decide nothing: an exported object translates in, calls, and translates out.
use super::tree::Tree;
use super::{Finding, rust};

/// Where the bindings are.
const BINDINGS: &str = "bindings/src/";

/// What makes a file one of exported objects. Other files may match, to translate an error.
const EXPORTS: [&str; 2] = ["#[uniffi::export", "uniffi::Object"];

/// Words that decide.
const DECISIONS: [&str; 2] = ["if", "match"];

/// Finds decisions in files of exported objects.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| file.path.starts_with(BINDINGS) && !file.is_test()) {
        let code = rust::read(file.text().unwrap_or_default()).code;
        if !EXPORTS.iter().any(|export| code.contains(export)) {
            continue;
        }
        for (line, word) in rust::words(&code).filter(|(_, word)| DECISIONS.contains(word)) {
            let message =
                format!("`{word}` in exported bindings; the decision belongs to the core");
            findings.push(Finding::new(&file.path, line, message));
        }
    }
    findings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_decision_in_an_exported_object_is_found() {
        let decides = "//! A.\n#[uniffi::export]\nimpl A {\n  fn b() { if c { match d {} } }\n}\n";
        let found = check(&Tree::planted(&[("bindings/src/inspector.rs", decides)]));
        assert_eq!(found.iter().map(|finding| finding.line).collect::<Vec<_>>(), [4, 4]);
    }

    #[test]
    fn translating_an_error_is_no_decision_of_an_object() {
        let error = "//! A.\n#[derive(uniffi::Error)]\nenum E {}\nfn f() { match a {} }\n";
        let object = "//! If.\n#[uniffi::export]\nimpl A { fn b(matched: u8) { \"if\"; } }\n";
        let tree =
            Tree::planted(&[("bindings/src/error.rs", error), ("bindings/src/object.rs", object)]);
        assert!(check(&tree).is_empty());
    }
}
