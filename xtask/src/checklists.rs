//! `cargo xtask checklists`: writes the sample checklists as Excel workbooks again.
use std::path::Path;

use anyhow::Context;
use clap::Args;

use crate::runner::{self, RunArgs};
use crate::step::Step;
use crate::tidy::tree;

/// The program that writes the workbooks; it lives in the crate that holds the lists.
const PROGRAM: &str = "write-checklists";

/// Arguments of `cargo xtask checklists`.
#[derive(Args)]
pub(crate) struct ChecklistsArgs {
    /// Handed to the program as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Finds the crate that holds the program, and runs it.
pub(crate) fn run(root: &Path, args: &ChecklistsArgs) -> anyhow::Result<()> {
    let manifest = manifest_of(&tree::list(root)?).with_context(|| {
        format!("no crate has a program src/bin/{PROGRAM}.rs; nothing can write the workbooks")
    })?;
    let command = ["cargo", "run", "--manifest-path", &manifest, "--bin", PROGRAM, "--"];
    let handed_on = args.args.iter().map(String::as_str);
    let step = Step::new("checklists", command.into_iter().chain(handed_on));
    runner::run(root, vec![step], &RunArgs::default())
}

fn manifest_of(paths: &[String]) -> Option<String> {
    let [file, folder] = [format!("src/bin/{PROGRAM}.rs"), format!("src/bin/{PROGRAM}/main.rs")];
    paths.iter().find_map(|path| {
        let package = path.strip_suffix(&file).or_else(|| path.strip_suffix(&folder))?;
        Some(format!("{package}Cargo.toml"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_is_found_by_the_file_of_its_program() {
        let paths = |path: &str| vec!["README.md".to_owned(), path.to_owned()];
        let found = Some("core/forms/Cargo.toml".to_owned());
        assert_eq!(manifest_of(&paths("core/forms/src/bin/write-checklists.rs")), found);
        assert_eq!(manifest_of(&paths("core/forms/src/bin/write-checklists/main.rs")), found);
        assert_eq!(manifest_of(&paths("core/forms/src/lib.rs")), None);
    }
}
