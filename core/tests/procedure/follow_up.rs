//! What follows a finding: each rule kept once and broken once.

use angen_core::domain::EvidenceKind;
use angen_core::domain::{Opinion, Purpose};
use angen_core::procedure::{Code, Part, Verdict};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{Visit, Who};

/// The codes of what follows a finding: each is said only where there is something to say.
pub(crate) const OF_THE_FOLLOW_UP: &[Code] = &[
    Code::OthersTransferred,
    Code::MajorHazardActedOn,
    Code::OrderIssued,
    Code::OrdersByTwo,
    Code::ExtensionInTime,
    Code::FailedHasCase,
    Code::CorrectionOrdered,
];

impl Visit {
    /// An order on the finding of check `a`, of the day on which the test begins.
    pub(crate) fn order(&mut self, by: &str) -> Hash {
        let item = Value::map([("finding", id(entity("finding"))), ("by", by.into())]);
        let fields = [
            ("order_items", Value::from(vec![item])),
            ("legal_basis", "安全生产法（2021）第六十五条".into()),
            ("issued_on", "2026-11-23".into()),
        ];
        self.put(Who::Wang, dossier("a"), entity("order"), "order.issue/1", &fields)
    }

    fn measure(&mut self, kind: &str) -> Hash {
        let fields = [
            ("measure", Value::from(kind)),
            ("findings", vec![id(entity("finding"))].into()),
            ("legal_basis", "安全生产法（2021）第六十五条".into()),
        ];
        self.put(Who::Wang, dossier("a"), entity(kind), "measure.take/1", &fields)
    }

    /// A longer deadline: asked, and granted to a day with the day of the answer.
    pub(crate) fn extend(&mut self, asked_on: &str, granted: Option<(&str, &str)>) -> Hash {
        let mut fields = vec![
            ("order", id(entity("order"))),
            ("finding", id(entity("finding"))),
            ("asked_on", asked_on.into()),
            ("reason", "配件未到".into()),
        ];
        if let Some((day, answered_on)) = granted {
            fields.push(("extension", "granted".into()));
            fields.push(("extended_to", day.into()));
            fields.push(("answered_on", answered_on.into()));
        }
        let extension = entity(&format!("extension {asked_on}"));
        self.put(Who::Wang, dossier("a"), extension, "order.extend/1", &fields)
    }

    pub(crate) fn recheck(&mut self, outcome: &str, on: &str) -> Hash {
        let item = Value::map([
            ("finding", id(entity("finding"))),
            ("outcome", outcome.into()),
            ("words", "看过了".into()),
        ]);
        let fields = [
            ("order", id(entity("order"))),
            ("recheck_items", vec![item].into()),
            ("rechecked_on", on.into()),
        ];
        let recheck = entity(&format!("recheck {on} {outcome}"));
        self.put(Who::Wang, dossier("a"), recheck, "recheck.record/1", &fields)
    }

    /// What the conditions of a code say, in check `a`; none where nothing is said.
    fn said(&self, part: Part, code: Code) -> Option<(Verdict, Vec<String>)> {
        let units = self.part(part).units;
        let in_a = units.iter().filter(|unit| unit.dossier == dossier("a"));
        let found = in_a.flat_map(|unit| &unit.conditions).find(|c| c.code == code);
        found.map(|condition| (condition.verdict, condition.names.clone()))
    }

    fn is_met(&self, code: Code) -> bool {
        self.said(Part::Checks, code).is_some_and(|(verdict, _)| verdict == Verdict::Met)
    }
}

const TITLE: &str = "皮带轮没有防护罩";

fn warned() -> Option<(Verdict, Vec<String>)> {
    Some((Verdict::Warn, vec![TITLE.to_owned()]))
}

#[test]
fn r07_a_proposed_penalty_goes_with_an_order_or_a_measure() {
    let mut ordered = Visit::of_profile("rizhao-2021", &[]);
    ordered.order("2026-11-30");
    ordered.case("", Opinion::Penalty);
    let said = ordered.said(Part::Chain, Code::CorrectionOrdered).unwrap();
    assert_eq!(said.0, Verdict::Met);
    let mut measured = Visit::of_profile("rizhao-2021", &[]);
    measured.measure("stop_equipment");
    measured.case("", Opinion::Penalty);
    assert_eq!(measured.said(Part::Chain, Code::CorrectionOrdered).unwrap().0, Verdict::Met);
}

#[test]
fn r07_a_proposed_penalty_without_an_order_warns_and_still_counts() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.measure("seal_or_seize");
    visit.case("", Opinion::Penalty);
    assert_eq!(visit.said(Part::Chain, Code::CorrectionOrdered).unwrap().0, Verdict::Warn);
    assert_eq!(visit.part(Part::Chain).have, 1, "a warning counts nothing out");
    let mut none = Visit::of_profile("rizhao-2021", &[]);
    none.case("", Opinion::NoPenalty);
    assert_eq!(none.said(Part::Chain, Code::CorrectionOrdered), None);
}

#[test]
fn s04_s17_a_major_hazard_is_acted_on_at_once() {
    for kind in ["remove_at_once", "evacuate", "stop_work", "stop_equipment", "stop_operation"] {
        let mut visit = Visit::without(&[]);
        visit.make_major();
        visit.measure(kind);
        assert!(visit.is_met(Code::MajorHazardActedOn), "{kind}");
    }
}

#[test]
fn s17_a_major_hazard_on_which_nobody_acted_warns() {
    let mut visit = Visit::without(&[]);
    assert_eq!(visit.said(Part::Checks, Code::MajorHazardActedOn), None, "it is no major hazard");
    visit.make_major();
    // To ask the bureau for something, or to put a detail right, leaves the danger.
    visit.measure("cut_supply");
    visit.measure("correct_at_once");
    assert_eq!(visit.said(Part::Checks, Code::MajorHazardActedOn), warned());
    assert_eq!(visit.part(Part::Checks).have, 2, "a warning counts nothing out");
}

#[test]
fn s07_what_belongs_to_another_authority_is_handed_over_with_the_letter() {
    let mut visit = Visit::without(&["ours"]);
    let letter = visit.capture(Who::Wang, "a", "finding", EvidenceKind::Documentary, LETTER).0;
    visit.hand_over(Some(letter));
    assert!(visit.is_met(Code::OthersTransferred));
}

#[test]
fn s07_what_is_not_handed_over_or_without_a_letter_warns() {
    let mut visit = Visit::without(&["ours"]);
    assert_eq!(visit.said(Part::Checks, Code::OthersTransferred), warned());
    visit.hand_over(None);
    assert_eq!(visit.said(Part::Checks, Code::OthersTransferred), warned());
    let ours = Visit::without(&[]);
    assert_eq!(ours.said(Part::Checks, Code::OthersTransferred), None);
}

#[test]
fn s04_what_leads_to_an_order_stands_in_one() {
    let mut visit = Visit::without(&["case"]);
    assert_eq!(visit.said(Part::Checks, Code::OrderIssued), warned());
    visit.order("2026-11-30");
    assert!(visit.is_met(Code::OrderIssued));
}

#[test]
fn r01_an_order_and_its_recheck_carry_two_officers() {
    let mut visit = Visit::without(&[]);
    let order = visit.order("2026-11-30");
    let recheck = visit.recheck("corrected", "2026-12-01");
    let assent = |visit: &mut Visit, name: &str, ops: &[Hash]| {
        visit.put(Who::Li, dossier("a"), entity(name), "assent.give/1", &[("ops", hashes(ops))]);
    };
    assent(&mut visit, "to the order", &[order]);
    assert!(!visit.is_met(Code::OrdersByTwo));
    assent(&mut visit, "to the recheck", &[recheck]);
    assert!(visit.is_met(Code::OrdersByTwo));
}

#[test]
fn s14_a_longer_deadline_that_is_asked_and_answered_in_time_holds() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-30");
    visit.extend("2026-11-30", Some(("2026-12-07", "2026-12-05")));
    assert!(visit.is_met(Code::ExtensionInTime));
    // The second one is asked by the deadline that holds since the first.
    visit.extend("2026-12-07", None);
    assert!(visit.is_met(Code::ExtensionInTime), "an answer that is not due yet is not late");
}

#[test]
fn s14_a_longer_deadline_that_is_asked_or_answered_late_warns_and_is_recorded() {
    let mut asked_late = Visit::without(&[]);
    asked_late.order("2026-11-30");
    asked_late.extend("2026-12-01", Some(("2026-12-07", "2026-12-02")));
    assert_eq!(asked_late.said(Part::Checks, Code::ExtensionInTime), warned());
    let mut answered_late = Visit::without(&[]);
    answered_late.order("2026-11-30");
    answered_late.extend("2026-11-25", Some(("2026-12-07", "2026-12-01")));
    assert_eq!(answered_late.said(Part::Checks, Code::ExtensionInTime), warned());
    assert_eq!(answered_late.part(Part::Checks).have, 2);
}

#[test]
fn r19_what_the_recheck_found_uncorrected_has_a_case() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.order("2026-11-30");
    visit.recheck("not_corrected", "2026-12-01");
    visit.case("", Opinion::Penalty);
    assert!(visit.is_met(Code::FailedHasCase));
}

#[test]
fn r19_a_failed_recheck_without_a_case_warns_until_it_is_corrected() {
    let mut visit = Visit::without(&[]);
    visit.order("2026-11-30");
    visit.recheck("partly", "2026-12-01");
    assert_eq!(visit.said(Part::Checks, Code::FailedHasCase), warned());
    visit.recheck("corrected", "2026-12-04");
    assert_eq!(visit.said(Part::Checks, Code::FailedHasCase), None);
    // Two officers who differ on one day: the worse counts.
    visit.recheck("not_corrected", "2026-12-04");
    assert_eq!(visit.said(Part::Checks, Code::FailedHasCase), warned());
}

#[test]
fn an_item_that_was_put_right_on_the_spot_asks_for_no_photo_and_no_statement() {
    let trivial = ["case", "order", "photo", "document", "statement", "papers", "hash_list"];
    let visit = Visit::without(&trivial);
    let unit = visit.part(Part::Violation).units.remove(0);
    let asked = [Code::TwoKinds, Code::OneProof, Code::PartyStatement];
    assert!(unit.conditions.iter().all(|c| !asked.contains(&c.code)), "{unit:#?}");
    assert_eq!(unit.open_count(), 0, "{unit:#?}");
    assert!(visit.part(Part::Chain).units.is_empty(), "and no chain");
}

/// The letter of a hand-over is a signed page.
const LETTER: Option<Purpose> = Some(Purpose::SignedPage);

impl Visit {
    fn make_major(&mut self) {
        let fields = [("major_hazard", "O10-11(3)".into()), ("reason", "对照判定标准".into())];
        let finding = entity("finding");
        let op = self.put(Who::Wang, dossier("a"), finding, "finding.correct/1", &fields);
        let ops = [("ops", hashes(&[op]))];
        self.put(Who::Li, dossier("a"), entity("to the major"), "assent.give/1", &ops);
    }

    fn hand_over(&mut self, letter: Option<angen_ledger::id::EntityId>) {
        let mut fields =
            vec![("transferred_to", Value::from("FR")), ("transferred_on", "2026-11-24".into())];
        fields.extend(letter.map(|letter| ("letter", id(letter))));
        self.put(Who::Wang, dossier("a"), entity("finding"), "finding.transfer/1", &fields);
    }
}
