//! kill -9 of `angen` at random points: what it answered is there, and the package verifies.
//!
//! 40 kills in every run, beside the 200 of tests/support/tests/kill.rs, which kill a program
//! that works on in one process; `ANGEN_KILLS=1000` for more; `ANGEN_KILL_SEED` chooses other
//! points.

use std::collections::BTreeMap;
use std::process::{Command, Stdio};
use std::thread;
use std::time::Duration;

use angen_testing::files::{contents, jpeg};
use fastrand::Rng;
use serde_json::Value;

use crate::program::{Program, one_line_of_json, text};
use crate::town::{Town, typed, workbook};

/// Kills on one database before a fresh one is taken.
const KILLS_EACH: u64 = 10;

/// The life that the first program gets at most, in microseconds; the next ones follow from it.
const LIFE_US: u64 = 200_000;

/// The workbooks that the township does not have yet.
const LISTS: [&str; 4] = ["gm", "fe", "hc", "ls"];

fn kills() -> u64 {
    std::env::var("ANGEN_KILLS").map_or(40, |kills| kills.parse().unwrap())
}

/// Kills programs, and learns how long they live on this machine.
struct Killer {
    chance: Rng,
    life_us: u64,
    acknowledged: u64,
    cut_short: u64,
}

impl Killer {
    fn new(stream: u64) -> Self {
        let seed = std::env::var("ANGEN_KILL_SEED").map_or(0, |seed| seed.parse().unwrap());
        let chance = Rng::with_seed(stream + seed);
        Self { chance, life_us: LIFE_US, acknowledged: 0, cut_short: 0 }
    }

    /// Starts a line, lets it work for a while and kills it. Gives what it answered, if it did.
    fn run_and_kill(&mut self, mut command: Command) -> Option<Value> {
        let piped = command.stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = piped.spawn().unwrap();
        thread::sleep(Duration::from_micros(self.chance.u64(0..self.life_us)));
        child.kill().unwrap();
        let output = child.wait_with_output().unwrap();
        assert_ne!(output.status.code(), Some(1), "{}", String::from_utf8_lossy(&output.stderr));
        // Half a line was not acknowledged.
        let out = String::from_utf8_lossy(&output.stdout).into_owned();
        let answer = out.ends_with('\n').then(|| one_line_of_json(&out));
        assert!(answer.is_some() || !output.status.success());
        // Three of ten programs come to their end, so most kills fall into the work.
        match answer {
            Some(_) => {
                self.acknowledged += 1;
                self.life_us = self.life_us * 4 / 5;
            }
            None => {
                self.cut_short += 1;
                self.life_us = self.life_us * 11 / 10;
            }
        }
        answer
    }

    /// Without both kinds of ends nothing was proved.
    fn assert_both_ends(&self) {
        let ends = (self.acknowledged, self.cut_short);
        assert!(ends.0 > 0 && ends.1 > 0, "acknowledged and cut short: {ends:?}");
    }
}

fn assert_clean(town: &Town) {
    let report = town.program().json(&["fsck"]);
    let found = (&report["problems"], &report["pending"]);
    assert_eq!(found, (&serde_json::json!([]), &0.into()), "{report}");
}

/// The package of the check verifies, and every file that was acknowledged comes out of it.
fn assert_handed_over(town: &Town, acknowledged: &BTreeMap<String, Vec<u8>>) {
    let package = town.package();
    let opened = typed(&town.path("opened"));
    let line = ["open", &package, "--out", &opened, "--root", &town.cast.root];
    let answer = Program::bare().json(&line);
    assert_eq!(answer["verdict"]["verdict"], "verifies");
    let folder = town.path("opened").join(angen_page::ORIGINALS_FOLDER);
    let originals = contents(&folder).unwrap();
    for (sha256, bytes) in acknowledged {
        let found = originals.iter().find(|(.., hash)| hash.to_string() == *sha256);
        let (path, ..) = found.unwrap_or_else(|| panic!("{sha256} was acknowledged and is gone"));
        assert!(std::fs::read(path).unwrap() == *bytes, "{sha256} has another content");
    }
}

#[test]
fn a_capture_that_answered_survives_the_end_of_the_program() {
    let mut killer = Killer::new(1);
    let batches = (kills() * 7 / 10).div_ceil(KILLS_EACH);
    for batch in 0..batches {
        let town = Town::new();
        let mut acknowledged = BTreeMap::new();
        for number in 0..KILLS_EACH {
            // Of several lengths, so that kills fall into different steps.
            let bytes =
                jpeg(&format!("{batch} {number} ").repeat(1 + (number as usize % 3) * 4_000));
            let file = town.file(&format!("{number}.jpg"), &bytes);
            let line = ["capture", &file, "--dossier", &town.cast.check, "--caption", "现场"];
            let program = town.first().with(&["--json"]);
            if let Some(answer) = killer.run_and_kill(program.line(&line)) {
                acknowledged.insert(text(&answer, "/sha256").to_owned(), bytes);
            }
            assert_clean(&town);
        }
        // Work goes on.
        let bytes = jpeg(&format!("the last of {batch}"));
        let file = town.file("last.jpg", &bytes);
        let line = ["capture", &file, "--dossier", &town.cast.check, "--caption", "最后一张"];
        let answer = town.first().json(&line);
        acknowledged.insert(text(&answer, "/sha256").to_owned(), bytes);
        assert_handed_over(&town, &acknowledged);
    }
    killer.assert_both_ends();
}

/// How often each list is in the library, with the id of its newest.
fn library(town: &Town) -> BTreeMap<String, (u32, String)> {
    let mut held = BTreeMap::new();
    for list in town.program().json(&["checklists"]).as_array().unwrap() {
        let entry = held.entry(text(list, "/list_id").to_owned()).or_insert((0, String::new()));
        *entry = (entry.0 + 1, text(list, "/checklist").to_owned());
    }
    held
}

#[test]
fn an_import_that_answered_is_whole_and_one_that_did_not_is_taken_up_again() {
    let mut killer = Killer::new(2);
    let mut town = Town::new();
    for _ in 0..kills() * 3 / 10 {
        let before = library(&town);
        let open = LISTS.iter().find(|list| !before.contains_key(&format!("angen_{list}")));
        let Some(list) = open else {
            town = Town::new();
            continue;
        };
        let program = town.admin().with(&["--json"]);
        let answer = killer.run_and_kill(program.line(&["import", &workbook(list)]));
        let mut after = library(&town);
        let new = after.remove(&format!("angen_{list}"));
        assert_eq!(after, before, "other lists have changed");
        if let Some(answer) = answer {
            let id = text(&answer, "/checklist").to_owned();
            assert_eq!(new, Some((1, id)), "{list} was acknowledged");
        }
        assert_clean(&town);
    }
    killer.assert_both_ends();
    for list in LISTS {
        town.admin().json(&["import", &workbook(list)]);
    }
    let held = library(&town);
    assert!(
        held.len() == LISTS.len() + 1 && held.values().all(|(count, _)| *count == 1),
        "{held:?}"
    );
    assert_clean(&town);
}
