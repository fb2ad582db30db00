//! Backups: made while a hub serves, resumed, restored into a new epoch, and checked.

use std::path::Path;
use std::sync::Arc;

use crate::common::{Phone, TestDisk, TestHub, certificates_for, logging, push};
use crate::pull::{empty_store, pull};
use angen_core::store::Store;
use angen_hub::server::Hub;
use angen_hub::{HubError, LogTrouble, MANIFEST, backup, check, restore};

/// A hub with everything of a township, in a folder beside which others can be made.
fn begun(seed: u64) -> (Phone, TestHub, tempfile::TempDir) {
    let phone = Phone::new(seed);
    phone.capture(0, "a.jpg", 60_000);
    let folders = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(&folders.path().join("hub"), &[&phone]);
    push_all(&phone, &hub);
    (phone, hub, folders)
}

fn push_all(phone: &Phone, hub: &TestHub) {
    for dossier in phone.dossiers() {
        push(hub.address, phone, dossier).unwrap();
    }
}

/// Starts a hub in a folder with certificates of an epoch, saying that it is new or not.
fn start(folder: &Path, phone: &Phone, epoch: u32, new_epoch: bool) -> Result<(), LogTrouble> {
    let store = Arc::new(Store::open(folder).unwrap());
    let hub = Hub::open(store, Box::new(TestDisk::roomy()), &[]).unwrap();
    let mut logging = logging(certificates_for(folder, &[phone], epoch), &Arc::default());
    logging.new_epoch = new_epoch;
    hub.with_log(logging).map(drop)
}

#[test]
fn a_hub_is_backed_up_while_it_serves_and_a_second_backup_brings_what_is_new() {
    let (phone, hub, folders) = begun(191);
    let (data, out) = (folders.path().join("hub"), folders.path().join("out"));
    let first = backup(&data, &out).unwrap();
    assert_eq!((first.blobs, first.new_blobs), (1, 1));
    assert!(!out.join("hub.key").exists() && !out.join("hub.mark").exists());
    phone.capture(1, "b.jpg", 60_000);
    push_all(&phone, &hub);
    // One that was cut off: no manifest, and half a copy of the database.
    std::fs::remove_file(out.join(MANIFEST)).unwrap();
    std::fs::write(out.join("angen.db.new"), b"half").unwrap();
    let second = backup(&data, &out).unwrap();
    assert_eq!((second.blobs, second.new_blobs), (2, 1));
    assert_eq!(second.entries, first.entries + 2);
    assert_eq!(backup(&data, &out).unwrap().new_blobs, 0);
    assert_eq!(check(&out).unwrap().report.problems, []);
    // Into what is something else's folder nothing is written.
    let other = folders.path().join("other");
    std::fs::create_dir(&other).unwrap();
    std::fs::write(other.join("letter.txt"), b"x").unwrap();
    assert!(backup(&data, &other).is_err());
    assert!(backup(&folders.path().join("nowhere"), &folders.path().join("new")).is_err());
    assert!(!folders.path().join("nowhere").exists());
}

#[test]
fn a_restored_hub_goes_on_in_a_new_epoch_alone_and_serves_what_it_held() {
    let (phone, hub, folders) = begun(192);
    let (data, out) = (folders.path().join("hub"), folders.path().join("out"));
    let made = backup(&data, &out).unwrap();
    drop(hub);
    let new = folders.path().join("new");
    let restored = restore(&out, &new).unwrap();
    assert_eq!((restored.ops, restored.blobs, restored.entries), (made.ops, 1, made.entries));
    assert_eq!(check(&new).unwrap().report.problems, []);
    let again = restore(&out, &new).err().unwrap();
    assert!(matches!(again, HubError::Core(_)), "the folder is not empty: {again}");

    // Not with the old key and the old certificate either.
    std::fs::copy(data.join("hub.key"), new.join("hub.key")).unwrap();
    let old = start(&new, &phone, 1, false).unwrap_err();
    assert!(matches!(old, LogTrouble::Restored(_)), "{old}");
    assert!(matches!(start(&new, &phone, 1, true), Err(LogTrouble::Restored(_))));
    assert!(matches!(start(&new, &phone, 2, false), Err(LogTrouble::OtherLog { .. })));
    let hub = TestHub::new_epoch_in(&new, certificates_for(&new, &[&phone], 2));
    let (_folder, store) = empty_store();
    let pulled = pull(&hub.url(), &store, &phone).unwrap();
    assert!(pulled.new_ops > 0 && pulled.blobs == 1, "{pulled:?}");
}

#[test]
fn a_restore_that_was_cut_off_goes_on_and_an_unfinished_or_damaged_backup_is_refused() {
    let (phone, hub, folders) = begun(193);
    phone.capture(1, "b.jpg", 60_000);
    push_all(&phone, &hub);
    let (data, out) = (folders.path().join("hub"), folders.path().join("out"));
    backup(&data, &out).unwrap();
    let new = folders.path().join("new");
    // As if the power had failed in the middle of the database.
    std::fs::create_dir_all(new.join("restoring")).unwrap();
    std::fs::write(new.join("restoring/angen.db"), b"half").unwrap();
    assert!(!Store::is_in(&new), "what is not finished is no hub");
    assert_eq!(restore(&out, &new).unwrap().blobs, 2);

    let manifest = std::fs::read(out.join(MANIFEST)).unwrap();
    std::fs::remove_file(out.join(MANIFEST)).unwrap();
    assert!(restore(&out, &folders.path().join("one")).is_err());
    std::fs::write(out.join(MANIFEST), manifest).unwrap();
    let blob = hub.store.blobs().list().unwrap().0[0];
    let name = blob.to_string();
    // Not through the name that it shares with the hub's own file.
    let path = out.join("blobs").join(&name[..2]).join(&name);
    std::fs::remove_file(&path).unwrap();
    std::fs::write(&path, b"other bytes").unwrap();
    assert!(restore(&out, &folders.path().join("two")).is_err());
    assert!(!Store::is_in(&folders.path().join("two")));
    std::fs::remove_file(&path).unwrap();
    assert!(restore(&out, &folders.path().join("three")).is_err(), "a blob is missing");
}

#[test]
fn a_check_tells_what_has_not_come_from_what_was_lost_and_finds_altered_bytes() {
    let (phone, hub, folders) = begun(194);
    let data = folders.path().join("hub");
    let sound = check(&data).unwrap();
    assert_eq!((&sound.report.problems[..], sound.awaited_blobs), (&[][..], 0));
    assert!(sound.report.seals > 3 && sound.entries > sound.report.seals);
    let (blob, cipher) = phone.only_blob();
    let path = hub.store.blobs().path_of(blob.address);
    std::fs::remove_file(&path).unwrap();
    let lost = check(&data).unwrap();
    assert_eq!(lost.report.problems.len(), 1, "{lost:?}");
    let mut altered = cipher.clone();
    altered[100] ^= 1;
    std::fs::write(&path, altered).unwrap();
    assert_eq!(check(&data).unwrap().report.problems.len(), 2, "by its op and by its name");
    std::fs::write(&path, cipher).unwrap();
    assert_eq!(check(&data).unwrap(), sound);

    let waiting = Phone::new(195);
    waiting.capture(0, "c.jpg", 5_000);
    let plain = TestHub::knowing(&[waiting.place.root]);
    crate::blobs::send_ops(&waiting, &plain);
    let awaited = check(plain.store.folder()).unwrap();
    assert_eq!((&awaited.report.problems[..], awaited.awaited_blobs), (&[][..], 1));
}
