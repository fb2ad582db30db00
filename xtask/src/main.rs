//! The doors of the project: one command each to set up, test, check, measure and fuzz it.
//!
//! A subcommand is one file. It turns its arguments into a list of [`step::Step`] values; the one
//! [`runner`] runs them, so every subcommand prints, stops and sums up in the same way.
//! `cargo xtask --help` lists the doors; CONTRIBUTING.md says when to use which.
#![allow(
    clippy::print_stdout,
    clippy::print_stderr,
    reason = "a developer's tool speaks through the terminal; no library uses this crate"
)]

mod android;
mod bench;
mod checklists;
mod ci;
mod closing;
mod fuzz;
mod kotlin;
mod memory;
mod need;
mod python;
mod root;
mod rules;
mod runner;
mod setup;
mod step;
mod swift;
mod targets;
mod test;
mod tidy;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// The doors of the project.
#[derive(Parser)]
#[command(name = "cargo xtask", bin_name = "cargo xtask")]
struct Cli {
    #[command(subcommand)]
    door: Door,
}

#[derive(Subcommand)]
enum Door {
    /// Install what is missing on this machine (Debian), then stop.
    Setup(setup::SetupArgs),
    /// Run every test and guard that a change must pass; quick ones first.
    Test(test::TestArgs),
    /// Run everything that `test` runs, then docs, licences, advisories and spelling.
    Ci(test::TestArgs),
    /// Check the guards that no compiler knows: lengths, forbidden paths, frozen files, links.
    Tidy(tidy::TidyArgs),
    /// Measure: each figure beside its floor from the same run.
    Bench(bench::BenchArgs),
    /// Fuzz each target for a while (nightly Rust and cargo-fuzz).
    Fuzz(fuzz::FuzzArgs),
    /// Type-check what phones load, for the targets of phones (minutes each; Debian).
    Targets(targets::TargetsArgs),
    /// Write docs/rules.md again: each rule, its state, source, code and tests.
    Rules,
    /// Write the sample checklists as Excel workbooks again.
    Checklists(checklists::ChecklistsArgs),
}

fn main() -> ExitCode {
    let root = root::find();
    let outcome = match Cli::parse().door {
        Door::Setup(args) => setup::run(&root, &args),
        Door::Test(args) => test::run(&root, &args),
        Door::Ci(args) => ci::run(&root, &args),
        Door::Tidy(args) => tidy::run(&root, &args),
        Door::Bench(args) => bench::run(&root, &args),
        Door::Fuzz(args) => fuzz::run(&root, &args),
        Door::Targets(args) => targets::run(&root, &args),
        Door::Rules => rules::run(&root),
        Door::Checklists(args) => checklists::run(&root, &args),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("\nerror: {error:#}");
            ExitCode::FAILURE
        }
    }
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    #[test]
    fn the_arguments_of_every_door_are_consistent() {
        super::Cli::command().debug_assert();
    }
}
