//! `write-checklists [FOLDER]`: writes the workbooks beside their sources, by default in
//! `checklists/`.

#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a command line prints")]

use std::path::PathBuf;
use std::process::ExitCode;

fn main() -> ExitCode {
    let folder =
        std::env::args_os().nth(1).map_or_else(|| PathBuf::from("checklists"), PathBuf::from);
    match xtask_checklists::write_all(&folder) {
        Ok(paths) => {
            for path in paths {
                println!("{}", path.display());
            }
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("{error}");
            ExitCode::FAILURE
        }
    }
}
