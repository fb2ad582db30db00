//! What an interrupted program leaves in the blob folder is set aside and never lost, and what
//! somebody still writes is left alone.

use std::fs::{self, File};
use std::path::{Path, PathBuf};
use std::time::{Duration, UNIX_EPOCH};

use angen_core::action::{capture_evidence, fsck, rebuild, sweep};
use angen_core::ports::Clock as _;
use angen_core::store::{self, STRAY_GRACE_MS, Store};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_testing::exchange::deliver;
use angen_testing::files::{contents, jpeg};
use angen_testing::picture::picture;
use angen_testing::township::capture;

use crate::scene::{Scene, assert_clean};
use crate::verbs::officer;

/// Says that a file was last written so long ago, by the clock of the scene.
fn age(scene: &Scene, path: &Path, age_ms: i64) {
    let then_ms = scene.town.world.now().wall_ms - age_ms;
    let then = UNIX_EPOCH + Duration::from_millis(then_ms.unsigned_abs());
    File::options().write(true).open(path).unwrap().set_modified(then).unwrap();
}

/// Puts a file of so many milliseconds into the blob folder.
fn leave(scene: &Scene, name: &str, age_ms: i64) -> PathBuf {
    let path = scene.town.store.folder().join("blobs").join(name);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(&path, name).unwrap();
    age(scene, &path, age_ms);
    path
}

/// A blob that no op names: what a program leaves that ends before its commit.
fn leave_blob(scene: &Scene, first: u8, age_ms: i64) -> (Hash, PathBuf) {
    let address = Hash([first; 32]);
    let name = address.to_string();
    (address, leave(scene, &format!("{}/{name}", &name[..2]), age_ms))
}

/// A township in which every blob is named: the colleague's ops are here as well.
fn whole() -> Scene {
    let scene = Scene::new();
    deliver(&scene.shipment, &scene.town.store).unwrap();
    assert_eq!(scene.assert_clean().stray_files, 0);
    scene
}

fn strays(store: &Store) -> Vec<PathBuf> {
    store.blobs().strays().unwrap()
}

#[test]
fn old_leftovers_are_set_aside_with_their_bytes_and_young_ones_are_left_alone() {
    let scene = whole();
    let (town, old, young) = (&scene.town, STRAY_GRACE_MS + 1, STRAY_GRACE_MS - 60_000);
    let before = picture(&town.store).unwrap();
    let (address, blob) = leave_blob(&scene, 0xee, old);
    let part = leave(&scene, "0123456789abcdef0123456789abcdef.part", old);
    let kept = [leave(&scene, "fedc.part", young), leave_blob(&scene, 0xdd, young).1];
    let future = leave(&scene, "ahead.part", -10 * STRAY_GRACE_MS);
    assert_eq!(scene.assert_clean().stray_files, 5);
    let swept = sweep(&town.store, &town.ports).unwrap();
    assert_eq!((swept.set_aside.len(), swept.left_alone), (2, 3));
    assert!(!blob.exists() && !part.exists());
    assert!(kept.iter().all(|path| path.is_file()) && future.is_file());
    let texts: Vec<String> =
        strays(&town.store).iter().map(|path| fs::read_to_string(path).unwrap()).collect();
    let name = address.to_string();
    assert_eq!(texts, ["0123456789abcdef0123456789abcdef.part".to_owned(), format!("ee/{name}")]);
    let report = scene.assert_clean();
    assert_eq!((report.stray_files, report.set_aside_files), (3, 2));
    assert_eq!(picture(&town.store).unwrap(), before, "the database is as it was");
    let again = sweep(&town.store, &town.ports).unwrap();
    assert_eq!((again.set_aside.len(), again.left_alone), (0, 3));
}

#[test]
fn what_an_op_names_is_never_touched_however_old() {
    let scene = whole();
    let blobs = scene.town.store.folder().join("blobs");
    for (path, ..) in contents(&blobs).unwrap() {
        age(&scene, &path, 1_000 * STRAY_GRACE_MS);
    }
    let before = contents(&blobs).unwrap();
    assert!(before.len() > 6);
    assert_eq!(sweep(&scene.town.store, &scene.town.ports).unwrap(), Default::default());
    assert_eq!(contents(&blobs).unwrap(), before);
}

#[test]
fn how_far_the_sender_of_a_named_blob_has_come_is_kept() {
    let scene = whole();
    let store = &scene.town.store;
    let named = store.read(store::blobs_of_log).unwrap();
    let blob: BlobRef = *named.first().unwrap();
    let part = format!("{}-{}.part", blob.address, blob.length);
    let path = leave(&scene, &part, 9 * STRAY_GRACE_MS);
    // It is whole already, so nobody asks for the part.
    assert_eq!(sweep(store, &scene.town.ports).unwrap().set_aside.len(), 1);
    fs::remove_file(store.blobs().path_of(blob.address)).unwrap();
    let path_too = leave(&scene, &part, 9 * STRAY_GRACE_MS);
    assert_eq!(path, path_too);
    let swept = sweep(store, &scene.town.ports).unwrap();
    assert!(swept.set_aside.is_empty() && path.is_file());
    assert_eq!(store.blobs().held_bytes(blob).unwrap(), blob.length - 1);
}

#[test]
fn leftovers_of_one_name_get_names_of_their_own() {
    let scene = whole();
    for _ in 0..3 {
        leave(&scene, "same.part", 2 * STRAY_GRACE_MS);
        sweep(&scene.town.store, &scene.town.ports).unwrap();
    }
    let strays = strays(&scene.town.store);
    let names: Vec<_> = strays.iter().map(|path| path.file_name().unwrap()).collect();
    assert_eq!(names, ["same.part", "same.part.1", "same.part.2"]);
}

#[test]
fn a_file_that_is_not_ours_is_counted_and_stays() {
    let scene = whole();
    let path = leave(&scene, ".nomedia", 9 * STRAY_GRACE_MS);
    assert_eq!(sweep(&scene.town.store, &scene.town.ports).unwrap(), Default::default());
    assert!(path.is_file());
    assert_eq!(scene.assert_clean().stray_files, 1);
}

#[test]
fn a_blob_whose_op_comes_late_is_missed_and_brought_back() {
    let scene = Scene::new();
    let (store, ports) = (&scene.town.store, &scene.town.ports);
    let early = fsck(store).unwrap().stray_files;
    assert!(early >= 6, "the colleague's blobs came before her ops");
    for (path, ..) in contents(&store.folder().join("blobs")).unwrap() {
        age(&scene, &path, 2 * STRAY_GRACE_MS);
    }
    assert_eq!(sweep(store, ports).unwrap().set_aside.len() as u64, early);
    deliver(&scene.shipment, store).unwrap();
    let problems = fsck(store).unwrap().problems;
    assert_eq!(problems.len() as u64, early);
    assert!(problems.iter().all(|(_, zh, en)| zh.contains("清扫") && en.contains("sweep")));
    assert_eq!(sweep(store, ports).unwrap().brought_back.len() as u64, early);
    let report = assert_clean(store);
    assert_eq!((report.stray_files, report.set_aside_files), (0, 0));
}

#[test]
fn a_capture_whose_blob_was_swept_before_its_commit_is_refused() {
    let scene = whole();
    let town = &scene.town;
    let before = picture(&town.store).unwrap();
    let file = town.file("slow.jpg", &jpeg("slow"));
    let desk = officer(&scene).unwrap();
    // The clock jumps ahead while the capture waits for the lock, so its blob looks old; the
    // sweep that another program runs then is played by the thread that holds the lock.
    let held = || town.store.blobs().list().unwrap().0;
    let known = held();
    let refused = std::thread::scope(|scope| {
        let capturing = town.store.write(|_| {
            let capturing =
                scope.spawn(|| capture_evidence(&desk, &capture(file, town.cast.check.dossier)));
            loop {
                if let Some(new) = held().into_iter().find(|address| !known.contains(address)) {
                    fs::rename(town.store.blobs().path_of(new), scene.path("aside")).unwrap();
                    return Ok(capturing);
                }
            }
        });
        capturing.unwrap().join().unwrap()
    });
    assert!(refused.is_err());
    assert_eq!(picture(&town.store).unwrap(), before);
    scene.assert_clean();
}

#[test]
fn a_changed_list_of_named_blobs_is_seen_and_mended() {
    let changes = [
        "DELETE FROM named_blob",
        "UPDATE named_blob SET length = length + 1",
        "INSERT INTO named_blob SELECT randomblob(32), 5, dossier FROM named_blob LIMIT 1",
        "UPDATE named_blob SET dossier = zeroblob(16)",
    ];
    let scene = whole();
    let store = &scene.town.store;
    let before = picture(store).unwrap();
    for change in changes {
        store.with_writer(|writer| writer.execute(change, [])).unwrap().unwrap();
        let items: Vec<String> =
            fsck(store).unwrap().problems.into_iter().map(|(item, ..)| item).collect();
        assert_eq!(items, ["named_blob"], "{change}");
        rebuild(store).unwrap();
        assert_clean(store);
        assert_eq!(picture(store).unwrap(), before, "{change}");
    }
}
