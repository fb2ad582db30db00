//! Two phones of one township that exchange what they have, by sealed runs as over a wire.

use std::sync::LazyLock;

use angen_core::action::{
    ConflictList, CorrectFinding, DecideConflict, conflicts, correct_finding, decide_conflict,
};
use angen_core::desk::Desk;
use angen_core::domain::{Consequence, Finding, read_one};
use angen_core::error::Result;
use angen_core::store;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, WriterId};
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::files::copy_folder;
use angen_testing::follow_up::{FollowUpCast, build_follow_up};
use angen_testing::township::{Cast, Township};
use angen_testing::world::World;
use tempfile::TempDir;

const KEYS_SEED: u64 = 7;

/// Longer than the building of the township takes by its own clock.
const LATER_MS: u32 = 24 * 3_600_000;

/// A township that is built once: its folder, who is in it, and what follows its finding.
static BUILT: LazyLock<(TempDir, Cast, FollowUpCast)> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), KEYS_SEED);
    let (cast, follow_up) = (town.cast.clone(), build_follow_up(&town));
    drop(town);
    (folder, cast, follow_up)
});

/// Two phones that had the same when the test began. The first officer works on the first.
pub(crate) struct Phones {
    pub(crate) one: Township,
    pub(crate) two: Township,
    pub(crate) follow_up: FollowUpCast,
    pub(crate) check: DossierId,
    _folder: TempDir,
}

impl Phones {
    pub(crate) fn new() -> Self {
        let (built, cast, follow_up) = &*BUILT;
        let folder = tempfile::tempdir().unwrap();
        let first = folder.path().join("one");
        copy_folder(&built.path().join("data"), &first).unwrap();
        let one = Township::open(&first, world(21), cast.clone());
        let second = folder.path().join("two");
        drop(second_phone(&one.store, &second).unwrap());
        let two = Township::open(&second, world(22), cast.clone());
        Self { one, two, follow_up: *follow_up, check: cast.check.dossier, _folder: folder }
    }

    /// The first officer, on the first phone.
    pub(crate) fn wang(&self) -> Desk<'_> {
        self.one.officer()
    }

    /// The second officer, on the second phone.
    pub(crate) fn li(&self) -> Desk<'_> {
        self.two.desk(self.two.cast.officers[1])
    }

    /// Both get what the other has; then they hold the same, and list the same.
    pub(crate) fn meet(&self) -> ConflictList {
        deliver(&pack(&self.two.store).unwrap(), &self.one.store).unwrap();
        deliver(&pack(&self.one.store).unwrap(), &self.two.store).unwrap();
        let digest = |town: &Township| town.store.read(store::digest).unwrap();
        assert_eq!(digest(&self.one), digest(&self.two));
        let list = list(&self.one, self.check);
        assert_eq!(list, self::list(&self.two, self.check));
        list
    }

    pub(crate) fn finding(&self) -> Finding {
        let (check, finding) = (self.check, self.one.cast.finding);
        self.one.store.read(|read| read_one(read, check, finding)).unwrap()
    }
}

pub(crate) fn world(chance_seed: u64) -> World {
    let world = World::with_seeds(KEYS_SEED, chance_seed);
    world.wait_ms(LATER_MS);
    world
}

pub(crate) fn list(town: &Township, dossier: DossierId) -> ConflictList {
    conflicts(&town.store, Some(dossier)).unwrap()
}

/// Corrects what the finding leads to.
pub(crate) fn lead_to(desk: &Desk<'_>, town: &Township, to: Consequence) {
    let correction = CorrectFinding { consequence: Some(to), ..CorrectFinding::default() };
    let (check, finding) = (town.cast.check.dossier, town.cast.finding);
    correct_finding(desk, check, finding, &correction, "复看现场").unwrap();
}

/// Decides for an op.
pub(crate) fn decide(desk: &Desk<'_>, dossier: DossierId, op: Hash) -> Result<Hash> {
    let reason = "两人当面核对".to_owned();
    decide_conflict(desk, &DecideConflict { dossier, op, reason })
}

/// The op of a list that a writer wrote.
pub(crate) fn op_by(list: &ConflictList, writer: WriterId) -> Hash {
    let values = list.conflicts.iter().flat_map(|view| &view.authors);
    let moves = list.collisions.iter().flat_map(|view| [&view.holds, &view.yields]);
    values.chain(moves).find(|author| author.writer == writer).unwrap().op
}
