//! Erasure: by two persons, on a legal basis, out of every table, and never back again.

use angen_core::action::{
    FieldContent, RequestErasure, approve_erasure, archive_dossier, close_dossier, erase, fsck,
    lift_hold, place_hold, rebuild, request_erasure, view_entity,
};
use angen_core::domain::{Evidence, read_one};
use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};
use angen_ledger::erasure::Target;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;
use angen_testing::exchange::{deliver, pack, second_phone};

use crate::support::Scene;

/// The op of the register that has the representative's name.
fn registered(scene: &Scene) -> Hash {
    let place = &scene.town.place;
    let held = scene
        .town
        .store
        .read(|read| store::fields_of(read, place.register, scene.town.cast.enterprise));
    held.unwrap().head_ops("representative")[0]
}

pub(crate) fn ask(scene: &Scene, dossier: DossierId, op: Hash, field: &str) -> Result<EntityId> {
    let request = RequestErasure {
        dossier,
        targets: vec![Target { op, fields: vec![field.to_owned()] }],
        basis: "purpose_met".to_owned(),
        reason: "负责人已更换，本人申请".to_owned(),
    };
    request_erasure(&scene.town.officer(), &request)
}

fn admin(scene: &Scene) -> angen_core::desk::Desk<'_> {
    scene.town.desk(scene.town.place.administrator)
}

/// Asks, approves and carries out.
pub(crate) fn erase_field(
    scene: &Scene,
    dossier: DossierId,
    op: Hash,
    field: &str,
) -> Result<angen_core::action::Erased> {
    let erasure = ask(scene, dossier, op, field)?;
    approve_erasure(&admin(scene), dossier, erasure)?;
    erase(&scene.town.officer(), dossier, erasure)
}

fn close_all(scene: &Scene) {
    let desk = scene.town.officer();
    for dossier in [scene.case.dossier, scene.check()] {
        close_dossier(&desk, dossier, "2026-12-01", "办结").unwrap();
    }
}

fn value(store: &Store, op: Hash, field: &str) -> Option<angen_ledger::value::Value> {
    store.read(|read| Ok(store::require_op(read, op)?.get(field).cloned())).unwrap()
}

fn digest(store: &Store) -> Hash {
    store.read(store::digest).unwrap()
}

#[test]
fn it_takes_two_persons_and_the_second_must_be_one_who_may() {
    let scene = Scene::new();
    close_all(&scene);
    let (register, op) = (scene.town.place.register, registered(&scene));
    let erasure = ask(&scene, register, op, "representative").unwrap();
    let desk = scene.town.officer();
    assert!(erase(&desk, register, erasure).is_err(), "nobody approved");
    assert!(approve_erasure(&desk, register, erasure).is_err(), "the same person");
    let colleague = scene.town.desk(scene.town.cast.officers[1]);
    assert!(approve_erasure(&colleague, register, erasure).is_err(), "no administrator");
    approve_erasure(&admin(&scene), register, erasure).unwrap();
    assert!(value(&scene.town.store, op, "representative").is_some(), "not yet");
    let done = erase(&desk, register, erasure).unwrap();
    assert_eq!((done.fields, value(&scene.town.store, op, "representative")), (1, None));
    assert!(erase(&desk, register, erasure).is_err(), "once is enough");
}

#[test]
fn what_stays_still_verifies_and_says_by_which_op_it_was_erased() {
    let scene = Scene::new();
    close_all(&scene);
    let (register, op) = (scene.town.place.register, registered(&scene));
    let done = erase_field(&scene, register, op, "representative").unwrap();
    let store = &scene.town.store;
    assert_eq!(fsck(store).unwrap().problems, []);
    let (before, after) = rebuild(store).unwrap();
    assert_eq!(before, after);
    let views = store.read(|read| view_entity(read, register, scene.town.cast.enterprise)).unwrap();
    let gone = views.iter().find(|view| view.field == "representative").unwrap();
    assert_eq!(gone.content, FieldContent::Absent(Some(done.op)));
    scene.export(register, "register.angen").unwrap();
    let verdict = scene.verdict("register.angen");
    let b2 = &verdict.rules[&angen_ledger::verify::Rule::B2];
    assert_eq!((b2.items.len(), b2.items[0].by), (1, Some(done.op)));
    let words = b2.items[0].words(Lang::Zh, str::to_owned);
    assert!(words.contains("已依法删除") && words.contains(&done.op.short()), "{words}");
}

#[test]
fn a_later_arrival_does_not_bring_it_back_and_both_devices_agree() {
    let scene = Scene::new();
    close_all(&scene);
    let (register, op) = (scene.town.place.register, registered(&scene));
    let whole = pack(&scene.town.store).unwrap();
    let other = second_phone(&scene.town.store, &scene.path("other")).unwrap();
    erase_field(&scene, register, op, "representative").unwrap();
    let erased = pack(&scene.town.store).unwrap();
    deliver(&erased, &other).unwrap();
    assert_eq!(value(&other, op, "representative"), None, "the other device erased as well");
    assert!(other.owes_scrub().unwrap());
    for store in [&scene.town.store, &other] {
        deliver(&whole, store).unwrap();
        assert_eq!(value(store, op, "representative"), None, "it came back");
        let (before, after) = rebuild(store).unwrap();
        assert_eq!(before, after);
    }
    assert_eq!(digest(&scene.town.store), digest(&other));
    // A third device hears of the erasure before it gets the body.
    let third = Store::open(&scene.path("third")).unwrap();
    deliver(&erased, &third).unwrap();
    deliver(&whole, &third).unwrap();
    assert_eq!((value(&third, op, "representative"), digest(&third)), (None, digest(&other)));
}

#[test]
fn an_open_or_archived_case_forbids_it_and_all_reasons_are_told_at_once() {
    let scene = Scene::new();
    let dossier = scene.check();
    let op = scene.town.store.read(|read| {
        Ok(store::fields_of(read, dossier, scene.town.cast.photo)?.head_ops("caption")[0])
    });
    let op = op.unwrap();
    let erasure = ask(&scene, dossier, op, "caption").unwrap();
    approve_erasure(&admin(&scene), dossier, erasure).unwrap();
    let hold = place_hold(&scene.town.officer(), dossier, "行政复议", None).unwrap();
    let refusal = || {
        let Err(Error::Invalid(why)) = erase(&scene.town.officer(), dossier, erasure) else {
            panic!("it was erased")
        };
        why.zh
    };
    let why = refusal();
    assert!(why.contains("行政复议") && why.matches("尚未结案").count() == 2, "{why}");
    close_all(&scene);
    let why = refusal();
    assert!(why.contains("法律保全") && !why.contains("尚未结案"), "{why}");
    archive_dossier(&scene.town.officer(), scene.case.dossier, "2026-12-31", None).unwrap();
    lift_hold(&scene.town.officer(), dossier, hold, "已决定").unwrap();
    let why = refusal();
    assert!(why.contains("已归档") && !why.contains("法律保全"), "{why}");
    assert!(value(&scene.town.store, op, "caption").is_some());
}

#[test]
fn a_hold_that_only_this_device_knows_of_keeps_the_value_until_it_is_lifted() {
    let scene = Scene::new();
    close_all(&scene);
    let (register, op) = (scene.town.place.register, registered(&scene));
    let folder = scene.path("other");
    drop(second_phone(&scene.town.store, &folder).unwrap());
    let world = angen_testing::world::World::with_seeds(11, 99);
    world.wait_ms(86_400_000);
    let other = angen_testing::township::Township::open(&folder, world, scene.town.cast.clone());
    let desk = other.desk(other.cast.officers[1]);
    let hold = place_hold(&desk, register, "检察机关调取", Some("检察院")).unwrap();
    erase_field(&scene, register, op, "representative").unwrap();
    deliver(&pack(&scene.town.store).unwrap(), &other.store).unwrap();
    assert!(value(&other.store, op, "representative").is_some(), "a hold goes first");
    let (before, after) = rebuild(&other.store).unwrap();
    assert_eq!(before, after);
    lift_hold(&desk, register, hold, "调取完毕").unwrap();
    assert_eq!(value(&other.store, op, "representative"), None);
    deliver(&pack(&other.store).unwrap(), &scene.town.store).unwrap();
    assert_eq!(digest(&other.store), digest(&scene.town.store));
}

#[test]
fn a_file_is_erased_by_its_key_and_nobody_sends_or_takes_it_again() {
    let scene = Scene::new();
    close_all(&scene);
    let (store, dossier) = (&scene.town.store, scene.check());
    let photo: Evidence =
        store.read(|read| read_one(read, dossier, scene.town.cast.photo)).unwrap();
    let blob = store.read(|read| Ok(store::require_op(read, photo.op)?.header.blobs[0])).unwrap();
    let path = store.blobs().path_of(blob.address);
    assert!(path.is_file() && store.read(|read| store::is_named(read, blob)).unwrap());
    erase_field(&scene, dossier, photo.op, "blob_key").unwrap();
    assert_eq!(fsck(store).unwrap().problems, []);
    let scrubbed = store.scrub(&*scene.town.ports.disk).unwrap();
    assert_eq!((scrubbed.done, &scrubbed.removed[..]), (true, &[path.clone()][..]));
    assert!(!path.exists());
    assert!(!store.read(|read| store::is_named(read, blob)).unwrap());
    assert_eq!(fsck(store).unwrap().problems, []);
    scene.export(dossier, "check.angen").unwrap();
    let verdict = scene.verdict("check.angen");
    let m4 = &verdict.rules[&angen_ledger::verify::Rule::M4];
    assert!(m4.items.iter().any(|item| item.by.is_some()), "{:?}", m4.items);
    let (before, after) = rebuild(store).unwrap();
    assert_eq!(before, after);
    assert!(!store.read(|read| store::is_named(read, blob)).unwrap());
}

#[test]
fn what_tells_of_the_dossier_and_of_erasures_is_never_erased() {
    let scene = Scene::new();
    let dossier = scene.check();
    let opening = scene.town.store.read(|read| {
        let ops = store::ops_of_dossier(read, dossier)?;
        Ok(ops[0].op.hash)
    });
    assert!(ask(&scene, dossier, opening.unwrap(), "title").is_err());
    let photo = scene.town.photograph("one more").unwrap();
    assert!(ask(&scene, dossier, photo.op, "no_such_field").is_err());
    assert!(ask(&scene, scene.case.dossier, photo.op, "caption").is_err(), "another dossier");
    let request = RequestErasure {
        dossier,
        targets: Vec::new(),
        basis: "because".to_owned(),
        reason: "不想要了".to_owned(),
    };
    assert!(request_erasure(&scene.town.officer(), &request).is_err());
}
