//! A bundle between two phones: the same whatever was cut, doubled or reordered on the way.

use std::path::{Path, PathBuf};

use angen_core::action::{
    BundleBlobs, ExportBundle, Handing, Imported, Receiver, export_bundle, import_bundle_at,
    raise_finding,
};
use angen_core::desk::Desk;
use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_testing::exchange::second_phone;
use angen_testing::picture::picture;
use angen_testing::township::finding;

use crate::scene::{Scene, assert_clean, later_world};

/// The second officer's phone, which has nothing of what is written from now on.
struct Second {
    store: Store,
    ports: angen_core::ports::Ports,
    world: angen_testing::world::World,
    folder: PathBuf,
}

impl Second {
    fn new(scene: &Scene, name: &str) -> Self {
        let folder = scene.path(name);
        let store = second_phone(&scene.town.store, &folder).unwrap();
        let world = later_world(20);
        Self { store, ports: world.ports(), world, folder }
    }

    fn import(&self, scene: &Scene, file: &Path) -> Result<Imported> {
        let desk = Desk::sign_in(&self.store, &self.ports, scene.town.cast.officers[1])?;
        let receiver = Receiver {
            store: &self.store,
            disk: &*self.ports.disk,
            roots: vec![scene.town.place.root],
            log: None,
        };
        import_bundle_at(&desk, &receiver, file)
    }
}

fn certificate_of(scene: &Scene, officer: usize) -> Hash {
    scene.town.desk(scene.town.cast.officers[officer]).certificate()
}

fn export(scene: &Scene, name: &str, reader: usize) -> Result<PathBuf> {
    let request = ExportBundle {
        dossiers: vec![scene.town.cast.check.dossier],
        readers: vec![certificate_of(scene, reader)],
        certificates: Vec::new(),
        blobs: BundleBlobs::All,
        software: "test".to_owned(),
        handing: Handing::default(),
    };
    let file = scene.path(name);
    export_bundle(&scene.town.officer(), &request, &file, &mut |_, _| {})?;
    Ok(file)
}

#[test]
fn an_import_that_fails_at_any_step_of_the_disk_is_repeated_and_ends_the_same() {
    let scene = Scene::new();
    let second = Second::new(&scene, "second");
    let straight = Second::new(&scene, "straight");
    scene.town.photograph("carried").unwrap();
    raise_finding(&scene.town.officer(), &finding(scene.town.cast.check.dossier)).unwrap();
    let file = export(&scene, "stick.angenb", 1).unwrap();
    let mut faults = 0;
    let imported = loop {
        second.world.fail_step(faults);
        let imported = second.import(&scene, &file);
        let spared = second.world.heal();
        assert_clean_but_for_blobs(&second);
        match imported {
            Ok(imported) if spared => break imported,
            Ok(_) => panic!("fault {faults}: it passed over a failure"),
            Err(error) => assert!(matches!(error, Error::File { .. }), "{error}"),
        }
        faults += 1;
    };
    assert!(faults > 3, "only {faults} faults");
    assert_eq!(imported.absent_blobs, 0, "{imported:?}");
    straight.import(&scene, &file).unwrap();
    assert_eq!(picture(&second.store).unwrap().digest, picture(&straight.store).unwrap().digest);
    assert_clean(&second.store);
    assert!(second.folder.is_dir());
}

fn assert_clean_but_for_blobs(second: &Second) {
    let pending = |read: &_| store::count_ops(read);
    assert!(second.store.read(pending).unwrap() > 0);
}

#[test]
fn bundles_in_any_order_and_twice_lead_to_the_same() {
    let scene = Scene::new();
    let (one, other) = (Second::new(&scene, "one"), Second::new(&scene, "other"));
    scene.town.photograph("first").unwrap();
    let first = export(&scene, "first.angenb", 1).unwrap();
    scene.town.photograph("later").unwrap();
    let later = export(&scene, "later.angenb", 1).unwrap();
    for file in [&first, &later] {
        one.import(&scene, file).unwrap();
    }
    for file in [&later, &first, &later] {
        other.import(&scene, file).unwrap();
    }
    assert_eq!(picture(&one.store).unwrap().digest, picture(&other.store).unwrap().digest);
    let again = one.import(&scene, &later).unwrap();
    assert_eq!((again.new_ops, again.new_blobs), (0, 0));
    assert_clean(&one.store);
    assert_clean(&other.store);
}

#[test]
fn an_export_that_fails_at_any_step_leaves_no_file_and_says_so_in_the_dossier() {
    let scene = Scene::new();
    let mut faults = 0;
    loop {
        scene.town.world.fail_step(faults);
        let exported = export(&scene, "stick.angenb", 1);
        let spared = scene.town.world.heal();
        let left = ["stick.angenb", "stick.angenb.part"].map(|name| scene.path(name).exists());
        match exported {
            Ok(_) => {
                assert!(spared);
                assert_eq!(left, [true, false]);
                break;
            }
            // The last step is the sync of the folder: the file has its name by then.
            Err(_) => assert!(!left[1], "fault {faults}"),
        }
        faults += 1;
    }
    assert!(faults > 3, "only {faults} faults");
    assert_clean(&scene.town.store);
}

#[test]
fn a_bundle_for_another_is_refused_by_name_and_a_locked_key_opens_nothing() {
    let scene = Scene::new();
    let second = Second::new(&scene, "second");
    let before = picture(&second.store).unwrap();
    let file = export(&scene, "mine.angenb", 0).unwrap();
    let refused = second.import(&scene, &file).unwrap_err();
    let Error::Invalid(problem) = &refused else { panic!("{refused}") };
    assert!(problem.place.ends_with("mine.angenb"), "{problem:?}");
    assert!(!problem.zh.is_empty() && problem.zh != problem.en);
    let file = export(&scene, "theirs.angenb", 1).unwrap();
    second.world.lock_keys(true);
    assert!(matches!(second.import(&scene, &file), Err(Error::Sign(_))));
    second.world.lock_keys(false);
    assert_eq!(picture(&second.store).unwrap(), before);
    second.import(&scene, &file).unwrap();
}
