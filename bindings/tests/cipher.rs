//! The encrypted library, over the exported objects: the right key and every wrong one, nothing in
//! plain in any file, and a plain database that becomes an encrypted one, whenever it is cut off.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

#[allow(dead_code, reason = "other tests use the rest of it")]
#[path = "around/host.rs"]
mod host;

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::Arc;
use std::time::Duration;

use angen_bindings::{ApiError, DatabaseKeys, HostError, Inspector, encrypt};
use angen_testing::files::{contents, copy_folder};

use crate::host::{Phone, lent, open};

/// Where the process that is killed finds the database that it encrypts.
const VICTIM: &str = "ANGEN_VICTIM";

/// How often an encryption is cut off.
const KILLS: u64 = 40;

/// By how much later each is cut off than the one before, in microseconds.
const LATER_US: u64 = 2_000;

/// Bytes that are looked for in an encrypted file at every place.
const PIECE_BYTES: usize = 16;

/// A key of the database as an app keeps it.
struct Kept(Vec<u8>);

impl DatabaseKeys for Kept {
    fn database_key(&self) -> Result<Vec<u8>, HostError> {
        Ok(self.0.clone())
    }

    fn destroy_database_key(&self) -> Result<(), HostError> {
        Ok(())
    }
}

fn key(byte: u8) -> Arc<Kept> {
    Arc::new(Kept(vec![byte; 32]))
}

/// A township's phone that was put away, with a plain database.
fn put_away(seed: u64) -> Phone {
    let phone = Phone::new(seed, |_| {});
    phone.note("交接前的最后一条记录");
    phone.inspector.pause().unwrap();
    phone
}

fn unlocked(
    folder: &Path,
    phone: &Phone,
    key: Arc<dyn DatabaseKeys>,
) -> Result<Arc<Inspector>, ApiError> {
    let world = &phone.world;
    Inspector::open_encrypted(folder.to_owned(), key, lent(world), lent(world), lent(world))
}

fn is_wrong_key(error: &ApiError) -> bool {
    matches!(error, ApiError::WrongKey { zh, en } if !zh.is_empty() && !en.is_empty())
}

/// What stands in a plain database: every piece of its pages that is more than filling.
fn pieces(database: &Path) -> HashSet<Vec<u8>> {
    let bytes = fs::read(database).unwrap();
    let tells = |piece: &&[u8]| piece.iter().collect::<HashSet<_>>().len() > PIECE_BYTES / 2;
    bytes.chunks_exact(PIECE_BYTES).filter(tells).map(<[u8]>::to_vec).collect()
}

/// Whether any file below a folder, at any place, has one of these pieces.
fn shows(folder: &Path, pieces: &HashSet<Vec<u8>>) -> bool {
    contents(folder).unwrap().iter().any(|(path, ..)| {
        let bytes = fs::read(path).unwrap();
        bytes.windows(PIECE_BYTES).any(|window| pieces.contains(window))
    })
}

#[test]
fn a_plain_database_becomes_an_encrypted_one_and_the_officer_goes_on() {
    let phone = put_away(81);
    let folder = phone.folder.path();
    fs::remove_file(folder.join("inbox/first.jpg")).unwrap();
    let digest = { open(folder.to_owned(), &phone.world).projection_digest().unwrap() };
    let plain = pieces(&folder.join("angen.db"));
    assert!(plain.len() > 500 && shows(folder, &plain));

    assert!(encrypt(folder.to_owned(), key(1)).unwrap());

    assert!(!shows(folder, &plain), "a page is there in plain");
    let again = unlocked(folder, &phone, key(1)).unwrap();
    assert_eq!(again.projection_digest().unwrap(), digest);
    again.capture_evidence(phone.officer(), phone.photo(Some(phone.cast.finding))).unwrap();
    fs::remove_file(folder.join("camera.jpg")).unwrap();
    assert!(!shows(folder, &plain), "what is written later is there in plain");
    drop(again);
    assert!(!encrypt(folder.to_owned(), key(2)).unwrap(), "it is encrypted already");
    assert!(is_wrong_key(&unlocked(folder, &phone, key(2)).err().unwrap()));
    assert_ne!(unlocked(folder, &phone, key(1)).unwrap().projection_digest().unwrap(), digest);
}

#[test]
fn a_key_that_does_not_fit_touches_no_file_and_the_right_one_opens_afterwards() {
    let phone = put_away(82);
    let folder = phone.folder.path().join("sealed");
    drop(unlocked(&folder, &phone, key(1)).unwrap());
    let before = contents(&folder).unwrap();
    let error = unlocked(&folder, &phone, key(2)).err().unwrap();
    assert!(is_wrong_key(&error), "{error:?}");
    for length in [0, 31, 33] {
        let error = unlocked(&folder, &phone, Arc::new(Kept(vec![1; length]))).err().unwrap();
        let said = length.to_string();
        assert!(matches!(&error, ApiError::Internal { en, .. } if en.contains(&said)), "{error:?}");
    }
    let world = &phone.world;
    let without = Inspector::open(folder.clone(), lent(world), lent(world), lent(world));
    assert!(is_wrong_key(&without.err().unwrap()));
    assert_eq!(contents(&folder).unwrap(), before);
    unlocked(&folder, &phone, key(1)).unwrap();
}

#[test]
fn a_plain_database_is_not_opened_under_a_key_and_stays_as_it_is() {
    let phone = put_away(83);
    let before = contents(phone.folder.path()).unwrap();
    let error = unlocked(phone.folder.path(), &phone, key(1)).err().unwrap();
    assert!(is_wrong_key(&error), "{error:?}");
    assert_eq!(contents(phone.folder.path()).unwrap(), before);
}

#[test]
fn a_database_that_is_open_is_not_encrypted_and_the_app_may_try_again() {
    let phone = put_away(84);
    let folder = phone.folder.path().to_owned();
    phone.inspector.resume().unwrap();
    let error = encrypt(folder.clone(), key(1)).unwrap_err();
    assert!(matches!(error, ApiError::Retry { .. }), "{error:?}");
    phone.note("继续记录");
    phone.inspector.pause().unwrap();
    assert!(encrypt(folder, key(1)).unwrap());
}

#[test]
#[ignore = "the test below starts it, and kills it"]
fn victim() {
    let folder = PathBuf::from(std::env::var(VICTIM).unwrap());
    encrypt(folder, key(1)).unwrap();
}

#[test]
fn killed_at_any_moment_one_whole_database_is_there() {
    let phone = put_away(85);
    let digest =
        { open(phone.folder.path().to_owned(), &phone.world).projection_digest().unwrap() };
    let (mut plain, mut sealed, mut cut) = (0, 0, 0);
    for kill in 0..KILLS {
        let copy = tempfile::tempdir().unwrap();
        copy_folder(phone.folder.path(), copy.path()).unwrap();
        let mut child = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "victim", "--ignored"])
            .env(VICTIM, copy.path())
            .stdout(std::process::Stdio::null())
            .spawn()
            .unwrap();
        std::thread::sleep(Duration::from_micros(kill * LATER_US));
        child.kill().unwrap();
        child.wait().unwrap();
        cut += u32::from(copy.path().join("angen.db.encrypting").exists());
        let head = fs::read(copy.path().join("angen.db")).unwrap();
        let opened = if head.starts_with(b"SQLite format 3\0") {
            plain += 1;
            open(copy.path().to_owned(), &phone.world)
        } else {
            sealed += 1;
            unlocked(copy.path(), &phone, key(1)).unwrap()
        };
        assert_eq!(opened.projection_digest().unwrap(), digest, "kill {kill}");
        drop(opened);
        // What was cut off is done by the next start of the app, under whatever key it has then.
        if encrypt(copy.path().to_owned(), key(3)).unwrap() {
            let again = unlocked(copy.path(), &phone, key(3)).unwrap();
            assert_eq!(again.projection_digest().unwrap(), digest, "kill {kill}");
        }
    }
    println!("{plain} plain, {sealed} encrypted, {cut} with a copy under way");
    assert!(plain > 3 && cut > 1, "{plain} plain, {sealed} encrypted, {cut} with a copy under way");
}
