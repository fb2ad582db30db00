//! `cargo xtask rules`: the page of the rules of the procedure: state, source, code and tests.
//!
//! The rules are data ([`TABLE`]); where they are applied and which tests stand for them is read
//! from the tree, so the page cannot say what is not so. The guard `rules` keeps it up to date.

mod page;
mod scan;
mod table;

use std::path::Path;

use anyhow::Context;

use crate::tidy::tree::Tree;

/// The table of the rules.
pub(crate) const TABLE: &str = "core/src/procedure/rules.tsv";

/// The page that is made.
pub(crate) const PAGE: &str = "docs/rules.md";

/// Makes the page again.
pub(crate) fn run(root: &Path) -> anyhow::Result<()> {
    let tree = Tree::read(root)?;
    let made = made(&tree)?;
    let path = root.join(PAGE);
    std::fs::write(&path, &made.text).with_context(|| format!("cannot write {PAGE}"))?;
    println!("{PAGE}: {}", made.summary);
    Ok(())
}

/// What the page must say, for the tree as it is.
///
/// # Errors
/// What is wrong with the table: the line, and why.
pub(crate) fn made(tree: &Tree) -> anyhow::Result<page::Made> {
    let text = tree.file(TABLE).and_then(|file| file.text());
    let rules = table::read(text.with_context(|| format!("{TABLE} is missing"))?)?;
    let scan = scan::Scan::of(tree);
    table::check(&rules, &scan)?;
    Ok(page::made(&rules, &scan))
}
