//! A township in a folder of its own for each test, copied from one that is built once.

use std::path::{Path, PathBuf};
use std::sync::LazyLock;

use angen_core::action::{
    Established, FsckReport, RegisterEnterprise, RequestErasure, approve_erasure, ask_to_join,
    fsck, name_device, register_enterprise, request_erasure, reserve_numbers, set_answers,
    set_retention, show_certificates,
};
use angen_core::store::Store;
use angen_documents::Form;
use angen_ledger::erasure::Target;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_testing::case::{CaseCast, build_case};
use angen_testing::exchange::{Shipment, deliver, pack, second_phone};
use angen_testing::files::copy_folder;
use angen_testing::follow_up::{FollowUpCast, build_follow_up};
use angen_testing::papers;
use angen_testing::people::{PeopleCast, build_people};
use angen_testing::township::{Cast, Township, enterprise};
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
    /// What its people act by.
    pub(crate) people: PeopleCast,
    /// An erasure that is approved, and one that waits for it.
    pub(crate) erasures: [EntityId; 2],
    /// The dossier of a round.
    pub(crate) round: DossierId,
    /// A comment of the mentor, released; another one is not.
    pub(crate) comment: EntityId,
    /// What a colleague's phone has and this one does not.
    pub(crate) shipment: Shipment,
    /// A retention that this phone set, from which another phone's differs.
    pub(crate) contested: Hash,
    /// A filing form that was printed with a provisional number; a block came since.
    pub(crate) provisional: EntityId,
    folder: TempDir,
}

struct Template {
    folder: TempDir,
    place: Established,
    cast: Cast,
    case: CaseCast,
    follow_up: FollowUpCast,
    people: PeopleCast,
    erasures: [EntityId; 2],
    round: DossierId,
    comment: EntityId,
    provisional: EntityId,
    shipment: Shipment,
    contested: Hash,
}

static TEMPLATE: LazyLock<Template> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), KEYS_SEED);
    let (place, cast) = (town.place.clone(), town.cast.clone());
    let case = build_case(&town);
    let follow_up = build_follow_up(&town);
    let people = build_people(&town);
    let provisional = print_provisional(&town, &case);
    let contested = contested(&town, &folder.path().join("other phone"));
    let shipment = colleague(&town, &folder.path().join("colleague"));
    let erasures = erasures(&town);
    let round = angen_testing::round::build_round(&town);
    let comment = angen_testing::round::build_teaching(&town);
    // Left lying by somebody who went away.
    ask_to_join(&town.store, &town.ports).unwrap();
    drop(town);
    Template {
        folder,
        place,
        cast,
        case,
        follow_up,
        provisional,
        people,
        erasures,
        round,
        comment,
        shipment,
        contested,
    }
});

/// How long the library is kept, which two phones set differently: gives this one's op.
fn contested(town: &Township, folder: &Path) -> Hash {
    drop(second_phone(&town.store, folder).unwrap());
    let phone = Township::open(folder, later_world(91), town.cast.clone());
    let (theirs, library) = (phone.desk(phone.cast.officers[1]), town.place.library);
    set_retention(&theirs, library, "30_years", "档案分类").unwrap();
    let op = set_retention(&town.officer(), library, "10_years", "档案分类").unwrap();
    deliver(&pack(&phone.store).unwrap(), &town.store).unwrap();
    op
}

/// Two erasures in the register of an enterprise that nothing relies on.
fn erasures(town: &Township) -> [EntityId; 2] {
    let admin = town.desk(town.place.administrator);
    let request = RegisterEnterprise {
        name: "样例旧厂".to_owned(),
        credit_code: None,
        no_code_reason: Some("已注销".to_owned()),
        ..enterprise()
    };
    let op = register_enterprise(&admin, &request).unwrap().op.unwrap();
    let ask = |field: &str| {
        let request = RequestErasure {
            dossier: town.place.register,
            targets: vec![Target { op, fields: vec![field.to_owned()] }],
            basis: "purpose_met".to_owned(),
            reason: "企业已注销".to_owned(),
        };
        request_erasure(&town.officer(), &request).unwrap()
    };
    let (first, second) = (ask("representative"), ask("address"));
    approve_erasure(&admin, town.place.register, first).unwrap();
    [first, second]
}

/// Prints the filing form on a device that has no numbers, and reserves some afterwards.
fn print_provisional(town: &Township, case: &CaseCast) -> EntityId {
    let (admin, form) = (town.desk(town.place.administrator), Form::FilingApproval);
    name_device(&town.store, "C9").unwrap();
    reserve_numbers(&admin, &papers::reservation(Form::SiteRecord, "A3", 2)).unwrap();
    for writer in town.cast.officers {
        show_certificates(&town.desk(writer), town.cast.check.dossier, "王志松", None).unwrap();
    }
    papers::assent(town, case.dossier);
    let printed = papers::print(town, &papers::request(case.dossier, form)).unwrap();
    assert!(printed.is_provisional);
    reserve_numbers(&admin, &papers::reservation(form, "C9", 2)).unwrap();
    printed.document
}

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
        Self::prepare(folder.path());
        Self::at(folder, 8)
    }

    /// Copies the files of a scene into a folder.
    pub(crate) fn prepare(folder: &Path) {
        let data = folder.join("data");
        copy_folder(&TEMPLATE.folder.path().join("data"), &data).unwrap();
        // A blob that no op names yet is harmless; in the field it may come before or after.
        copy_folder(&TEMPLATE.folder.path().join("colleague/blobs"), &data.join("blobs")).unwrap();
    }

    /// Opens what [`Scene::prepare`] has put into a folder, and whatever was done there since.
    pub(crate) fn at(folder: TempDir, chance_seed: u64) -> Self {
        let data = folder.path().join("data");
        let town = Township::open(&data, later_world(chance_seed), TEMPLATE.cast.clone());
        Self::of(town, folder)
    }

    /// The same people before anything was established.
    pub(crate) fn empty() -> Self {
        Self::empty_at(tempfile::tempdir().unwrap(), 8)
    }

    /// The same people, with an empty database in a folder or with what was done there since.
    pub(crate) fn empty_at(folder: TempDir, chance_seed: u64) -> Self {
        let world = later_world(chance_seed);
        let store = Store::open(&folder.path().join("empty")).unwrap();
        let (place, cast) = (TEMPLATE.place.clone(), TEMPLATE.cast.clone());
        let town = Township { store, ports: world.ports(), world, place, cast };
        Self::of(town, folder)
    }

    fn of(town: Township, folder: TempDir) -> Self {
        Self {
            town,
            case: TEMPLATE.case,
            follow_up: TEMPLATE.follow_up,
            provisional: TEMPLATE.provisional,
            people: TEMPLATE.people,
            erasures: TEMPLATE.erasures,
            round: TEMPLATE.round,
            comment: TEMPLATE.comment,
            shipment: TEMPLATE.shipment.clone(),
            contested: TEMPLATE.contested,
            folder,
        }
    }

    /// Closes the database, and gives the folder.
    #[allow(dead_code, reason = "only the tests of power cuts look into a closed folder")]
    pub(crate) fn close(self) -> TempDir {
        drop(self.town);
        self.folder
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
