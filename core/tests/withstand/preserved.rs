//! Preserved evidence, numbers that come later, and what a signature covers: what can be recorded,
//! and what cannot.

use angen_core::action::{
    NumberCheck, PartyAnswer, approve_preservation, decide_preservation, number_check, plan_check,
    register_preservation, set_answers, sign_record,
};
use angen_core::domain::{Check, PreservedDecision, read_all};
use angen_core::error::{Error, Result};
use angen_core::procedure::addenda;
use angen_ledger::verify::Lang;
use angen_testing::follow_up;
use angen_testing::picture::picture;
use angen_testing::township as input;

use crate::scene::Scene;
use crate::verbs::officer;

fn refused<T>(scene: &Scene, words: &str, verb: impl FnOnce() -> Result<T>) {
    let before = picture(&scene.town.store).unwrap();
    let Err(error) = verb() else { panic!("{words} was taken") };
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    assert!(error.say(Lang::Zh).contains(words), "{words}: {}", error.say(Lang::Zh));
    assert_eq!(picture(&scene.town.store).unwrap(), before);
}

#[test]
fn r22_a_registration_without_an_approval_is_recorded_and_an_approval_that_follows_is_too_late() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let registered =
        register_preservation(&desk, &follow_up::registration(&scene.town, None)).unwrap();
    assert!(!registered.is_approved_first());
    let mut late = follow_up::approval(&scene.town);
    late.preservation = Some(registered.preservation);
    late.approved_at_ms += 7_200_000;
    assert!(!approve_preservation(&desk, &late).unwrap().is_approved_first());
    late.approved_at_ms -= 7_200_000;
    assert!(approve_preservation(&desk, &late).unwrap().is_approved_first());
}

#[test]
fn r22_items_are_decided_one_by_one_and_what_was_decided_stays() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let whole = follow_up::decision(&scene.town, scene.follow_up.preservation);
    let mut first = whole.clone();
    first.items.truncate(1);
    let held = decide_preservation(&desk, &first).unwrap();
    assert_eq!((held.decided.len(), held.all_decided_on()), (1, None));
    let mut second = whole.clone();
    second.items = vec![(2, PreservedDecision::Test, Some("送检测机构".to_owned()))];
    second.decided_on = "2026-11-30".to_owned();
    let held = decide_preservation(&desk, &second).unwrap();
    assert_eq!(held.decision(1).unwrap().decision, PreservedDecision::Return);
    assert_eq!(held.all_decided_on().unwrap().to_string(), "2026-11-30");
}

#[test]
fn r22_what_is_not_on_the_list_cannot_be_decided_and_a_list_is_registered_once() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let kept = scene.follow_up.preservation;
    let mut foreign = follow_up::decision(&scene.town, kept);
    foreign.items[0].0 = 3;
    refused(&scene, "没有第3件", || decide_preservation(&desk, &foreign));
    let mut early = follow_up::decision(&scene.town, kept);
    early.decided_on = "2026-11-22".to_owned();
    refused(&scene, "早于登记", || decide_preservation(&desk, &early));
    let again = follow_up::registration(&scene.town, Some(kept));
    refused(&scene, "已经登记过", || register_preservation(&desk, &again));
    let mut nameless = follow_up::registration(&scene.town, None);
    nameless.items[1].name = " ".to_owned();
    refused(&scene, "物品名称", || register_preservation(&desk, &nameless));
    let approved = approve_preservation(&desk, &follow_up::approval(&scene.town)).unwrap();
    let nothing = follow_up::decision(&scene.town, approved.preservation);
    refused(&scene, "还没有登记", || decide_preservation(&desk, &nothing));
}

#[test]
fn a_number_that_comes_later_is_filled_in_and_one_that_is_replaced_says_why() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let dossier = scene.town.cast.check.dossier;
    let task =
        |code: &str| NumberCheck { platform_task: Some(code.to_owned()), ..NumberCheck::default() };
    let check = number_check(&desk, dossier, &task("RW-1")).unwrap();
    assert_eq!(check.platform_task.as_deref(), Some("RW-1"));
    assert!(check.approval_no.is_some() && check.op.is_some(), "what was planned stays");
    refused(&scene, "没有要补填", || number_check(&desk, dossier, &task("RW-1")));
    refused(&scene, "写明理由", || number_check(&desk, dossier, &task("RW-2")));
    let why = NumberCheck { reason: Some("平台重新下发".to_owned()), ..task("RW-2") };
    let check = number_check(&desk, dossier, &why).unwrap();
    assert_eq!(check.platform_task.as_deref(), Some("RW-2"));
}

#[test]
fn a_planned_check_keeps_the_version_of_its_item_list() {
    let scene = Scene::new();
    let cast = &scene.town.cast;
    let request = input::check(cast.enterprise, cast.checklist, None);
    let planned = plan_check(&officer(&scene).unwrap(), &request).unwrap();
    let checks: Vec<Check> = scene.town.store.read(|read| read_all(read, planned.dossier)).unwrap();
    assert!(checks[0].item_list_version.as_deref().is_some_and(|version| !version.is_empty()));
}

#[test]
fn s06_a_signature_covers_what_was_written_before_it_and_nothing_after_it() {
    let scene = Scene::new();
    let (town, dossier) = (&scene.town, scene.town.cast.check.dossier);
    let desk = officer(&scene).unwrap();
    let answer = |value: &str, why| town.answers(&[("MW03", value)], why);
    set_answers(&desk, &answer("compliant", None)).unwrap();
    let signed = PartyAnswer::Signed {
        signer: "王志松".to_owned(),
        post: "车间主任".to_owned(),
        evidence: town.cast.photo,
    };
    let later = || town.store.read(|read| addenda(read, dossier)).unwrap();
    sign_record(&desk, dossier, &signed).unwrap();
    assert_eq!(later(), []);
    // The clock is set back: what is written now claims to come before the signature.
    town.world.jump_ms(-3_600_000);
    set_answers(&desk, &answer("not_applicable", Some("复看后更正"))).unwrap();
    let titles: Vec<String> = later().iter().map(|addendum| addendum.title.clone()).collect();
    assert_eq!(titles, ["MW03"]);
    // Signed again, it is covered.
    sign_record(&desk, dossier, &signed).unwrap();
    assert_eq!(later(), []);
}
