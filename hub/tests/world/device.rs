//! A phone of the world: a store, an officer, and what may happen to both.

use std::path::PathBuf;
use std::sync::OnceLock;

use angen_core::action::{PlanAssistance, RecordTraining, record_training};
use angen_core::action::{
    RegisterEnterprise, WriteNote, capture_evidence, plan_assistance, register_enterprise,
    write_note,
};
use angen_core::desk::Desk;
use angen_core::error::Result;
use angen_core::store;
use angen_core::sync::limits::PART_BYTES;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_testing::files::{copy_folder, jpeg};
use angen_testing::township::{Cast, Township, capture, training};
use angen_testing::world::World;
use tempfile::TempDir;

use crate::dice::Dice;
use crate::newer::{NewerOp, write_newer};
use crate::scratch::scratch;

/// The keys of everybody: a phone holds its own, and the world knows which those are.
const KEYS: u64 = 7;

/// What an officer does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Verb {
    /// Writes a note.
    Note,
    /// Captures a photo.
    Capture,
    /// Plans an assistance visit: a new dossier.
    Plan,
    /// Registers an enterprise.
    Register,
    /// Records a training.
    Train,
    /// Writes something that no build here knows, as a newer build would.
    Newer,
}

/// Every verb.
pub(crate) const VERBS: [Verb; 6] =
    [Verb::Note, Verb::Capture, Verb::Plan, Verb::Register, Verb::Train, Verb::Newer];

/// A photo has at most so many bytes more than the smallest.
const PHOTO_MORE_BYTES: usize = 120_000;

/// A film has more bytes than one part, and at most so many more.
const FILM_MORE_BYTES: usize = 2 << 20;

/// A phone.
pub(crate) struct Device {
    folder: TempDir,
    pub(crate) town: Township,
    pub(crate) officer: WriterId,
    backup: Option<TempDir>,
    files: u32,
    /// What a newer build has just written on it.
    pub(crate) newer: Option<NewerOp>,
}

/// The township as it was when the phones were handed out.
fn template() -> &'static (PathBuf, Cast) {
    static TEMPLATE: OnceLock<(PathBuf, Cast)> = OnceLock::new();
    TEMPLATE.get_or_init(|| {
        // Lives as long as the test's process: phones are copied from it.
        let folder = scratch().keep();
        let town = Township::build(&folder, KEYS);
        town.store.pause().unwrap();
        (folder, town.cast.clone())
    })
}

impl Device {
    /// A phone of the township, of one of its people: the administrator has the first.
    pub(crate) fn hand_out(seed: u64, place: usize) -> Self {
        let (from, cast) = template();
        let folder = scratch();
        copy_folder(from, &folder.path().join("data")).unwrap();
        let world = World::with_seeds(KEYS, seed * 16 + place as u64 + 1);
        world.jump_ms(600_000 * (place as i64 + 1));
        let town = Township::open(&folder.path().join("data"), world, cast.clone());
        let people = [town.place.administrator, cast.officers[0], cast.officers[1], cast.mentor];
        Self { folder, officer: people[place], town, backup: None, files: 0, newer: None }
    }

    /// Does something. True when it was done.
    pub(crate) fn act(&mut self, verb: Verb, dice: &mut Dice) -> bool {
        self.files += 1;
        let words = format!("{verb:?} {} {}", self.files, dice.number());
        let desk = Desk::sign_in(&self.town.store, &self.town.ports, self.officer).unwrap();
        let dossier = self.some_dossier(dice);
        let done: Result<()> = match verb {
            Verb::Note => {
                let request = WriteNote { dossier, text: words, about: None };
                write_note(&desk, &request).map(drop)
            }
            Verb::Capture => {
                let bytes = photo(&words, dice.below(PHOTO_MORE_BYTES));
                let file = self.town.file(&format!("{}.jpg", self.files), &bytes);
                capture_evidence(&desk, &capture(file, dossier)).map(drop)
            }
            Verb::Newer => {
                let written = write_newer(&desk, dossier, &words, dice.below(3));
                written.map(|written| self.newer = Some(written))
            }
            Verb::Plan => {
                let plan = PlanAssistance {
                    round: 1,
                    profile: "rizhao-2021".to_owned(),
                    mentors: vec![self.town.cast.mentor],
                    round_dossier: None,
                };
                plan_assistance(&desk, &plan).map(drop)
            }
            Verb::Register => register_enterprise(&desk, &enterprise(words)).map(drop),
            Verb::Train => {
                let request: RecordTraining =
                    training(self.town.cast.assistance, self.town.cast.mentor);
                record_training(&desk, &request).map(drop)
            }
        };
        done.is_ok()
    }

    /// Captures a file. True when it was done.
    pub(crate) fn capture_bytes(&mut self, bytes: &[u8], dice: &mut Dice) -> bool {
        self.files += 1;
        let file = self.town.file(&format!("{}.jpg", self.files), bytes);
        let dossier = self.some_dossier(dice);
        let desk = Desk::sign_in(&self.town.store, &self.town.ports, self.officer).unwrap();
        capture_evidence(&desk, &capture(file, dossier)).is_ok()
    }

    /// The process ends, wherever it was, and starts again.
    pub(crate) fn restart(&mut self) {
        self.replace_store();
        self.town.world.reboot();
    }

    pub(crate) fn back_up(&mut self) {
        let backup = scratch();
        self.copy_to(&backup);
        self.backup = Some(backup);
    }

    /// The ops of its own writer that are here.
    pub(crate) fn own_ops(&self) -> Vec<Hash> {
        let mut own = Vec::new();
        let read = self.town.store.read(|read| {
            for dossier in store::dossiers(read)? {
                let ops = store::ops_of_dossier(read, dossier)?.into_iter();
                let ops = ops.filter(|stored| stored.op.header.writer == self.officer);
                own.extend(ops.map(|stored| stored.op.hash));
            }
            Ok(())
        });
        read.unwrap();
        own
    }

    /// Goes back to the copy. False when there is none.
    pub(crate) fn restore(&mut self) -> bool {
        let Some(backup) = self.backup.take() else { return false };
        self.become_copy_of(&backup);
        true
    }

    /// Becomes what another phone is, its person included.
    pub(crate) fn become_clone_of(&mut self, other: &Self) {
        let copy = scratch();
        other.copy_to(&copy);
        self.become_copy_of(&copy);
        self.officer = other.officer;
    }

    fn copy_to(&self, target: &TempDir) {
        self.town.store.pause().unwrap();
        copy_folder(&self.folder.path().join("data"), &target.path().join("data")).unwrap();
        self.town.store.resume().unwrap();
    }

    fn become_copy_of(&mut self, copy: &TempDir) {
        self.town.store.pause().unwrap();
        let data = self.folder.path().join("data");
        std::fs::remove_dir_all(&data).unwrap();
        copy_folder(&copy.path().join("data"), &data).unwrap();
        self.replace_store();
    }

    fn replace_store(&mut self) {
        let data = self.folder.path().join("data");
        let (world, cast) = (self.town.world.clone(), self.town.cast.clone());
        self.town = Township::open(&data, world, cast);
    }

    fn some_dossier(&self, dice: &mut Dice) -> DossierId {
        let all = self.town.store.read(store::dossiers).unwrap();
        dice.one_of(&all)
    }
}

/// A photo with so many bytes more than the smallest.
fn photo(words: &str, more: usize) -> Vec<u8> {
    let mut bytes = jpeg(words);
    bytes.resize(bytes.len() + more, 7);
    // One without its end is not taken.
    bytes.extend([0xff, 0xd9]);
    bytes
}

/// A file that takes two parts.
pub(crate) fn film(dice: &mut Dice) -> Vec<u8> {
    let parts = usize::try_from(PART_BYTES).unwrap();
    photo(&format!("film {}", dice.number()), parts + dice.below(FILM_MORE_BYTES))
}

/// An enterprise without a code.
pub(crate) fn enterprise(name: String) -> RegisterEnterprise {
    RegisterEnterprise {
        name,
        credit_code: None,
        no_code_reason: Some("个体户".to_owned()),
        address: "样例路二号".to_owned(),
        representative: None,
        industry: None,
    }
}
