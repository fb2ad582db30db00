//! `cargo xtask tidy`: the guards of the invariants that no compiler knows.
//!
//! A guard is one function from the tree to its findings, in one file, with tests that plant what
//! it must find. The same guards run as a test, so plain `cargo test` keeps the tree tidy as well.
//! A new guard goes into [`GUARDS`], and its sentence into CONTRIBUTING.md.

mod bindings;
mod io;
mod lengths;
mod links;
mod manifests;
mod rules;
mod rust;
mod sentences;
mod shipped;
mod sql;
pub(crate) mod tree;
mod verbs;
mod whitespace;
mod words;

use std::path::Path;

use anyhow::bail;
use clap::Args;

use tree::Tree;

/// One breach of one guard.
#[derive(Debug, PartialEq, Eq)]
struct Finding {
    /// The file, from the top of the repository.
    path: String,
    /// The line, from 1; 0 when the file as a whole is meant.
    line: usize,
    /// What is wrong, and what to do.
    message: String,
}

impl Finding {
    fn new(path: &str, line: usize, message: impl Into<String>) -> Self {
        Self { path: path.to_owned(), line, message: message.into() }
    }
}

/// One invariant and the function that finds its breaches.
struct Guard {
    name: &'static str,
    keeps: &'static str,
    check: fn(&Tree) -> Vec<Finding>,
}

/// All guards, in the order in which they run.
const GUARDS: [Guard; 13] = [
    Guard { name: "file-length", keeps: "a file answers one question", check: lengths::files },
    Guard { name: "line-length", keeps: "a line can be read at a glance", check: lengths::lines },
    Guard { name: "whitespace", keeps: "no space at the end of a line", check: whitespace::check },
    Guard { name: "sentence", keeps: "a module says what it is first", check: sentences::check },
    Guard { name: "io", keeps: "pure folders do no I/O", check: io::check },
    Guard { name: "sql", keeps: "only the stores speak SQL", check: sql::check },
    Guard {
        name: "manifests",
        keeps: "the core knows no shell and no server",
        check: manifests::check,
    },
    Guard { name: "bindings", keeps: "the bindings decide nothing", check: bindings::check },
    Guard { name: "verbs", keeps: "every verb reaches the phones", check: verbs::check },
    Guard { name: "shipped", keeps: "what has shipped never changes", check: shipped::check },
    Guard { name: "links", keeps: "every link leads somewhere", check: links::check },
    Guard { name: "rules", keeps: "the page of the rules is up to date", check: rules::check },
    Guard { name: "words", keeps: "no path of one person's machine", check: words::check },
];

/// Arguments of `cargo xtask tidy`.
#[derive(Args)]
pub(crate) struct TidyArgs {
    /// Run only this guard (can be given more than once).
    #[arg(long, value_name = "GUARD")]
    only: Vec<String>,
    /// List the guards and what each keeps, and run nothing.
    #[arg(long)]
    list: bool,
}

/// Runs the guards and prints each finding with its file and line.
pub(crate) fn run(root: &Path, args: &TidyArgs) -> anyhow::Result<()> {
    if args.list {
        GUARDS.iter().for_each(|guard| println!("{:<12} {}", guard.name, guard.keeps));
        return Ok(());
    }
    if let Some(unknown) = args.only.iter().find(|name| GUARDS.iter().all(|g| g.name != *name)) {
        bail!("there is no guard `{unknown}`; `cargo xtask tidy --list` names them");
    }
    let tree = Tree::read(root)?;
    let wanted = |guard: &&Guard| args.only.is_empty() || args.only.iter().any(|n| n == guard.name);
    let guards: Vec<&Guard> = GUARDS.iter().filter(wanted).collect();
    let findings = report(&tree, &guards);
    findings.iter().for_each(|line| println!("{line}"));
    if !findings.is_empty() {
        bail!("tidy: {} found; CONTRIBUTING.md gives the reason of each guard", findings.len());
    }
    println!("{} files, {} guards, nothing found", tree.files.len(), guards.len());
    Ok(())
}

/// Each finding as one line: file, line, what is wrong, and the guard that says so.
fn report(tree: &Tree, guards: &[&Guard]) -> Vec<String> {
    let mut lines = Vec::new();
    for guard in guards {
        for Finding { path, line, message } in (guard.check)(tree) {
            let place = if line == 0 { path } else { format!("{path}:{line}") };
            lines.push(format!("{place}: {message} [{}]", guard.name));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_is_tidy() {
        let tree = Tree::read(&crate::root::find()).unwrap();
        let findings = report(&tree, &GUARDS.iter().collect::<Vec<_>>());
        assert!(findings.is_empty(), "\n{}\n", findings.join("\n"));
    }

    #[test]
    fn a_finding_names_file_line_and_guard() {
        let tree = Tree::planted(&[("a.rs", "//! True.\nfn a() {} \n")]);
        assert_eq!(
            report(&tree, &[&GUARDS[2]]),
            ["a.rs:2: the line ends in white space; remove it [whitespace]"]
        );
    }
}
