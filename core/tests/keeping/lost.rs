//! A full disk, a kill, and a lost phone.

use std::fs;

use angen_core::action::{
    RoomState, WriteNote, keep_ballast, order_wipe, recovery, room, wipe, wipe_orders, wipe_report,
    write_note,
};
use angen_core::error::Error;
use angen_core::store::{self, BALLAST_BYTES, COMMIT_ROOM_BYTES};
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::township::Township;
use angen_testing::world::{FREE_BYTES, World};

use crate::support::Scene;

fn note(town: &Township, text: &str) -> Result<(), Error> {
    let dossier = town.cast.check.dossier;
    let request = WriteNote { dossier, text: text.to_owned(), about: None };
    write_note(&town.officer(), &request).map(drop)
}

#[test]
fn the_ballast_is_let_go_on_a_full_disk_and_made_again_when_there_is_room() {
    let scene = Scene::new();
    let town = &scene.town;
    assert!(keep_ballast(&town.store, &town.ports).unwrap());
    assert_eq!(town.store.ballast_bytes(), BALLAST_BYTES);
    assert!(keep_ballast(&town.store, &town.ports).unwrap(), "it is made once");
    town.world.set_free_bytes(COMMIT_ROOM_BYTES - 1);
    note(town, "盘满了").unwrap();
    assert_eq!(town.store.ballast_bytes(), 0);
    assert!(!keep_ballast(&town.store, &town.ports).unwrap(), "there is no room for it");
    town.world.set_free_bytes(3 * BALLAST_BYTES - 1);
    assert!(!keep_ballast(&town.store, &town.ports).unwrap(), "it would fill the disk itself");
    town.world.set_free_bytes(FREE_BYTES);
    assert!(keep_ballast(&town.store, &town.ports).unwrap());
    town.world.set_free_bytes(0);
    scene.export(scene.check(), "check.angen").unwrap();
    assert_eq!(town.store.ballast_bytes(), 0, "an export may have it, too");
}

#[test]
fn a_ballast_that_was_cut_off_is_made_whole() {
    let scene = Scene::new();
    let town = &scene.town;
    fs::write(town.store.folder().join("ballast"), b"cut off").unwrap();
    assert!(keep_ballast(&town.store, &town.ports).unwrap());
    assert_eq!(town.store.ballast_bytes(), BALLAST_BYTES);
}

#[test]
fn the_room_is_told_before_the_shutter() {
    let scene = Scene::new();
    let (store, ports, world) = (&scene.town.store, &scene.town.ports, &scene.town.world);
    let left = |free| {
        world.set_free_bytes(free);
        room(store, ports).unwrap()
    };
    assert_eq!(left(FREE_BYTES).state, RoomState::Plenty);
    let tight = left(COMMIT_ROOM_BYTES + (200 << 20));
    assert_eq!((tight.state, tight.video_minutes, tight.photos), (RoomState::Tight, 1, 50));
    let full = left(COMMIT_ROOM_BYTES + 1);
    assert_eq!((full.state, full.capture_bytes_max), (RoomState::Full, 1));
}

#[test]
fn after_a_kill_it_is_told_what_was_cut_off_and_what_is_safe() {
    let scene = Scene::new();
    let store = &scene.town.store;
    let calm = recovery(store).unwrap();
    assert!(calm.is_quiet(), "{calm:?}");
    scene.town.photograph("the last").unwrap();
    let newest = recovery(store).unwrap().last.remove(0);
    assert_eq!((newest.dossier, newest.kind.as_str()), (scene.check(), "evidence.capture/1"));
    assert!(!newest.title.is_empty());
    // A capture that was killed while it encrypted, and one before its op was committed.
    let blobs = store.folder().join("blobs");
    fs::write(blobs.join("00112233445566778899aabbccddeeff.part"), b"half").unwrap();
    let whole = blobs.join("ab").join(format!("ab{}", "0".repeat(62)));
    fs::create_dir_all(whole.parent().unwrap()).unwrap();
    fs::write(&whole, b"a blob without its op").unwrap();
    let told = recovery(store).unwrap();
    assert_eq!(told.captures.len(), 2);
    assert!(!told.is_quiet());
    // A blob of a colleague that has come in part.
    let named = store.read(store::blobs_of_log).unwrap();
    let blob = *named.first().unwrap();
    fs::remove_file(store.blobs().path_of(blob.address)).unwrap();
    fs::write(blobs.join(format!("{}-{}.part", blob.address, blob.length)), b"xy").unwrap();
    let arriving = recovery(store).unwrap().arriving;
    assert_eq!((arriving.len(), arriving[0].blob, arriving[0].held_bytes), (1, blob, 2));
}

#[test]
fn only_an_administrator_orders_a_wipe_and_never_of_oneself() {
    let scene = Scene::new();
    let [first, second] = scene.town.cast.officers;
    assert!(order_wipe(&scene.town.officer(), &[second], "手机遗失").is_err());
    let admin = scene.town.desk(scene.town.place.administrator);
    assert!(order_wipe(&admin, &[admin.writer()], "手机遗失").is_err());
    assert!(order_wipe(&admin, &[], "手机遗失").is_err());
    order_wipe(&admin, &[first], "手机遗失").unwrap();
    let orders = |writers: &[_]| wipe_orders(&scene.town.store, writers).unwrap().len();
    assert_eq!((orders(&[first]), orders(&[second]), orders(&[first, second])), (1, 0, 1));
}

#[test]
fn a_wipe_tells_what_nobody_else_has_and_leaves_nothing_behind() {
    let scene = Scene::new();
    let folder = scene.path("lost");
    drop(second_phone(&scene.town.store, &folder).unwrap());
    let world = World::with_seeds(11, 77);
    world.wait_ms(86_400_000);
    let lost = Township::open(&folder, world, scene.town.cast.clone());
    let second = lost.cast.officers[1];
    let say = |text: &str| {
        let dossier = lost.cast.check.dossier;
        let request = WriteNote { dossier, text: text.to_owned(), about: None };
        write_note(&lost.desk(second), &request).unwrap();
    };
    say("一号记录");
    say("二号记录");
    assert_eq!(wipe_report(&lost.store, &[second]).unwrap().unsent_ops(), 2);
    // The first officer receives both and writes on: then somebody else has them.
    deliver(&pack(&lost.store).unwrap(), &scene.town.store).unwrap();
    note(&scene.town, "收到").unwrap();
    deliver(&pack(&scene.town.store).unwrap(), &lost.store).unwrap();
    assert_eq!(wipe_report(&lost.store, &[second]).unwrap().unsent_ops(), 0);
    say("三号记录");
    let report = wipe(&lost.store, &lost.ports, &[second], true).unwrap();
    assert_eq!((report.unsent_ops(), report.emptied), (1, true));
    assert!(lost.ports.keys.signer(second).is_err(), "the key is gone");
    let left: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert!(left.iter().all(|path| path.ends_with("inbox")), "{left:?}");
}
