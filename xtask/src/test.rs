//! `cargo xtask test`: every test and guard that a change must pass, quick ones first.
use std::path::Path;
use std::process::Command;

use clap::Args;

use crate::android::Pictures;
use crate::runner::{self, RunArgs};
use crate::step::Step;
use crate::{android, kotlin, memory, need, python as python_package, swift};

/// Where the encrypted flavour is built: features unify within one build, and the plain flavour
/// must never link the other's library.
pub(crate) const CIPHER_TARGET: &str = "target/cipher";

/// Arguments of `cargo xtask test` and `cargo xtask ci`.
#[derive(Args)]
pub(crate) struct TestArgs {
    #[command(flatten)]
    pub(crate) run: RunArgs,
    /// Mend what can be mended (formatting, clippy's own suggestions) instead of only checking.
    #[arg(long)]
    pub(crate) fix: bool,
    /// Run the slow steps as well: `documents` lets LibreOffice open every DOCX, `cipher` builds
    /// OpenSSL and SQLCipher for ten minutes, `go` has the log of a hub verified by Go's tools,
    /// `planted` plants mistakes in our own code for five minutes.
    #[arg(long)]
    pub(crate) slow: bool,
    /// Draw every screen of the Android shell in every dress: two languages, two grounds, three
    /// sizes of text. Without it each is drawn in the hardest two, and in one more that changes
    /// from commit to commit. `ci` always draws all.
    #[arg(long)]
    pub(crate) all_pictures: bool,
}

impl TestArgs {
    /// Whether slow steps run: all of them, or the one that is named.
    pub(crate) fn is_slow(&self, step: &str) -> bool {
        self.slow || self.run.is_named(step)
    }

    /// Which dresses of each screen are drawn.
    pub(crate) fn pictures(&self, root: &Path) -> Pictures {
        if self.all_pictures { Pictures::All } else { Pictures::of_commit(root) }
    }

    /// The slow steps that run.
    pub(crate) fn slow_steps(&self) -> Vec<&'static str> {
        SLOW.iter().copied().filter(|step| self.is_slow(step)).collect()
    }
}

/// Runs the steps of the project's tests.
pub(crate) fn run(root: &Path, args: &TestArgs) -> anyhow::Result<()> {
    let pictures = args.pictures(root);
    runner::run(root, steps(root, args.fix, &args.slow_steps(), pictures), &args.run)
}

/// The steps that need ten minutes to build, an office program of half a gigabyte, or a language
/// that a new Debian has and an old one has not.
const SLOW: [&str; 4] = ["documents", "cipher", "go", "planted"];

/// The steps, in the order in which they run. `fix` lets fmt and clippy change files; `slow` names
/// the slow ones that run.
///
/// The Android shell's tests are one long thread: they run beside those of the other languages,
/// behind everything that Cargo builds for them.
pub(crate) fn steps(root: &Path, fix: bool, slow: &[&str], pictures: Pictures) -> Vec<Step> {
    let if_wanted = |step: Step, is_there: bool| {
        let wanted = is_there || slow.contains(&step.name.as_str());
        step.skip_unless(wanted, || "slow; --slow runs it".to_owned())
    };
    let documents = if_wanted(documents(), need::LIBREOFFICE.is_met(root));
    let cipher = if_wanted(cipher(), false);
    let planted = if_wanted(planted(), false);
    let mut steps = vec![fmt(fix), tidy(), swift::start(root), clippy(fix), rust()];
    steps.extend([documents, cipher, planted]);
    steps.extend(kotlin::library(root));
    steps.extend(android::steps(root, pictures));
    steps.extend([python(root), if_wanted(go(), need::GO.is_met(root))]);
    steps.push(kotlin::tests(root));
    steps.extend(swift::steps(root));
    steps.extend(python_package::steps(root));
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

/// Unit, integration and documentation tests, documents as PDF among them: the command line has
/// the typesetting engine, so the workspace builds it once for all. One failing crate does not
/// hide the next.
fn rust() -> Step {
    let test = Step::new("rust", ["cargo", "test", "--workspace", "--no-fail-fast"]);
    memory::within(test).needs(&[&need::C_COMPILER, &need::QPDF, &need::POPPLER])
}

/// Documents as DOCX, opened by an office program. The same build as that of `rust`, so that
/// nothing is compiled a second time.
fn documents() -> Step {
    let test = ["cargo", "test", "--workspace", "--test", "docx", "--", "--ignored"];
    Step::new("documents", test).needs(&[&need::C_COMPILER, &need::LIBREOFFICE, &need::POPPLER])
}

/// The encrypted flavour: the database under SQLCipher with its own OpenSSL, in the core and in
/// the library that phones load.
fn cipher() -> Step {
    let command = ["cargo", "test", "-p", "angen-core", "-p", "angen-bindings"];
    let features = ["--features", "angen-core/sqlcipher,angen-bindings/sqlcipher"];
    let where_to = ["--test", "cipher", "--target-dir", CIPHER_TARGET];
    let command = command.into_iter().chain(features);
    Step::new("cipher", command.chain(where_to)).needs(&[&need::C_COMPILER, &need::PERL_AND_MAKE])
}

/// Mistakes planted in our own code one by one; the simulated world must notice each.
fn planted() -> Step {
    let test =
        ["cargo", "test", "--workspace", "--test", "planted", "--", "--ignored", "--nocapture"];
    Step::new("planted", test).needs(&[&need::C_COMPILER])
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

/// The log of a hub, judged by the packages that the Go project verifies its own logs with.
fn go() -> Step {
    Step::new("go", ["go", "test", "-count=1", "-v", "./..."])
        .directory("tests/go")
        .needs(&[&need::GO])
}

/// Tests must leave the tree as they found it. Only a tree that was clean before can show that.
fn clean_tree(root: &Path, fix: bool) -> Step {
    Step::new("clean-tree", ["git", "status", "--porcelain"])
        .silent()
        .alone()
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
        let steps = steps(&crate::root::find(), false, &[], Pictures::All);
        let names: Vec<&str> = steps.iter().map(|step| step.name.as_str()).collect();
        assert_eq!(names[..5], ["fmt", "tidy", "swift-root", "clippy", "rust"]);
        assert_eq!(names.last(), Some(&"clean-tree"));
    }

    #[test]
    fn nothing_is_built_beside_what_reads_it() {
        let steps = steps(&crate::root::find(), false, &[], Pictures::All);
        let begins = steps.iter().position(|step| step.beside).unwrap();
        let made = ["kotlin-library", "kotlin-bindgen", "android-program", "android-bindgen"];
        for name in made {
            let at = steps.iter().position(|step| step.name == name).unwrap();
            assert!(at < begins, "{name} is made before it is read");
        }
        assert!(steps.last().unwrap().alone);
    }

    #[test]
    fn only_fix_changes_files() {
        let root = crate::root::find();
        let line = |fix: bool| {
            let steps = steps(&root, fix, &[], Pictures::All);
            format!("{} | {}", steps[0].by_hand(), steps[3].by_hand())
        };
        assert!(line(false).contains("--check") && !line(false).contains("--fix"));
        assert!(!line(true).contains("--check") && line(true).contains("--fix"));
    }
}
