//! A township in a folder of its own for each test, copied from one that is built once.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use angen_core::action::{FsckReport, fsck, set_answers};
use angen_core::store::Store;
use angen_ledger::id::{DossierId, EntityId};
use angen_testing::case::{CaseCast, build_case};
use angen_testing::exchange::{Shipment, pack, second_phone};
use angen_testing::files::copy_folder;
use angen_testing::follow_up::{FollowUpCast, build_follow_up};
use angen_testing::township::{Cast, Township};
use angen_testing::world::World;
use tempfile::TempDir;

/// The seed of the keys: every copy has the same people.
pub(crate) const KEYS_SEED: u64 = 7;

/// Longer than the building of the township takes by its own clock.
const LATER_MS: u32 = 24 * 3_600_000;

/// A township with a folder that goes when the test ends.
pub(crate) struct Scene {
    /// The township.
    pub(crate) town: Township,
    /// The case on its finding.
    pub(crate) case: CaseCast,
    /// What follows the finding.
    pub(crate) follow_up: FollowUpCast,
    /// The dossier of a round.
    pub(crate) round: DossierId,
    /// A comment of the mentor, released; another one is not.
    pub(crate) comment: EntityId,
    /// What a colleague's phone has and this one does not.
    pub(crate) shipment: Shipment,
    folder: TempDir,
}

struct Template {
    folder: TempDir,
    cast: Cast,
    case: CaseCast,
    follow_up: FollowUpCast,
    round: DossierId,
    comment: EntityId,
    shipment: Shipment,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), KEYS_SEED);
    let cast = town.cast.clone();
    let case = build_case(&town);
    let follow_up = build_follow_up(&town);
    let round = angen_testing::round::build_round(&town);
    let comment = angen_testing::round::build_teaching(&town);
    let shipment = colleague(&town, &folder.path().join("colleague"));
    drop(town);
    Template { folder, cast, case, follow_up, round, comment, shipment }
});

/// What the second officer does on a phone of her own: answers, and photos of the same check.
fn colleague(town: &Township, folder: &Path) -> Shipment {
    drop(second_phone(&town.store, folder).unwrap());
    let phone = Township::open(folder, later_world(90), town.cast.clone());
    let desk = phone.desk(phone.cast.officers[1]);
    set_answers(&desk, &phone.answers(&[("MW02", "compliant")], None)).unwrap();
    for number in 0..6 {
        phone.photograph(&format!("colleague {number}")).unwrap();
    }
    pack(&phone.store).unwrap()
}

/// A world with the people of every scene, a day after they were enrolled.
pub(crate) fn later_world(chance_seed: u64) -> World {
    let world = World::with_seeds(KEYS_SEED, chance_seed);
    world.wait_ms(LATER_MS);
    world
}

impl Scene {
    /// A township that has been in use for a day.
    pub(crate) fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("data");
        copy_folder(&TEMPLATE.folder.path().join("data"), &data).unwrap();
        // A blob that no op names yet is harmless; in the field it may come before or after.
        copy_folder(&TEMPLATE.folder.path().join("colleague/blobs"), &data.join("blobs")).unwrap();
        let town = Township::open(&data, later_world(8), TEMPLATE.cast.clone());
        Self {
            town,
            case: TEMPLATE.case,
            follow_up: TEMPLATE.follow_up,
            round: TEMPLATE.round,
            comment: TEMPLATE.comment,
            shipment: TEMPLATE.shipment.clone(),
            folder,
        }
    }

    /// The same people before anything was established.
    pub(crate) fn empty() -> Self {
        let mut scene = Self::new();
        scene.town.store = Store::open(&scene.folder.path().join("empty")).unwrap();
        scene
    }

    /// A place for files of the test.
    pub(crate) fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    /// Where the database lies.
    pub(crate) fn database(&self) -> PathBuf {
        self.town.store.folder().join("angen.db")
    }

    /// Checks everything that is held.
    pub(crate) fn assert_clean(&self) -> FsckReport {
        assert_clean(&self.town.store)
    }
}

/// Checks everything that a database holds.
pub(crate) fn assert_clean(store: &Store) -> FsckReport {
    let report = fsck(store).unwrap();
    assert_eq!(report.problems, []);
    assert_eq!(report.pending, 0);
    report
}
