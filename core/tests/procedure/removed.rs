//! Each condition removed from a whole visit, one at a time: the count drops, the condition that
//! fails is the one that was removed, and the list of what is missing says so.

use angen_core::procedure::{Code, Part, State, Verdict};

use crate::visit::Visit;

/// Step that is left out, the part that drops, the condition that stands open.
pub(crate) const REMOVED: &[(&str, Part, Code)] = &[
    ("mentor_trains", Part::Training, Code::TrainerIsMentor),
    ("appointment", Part::Training, Code::TrainerAppointed),
    ("payment", Part::Training, Code::AgendaComplete),
    ("li_attends", Part::Training, Code::CertifiedAttended),
    ("courseware", Part::Training, Code::Courseware),
    ("training", Part::Training, Code::TrainingNeeded),
    ("a.credit_code", Part::Checks, Code::EnterpriseIdentified),
    ("different", Part::Checks, Code::EnterpriseDifferent),
    ("mandate_area", Part::Checks, Code::MandateCovers),
    ("mandate_published", Part::Checks, Code::MandateCovers),
    ("b.approval", Part::Checks, Code::ApprovalGiven),
    ("b.notice", Part::Checks, Code::NoticeGiven),
    ("b.li_shows", Part::Checks, Code::CertificatesShown),
    ("b.MW07", Part::Checks, Code::ItemsAnswered),
    ("a.MW01_note", Part::Checks, Code::ItemsAnswered),
    ("b.record", Part::Checks, Code::RecordClosed),
    ("b.signed_page", Part::Checks, Code::RecordClosed),
    ("b.assent", Part::Checks, Code::RecordedByTwo),
    ("a.li_assents", Part::Checks, Code::RecordedByTwo),
    ("li_certificate", Part::Checks, Code::TwoOfficers),
    ("li_valid", Part::Checks, Code::TwoOfficers),
    ("own_number", Part::Checks, Code::TwoOfficers),
    ("legal_basis", Part::Violation, Code::LegalBasisCited),
    ("element", Part::Violation, Code::ElementsTold),
    ("document", Part::Violation, Code::TwoKinds),
    ("statement", Part::Violation, Code::PartyStatement),
    ("a.assent", Part::Violation, Code::FindingByTwo),
    ("statement", Part::Chain, Code::Interview),
    ("papers", Part::Chain, Code::SubjectPapers),
    ("document", Part::Chain, Code::ReadingOrDocuments),
    ("a.record", Part::Chain, Code::SceneRecord),
];

#[test]
fn a_whole_visit_counts_its_training_and_sites_and_waits_for_the_case_with_the_rest() {
    let board = Visit::without(&[]).board();
    let counts: Vec<_> = board.parts.iter().map(|p| (p.have, p.need, p.state)).collect();
    let expected = [
        (1, 1, State::Met),
        (2, 2, State::Met),
        (0, 1, State::OnSiteDone),
        (0, 1, State::OnSiteDone),
    ];
    assert_eq!(counts, expected, "{board:#?}");
    assert!(board.apart.is_empty() && board.warnings.is_empty());
}

#[test]
fn each_step_that_is_left_out_opens_its_condition_and_the_count_drops() {
    let whole = Visit::without(&[]);
    for (step, part, code) in REMOVED {
        let visit = Visit::without(&[*step]);
        let (before, after) = (whole.part(*part), visit.part(*part));
        assert!(after.state < before.state, "{step}: {after:#?}");
        assert!(after.have < before.have || before.have == 0, "{step}: {after:#?}");
        let units = after.units.iter().flat_map(|unit| &unit.conditions).chain(&after.gap);
        let open: Vec<Code> =
            units.filter(|c| c.verdict == Verdict::Open).map(|c| c.code).collect();
        assert!(open.contains(code), "{step}: open are {open:?}");
        let missing = visit.missing("assistance");
        let said = missing.iter().find(|line| line.code == *code && line.is_open());
        let said = said.unwrap_or_else(|| panic!("{step}: {missing:#?}"));
        assert!(!said.zh.contains('{') && !said.en.contains('{'), "{said:?}");
    }
}

#[test]
fn whatever_is_left_out_no_violation_and_no_chain_is_ever_counted_without_a_case() {
    for profile in ["rizhao-2021", "since-2025"] {
        for (step, _, _) in REMOVED {
            let board = Visit::of_profile(profile, &[*step]).board();
            for part in &board.parts[2..] {
                assert!(part.have == 0 && part.need == 1 && part.state < State::Met, "{step}");
            }
        }
    }
}

#[test]
fn every_condition_that_is_met_names_the_ops_behind_it() {
    for step in [&["none"][..], &["a.record", "b.MW07"]] {
        for unit in Visit::without(step).board().parts.iter().flat_map(|part| &part.units) {
            for condition in unit.conditions.iter().filter(|c| c.verdict == Verdict::Met) {
                assert!(!condition.ops.is_empty(), "{condition:?}");
            }
        }
    }
}
