//! The app ends by kill -9 inside any call of the visit, and behind it: what had returned is there,
//! nothing half done is, and the next life goes on with the visit to its end.

use std::time::Duration;

use angen_bindings::software_keys;
use angen_core::action::fsck;
use angen_core::store::{self, Store};
use angen_testing::files::copy_folder;
use serde_json::Value;
use tempfile::TempDir;

use crate::life::{Go, Life};
use crate::play::{self, Kept, Stage};

/// How far into a call its process may be killed at the first try, in microseconds: a fast machine
/// has done most calls by then, and each try after it goes further.
const CALL_US_MAX: u64 = 2_000;

/// A phone on which one life of the app follows another.
struct Phone {
    scenario: Value,
    folder: TempDir,
    /// The step that is next.
    next: usize,
    /// What the calls gave that returned, as far as later ones need it.
    kept: Kept,
    /// What is held since the last call that returned.
    digest: String,
}

impl Phone {
    fn new() -> Self {
        let (scenario, folder) = (crate::visit(), on_disk());
        let kept = play::first_kept(&scenario, &crate::folder(), folder.path());
        let mut phone = Self { scenario, folder, next: 0, kept, digest: String::new() };
        phone.digest = phone.stage().digest();
        phone
    }

    fn is_done(&self) -> bool {
        self.next == play::steps(&self.scenario)
    }

    fn stage(&self) -> Stage {
        let keys = software_keys(self.folder.path().join("keys"));
        Stage::open(self.folder.path().join("phone"), keys, self.kept.clone())
    }

    fn start(&self) -> Life {
        Life::start(self.folder.path(), self.next, &self.kept)
    }

    /// Takes over what a call gave that returned.
    fn note(&mut self, said: &Value) {
        assert_eq!(said["returned"], self.next, "{said}");
        self.next += 1;
        self.kept = serde_json::from_value(said["kept"].clone()).unwrap();
        self.digest = said["digest"].as_str().unwrap().to_owned();
    }

    /// Opens what a life left, as the next start of the app does: all of it must be whole. Gives
    /// the digest of what is held, and how many ops that is.
    fn reopened(&self) -> (String, u64) {
        let store = Store::open(&self.folder.path().join("phone")).unwrap();
        let report = fsck(&store).unwrap();
        assert_eq!((report.problems, report.pending), (Vec::new(), 0), "step {}", self.next + 1);
        let ops = store.read(store::count_ops).unwrap();
        drop(store);
        let stage = self.stage();
        assert!(stage.inspector.recovery().unwrap().damaged.is_empty());
        (stage.digest(), ops)
    }

    /// The same phone a second time, as it is now: a life that stands still has it open.
    fn copied(&self) -> Self {
        let folder = on_disk();
        copy_folder(self.folder.path(), folder.path()).unwrap();
        let (scenario, kept, digest) =
            (self.scenario.clone(), self.kept.clone(), self.digest.clone());
        Self { scenario, folder, next: self.next, kept, digest }
    }

    /// Makes the next call in this process. The whole of it must come to so many ops.
    fn played_on(mut self, ops: u64) -> Self {
        let mut stage = self.stage();
        stage.step(&self.scenario, self.next);
        (self.next, self.digest) = (self.next + 1, stage.digest());
        self.kept = std::mem::take(&mut stage.kept);
        drop(stage);
        assert_eq!(self.reopened().1, ops, "step {} is there in part", self.next);
        self
    }
}

/// A folder on the disk: in memory, where other tests have theirs, a call is over before anybody
/// can kill it.
fn on_disk() -> TempDir {
    tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap()
}

#[test]
fn killed_inside_each_call_and_behind_it_the_visit_comes_to_its_end() {
    let mut phone = Phone::new();
    let mut met = 0;
    while !phone.is_done() {
        let place = format!("step {}", phone.next + 1);
        // Inside: the seal is made and not yet written. A call that only reads returns instead.
        let mut life = phone.start();
        let said = life.go(Go::StandAtSignature).unwrap_or_else(|| panic!("{place} failed"));
        life.kill();
        met += u32::from(said["signs"] == true);
        assert_eq!(phone.reopened().0, phone.digest, "killed inside {place}");
        // Behind: it has returned, and nothing else was done since.
        let mut life = phone.start();
        let said = life.go(Go::On).unwrap_or_else(|| panic!("{place} failed"));
        life.kill();
        phone.note(&said);
        assert_eq!(phone.reopened().0, phone.digest, "killed behind {place}");
    }
    assert!(met > 35, "only {met} calls were met while they signed");
}

#[test]
fn killed_at_any_moment_of_any_call_all_of_it_is_there_or_nothing() {
    let mut phone = Phone::new();
    let mut chance = angen_ledger::testing::Chance::new(5);
    let mut ends = Ends::default();
    let mut tries = 0;
    while !phone.is_done() {
        tries += 1;
        let mut life = phone.start();
        let before = phone.copied();
        life.send(Go::On);
        // Longer with each try, so that the visit ends on a slow machine too.
        let moment = u64::from_be_bytes(chance.bytes()) % (CALL_US_MAX * tries);
        std::thread::sleep(Duration::from_micros(moment));
        let said = life.kill();
        let (digest, ops) = phone.reopened();
        match said {
            Some(said) => {
                phone.note(&said);
                assert_eq!(digest, phone.digest, "step {} returned", phone.next);
                ends.returned += 1;
            }
            None if digest == phone.digest => {
                ends.nothing += 1;
                continue;
            }
            // It was written, and its end was not told.
            None => {
                phone = before.played_on(ops);
                ends.untold += 1;
            }
        }
        tries = 0;
    }
    println!("{ends:?}");
    assert!(ends.nothing > 10 && ends.returned > 10, "{ends:?}");
}

/// How calls ended whose process was killed.
#[derive(Debug, Default)]
struct Ends {
    returned: u32,
    untold: u32,
    nothing: u32,
}
