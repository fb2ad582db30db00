//! The Nth thing that a verb asks for fails, for N = 1, 2, 3 … until it passes: each time nothing
//! remains of the verb, and the next try starts as the first did.
//!
//! The way of SQLite's own tests ("How SQLite Is Tested", anomaly tests), in five kinds of fault.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use angen_core::error::Error;
use angen_core::store;
use angen_testing::picture::picture;
use rusqlite::hooks::{AuthContext, Authorization};

use crate::scene::Scene;
use crate::verbs::{Verb, every_verb};

/// More faults than any verb has steps: a loop that gets here never ends.
const FAULTS_MAX: u32 = 2_000_000;

/// Calls that are still let through; the one at 0 fails, and all after it pass.
#[derive(Clone)]
struct Countdown(Arc<AtomicI64>);

impl Countdown {
    fn new(after: u32) -> Self {
        Self(Arc::new(AtomicI64::new(i64::from(after))))
    }

    fn is_struck(&self) -> bool {
        self.0.fetch_sub(1, Ordering::SeqCst) == 0
    }

    /// Whether the fault was never reached.
    fn is_spared(&self) -> bool {
        self.0.load(Ordering::SeqCst) >= 0
    }
}

/// A kind of fault: plants it after so many calls, runs the verb, heals, and tells whether the
/// fault was never reached.
type Fault = fn(&Scene, u32, &Verb) -> (Result<(), Error>, bool);

/// Runs a verb until it passes, with the fault one call later each time (or by a growing stride).
/// Gives how many faults there were.
fn until_it_passes(verb: &Verb, fault: Fault, stride: fn(u32) -> u32) -> u32 {
    let scene = if verb.name == "establish" { Scene::empty() } else { Scene::new() };
    let mut before = picture(&scene.town.store).unwrap();
    let others = other_than_custody(&scene);
    let (mut after, mut tries) = (0, 0);
    while after < FAULTS_MAX {
        let (result, spared) = fault(&scene, after, verb);
        let now = picture(&scene.town.store).unwrap();
        let at = format!("{}, fault {after}", verb.name);
        match result {
            Ok(()) => {
                assert!(spared, "{at}: it passed over a failure");
                assert_eq!(now.ops > before.ops, verb.adds_ops, "{at}");
                assert_eq!(now.digest != before.digest, verb.adds_ops, "{at}");
                scene.assert_clean();
                return tries;
            }
            Err(error) => {
                let planted =
                    matches!(error, Error::Storage(_) | Error::File { .. } | Error::Sign(_));
                assert!(planted && !spared, "{at}: {error}");
                if now.ops > before.ops && is_interrupted(&error) {
                    // SQLite asks once more when COMMIT is done, and calls that interrupted, too:
                    // then all of the verb is there. The core itself never interrupts.
                    assert!(verb.adds_ops, "{at}");
                    scene.assert_clean();
                    return tries;
                }
                if verb.name == "export_package" {
                    // What was begun is on record, and nothing else remains.
                    assert_eq!(other_than_custody(&scene), others, "{at}");
                    scene.assert_clean();
                    before = now;
                }
                let now = picture(&scene.town.store).unwrap();
                assert_eq!(now, before, "{at}: something remains ({error})");
                assert!(!scene.path("check.angen").exists(), "{at}: half a package");
            }
        }
        after += stride(after);
        tries += 1;
    }
    panic!("{} does not end", verb.name)
}

/// How many ops say something else than that something was handed out.
fn other_than_custody(scene: &Scene) -> usize {
    let count = |read: &rusqlite::Connection| -> Result<usize, Error> {
        let mut count = 0;
        for dossier in store::dossiers(read)? {
            let ops = store::ops_of_dossier(read, dossier)?;
            let is_other = |op: &&store::StoredOp| op.op.header.kind.noun() != "custody";
            count += ops.iter().filter(is_other).count();
        }
        Ok(count)
    };
    scene.town.store.read(count).unwrap()
}

fn is_interrupted(error: &Error) -> bool {
    let Error::Storage(error) = error else { return false };
    error.sqlite_error_code() == Some(rusqlite::ErrorCode::OperationInterrupted)
}

/// The Nth question that SQLite asks while it prepares statements, `BEGIN` and `COMMIT` included.
fn statement_fault(scene: &Scene, after: u32, verb: &Verb) -> (Result<(), Error>, bool) {
    let countdown = Countdown::new(after);
    let asked = countdown.clone();
    let store = &scene.town.store;
    let planted = store.with_writer(|writer| {
        // Without a cache every statement is prepared, and so asked about, each time it runs.
        writer.set_prepared_statement_cache_capacity(0);
        writer.authorizer(Some(move |_: AuthContext<'_>| {
            if asked.is_struck() { Authorization::Deny } else { Authorization::Allow }
        }))
    });
    planted.unwrap().unwrap();
    let result = (verb.run)(scene);
    let healed =
        store.with_writer(|writer| writer.authorizer(None::<fn(AuthContext<'_>) -> Authorization>));
    healed.unwrap().unwrap();
    (result, countdown.is_spared())
}

/// The Nth instruction of SQLite's machine: in the middle of a statement, as a signal would.
fn instruction_fault(scene: &Scene, after: u32, verb: &Verb) -> (Result<(), Error>, bool) {
    let countdown = Countdown::new(after);
    let asked = countdown.clone();
    let store = &scene.town.store;
    let planted =
        store.with_writer(|writer| writer.progress_handler(1, Some(move || asked.is_struck())));
    planted.unwrap().unwrap();
    let result = (verb.run)(scene);
    let healed = store.with_writer(|writer| writer.progress_handler(0, None::<fn() -> bool>));
    healed.unwrap().unwrap();
    (result, countdown.is_spared())
}

fn file_fault(scene: &Scene, after: u32, verb: &Verb) -> (Result<(), Error>, bool) {
    scene.town.world.fail_step(after);
    let result = (verb.run)(scene);
    (result, scene.town.world.heal())
}

fn signature_fault(scene: &Scene, after: u32, verb: &Verb) -> (Result<(), Error>, bool) {
    scene.town.world.fail_signature(after);
    let result = (verb.run)(scene);
    (result, scene.town.world.heal())
}

/// Whether a verb signs anything.
fn signs(verb: &Verb) -> bool {
    !matches!(verb.name, "discard_ask" | "keep_ballast" | "rebuild" | "receive" | "sweep")
}

#[test]
fn every_statement_fails_once_and_nothing_remains() {
    for verb in every_verb() {
        let tries = until_it_passes(verb, statement_fault, |_| 1);
        let writes = !matches!(verb.name, "sweep" | "keep_ballast");
        assert_eq!(tries > 10, writes, "{}: {tries} faults", verb.name);
    }
}

#[test]
fn statements_are_interrupted_in_the_middle_and_nothing_remains() {
    for verb in every_verb() {
        // A verb takes up to a hundred thousand instructions: the first ones each, then strides.
        let tries = until_it_passes(verb, instruction_fault, |after| 1 + after / 12);
        let writes = verb.name != "keep_ballast";
        assert_eq!(tries > 10, writes, "{}: only {tries} faults", verb.name);
    }
}

#[test]
fn every_step_on_a_file_fails_once_and_nothing_remains() {
    for verb in every_verb() {
        let tries = until_it_passes(verb, file_fault, |_| 1);
        let on_files = matches!(
            verb.name,
            "capture_evidence" | "import_checklist" | "export_package" | "keep_ballast" | "sweep"
        );
        assert_eq!(tries > 2, on_files, "{}: {tries} faults", verb.name);
    }
}

#[test]
fn every_signature_fails_once_and_nothing_remains() {
    for verb in every_verb() {
        let tries = until_it_passes(verb, signature_fault, |_| 1);
        let signs = signs(verb);
        assert_eq!(tries > 0, signs, "{}: {tries} faults", verb.name);
    }
}

#[test]
fn a_locked_key_stops_every_verb_that_signs() {
    for verb in every_verb().filter(|verb| signs(verb)) {
        let scene = if verb.name == "establish" { Scene::empty() } else { Scene::new() };
        let before = picture(&scene.town.store).unwrap();
        scene.town.world.lock_keys(true);
        let error = (verb.run)(&scene).unwrap_err();
        assert!(matches!(error, Error::Sign(_)), "{}: {error}", verb.name);
        assert_eq!(picture(&scene.town.store).unwrap(), before, "{}", verb.name);
        scene.town.world.lock_keys(false);
        (verb.run)(&scene).unwrap();
    }
}
