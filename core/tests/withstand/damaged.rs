//! Files that are not what they should be: from the future, damaged, cut off, empty. Whatever is
//! found is kept, byte for byte.

use std::fs;
use std::path::{Path, PathBuf};

use angen_core::action::fsck;
use angen_core::error::Error;
use angen_core::store::{self, END_VERSION, Store};
use angen_ledger::verify::Lang;
use angen_testing::files::{Listed, contents};
use angen_testing::picture::picture;
use rusqlite::Connection;

use crate::scene::Scene;

const PAGE_BYTES: usize = 4096;

/// The files that a killed process leaves: a database, and a log with a commit in it that is not
/// in the database yet. The log does not hold the first page.
fn left_by_a_crash(scene: &Scene, to: &str) -> PathBuf {
    let store = &scene.town.store;
    let emptied = "PRAGMA wal_checkpoint(TRUNCATE)";
    let rows =
        store.with_writer(|writer| writer.query_row(emptied, [], |row| row.get::<_, i64>(0)));
    assert_eq!(rows.unwrap().unwrap(), 0, "somebody else reads");
    store.write(|tx| store::put_setting(tx, "area", "371102111")).unwrap();
    let folder = scene.path(to);
    fs::create_dir(&folder).unwrap();
    for name in ["angen.db", "angen.db-wal"] {
        fs::copy(store.folder().join(name), folder.join(name)).unwrap();
    }
    let log = fs::read(folder.join("angen.db-wal")).unwrap();
    let frames = log[32..].chunks(24 + PAGE_BYTES);
    let mut pages = frames.map(|frame| u32::from_be_bytes(frame[..4].try_into().unwrap()));
    assert!(pages.all(|page| page > 1), "the log holds the first page");
    folder
}

/// The database alone, as a clean end leaves it.
fn left_by_an_end(scene: &Scene, to: &str) -> PathBuf {
    scene.town.store.pause().unwrap();
    let folder = scene.path(to);
    fs::create_dir(&folder).unwrap();
    fs::copy(scene.database(), folder.join("angen.db")).unwrap();
    assert!(!scene.town.store.folder().join("angen.db-wal").exists());
    scene.town.store.resume().unwrap();
    folder
}

/// What lies in a folder, without the index of the log, which SQLite makes anew at will.
fn lies_in(folder: &Path) -> Vec<Listed> {
    let mut all = contents(folder).unwrap();
    all.retain(|(path, ..)| !path.to_string_lossy().ends_with("-shm"));
    all
}

fn open_error(folder: &Path) -> Error {
    match Store::open(folder) {
        Ok(_) => panic!("{} was opened", folder.display()),
        Err(error) => error,
    }
}

/// Expects the database to be set aside with these bytes, and a new one in its place.
fn assert_set_aside(folder: &Path, database: &[u8], log: Option<&[u8]>) {
    let error = open_error(folder);
    let Error::Damaged { set_aside } = &error else { panic!("{error}") };
    assert!(fs::read(set_aside).unwrap() == database, "the file is not what it was");
    let mut name = set_aside.clone().into_os_string();
    name.push("-wal");
    assert!(fs::read(PathBuf::from(name)).ok().as_deref() == log, "the log is not what it was");
    for lang in [Lang::Zh, Lang::En] {
        assert!(error.say(lang).contains(set_aside.to_str().unwrap()));
    }
    let again = Store::open(folder).unwrap();
    assert_eq!(again.read(store::count_ops).unwrap(), 0);
    drop(again);
    assert!(fs::read(set_aside).unwrap() == database, "the new one touched the old");
}

#[test]
fn a_database_from_the_future_is_refused_and_left_as_it_is() {
    let scene = Scene::new();
    let folder = left_by_an_end(&scene, "future");
    let newer = Connection::open(folder.join("angen.db")).unwrap();
    newer.pragma_update(None, "user_version", END_VERSION + 1).unwrap();
    newer.close().unwrap();
    let before = lies_in(&folder);
    let error = open_error(&folder);
    let expected = (END_VERSION + 1, END_VERSION);
    assert!(matches!(error, Error::FromTheFuture { found, known } if (found, known) == expected));
    assert!(error.say(Lang::Zh).contains("升级") && error.say(Lang::En).contains("update"));
    assert_eq!(lies_in(&folder), before);
}

#[test]
fn a_killed_newer_program_finds_its_log_again_after_an_older_one_was_refused() {
    let scene = Scene::new();
    let folder = left_by_an_end(&scene, "running");
    let newer = Connection::open(folder.join("angen.db")).unwrap();
    newer.pragma_update(None, "user_version", END_VERSION + 1).unwrap();
    let killed = scene.path("killed");
    fs::create_dir(&killed).unwrap();
    for name in ["angen.db", "angen.db-wal"] {
        fs::copy(folder.join(name), killed.join(name)).unwrap();
    }
    let before = lies_in(&killed);
    assert!(before[1].1 > PAGE_BYTES as u64, "the log is empty");
    assert!(matches!(open_error(&killed), Error::FromTheFuture { .. }));
    assert_eq!(lies_in(&killed), before);
}

#[test]
fn a_log_that_a_crash_left_is_taken_in() {
    let scene = Scene::new();
    let folder = left_by_a_crash(&scene, "crash");
    let store = Store::open(&folder).unwrap();
    let area = store.read(|read| store::get_setting(read, "area")).unwrap();
    assert_eq!(area.as_deref(), Some("371102111"));
}

#[test]
fn an_overwritten_header_is_set_aside_with_its_log() {
    let scene = Scene::new();
    let folder = left_by_a_crash(&scene, "header");
    let mut bytes = fs::read(folder.join("angen.db")).unwrap();
    bytes[..100].fill(0x5a);
    fs::write(folder.join("angen.db"), &bytes).unwrap();
    let log = fs::read(folder.join("angen.db-wal")).unwrap();
    assert_set_aside(&folder, &bytes, Some(&log));
}

#[test]
fn a_database_that_was_cut_off_is_set_aside_wherever_it_was_cut() {
    let scene = Scene::new();
    let whole = fs::read(left_by_an_end(&scene, "whole").join("angen.db")).unwrap();
    for length in [2, 50, 99, 100, 511, 512, PAGE_BYTES, PAGE_BYTES + 1, whole.len() / 2] {
        let folder = scene.path(&format!("cut {length}"));
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("angen.db"), &whole[..length]).unwrap();
        assert_set_aside(&folder, &whole[..length], None);
    }
}

#[test]
fn every_damaged_database_gets_a_name_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    for words in ["first damaged file, long enough", "second damaged file, as long"] {
        fs::write(folder.path().join("angen.db"), words).unwrap();
        assert!(matches!(open_error(folder.path()), Error::Damaged { .. }));
    }
    let kept = |name: &str| fs::read_to_string(folder.path().join(name)).unwrap();
    assert!(kept("angen.db.damaged-1").starts_with("first"));
    assert!(kept("angen.db.damaged-2").starts_with("second"));
}

#[test]
fn an_empty_file_is_a_database_that_was_never_begun() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("angen.db"), b"").unwrap();
    let store = Store::open(folder.path()).unwrap();
    assert_eq!(store.read(store::count_ops).unwrap(), 0);
}

#[test]
fn a_log_without_its_database_is_set_aside_and_not_dropped() {
    let scene = Scene::new();
    let folder = left_by_a_crash(&scene, "log alone");
    let log = fs::read(folder.join("angen.db-wal")).unwrap();
    for left in [&b""[..], b"S"] {
        fs::write(folder.join("angen.db"), left).unwrap();
        fs::write(folder.join("angen.db-wal"), &log).unwrap();
        assert_set_aside(&folder, left, Some(&log));
        fs::remove_file(folder.join("angen.db")).unwrap();
    }
}

#[test]
fn any_overwritten_page_is_noticed_and_nothing_panics() {
    let scene = Scene::new();
    let whole = fs::read(left_by_an_end(&scene, "pages").join("angen.db")).unwrap();
    let pages = whole.len() / PAGE_BYTES;
    let free = scene.town.store.read(|read| {
        Ok(read.pragma_query_value(None, "freelist_count", |row| row.get::<_, i64>(0))?)
    });
    let mut unnoticed = 0;
    for page in 1..pages {
        let folder = scene.path(&format!("page {page}"));
        fs::create_dir(&folder).unwrap();
        let mut bytes = whole.clone();
        bytes[page * PAGE_BYTES..(page + 1) * PAGE_BYTES].fill(0xa5);
        fs::write(folder.join("angen.db"), &bytes).unwrap();
        let noticed = match Store::open(&folder) {
            Ok(store) => match fsck(&store) {
                // The blobs are not here; the file itself is what is asked about.
                Ok(report) => report.problems.iter().any(|(item, ..)| item == "angen.db"),
                Err(error) => error.say(Lang::Zh).contains("损坏"),
            },
            Err(error) => matches!(error, Error::Damaged { .. }),
        };
        unnoticed += usize::from(!noticed);
    }
    assert!(unnoticed <= free.unwrap() as usize, "{unnoticed} of {pages} pages");
}

#[test]
fn a_refused_file_leaves_the_township_as_it_was() {
    let scene = Scene::new();
    let before = picture(&scene.town.store).unwrap();
    let folder = left_by_a_crash(&scene, "other");
    fs::write(folder.join("angen.db"), b"not a database, but long enough to be read as one")
        .unwrap();
    assert!(matches!(open_error(&folder), Error::Damaged { .. }));
    let after = picture(&scene.town.store).unwrap();
    assert_eq!((before.digest, before.ops), (after.digest, after.ops));
}
