//! Pause and resume, readers beside a writer, and two programs on one folder.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::channel;
use std::time::Duration;

use angen_core::action::set_answers;
use angen_core::error::Error;
use angen_core::store::{self, Store};
use angen_testing::picture::picture;
use angen_testing::township::Township;
use rusqlite::Connection;

use crate::scene::{Scene, later_world};

#[test]
fn while_paused_nothing_is_read_or_written_and_resume_goes_on() {
    let scene = Scene::new();
    let store = &scene.town.store;
    let before = picture(store).unwrap();
    let desk = scene.town.officer();
    let request = scene.town.answers(&[("MW01", "compliant")], None);
    store.pause().unwrap();
    assert!(matches!(store.read(store::count_ops), Err(Error::Paused)));
    assert!(matches!(store.write(|_| Ok(())), Err(Error::Paused)));
    assert!(matches!(set_answers(&desk, &request), Err(Error::Paused)));
    store.pause().unwrap();
    store.resume().unwrap();
    store.resume().unwrap();
    assert_eq!(picture(store).unwrap(), before);
    set_answers(&desk, &request).unwrap();
    scene.assert_clean();
}

#[test]
fn while_paused_no_lock_is_held_on_the_file() {
    let scene = Scene::new();
    scene.town.store.pause().unwrap();
    let other = Connection::open(scene.database()).unwrap();
    other.pragma_update(None, "journal_mode", "DELETE").unwrap();
    other.execute_batch("BEGIN EXCLUSIVE; COMMIT;").unwrap();
    other.close().unwrap();
    scene.town.store.resume().unwrap();
    scene.assert_clean();
}

#[test]
fn pause_waits_for_the_readers_in_hand() {
    let scene = Scene::new();
    let store = &scene.town.store;
    let reading = AtomicBool::new(false);
    let (begun, wait_begun) = channel();
    std::thread::scope(|scope| {
        scope.spawn(|| {
            store.read(|read| {
                reading.store(true, Ordering::SeqCst);
                begun.send(()).unwrap();
                std::thread::sleep(Duration::from_millis(200));
                store::count_ops(read)?;
                reading.store(false, Ordering::SeqCst);
                Ok(())
            })
        });
        wait_begun.recv().unwrap();
        store.pause().unwrap();
        assert!(!reading.load(Ordering::SeqCst), "a reader still holds the file");
    });
    store.resume().unwrap();
}

#[test]
fn readers_see_whole_states_while_a_writer_writes() {
    let scene = Scene::new();
    let store = &scene.town.store;
    let done = AtomicBool::new(false);
    let states = std::thread::scope(|scope| {
        let readers: Vec<_> = (0..3)
            .map(|_| {
                scope.spawn(|| {
                    let mut counts = Vec::new();
                    while !done.load(Ordering::SeqCst) {
                        let seen = store.read(|read| {
                            let state = (store::count_ops(read)?, store::digest(read)?);
                            std::thread::yield_now();
                            let again = (store::count_ops(read)?, store::digest(read)?);
                            assert_eq!(state, again, "one reader saw two states");
                            Ok(state.0)
                        });
                        counts.push(seen.unwrap());
                    }
                    counts
                })
            })
            .collect();
        for number in 0..20 {
            scene.town.photograph(&format!("beside readers {number}")).unwrap();
        }
        done.store(true, Ordering::SeqCst);
        readers
            .into_iter()
            .flat_map(|reader| {
                let counts = reader.join().unwrap();
                assert!(counts.is_sorted(), "a reader went back in time");
                counts
            })
            .count()
    });
    assert!(states > 3);
    scene.assert_clean();
}

#[test]
fn two_programs_on_one_folder_write_without_loss() {
    const EACH: usize = 20;
    let scene = Scene::new();
    let before = picture(&scene.town.store).unwrap().ops;
    let folder = scene.town.store.folder().to_owned();
    let other = Township::open(&folder, later_world(55), scene.town.cast.clone());
    std::thread::scope(|scope| {
        for (name, town) in [("one", &scene.town), ("two", &other)] {
            scope.spawn(move || {
                for number in 0..EACH {
                    town.photograph(&format!("{name} {number}")).unwrap();
                }
            });
        }
    });
    let report = scene.assert_clean();
    assert_eq!(report.ops, before + 2 * EACH as u64);
    let fresh = Store::open(&folder).unwrap();
    assert_eq!(picture(&fresh).unwrap(), picture(&other.store).unwrap());
}
