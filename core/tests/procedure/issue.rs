//! Whether a document may be issued from a check or a case, and how the board shows whose it is.

use angen_core::domain::{EvidenceKind, MandateKind, Opinion, parse_day};
use angen_core::procedure::{MayIssue, Why, may_issue};
use angen_ledger::value::Value;

use crate::names::{dossier, entity};
use crate::visit::{Visit, Who};

fn may(visit: &Visit, name: &str, form: &str) -> MayIssue {
    let day = parse_day("2026-11-24").expect("a day");
    visit.source(|source| may_issue(source, dossier(name), form, day).expect("a visit in memory"))
}

fn refused(answer: &MayIssue) -> Vec<Why> {
    answer.refusals.iter().map(|reason| reason.why).collect()
}

fn warned(answer: &MayIssue) -> Vec<Why> {
    answer.warnings.iter().map(|reason| reason.why).collect()
}

fn with_case(skipped: &[&'static str]) -> Visit {
    let mut visit = Visit::without(skipped);
    visit.case("", Opinion::Penalty);
    visit
}

#[test]
fn a_whole_visit_may_issue_every_form_but_coercive_ones() {
    let visit = with_case(&[]);
    for (name, form) in [
        ("a", "inspection-notice"),
        ("a", "site-record"),
        ("b", "correction-order"),
        ("case", "filing-approval"),
        ("case", "penalty-decision"),
    ] {
        let answer = may(&visit, name, form);
        assert_eq!(refused(&answer), [], "{form}: {answer:?}");
        assert_eq!(answer.issuer.map(|issuer| issuer.kind), Some(MandateKind::Delegation));
        assert_eq!(answer.signers.len(), 2, "{form}");
    }
    assert_eq!(refused(&may(&visit, "case", "seizure-decision")), [Why::CoercionNotDelegated]);
}

#[test]
fn r01_a_form_that_officers_sign_needs_two_who_acted_with_certificates_of_that_day() {
    let visit = with_case(&["li_valid"]);
    assert_eq!(refused(&may(&visit, "a", "site-record")), [Why::FewerThanTwo]);
    assert_eq!(refused(&may(&visit, "a", "inspection-notice")), [Why::FewerThanTwo]);
    let alone = Visit::without(&["b.li_shows", "b.assent"]);
    assert_eq!(refused(&may(&alone, "b", "site-record")), [Why::FewerThanTwo]);
    assert_eq!(refused(&may(&alone, "b", "inspection-notice")), [], "two are on the roster");
    assert_eq!(refused(&may(&alone, "a", "site-record")), []);
}

#[test]
fn a_mentor_never_signs_whatever_was_done_in_the_dossier() {
    let mut visit = with_case(&[]);
    let kind = EvidenceKind::Documentary;
    visit.capture(Who::Mentor, "case", "by the mentor", kind, None);
    let fields = [("ops", crate::names::hashes(&[]))];
    visit.put(Who::Mentor, dossier("a"), entity("mentor assents"), "assent.give/1", &fields);
    for name in ["a", "case"] {
        let names: Vec<String> =
            may(&visit, name, "interview-record").signers.into_iter().map(|s| s.name).collect();
        assert_eq!(names, ["enforcer", "enforcer"], "{name}");
    }
}

#[test]
fn r03_who_was_made_to_step_aside_does_not_sign() {
    let visit = Visit::without(&["recusal_decided"]);
    let answer = may(&visit, "b", "site-record");
    assert_eq!((refused(&answer), warned(&answer)), (vec![], vec![Why::RecusalOpen]));
    let mut visit = Visit::without(&[]);
    visit.ask_to_step_aside("b", Who::Li);
    visit.decide("b", "granted", "2026-11-23", true);
    let answer = may(&visit, "b", "site-record");
    assert_eq!((refused(&answer), answer.signers.len()), (vec![Why::FewerThanTwo], 1));
    assert_eq!(refused(&may(&visit, "a", "site-record")), [], "of one dossier alone");
}

#[test]
fn r04_r05_a_mandate_of_elsewhere_or_unpublished_stops_the_document_and_never_the_record() {
    let elsewhere = may(&Visit::without(&["mandate_area"]), "a", "correction-order");
    assert_eq!(refused(&elsewhere), [Why::OutsideArea]);
    assert_eq!(elsewhere.issuer, None);
    let unpublished = may(&Visit::without(&["mandate_published"]), "a", "correction-order");
    assert_eq!(refused(&unpublished), [Why::NotPublished]);
    let none = may(&Visit::without(&["mandate"]), "a", "correction-order");
    assert_eq!((refused(&none), warned(&none)), (vec![], vec![Why::NoMandateHeld]));
}

#[test]
fn r05_a_case_outside_the_matters_is_not_filed_by_the_delegate() {
    let mut visit = Visit::without(&["mandate"]);
    visit.delegate("narrow", &[("matters", vec![Value::from("P97")].into())]);
    visit.case("", Opinion::Penalty);
    assert_eq!(refused(&may(&visit, "case", "filing-approval")), [Why::OutsideMatters]);
    assert_eq!(refused(&may(&visit, "a", "correction-order")), [], "orders need no matter");
}

#[test]
fn s16_own_power_orders_and_hands_the_case_to_the_department() {
    let mut visit = Visit::without(&["mandate"]);
    visit.delegate("own", &[("power", "own".into()), ("delegator", Value::Null)]);
    visit.case("", Opinion::Penalty);
    let order = may(&visit, "a", "correction-order");
    assert_eq!((refused(&order), warned(&order)), (vec![], vec![Why::MustReport]));
    assert_eq!(order.issuer.unwrap().in_name_of, "涛雒镇人民政府");
    assert_eq!(refused(&may(&visit, "case", "filing-approval")), [Why::OwnHasNoPenalty]);
}

#[test]
fn s07_a_case_on_a_finding_of_the_fire_authority_is_handed_over() {
    let visit = with_case(&["ours"]);
    assert_eq!(refused(&may(&visit, "case", "filing-approval")), [Why::OtherAuthority]);
}

#[test]
fn a_joint_mandate_tags_the_board_and_counts_for_the_township() {
    let plain = Visit::without(&[]);
    assert!(plain.board().joint.is_empty());
    let mut visit = Visit::without(&[]);
    visit.delegate("joint", &[("power", "joint".into())]);
    let board = visit.board();
    assert_eq!(board.joint.len(), 1);
    let joint = &board.joint[0];
    assert_eq!(
        (joint.in_name_of.as_str(), joint.credit_to.as_str()),
        ("日照市应急管理局", "涛雒镇人民政府",)
    );
    assert_eq!((joint.checks.len(), joint.ops.len()), (2, 1));
    assert_eq!(board.parts[1].have, 2, "the count is the same");
}

#[test]
fn an_ended_mandate_covers_the_days_before_its_end() {
    let mut visit = Visit::without(&[]);
    let end = [("ended_on", Value::from("2026-11-24")), ("reason", "收回委托".into())];
    visit.put(Who::Wang, dossier("roster"), entity("mandate"), "mandate.end/1", &end);
    assert_eq!(visit.board().parts[1].have, 2, "the checks were a day before");
    assert_eq!(refused(&may(&visit, "a", "correction-order")), [Why::Expired]);
}

#[test]
fn only_a_check_or_a_case_issues_documents_and_an_unknown_form_warns() {
    let visit = Visit::without(&[]);
    assert_eq!(warned(&may(&visit, "a", "no-such-form")), [Why::FormNotKnown]);
    let day = parse_day("2026-11-24").unwrap();
    let roster = visit.source(|source| may_issue(source, dossier("roster"), "site-record", day));
    assert!(roster.is_err());
    let nowhere = visit.source(|source| may_issue(source, dossier("none"), "site-record", day));
    assert!(nowhere.is_err());
}
