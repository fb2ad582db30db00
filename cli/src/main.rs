//! The command line of Angen: text in, one verb of the core, words or JSON out.

mod args;
mod db_key;
mod demo;
mod folder;
mod host;
mod keys;
mod out;
mod picture;
mod qr;
mod session;
mod verbs;

use std::process::ExitCode;

use clap::Parser;

fn main() -> ExitCode {
    let cli = args::Cli::parse();
    ExitCode::from(out::finish(verbs::run(&cli), cli.json))
}
