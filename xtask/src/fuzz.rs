//! `cargo xtask fuzz`: runs each fuzz target for a while.
use std::path::Path;

use anyhow::Context;
use clap::Args;

use crate::need::{self, Need};
use crate::runner::{self, RunArgs};
use crate::step::Step;

/// The folder with one file for each target.
const TARGETS: &str = "fuzz/fuzz_targets";

/// Where a run leaves the inputs that it finds; below `target`, so that the tree stays clean.
/// fuzz/README.md says how the best of them get into the corpus.
const FOUND: &str = "fuzz/target/found";

/// The most memory of one run: what a phone lends to an app, with the sanitizer's share.
const MEMORY: &str = "-rss_limit_mb=512";

/// The most time for one input, on a slow machine and with the sanitizer.
const TIME: &str = "-timeout=10";

/// What a target is run with, besides what all are run with.
fn options(target: &str) -> &'static [&'static str] {
    match target {
        // The largest vector has 6 kB; a package needs some room to grow wrong in.
        "package" => &["-max_len=65536", MEMORY],
        // Small inputs run quickly, and a few rows of cells say everything that a form can say.
        "workbook" => &["-max_len=4096", "-dict=workbook.dict", MEMORY],
        _ => &[],
    }
}

/// What fuzzing needs on the machine.
pub(crate) static NEEDS: [&Need; 3] = [&need::NIGHTLY, &need::CARGO_FUZZ, &need::C_COMPILER];

/// Arguments of `cargo xtask fuzz`; its steps are the targets.
#[derive(Args)]
pub(crate) struct FuzzArgs {
    /// How long each target runs; ten minutes is what a release asks for.
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    seconds: u32,
    #[command(flatten)]
    run: RunArgs,
}

/// Runs the targets one after the other; the first finding ends the run.
pub(crate) fn run(root: &Path, args: &FuzzArgs) -> anyhow::Result<()> {
    let steps: Vec<Step> = targets(root)?.iter().map(|target| step(target, args.seconds)).collect();
    if !args.run.list {
        for step in &steps {
            let found = root.join(FOUND).join(&step.name);
            std::fs::create_dir_all(&found)
                .with_context(|| format!("cannot make {}", found.display()))?;
        }
    }
    runner::run(root, steps, &args.run)
}

/// New inputs go into the first folder, the corpus is only read.
fn step(target: &str, seconds: u32) -> Step {
    let found = format!("target/found/{target}");
    let corpus = format!("corpus/{target}");
    let time = format!("-max_total_time={seconds}");
    let mut command = vec!["cargo", "+nightly", "fuzz", "run", target, &found, &corpus, "--"];
    command.extend([&time, TIME, "-print_final_stats=1"]);
    command.extend(options(target));
    Step::new(target, command).directory("fuzz").needs(&NEEDS).errors_read()
}

fn targets(root: &Path) -> anyhow::Result<Vec<String>> {
    let entries = std::fs::read_dir(root.join(TARGETS))
        .with_context(|| format!("there are no fuzz targets: {TARGETS} cannot be read"))?;
    let mut names = Vec::new();
    for entry in entries {
        let path = entry?.path();
        if path.extension().is_some_and(|extension| extension == "rs") {
            names.extend(path.file_stem().map(|stem| stem.to_string_lossy().into_owned()));
        }
    }
    names.sort();
    Ok(names)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_target_has_a_corpus_and_a_question_that_a_test_replays() {
        let root = crate::root::find();
        let targets = targets(&root).unwrap();
        assert_eq!(targets, ["bundle", "op", "package", "wire", "workbook"]);
        for target in targets {
            let corpus = root.join("fuzz/corpus").join(&target);
            assert!(corpus.read_dir().unwrap().count() >= 25, "{}", corpus.display());
        }
    }

    #[test]
    fn a_run_only_reads_the_corpus() {
        let line = step("workbook", 5).by_hand();
        let start = "cd fuzz && cargo +nightly fuzz run workbook target/found/workbook \
                     corpus/workbook -- -max_total_time=5 ";
        assert!(line.starts_with(start), "{line}");
    }
}
