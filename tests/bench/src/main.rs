//! What the core costs, beside the floor that does the same work, measured in the same run.
//!
//! An absolute time means little on a shared machine, so each figure stands beside its floor: the
//! same reading, hashing, writing and syncing without what makes it evidence. Every measurement
//! is taken several times in turn with its floor, and the median of the ratios is what is shown.
//!
//! `cargo xtask bench` runs this and writes docs/benchmarks.md; `-- NAME` runs one.
//! `-- phone` measures the way over the boundary, from a JVM, and writes docs/benchmarks-phone.md.
//! `-- sync` measures a hub beside its peers and writes docs/benchmarks-sync.md, `-- sync --quick`
//! only shows that it runs, and `-- scale` writes the tables of docs/scale.md again.
#![allow(clippy::disallowed_methods, reason = "a bench reads the clock")]
#![allow(clippy::print_stdout, clippy::print_stderr, reason = "a bench prints")]

mod answer;
mod apply;
mod board;
mod capture;
#[cfg(feature = "sqlcipher")]
mod cipher;
mod document;
mod ledger;
mod open;
mod phone;
mod report;
mod rows;
mod search;
mod sync;
mod verify;

use std::process::ExitCode;

use report::Report;

/// Set in a child process that captures one large file and tells its peak memory.
pub(crate) const CHILD: &str = "ANGEN_BENCH_CHILD";

fn main() -> ExitCode {
    if let Ok(folder) = std::env::var(CHILD) {
        return capture::child(&folder);
    }
    if let Some(ended) = sync::play() {
        return ended;
    }
    let wanted: Vec<String> =
        std::env::args().skip(1).filter(|arg| !arg.starts_with("--")).collect();
    if let [command @ ("sync" | "scale"), ..] =
        &wanted.iter().map(String::as_str).collect::<Vec<_>>()[..]
    {
        let flags: Vec<String> = std::env::args().filter(|arg| arg.starts_with("--")).collect();
        return sync::run(command, &wanted[1..], &flags);
    }
    if wanted == ["phone"] {
        return phone::run();
    }
    let is_wanted = |name: &str| wanted.is_empty() || wanted.iter().any(|known| known == name);
    let mut report = Report::default();
    #[cfg(feature = "sqlcipher")]
    if wanted.iter().any(|name| name == "cipher") {
        cipher::run(&mut report);
        println!("{}", report.to_markdown());
        return ExitCode::SUCCESS;
    }
    type Bench = fn(&mut Report);
    let benches: [(&str, Bench); 9] = [
        ("capture", capture::run),
        ("answer", answer::run),
        ("apply", apply::run),
        ("board", board::run),
        ("document", document::run),
        ("open", open::run),
        ("rows", rows::run),
        ("search", search::run),
        ("verify", verify::run),
    ];
    for (name, bench) in benches {
        if is_wanted(name) {
            bench(&mut report);
        }
    }
    let text = report.to_markdown();
    println!("{text}");
    if wanted.is_empty() {
        let page = concat!(env!("CARGO_MANIFEST_DIR"), "/../../docs/benchmarks.md");
        std::fs::write(page, text).expect("docs/ can be written");
    }
    ExitCode::SUCCESS
}
