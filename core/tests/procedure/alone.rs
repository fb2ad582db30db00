//! Each condition removed alone: the list of what is missing grows by that condition and by
//! nothing else; and every condition of the catalogue is in a table here or in `removed`.

use std::collections::{BTreeSet, HashSet};

use angen_core::procedure::{Code, Part, State, Verdict};

use crate::chain::OF_THE_CHAIN;
use crate::clocks::OF_WHAT_RUNS;
use crate::follow_up::OF_THE_FOLLOW_UP;
use crate::removed::REMOVED;
use crate::visit::Visit;

/// What a visit is left without, and what that is seen as.
struct Row {
    /// Steps that both visits are without: they make the condition matter.
    both: &'static [&'static str],
    /// The step that only the second visit is without.
    step: &'static str,
    /// The part that drops.
    part: Part,
    /// The conditions that are missing then, and were not before.
    codes: &'static [Code],
}

/// What stands in the way of its part.
const OPEN: &[Row] = &[
    row(&[], "b.basis", Part::Checks, &[Code::BasisGiven]),
    row(&[], "b.checklist", Part::Checks, &[Code::ChecklistChosen]),
    row(&[], "b", Part::Checks, &[Code::SitesNeeded]),
    row(&[], "authority", Part::Violation, &[Code::AuthorityKnown]),
    // An order asks for one proof of any kind; the statement that is left is none.
    row(&["case", "document"], "photo", Part::Violation, &[Code::OneProof]),
    // The record of the check is signed, and before the finding was worded as it is now.
    row(&["case", "order"], "covered", Part::Violation, &[Code::OnRecord]),
    row(&[], "held", Part::Training, &[Code::TrainingHeld]),
    row(&[], "attendance", Part::Training, &[Code::AttendanceShown]),
    // Of a visit that must prove something: what is never found is never investigated.
    row(&["b.record"], "finding", Part::Violation, &[Code::ViolationNeeded, Code::ChainNeeded]),
];

/// What is said and stands in nobody's way.
const WARNED: &[Row] = &[
    row(&[], "raised_from_item", Part::Checks, &[Code::ViolationsRaised]),
    row(&[], "a.fresh", Part::Checks, &[Code::OriginalsFresh]),
    row(&[], "b.agreed", Part::Checks, &[Code::ConflictsDecided]),
    row(&[], "b.kept_alike", Part::Checks, &[Code::ConflictsListed]),
    row(&[], "last_day", Part::Checks, &[Code::CertificateDayKnown]),
    row(&[], "b.register", Part::Checks, &[Code::FactsHeld]),
    row(&[], "library", Part::Checks, &[Code::FactsHeld]),
    row(&[], "profile", Part::Checks, &[Code::ProfileKnown]),
    row(&[], "mandate", Part::Checks, &[Code::MandateHeld]),
    row(&[], "li_on_post", Part::Checks, &[Code::OnPost]),
    row(&[], "li_entered", Part::Checks, &[Code::CertificateEntered]),
    row(&[], "recusal_decided", Part::Checks, &[Code::RecusalDecided]),
];

/// What can be done on site and may come with the case.
const LATER: &[Row] = &[row(&[], "hash_list", Part::Chain, &[Code::HashListSigned])];

/// What only the case brings: missing in the best of visits.
const OF_THE_CASE: &[Code] = &[
    Code::Proved,
    Code::FilingApproved,
    Code::EvidenceIndexed,
    Code::InvestigationConcluded,
    Code::CopiesChecked,
];

const fn row(
    both: &'static [&'static str],
    step: &'static str,
    part: Part,
    codes: &'static [Code],
) -> Row {
    Row { both, step, part, codes }
}

impl Row {
    fn whole(&self) -> Visit {
        Visit::without(self.both)
    }

    fn without(&self) -> Visit {
        Visit::without(&[self.both, &[self.step]].concat())
    }

    /// Checks that the list grew by the codes of the row, each said as `verdict`.
    fn assert_alone(&self, verdict: Verdict) {
        let before = missing(&self.whole());
        let after = missing(&self.without());
        let new: HashSet<_> = after.difference(&before).copied().collect();
        let expected = self.codes.iter().map(|code| (*code, verdict)).collect();
        assert_eq!(new, expected, "{}", self.step);
        let lines = self.without().missing("assistance");
        for line in lines.iter().filter(|line| self.codes.contains(&line.code)) {
            assert!(!line.zh.contains('{') && !line.en.contains('{'), "{line:?}");
        }
    }

    /// Checks that with the step the condition of the row holds, by ops that show it.
    fn assert_held_before(&self) {
        let part = self.whole().part(self.part);
        let conditions = part.units.iter().flat_map(|unit| &unit.conditions);
        let held: Vec<_> = conditions.filter(|c| c.code == self.codes[0]).collect();
        assert!(!held.is_empty(), "{}", self.step);
        for condition in held {
            assert!(
                condition.verdict == Verdict::Met && !condition.ops.is_empty(),
                "{condition:?}"
            );
        }
    }
}

fn missing(visit: &Visit) -> HashSet<(Code, Verdict)> {
    visit.missing("assistance").iter().map(|line| (line.code, line.verdict)).collect()
}

#[test]
fn each_condition_alone_keeps_its_part_from_counting() {
    for row in OPEN {
        row.assert_alone(Verdict::Open);
        let (before, after) = (row.whole().part(row.part), row.without().part(row.part));
        assert!(after.state < before.state, "{}: {after:#?}", row.step);
        assert!(after.have < before.have || before.have == 0, "{}: {after:#?}", row.step);
        // What is lacking altogether is a condition of the part and not of a unit.
        if after.gap.is_none() {
            row.assert_held_before();
        } else {
            assert!(before.gap.is_none(), "{}: {before:#?}", row.step);
        }
    }
}

#[test]
fn each_warning_alone_is_said_and_counts_nothing_out() {
    for row in WARNED {
        row.assert_alone(Verdict::Warn);
        let (before, after) = (row.whole().part(row.part), row.without().part(row.part));
        assert_eq!((before.have, before.state), (after.have, after.state), "{}", row.step);
    }
}

#[test]
fn what_may_come_with_the_case_is_met_once_it_is_there() {
    for row in LATER {
        row.assert_alone(Verdict::Later);
        row.assert_held_before();
    }
}

#[test]
fn the_best_of_visits_waits_for_the_case_and_for_nothing_else() {
    let waiting = OF_THE_CASE.iter().map(|code| (*code, Verdict::Later)).collect();
    assert_eq!(missing(&Visit::without(&[])), waiting);
}

#[test]
fn a_violation_that_was_never_raised_is_no_honest_zero() {
    let unraised = Visit::without(&["raised"]);
    let board = unraised.board();
    let violation = &board.parts[2];
    assert_eq!(board.parts[1].state, State::Met);
    assert_eq!((violation.need, violation.state), (1, State::NotStarted), "{violation:#?}");
}

#[test]
fn every_condition_of_the_catalogue_is_in_a_table() {
    let rows = [OPEN, WARNED, LATER].into_iter().flatten().flat_map(|row| row.codes);
    let removed = REMOVED.iter().map(|(_, _, code)| code);
    let named: BTreeSet<Code> =
        rows.chain(removed).chain(OF_THE_CASE).chain(OF_THE_CHAIN).copied().collect();
    let named: BTreeSet<Code> =
        named.into_iter().chain([OF_THE_FOLLOW_UP, OF_WHAT_RUNS].concat()).collect();
    let forgotten: Vec<&Code> = Code::ALL.iter().filter(|code| !named.contains(code)).collect();
    assert_eq!(forgotten, Vec::<&Code>::new());
}
