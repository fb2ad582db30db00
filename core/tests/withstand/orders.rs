//! What can be recorded of measures and orders, and what cannot: nothing changes when it cannot.

use angen_core::action::{
    AnswerExtension, ExtendOrder, IssueOrder, LiftMeasure, RaiseFinding, RecordRecheck,
    extend_order, issue_order, lift_measure, raise_finding, record_recheck, retract, take_measure,
    transfer_finding,
};
use angen_core::domain::{MeasureKind, RecheckOutcome};
use angen_core::error::{Error, Result};
use angen_ledger::id::EntityId;
use angen_ledger::verify::Lang;
use angen_testing::follow_up;
use angen_testing::picture::picture;
use angen_testing::township as input;

use crate::scene::Scene;
use crate::verbs::officer;

/// Longer than the certificates of a scene are valid.
const YEARS_MS: i64 = 5 * 366 * 24 * 3_600_000;

fn raise(scene: &Scene, title: &str, authority: &str) -> EntityId {
    let request = RaiseFinding {
        title: title.to_owned(),
        authority: authority.to_owned(),
        ..input::finding(scene.town.cast.check.dossier)
    };
    raise_finding(&officer(scene).unwrap(), &request).unwrap().finding
}

/// Checks that a verb is refused with these words and leaves everything as it was.
fn refused<T>(scene: &Scene, words: &[&str], verb: impl FnOnce() -> Result<T>) {
    let before = picture(&scene.town.store).unwrap();
    let Err(error) = verb() else { panic!("{words:?} was taken") };
    assert!(matches!(error, Error::Invalid(_)), "{error}");
    let (zh, en) = (error.say(Lang::Zh), error.say(Lang::En));
    for word in words {
        assert!(zh.contains(word) || en.contains(word), "{word}: {zh} {en}");
    }
    assert_eq!(picture(&scene.town.store).unwrap(), before);
}

#[test]
fn s04_an_emergency_measure_is_recorded_by_one_officer_whose_certificate_has_expired() {
    let scene = Scene::new();
    scene.town.world.jump_ms(YEARS_MS);
    let mut request = follow_up::measure(&scene.town);
    request.kind = MeasureKind::Evacuate;
    request.findings.clear();
    request.shown_by.clear();
    request.told_to = None;
    let taken = take_measure(&officer(&scene).unwrap(), &request).unwrap();
    assert!(!taken.is_proposed() && taken.kind.holds_until_lifted());
    assert!(taken.legal_basis.contains("第六十五条"), "{}", taken.legal_basis);
}

#[test]
fn s04_work_is_resumed_only_after_a_check_that_is_told() {
    let scene = Scene::new();
    let request = LiftMeasure {
        dossier: scene.town.cast.check.dossier,
        measure: scene.follow_up.measure,
        checked_how: " ".to_owned(),
        shown_by: Vec::new(),
    };
    refused(&scene, &["checked_how"], || lift_measure(&officer(&scene).unwrap(), &request));
    let request =
        LiftMeasure { checked_how: "空载试机，防护罩到位".to_owned(), ..request };
    let lifted = lift_measure(&officer(&scene).unwrap(), &request).unwrap().lifted.unwrap();
    assert_eq!(lifted.checked_how, "空载试机，防护罩到位");
}

#[test]
fn s08_s15_what_is_coercive_is_proposed_to_the_bureau_and_never_taken() {
    let scene = Scene::new();
    for kind in [MeasureKind::SealOrSeize, MeasureKind::CutSupply] {
        let mut request = follow_up::measure(&scene.town);
        request.kind = kind;
        let recorded = take_measure(&officer(&scene).unwrap(), &request).unwrap();
        assert!(recorded.is_proposed() && kind.term().contains("提请"), "{kind:?}");
    }
    assert!(MeasureKind::ALL.iter().filter(|kind| kind.is_coercive()).count() == 2);
}

#[test]
fn s08_s15_the_bureau_is_asked_for_what_is_coercive_and_the_rest_is_done() {
    let scene = Scene::new();
    for kind in MeasureKind::ALL.iter().copied() {
        let mut request = follow_up::measure(&scene.town);
        request.kind = kind;
        let recorded = take_measure(&officer(&scene).unwrap(), &request).unwrap();
        assert_eq!(recorded.is_proposed(), kind.is_coercive(), "{kind:?}");
    }
}

#[test]
fn s07_findings_of_other_authorities_cannot_stand_in_an_order_and_all_are_told_at_once() {
    let scene = Scene::new();
    let fire = raise(&scene, "灭火器过期", "FR");
    let crane = raise(&scene, "行车未检验", "MS");
    let wrong = raise(&scene, "看错了", "EM");
    let dossier = scene.town.cast.check.dossier;
    retract(&officer(&scene).unwrap(), dossier, wrong, "看错了").unwrap();
    let ours = scene.town.cast.finding;
    let items = [ours, fire, crane, wrong, ours];
    let request = IssueOrder {
        items: items.map(|id| (id, "2026-12-08".to_owned())).to_vec(),
        ..follow_up::order(&scene.town)
    };
    let words =
        ["灭火器过期", "归消防救援管", "行车未检验", "市场监管", "第六十九条", "撤回", "写了两次"];
    refused(&scene, &words, || issue_order(&officer(&scene).unwrap(), &request));
}

#[test]
fn s07_what_was_handed_over_cannot_be_ordered_any_more() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    transfer_finding(&desk, &follow_up::transfer(&scene.town)).unwrap();
    let again = follow_up::order(&scene.town);
    refused(&scene, &["已经移送", "handed over"], || issue_order(&desk, &again));
    let mut to_us = follow_up::transfer(&scene.town);
    to_us.to = "EM".to_owned();
    refused(&scene, &["FR", "消防"], || transfer_finding(&desk, &to_us));
}

#[test]
fn a_deadline_is_at_once_or_a_day_that_is_not_before_the_order() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let with = |by: &str| IssueOrder {
        items: vec![(scene.town.cast.finding, by.to_owned())],
        ..follow_up::order(&scene.town)
    };
    refused(&scene, &["下周", "at_once"], || issue_order(&desk, &with("下周")));
    refused(&scene, &["早于责令日期"], || issue_order(&desk, &with("2026-11-23")));
    let none = IssueOrder { items: Vec::new(), ..follow_up::order(&scene.town) };
    refused(&scene, &["1 到"], || issue_order(&desk, &none));
    for by in ["at_once", "2026-11-24"] {
        let order = issue_order(&desk, &with(by)).unwrap();
        let deadline = order.deadline(scene.town.cast.finding, &[]).unwrap();
        assert_eq!(deadline.to_string(), "2026-11-24", "{by}");
    }
}

#[test]
fn a_longer_deadline_is_later_than_the_last_one_and_a_late_application_is_recorded() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let ask = |asked_on: &str, granted_to: &str, answered_on: &str| ExtendOrder {
        dossier: scene.town.cast.check.dossier,
        order: scene.follow_up.order,
        finding: scene.town.cast.finding,
        asked_on: asked_on.to_owned(),
        reason: "配件未到".to_owned(),
        answer: Some(AnswerExtension {
            granted_to: Some(granted_to.to_owned()),
            answered_on: Some(answered_on.to_owned()),
        }),
    };
    let earlier = ask("2026-12-01", "2026-12-08", "2026-12-02");
    refused(&scene, &["晚于", "2026-12-08"], || extend_order(&desk, &earlier));
    let before = ask("2026-12-05", "2026-12-15", "2026-12-02");
    refused(&scene, &["早于申请"], || extend_order(&desk, &before));
    extend_order(&desk, &ask("2026-12-01", "2026-12-15", "2026-12-02")).unwrap();
    let again = ask("2026-12-14", "2026-12-15", "2026-12-15");
    refused(&scene, &["晚于", "2026-12-15"], || extend_order(&desk, &again));
    extend_order(&desk, &ask("2026-12-20", "2026-12-25", "2026-12-21")).unwrap();
}

#[test]
fn a_recheck_says_what_was_found_of_items_of_its_order_and_a_failed_item_is_to_be_proposed() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let (finding, order) = (scene.town.cast.finding, scene.follow_up.order);
    let failed = follow_up::recheck(&scene.town, order, RecheckOutcome::Partly);
    let with = |change: &dyn Fn(&mut RecordRecheck)| {
        let mut request = failed.clone();
        change(&mut request);
        request
    };
    let wordless = with(&|request| request.items[0].words.clear());
    refused(&scene, &["看到的情况"], || record_recheck(&desk, &wordless));
    let other = raise(&scene, "另一个问题", "EM");
    let foreign = with(&|request| request.items[0].finding = other);
    refused(&scene, &["不在这份责令里"], || record_recheck(&desk, &foreign));
    let early = with(&|request| request.rechecked_on = "2026-11-23".to_owned());
    refused(&scene, &["早于责令日期"], || record_recheck(&desk, &early));
    assert_eq!(record_recheck(&desk, &failed).unwrap().to_propose, [finding]);
    let passed = follow_up::recheck(&scene.town, order, RecheckOutcome::Corrected);
    assert!(record_recheck(&desk, &passed).unwrap().to_propose.is_empty());
}
