//! The app upgraded over the database of an older version: everything is there, the officer goes on
//! with the visit, and what is exported verifies. The databases lie in tests/fixtures/databases,
//! made by the programs of their time.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use angen_bindings::Inspector;
use angen_bindings::package::verify_package;
use angen_bindings::types::{ExportPackage, SetAnswers};
use angen_core::action::{CaptureEvidence, Handing, WriteNote, fsck, rebuild};
use angen_core::domain::{EvidenceKind, SourceClass};
use angen_core::store::{self, END_VERSION, Store};
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::{Outcome, RootAnswer};
use angen_testing::files::{copy_folder, jpeg};
use angen_testing::world::World;
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tempfile::TempDir;

use crate::host::open;

/// The first version whose digest counts as today's does: before it, nothing was in quarantine.
const SAME_DIGEST_FROM: i64 = 6;

/// Time between the last op of the old app and the first of the new one: a day.
const LATER_MS: u32 = 24 * 3_600_000;

/// An old database, copied, and what its makers said of it.
struct Old {
    about: Value,
    folder: TempDir,
    world: World,
}

impl Old {
    fn copied(from: &Path) -> Self {
        let text = fs::read_to_string(from.join("about.json")).unwrap();
        let about: Value = serde_json::from_str(&text).unwrap();
        let folder = tempfile::tempdir().unwrap();
        copy_folder(from, folder.path()).unwrap();
        let world = World::with_seeds(about["seed"].as_u64().unwrap(), 99);
        world.wait_ms(LATER_MS);
        Self { about, folder, world }
    }

    fn version(&self) -> i64 {
        self.about["version"].as_i64().unwrap()
    }

    fn text(&self, name: &str) -> &str {
        self.about[name].as_str().unwrap()
    }

    fn dossier(&self, name: &str) -> DossierId {
        self.text(name).parse().unwrap()
    }

    fn entity(&self, name: &str) -> EntityId {
        self.text(name).parse().unwrap()
    }

    fn officer(&self, number: usize) -> WriterId {
        self.about["officers"][number].as_str().unwrap().parse().unwrap()
    }

    fn inspector(&self) -> Arc<Inspector> {
        open(self.folder.path().to_owned(), &self.world)
    }

    /// The version of the file as it lies there, and SHA-256 over the hashes of its ops in order.
    fn held(&self) -> (i64, String) {
        let plain = rusqlite::Connection::open(self.folder.path().join("angen.db")).unwrap();
        let version = plain.pragma_query_value(None, "user_version", |row| row.get(0)).unwrap();
        let mut statement = plain.prepare("SELECT hash FROM op ORDER BY hash").unwrap();
        let hashes = statement.query_map([], |row| row.get::<_, Vec<u8>>(0)).unwrap();
        let mut sha = Sha256::new();
        hashes.for_each(|hash| sha.update(hash.unwrap()));
        let hash = sha.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
        (version, hash)
    }
}

/// The databases that are kept, the oldest first.
fn databases() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../tests/fixtures/databases");
    let mut all: Vec<PathBuf> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    all.retain(|path| path.join("about.json").exists());
    all.sort();
    assert!(!all.is_empty(), "no old database is kept");
    all
}

#[test]
fn an_old_database_is_whole_under_this_version() {
    for path in databases() {
        let old = Old::copied(&path);
        let told = (old.version(), old.text("ops_sha256").to_owned());
        assert!(told.0 < END_VERSION, "{} is not old", path.display());
        assert_eq!(old.held(), told);

        let inspector = old.inspector();

        assert_eq!(old.held(), (END_VERSION, told.1), "{}", path.display());
        let digest = inspector.projection_digest().unwrap().to_string();
        if told.0 >= SAME_DIGEST_FROM {
            assert_eq!(digest, old.text("digest"), "{}", path.display());
        }
        sees_the_visit(&old, &inspector);
        drop(inspector);
        let store = Store::open(old.folder.path()).unwrap();
        assert_eq!(store.read(store::count_ops).unwrap(), old.about["ops"].as_u64().unwrap());
        let report = fsck(&store).unwrap();
        assert_eq!((report.problems, report.pending), (Vec::new(), 0), "{}", path.display());
        // What the migrations made of the projection is what the log gives.
        let (before, after) = rebuild(&store).unwrap();
        assert_eq!((before.to_string(), before), (digest, after), "{}", path.display());
    }
}

/// What the old app showed of the visit.
fn sees_the_visit(old: &Old, inspector: &Inspector) {
    let (check, now) = (old.dossier("check"), as_of(old));
    let row = inspector.check(check).unwrap();
    assert_eq!(row.enterprise_name, "日照样例机械加工有限公司");
    assert_eq!((row.findings, row.evidence, row.record.as_deref()), (1, 2, Some("refused")));
    assert_eq!((row.shown_by, row.lists[0].answered), (vec!["王安海".to_owned()], 2));
    let findings = inspector.findings(check, None, now).unwrap().rows;
    assert_eq!((findings.len(), findings[0].finding), (1, old.entity("finding")));
    let photos = inspector.evidence_of(check, None, None).unwrap().rows;
    assert!(photos.len() == 2 && photos.iter().all(|photo| photo.is_here), "{photos:?}");
    let trainings = inspector.trainings(old.dossier("visit"), None).unwrap().rows;
    assert_eq!(trainings.len(), 1);
    let officers = inspector.officers(now).unwrap();
    assert!(officers.iter().filter(|row| row.is_certified).count() >= 2, "{officers:?}");
    let today = inspector.today(old.officer(0), now).unwrap();
    assert!(today.rows.iter().any(|row| row.dossier == check && row.missing_count > 0));
    assert!(!inspector.board(old.dossier("visit"), now).unwrap().parts.is_empty());
}

fn as_of(old: &Old) -> i64 {
    angen_core::ports::Clock::now(&old.world).wall_ms
}

#[test]
fn the_visit_of_an_old_database_goes_on_and_its_package_verifies() {
    for path in databases() {
        let old = Old::copied(&path);
        let inspector = old.inspector();
        let (check, officer) = (old.dossier("check"), old.officer(0));
        let answers = SetAnswers {
            dossier: check,
            checklist: old.entity("checklist"),
            answers: [("MW03".to_owned(), "compliant".to_owned())].into(),
            reason: None,
        };
        inspector.set_answers(officer, answers).unwrap();
        let text = "升级后继续记录".to_owned();
        inspector.write_note(officer, WriteNote { dossier: check, text, about: None }).unwrap();
        inspector.capture_evidence(officer, photo(&old)).unwrap();
        inspector.give_assent(old.officer(1), check, Vec::new()).unwrap();
        let row = inspector.check(check).unwrap();
        assert_eq!((row.evidence, row.lists[0].answered), (3, 3), "{}", path.display());

        let package = old.folder.path().join("check.angen");
        let request = ExportPackage {
            dossiers: vec![check, old.dossier("visit")],
            withhold: Vec::new(),
            software: "test".to_owned(),
            handing: Handing { recipient: Some("法制科".to_owned()), purpose: None },
        };
        inspector.export_package(officer, request, package.clone(), None).unwrap();
        let root = inspector.established().unwrap().root;
        let verdict = verify_package(package, Some(root)).unwrap();
        assert_eq!((verdict.outcome, verdict.root), (Outcome::Verifies, RootAnswer::Known));
    }
}

/// A photo of the new app.
fn photo(old: &Old) -> CaptureEvidence {
    let path = old.folder.path().join("camera.jpg");
    fs::write(&path, jpeg("升级后的照片")).unwrap();
    CaptureEvidence {
        path,
        dossier: old.dossier("check"),
        about: Some(old.entity("finding")),
        kind: EvidenceKind::AudioVisual,
        source: SourceClass::OwnCamera,
        source_note: None,
        caption: "升级后的照片".to_owned(),
        method: None,
        proves: None,
        purpose: None,
        place: None,
        device: "test".to_owned(),
        derived_from: None,
    }
}
