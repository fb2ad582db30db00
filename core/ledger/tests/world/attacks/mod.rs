//! The semantic attacks, as data: what is done, by whom, and what comes of it.

mod container;
mod history;
mod log;
mod media;
mod people;
mod time;

use super::case::{Case, End};

/// Every attack.
pub(crate) fn all() -> impl Iterator<Item = &'static Case> {
    without_a_log().chain(log::ROWS)
}

/// The attacks on packages without a hub's log: those that packages.json was made from.
pub(crate) fn without_a_log() -> impl Iterator<Item = &'static Case> {
    let tables = [container::ROWS, history::ROWS, people::ROWS, time::ROWS, media::ROWS];
    tables.into_iter().flatten()
}

/// The attacks on a hub's log.
pub(crate) fn on_a_log() -> impl Iterator<Item = &'static Case> {
    log::ROWS.iter()
}

const INTRO: &str = "\
# What can be done to a package, and what comes of it

This page is written by the tests: `UPDATE=1 cargo test -p angen-ledger --test attacks` writes it anew, and a plain run fails when it differs.
Each row builds the package that it tells of and asserts the rules named here (their codes are in [protocol.md](protocol.md), section 9).
The reader knows the fingerprint of the authority's root, unless the row says otherwise.

- **Detected**: the package is refused, and the rule says where.
- **Bounded**: the package verifies, and the verdict shows what limits the gain.
- **Not prevented**: the package alone cannot show it; the last column says what catches it later.

*Anyone* holds the file and no key.
*The exporter* holds the key that closes the package.
*The writer* holds the key of the ops in question, *the issuer* the key of the authority, *the hub* the key of its log, *a stranger* keys of their own.
";

/// The page docs/attacks.md.
pub(crate) fn page() -> String {
    use std::fmt::Write as _;
    let mut page = INTRO.to_owned();
    for (end, title) in [
        (End::Detected, "Detected"),
        (End::Bounded, "Bounded"),
        (End::NotPrevented, "Not prevented by the package"),
    ] {
        let _ = write!(page, "\n## {title}\n\n| attack | who can do it | rules | by what |\n");
        page.push_str("|---|---|---|---|\n");
        for case in all() {
            let Some(told) = case.told.as_ref().filter(|told| told.end == end) else { continue };
            let mut rules = case.broken.join(", ");
            if !case.noted.is_empty() {
                let gap = if rules.is_empty() { "" } else { "; " };
                let _ = write!(rules, "{gap}noted: {}", case.noted.join(", "));
            }
            let rules = if rules.is_empty() { "none".to_owned() } else { rules };
            let _ = writeln!(page, "| {} | {} | {rules} | {} |", case.name, told.who, told.caught);
        }
    }
    page
}
