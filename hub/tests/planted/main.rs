//! Mistakes are planted in our own code one by one, and the simulated world notices each.
//!
//! A program of its own, since a planted mistake is everywhere in it (docs/planted.md lists them).
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]
#![allow(dead_code, reason = "what the world counts for its own test")]

#[path = "../world/check.rs"]
mod check;
#[path = "../world/device.rs"]
mod device;
#[path = "../world/dice.rs"]
mod dice;
#[path = "../world/net.rs"]
mod net;
#[path = "../world/newer.rs"]
mod newer;
#[path = "../world/run.rs"]
mod run;
#[path = "../world/scratch.rs"]
mod scratch;
#[path = "../world/site.rs"]
mod site;

use std::panic::{AssertUnwindSafe, catch_unwind};

use angen_core::planted::plant;

/// How many mistakes can be planted.
const BUGS: u8 = 25;
/// Seeds that a mistake has to show itself in.
const SEEDS: u64 = 200;

/// For each mistake a seed that notices it: tried first, so that a run is short.
const NOTICED_IN: [u64; 25] =
    [53, 2, 0, 55, 0, 0, 0, 0, 0, 1, 0, 14, 4, 14, 0, 92, 10, 44, 0, 1, 0, 10, 0, 8, 1];

#[test]
#[ignore = "minutes: cargo xtask test --only planted"]
fn every_planted_mistake_is_noticed() {
    let only = std::env::var("ANGEN_BUG").ok().map(|text| text.parse().expect("a number"));
    let mut unnoticed = Vec::new();
    for bug in 1..=BUGS {
        if only.is_some_and(|only: u8| only != bug) {
            continue;
        }
        plant(bug);
        let first = NOTICED_IN.get(usize::from(bug) - 1).copied();
        match first.into_iter().chain(0..SEEDS).find_map(notices) {
            Some((seed, what)) => println!("{bug}: noticed in seed {seed}: {what}"),
            None => unnoticed.push(bug),
        }
    }
    plant(0);
    assert!(unnoticed.is_empty(), "not noticed in {SEEDS} seeds: {unnoticed:?}");
}

/// What is wrong in a seed, also when the run itself did not get to its end.
fn notices(seed: u64) -> Option<(u64, String)> {
    let quiet = std::panic::take_hook();
    std::panic::set_hook(Box::new(|_| {}));
    let ended = catch_unwind(AssertUnwindSafe(|| run::run(seed)));
    std::panic::set_hook(quiet);
    let what = match ended {
        Ok(report) => report.faults.into_iter().next()?,
        Err(_) => "the run panicked".to_owned(),
    };
    Some((seed, what))
}
