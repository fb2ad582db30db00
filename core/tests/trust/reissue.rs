//! A lost phone and a forgotten PIN: the same person goes on with another key.

use angen_core::action::{
    ReissueOfficer, Terms, WriteNote, accept_join, ask_to_join, quarantine, reissue_officer,
    write_note,
};
use angen_core::store::{self, Store};
use angen_ledger::id::WriterId;
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::township::Township;
use angen_testing::world::World;

fn reissue(writer: WriterId, ask: Option<String>) -> ReissueOfficer {
    ReissueOfficer {
        writer,
        reason: "手机遗失".to_owned(),
        cut: Vec::new(),
        terms: Terms::default(),
        ask,
    }
}

fn note(town: &Township, writer: WriterId, text: &str) {
    let dossier = town.cast.check.dossier;
    let request = WriteNote { dossier, text: text.to_owned(), about: None };
    write_note(&town.desk(writer), &request).unwrap();
}

#[test]
fn a_forgotten_pin_gives_the_person_a_new_key_and_takes_the_old_one_back() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let old = town.cast.officers[1];
    let admin = town.desk(town.place.administrator);
    assert!(reissue_officer(&town.officer(), &reissue(old, None)).is_err(), "no officer may");
    let lines = town.roster().len();
    let made = reissue_officer(&admin, &reissue(old, None)).unwrap();
    assert_eq!(made.answer, None);
    assert_ne!(made.officer.writer, old);
    let roster = town.roster();
    assert_eq!(roster.len(), lines + 1, "both lines stand");
    let line = |writer| roster.iter().find(|line| line.writer == writer).unwrap();
    assert_eq!(line(old).certificate_no, line(made.officer.writer).certificate_no);
    assert_eq!(line(made.officer.writer).continues, Some(line(old).officer));
    let held = town.store.read(store::certificates).unwrap();
    let person = |writer| {
        let mut held = held.iter().map(|(_, signed)| &signed.certificate);
        held.find(|known| known.writer == writer).unwrap().person
    };
    assert_eq!(person(old), person(made.officer.writer));
    let revoked = town.store.read(|read| store::revoked_by(read, old)).unwrap();
    assert_eq!(revoked, Some(made.revocation));
    assert!(quarantine(&town.store).unwrap().is_empty(), "what was here counts");
    note(&town, made.officer.writer, "新密钥");
    assert!(quarantine(&town.store).unwrap().is_empty());
    note(&town, old, "旧密钥");
    assert_eq!(quarantine(&town.store).unwrap().len(), 1);
}

#[test]
fn a_lost_phone_is_replaced_by_one_that_asks() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let old = town.cast.officers[1];
    drop(second_phone(&town.store, &folder.path().join("lost")).unwrap());
    let world = World::with_seeds(11, 77);
    let lost = Township::open(&folder.path().join("lost"), world, town.cast.clone());
    let fresh = tempfile::tempdir().unwrap();
    let store = Store::open(fresh.path()).unwrap();
    let ports = World::new(60).ports();
    let asked = ask_to_join(&store, &ports).unwrap();
    let admin = town.desk(town.place.administrator);
    let request = reissue(old, Some(asked.text.clone()));
    let made = reissue_officer(&admin, &request).unwrap();
    assert_eq!(made.officer.writer, asked.writer);
    assert!(reissue_officer(&admin, &request).is_err(), "the same phone is not certified twice");
    accept_join(&store, &made.answer.unwrap(), town.place.root).unwrap();
    // The finder writes with it; whoever hears of both sets that aside.
    note(&lost, old, "拾到手机的人");
    deliver(&pack(&lost.store).unwrap(), &town.store).unwrap();
    deliver(&pack(&town.store).unwrap(), &store).unwrap();
    for held in [&town.store, &store] {
        assert_eq!(quarantine(held).unwrap().len(), 1);
    }
    let digest = |store: &Store| store.read(store::digest).unwrap();
    assert_eq!(digest(&town.store), digest(&store));
}
