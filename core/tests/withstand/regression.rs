//! Faults that tests found in the store and the verbs, each with a number.
//!
//! 1 a reader outlived `pause`: `pause::pause_waits_for_the_readers_in_hand`;
//! 2 refusing a database moved its log into it:
//!   `damaged::a_killed_newer_program_finds_its_log_again_after_an_older_one_was_refused`;
//! 3 the log beside an emptied database was dropped:
//!   `damaged::a_log_without_its_database_is_set_aside_and_not_dropped`;
//! 4 a half-begun transaction blocked every later one:
//!   `fail_at_n::statements_are_interrupted_in_the_middle_and_nothing_remains`;
//! 5 a finding could be corrected to an empty title, and a source note be blanks: `bad_input`;
//! 6 an export's file steps could not be failed, and its folder was not synced:
//!   `fail_at_n::every_step_on_a_file_fails_once_and_nothing_remains`;
//! the rest is here.

use angen_core::action::rebuild;
use angen_core::store::{self, Store};
use angen_ledger::certificate::Duty;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::testing::{Grant, Scribe, draft, opening};
use angen_ledger::wire::Wire as _;
use angen_testing::exchange::{deliver, pack};
use angen_testing::files::copy_folder;
use angen_testing::township::Township;

use crate::scene::{Scene, assert_clean, later_world};

#[test]
fn fault_7_both_ends_of_a_fork_are_kept_and_hold() {
    let scene = Scene::new();
    let one = &scene.town;
    let restored = scene.path("restored from a backup");
    one.store.pause().unwrap();
    copy_folder(one.store.folder(), &restored).unwrap();
    one.store.resume().unwrap();
    let two = Township::open(&restored, later_world(66), one.cast.clone());
    let ops = [one.photograph("on the old phone"), two.photograph("on the restored phone")];
    copy_folder(&two.store.folder().join("blobs"), &one.store.folder().join("blobs")).unwrap();
    deliver(&pack(&two.store).unwrap(), &one.store).unwrap();
    for view in ops {
        let op = view.unwrap().op;
        assert!(one.store.read(|read| store::has_op(read, op)).unwrap());
    }
    assert_clean(&one.store);
    one.photograph("work goes on").unwrap();
    assert_clean(&one.store);
}

#[test]
fn fault_8_a_rebuild_of_ops_that_came_backwards_takes_time_in_proportion() {
    const OPS: u64 = 3_000;
    let grant = |duty, name| Grant { duty, name, scopes: &["*:37"], algorithm: Algorithm::Ed25519 };
    let root = Scribe::new(1, &grant(Duty::Root, "根"), None);
    let mut scribe = Scribe::new(2, &grant(Duty::Writer, "执法员"), Some(&root));
    let dossier = DossierId([0xd0; 16]);
    let mut runs = Vec::new();
    for number in 0..OPS {
        let said = if number == 0 {
            opening(dossier, "371102110")
        } else {
            let fields = [("item", format!("MW{number}").as_str().into())];
            draft(dossier, EntityId([1; 16]), "answer.set/1", &fields)
        };
        let op = scribe.write(said, Vec::new());
        let bytes = (op.bytes.clone(), op.body.as_ref().map(|body| body.to_wire()));
        let seal = scribe.seal(std::slice::from_ref(&op));
        runs.push(store::SealedRun { ops: vec![bytes], seal });
    }
    runs.reverse();
    let folder = tempfile::tempdir().unwrap();
    let backwards = Store::open(folder.path()).unwrap();
    let certificates = [root.cose.clone(), scribe.cose.clone()];
    backwards.write(|tx| store::receive(tx, &certificates, &runs)).unwrap();
    // A count that grows with the square would be nine million looks at ops; steps are counted
    // and not seconds, so that a busy machine does not fail the test.
    let looks = std::sync::Arc::new(std::sync::atomic::AtomicU64::new(0));
    let counted = looks.clone();
    let hooked = backwards.with_writer(|writer| {
        writer.progress_handler(
            100,
            Some(move || {
                counted.fetch_add(1, std::sync::atomic::Ordering::SeqCst);
                false
            }),
        )
    });
    hooked.unwrap().unwrap();
    let (before, after) = rebuild(&backwards).unwrap();
    assert_eq!(before, after);
    let steps = looks.load(std::sync::atomic::Ordering::SeqCst) * 100;
    assert!(steps < OPS * 2_000, "{steps} instructions for {OPS} ops");
}
