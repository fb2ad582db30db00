//! Disks that are full or may not be written: a clear error, and nothing changed.

use std::path::{Path, PathBuf};
use std::process::Command;

use angen_core::action::capture_evidence;
use angen_core::domain::EvidenceKind;
use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_ledger::verify::Lang;
use angen_testing::files::{contents, copy_folder};
use angen_testing::picture::picture;
use angen_testing::township::{Township, capture};

use crate::scene::{Scene, assert_clean, later_world};
use crate::verbs::every_verb;

/// Pages beyond which no verb of the tests grows a database.
const GROWTH_PAGES_MAX: i64 = 2_000;

#[test]
fn a_database_that_may_not_grow_takes_all_of_a_verb_or_nothing() {
    let mut refused = 0;
    for verb in every_verb().filter(|verb| verb.adds_ops) {
        let scene = if verb.name == "establish" { Scene::empty() } else { Scene::new() };
        let store = &scene.town.store;
        let before = picture(store).unwrap();
        let pages = store.with_writer(|writer| {
            writer.pragma_query_value(None, "page_count", |row| row.get::<_, i64>(0))
        });
        let pages = pages.unwrap().unwrap();
        for room in 0..GROWTH_PAGES_MAX {
            let limit = format!("PRAGMA max_page_count = {}", pages + room);
            let set = store.with_writer(|writer| writer.query_row(&limit, [], |_| Ok(())));
            set.unwrap().unwrap();
            let Err(error) = (verb.run)(&scene) else { break };
            refused += 1;
            let told = (error.say(Lang::Zh), error.say(Lang::En));
            assert!(told.0.contains("空间") && told.1.contains("full"), "{}: {told:?}", verb.name);
            assert_eq!(picture(store).unwrap(), before, "{}, {room} pages of room", verb.name);
        }
        assert!(picture(store).unwrap().ops > before.ops, "{}", verb.name);
        scene.assert_clean();
    }
    assert!(refused >= 5, "only {refused} times was there too little room");
}

#[test]
fn a_video_larger_than_the_free_space_is_refused_before_anything_is_written() {
    let scene = Scene::new();
    let mut video =
        b"\x1a\x45\xdf\xa3\x01\0\0\0\0\0\0\x1f\x42\x86\x81\x01\x42\x82\x84webm".to_vec();
    video.resize(3 << 20, 0);
    let file = scene.town.file("long.webm", &video);
    let mut request = capture(file, scene.town.cast.check.dossier);
    request.kind = EvidenceKind::AudioVisual;
    scene.town.world.set_free_bytes((8 << 20) + (3 << 20) - 1);
    let before = picture(&scene.town.store).unwrap();
    let blobs = contents(&scene.town.store.folder().join("blobs")).unwrap();
    let _ = scene.town.world.take_steps();
    let error = capture_evidence(&scene.town.officer(), &request).unwrap_err();
    assert!(matches!(error, Error::NoSpace { .. }), "{error}");
    assert!(error.say(Lang::Zh).contains("空间不足") && error.say(Lang::En).contains("free"));
    assert_eq!(scene.town.world.take_steps(), [""; 0], "a file was begun");
    assert_eq!(picture(&scene.town.store).unwrap(), before);
    assert_eq!(contents(&scene.town.store.folder().join("blobs")).unwrap(), blobs);
    scene.town.world.set_free_bytes((8 << 20) + (3 << 20));
    capture_evidence(&scene.town.officer(), &request).unwrap();
}

/// A mount that goes when the test ends.
struct Mount(PathBuf);

impl Drop for Mount {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// Mounts, or says why this machine does not let the test do it.
fn mount(at: &Path, arguments: &[&str]) -> Option<Mount> {
    let output = Command::new("mount").args(arguments).arg(at).output();
    match output {
        Ok(output) if output.status.success() => Some(Mount(at.to_owned())),
        Ok(output) => {
            let why = String::from_utf8_lossy(&output.stderr);
            println!("skipped: mount {arguments:?}: {}", why.trim());
            None
        }
        Err(why) => {
            println!("skipped: there is no mount command: {why}");
            None
        }
    }
}

/// Takes the right to write from a mount that is there.
fn remount_read_only(at: &Path) -> bool {
    let again = mount(at, &["-o", "remount,ro,bind"]);
    // The first guard unmounts; there is still only one mount.
    again.map(std::mem::forget).is_some()
}

#[test]
fn a_full_disk_keeps_what_was_acknowledged_and_goes_on_once_there_is_room() {
    let scene = Scene::new();
    let disk = scene.path("disk");
    std::fs::create_dir(&disk).unwrap();
    let Some(_mount) = mount(&disk, &["-t", "tmpfs", "-o", "size=8m", "tmpfs"]) else { return };
    let data = disk.join("data");
    copy_folder(scene.town.store.folder(), &data).unwrap();
    std::fs::write(disk.join("ballast"), vec![0; 1 << 20]).unwrap();
    let town = Township::open(&data, later_world(33), scene.town.cast.clone());
    let file = scene.town.file("large.txt", "安".repeat(40_000).as_bytes());
    let request = capture(file, town.cast.check.dossier);
    let mut acknowledged = Vec::new();
    let error = loop {
        match capture_evidence(&town.officer(), &request) {
            Ok(view) => acknowledged.push(view),
            Err(error) => break error,
        }
        assert!(acknowledged.len() < 100, "the disk does not fill");
    };
    let told = (error.say(Lang::Zh), error.say(Lang::En));
    assert!(told.0.contains("空间") && told.1.to_lowercase().contains("space"), "{told:?}");
    let report = assert_clean(&town.store);
    assert!(acknowledged.len() > 5 && report.blobs > acknowledged.len() as u64);
    for view in &acknowledged {
        assert!(town.store.read(|read| store::has_op(read, view.op)).unwrap());
    }
    std::fs::remove_file(disk.join("ballast")).unwrap();
    capture_evidence(&town.officer(), &request).unwrap();
    assert_clean(&town.store);
}

#[test]
fn a_read_only_folder_gives_a_clear_error_and_stays_as_it_is() {
    let scene = Scene::new();
    let data = scene.path("read-only");
    scene.town.store.pause().unwrap();
    copy_folder(scene.town.store.folder(), &data).unwrap();
    let place = data.to_str().unwrap();
    let Some(bind) = mount(&data, &["--bind", place]) else { return };
    if !remount_read_only(&data) {
        return;
    }
    let before = contents(&data).unwrap();
    let error = Store::open(&data).map(|_| ()).unwrap_err();
    let told = (error.say(Lang::Zh), error.say(Lang::En));
    assert!(told.0.contains("只读") && told.1.contains("read-only"), "{told:?}");
    assert_eq!(contents(&data).unwrap(), before);
    drop(bind);
    let empty = scene.path("read-only and empty");
    std::fs::create_dir(&empty).unwrap();
    let Some(_bind) = mount(&empty, &["--bind", empty.to_str().unwrap()]) else { return };
    if !remount_read_only(&empty) {
        return;
    }
    let error = Store::open(&empty).map(|_| ()).unwrap_err();
    assert!(error.say(Lang::Zh).contains("只读"), "{}", error.say(Lang::Zh));
}
