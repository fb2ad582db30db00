//! A phone that is emptied by order: what it must do, what is lost, and that nothing stops it.

use std::fs;
use std::path::Path;

use angen_core::action::{
    WriteNote, ask_to_join, finish_wipe, order_wipe, ordered_wipe, wipe, wipe_orders, write_note,
};
use angen_core::store::{self, Store};
use angen_ledger::id::WriterId;
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::files::copy_folder;
use angen_testing::township::Township;
use angen_testing::world::World;

use crate::support::Scene;

/// More steps than a wipe takes on its files.
const STEPS_MAX: u32 = 60;

/// The phone of the second officer, in a folder: the only keys there are theirs.
fn phone_of_second(scene: &Scene, folder: &Path) -> Township {
    if !folder.exists() {
        drop(second_phone(&scene.town.store, folder).unwrap());
    }
    let world = World::with_seeds(11, 77);
    world.wait_ms(86_400_000);
    let phone = Township::open(folder, world, scene.town.cast.clone());
    let second = phone.cast.officers[1];
    let certified = phone.store.read(store::certificates).unwrap();
    for (_, held) in certified.iter().filter(|(_, held)| held.certificate.writer != second) {
        phone.ports.keys.destroy(held.certificate.writer).unwrap();
    }
    phone
}

/// The administrator orders it at the station, and a sync brings the order.
fn order(scene: &Scene, writers: &[WriterId], phone: &Township) {
    let admin = scene.town.desk(scene.town.place.administrator);
    order_wipe(&admin, writers, "手机遗失").unwrap();
    deliver(&pack(&scene.town.store).unwrap(), &phone.store).unwrap();
}

/// What lies in the folder of an emptied phone: nothing that its program wrote.
fn assert_empty(folder: &Path, what: &str) {
    let left: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| path.ends_with("inbox")), "{what}: {left:?}");
}

#[test]
fn an_order_says_who_and_why_and_what_would_be_lost_and_nothing_of_others_is_asked() {
    let scene = Scene::new();
    let phone = phone_of_second(&scene, &scene.path("phone"));
    let [first, second] = scene.town.cast.officers;
    assert_eq!(ordered_wipe(&phone.store, &phone.ports).unwrap(), None);
    order(&scene, &[first], &phone);
    assert_eq!(ordered_wipe(&phone.store, &phone.ports).unwrap(), None, "her key is elsewhere");
    let dossier = phone.cast.check.dossier;
    let note = WriteNote { dossier, text: "还没有上传".to_owned(), about: None };
    write_note(&phone.desk(second), &note).unwrap();
    order(&scene, &[second], &phone);
    let asked = ask_to_join(&phone.store, &phone.ports).unwrap().writer;

    let ordered = ordered_wipe(&phone.store, &phone.ports).unwrap().unwrap();

    assert_eq!((ordered.order.reason.as_str(), ordered.everything), ("手机遗失", true));
    assert_eq!((ordered.ordered_by.as_str(), ordered.names.len()), ("周明华", 1));
    assert_eq!(ordered.report.unsent, [(dossier, 1)]);
    assert!(!ordered.report.emptied);
    let mut writers = vec![second, asked];
    writers.sort_unstable();
    assert_eq!(ordered.report.writers, writers, "keys that nobody has certified go as well");
}

#[test]
fn where_others_work_on_only_the_named_key_goes_and_the_database_stays() {
    let scene = Scene::new();
    let [_, second] = scene.town.cast.officers;
    let town = &scene.town;
    order_wipe(&town.desk(town.place.administrator), &[second], "离职").unwrap();
    let ordered = ordered_wipe(&town.store, &town.ports).unwrap().unwrap();
    assert_eq!(ordered.report.unsent_files, 0, "where the database stays, no file is lost");
    assert_eq!((ordered.everything, ordered.report.writers.as_slice()), (false, &[second][..]));
    let report = wipe(&town.store, &town.ports, &ordered.report.writers, false).unwrap();
    assert!(!report.emptied && town.ports.keys.signer(second).is_err());
    assert_eq!(ordered_wipe(&town.store, &town.ports).unwrap(), None, "it is done");
    let dossier = town.cast.check.dossier;
    let note = WriteNote { dossier, text: "别人照常".to_owned(), about: None };
    write_note(&town.officer(), &note).unwrap();
    assert_eq!(store::wipe_under_way(town.store.folder()).unwrap(), None);
}

/// Number 67: a wipe that was cut off after the keys were gone left the database for good, since no
/// order named a key that was there.
#[test]
fn fault_67_a_wipe_that_is_cut_off_at_any_step_goes_on_at_the_next_start() {
    let scene = Scene::new();
    let kept = scene.path("kept");
    let second = scene.town.cast.officers[1];
    let phone = phone_of_second(&scene, &kept);
    order(&scene, &[second], &phone);
    phone.store.pause().unwrap();
    drop(phone);
    let mut cut_off = 0;
    for step in 0..STEPS_MAX {
        let folder = scene.path(&format!("phone-{step}"));
        copy_folder(&kept, &folder).unwrap();
        let phone = phone_of_second(&scene, &folder);
        phone.world.fail_step(step);
        let outcome = wipe(&phone.store, &phone.ports, &[second], true);
        let planted = !phone.world.heal();
        let Township { store, ports, .. } = phone;
        drop(store);
        if outcome.is_err() {
            cut_off += 1;
            let went_on = finish_wipe(&folder, &*ports.keys, None, &*ports.disk).unwrap();
            assert!(went_on, "step {step}");
        }
        assert_empty(&folder, &format!("step {step}"));
        assert!(ports.keys.signer(second).is_err(), "step {step}");
        let again = finish_wipe(&folder, &*ports.keys, None, &*ports.disk).unwrap();
        assert!(!again, "it is over");
        let anew = Store::open(&folder).unwrap();
        assert!(wipe_orders(&anew, &[second]).is_err(), "nothing is established there any more");
        fs::remove_dir_all(&folder).unwrap();
        if !planted {
            assert!(cut_off >= 4, "only {cut_off} steps were cut off");
            return;
        }
    }
    panic!("a wipe of more than {STEPS_MAX} steps");
}

#[test]
fn a_phone_whose_mark_cannot_be_written_keeps_its_keys_and_its_database() {
    let scene = Scene::new();
    let folder = scene.path("phone");
    let phone = phone_of_second(&scene, &folder);
    let second = scene.town.cast.officers[1];
    fs::create_dir(folder.join("angen.wipe.part")).unwrap();
    assert!(wipe(&phone.store, &phone.ports, &[second], true).is_err());
    assert!(phone.ports.keys.signer(second).is_ok() && folder.join("angen.db").exists());
    let dossier = phone.cast.check.dossier;
    let note = WriteNote { dossier, text: "还能记".to_owned(), about: None };
    write_note(&phone.desk(second), &note).unwrap();
}
