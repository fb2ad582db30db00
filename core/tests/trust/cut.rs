//! What a cut cuts, who may make one, and what it must not do.

use std::collections::BTreeSet;

use angen_core::action::{
    AdoptOps, RevokeWriter, WriteNote, adopt_ops, board, missing, quarantine, revoke_writer,
    write_note,
};
use angen_core::error::Error;
use angen_core::store;
use angen_ledger::certificate::Duty;
use angen_ledger::testing::Scribe;
use angen_testing::exchange::{deliver, pack, second_phone};
use angen_testing::township::Township;
use angen_testing::world::World;

use crate::model::{CHECK, Device, ROSTER, adopt, at, open, revoke, scribe, set};

/// Two days into the tests' world.
const AS_OF_MS: i64 = angen_ledger::testing::BEGIN_MS + 2 * 86_400_000;

/// A root, an administrator, a writer, and a check that another writer has opened.
struct Small {
    root: Scribe,
    admin: Scribe,
    lost: Scribe,
    other: Scribe,
}

impl Small {
    fn new() -> Self {
        let root = scribe(1, Duty::Root, "*:37", None);
        let admin = scribe(2, Duty::Admin, "*:371102", Some(&root));
        let lost = scribe(3, Duty::Writer, "enforcer:371102110", Some(&admin));
        let other = scribe(4, Duty::Writer, "enforcer:371102110", Some(&admin));
        Self { root, admin, lost, other }
    }

    fn known(&self) -> [&Scribe; 4] {
        [&self.root, &self.admin, &self.lost, &self.other]
    }
}

#[test]
fn a_stolen_key_that_writes_a_second_history_below_the_cut_gains_nothing() {
    let mut small = Small::new();
    let opened = open(&mut small.other, CHECK);
    let roster = open(&mut small.admin, ROSTER);
    // The thief has a copy of the key, and begins where the officer began.
    let mut thief = scribe(3, Duty::Writer, "enforcer:371102110", Some(&small.admin));
    let honest = [set(&mut small.lost, 1, "honest", &[]), set(&mut small.lost, 2, "honest", &[])];
    let forged = [set(&mut thief, 1, "forged", &[]), set(&mut thief, 3, "forged", &[])];
    let revoked = revoke(&mut small.admin, small.lost.writer, &[at(&honest[1].0[0])]);
    let all = [&roster, &opened, &honest[0], &honest[1], &forged[0], &forged[1], &revoked];
    let device = Device::with(&small.known(), &all);
    let forged_ops: BTreeSet<_> = forged.iter().map(|run| run.0[0].hash).collect();
    assert_eq!(device.aside(), forged_ops);
    assert_eq!(device.values(1), BTreeSet::from(["honest".to_owned()]));
    assert!(device.values(3).is_empty());
    let backwards: Vec<_> = all.iter().rev().copied().collect();
    let other = Device::with(&small.known(), &backwards);
    assert_eq!(other.digest(), device.digest());
    // They are held as any other, and can be given on.
    assert_eq!(device.store.read(store::count_ops).unwrap(), all.len() as u64);
    device.assert_sound();
}

#[test]
fn until_the_last_op_that_counts_is_here_nothing_of_its_chain_does() {
    let mut small = Small::new();
    let opened = open(&mut small.other, CHECK);
    let roster = open(&mut small.admin, ROSTER);
    let said: Vec<_> = (0..3).map(|n| set(&mut small.lost, n, "said", &[])).collect();
    let revoked = revoke(&mut small.admin, small.lost.writer, &[at(&said[1].0[0])]);
    let device = Device::with(&small.known(), &[&roster, &opened, &revoked, &said[0]]);
    assert_eq!(device.aside().len(), 1);
    device.take(&small.known(), &[&said[1]]);
    assert!(device.aside().is_empty());
    device.take(&small.known(), &[&said[2]]);
    assert_eq!(device.aside(), BTreeSet::from([said[2].0[0].hash]));
    device.assert_sound();
}

#[test]
fn a_value_that_a_quarantined_op_replaced_comes_back_and_goes_again_with_its_successor() {
    let mut small = Small::new();
    let opened = open(&mut small.other, CHECK);
    let roster = open(&mut small.admin, ROSTER);
    let first = set(&mut small.other, 1, "first", &[]);
    let forged = set(&mut small.lost, 1, "forged", &[&first.0[0]]);
    let device = Device::with(&small.known(), &[&roster, &opened, &first, &forged]);
    assert_eq!(device.values(1), BTreeSet::from(["forged".to_owned()]));
    let revoked = revoke(&mut small.admin, small.lost.writer, &[]);
    device.take(&small.known(), &[&revoked]);
    assert_eq!(device.values(1), BTreeSet::from(["first".to_owned()]));
    // Who has seen both and decides leaves no conflict behind.
    let decided = set(&mut small.other, 1, "decided", &[&forged.0[0]]);
    device.take(&small.known(), &[&decided]);
    assert_eq!(device.values(1), BTreeSet::from(["decided".to_owned()]));
    device.assert_sound();
}

#[test]
fn only_an_administrator_above_may_revoke_and_an_officer_or_a_neighbour_changes_nothing() {
    let mut small = Small::new();
    let opened = open(&mut small.other, CHECK);
    let roster = open(&mut small.admin, ROSTER);
    let said = set(&mut small.lost, 1, "said", &[]);
    let mut neighbour = scribe(7, Duty::Admin, "*:371103", Some(&small.root));
    let mut narrow = scribe(8, Duty::Admin, "mentor:371102", Some(&small.root));
    let stranger_root = scribe(9, Duty::Root, "*:37", None);
    let mut stranger = scribe(10, Duty::Admin, "*:37", Some(&stranger_root));
    let target = small.lost.writer;
    let device = Device::with(&small.known(), &[&roster, &opened, &said]);
    let before = device.values(1);
    let by_other = revoke(&mut small.other, target, &[]);
    device.take(&small.known(), &[&by_other]);
    let of_oneself = revoke(&mut small.lost, target, &[]);
    device.take(&small.known(), &[&of_oneself]);
    let of_the_admin = revoke(&mut small.lost, small.admin.writer, &[]);
    device.take(&small.known(), &[&of_the_admin]);
    let by_narrow = revoke(&mut narrow, target, &[]);
    device.take(&[&small.root, &narrow], &[&by_narrow]);
    let by_stranger = revoke(&mut stranger, target, &[]);
    device.take(&[&stranger_root, &stranger], &[&by_stranger]);
    assert_eq!((device.values(1), device.aside()), (before, BTreeSet::new()));
    // One whose certificate does not reach this dossier is not even stored in it.
    let by_neighbour = revoke(&mut neighbour, target, &[]);
    let certificates = [small.root.cose.clone(), neighbour.cose.clone()];
    let runs = [crate::model::sealed(&by_neighbour)];
    let refused = device.store.write(|tx| store::receive(tx, &certificates, &runs));
    assert!(matches!(refused, Err(Error::Refused(_))));
    let by_admin = revoke(&mut small.admin, target, &[]);
    device.take(&small.known(), &[&by_admin]);
    assert!(device.values(1).is_empty());
    device.assert_sound();
}

#[test]
fn a_revoked_administrator_revokes_and_adopts_nothing_any_more() {
    let root = scribe(1, Duty::Root, "*:37", None);
    let mut chief = scribe(2, Duty::Admin, "*:37", Some(&root));
    let mut stolen = scribe(3, Duty::Admin, "*:371102", Some(&chief));
    let mut officer = scribe(4, Duty::Writer, "enforcer:371102110", Some(&stolen));
    let mut away = scribe(5, Duty::Writer, "enforcer:371102110", Some(&stolen));
    let known = |a: &Scribe, b: &Scribe, c: &Scribe, d: &Scribe| -> Vec<Vec<u8>> {
        [&root, a, b, c, d].iter().map(|scribe| scribe.cose.clone()).collect()
    };
    let roster = open(&mut chief, ROSTER);
    let opened = open(&mut officer, CHECK);
    let said = [set(&mut officer, 1, "said", &[]), set(&mut away, 2, "said", &[])];
    let of_away = revoke(&mut stolen, away.writer, &[]);
    let of_stolen = revoke(&mut chief, stolen.writer, &[at(&of_away.0[0])]);
    // With the stolen phone, afterwards.
    let of_officer = revoke(&mut stolen, officer.writer, &[]);
    let of_chief = revoke(&mut stolen, chief.writer, &[]);
    let back = adopt(&mut stolen, 0, &said[1].0[0]);
    let runs =
        [&roster, &opened, &said[0], &said[1], &of_away, &of_officer, &of_chief, &back, &of_stolen];
    let certificates = known(&chief, &stolen, &officer, &away);
    let take = |order: &[usize]| {
        let device = Device::new();
        for place in order {
            let run = [crate::model::sealed(runs[*place])];
            device.store.write(|tx| store::receive(tx, &certificates, &run)).unwrap();
        }
        device
    };
    let first = take(&[0, 1, 2, 3, 4, 5, 6, 7, 8]);
    let second = take(&[8, 7, 6, 5, 4, 3, 2, 1, 0]);
    assert_eq!(first.digest(), second.digest());
    for device in [first, second] {
        // What it did before it was stolen stands, what was done with it afterwards does not.
        assert_eq!(device.values(1), BTreeSet::from(["said".to_owned()]));
        assert!(device.values(2).is_empty());
        device.assert_sound();
    }
}

#[test]
fn two_administrators_who_revoke_each_other_are_both_revoked() {
    let root = scribe(1, Duty::Root, "*:37", None);
    let mut one = scribe(2, Duty::Admin, "*:37", Some(&root));
    let mut other = scribe(3, Duty::Admin, "*:37", Some(&root));
    let mut officer = scribe(4, Duty::Writer, "enforcer:371102110", Some(&one));
    let roster = open(&mut one, ROSTER);
    let cut = at(&roster.0[0]);
    let opened = open(&mut officer, CHECK);
    let of_one = revoke(&mut other, one.writer, &[cut]);
    let of_other = revoke(&mut one, other.writer, &[]);
    let of_officer = revoke(&mut other, officer.writer, &[]);
    let known = [&root, &one, &other, &officer];
    let runs = [&roster, &opened, &of_one, &of_other, &of_officer];
    let device = Device::with(&known, &runs);
    let expected = BTreeSet::from([of_one.0[0].hash, of_other.0[0].hash, of_officer.0[0].hash]);
    assert_eq!(device.aside(), expected, "and neither does more with it");
    let backwards: Vec<_> = runs.iter().rev().copied().collect();
    assert_eq!(Device::with(&known, &backwards).digest(), device.digest());
    device.assert_sound();
}

#[test]
fn an_adoption_of_a_lower_administrator_does_not_lift_what_a_higher_one_has_cut() {
    let root = scribe(1, Duty::Root, "*:37", None);
    let mut chief = scribe(2, Duty::Admin, "*:37", Some(&root));
    let mut deputy = scribe(3, Duty::Admin, "*:371102", Some(&chief));
    let mut officer = scribe(4, Duty::Writer, "enforcer:371102110", Some(&deputy));
    let roster = open(&mut chief, ROSTER);
    let opened = open(&mut officer, CHECK);
    let said = set(&mut officer, 1, "said", &[]);
    let revoked = revoke(&mut chief, officer.writer, &[at(&opened.0[0])]);
    let below = adopt(&mut deputy, 0, &said.0[0]);
    let known = [&root, &chief, &deputy, &officer];
    let device = Device::with(&known, &[&roster, &opened, &said, &revoked, &below]);
    assert!(device.values(1).is_empty());
    let above = adopt(&mut chief, 0, &said.0[0]);
    let known = [&root, &chief, &deputy, &officer];
    device.take(&known, &[&above]);
    assert_eq!(device.values(1), BTreeSet::from(["said".to_owned()]));
    device.assert_sound();
}

#[test]
fn a_dossier_that_only_a_revoked_writer_opened_still_goes_to_those_who_judge_it() {
    let mut small = Small::new();
    let roster = open(&mut small.admin, ROSTER);
    let opened = open(&mut small.lost, CHECK);
    let revoked = revoke(&mut small.admin, small.lost.writer, &[]);
    let device = Device::with(&small.known(), &[&roster, &opened, &revoked]);
    let areas = device.store.read(|read| store::areas_of(read, CHECK)).unwrap();
    assert_eq!(areas, [crate::model::AREA]);
}

/// The second officer's phone, and what stands on it a day later.
fn lost_phone(town: &Township, folder: &std::path::Path) -> Township {
    drop(second_phone(&town.store, folder).unwrap());
    let world = World::with_seeds(11, 77);
    world.wait_ms(86_400_000);
    Township::open(folder, world, town.cast.clone())
}

fn note(town: &Township, text: &str) {
    let dossier = town.cast.check.dossier;
    let request = WriteNote { dossier, text: text.to_owned(), about: None };
    write_note(&town.desk(town.cast.officers[1]), &request).unwrap();
}

#[test]
fn honest_records_of_a_revoked_phone_are_kept_and_count_once_they_are_adopted() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let phone = lost_phone(&town, &folder.path().join("phone"));
    let [_, second] = town.cast.officers;
    let check = town.cast.check.dossier;
    note(&phone, "星期五离线");
    deliver(&pack(&phone.store).unwrap(), &town.store).unwrap();
    let before = town.store.read(store::digest).unwrap();
    let admin = town.desk(town.place.administrator);
    let reason = "手机遗失".to_owned();
    let request = RevokeWriter { writer: second, reason, cut: Vec::new() };
    revoke_writer(&admin, &request).unwrap();
    assert!(quarantine(&town.store).unwrap().is_empty(), "what is here counts");
    // Offline since, she goes on; then all of it comes at once.
    note(&phone, "星期一离线");
    note(&phone, "星期二离线");
    let shipment = pack(&phone.store).unwrap();
    let received = deliver(&shipment, &town.store).unwrap();
    assert_eq!(received.new_ops, 2);
    let aside = quarantine(&town.store).unwrap();
    assert_eq!(aside.len(), 2);
    assert_eq!((aside[0].writer, aside[0].reason.as_str()), (second, "手机遗失"));
    assert_eq!(aside[0].dossier, check);
    // Her phone, once it has the roster, says the same.
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    assert_eq!(quarantine(&phone.store).unwrap(), aside);
    let digests = || [&town, &phone].map(|town| town.store.read(store::digest).unwrap());
    assert_eq!(digests()[0], digests()[1]);
    assert_ne!(digests()[0], before);
    let request = AdoptOps {
        writer: second,
        dossier: check,
        first: None,
        last: Some(aside[0].seq),
        head: None,
        reason: "本人当面核对".to_owned(),
    };
    assert!(adopt_ops(&town.officer(), &request).is_err(), "no officer adopts");
    adopt_ops(&admin, &request).unwrap();
    let left = quarantine(&town.store).unwrap();
    assert_eq!(left.len(), 1);
    assert_eq!(left[0].op, aside[1].op);
    adopt_ops(&admin, &AdoptOps { last: None, ..request.clone() }).unwrap();
    assert!(quarantine(&town.store).unwrap().is_empty());
    assert!(adopt_ops(&admin, &request).is_err(), "nothing is left to adopt");
    deliver(&pack(&town.store).unwrap(), &phone.store).unwrap();
    assert_eq!(digests()[0], digests()[1]);
}

#[test]
fn what_is_missing_and_the_board_are_as_if_the_quarantined_were_not_there() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let phone = lost_phone(&town, &folder.path().join("phone"));
    let [first, second] = town.cast.officers;
    let told = |town: &Township| {
        let missing = missing(&town.store, town.cast.check.dossier, AS_OF_MS).unwrap();
        let board = board(&town.store, town.cast.assistance, AS_OF_MS).unwrap();
        (format!("{missing:?}"), format!("{board:?}"))
    };
    let before = told(&town);
    let admin = town.desk(town.place.administrator);
    let reason = "手机遗失".to_owned();
    let request = RevokeWriter { writer: second, reason, cut: Vec::new() };
    revoke_writer(&admin, &request).unwrap();
    assert_eq!(told(&town), before);
    let desk = phone.desk(second);
    angen_core::action::give_assent(&desk, phone.cast.check.dossier, &[]).unwrap();
    let shown = phone.cast.check.dossier;
    angen_core::action::show_certificates(&desk, shown, "王志松", None).unwrap();
    deliver(&pack(&phone.store).unwrap(), &town.store).unwrap();
    assert_eq!(told(&town), before);
    // The other officer is asked for nothing that she said.
    let without = angen_core::action::give_assent(&town.desk(first), shown, &[]);
    assert!(without.is_err(), "there is nothing of a colleague to assent to");
}

#[test]
fn a_cut_can_lie_before_what_is_here_and_must_name_an_op_that_is() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let [first, _] = town.cast.officers;
    let check = town.cast.check.dossier;
    let admin = town.desk(town.place.administrator);
    let revoke = |cut: Vec<_>| {
        let request = RevokeWriter { writer: first, reason: "密钥被盗用".to_owned(), cut };
        revoke_writer(&admin, &request)
    };
    let held = town.store.read(|read| store::written_ops(read, check, first)).unwrap();
    assert!(revoke(vec![(check, Some(held))]).is_err(), "there is no such op");
    assert!(quarantine(&town.store).unwrap().is_empty());
    revoke(vec![(check, Some(0)), (town.cast.assistance, None)]).unwrap();
    let aside = quarantine(&town.store).unwrap();
    let of = |dossier| aside.iter().filter(|op| op.dossier == dossier).count() as u64;
    assert_eq!(of(check), held - 1);
    let wrote = |dossier| town.store.read(|read| store::written_ops(read, dossier, first)).unwrap();
    assert_eq!(of(town.cast.assistance), wrote(town.cast.assistance));
    let (before, after) = angen_core::action::rebuild(&town.store).unwrap();
    assert_eq!(before, after);
}

#[test]
fn who_may_not_revoke_is_refused_before_anything_is_written() {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(&folder.path().join("data"), 11);
    let [first, second] = town.cast.officers;
    let admin = town.desk(town.place.administrator);
    let before = town.store.read(store::digest).unwrap();
    let ask =
        |writer, reason: &str| RevokeWriter { writer, reason: reason.to_owned(), cut: Vec::new() };
    assert!(revoke_writer(&town.desk(first), &ask(second, "手机遗失")).is_err());
    assert!(revoke_writer(&admin, &ask(admin.writer(), "手机遗失")).is_err());
    assert!(revoke_writer(&admin, &ask(second, "  ")).is_err());
    let nobody = angen_ledger::id::WriterId([9; 16]);
    let error = revoke_writer(&admin, &ask(nobody, "手机遗失")).unwrap_err();
    assert!(matches!(error, Error::NotFound { noun: "writer", .. }));
    assert_eq!(town.store.read(store::digest).unwrap(), before);
}
