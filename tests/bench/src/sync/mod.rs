//! What sync costs, through real HTTP to a hub in a process of its own, beside peers and floors.
//!
//! - [`sizes`]: how much is measured; [`records`]: what travels, the same on every side.
//! - [`first`]: the main line, a push and a first sync; [`edit`], [`media`], [`crowd`]: the others.
//! - [`hub`], [`plain`], [`peer`]: who is measured, each in a process of its own ([`child`]).
//! - [`page`], [`scale`]: what is written of it.

mod child;
mod crowd;
mod device;
mod edit;
mod first;
mod hub;
mod media;
mod page;
mod peer;
mod plain;
mod records;
mod scale;
mod sizes;

use std::process::ExitCode;

use crate::report::Report;
use crate::sync::page::{Figures, docs};
use crate::sync::sizes::Sizes;

pub(crate) use child::play;

/// The page that a full run writes.
const PAGE: &str = "benchmarks-sync.md";

const HEADING: &str = "# Benchmarks of sync\n\n\
    Written by `cargo xtask bench -- sync`.\n\
    The hub, the plain server and the peers run in processes of their own on the same machine, \
    over real HTTP on the loopback address; every side ends with a check of count and values.\n\
    Ours is signed, hashed, logged and receipted, and every receipt is verified by the device; the \
    floor does the same work without that.\n\
    A ratio is of times (or bytes): below 1, ours takes less.\n\
    The machine is shared with other builds, so the ratios say more than the times.\n\n";

/// A part of the bench.
type Part = fn(&mut Report, &mut Figures, &Sizes);

const PARTS: [(&str, Part); 4] =
    [("first", first::run), ("edit", edit::run), ("media", media::run), ("crowd", crowd::run)];

/// `sync` measures, all or the parts that are named; `scale` writes the tables of docs/scale.md
/// again, or checks that they are those.
pub(crate) fn run(command: &str, named: &[String], flags: &[String]) -> ExitCode {
    let has = |flag: &str| flags.iter().any(|given| given == flag);
    if command == "scale" {
        let page = std::fs::read_to_string(docs(PAGE)).expect("the page of the last full run");
        return scale::write(&Figures::of_page(&page), has("--check"));
    }
    let sizes = if has("--quick") { Sizes::QUICK } else { Sizes::FULL };
    let (mut report, mut figures) = (Report::default(), Figures::default());
    for (name, part) in PARTS {
        if named.is_empty() || named.iter().any(|given| given == name) {
            part(&mut report, &mut figures, &sizes);
        }
    }
    let text = format!("{HEADING}{}\n{}", report.to_table(), figures.to_markdown());
    println!("{text}");
    if has("--quick") || !named.is_empty() {
        return ExitCode::SUCCESS;
    }
    std::fs::write(docs(PAGE), &text).expect("docs/ can be written");
    // From the page, so that what is reckoned is what is shown.
    scale::write(&Figures::of_page(&text), false)
}
