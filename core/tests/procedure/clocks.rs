//! The clocks that steps start: each rule kept once and broken once, on the work calendar.

use angen_core::domain::{EvidenceKind, Opinion, Purpose};
use angen_core::procedure::{
    Clock, ClockKind, ClockState, Code, Part, Verdict, addenda, clocks, frequency,
};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;
use angen_ledger::verify::Lang;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{HOUR_MS, Visit, Who};

/// Conditions of preserved evidence, and what stands beside a check: each is in a test here.
pub(crate) const OF_WHAT_RUNS: &[Code] = &[
    Code::PreservationApproved,
    Code::PreservedDecided,
    Code::AddendaShown,
    Code::CheckedBefore,
    Code::ClockRuns,
];

/// Tuesday 2026-09-15, 10:00 in China: the test world's own day has no holiday near it.
const REGISTERED_MS: i64 = 1_789_437_600_000;

/// A day at noon in China.
fn noon(day: &str) -> i64 {
    let day = angen_core::domain::parse_day(day).expect("the test writes days");
    let noon = day.and_hms_opt(4, 0, 0).expect("four o'clock is a time");
    noon.and_utc().timestamp_millis()
}

impl Visit {
    fn clocks(&self, day: &str) -> Vec<Clock> {
        self.source(|source| clocks(source, None, noon(day)).expect("a readable visit"))
    }

    fn clock(&self, kind: ClockKind, day: &str) -> Clock {
        let found = self.clocks(day).into_iter().find(|clock| clock.kind == kind);
        found.unwrap_or_else(|| panic!("no clock {kind:?}"))
    }

    /// Two items that are preserved in the check; the approval so many hours before.
    fn preserve(&mut self, approved_before: Option<i64>) {
        let (form, _) = self.capture(Who::Wang, "a", "kept", EvidenceKind::Documentary, FORM);
        if let Some(hours) = approved_before {
            let fields = [
                ("approver", Value::from("周局长")),
                ("approved_at", (REGISTERED_MS - hours * HOUR_MS).into()),
                ("approval_form", id(form)),
                ("reason", "可能被转移".into()),
            ];
            self.put(Who::Wang, dossier("a"), entity("kept"), "preservation.approve/1", &fields);
        }
        let item = |name: &str| Value::map([("name", Value::from(name)), ("place", "仓库".into())]);
        let fields = [
            ("preserved_items", vec![item("传动皮带"), item("检修台账")].into()),
            ("holder", "赵厂长".into()),
            ("registered_at", REGISTERED_MS.into()),
        ];
        self.put(Who::Wang, dossier("a"), entity("kept"), "preservation.register/1", &fields);
    }

    fn decide_items(&mut self, items: &[(i64, &str)], see: bool) -> Hash {
        let decided = |(item, on): &(i64, &str)| {
            Value::map([
                ("item", Value::Int(*item)),
                ("decision", "return".into()),
                ("decided_on", (*on).into()),
            ])
        };
        let items: Vec<Value> = items.iter().map(decided).collect();
        let fields = [("preserved_decisions", Value::from(items))];
        let kind = "preservation.decide/1";
        self.write(Who::Wang, dossier("a"), entity("kept"), kind, &fields, see)
    }

    fn of_chain(&self, code: Code) -> Option<Verdict> {
        let unit = self.part(Part::Chain).units.remove(0);
        unit.conditions.iter().find(|c| c.code == code).map(|c| c.verdict)
    }
}

/// The signed form of an approval.
const FORM: Option<Purpose> = Some(Purpose::SignedPage);

#[test]
fn r22_preserved_items_are_decided_within_seven_working_days_and_red_from_the_fifth() {
    let mut visit = Visit::without(&[]);
    visit.preserve(Some(1));
    let clock = |day| visit.clock(ClockKind::Preserved, day);
    let monday = clock("2026-09-21");
    assert_eq!((monday.end.to_string().as_str(), monday.days_left), ("2026-09-23", 2));
    assert_eq!(monday.state, ClockState::Red);
    assert_eq!(clock("2026-09-20").state, ClockState::Running, "a Sunday that is made up is day 4");
    assert_eq!(clock("2026-09-18").state, ClockState::Running);
    let reasoning = monday.reasoning(Lang::Zh);
    assert!(reasoning.contains("不计：09-19（周末）"), "{reasoning}");
    assert!(
        reasoning.contains("7个工作日") && reasoning.contains("09-20（调休上班）"),
        "{reasoning}"
    );
    assert_eq!(visit.of_chain(Code::PreservationApproved), Some(Verdict::Met));
    assert_eq!(visit.of_chain(Code::PreservedDecided), Some(Verdict::Later));
    visit.decide_items(&[(1, "2026-09-18"), (2, "2026-09-23")], true);
    let met = visit.clock(ClockKind::Preserved, "2026-12-01");
    assert_eq!(met.state, ClockState::Met);
    assert_eq!(met.met.unwrap().1.to_string(), "2026-09-23");
    assert_eq!(visit.of_chain(Code::PreservedDecided), Some(Verdict::Met));
}

#[test]
fn r22_a_decision_after_seven_working_days_keeps_the_chain_open() {
    let mut visit = Visit::without(&[]);
    visit.preserve(Some(1));
    let over = visit.clock(ClockKind::Preserved, "2026-09-24");
    assert_eq!((over.state, over.days_left), (ClockState::Over, -1));
    assert!(over.say(Lang::Zh).contains("已超期1个工作日"), "{}", over.say(Lang::Zh));
    visit.decide_items(&[(1, "2026-09-18")], true);
    assert!(visit.clock(ClockKind::Preserved, "2026-09-24").met.is_none(), "one item is open");
    visit.decide_items(&[(1, "2026-09-18"), (2, "2026-09-24")], true);
    assert_eq!(visit.clock(ClockKind::Preserved, "2026-12-01").state, ClockState::MetLate);
    assert_eq!(visit.of_chain(Code::PreservedDecided), Some(Verdict::Open));
    assert_eq!(visit.part(Part::Chain).have, 0);
}

#[test]
fn r22_a_chain_with_a_case_waits_for_the_decision_on_what_is_preserved() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.preserve(Some(1));
    visit.case("", Opinion::Penalty);
    assert_eq!(visit.of_chain(Code::PreservedDecided), Some(Verdict::Open));
    assert_eq!(visit.part(Part::Chain).have, 0);
    visit.decide_items(&[(1, "2026-09-18"), (2, "2026-09-18")], true);
    assert_eq!(visit.part(Part::Chain).have, 1);
}

#[test]
fn r22_a_registration_that_was_approved_afterwards_or_not_at_all_keeps_the_chain_open() {
    for approved_before in [None, Some(-1)] {
        let mut visit = Visit::without(&[]);
        visit.preserve(approved_before);
        let said = visit.of_chain(Code::PreservationApproved);
        assert_eq!(said, Some(Verdict::Open), "{approved_before:?}");
    }
    assert_eq!(Visit::without(&[]).of_chain(Code::PreservationApproved), None, "nothing is kept");
}

#[test]
fn r22_in_a_conflict_an_item_that_one_phone_left_open_is_open_and_the_later_day_counts() {
    let mut visit = Visit::without(&[]);
    visit.preserve(Some(1));
    visit.decide_items(&[(1, "2026-09-18"), (2, "2026-09-18")], true);
    visit.decide_items(&[(1, "2026-09-22")], false);
    assert!(visit.clock(ClockKind::Preserved, "2026-09-22").met.is_none());
    visit.decide_items(&[(1, "2026-09-22"), (2, "2026-09-22")], true);
    let met = visit.clock(ClockKind::Preserved, "2026-09-22").met.unwrap();
    assert_eq!(met.1.to_string(), "2026-09-22");
}

#[test]
fn r20_a_violation_for_a_case_is_filed_within_five_days_to_be_confirmed() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    let open = visit.clock(ClockKind::Filing, "2026-11-25");
    // The fifth day is a Saturday: it ends on the Monday after.
    assert_eq!(
        (open.start.to_string().as_str(), open.end.to_string().as_str()),
        ("2026-11-23", "2026-11-30")
    );
    assert!(open.reasoning(Lang::Zh).contains("顺延到2026-11-30"), "{}", open.reasoning(Lang::Zh));
    assert!(!open.kind.rule().confirmed && open.say(Lang::Zh).contains("期限待核实"));
    visit.case("", Opinion::Penalty);
    let met = visit.clock(ClockKind::Filing, "2026-12-31");
    assert_eq!(
        (met.state, met.met.unwrap().1.to_string().as_str()),
        (ClockState::Met, "2026-11-24")
    );
}

#[test]
fn r20_a_filing_that_does_not_come_is_over_and_blocks_nothing() {
    let visit = Visit::without(&[]);
    let over = visit.clock(ClockKind::Filing, "2026-12-03");
    assert_eq!((over.state, over.days_left), (ClockState::Over, -3));
    assert_eq!(visit.part(Part::Checks).have, 2, "a clock counts nothing out");
    let trivial = Visit::without(&["case"]);
    let kinds: Vec<_> = trivial.clocks("2026-12-03").iter().map(|clock| clock.kind).collect();
    assert!(!kinds.contains(&ClockKind::Filing), "an order needs no filing: {kinds:?}");
}

#[test]
fn r29_a_case_is_decided_within_ninety_days_of_its_filing() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("", Opinion::Penalty);
    let clock = visit.clock(ClockKind::Decision, "2026-12-01");
    assert_eq!(clock.start.to_string(), "2026-11-24");
    // The ninetieth day is Monday 2027-02-22; the days off of 2027 are not announced.
    assert_eq!(clock.end.to_string(), "2027-02-22");
    assert!(clock.reasoning(Lang::Zh).contains("2027年放假安排尚未公布"));
    assert_eq!((clock.state, clock.days_left), (ClockState::Running, 83));
}

#[test]
fn r29_a_case_that_is_not_decided_turns_red_and_is_over_and_one_that_fell_away_has_no_clock() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("", Opinion::Penalty);
    assert_eq!(visit.clock(ClockKind::Decision, "2027-02-13").state, ClockState::Red);
    assert_eq!(visit.clock(ClockKind::Decision, "2027-02-23").state, ClockState::Over);
    assert_eq!(visit.clocks("2027-02-23")[0].kind, ClockKind::Decision, "the gravest is first");
    let mut fallen = Visit::of_profile("rizhao-2021", &[]);
    fallen.case("", Opinion::NoViolation);
    assert!(fallen.clocks("2026-12-01").iter().all(|clock| clock.kind != ClockKind::Decision));
}

#[test]
fn r29_a_decision_stops_the_ninety_days_once_its_paper_is_captured() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("", Opinion::Penalty);
    let decided = |paper: Option<Value>| {
        let step = [("step", Value::from("decided")), ("day", "2027-01-11".into())];
        step.into_iter().chain(paper.map(|paper| ("evidence", paper))).collect::<Vec<_>>()
    };
    let outcome = entity("decided");
    visit.put(Who::Wang, dossier("case"), outcome, "outcome.note/1", &decided(None));
    let clock = visit.clock(ClockKind::Decision, "2027-01-12");
    assert_eq!(clock.state, ClockState::Running, "a day alone is no decision");

    let kind = EvidenceKind::Documentary;
    let (paper, _) = visit.capture(Who::Wang, "case", "decision", kind, FORM);
    let fields = decided(Some(id(paper)));
    visit.put(Who::Wang, dossier("case"), outcome, "outcome.note/1", &fields);
    assert_eq!(visit.clock(ClockKind::Decision, "2027-03-01").state, ClockState::Met);
}

#[test]
fn s14_an_order_is_rechecked_within_ten_days_of_its_deadline_to_be_confirmed() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-30");
    let correction = visit.clock(ClockKind::Correction, "2026-11-28");
    assert_eq!((correction.days_left, correction.state), (2, ClockState::Running));
    assert!(correction.way.is_none(), "the officers set the day");
    let recheck = visit.clock(ClockKind::Recheck, "2026-12-01");
    assert_eq!(
        (recheck.start.to_string().as_str(), recheck.end.to_string().as_str()),
        ("2026-11-30", "2026-12-10")
    );
    assert!(!recheck.kind.rule().confirmed);
    visit.recheck("corrected", "2026-12-10");
    for kind in [ClockKind::Correction, ClockKind::Recheck] {
        assert_eq!(visit.clock(kind, "2026-12-31").state, ClockState::Met, "{kind:?}");
    }
}

#[test]
fn s14_a_recheck_that_comes_late_is_late_and_one_before_the_deadline_that_failed_stops_nothing() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-30");
    visit.recheck("not_corrected", "2026-11-27");
    assert!(visit.clock(ClockKind::Recheck, "2026-12-01").met.is_none());
    let past = visit.clock(ClockKind::Correction, "2026-12-01");
    assert!(past.state == ClockState::Over && past.say(Lang::Zh).contains("待复查"), "{past:?}");
    visit.recheck("corrected", "2026-12-11");
    assert_eq!(visit.clock(ClockKind::Recheck, "2026-12-31").state, ClockState::MetLate);
}

#[test]
fn s14_a_longer_deadline_moves_both_clocks_and_its_answer_has_one() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-30");
    visit.extend("2026-11-28", None);
    let answer = visit.clock(ClockKind::ExtensionAnswer, "2026-11-29");
    assert_eq!((answer.end.to_string().as_str(), answer.days_left), ("2026-12-03", 4));
    assert_eq!(visit.clock(ClockKind::ExtensionAnswer, "2026-12-04").state, ClockState::Over);
    visit.extend("2026-11-28", Some(("2026-12-07", "2026-12-02")));
    assert_eq!(visit.clock(ClockKind::ExtensionAnswer, "2026-12-04").state, ClockState::Met);
    assert_eq!(visit.clock(ClockKind::Correction, "2026-12-04").end.to_string(), "2026-12-07");
    assert_eq!(visit.clock(ClockKind::Recheck, "2026-12-04").end.to_string(), "2026-12-17");
}

#[test]
fn the_clocks_of_one_dossier_are_those_of_all_that_run_in_it() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.order("2026-11-30");
    visit.case("", Opinion::Penalty);
    for name in ["a", "b", "case", "assistance"] {
        let of_one =
            visit.source(|source| clocks(source, Some(dossier(name)), noon("2026-12-01")).unwrap());
        let mut of_all = visit.clocks("2026-12-01");
        of_all.retain(|clock| clock.dossier == dossier(name));
        assert_eq!(of_one, of_all, "{name}");
        assert_eq!(of_one.is_empty(), matches!(name, "b" | "assistance"), "{name}");
    }
}

#[test]
fn the_clock_that_ends_first_stands_in_the_list_of_what_is_missing_and_out_of_the_three_lines() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-24");
    let missing = visit.missing("a");
    let line = missing.iter().find(|line| line.code == Code::ClockRuns).unwrap();
    assert!(
        line.zh.starts_with("整改到期：2026-11-24") && line.en.starts_with("correction due by")
    );
    assert!(!line.is_open());
}

#[test]
fn a_second_check_of_the_year_is_told_with_its_day_and_blocks_nothing() {
    // Both checks are of one credit code.
    let visit = Visit::without(&["different"]);
    let missing = visit.missing("b");
    let line = missing.iter().find(|line| line.code == Code::CheckedBefore).unwrap();
    assert!(line.zh.contains("已检查1次") && line.zh.contains("2026-11-23"), "{}", line.zh);
    assert!(!line.is_open());
    let whole = Visit::without(&[]);
    assert!(whole.missing("b").iter().all(|line| line.code != Code::CheckedBefore));
    let day = angen_core::domain::parse_day("2027-01-05").unwrap();
    let next_year = visit
        .source(|source| frequency(source, entity("a enterprise"), day, None).unwrap().count());
    assert_eq!(next_year, 0, "a new year begins at nought");
}

#[test]
fn s06_what_is_written_after_the_signature_is_an_addendum_and_what_was_signed_is_none() {
    let mut visit = Visit::without(&[]);
    let held = |visit: &Visit| visit.source(|source| addenda(source, dossier("a")).unwrap());
    assert_eq!(held(&visit), [], "everything was there before the signature");
    visit.answer(Who::Wang, "a", "MW07", "not_applicable", true);
    let (photo, _) = visit.capture(Who::Wang, "a", "later", EvidenceKind::AudioVisual, None);
    visit.capture(Who::Wang, "a", "page", EvidenceKind::Documentary, FORM);
    let nouns: Vec<_> = held(&visit).iter().map(|addendum| addendum.noun).collect();
    assert_eq!(nouns, ["answer", "evidence"], "a signed page is a paper of its own");
    assert_eq!(held(&visit)[1].entity, photo);
    let missing = visit.missing("a");
    let line = missing.iter().find(|line| line.code == Code::AddendaShown).unwrap();
    assert!(line.zh.contains("补记2处"), "{}", line.zh);
}

#[test]
fn s06_a_record_that_names_what_it_covers_is_taken_at_its_word_whatever_the_clocks_say() {
    let mut visit = Visit::without(&["a.record"]);
    assert_eq!(visit.source(|source| addenda(source, dossier("a")).unwrap()), []);
    let answer = |visit: &mut Visit, item: &str| {
        visit.answer(Who::Wang, "a", item, "not_applicable", true);
    };
    answer(&mut visit, "MW07");
    let page = entity(&format!("a a scene_record {:?}", Some("signed_page")));
    let fields = [
        ("outcome", Value::from("signed")),
        ("signer", "赵厂长".into()),
        ("evidence", id(page)),
        ("covers", hashes(&[])),
    ];
    visit.put(Who::Wang, dossier("a"), entity("a record"), "record.sign/1", &fields);
    // It covers nothing, so all of it is an addendum, though every clock says it came before.
    let all = visit.source(|source| addenda(source, dossier("a")).unwrap());
    assert!(all.iter().any(|addendum| addendum.title == "MW07") && all.len() > 10, "{all:?}");
}
