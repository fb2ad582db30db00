//! `cargo xtask bench`: measures, and prints each figure beside its floor from the same run.
use std::path::Path;

use clap::Args;

use crate::need;
use crate::runner::{self, RunArgs};
use crate::step::Step;

/// Arguments of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct BenchArgs {
    /// Handed to the bench program as they are; `-- --help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Builds the bench program for speed and runs it.
pub(crate) fn run(root: &Path, args: &BenchArgs) -> anyhow::Result<()> {
    let command = ["cargo", "run", "--release", "--package", "angen-bench", "--"];
    let handed_on = args.args.iter().map(String::as_str);
    let step = Step::new("bench", command.into_iter().chain(handed_on)).needs(&[&need::C_COMPILER]);
    runner::run(root, vec![step], &RunArgs::default())
}
