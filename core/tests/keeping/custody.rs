//! Custody: every look at personal data, print, copy and package leaves an op that nobody can drop.

use std::collections::BTreeSet;
use std::fs::File;
use std::io::BufReader;

use angen_core::action::{
    FieldContent, Handing, NoteCustody, close_dossier, custody_of, fsck, note_custody,
    reveal_entity, view_entity,
};
use angen_core::domain::{Custody, CustodyAct, Dossier, read_all};
use angen_core::store;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::value::Value;
use angen_ledger::verify::{Observer, Outcome, verify};

use crate::support::Scene;

/// The ops of a package.
#[derive(Default)]
struct Ops(Vec<Op>);

impl Observer for Ops {
    fn op(&mut self, op: &Op) {
        self.0.push(op.clone());
    }
}

fn ops_of(scene: &Scene, name: &str) -> Vec<Op> {
    let mut ops = Ops::default();
    let input = BufReader::new(File::open(scene.path(name)).unwrap());
    let verdict = verify(input, Some(scene.town.place.root), &mut ops).unwrap();
    assert_eq!(verdict.outcome, Outcome::Verifies, "{:?}", verdict.rules);
    ops.0
}

fn events(scene: &Scene, dossier: DossierId) -> Vec<Custody> {
    scene.town.store.read(|read| custody_of(read, dossier)).unwrap()
}

#[test]
fn a_package_contains_its_own_custody_event_and_the_dossier_does_too() {
    let scene = Scene::new();
    scene.export(scene.check(), "check.angen").unwrap();
    let [event] = &events(&scene, scene.check())[..] else { panic!("one event") };
    assert_eq!((event.act, event.failed), (CustodyAct::Export, false));
    assert_eq!(event.recipient.as_deref(), Some("周律师"));
    assert_eq!(event.purpose.as_deref(), Some("阅卷"));
    let ops = ops_of(&scene, "check.angen");
    assert_eq!(ops.iter().filter(|op| op.hash == event.op).count(), 1);
    scene.export(scene.check(), "again.angen").unwrap();
    let kinds = |ops: Vec<Op>| ops.iter().filter(|op| op.header.kind.noun() == "custody").count();
    assert_eq!((kinds(ops), kinds(ops_of(&scene, "again.angen"))), (1, 2));
}

#[test]
fn an_export_that_fails_is_noted_as_failed() {
    let scene = Scene::new();
    scene.town.world.fail_step(2);
    scene.export(scene.check(), "check.angen").unwrap_err();
    assert!(!scene.path("check.angen").exists() && !scene.path("check.angen.part").exists());
    let [event] = &events(&scene, scene.check())[..] else { panic!("one event") };
    assert!(event.failed);
    assert_eq!(fsck(&scene.town.store).unwrap().problems, []);
}

#[test]
fn of_a_closed_dossier_the_event_stands_in_the_custody_dossier_and_in_the_package() {
    let scene = Scene::new();
    let dossier = scene.check();
    close_dossier(&scene.town.officer(), dossier, "2026-12-01", "整改完毕").unwrap();
    let heads = || scene.town.store.read(|read| store::heads_of(read, dossier)).unwrap();
    let before = heads();
    scene.export(dossier, "one.angen").unwrap();
    scene.export(dossier, "two.angen").unwrap();
    assert_eq!(heads(), before, "a closed dossier does not grow by being looked at");
    let held = events(&scene, dossier);
    assert_eq!(held.len(), 2);
    let books: Vec<Dossier> = scene
        .town
        .store
        .read(|read| {
            let mut all = Vec::new();
            for dossier in store::dossiers(read)? {
                all.extend(read_all::<Dossier>(read, dossier)?);
            }
            Ok(all)
        })
        .unwrap();
    assert_eq!(books.iter().filter(|book| book.kind == "custody").count(), 1);
    let named: BTreeSet<Hash> = ops_of(&scene, "two.angen").iter().map(|op| op.hash).collect();
    assert!(named.contains(&held[1].op) && !named.contains(&held[0].op), "its own and no other");
}

#[test]
fn personal_data_is_hidden_until_somebody_says_what_for_and_that_is_noted() {
    let scene = Scene::new();
    let (register, enterprise) = (scene.town.place.register, scene.town.cast.enterprise);
    let read = || scene.town.store.read(|read| view_entity(read, register, enterprise)).unwrap();
    let content = |views: Vec<angen_core::action::FieldView>, field: &str| {
        views.into_iter().find(|view| view.field == field).unwrap().content
    };
    assert_eq!(content(read(), "representative"), FieldContent::Hidden);
    assert_ne!(content(read(), "name"), FieldContent::Hidden);
    let desk = scene.town.officer();
    reveal_entity(&desk, register, enterprise, " ").unwrap_err();
    assert_eq!(events(&scene, register), []);
    let shown = reveal_entity(&desk, register, enterprise, "核对负责人").unwrap();
    let name = FieldContent::Shown(Value::from("王志松"));
    assert_eq!(content(shown, "representative"), name);
    let [event] = &events(&scene, register)[..] else { panic!("one event") };
    assert_eq!((event.act, event.writer), (CustodyAct::View, scene.town.cast.officers[0]));
    assert_eq!(
        (&event.about[..], &event.fields[..]),
        (&[enterprise][..], &["representative".to_owned()][..])
    );
    assert_eq!(content(read(), "representative"), FieldContent::Hidden, "only that once");
}

#[test]
fn a_print_is_noted_with_what_it_was_of() {
    let scene = Scene::new();
    let request = NoteCustody {
        act: CustodyAct::Print,
        dossier: scene.case.dossier,
        about: vec![scene.case.interview],
        fields: Vec::new(),
        handing: Handing::default(),
    };
    let noted = note_custody(&scene.town.officer(), &request).unwrap();
    let [event] = &events(&scene, scene.case.dossier)[..] else { panic!("one event") };
    assert_eq!((event.op, &event.about[..]), (noted.op, &[scene.case.interview][..]));
    assert_eq!((&event.recipient, &event.purpose), (&None, &None), "nothing waits for either");
}

#[test]
fn a_standing_dossier_is_never_closed_and_no_dossier_twice() {
    let scene = Scene::new();
    let desk = scene.town.officer();
    close_dossier(&desk, scene.town.place.roster, "2026-12-01", "不用了").unwrap_err();
    close_dossier(&desk, scene.check(), "12月1日", "整改完毕").unwrap_err();
    close_dossier(&desk, scene.check(), "2026-12-01", "整改完毕").unwrap();
    close_dossier(&desk, scene.check(), "2026-12-02", "整改完毕").unwrap_err();
}
