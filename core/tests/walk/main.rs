//! Random walks through a visit and its case, legal and illegal, beside a small model of what
//! counts: recording is never blocked, what cannot be is refused and changes nothing, and the
//! counts of the board are those of the model.
//!
//! A walk is the whole visit with some steps left out, swapped or done by somebody else, and with
//! others put in. So a failure shrinks to "the whole visit, but for these".
//! `PROPTEST_CASES=1000` walks further.
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod model;
#[path = "../withstand/scene.rs"]
#[allow(dead_code, reason = "shared with other tests, which use all of it")]
mod scene;
mod script;
mod walker;

use proptest::prelude::*;
use proptest::test_runner::RngSeed;

use crate::script::{Step, changes, scripts, whole};
use crate::walker::Walker;

/// Walks of a normal run: each takes about a hundred milliseconds.
const WALKS: u32 = 96;

/// The seed of a normal run.
const SEED: u64 = 2026;

/// Steps between two looks at the board; it is looked at after the last one as well.
const LOOK_EVERY: usize = 12;

fn walk(script: &[Step]) -> Walker {
    let mut walker = Walker::new();
    for (at, step) in script.iter().enumerate() {
        walker.take(step);
        if at % LOOK_EVERY == 0 {
            walker.compare();
        }
    }
    walker.compare();
    walker
}

#[test]
fn the_whole_visit_is_walked_to_its_end_and_everything_counts() {
    let walker = walk(&whole());
    assert_eq!(walker.model.counts(), [1, 2, 1, 1]);
}

#[test]
fn each_step_that_is_left_out_is_missed_as_the_model_says() {
    let script = whole();
    let mut counts = Vec::new();
    for left_out in 0..script.len() {
        let mut without = script.clone();
        without.remove(left_out);
        counts.push((left_out, walk(&without).model.counts()));
    }
    let matters = counts.iter().filter(|(_, counts)| *counts != [1, 2, 1, 1]).count();
    assert!(matters * 10 > script.len() * 9, "most steps matter: {counts:?}");
}

#[test]
#[should_panic(expected = "board and model")]
fn a_count_that_differs_from_the_models_is_found() {
    let mut walker = walk(&whole());
    walker.model.courseware = false;
    walker.compare();
}

/// The same walks in every run, and others with `PROPTEST_CASES`. A failure prints its walk, so no
/// file remembers it. Shrinking walks again and again, so it is bounded as well.
fn config() -> ProptestConfig {
    let mut config = ProptestConfig {
        max_shrink_iters: 400,
        failure_persistence: None,
        ..ProptestConfig::default()
    };
    if std::env::var_os("PROPTEST_CASES").is_none() {
        (config.cases, config.rng_seed) = (WALKS, RngSeed::Fixed(SEED));
    }
    config
}

proptest! {
    #![proptest_config(config())]

    #[test]
    fn whatever_is_walked_recording_goes_on_and_the_counts_are_the_models(script in scripts()) {
        let walked = std::panic::catch_unwind(|| drop(walk(&script)));
        prop_assert!(walked.is_ok(), "{}", changes(&script));
    }
}
