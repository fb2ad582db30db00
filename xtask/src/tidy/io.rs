//! The pure folders do no I/O: what they compute depends on what they are given, and on nothing
//! else. So they run in a browser, in a simulator, and the same way in ten years.
use super::tree::{File, Tree};
use super::{Finding, rust};

/// The folders whose code is pure.
const PURE_FOLDERS: [&str; 6] = [
    "core/ledger/src/",
    "core/forms/src/",
    "core/documents/src/",
    "core/page/src/",
    "core/src/domain/",
    "core/src/procedure/",
];

/// What reaches outside. A `time::` without `std::` is the same module, imported by its name.
const OUTSIDE: [&str; 12] = [
    "std::fs",
    "std::net",
    "std::env",
    "std::process",
    "std::thread",
    "std::os",
    "std::time::SystemTime",
    "std::time::Instant",
    "time::SystemTime",
    "time::Instant",
    "rusqlite",
    "tokio",
];

/// Finds paths to the outside in the code of the pure folders, tests and programs left out.
pub(super) fn check(tree: &Tree) -> Vec<Finding> {
    let mut findings = Vec::new();
    for file in tree.rust().filter(|file| is_pure(file)) {
        let source = rust::read(file.text().unwrap_or_default());
        for (line, path) in rust::paths(&source.code) {
            if let Some(outside) = OUTSIDE.iter().find(|outside| is_within(&path, outside)) {
                let message = format!("`{outside}` in a pure folder; let the caller hand it in");
                findings.push(Finding::new(&file.path, line, message));
            }
        }
    }
    findings
}

fn is_pure(file: &File) -> bool {
    let folder = PURE_FOLDERS.iter().find(|folder| file.path.starts_with(**folder));
    folder.is_some() && !file.is_test() && !file.is_below("bin")
}

fn is_within(path: &str, outside: &str) -> bool {
    path.strip_prefix(outside).is_some_and(|rest| rest.is_empty() || rest.starts_with("::"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(path: &str, text: &str) -> Vec<usize> {
        check(&Tree::planted(&[(path, text)])).iter().map(|finding| finding.line).collect()
    }

    #[test]
    fn every_way_to_the_outside_is_found() {
        for outside in OUTSIDE {
            let text = format!("//! A.\nuse {outside}::thing;\nfn a() {{ {outside}::b() }}\n");
            assert_eq!(lines("core/ledger/src/op.rs", &text), [2, 3], "{outside}");
        }
        let grouped = "//! A.\nuse std::{collections::BTreeMap, fs::File};\n";
        for folder in PURE_FOLDERS {
            assert_eq!(lines(&format!("{folder}a.rs"), grouped), [2], "{folder}");
        }
    }

    #[test]
    fn what_is_pure_or_a_test_is_left_alone() {
        let pure =
            "//! Not std::fs.\nuse std::time::Duration;\nuse crate::fs;\nfn a(fsync: u8) {}\n";
        assert!(lines("core/forms/src/a.rs", pure).is_empty());
        let outside = "//! A.\nuse std::fs;\n";
        for path in ["core/ledger/tests/a.rs", "core/forms/src/bin/a.rs", "core/src/action/a.rs"] {
            assert!(lines(path, outside).is_empty(), "{path}");
        }
        let in_tests = "//! A.\n#[cfg(test)]\nmod tests { use std::fs; }\n";
        assert!(lines("core/ledger/src/a.rs", in_tests).is_empty());
    }
}
