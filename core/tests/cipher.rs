//! The encrypted flavour: a wrong key is never taken for damage, damage never for a wrong key, and
//! nothing that is known lies in any file in plain.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap, as tests do")]

use std::fs;
use std::path::Path;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use angen_core::action::{find_enterprises, fsck, rebuild};
use angen_core::error::{Error, KeyTrouble};
use angen_core::ports::DatabaseKeys;
use angen_core::store::{self, DatabaseKey, KEY_CHECK_FILE, Store};
use angen_ledger::key::SignError;
use angen_testing::files::{contents, copy_folder};
use angen_testing::township::Township;

/// A host's key. Clones share whether it was destroyed.
#[derive(Clone)]
struct Key(u8, Arc<AtomicBool>);

impl DatabaseKeys for Key {
    fn database_key(&self) -> Result<DatabaseKey, SignError> {
        match self.1.load(Ordering::SeqCst) {
            true => Err(SignError::Store("destroyed".to_owned())),
            false => Ok(DatabaseKey::new([self.0; 32])),
        }
    }

    fn destroy(&self) -> Result<(), SignError> {
        self.1.store(true, Ordering::SeqCst);
        Ok(())
    }
}

fn key(byte: u8) -> Key {
    Key(byte, Arc::default())
}

fn open(folder: &Path, byte: u8) -> Result<Store, Error> {
    Store::open_with(folder, Some(Box::new(key(byte))))
}

fn trouble(result: Result<Store, Error>) -> KeyTrouble {
    match result {
        Err(Error::Key(trouble)) => trouble,
        Err(error) => panic!("{error}"),
        Ok(_) => panic!("it was opened"),
    }
}

/// A name that the township has and nothing else.
const KNOWN: &str = "日照样例机械加工有限公司";

/// An encrypted township, made from a plain one.
fn encrypted(folder: &Path) -> angen_ledger::hash::Hash {
    let town = Township::build(folder, 5);
    let digest = town.store.read(store::digest).unwrap();
    let Township { store, ports, .. } = town;
    store.pause().unwrap();
    drop(store);
    fs::remove_dir_all(folder.join("inbox")).unwrap();
    assert!(holds(folder, KNOWN), "the plain database has the name");
    assert!(Store::encrypt(folder, &*ports.chance, &key(1)).unwrap());
    digest
}

fn holds(folder: &Path, text: &str) -> bool {
    let needle = text.as_bytes();
    let utf16: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    contents(folder).unwrap().iter().any(|(path, ..)| {
        let bytes = fs::read(path).unwrap();
        let has = |needle: &[u8]| bytes.windows(needle.len()).any(|window| window == needle);
        has(needle) || has(&utf16)
    })
}

#[test]
fn a_plain_database_becomes_an_encrypted_one_with_the_same_content() {
    let folder = tempfile::tempdir().unwrap();
    let digest = encrypted(folder.path());
    assert!(!holds(folder.path(), KNOWN), "the name is still there in plain");
    assert!(!holds(folder.path(), "CREATE TABLE"), "even the schema is hidden");
    let store = open(folder.path(), 1).unwrap();
    assert_eq!(store.read(store::digest).unwrap(), digest);
    assert_eq!(fsck(&store).unwrap().problems, []);
    assert_eq!(find_enterprises(&store, "样例", None, 5).unwrap().found.len(), 1);
    let (before, after) = rebuild(&store).unwrap();
    assert_eq!(before, after);
    store.pause().unwrap();
    store.resume().unwrap();
    assert_eq!(store.read(store::digest).unwrap(), digest, "readers and a resume have the key");
    assert!(!holds(folder.path(), KNOWN), "what is written later is hidden too");
}

#[test]
fn a_wrong_key_is_refused_and_nothing_is_moved_aside() {
    let folder = tempfile::tempdir().unwrap();
    encrypted(folder.path());
    let before = contents(folder.path()).unwrap();
    assert_eq!(trouble(open(folder.path(), 2)), KeyTrouble::Wrong);
    assert_eq!(trouble(Store::open(folder.path())), KeyTrouble::Needed);
    assert_eq!(contents(folder.path()).unwrap(), before);
    // Without the key-check file nobody can tell: then nothing is moved on a key's word either.
    fs::remove_file(folder.path().join(KEY_CHECK_FILE)).unwrap();
    let before = contents(folder.path()).unwrap();
    assert_eq!(trouble(open(folder.path(), 2)), KeyTrouble::Unproven);
    assert_eq!(contents(folder.path()).unwrap(), before);
    drop(open(folder.path(), 1).unwrap());
    assert!(folder.path().join(KEY_CHECK_FILE).exists(), "the right key proves itself");
    assert_eq!(trouble(open(folder.path(), 2)), KeyTrouble::Wrong);
}

#[test]
fn a_damaged_database_is_set_aside_although_its_key_is_right() {
    let folder = tempfile::tempdir().unwrap();
    encrypted(folder.path());
    let file = folder.path().join("angen.db");
    let mut bytes = fs::read(&file).unwrap();
    bytes[100] ^= 1;
    fs::write(&file, &bytes).unwrap();
    let Err(Error::Damaged { set_aside }) = open(folder.path(), 1) else { panic!("not set aside") };
    assert_eq!(fs::read(set_aside).unwrap(), bytes);
    let again = open(folder.path(), 1).unwrap();
    assert_eq!(again.read(store::count_ops).unwrap(), 0);
}

#[test]
fn a_key_for_a_plain_database_is_refused_and_nothing_changes() {
    let folder = tempfile::tempdir().unwrap();
    drop(Township::build(folder.path(), 6));
    let before = contents(folder.path()).unwrap();
    assert_eq!(trouble(open(folder.path(), 1)), KeyTrouble::NotEncrypted);
    assert_eq!(contents(folder.path()).unwrap(), before);
}

#[test]
fn a_new_database_with_a_key_is_encrypted_from_its_first_byte() {
    let folder = tempfile::tempdir().unwrap();
    let store = open(folder.path(), 3).unwrap();
    store.write(|tx| store::put_setting(tx, "township", KNOWN)).unwrap();
    assert!(!holds(folder.path(), KNOWN));
    drop(store);
    assert!(!holds(folder.path(), KNOWN) && !holds(folder.path(), "SQLite format 3"));
    let store = open(folder.path(), 3).unwrap();
    let held = store.read(|read| store::get_setting(read, "township")).unwrap();
    assert_eq!(held.as_deref(), Some(KNOWN));
}

#[test]
fn an_encryption_that_was_cut_off_is_told_by_the_file_and_made_again() {
    let folder = tempfile::tempdir().unwrap();
    let (plain, cut) = (folder.path().join("plain"), folder.path().join("cut"));
    let town = Township::build(&plain, 7);
    let Township { store, ports, .. } = town;
    store.pause().unwrap();
    drop(store);
    copy_folder(&plain, &cut).unwrap();
    assert!(Store::encrypt(&plain, &*ports.chance, &key(1)).unwrap());
    // Killed before the copy took its place: copy and key-check lie there, the file is plain.
    fs::copy(plain.join("angen.db"), cut.join("angen.db.encrypting")).unwrap();
    fs::copy(plain.join(KEY_CHECK_FILE), cut.join(KEY_CHECK_FILE)).unwrap();
    drop(Store::open(&cut).unwrap());
    assert!(Store::encrypt(&cut, &*ports.chance, &key(4)).unwrap());
    assert_eq!(trouble(open(&cut, 1)), KeyTrouble::Wrong);
    assert_eq!(fsck(&open(&cut, 4).unwrap()).unwrap().problems, []);
    assert!(!cut.join("angen.db.encrypting").exists());
}

/// The log of a plain database that stayed beside the encrypted one would be taken for that one's,
/// and the database for damaged (number 47).
#[test]
fn a_database_that_somebody_has_open_is_not_encrypted_under_them() {
    let folder = tempfile::tempdir().unwrap();
    let Township { store, ports, .. } = Township::build(folder.path(), 8);
    store.write(|tx| store::put_setting(tx, "area", "371102111")).unwrap();
    let digest = store.read(store::digest).unwrap();

    let error = Store::encrypt(folder.path(), &*ports.chance, &key(1)).unwrap_err();

    assert!(matches!(error, Error::Storage(_)), "{error}");
    store.write(|tx| store::put_setting(tx, "area", "371102112")).unwrap();
    drop(store);
    assert!(Store::encrypt(folder.path(), &*ports.chance, &key(1)).unwrap());
    let sealed = open(folder.path(), 1).unwrap();
    assert_eq!(sealed.read(store::digest).unwrap(), digest);
    let area = sealed.read(|read| store::get_setting(read, "area")).unwrap();
    assert_eq!(area.as_deref(), Some("371102112"));
}

#[test]
fn what_is_encrypted_or_not_there_is_left_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    encrypted(folder.path());
    let before = contents(folder.path()).unwrap();
    let chance = angen_testing::world::World::new(1);
    assert!(!Store::encrypt(folder.path(), &chance, &key(2)).unwrap());
    assert_eq!(contents(folder.path()).unwrap(), before);
    let none = tempfile::tempdir().unwrap();
    assert!(!Store::encrypt(none.path(), &chance, &key(2)).unwrap());
    assert_eq!(contents(none.path()).unwrap(), []);
}

#[test]
fn with_its_key_destroyed_the_database_is_noise() {
    let folder = tempfile::tempdir().unwrap();
    encrypted(folder.path());
    let held = key(1);
    let store = Store::open_with(folder.path(), Some(Box::new(held.clone()))).unwrap();
    let town_disk = angen_testing::world::World::new(1).ports().disk;
    store.destroy(&*town_disk).unwrap();
    assert!(held.database_key().is_err());
    assert!(!folder.path().join("angen.db").exists());
}
