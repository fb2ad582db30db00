//! `cargo xtask test`: every test and guard that a change must pass, quick ones first.
use std::path::Path;
use std::process::Command;

use clap::Args;

use crate::runner::{self, RunArgs};
use crate::step::Step;
use crate::{kotlin, need};

/// Arguments of `cargo xtask test` and `cargo xtask ci`.
#[derive(Args)]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Mend what can be mended (formatting, clippy's own suggestions) instead of only checking.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Run the slow steps as well: `documents` first builds a typesetting engine for ten minutes.
    #[arg(long)]
    pub(crate) slow: bool,
}

impl TestArgs {
    /// Whether slow steps run: all of them, or the one that is named.
    pub(crate) fn is_slow(&self) -> bool {
        self.slow || self.run.is_named("documents")
    }
}

/// Runs the steps of the project's tests.
pub(crate) fn run(root: &Path, args: &TestArgs) -> anyhow::Result<()> {
    runner::run(root, steps(root, args.fix, args.is_slow()), &args.run)
}

/// The steps, in the order in which they run. `fix` lets fmt and clippy change files; `slow` runs
/// what takes ten minutes to build.
pub(crate) fn steps(root: &Path, fix: bool, slow: bool) -> Vec<Step> {
    let documents = documents().skip_unless(slow, || "slow; --slow runs it".to_owned());
    let mut steps = vec![fmt(fix), tidy(), clippy(fix), rust(), documents, python(root)];
    steps.extend(kotlin::steps(root));
    steps.push(clean_tree(root, fix));
    steps
}

fn fmt(fix: bool) -> Step {
    let command: &[&str] =
        if fix { &["cargo", "fmt", "--all"] } else { &["cargo", "fmt", "--all", "--check"] };
    Step::new("fmt", command.iter().copied()).needs(&[&need::RUSTFMT])
}

fn tidy() -> Step {
    Step::new("tidy", ["cargo", "xtask", "tidy"])
}

fn clippy(fix: bool) -> Step {
    let mut command = vec!["cargo", "clippy", "--workspace", "--all-targets"];
    if fix {
        command.extend(["--fix", "--allow-dirty", "--allow-staged"]);
    }
    command.extend(["--", "-D", "warnings"]);
    Step::new("clippy", command).needs(&[&need::CLIPPY, &need::C_COMPILER])
}

/// Unit, integration and documentation tests. One failing crate does not hide the next.
fn rust() -> Step {
    Step::new("rust", ["cargo", "test", "--workspace", "--no-fail-fast"])
        .needs(&[&need::C_COMPILER])
}

/// Documents as PDF, opened by other programs. A step of its own: the typesetting engine is 300
/// crates, and no other test builds it.
fn documents() -> Step {
    let features = ["--features", "pdf", "--all-targets", "--no-fail-fast"];
    Step::new("documents", ["cargo", "test", "-p", "angen-documents"].into_iter().chain(features))
        .needs(&[&need::C_COMPILER, &need::QPDF, &need::POPPLER])
}

/// The verifier written a second time, from docs/protocol.md alone. Nothing is written into the
/// tree: no bytecode, no cache.
fn python(root: &Path) -> Step {
    let pytest = ["-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/python"];
    Step::new("python", std::iter::once(need::VENV_PYTHON).chain(pytest))
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .needs(&[&need::PYTHON, &need::PYTHON_PACKAGES])
        .only_where(root, need::PYTHON_REQUIREMENTS)
}

/// Tests must leave the tree as they found it. Only a tree that was clean before can show that.
fn clean_tree(root: &Path, fix: bool) -> Step {
    Step::new("clean-tree", ["git", "status", "--porcelain"])
        .silent()
        .skip_unless(!fix, || "--fix changes files".to_owned())
        .skip_unless(is_clean(root), || "the tree had changes before the run".to_owned())
}

fn is_clean(root: &Path) -> bool {
    let status = Command::new("git").args(["status", "--porcelain"]).current_dir(root).output();
    status.is_ok_and(|output| output.status.success() && output.stdout.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quick_steps_come_first_and_the_clean_tree_last() {
        let steps = steps(&crate::root::find(), false, false);
        let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(names[..4], ["fmt", "tidy", "clippy", "rust"]);
        assert_eq!(names.last(), Some(&"clean-tree"));
    }

    #[test]
    fn only_fix_changes_files() {
        let root = crate::root::find();
        let line = |fix: bool| {
            let steps = steps(&root, fix, false);
            format!("{} | {}", steps[0].by_hand(), steps[2].by_hand())
        };
        assert!(line(false).contains("--check") && !line(false).contains("--fix"));
        assert!(!line(true).contains("--check") && line(true).contains("--fix"));
    }
}
