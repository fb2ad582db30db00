//! A township in a simulated world: phones that write, one hub, sticks, and a network that loses,
//! doubles, delays, cuts and alters; everything from one seed.
//!
//! The phones are real stores with real verbs, the hub is the real one without its sockets, and
//! every request of the real session passes through the hands of the world. After the last fault
//! the network heals, and then everybody must hold the same, with receipts for all of it; nothing
//! of a revoked phone counts, nothing that was erased is in a file, and who was lied to knows.
//!
//! `ANGEN_SEEDS=5000` runs more, `ANGEN_SEED=17` one alone and tells what happened in it.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod check;
mod device;
mod dice;
mod net;
mod newer;
mod run;
mod scratch;
mod site;

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use crate::run::run;

/// Seeds in a usual run.
const SEEDS: u64 = 200;

/// Seeds further out that found a mistake (numbers 44 to 46, 51, 52, 54): they run each time.
const FOUND: [u64; 7] = [557, 735, 875, 1_842, 2_090, 4_418, 4_588];

fn number_of(name: &str) -> Option<u64> {
    std::env::var(name).ok().map(|text| text.parse().expect("a number"))
}

#[test]
fn after_healing_everybody_holds_the_same_with_receipts() {
    if let Some(seed) = number_of("ANGEN_SEED") {
        let report = run(seed);
        println!("{}", report.trace.join("\n"));
        assert!(report.faults.is_empty(), "seed {seed}: {:#?}", report.faults);
        return;
    }
    let seeds = number_of("ANGEN_SEEDS").unwrap_or(SEEDS);
    let all: Vec<u64> = (0..seeds).chain(FOUND.into_iter().filter(|it| *it >= seeds)).collect();
    let (next, met) = (AtomicUsize::new(0), Mutex::new(BTreeMap::<String, u64>::new()));
    std::thread::scope(|scope| {
        for _ in 0..std::thread::available_parallelism().map_or(1, usize::from) {
            scope.spawn(|| {
                while let Some(seed) = all.get(next.fetch_add(1, Ordering::Relaxed)) {
                    for name in try_seed(*seed) {
                        *met.lock().unwrap().entry(name).or_default() += 1;
                    }
                }
            });
        }
    });
    let met = met.into_inner().unwrap();
    println!("{seeds} seeds; met: {met:#?}");
    let missing: Vec<String> =
        run::all_to_meet().into_iter().filter(|name| !met.contains_key(name)).collect();
    assert!(seeds < SEEDS || missing.is_empty(), "never met in {seeds} seeds: {missing:?}");
}

/// Runs a seed, one of ten twice. What it met.
fn try_seed(seed: u64) -> BTreeSet<String> {
    let report = run(seed);
    assert!(
        report.faults.is_empty(),
        "seed {seed} (ANGEN_SEED={seed} replays it): {:#?}",
        report.faults
    );
    if seed.is_multiple_of(10) {
        assert!(run(seed).trace == report.trace, "seed {seed} has two traces");
    }
    report.met
}
