//! `cargo xtask checklists`: writes the sample checklists as Excel workbooks again.
use std::path::Path;

use anyhow::Context;
use clap::Args;

use crate::runner::{self, RunArgs};
use crate::step::Step;
use crate::tidy::tree::Tree;

/// The program that writes the workbooks; it lives in the crate that holds the lists.
const PROGRAM: &str = "write-checklists";

/// Arguments of `cargo xtask checklists`.
#[derive(Args)]
pub(crate) struct ChecklistsArgs {
    /// Handed to the program as they are.
    #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
    args: Vec<String>,
}

/// Finds the crate whose manifest names the program, and runs it.
pub(crate) fn run(root: &Path, args: &ChecklistsArgs) -> anyhow::Result<()> {
    let tree = Tree::read(root)?;
    let manifest = manifest_of(&tree).with_context(|| {
        format!("no Cargo.toml has a program named {PROGRAM}; nothing can write the workbooks")
    })?;
    let command = ["cargo", "run", "--manifest-path", manifest, "--bin", PROGRAM, "--"];
    let handed_on = args.args.iter().map(String::as_str);
    let step = Step::new("checklists", command.into_iter().chain(handed_on));
    runner::run(root, vec![step], &RunArgs::default())
}

fn manifest_of(tree: &Tree) -> Option<&str> {
    let name = format!("name = \"{PROGRAM}\"");
    let manifests = tree.files.iter().filter(|file| file.path.ends_with("Cargo.toml"));
    manifests
        .filter(|file| file.lines().any(|(_, line)| line == name))
        .map(|file| file.path.as_str())
        .next()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_crate_is_found_by_the_name_of_its_program() {
        let other = ("core/forms/Cargo.toml", "[package]\nname = \"angen-forms\"\n");
        let wanted = ("tools/a/Cargo.toml", "[[bin]]\nname = \"write-checklists\"\n");
        assert_eq!(manifest_of(&Tree::planted(&[other, wanted])), Some("tools/a/Cargo.toml"));
        assert_eq!(manifest_of(&Tree::planted(&[other])), None);
    }
}
