//! kill -9 at random points: what was acknowledged is there and verifies, and work goes on.
//!
//! 200 kills in every run, `ANGEN_KILLS=1000` for more; `ANGEN_KILL_SEED` chooses other points.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

use std::io::BufReader;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread;
use std::time::Duration;

use angen_core::action::{fsck, sweep};
use angen_core::domain::{Checklist, Evidence, read_all};
use angen_core::store::{self, Store};
use angen_ledger::blob::BlobKey;
use angen_ledger::hash::Hash;
use angen_ledger::testing::Chance;
use angen_testing::exchange::{pack, second_phone};
use angen_testing::files::copy_folder;
use angen_testing::picture::picture;
use angen_testing::township::{Cast, Township};
use angen_testing::world::{KILL_KEYS_SEED, World};
use tempfile::TempDir;

/// Kills on one database before a fresh one is taken, so that checking all of it stays quick.
const KILLS_EACH: u64 = 10;

/// The longest that a program works before it is killed, in microseconds.
const LIFE_US_MAX: u64 = 60_000;

/// Photos on the colleague's phone: enough that a kill often falls into receiving them.
const COLLEAGUE_PHOTOS: u32 = 150;

struct Field {
    folder: TempDir,
    cast: Cast,
    administrator: String,
    chance: Chance,
    runs: u64,
}

impl Field {
    /// A township to copy, and the points at which programs are killed.
    fn new(stream: u64) -> Self {
        // On the disk: in memory a program does thousands of things before it is killed.
        let folder = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
        let town = Township::build(&folder.path().join("base"), KILL_KEYS_SEED);
        let administrator = town.place.administrator.to_string();
        let seed = std::env::var("ANGEN_KILL_SEED").map_or(0, |seed| seed.parse().unwrap());
        let chance = Chance::new(stream + seed);
        Self { cast: town.cast.clone(), administrator, folder, chance, runs: 0 }
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// A fresh copy of the township.
    fn fresh(&self, name: &str) -> PathBuf {
        let path = self.path(name);
        let _ = std::fs::remove_dir_all(&path);
        copy_folder(&self.path("base"), &path).unwrap();
        path
    }

    fn below(&mut self, end: u64) -> u64 {
        u64::from_be_bytes(self.chance.bytes()) % end
    }

    /// Starts the program; each run has chance of its own.
    fn start(&mut self, work: &str, data: &Path) -> Child {
        self.runs += 1;
        let seed = 1_000 * (1 + self.below(1_000_000)) + self.runs;
        let officer = self.cast.officers[0].to_string();
        let writer = if work == "import" { &self.administrator } else { &officer };
        Command::new(env!("CARGO_BIN_EXE_field"))
            .args([work, data.to_str().unwrap(), &seed.to_string(), writer])
            .arg(self.cast.check.dossier.to_string())
            .arg(self.path("colleague"))
            .stdout(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// Lets the program work and kills it. Half of the time life is counted from the start, so
    /// that opening is hit; otherwise from the first acknowledgement. Gives the whole lines.
    fn run_and_kill(&mut self, work: &str, data: &Path) -> Vec<String> {
        let mut child = self.start(work, data);
        let mut out = BufReader::new(child.stdout.take().unwrap());
        let mut lines = Vec::new();
        if self.below(2) == 0 {
            lines.extend(next_line(&mut out));
        }
        thread::sleep(Duration::from_micros(self.below(LIFE_US_MAX)));
        child.kill().unwrap();
        child.wait().unwrap();
        lines.extend(std::iter::from_fn(|| next_line(&mut out)));
        lines
    }
}

/// The next line, if it is whole: half a line was not acknowledged.
fn next_line(out: &mut impl std::io::BufRead) -> Option<String> {
    let mut line = String::new();
    out.read_line(&mut line).unwrap();
    line.strip_suffix('\n').map(str::to_owned)
}

fn kills() -> u64 {
    std::env::var("ANGEN_KILLS").map_or(200, |kills| kills.parse().unwrap())
}

fn assert_clean(store: &Store) {
    let report = fsck(store).unwrap();
    assert_eq!((report.problems, report.pending), (Vec::new(), 0));
}

/// The captured op is there, and its blob is the file that was captured.
fn assert_captured(store: &Store, cast: &Cast, line: &str) {
    let op: Hash = line.parse().unwrap();
    let stored = store.read(|read| store::op_by_hash(read, op)).unwrap();
    let stored = stored.unwrap_or_else(|| panic!("{op} was acknowledged and is gone"));
    assert!(!stored.pending);
    let all: Vec<Evidence> = store.read(|read| read_all(read, cast.check.dossier)).unwrap();
    let evidence = all.into_iter().find(|evidence| evidence.op == op).unwrap();
    let key = stored.op.get("blob_key").and_then(|key| BlobKey::from_slice(key.as_bytes()?));
    let mut original = Vec::new();
    let blobs = store.blobs();
    let digests = blobs.decrypt(evidence.address, &key.unwrap(), &mut original).unwrap();
    assert_eq!(digests.sha256, evidence.sha256);
    let file = store.folder().join("inbox").join(&evidence.file_name);
    assert!(std::fs::read(file).unwrap() == original, "{op} has another content");
}

#[test]
fn an_acknowledged_capture_survives_the_end_of_its_program() {
    let mut field = Field::new(1);
    let mut acknowledged = 0;
    let mut data = field.fresh("capture");
    for kill in 0..kills() * 7 / 10 {
        if kill % KILLS_EACH == 0 {
            data = field.fresh("capture");
        }
        let lines = field.run_and_kill("capture", &data);
        let store = Store::open(&data).unwrap();
        for line in &lines {
            assert_captured(&store, &field.cast, line);
        }
        assert_clean(&store);
        acknowledged += lines.len() as u64;
    }
    // Half of the programs are killed after their first line, so a busy machine has these at least.
    assert!(acknowledged > kills() / 4, "only {acknowledged} captures: nothing was proved");
}

#[test]
fn a_killed_import_of_workbooks_leaves_whole_ones_and_is_taken_up_again() {
    let mut field = Field::new(2);
    let (mut data, mut whole, mut short) = (field.fresh("import"), 0, 0);
    for _ in 0..kills() * 3 / 20 {
        let lines = field.run_and_kill("import", &data);
        let store = Store::open(&data).unwrap();
        let library = angen_core::action::established(&store).unwrap().library;
        let held: Vec<Checklist> = store.read(|read| read_all(read, library)).unwrap();
        for line in &lines {
            assert_eq!(held.iter().filter(|list| list.list_id == *line).count(), 1, "{line}");
        }
        assert_clean(&store);
        drop(store);
        if held.len() == 5 {
            whole += 1;
            data = field.fresh("import");
        } else {
            short += 1;
        }
    }
    assert!(short > 0, "no import was cut short");
    assert!(whole + short > 20);
}

#[test]
fn a_killed_receipt_of_many_runs_took_all_of_them_or_none() {
    let mut field = Field::new(3);
    let base = Store::open(&field.path("base")).unwrap();
    drop(second_phone(&base, &field.path("colleague")).unwrap());
    drop(base);
    let world = World::with_seeds(KILL_KEYS_SEED, 99);
    world.wait_ms(24 * 3_600_000);
    let phone = Township::open(&field.path("colleague"), world, field.cast.clone());
    for number in 0..COLLEAGUE_PHOTOS {
        phone.photograph(&format!("colleague {number}")).unwrap();
    }
    let whole = picture(&phone.store).unwrap();
    assert!(pack(&phone.store).unwrap().runs.len() > COLLEAGUE_PHOTOS as usize);
    drop(phone);
    let blobs = field.path("colleague").join("blobs");
    let (mut all, mut none) = (0, 0);
    for _ in 0..kills() * 3 / 20 {
        let data = field.fresh("receive");
        copy_folder(&blobs, &data.join("blobs")).unwrap();
        let before = picture(&Store::open(&data).unwrap()).unwrap();
        let lines = field.run_and_kill("receive", &data);
        let store = Store::open(&data).unwrap();
        let after = picture(&store).unwrap();
        if after == before {
            assert_eq!(lines, [""; 0], "it was acknowledged and is gone");
            none += 1;
        } else {
            assert_eq!((after.digest, after.ops), (whole.digest, whole.ops));
            all += 1;
        }
        assert_clean(&store);
    }
    assert!(none > 0 && all > 0, "all {all} times, none {none} times");
}

#[test]
fn two_programs_are_killed_side_by_side_and_neither_loses_anything() {
    let mut field = Field::new(4);
    let data = field.fresh("two");
    for _ in 0..5 {
        let children = [field.start("capture", &data), field.start("capture", &data)];
        thread::sleep(Duration::from_millis(200));
        for mut child in children {
            let mut out = BufReader::new(child.stdout.take().unwrap());
            child.kill().unwrap();
            child.wait().unwrap();
            let store = Store::open(&data).unwrap();
            while let Some(line) = next_line(&mut out) {
                assert_captured(&store, &field.cast, &line);
            }
        }
        assert_clean(&Store::open(&data).unwrap());
    }
}

#[test]
fn a_killed_sweep_leaves_every_file_in_one_place_and_is_taken_up_again() {
    // A few are swept before most kills come, many are not: both ends are seen in every run.
    const LEFTOVERS: [u16; 2] = [20, 2_000];
    let mut field = Field::new(5);
    let (mut cut_short, mut all) = (0, 0);
    for run in 0..kills() / 10 {
        let data = field.fresh("swept");
        let leftovers = LEFTOVERS[usize::from(run % 2 == 1)];
        for number in 0..leftovers {
            let mut hash = [0; 32];
            hash[..2].copy_from_slice(&number.to_le_bytes());
            let name = Hash(hash).to_string();
            let folder = data.join("blobs").join(&name[..2]);
            std::fs::create_dir_all(&folder).unwrap();
            std::fs::write(folder.join(&name), &name).unwrap();
        }
        let lines = field.run_and_kill("sweep", &data);
        let store = Store::open(&data).unwrap();
        let aside = store.blobs().strays().unwrap();
        assert!(aside.len() >= lines.len(), "what was said to be set aside is not");
        for path in &aside {
            let name = path.file_name().unwrap().to_str().unwrap();
            assert_eq!(std::fs::read_to_string(path).unwrap(), name);
        }
        let report = fsck(&store).unwrap();
        assert_eq!(report.problems, []);
        assert_eq!(report.stray_files + report.set_aside_files, u64::from(leftovers));
        cut_short += u32::from(report.stray_files > 0);
        all += u32::from(report.stray_files == 0);
        let world = World::with_seeds(KILL_KEYS_SEED, 99);
        world.jump_ms(100 * 365 * 24 * 3_600_000);
        sweep(&store, &world.ports()).unwrap();
        let report = fsck(&store).unwrap();
        assert_eq!((report.stray_files, report.set_aside_files), (0, u64::from(leftovers)));
    }
    assert!(cut_short > 0 && all > 0, "{cut_short} cut short, {all} whole");
}

#[test]
fn a_sweep_with_a_wrong_clock_beside_captures_takes_no_acknowledged_one() {
    let mut field = Field::new(6);
    let (mut acknowledged, mut taken) = (0, 0);
    for _ in 0..3 {
        let data = field.fresh("beside");
        let mut children = ["stubborn", "sweep"].map(|work| field.start(work, &data));
        thread::sleep(Duration::from_millis(700));
        let lines = children.each_mut().map(|child| {
            child.kill().unwrap();
            child.wait().unwrap();
            let mut out = BufReader::new(child.stdout.take().unwrap());
            std::iter::from_fn(|| next_line(&mut out)).collect::<Vec<String>>()
        });
        let store = Store::open(&data).unwrap();
        for line in &lines[0] {
            assert_captured(&store, &field.cast, line);
        }
        assert_clean(&store);
        acknowledged += lines[0].len();
        taken += lines[1].len();
    }
    assert!(acknowledged > 0 && taken > 0, "{acknowledged} captures, {taken} swept");
}
