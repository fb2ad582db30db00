//! What evidence keeps of itself: the order of its steps, the same photo twice, derived files,
//! clocks that jump, and answers of two phones that differ.

use std::fs::File;
use std::io::BufReader;

use angen_core::action::{ExportPackage, Handing, capture_evidence, export_package, set_answers};
use angen_core::domain::{Answer, Evidence, WORST_ORDER, read_all, read_one};
use angen_core::store;
use angen_ledger::verify::{Fault, NoObserver, Outcome, Rule, Status, verify};
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::files::jpeg;
use angen_testing::township::{Township, capture};

use crate::scene::{Scene, assert_clean, later_world};

fn read_evidence(scene: &Scene, id: angen_ledger::id::EntityId) -> Evidence {
    let dossier = scene.town.cast.check.dossier;
    scene.town.store.read(|read| read_one(read, dossier, id)).unwrap()
}

#[test]
fn a_file_is_on_the_disk_for_good_before_its_op_is_written() {
    let scene = Scene::new();
    let _ = scene.town.world.take_steps();
    let view = scene.town.photograph("steps").unwrap();
    let steps = scene.town.world.take_steps();
    assert_eq!(steps, ["create", "write", "sync", "rename", "sync_folder", "sync_folder"]);
    assert!(scene.town.store.blobs().holds(view.address));
    assert!(scene.town.store.read(|read| store::has_op(read, view.op)).unwrap());
}

#[test]
fn the_same_photo_used_twice_is_noticed_whoever_uses_it() {
    let scene = Scene::new();
    let first = scene.town.photograph("used twice").unwrap();
    assert_eq!(first.same_original, []);
    let copy = scene.town.file("another-name.jpg", &jpeg("used twice"));
    let second = scene.town.desk(scene.town.cast.officers[1]);
    let again = capture_evidence(&second, &capture(copy, scene.town.cast.check.dossier)).unwrap();
    assert_eq!(again.same_original, [first.op]);
    assert_ne!(again.address, first.address, "each capture has a key of its own");
    assert_eq!(read_evidence(&scene, again.evidence).same_original, [first.op]);
    scene.assert_clean();
}

#[test]
fn a_derived_file_is_linked_to_what_it_was_made_from() {
    let scene = Scene::new();
    let original = scene.town.photograph("whole picture").unwrap();
    let file = scene.town.file("part.jpg", &jpeg("part of the picture"));
    let mut request = capture(file, scene.town.cast.check.dossier);
    request.derived_from = Some(original.evidence);
    request.method = Some("裁剪".to_owned());
    let derived = capture_evidence(&scene.town.officer(), &request).unwrap();
    let read = read_evidence(&scene, derived.evidence);
    assert_eq!(read.derived_from, Some(original.evidence));
    assert_eq!(derived.same_original, []);
}

/// The faults that a stranger notes of the clocks (rule T1) in the package of the check.
fn clock_faults(scene: &Scene) -> Vec<Fault> {
    let request = ExportPackage {
        dossiers: vec![scene.town.cast.check.dossier],
        withhold: std::collections::BTreeSet::new(),
        software: "test".to_owned(),
        handing: Handing::default(),
    };
    let file = scene.path("clock.angen");
    export_package(&scene.town.officer(), &request, &file, &mut |_, _| {}).unwrap();
    let input = BufReader::new(File::open(file).unwrap());
    let verdict = verify(input, Some(scene.town.place.root), &mut NoObserver).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies);
    let rule = &verdict.rules[&Rule::T1];
    assert_eq!(rule.status == Status::Noted, !rule.items.is_empty());
    rule.items.iter().map(|item| item.fault).collect()
}

#[test]
fn a_clock_that_jumps_shows_in_the_verdict() {
    let scene = Scene::new();
    scene.town.photograph("before").unwrap();
    scene.town.photograph("between").unwrap();
    assert_eq!(clock_faults(&scene), []);
    scene.town.world.jump_ms(10 * 60_000);
    scene.town.photograph("ten minutes later, says the clock").unwrap();
    assert_eq!(clock_faults(&scene), [Fault::ClockJump]);
}

#[test]
fn a_clock_set_back_after_a_restart_shows_in_the_verdict() {
    let scene = Scene::new();
    scene.town.photograph("before").unwrap();
    scene.town.world.reboot();
    scene.town.world.jump_ms(-3_600_000);
    scene.town.photograph("an hour earlier, says the clock").unwrap();
    assert_eq!(clock_faults(&scene), [Fault::BeforePast]);
}

fn answer(town: &Township, item: &str) -> Answer {
    let dossier = town.cast.check.dossier;
    let all: Vec<Answer> = town.store.read(|read| read_all(read, dossier)).unwrap();
    all.into_iter().find(|answer| answer.item == item).unwrap()
}

#[test]
fn answers_of_two_phones_that_differ_show_the_worse_until_a_person_decides() {
    for (number, worse) in WORST_ORDER.iter().enumerate() {
        for better in &WORST_ORDER[number + 1..] {
            let scene = Scene::new();
            let one = &scene.town;
            let folder = scene.path("second phone");
            drop(second_phone(&one.store, &folder).unwrap());
            let two = Township::open(&folder, later_world(77), one.cast.clone());
            let second = two.desk(two.cast.officers[1]);
            set_answers(&one.officer(), &one.answers(&[("MW01", better)], None)).unwrap();
            set_answers(&second, &two.answers(&[("MW01", worse)], None)).unwrap();
            deliver(&pack(&two.store).unwrap(), &one.store).unwrap();
            deliver(&pack(&one.store).unwrap(), &two.store).unwrap();
            for town in [one, &two] {
                let seen = answer(town, "MW01");
                assert_eq!((seen.value.as_str(), seen.conflict), (*worse, true));
                assert_clean(&town.store);
            }
            let digest = |town: &Township| town.store.read(store::digest).unwrap();
            assert_eq!(digest(one), digest(&two));
            set_answers(&one.officer(), &one.answers(&[("MW01", better)], Some("复核"))).unwrap();
            let decided = answer(one, "MW01");
            assert_eq!((decided.value.as_str(), decided.conflict), (*better, false));
        }
    }
}
