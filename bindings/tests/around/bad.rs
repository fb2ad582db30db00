//! Bad input: a full disk, keys that talk nonsense, a wrong key, ids that are none.

use std::path::PathBuf;
use std::process::Command;
use std::sync::Arc;

use angen_bindings::host::{HostError, NewKeys, PublicKey};
use angen_bindings::{ApiError, DatabaseKeys, Inspector, Keys};
use angen_ledger::id::WriterId;
use angen_testing::files::{copy_folder, jpeg};

use crate::host::{Phone, lent, open};

#[test]
fn a_full_disk_refuses_the_photo_keeps_the_original_and_still_takes_a_note() {
    let phone = Phone::new(71, |_| {});
    let request = phone.photo(None);
    let original = request.path.clone();
    let before = phone.inspector.sync_state().unwrap().counts;
    phone.world.set_free_bytes(0);

    let error = phone.inspector.capture_evidence(phone.officer(), request).unwrap_err();

    assert!(matches!(&error, ApiError::StorageFull { zh, .. } if !zh.is_empty()), "{error:?}");
    assert!(original.exists());
    assert_eq!(phone.inspector.sync_state().unwrap().counts, before);
    phone.note("磁盘已满，先记下");
    phone.world.set_free_bytes(1 << 40);
    phone.inspector.capture_evidence(phone.officer(), phone.photo(None)).unwrap();
}

/// A file system of its own, which goes when the test ends; none where this machine lets no test
/// mount one.
struct SmallDisk(PathBuf);

impl SmallDisk {
    #[expect(clippy::print_stdout, reason = "who runs the test reads what was not tried, and why")]
    fn mounted(at: PathBuf) -> Option<Self> {
        std::fs::create_dir(&at).unwrap();
        let tmpfs = ["-t", "tmpfs", "-o", "size=12m", "tmpfs"];
        let output = Command::new("mount").args(tmpfs).arg(&at).output();
        match output {
            Ok(output) if output.status.success() => Some(Self(at)),
            Ok(output) => {
                println!("skipped: {}", String::from_utf8_lossy(&output.stderr).trim());
                None
            }
            Err(why) => {
                println!("skipped: there is no mount command: {why}");
                None
            }
        }
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg("-l").arg(&self.0).status();
    }
}

/// The system itself has no room left, whatever the app was told of it.
#[test]
fn a_disk_that_fills_in_the_middle_of_a_photo_says_so_and_takes_it_once_there_is_room() {
    let phone = Phone::new(76, |_| {});
    let Some(disk) = SmallDisk::mounted(phone.folder.path().join("small")) else { return };
    let data = disk.0.join("data");
    phone.inspector.pause().unwrap();
    for name in ["angen.db", "blobs"] {
        let (from, to) = (phone.folder.path().join(name), data.join(name));
        std::fs::create_dir_all(&data).unwrap();
        if from.is_dir() {
            copy_folder(&from, &to).unwrap();
        } else {
            std::fs::copy(&from, &to).unwrap();
        }
    }
    std::fs::write(disk.0.join("films"), vec![0; 4 << 20]).unwrap();
    let inspector = open(data.clone(), &phone.world);
    let mut large = jpeg("大图");
    let end = large.split_off(large.len() - 2);
    large.resize(700_000, 7);
    large.extend(end);
    let mut request = phone.photo(None);
    request.path = phone.folder.path().join("large.jpg");
    std::fs::write(&request.path, &large).unwrap();
    let mut taken = Vec::new();
    let error = loop {
        match inspector.capture_evidence(phone.officer(), request.clone()) {
            Ok(view) => taken.push(view.evidence),
            Err(error) => break error,
        }
        assert!(taken.len() < 40, "the disk does not fill");
    };
    let ApiError::StorageFull { zh, en } = &error else { panic!("{error:?}") };
    assert!(!zh.is_empty() && !en.is_empty(), "{error:?}");
    assert!(taken.len() > 2, "{error:?}");
    let held = || {
        let page = inspector.evidence_of(phone.cast.check.dossier, None, None).unwrap();
        page.rows.iter().filter(|row| row.is_here).map(|row| row.evidence).collect::<Vec<_>>()
    };
    assert!(taken.iter().all(|photo| held().contains(photo)), "{error:?}");

    std::fs::remove_file(disk.0.join("films")).unwrap();
    let after = inspector.capture_evidence(phone.officer(), request).unwrap().evidence;
    assert!(held().contains(&after));
    assert!(inspector.recovery().unwrap().damaged.is_empty());
}

#[test]
fn the_app_may_end_between_any_two_calls() {
    let phone = Phone::new(72, |_| {});
    let dossier = phone.note("一");
    let Phone { inspector, world, folder, cast, .. } = phone;
    // Nothing is said good-bye to: the object is only forgotten, as a kill does.
    std::mem::forget(inspector);
    let again = open(folder.path().to_owned(), &world);
    let recovery = again.recovery().unwrap();
    assert!(
        recovery.last.iter().any(|last| last.dossier == dossier && last.writer == cast.officers[0])
    );
    assert!(recovery.captures.is_empty() && recovery.damaged.is_empty());
}

/// Keys that talk nonsense in one way after another.
struct Nonsense {
    public: Vec<u8>,
    signature: Vec<u8>,
}

impl Keys for Nonsense {
    fn create(&self, _writer: WriterId) -> Result<NewKeys, HostError> {
        let sign = PublicKey::Ed25519 { bytes: self.public.clone() };
        Ok(NewKeys { sign, seal_to: vec![1; 31] })
    }

    fn public_key(&self, _writer: WriterId) -> Result<PublicKey, HostError> {
        Ok(PublicKey::Ed25519 { bytes: self.public.clone() })
    }

    fn sign(&self, _writer: WriterId, _message: Vec<u8>) -> Result<Vec<u8>, HostError> {
        Ok(self.signature.clone())
    }

    fn agree(&self, _writer: WriterId, _public: Vec<u8>) -> Result<Vec<u8>, HostError> {
        Ok(vec![0; 33])
    }

    fn destroy(&self, _writer: WriterId) -> Result<(), HostError> {
        Ok(())
    }
}

#[test]
fn keys_that_talk_nonsense_write_nothing() {
    let phone = Phone::new(73, |_| {});
    let before = phone.inspector.sync_state().unwrap().counts;
    let folder = phone.folder.path().to_owned();
    let officer = phone.officer();
    let request = phone.photo(None);
    drop(phone.inspector);
    for (public, signature) in
        [(vec![0; 31], vec![0; 64]), (vec![7; 32], vec![0; 64]), (vec![7; 32], Vec::new())]
    {
        let keys = Arc::new(Nonsense { public, signature });
        let disk = lent(&phone.world);
        let strange = Inspector::open(folder.clone(), lent(&phone.world), keys, disk).unwrap();
        let error = strange.capture_evidence(officer, request.clone()).unwrap_err();
        assert!(matches!(error, ApiError::Internal { .. }), "{error:?}");
        assert_eq!(strange.sync_state().unwrap().counts, before);
    }
}

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

fn encrypted(folder: PathBuf, phone: &Phone, key: Vec<u8>) -> Result<Arc<Inspector>, ApiError> {
    let world = &phone.world;
    let key = Arc::new(Kept(key));
    Inspector::open_encrypted(folder, key, lent(world), lent(world), lent(world))
}

#[test]
fn a_database_key_of_another_length_is_refused() {
    let phone = Phone::new(74, |_| {});
    let folder = phone.folder.path().join("new");
    let error = encrypted(folder, &phone, vec![1; 31]).err().unwrap();
    assert!(matches!(&error, ApiError::Internal { en, .. } if en.contains("31")), "{error:?}");
}

#[test]
fn a_key_for_a_database_that_is_not_encrypted_moves_nothing_aside() {
    let phone = Phone::new(74, |_| {});
    let folder = phone.folder.path().to_owned();
    let error = encrypted(folder.clone(), &phone, vec![1; 32]).err().unwrap();
    // The build with SQLCipher says that the key does not fit, the plain one that it has none.
    let fits = if cfg!(feature = "sqlcipher") {
        matches!(error, ApiError::WrongKey { .. })
    } else {
        matches!(error, ApiError::Internal { .. })
    };
    assert!(fits, "{error:?}");
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(!names.into_iter().any(|name| name.to_string_lossy().contains("damaged")));
}

#[cfg(feature = "sqlcipher")]
#[test]
fn a_wrong_key_is_its_own_error_and_the_right_one_opens_afterwards() {
    let phone = Phone::new(75, |_| {});
    let folder = phone.folder.path().join("sealed");
    drop(encrypted(folder.clone(), &phone, vec![1; 32]).unwrap());
    let error = encrypted(folder.clone(), &phone, vec![2; 32]).err().unwrap();
    assert!(matches!(error, ApiError::WrongKey { .. }), "{error:?}");
    encrypted(folder, &phone, vec![1; 32]).unwrap();
}
