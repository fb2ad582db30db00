//! Recusal: who was made to step aside counts no more, and until then the work goes on.

use angen_core::domain::EvidenceKind;
use angen_core::procedure::{Code, Part, State, Verdict};
use angen_ledger::id::EntityId;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, id};
use crate::visit::{Visit, Who};

impl Visit {
    pub(crate) fn ask_to_step_aside(&mut self, check: &str, who: Who) -> EntityId {
        let recusal = entity(&format!("{check} recusal"));
        let fields = [
            ("officer", self.writer(who)),
            ("asked_by", "party".into()),
            ("reason", "是厂长的亲属".into()),
        ];
        self.put(Who::Wang, dossier(check), recusal, "recusal.request/1", &fields);
        recusal
    }

    /// The second officer assents to every file of a check.
    fn assent_late(&mut self, check: &str) {
        let ops: Vec<_> = self.of_dossier(check).iter().map(|held| held.op).collect();
        let fields = [("ops", crate::names::hashes(&ops))];
        self.put(Who::Li, dossier(check), entity("late assent"), "assent.give/1", &fields);
    }

    pub(crate) fn decide(&mut self, check: &str, decision: &str, day: &str, with_form: bool) {
        let recusal = entity(&format!("{check} recusal"));
        let form = if with_form {
            self.capture(Who::Wang, check, "recusal form", EvidenceKind::Documentary, None).0
        } else {
            entity("no form")
        };
        let fields = [
            ("recusal_decision", Value::from(decision)),
            ("approver", "周局长".into()),
            ("approver_post", "局长".into()),
            ("decided_on", day.into()),
            ("decision_reason", "属实".into()),
            ("evidence", id(form)),
        ];
        self.put(Who::Wang, dossier(check), recusal, "recusal.decide/1", &fields);
    }
}

fn open(visit: &Visit, check: &str, code: Code) -> bool {
    visit.missing(check).iter().any(|line| line.code == code && line.is_open())
}

fn warned(visit: &Visit, check: &str) -> bool {
    let is = |verdict, code| verdict == Verdict::Warn && code == Code::RecusalDecided;
    visit.missing(check).iter().any(|line| is(line.verdict, line.code))
}

#[test]
fn r03_an_officer_who_was_made_to_step_aside_counts_no_more_from_then_on() {
    let mut visit = Visit::without(&["b.assent"]);
    visit.ask_to_step_aside("b", Who::Li);
    visit.decide("b", "granted", "2026-11-23", true);
    assert!(!warned(&visit, "b"));
    // She was there before: what she did until then stays.
    assert!(!open(&visit, "b", Code::TwoOfficers));
    visit.assent_late("b");
    assert!(open(&visit, "b", Code::RecordedByTwo), "an assent after the decision is none");
    assert_eq!(visit.part(Part::Checks).have, 1, "the other check is not touched");
}

#[test]
fn r03_a_refused_recusal_leaves_the_officer_in_place_and_needs_its_signed_form() {
    let mut visit = Visit::without(&[]);
    visit.ask_to_step_aside("b", Who::Li);
    assert!(warned(&visit, "b"), "undecided warns");
    assert_eq!(visit.part(Part::Checks).state, State::Met, "the investigation goes on meanwhile");
    visit.decide("b", "refused", "2026-11-23", false);
    assert!(warned(&visit, "b"), "without the signed form nothing is decided");
    visit.decide("b", "refused", "2026-11-23", true);
    assert!(!warned(&visit, "b"));
    // The form itself is a file to assent to, and her assent counts.
    assert!(open(&visit, "b", Code::RecordedByTwo));
    visit.assent_late("b");
    assert!(!open(&visit, "b", Code::RecordedByTwo));
}

#[test]
fn r03_a_decision_of_an_earlier_day_holds_from_the_next_day_on() {
    let mut visit = Visit::without(&["b.assent"]);
    visit.ask_to_step_aside("b", Who::Li);
    visit.decide("b", "granted", "2026-11-20", true);
    assert!(open(&visit, "b", Code::TwoOfficers), "all that she did was after the decision");
}
