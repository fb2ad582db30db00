//! `cargo xtask bench`: measures, and prints each figure beside its floor from the same run.
use std::path::Path;

use clap::Args;

use crate::runner::{self, RunArgs};
use crate::step::Step;
use crate::{need, test};

/// Arguments of `cargo xtask bench`.
#[derive(Args)]
pub(crate) struct BenchArgs {
    /// Measure the encrypted flavour beside the plain one (slow: it first builds OpenSSL).
    #[arg(long)]
    cipher: bool,
    /// Handed to the bench program as they are; `-- --help` lists them.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Builds the bench program for speed and runs it.
pub(crate) fn run(root: &Path, args: &BenchArgs) -> anyhow::Result<()> {
    if args.cipher {
        return runner::run(root, vec![cipher()], &RunArgs::default());
    }
    let command = ["cargo", "run", "--release", "--package", "angen-bench", "--"];
    let handed_on = args.args.iter().map(String::as_str);
    let step = Step::new("bench", command.into_iter().chain(handed_on)).needs(&[&need::C_COMPILER]);
    runner::run(root, vec![step], &RunArgs::default())
}

/// Both flavours in one run of the encrypting build, which has a target folder of its own.
fn cipher() -> Step {
    let command = ["cargo", "run", "--release", "--package", "angen-bench"];
    let flavour = ["--features", "sqlcipher", "--target-dir", test::CIPHER_TARGET, "--", "cipher"];
    Step::new("bench-cipher", command.into_iter().chain(flavour))
        .needs(&[&need::C_COMPILER, &need::PERL_AND_MAKE])
}
