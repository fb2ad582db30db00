//! Plays the scenario files of tests/scenarios through the exported object, as Kotlin, Swift and
//! Python do, and compares the digest that each must end in.
//!
//! The seed stands in the environment, and a process must not change its own: so the test starts
//! itself once more with the seed set. `ANGEN_BLESS_SCENARIOS=1` writes the digests anew.

#![allow(clippy::unwrap_used, reason = "a player that fails says where by its panic")]

mod full;
mod kill;
mod life;
mod play;
mod shown;
mod verbs;
mod with;

use std::path::{Path, PathBuf};
use std::process::Command;

/// What every player sets; README.md says so to the others.
const SEED: (&str, &str) = ("ANGEN_SEEDED_CHANCE", "angen-scenarios");

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/scenarios")
}

/// The officer's visit.
fn visit() -> serde_json::Value {
    let text = std::fs::read_to_string(folder().join("visit_1211.json")).unwrap();
    serde_json::from_str(&text).unwrap()
}

#[test]
fn every_scenario_ends_in_its_digest() {
    let this = std::env::current_exe().unwrap();
    let out = Command::new(this)
        .args(["--exact", "with_the_seed_set", "--ignored", "--nocapture"])
        .env(SEED.0, SEED.1)
        .output()
        .unwrap();
    let said = [out.stdout, out.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    assert!(out.status.success(), "{}", said.concat());
}

#[test]
#[ignore = "every_scenario_ends_in_its_digest starts it, with the seed set"]
fn with_the_seed_set() {
    assert_eq!(std::env::var(SEED.0).as_deref(), Ok(SEED.1));
    let bless = std::env::var("ANGEN_BLESS_SCENARIOS").is_ok();
    let mut files: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.retain(|path| path.extension().is_some_and(|ending| ending == "json"));
    files.sort();
    assert!(files.len() >= 3, "{} has no scenarios", folder().display());
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        let scenario: serde_json::Value = serde_json::from_str(&text).unwrap();
        let digest = play::play(&scenario, &folder());
        let said = scenario["digest"].as_str().unwrap();
        if bless {
            std::fs::write(
                &file,
                text.replace(
                    &format!("\"digest\": \"{said}\""),
                    &format!("\"digest\": \"{digest}\""),
                ),
            )
            .unwrap();
        } else {
            assert_eq!(digest, said, "{}", file.display());
        }
        // The same again in another folder of the same name.
        assert_eq!(play::play(&scenario, &folder()), digest, "{} again", file.display());
    }
}
