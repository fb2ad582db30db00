//! Field complete, chain complete and outcome are kept apart, and nothing can be ticked.

use angen_core::domain::{KNOWN_KINDS, Opinion};
use angen_core::procedure::{Board, State, Verdict};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity};
use crate::visit::{Visit, Who};

/// Fields by which somebody might try to tick a count.
const TICKS: &[(&str, &str)] = &[
    ("have", "9"),
    ("count", "9"),
    ("state", "met"),
    ("verdict", "met"),
    ("stage", "proved"),
    ("done", "true"),
    ("complete", "true"),
    ("chain_complete", "true"),
];

fn shape(board: &Board) -> Vec<(usize, usize, State)> {
    board.parts.iter().map(|part| (part.have, part.need, part.state)).collect()
}

fn with_case(profile: &'static str) -> Visit {
    let mut visit = Visit::of_profile(profile, &[]);
    visit.case("", Opinion::Penalty);
    visit
}

#[test]
fn what_is_done_on_site_is_told_apart_from_the_whole_chain() {
    let on_site = Visit::without(&[]).board();
    assert!(on_site.field_complete() && !on_site.chain_complete());
    let open = Visit::without(&["b.record"]).board();
    assert!(!open.field_complete() && !open.chain_complete());
    let whole = with_case("since-2025").board();
    assert!(whole.field_complete() && whole.chain_complete() && !whole.honest_zero);
}

#[test]
fn outcomes_are_statistics_and_complete_nothing() {
    let mut visit = with_case("since-2025");
    let before = visit.board();
    assert_eq!((before.outcome.filed, before.outcome.decided, before.outcome.paid_fen), (1, 0, 0));
    let step = |step: &str, fen: i64| {
        [("step", Value::from(step)), ("day", "2027-02-01".into()), ("amount_fen", fen.into())]
    };
    let case = dossier("case");
    visit.put(Who::Wang, case, entity("decided"), "outcome.note/1", &step("decided", 1_200_000));
    visit.put(Who::Wang, case, entity("paid"), "outcome.note/1", &step("paid", 700_000));
    visit.put(Who::Li, case, entity("paid too"), "outcome.note/1", &step("paid", 500_000));
    // What a mentor notes, and an amount below zero, are no statistics.
    visit.put(Who::Mentor, case, entity("mentor"), "outcome.note/1", &step("paid", 900_000));
    visit.put(Who::Wang, case, entity("negative"), "outcome.note/1", &step("paid", -5));
    let after = visit.board();
    assert_eq!(shape(&after), shape(&before));
    assert_eq!(after.chain_complete(), before.chain_complete());
    let outcome = &after.outcome;
    assert_eq!((outcome.filed, outcome.decided, outcome.closed), (1, 1, 0));
    assert_eq!((outcome.decided_fen, outcome.paid_fen), (1_200_000, 1_200_000));
    assert!(outcome.ops.len() > before.outcome.ops.len());
}

#[test]
fn a_tick_in_any_field_of_any_kind_changes_no_count() {
    let mut visit = Visit::without(&["b.record"]);
    let before = visit.board();
    let ticks: Vec<(&str, Value)> =
        TICKS.iter().map(|(name, value)| (*name, Value::from(*value))).collect();
    for kind in KNOWN_KINDS {
        for place in ["assistance", "a", "b"] {
            let tick = entity(&format!("tick {kind} {place}"));
            visit.put(Who::Wang, dossier(place), tick, kind, &ticks);
        }
    }
    let after = visit.board();
    // What was there counts as before; a tick is no unit of its own.
    assert_eq!(shape(&after), shape(&before), "{after:#?}");
}

#[test]
fn without_any_op_behind_a_met_condition_no_count_rises() {
    let visits = [
        Visit::without(&[]),
        Visit::without(&["b.record", "statement"]),
        Visit::of_profile("rizhao-2021", &["a.assent"]),
        Visit::without(&["finding"]),
        Visit::without(&["b.agreed"]),
        with_case("since-2025"),
        with_case("rizhao-2021"),
    ];
    let mut lowered = 0;
    for visit in visits {
        let before = visit.board();
        for op in behind(&before, &visit) {
            let Some(after) = visit.board_without(op) else { continue };
            for (part, less) in before.parts.iter().zip(&after.parts) {
                assert!(less.have <= part.have, "{op}: {less:#?}");
                lowered += usize::from(less.have < part.have);
            }
            assert!(before.chain_complete() || !after.chain_complete(), "{op}");
        }
    }
    assert!(lowered > 20, "only {lowered} counts fell: the ops behind them are not these");
}

/// The ops behind met conditions, but for the register's and the library's: without those a
/// reader does not hold the facts, and is told so.
fn behind(board: &Board, visit: &Visit) -> Vec<Hash> {
    let units = board.parts.iter().flat_map(|part| &part.units);
    let met = units.flat_map(|unit| &unit.conditions).filter(|c| c.verdict == Verdict::Met);
    let mut ops: Vec<Hash> = met.flat_map(|condition| condition.ops.clone()).collect();
    ops.sort_unstable();
    ops.dedup();
    ops.retain(|op| visit.place_of(*op) != Some(dossier("register")));
    ops
}
