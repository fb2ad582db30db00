//! The power goes at every step of every verb: nothing acknowledged is lost, no row is without its
//! file, a verb happened whole or not at all, and it can be done again.
//!
//! `ANGEN_POWER_CUT=all` tries many more selections of what the disk did not keep;
//! `ANGEN_POWER_CUT=VERB:CUT:CHOICE` repeats one, as a failure prints it; `ANGEN_POWER_CUT_SEED`
//! chooses other selections.
#![cfg(all(target_os = "linux", target_pointer_width = "64"))]
#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "the helpers of tests may unwrap, and say what they cover, as tests do"
)]

mod cut;
mod judge;
#[path = "../withstand/scene.rs"]
#[allow(dead_code, reason = "shared with other tests, which use all of it")]
mod scene;
#[path = "../withstand/verbs.rs"]
#[allow(dead_code, reason = "shared with other tests, which use all of it")]
mod verbs;
#[path = "../withstand/verbs_later.rs"]
mod verbs_later;

use std::path::Path;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use angen_powercut::Step;

use crate::cut::{Record, Run, cut_everywhere};
use crate::verbs::{Verb, every_verb};

fn verb(name: &str) -> &'static Verb {
    every_verb().find(|verb| verb.name == name).unwrap()
}

#[test]
fn the_power_goes_at_every_step_of_every_verb() {
    let run = Run::from_environment();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut wrong = Vec::new();
        while let Some(verb) = every_verb().nth(next.fetch_add(1, Ordering::SeqCst)) {
            if run.is_wanted(verb) {
                match cut_everywhere(&Record::of(verb), &run) {
                    Ok(covered) if run.is_single() || covered.is_whole() => {
                        println!("{covered}");
                    }
                    Ok(covered) => wrong.push(covered.to_string()),
                    Err(why) => wrong.push(format!("{}: {why}", verb.name)),
                }
            }
        }
        wrong
    };
    let wrong: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..2).map(|_| scope.spawn(work)).collect();
        workers.into_iter().flat_map(|worker| worker.join().unwrap()).collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Cuts a record everywhere and gives what is wrong; a planted defect must be found.
fn found(record: &Record, defect: &str) -> String {
    let run = Run::default();
    match cut_everywhere(record, &run) {
        Err(why) => why,
        Ok(covered) => panic!("{defect} passed: {covered}"),
    }
}

#[test]
fn a_database_that_does_not_wait_for_the_disk_is_found_out() {
    let spoil = |scene: &scene::Scene| {
        let off =
            |writer: &mut rusqlite::Connection| writer.pragma_update(None, "synchronous", "OFF");
        scene.town.store.with_writer(off).unwrap().unwrap();
    };
    let record = Record::made(verb("set_answers"), |_| {}, spoil);
    let why = found(&record, "synchronous=OFF");
    assert!(why.contains("was acknowledged and is lost"), "{why}");
}

#[test]
fn a_blob_that_is_not_synced_before_its_op_is_found_out() {
    let mut record = Record::of(verb("capture_evidence"));
    record.forget(
        |step| matches!(step, Step::Sync(path) if path.to_string_lossy().contains(".part")),
    );
    let why = found(&record, "a file that is not synced");
    assert!(why.contains("fsck"), "{why}");
}

#[test]
fn a_blob_whose_folder_is_not_synced_before_its_op_is_found_out() {
    let mut record = Record::of(verb("capture_evidence"));
    record.forget(|step| matches!(step, Step::SyncFolder(path) if path.starts_with("data/blobs")));
    let why = found(&record, "a folder that is not synced");
    assert!(why.contains("fsck"), "{why}");
}

#[test]
fn a_log_that_is_not_synced_at_the_commit_is_found_out() {
    let mut record = Record::of(verb("sign_record"));
    record.forget(|step| matches!(step, Step::Sync(path) if path.ends_with("angen.db-wal")));
    let why = found(&record, "a commit without a sync");
    assert!(why.contains("was acknowledged and is lost"), "{why}");
}

/// A sweep of a folder that holds a leftover of 1970, safe on the disk.
fn sweep() -> Record {
    let leave = |root: &Path| {
        let path = root.join("data/blobs/leftover.part");
        std::fs::write(&path, "it may be evidence").unwrap();
        let file = std::fs::File::options().append(true).open(&path).unwrap();
        file.set_modified(std::time::UNIX_EPOCH).unwrap();
    };
    Record::made(verb("sweep"), leave, |_| {})
}

#[test]
fn what_a_sweep_sets_aside_is_somewhere_whenever_the_power_goes() {
    let covered = cut_everywhere(&sweep(), &Run::default()).unwrap_or_else(|why| panic!("{why}"));
    assert!(covered.is_whole(), "{covered}");
}

#[test]
fn a_sweep_into_a_folder_whose_own_name_is_not_synced_is_found_out() {
    let mut record = sweep();
    record.forget(|step| matches!(step, Step::SyncFolder(path) if path == Path::new("data")));
    let why = found(&record, "a folder without a name");
    assert!(why.contains("was safe and is gone"), "{why}");
}
