//! The map of places: after an erasure its bytes are in no file of the folder.

use std::fs;

use angen_core::action::{RegisterEnterprise, find_enterprises, register_enterprise, sweep};
use angen_core::domain::{Evidence, read_one};
use angen_core::store;
use angen_testing::files::contents;
use angen_testing::township::enterprise;

use crate::erasure::erase_field;
use crate::support::Scene;

/// A name whose characters and pinyin nothing else in the township has.
const NAME: &str = "鑫鼐隽翀甯淼有限公司";

/// Its terms in the search: two neighbouring characters, and six letters of pinyin.
const TERMS: [&str; 5] = ["鑫鼐", "隽翀", "翀甯", "chongn", "naijua"];

/// Where some bytes occur in the files of the folder.
fn found(scene: &Scene, needle: &[u8]) -> Vec<String> {
    let folder = scene.town.store.folder();
    let mut found = Vec::new();
    for (path, ..) in contents(folder).unwrap() {
        let bytes = fs::read(&path).unwrap();
        if bytes.windows(needle.len()).any(|window| window == needle) {
            found.push(path.strip_prefix(folder).unwrap().display().to_string());
        }
    }
    found
}

fn utf16(text: &str, swap: bool) -> Vec<u8> {
    let unit = |unit: u16| if swap { unit.to_be_bytes() } else { unit.to_le_bytes() };
    text.encode_utf16().flat_map(unit).collect()
}

/// Every file that still has something of the name, in any of its forms.
fn traces(scene: &Scene) -> Vec<String> {
    let mut traces = Vec::new();
    for text in std::iter::once(NAME).chain(TERMS) {
        for needle in [text.as_bytes().to_vec(), utf16(text, false), utf16(text, true)] {
            traces.extend(found(scene, &needle).into_iter().map(|file| format!("{text}: {file}")));
        }
    }
    traces
}

#[test]
fn an_erased_name_is_in_no_file_of_the_folder() {
    let scene = Scene::new();
    let store = &scene.town.store;
    let register = scene.town.place.register;
    let request = RegisterEnterprise {
        name: NAME.to_owned(),
        credit_code: Some("92371103MA3T00017X".to_owned()),
        ..enterprise()
    };
    let known = register_enterprise(&scene.town.officer(), &request).unwrap();
    let at_once = traces(&scene);
    for text in [NAME, "鑫鼐", "chongn"] {
        assert!(at_once.iter().any(|trace| trace.starts_with(text)), "{text}: {at_once:?}");
    }
    // Others around it, so that pages are split and filled up again.
    for number in 0..60 {
        let name = format!("日照样例{number:03}号加工厂{}", "某".repeat(number % 40));
        let (credit_code, no_code_reason) = (None, Some("个体户".to_owned()));
        let request = RegisterEnterprise { name, credit_code, no_code_reason, ..enterprise() };
        register_enterprise(&scene.town.officer(), &request).unwrap();
    }
    assert_eq!(find_enterprises(store, "鑫鼐", None, 10).unwrap().found.len(), 1);
    assert!(traces(&scene).iter().any(|trace| trace.starts_with(NAME)));
    let op = known.op.unwrap();
    erase_field(&scene, register, op, "name").unwrap();
    let found = find_enterprises(store, "鑫鼐", None, 10).unwrap().found;
    assert_eq!(found, [], "the search forgets at once");
    assert!(store.owes_scrub().unwrap());
    assert!(store.scrub(&*scene.town.ports.disk).unwrap().done);
    assert_eq!(traces(&scene), [""; 0]);
    assert!(!store.owes_scrub().unwrap());
    assert_eq!(angen_core::action::fsck(store).unwrap().problems, []);
    assert_eq!(find_enterprises(store, "加工厂", None, 100).unwrap().found.len(), 60);
    store.pause().unwrap();
    assert_eq!(traces(&scene), [""; 0], "closed, too");
}

#[test]
fn an_erased_file_leaves_neither_its_part_nor_what_a_sweep_had_set_aside() {
    let scene = Scene::new();
    let (store, dossier) = (&scene.town.store, scene.check());
    for dossier in [scene.case.dossier, dossier] {
        angen_core::action::close_dossier(&scene.town.officer(), dossier, "2026-12-01", "办结")
            .unwrap();
    }
    let photo: Evidence =
        store.read(|read| read_one(read, dossier, scene.town.cast.photo)).unwrap();
    let blob = store.read(|read| Ok(store::require_op(read, photo.op)?.header.blobs[0])).unwrap();
    let cipher = fs::read(store.blobs().path_of(blob.address)).unwrap();
    let part = format!("{}-{}.part", blob.address, blob.length);
    fs::write(store.folder().join("blobs").join(&part), &cipher[..20]).unwrap();
    fs::create_dir_all(store.folder().join("strays")).unwrap();
    fs::write(store.folder().join("strays").join(blob.address.to_string()), &cipher).unwrap();
    let key = store.read(|read| {
        let op = store::require_op(read, photo.op)?;
        Ok(op.get("blob_key").unwrap().as_bytes().unwrap().to_vec())
    });
    let key = key.unwrap();
    assert!(!found(&scene, &key).is_empty(), "the key lies in the database");
    erase_field(&scene, dossier, photo.op, "blob_key").unwrap();
    assert_eq!(store.scrub(&*scene.town.ports.disk).unwrap().removed.len(), 3);
    assert_eq!(found(&scene, &key), [""; 0]);
    assert_eq!(found(&scene, &cipher[..20]), [""; 0]);
    assert_eq!(sweep(store, &scene.town.ports).unwrap().brought_back, []);
}

#[test]
fn a_kill_between_the_erasure_and_the_scrub_is_made_good_at_the_next_sign_in() {
    let scene = Scene::new();
    let register = scene.town.place.register;
    let request = RegisterEnterprise {
        name: NAME.to_owned(),
        credit_code: Some("92371103MA3T00017X".to_owned()),
        ..enterprise()
    };
    let known = register_enterprise(&scene.town.officer(), &request).unwrap();
    erase_field(&scene, register, known.op.unwrap(), "name").unwrap();
    scene.town.store.pause().unwrap();
    scene.town.store.resume().unwrap();
    assert!(scene.town.store.owes_scrub().unwrap(), "it is remembered");
    let _ = scene.town.officer();
    assert!(!scene.town.store.owes_scrub().unwrap());
    assert_eq!(traces(&scene), [""; 0]);
}

#[test]
fn a_database_that_was_set_aside_is_named_and_left_to_a_person() {
    let scene = Scene::new();
    let aside = scene.town.store.folder().join("angen.db.damaged-1");
    fs::write(&aside, NAME).unwrap();
    let left = scene.town.store.scrub(&*scene.town.ports.disk).unwrap().left;
    assert_eq!(left, std::slice::from_ref(&aside));
    assert!(aside.exists());
}

#[test]
fn an_encrypted_database_is_not_taken_for_damaged_where_no_key_is_given() {
    use angen_core::error::{Error, KeyTrouble};
    use angen_core::store::{DatabaseKey, KEY_CHECK_FILE, KeyCheck, Store};
    let folder = tempfile::tempdir().unwrap();
    let noise: Vec<u8> =
        (0..8192_u32).map(|n| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    fs::write(folder.path().join("angen.db"), &noise).unwrap();
    let check = KeyCheck::of(&DatabaseKey::new([9; 32]), [1; 16]);
    fs::write(folder.path().join(KEY_CHECK_FILE), check.to_bytes()).unwrap();
    let before = contents(folder.path()).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::Key(KeyTrouble::Needed))));
    assert_eq!(contents(folder.path()).unwrap(), before);
    // Without the value beside it, what is no database is damaged, and set aside.
    fs::remove_file(folder.path().join(KEY_CHECK_FILE)).unwrap();
    assert!(matches!(Store::open(folder.path()), Err(Error::Damaged { .. })));
}
