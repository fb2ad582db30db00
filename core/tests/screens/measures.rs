//! Measures and preservations of a check or a case, and how they stand.

use angen_core::action::{
    LiftMeasure, TakeMeasure, approve_preservation, decide_preservation, lift_measure, measures,
    register_preservation, take_measure,
};
use angen_core::domain::MeasureKind;
use angen_core::error::Error;
use angen_core::procedure::{MeasureStanding, MeasureState};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;
use angen_testing::case::build_case;
use angen_testing::follow_up::{approval, decision, measure, registration};
use angen_testing::township::Township;

use crate::now_ms;

const DAY_MS: i64 = 86_400_000;

fn town(seed: u64) -> (tempfile::TempDir, Township) {
    let folder = tempfile::tempdir().unwrap();
    let town = Township::build(folder.path(), seed);
    (folder, town)
}

/// What is listed `days` from now: the subject, its state, and whether it can be lifted.
fn listed(town: &Township, dossier: DossierId, days: i64) -> Vec<(EntityId, MeasureState, bool)> {
    let all = measures(&town.store, dossier, now_ms(town) + days * DAY_MS).unwrap();
    let row = |one: &MeasureStanding| (one.subject(), one.state, one.can_be_lifted());
    all.iter().map(row).collect()
}

fn lift(town: &Township, measure: EntityId) -> LiftMeasure {
    LiftMeasure {
        dossier: town.cast.check.dossier,
        measure,
        checked_how: "防护罩已装好，试车正常".to_owned(),
        shown_by: Vec::new(),
    }
}

#[test]
fn a_measure_is_in_force_until_it_is_lifted_from_the_list() {
    let (_folder, town) = town(41);
    let check = town.cast.check.dossier;
    assert_eq!(listed(&town, check, 0), []);
    let taken = take_measure(&town.officer(), &measure(&town)).unwrap().measure;
    assert_eq!(listed(&town, check, 0), [(taken, MeasureState::InForce, true)]);
    // No law sets a last day: a year later it still stands.
    assert_eq!(listed(&town, check, 365), [(taken, MeasureState::InForce, true)]);
    lift_measure(&town.officer(), &lift(&town, taken)).unwrap();
    assert_eq!(listed(&town, check, 0), [(taken, MeasureState::Ended, false)]);
}

#[test]
fn what_only_the_bureau_decides_waits_and_nobody_here_lifts_it() {
    let (_folder, town) = town(42);
    let proposed = TakeMeasure { kind: MeasureKind::SealOrSeize, ..measure(&town) };
    let proposed = take_measure(&town.officer(), &proposed).unwrap().measure;
    let check = town.cast.check.dossier;
    assert_eq!(listed(&town, check, 0), [(proposed, MeasureState::Waiting, false)]);
    let all = measures(&town.store, check, now_ms(&town)).unwrap();
    assert_eq!(all[0].state_label(Lang::Zh), "待区局决定");
}

#[test]
fn preserved_items_wait_for_their_list_are_over_due_after_seven_working_days_and_end() {
    let (_folder, town) = town(43);
    let check = town.cast.check.dossier;
    let desk = town.officer();
    let kept = approve_preservation(&desk, &approval(&town)).unwrap().preservation;
    assert_eq!(listed(&town, check, 0), [(kept, MeasureState::Waiting, false)]);
    register_preservation(&desk, &registration(&town, Some(kept))).unwrap();
    assert_eq!(listed(&town, check, 0), [(kept, MeasureState::InForce, false)]);
    let row = &measures(&town.store, check, now_ms(&town)).unwrap()[0];
    assert_eq!(row.words(), "设备检修台账、安全培训记录");
    assert_eq!(row.due.unwrap().to_string(), "2026-12-02");
    assert_eq!(listed(&town, check, 10), [(kept, MeasureState::OverDue, false)]);
    decide_preservation(&desk, &decision(&town, kept)).unwrap();
    assert_eq!(listed(&town, check, 10), [(kept, MeasureState::Ended, false)]);
}

#[test]
fn what_is_over_due_stands_first_and_what_ended_last() {
    let (_folder, town) = town(44);
    let (check, desk) = (town.cast.check.dossier, town.officer());
    let ended = take_measure(&desk, &measure(&town)).unwrap().measure;
    lift_measure(&desk, &lift(&town, ended)).unwrap();
    let older = take_measure(&desk, &measure(&town)).unwrap().measure;
    let newer = take_measure(&desk, &measure(&town)).unwrap().measure;
    let kept = register_preservation(&desk, &registration(&town, None)).unwrap().preservation;
    let order: Vec<EntityId> = listed(&town, check, 10).into_iter().map(|row| row.0).collect();
    assert_eq!(order, [kept, newer, older, ended]);
}

#[test]
fn a_case_lists_what_was_preserved_in_it_and_the_measures_of_its_check() {
    let (_folder, town) = town(45);
    let (check, desk) = (town.cast.check.dossier, town.officer());
    let taken = take_measure(&desk, &measure(&town)).unwrap().measure;
    let case = build_case(&town).dossier;
    let mut in_case = registration(&town, None);
    in_case.dossier = case;
    let kept = register_preservation(&desk, &in_case).unwrap().preservation;
    let all = measures(&town.store, case, now_ms(&town)).unwrap();
    let mut places: Vec<_> = all.iter().map(|one| (one.subject(), one.dossier)).collect();
    places.sort_unstable();
    let mut expected = vec![(kept, case), (taken, check)];
    expected.sort_unstable();
    assert_eq!(places, expected);
    assert_eq!(listed(&town, check, 0), [(taken, MeasureState::InForce, true)]);
}

#[test]
fn a_dossier_that_is_not_here_has_no_list() {
    let (_folder, town) = town(46);
    let refused = measures(&town.store, DossierId([9; 16]), now_ms(&town)).unwrap_err();
    assert!(matches!(refused, Error::NotFound { noun: "dossier", .. }), "{refused:?}");
}
