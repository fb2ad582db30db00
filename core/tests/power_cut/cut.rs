//! Records a verb, and cuts its record at every step.

use std::collections::HashSet;
use std::fmt;
use std::path::{Path, PathBuf};

use angen_powercut::{Choice, Fate, Image, Recording, Step, Tape, choices};
use angen_testing::picture::{Picture, picture};
use tempfile::TempDir;

use crate::judge::judge;
use crate::scene::Scene;
use crate::verbs::Verb;

/// The seed unless another is asked for.
const SEED: u64 = 2026;

/// The chance of the phone that starts again after the cut: another than before it.
const CHANCE_AFTER: u64 = 4_711;

/// Folders in memory, where there are such: hundreds of thousands of files are written.
const MEMORY: &str = "/dev/shm";

/// A verb, what the disk held before it, and every step from opening the database to closing it.
pub(crate) struct Record {
    pub(crate) verb: &'static Verb,
    base: Image,
    steps: Vec<Step>,
    /// What the database holds before the verb, and when it is done.
    pub(crate) before: Picture,
    pub(crate) after: Picture,
}

/// Which cuts and choices are tried.
pub(crate) struct Run {
    all: bool,
    seed: u64,
    single: Option<(String, usize, u64)>,
}

/// What was tried.
pub(crate) struct Covered {
    verb: &'static str,
    cuts: usize,
    /// Cuts within a long file, between others that say the same.
    skipped: usize,
    of: usize,
    folders: usize,
}

impl Default for Run {
    fn default() -> Self {
        Self { all: false, seed: SEED, single: None }
    }
}

impl Run {
    pub(crate) fn from_environment() -> Self {
        let word = std::env::var("ANGEN_POWER_CUT").unwrap_or_default();
        let seed = std::env::var("ANGEN_POWER_CUT_SEED").map_or(SEED, |seed| seed.parse().unwrap());
        let mut parts = word.rsplitn(3, ':');
        let mut part = || parts.next();
        let (choice, cut, verb) = (part(), part(), part());
        let single = verb.map(|verb| {
            (verb.to_owned(), cut.unwrap().parse().unwrap(), choice.unwrap().parse().unwrap())
        });
        // A repeated choice may be one of the many.
        Self { all: word == "all" || single.is_some(), seed, single }
    }

    pub(crate) fn is_single(&self) -> bool {
        self.single.is_some()
    }

    pub(crate) fn is_wanted(&self, verb: &Verb) -> bool {
        self.single.as_ref().is_none_or(|(name, _, _)| *name == verb.name)
    }

    fn is_wanted_cut(&self, cut: usize, choice: &Choice) -> bool {
        let same = |at: usize, number: u64| at == cut && number == choice.number;
        self.single.as_ref().is_none_or(|(_, at, number)| same(*at, *number))
    }
}

impl fmt::Display for Covered {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { verb, cuts, skipped, of, folders } = self;
        write!(f, "{verb}: crash points covered {cuts} of {of}, in {folders} folders")?;
        match skipped {
            0 => Ok(()),
            _ => write!(f, "; {skipped} within a long file wait for ANGEN_POWER_CUT=all"),
        }
    }
}

impl Covered {
    /// Whether every cut was tried, but for those within a long file.
    pub(crate) fn is_whole(&self) -> bool {
        self.cuts + self.skipped == self.of
    }
}

impl Record {
    /// Records a verb.
    pub(crate) fn of(verb: &'static Verb) -> Self {
        Self::made(verb, |_| {}, |_| {})
    }

    /// Records a verb on files that something was added to, and a scene that was spoiled.
    pub(crate) fn made(
        verb: &'static Verb,
        add: impl FnOnce(&Path),
        spoil: impl FnOnce(&Scene),
    ) -> Self {
        let folder = memory();
        let root = folder.path().to_owned();
        if verb.name != "establish" {
            Scene::prepare(&root);
        }
        add(&root);
        let base = Image::read(&root).unwrap();
        let recording = Recording::begin(&root).unwrap();
        let scene = open(verb, folder, 8);
        spoil(&scene);
        let before = picture(&scene.town.store).unwrap();
        (verb.run)(&scene).unwrap();
        recording.acknowledge();
        let after = picture(&scene.town.store).unwrap();
        let folder = scene.close();
        let steps = recording.end();
        let record = Self { verb, base, steps, before, after };
        let tape = record.tape();
        let whole = tape.image(tape.len(), &Choice { number: 0, fates: [].into() });
        assert!(whole == Image::read(folder.path()).unwrap(), "{}: a gap", verb.name);
        record
    }

    /// Leaves steps out, as if the program had not asked for them.
    pub(crate) fn forget(&mut self, forgotten: impl Fn(&Step) -> bool) {
        let held = self.steps.len();
        self.steps.retain(|step| !forgotten(step));
        assert!(self.steps.len() < held, "there was no such step");
    }

    fn tape(&self) -> Tape {
        Tape::new(self.base.clone(), self.steps.clone())
    }

    /// The files that were safe before the verb began, for a look whether any is lost.
    pub(crate) fn base(&self) -> &Image {
        &self.base
    }
}

/// A folder in memory.
fn memory() -> TempDir {
    let place = Path::new(MEMORY);
    let place = if place.is_dir() { place.to_owned() } else { std::env::temp_dir() };
    TempDir::new_in(place).unwrap()
}

/// Opens the scene of a verb.
fn open(verb: &Verb, folder: TempDir, chance_seed: u64) -> Scene {
    match verb.name {
        "establish" => Scene::empty_at(folder, chance_seed),
        _ => Scene::at(folder, chance_seed),
    }
}

/// Cuts a record at every step. What is wrong is said with all that repeats it.
pub(crate) fn cut_everywhere(record: &Record, run: &Run) -> Result<Covered, String> {
    let tape = record.tape();
    let mut seen: HashSet<(bool, Vec<(usize, Fate)>)> = HashSet::new();
    let mut covered =
        Covered { verb: record.verb.name, cuts: 0, skipped: 0, of: tape.len() + 1, folders: 0 };
    for cut in 0..=tape.len() {
        if !run.all && tape.is_within_a_long_file(cut) {
            covered.skipped += 1;
            continue;
        }
        let acknowledged = tape.is_acknowledged(cut);
        for choice in choices(&tape.unsynced(cut), cut, run.seed, run.all) {
            // Equal folders need one look, but for a failure that is to be repeated.
            let is_new = seen.insert((acknowledged, tape.trace(cut, &choice)));
            if !run.is_wanted_cut(cut, &choice) || !(is_new || run.is_single()) {
                continue;
            }
            covered.folders += 1;
            let folder = memory();
            tape.image(cut, &choice).write(folder.path()).unwrap();
            plant_shared_memory(record.verb, folder.path(), choice.number);
            let again = |folder: TempDir| open(record.verb, folder, CHANCE_AFTER);
            // Whatever is left, the plainest two of it are gone on from at every cut.
            let again = (run.all || choice.number <= 1).then_some(again);
            judge(record, acknowledged, folder, again)
                .map_err(|why| told(&tape, record.verb.name, cut, &choice, run.seed, &why))?;
        }
        covered.cuts += 1;
    }
    Ok(covered)
}

/// SQLite's shared memory may survive with anything in it; nobody may believe it.
fn plant_shared_memory(verb: &Verb, folder: &Path, number: u64) {
    let data = folder.join(if verb.name == "establish" { "empty" } else { "data" });
    if number % 2 == 1 && data.join("angen.db").exists() {
        std::fs::write(data.join("angen.db-shm"), [0x5a; 32_768]).unwrap();
    }
}

fn told(tape: &Tape, verb: &str, cut: usize, choice: &Choice, seed: u64, why: &str) -> String {
    let number = choice.number;
    let mut words = format!(
        "{why}\n  repeat: ANGEN_POWER_CUT_SEED={seed} ANGEN_POWER_CUT='{verb}:{cut}:{number}'\n"
    );
    let next = if cut < tape.len() { tape.words(cut) } else { String::new() };
    words.push_str(&format!("  the power went before: {next}\n"));
    for (at, fate) in &choice.fates {
        words.push_str(&format!("  not synced: {fate:?}: {}\n", tape.words(*at)));
    }
    words
}

/// Where the database of a verb's scene lies below its folder.
pub(crate) fn data_of(verb: &Verb) -> PathBuf {
    PathBuf::from(if verb.name == "establish" { "empty" } else { "data" })
}
