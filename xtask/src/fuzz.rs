//! `cargo xtask fuzz`: runs each fuzz target for a while.
use std::path::Path;

use anyhow::Context;
use clap::Args;

use crate::need::{self, Need};
use crate::runner::{self, RunArgs};
use crate::step::Step;

/// The folder with one file for each target.
const TARGETS: &str = "fuzz/fuzz_targets";

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
    let time = format!("-max_total_time={}", args.seconds);
    let steps = targets(root)?
        .iter()
        .map(|target| {
            let command = ["cargo", "+nightly", "fuzz", "run", target, "--", &time];
            Step::new(target, command).needs(&NEEDS)
        })
        .collect();
    runner::run(root, steps, &args.run)
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
