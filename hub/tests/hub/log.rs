//! The log of a hub: what it takes in, what it proves of it, and when it refuses to go on.

use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::sync::Arc;

use crate::common::{HubClock, Phone, TestDisk, TestHub, certificates_for, logging, push, request};
use angen_core::action::fsck;
use angen_core::error::Error;
use angen_core::store::{self, LogFault, Store};
use angen_hub::client::push_dossier;
use angen_hub::server::Hub;
use angen_hub::wire::Consistency;
use angen_hub::{KEY_FILE, LogTrouble, MARK_FILE};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::key::PublicKey;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::node::node_hash;
use angen_ledger::log::proof::{Head, verify_consistency};
use angen_ledger::verify::Lang;
use angen_ledger::wire::Wire;

fn get(hub: &TestHub, path: &str) -> crate::common::Answer {
    request(hub.address, "GET", path, &[], &[])
}

fn checkpoint(hub: &TestHub) -> SignedCheckpoint {
    let answer = get(hub, "/v1/tlog/checkpoint");
    assert_eq!(answer.status, 200, "{answer:?}");
    SignedCheckpoint::read(std::str::from_utf8(&answer.body).unwrap()).unwrap()
}

fn key_of(certificates: &[Vec<u8>]) -> PublicKey {
    SignedCertificate::read(certificates.last().unwrap()).unwrap().certificate.key
}

/// Starts a hub on a folder again, in this process, without serving.
fn reopen(folder: &Path, certificates: Vec<Vec<u8>>, new_epoch: bool) -> Result<(), LogTrouble> {
    let store = Arc::new(Store::open(folder).unwrap());
    let hub = Hub::open(Arc::clone(&store), Box::new(TestDisk::roomy()), &[]).unwrap();
    let mut logging = logging(certificates, &Arc::new(HubClock::default()));
    logging.new_epoch = new_epoch;
    let opened = hub.with_log(logging).map(drop);
    store.pause().unwrap();
    opened
}

#[test]
fn every_seal_and_every_whole_blob_gets_one_entry_under_a_signed_head() {
    let phone = Phone::new(101);
    phone.capture(0, "a.jpg", 50_000);
    let folder = tempfile::tempdir().unwrap();
    let (hub, clock) = TestHub::certified_in(folder.path(), &[&phone]);
    let key = key_of(&certificates_for(folder.path(), &[&phone], 1));
    assert_eq!(checkpoint(&hub).checkpoint.size, 0);
    push(hub.address, &phone, phone.register()).unwrap();
    let first = checkpoint(&hub);
    assert_eq!(first.checkpoint.size, 3, "the opening, the photo's seal, the photo");
    assert_eq!(first.verify(&key), Ok(clock.wall_ms() / 1_000 * 1_000));

    clock.pass(60_000);
    push(hub.address, &phone, phone.register()).unwrap();
    assert_eq!(checkpoint(&hub), first, "nothing new, nothing signed");
    phone.capture(1, "b.jpg", 50_000);
    push(hub.address, &phone, phone.register()).unwrap();
    push(hub.address, &phone, phone.place.roster).unwrap();
    let second = checkpoint(&hub);
    assert_eq!(second.verify(&key), Ok(clock.wall_ms() / 1_000 * 1_000));
    let (old, new) = (first.checkpoint, second.checkpoint);
    let path = format!("/v1/tlog/consistency/{}/{}", old.size, new.size);
    let Consistency(proof) = Consistency::from_wire(&get(&hub, &path).body).unwrap();
    let head = |size, root| Head { size, root };
    assert!(verify_consistency(&head(old.size, old.root), &head(new.size, new.root), &proof));
    assert!(!verify_consistency(&head(old.size, new.root), &head(new.size, new.root), &proof));
}

/// What the hub's own check says of its log.
fn first_fault(store: &Store) -> Option<LogFault> {
    store.read(|c| store::newest_log(c)?.unwrap().first_fault(c)).unwrap()
}

#[test]
fn two_phones_that_push_at_once_share_one_log() {
    let one = Phone::new(111);
    one.capture(0, "before.jpg", 100_000);
    let two = one.copy(112);
    for number in 0..6 {
        one.capture(0, &format!("one-{number}.jpg"), 40_000);
        two.capture(1, &format!("two-{number}.jpg"), 40_000);
    }
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&one]);
    let address = hub.address;
    std::thread::scope(|scope| {
        for phone in [&one, &two] {
            scope.spawn(move || push(address, phone, phone.register()).unwrap());
        }
    });
    let head = checkpoint(&hub).checkpoint;
    assert_eq!(head.size, 2 * 13 + 1, "the opening, thirteen seals and as many photos");
    assert_eq!(first_fault(&hub.store), None);
    let mark = std::fs::read_to_string(folder.path().join(MARK_FILE)).unwrap();
    assert_eq!(mark, format!("{}\n{}\n{}\n", head.origin, head.size, head.root));
}

#[test]
fn a_run_without_its_entry_is_not_stored() {
    let phone = Phone::new(113);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    let plant = |sql: &str| hub.store.with_writer(|c| c.execute_batch(sql)).unwrap().unwrap();
    plant(
        "CREATE TRIGGER full BEFORE INSERT ON log_hash WHEN new.place = 1
         BEGIN SELECT raise(ABORT, 'no room'); END",
    );
    let refused = push(hub.address, &phone, phone.register()).unwrap_err();
    assert!(refused.to_string().contains("500 internal"), "{refused}");
    assert_eq!(hub.store.read(store::count_ops).unwrap(), 0);
    assert_eq!(checkpoint(&hub).checkpoint.size, 0);
    plant("DROP TRIGGER full");
    push(hub.address, &phone, phone.register()).unwrap();
    assert_eq!((checkpoint(&hub).checkpoint.size, first_fault(&hub.store)), (3, None));
}

#[test]
fn a_blob_whose_entry_failed_gets_it_when_its_offset_is_asked_for() {
    let phone = Phone::new(114);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    let plant = |sql: &str| hub.store.with_writer(|c| c.execute_batch(sql)).unwrap().unwrap();
    plant(
        "CREATE TRIGGER full BEFORE INSERT ON log_entry WHEN new.what = 1
         BEGIN SELECT raise(ABORT, 'no room'); END",
    );
    push(hub.address, &phone, phone.register()).unwrap_err();
    assert_eq!(checkpoint(&hub).checkpoint.size, 2);
    plant("DROP TRIGGER full");
    push(hub.address, &phone, phone.register()).unwrap();
    assert_eq!(checkpoint(&hub).checkpoint.size, 3);
}

#[test]
fn a_check_finds_what_was_tampered_with() {
    let phone = Phone::new(115);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    assert_eq!(first_fault(&hub.store), None);
    for (sql, fault) in [
        ("UPDATE log_hash SET hash = zeroblob(32) WHERE place = 1", LogFault::Hash(1)),
        ("DELETE FROM log_hash WHERE place = 2", LogFault::Hash(2)),
        (
            "INSERT INTO log_hash SELECT log, 1, 0, hash FROM log_hash WHERE place = 0",
            LogFault::HashesTooMany,
        ),
        ("DELETE FROM log_entry WHERE place = 1", LogFault::Entry(2)),
        ("UPDATE log_entry SET entry = x'00' WHERE place = 0", LogFault::Entry(0)),
        (
            "UPDATE log_entry SET entry = (SELECT entry FROM log_entry WHERE place = 0)
          WHERE place = 1",
            LogFault::Entry(1),
        ),
        ("DELETE FROM log_entry WHERE place = 2", LogFault::Checkpoint(3)),
        (
            "UPDATE log_checkpoint SET note = (SELECT note FROM log_checkpoint WHERE size = 0)
          WHERE size = 3",
            LogFault::Checkpoint(3),
        ),
    ] {
        let found = hub.store.with_writer(|connection| {
            let transaction = connection.transaction().unwrap();
            transaction.execute_batch(sql).unwrap();
            store::newest_log(&transaction).unwrap().unwrap().first_fault(&transaction).unwrap()
        });
        assert_eq!(found, Some(Some(fault)), "{sql}");
    }
    assert_eq!(first_fault(&hub.store), None, "nothing of it was committed");
    assert_eq!(fsck(&hub.store).unwrap().problems, []);
    let tamper = "UPDATE log_hash SET hash = zeroblob(32) WHERE place = 1";
    hub.store.with_writer(|connection| connection.execute_batch(tamper)).unwrap().unwrap();
    let [(place, _, _)] = &fsck(&hub.store).unwrap().problems[..] else { panic!("one problem") };
    assert_eq!(place, "rizhao.example/donggang/1 Hash(1)");
}

#[test]
fn tiles_are_served_as_they_grow_and_nothing_else_is() {
    let phone = Phone::new(102);
    phone.capture(0, "a.jpg", 1_000);
    let (hub, _) = TestHub::certified(&[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    let tile = get(&hub, "/v1/tlog/tile/0/000.p/3");
    assert_eq!((tile.status, tile.body.len()), (200, 96));
    let leaf = |at: usize| Hash::from_slice(&tile.body[32 * at..32 * at + 32]).unwrap();
    let root = node_hash(&node_hash(&leaf(0), &leaf(1)), &leaf(2));
    assert_eq!(checkpoint(&hub).checkpoint.root, root);
    for outside in [
        "/v1/tlog/tile/0/000",
        "/v1/tlog/tile/0/000.p/4",
        "/v1/tlog/tile/1/000.p/1",
        "/v1/tlog/tile/0/001.p/1",
        "/v1/tlog/tile/0/../../../hub.key",
        "/v1/tlog/tile/0/%2e%2e/%2e%2e/hub.key",
        "/v1/tlog/tile/0/..%2f..%2fhub.key",
        "/v1/tlog/tile/entries/000",
        "/v1/tlog/tile/0/000.p/03",
        "/v1/tlog/consistency/2/4",
        "/v1/tlog/consistency/3/2",
        "/v1/tlog/consistency/-1/2",
    ] {
        assert_eq!(get(&hub, outside).refusal(), (404, "unknown".to_owned()), "{outside}");
    }
}

#[test]
fn a_hub_without_a_certificate_takes_what_is_pushed_and_keeps_no_log() {
    let phone = Phone::new(103);
    let hub = TestHub::knowing(&[phone.place.root]);
    push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();
    for path in ["/v1/tlog/checkpoint", "/v1/tlog/certificates", "/v1/changes"] {
        assert_eq!(get(&hub, path).refusal(), (404, "no_log".to_owned()));
    }
    let challenge = request(hub.address, "POST", "/v1/session/challenge", &[], &[]);
    assert_eq!(challenge.refusal(), (404, "no_log".to_owned()));
}

#[test]
fn what_came_before_the_certificate_is_in_the_log_from_the_first_start_with_it() {
    let phone = Phone::new(104);
    phone.capture(0, "a.jpg", 1_000);
    let folder = tempfile::tempdir().unwrap();
    let patience = angen_hub::limits::Patience::USUAL;
    let hub = TestHub::start(folder.path(), &[phone.place.root], TestDisk::roomy(), patience);
    push_dossier(&hub.url(), &phone.store, phone.register()).unwrap();
    drop(hub);
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    assert_eq!(checkpoint(&hub).checkpoint.size, 3);
}

#[test]
fn the_key_is_made_once_and_is_for_its_owner_alone() {
    let phone = Phone::new(105);
    let folder = tempfile::tempdir().unwrap();
    let certificates = certificates_for(folder.path(), &[&phone], 1);
    let file = folder.path().join(KEY_FILE);
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    drop(TestHub::certified_in(folder.path(), &[&phone]));

    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o640)).unwrap();
    let open = reopen(folder.path(), certificates.clone(), false).unwrap_err();
    assert!(matches!(open, LogTrouble::KeyIsOpen(_)), "{open}");
    std::fs::set_permissions(&file, std::fs::Permissions::from_mode(0o600)).unwrap();
    std::fs::write(&file, b"short").unwrap();
    let damaged = reopen(folder.path(), certificates.clone(), false).unwrap_err();
    assert!(matches!(damaged, LogTrouble::Key { .. }), "{damaged}");
    std::fs::write(&file, [7; 64]).unwrap();
    let other = reopen(folder.path(), certificates, false).unwrap_err();
    assert!(matches!(other, LogTrouble::NotCertified), "{other}");
}

#[test]
fn certificates_of_another_root_or_for_another_log_do_not_start_a_hub() {
    let (phone, stranger) = (Phone::new(107), Phone::new(108));
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    drop(hub);
    let theirs = certificates_for(folder.path(), &[&stranger], 1);
    let other = reopen(folder.path(), theirs, false).unwrap_err();
    assert!(matches!(other, LogTrouble::OtherRoot), "{other}");
    let admin = certificates_for(folder.path(), &[&phone], 1)[..2].to_vec();
    let none = reopen(folder.path(), admin, false).unwrap_err();
    assert!(matches!(none, LogTrouble::NotCertified), "{none}");
    let mut two = certificates_for(folder.path(), &[&phone], 1);
    two.extend(certificates_for(folder.path(), &[&phone], 2));
    let two = reopen(folder.path(), two, false).unwrap_err();
    assert!(matches!(two, LogTrouble::TwoOrigins(..)), "{two}");
    let second = certificates_for(folder.path(), &[&phone], 2);
    let later = reopen(folder.path(), second, false).unwrap_err();
    assert!(matches!(later, LogTrouble::OtherLog { .. }), "{later}");
    assert!(!later.say(Lang::Zh).is_ascii());
}

#[test]
fn a_database_that_was_set_back_is_refused_until_a_new_epoch_begins() {
    let phone = Phone::new(109);
    phone.capture(0, "a.jpg", 1_000);
    let (folder, backup) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    drop(hub);
    let (database, kept) = (folder.path().join("angen.db"), backup.path().join("angen.db"));
    Store::open(folder.path()).unwrap().pause().unwrap();
    std::fs::copy(&database, &kept).unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    phone.capture(0, "b.jpg", 1_000);
    push(hub.address, &phone, phone.register()).unwrap();
    drop(hub);

    // Restored from the backup: it lacks what it has signed.
    for end in ["-wal", "-shm"] {
        let _ = std::fs::remove_file(folder.path().join(format!("angen.db{end}")));
    }
    std::fs::copy(&kept, &database).unwrap();
    let first = certificates_for(folder.path(), &[&phone], 1);
    let behind = reopen(folder.path(), first.clone(), false).unwrap_err();
    assert!(matches!(behind, LogTrouble::Behind { marked: 5, held: 3, .. }), "{behind}");
    let same = reopen(folder.path(), first.clone(), true).unwrap_err();
    assert!(matches!(same, LogTrouble::Behind { .. }), "a new epoch has another name: {same}");

    let second = certificates_for(folder.path(), &[&phone], 2);
    reopen(folder.path(), second.clone(), true).unwrap();
    let back = reopen(folder.path(), first, true).unwrap_err();
    assert!(matches!(back, LogTrouble::NotLater { .. }), "{back}");
    reopen(folder.path(), second.clone(), false).unwrap();
    let mark = folder.path().join(MARK_FILE);
    let kept = std::fs::read_to_string(&mark).unwrap();
    for foreign in ["other.example/1", "rizhao.example/donggang/3"] {
        std::fs::write(&mark, kept.replace("rizhao.example/donggang/2", foreign)).unwrap();
        let wrong = reopen(folder.path(), second.clone(), false).unwrap_err();
        assert!(matches!(wrong, LogTrouble::OtherLog { .. }), "{wrong}");
    }
    std::fs::write(&mark, kept).unwrap();
    reopen(folder.path(), second, false).unwrap();
    // What it still had is in the new log; what it had lost comes with the next push.
    let store = Store::open(folder.path()).unwrap();
    let size = store.read(|connection| {
        let log = store::newest_log(connection)?.unwrap();
        assert_eq!(log.origin, "rizhao.example/donggang/2");
        log.size(connection)
    });
    assert_eq!(size.unwrap(), 3);
}

#[test]
fn a_lost_database_and_a_tampered_log_are_refused() {
    let phone = Phone::new(110);
    let folder = tempfile::tempdir().unwrap();
    let (hub, _) = TestHub::certified_in(folder.path(), &[&phone]);
    push(hub.address, &phone, phone.register()).unwrap();
    drop(hub);
    let certificates = certificates_for(folder.path(), &[&phone], 1);
    let tamper = |sql: &str| {
        let store = Store::open(folder.path()).unwrap();
        store.with_writer(|connection| connection.execute_batch(sql)).unwrap().unwrap();
        store.pause().unwrap();
    };
    tamper("UPDATE log_hash SET hash = zeroblob(32) WHERE level = 0 AND place = 0");
    let differs = reopen(folder.path(), certificates.clone(), false).unwrap_err();
    assert!(matches!(differs, LogTrouble::Differs(_)), "{differs}");
    tamper("DELETE FROM log_hash");
    let holes = reopen(folder.path(), certificates.clone(), false).unwrap_err();
    assert!(matches!(holes, LogTrouble::Core(Error::Storage(_))), "{holes}");

    for file in ["angen.db", "angen.db-wal", "angen.db-shm"] {
        let _ = std::fs::remove_file(folder.path().join(file));
    }
    assert!(folder.path().join(MARK_FILE).exists());
    let store = Arc::new(Store::open(folder.path()).unwrap());
    let roots = [phone.place.root];
    let hub = Hub::open(store, Box::new(TestDisk::roomy()), &roots).unwrap();
    let lost = hub.with_log(logging(certificates, &Arc::new(HubClock::default())));
    assert!(matches!(lost.err(), Some(LogTrouble::Behind { held: 0, .. })));
}
