//! Transitions that collided: the stricter holds until a person decides, and counts meanwhile.

use angen_core::action::{
    AnswerExtension, ConcludeInvestigation, ConflictList, DecideFiling, ExtendOrder,
    FilingDecision, IssueOrder, LiftMeasure, capture_evidence, close_dossier,
    conclude_investigation, decide_filing, extend_order, issue_order, lift_measure, missing,
    orders, propose_case, record_recheck, retract, transfer_finding,
};
use angen_core::desk::Desk;
use angen_core::domain::{Opinion, RecheckOutcome};
use angen_core::procedure::{Code, MoveKind, clocks};
use angen_ledger::id::DossierId;
use angen_testing::case::proposal;
use angen_testing::files::jpeg;
use angen_testing::follow_up::{order, recheck, transfer};
use angen_testing::township::{Township, capture};

use crate::phones::{Phones, decide, lead_to, list, op_by};

/// What collided, as what holds and what yields.
fn kinds(list: &ConflictList) -> Vec<(MoveKind, MoveKind)> {
    list.collisions.iter().map(|c| (c.collision.holds.kind, c.collision.yields.kind)).collect()
}

/// Whether a condition is in the list of what is missing.
fn lacks(phones: &Phones, code: Code) -> bool {
    let now = phones.wang().ports().clock.now().wall_ms;
    let list = missing(&phones.one.store, phones.check, now).unwrap();
    list.iter().any(|line| line.code == code)
}

fn look(town: &Township, phones: &Phones, outcome: RecheckOutcome, day: &str) {
    let mut request = recheck(town, phones.follow_up.order, outcome);
    day.clone_into(&mut request.rechecked_on);
    let desk = if std::ptr::eq(town, &phones.one) { phones.wang() } else { phones.li() };
    record_recheck(&desk, &request).unwrap();
}

fn longer(town: &Township, phones: &Phones) -> ExtendOrder {
    ExtendOrder {
        dossier: phones.check,
        order: phones.follow_up.order,
        finding: town.cast.finding,
        asked_on: "2026-12-07".to_owned(),
        reason: "配件未到".to_owned(),
        answer: Some(AnswerExtension {
            granted_to: Some("2026-12-20".to_owned()),
            answered_on: Some("2026-12-08".to_owned()),
        }),
    }
}

#[test]
fn a_finding_that_one_takes_back_and_the_other_orders_to_correct_stands() {
    let phones = Phones::new();
    retract(&phones.wang(), phones.check, phones.one.cast.finding, "看错了").unwrap();
    issue_order(&phones.li(), &IssueOrder { number: Some("2".to_owned()), ..order(&phones.two) })
        .unwrap();
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Ordered, MoveKind::Retracted)]);
    assert_eq!(list.collisions[0].collision.title, phones.finding().title);
    assert!(lacks(&phones, Code::ConflictsListed));
    // Whose finding stands is asked for what stands of it.
    assert!(lacks(&phones, Code::RecordedByTwo));
    let clocks = phones.one.store.read(|read| clocks(read, Some(phones.check), i64::MAX)).unwrap();
    assert!(clocks.iter().any(|clock| clock.subject == phones.one.cast.finding));
    let [_, li] = phones.one.cast.officers;
    decide(&phones.li(), phones.check, op_by(&list, li)).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(stands(&phones), "a person decided for the order");
}

/// Whether the procedure counts the finding of the check.
fn stands(phones: &Phones) -> bool {
    let list = phones.one.store.read(|read| clocks(read, Some(phones.check), i64::MAX)).unwrap();
    list.iter().any(|clock| clock.subject == phones.one.cast.finding)
}

#[test]
fn a_person_may_decide_that_it_is_taken_back_and_then_it_is() {
    let phones = Phones::new();
    assert!(stands(&phones));
    retract(&phones.wang(), phones.check, phones.one.cast.finding, "看错了").unwrap();
    lead_to(&phones.li(), &phones.two, angen_core::domain::Consequence::Case);
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Corrected, MoveKind::Retracted)]);
    assert!(stands(&phones));
    decide(&phones.li(), phones.check, op_by(&list, phones.one.cast.officers[0])).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(!stands(&phones));
}

#[test]
fn who_takes_a_finding_back_with_everything_in_sight_collides_with_nobody() {
    let phones = Phones::new();
    lead_to(&phones.li(), &phones.two, angen_core::domain::Consequence::Case);
    phones.meet();
    retract(&phones.wang(), phones.check, phones.one.cast.finding, "看错了").unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(!stands(&phones));
}

#[test]
fn of_two_rechecks_the_worse_holds_and_the_later_day_does_not_help() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::NotCorrected, "2026-12-09");
    look(&phones.two, &phones, RecheckOutcome::Corrected, "2026-12-10");
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Rechecked, MoveKind::Rechecked)]);
    assert!(lacks(&phones, Code::FailedHasCase));
    assert_eq!(outcome(&phones), Some(RecheckOutcome::NotCorrected));
    let [wang, li] = phones.one.cast.officers;
    assert_eq!(list.collisions[0].holds.writer, wang);
    decide(&phones.wang(), phones.check, op_by(&list, li)).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(!lacks(&phones, Code::FailedHasCase));
    assert_eq!(outcome(&phones), Some(RecheckOutcome::Corrected));
}

/// What the list of orders says of the finding: it used to go by the later day.
fn outcome(phones: &Phones) -> Option<RecheckOutcome> {
    let list = orders(&phones.one.store, phones.check).unwrap();
    let held = list.iter().find(|held| held.order.order == phones.follow_up.order).unwrap();
    held.items.iter().find(|item| item.finding == phones.one.cast.finding).unwrap().outcome
}

#[test]
fn a_decision_for_the_worse_recheck_holds_against_a_later_day() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::NotCorrected, "2026-12-09");
    look(&phones.two, &phones, RecheckOutcome::Corrected, "2026-12-10");
    let list = phones.meet();
    decide(&phones.li(), phones.check, op_by(&list, phones.one.cast.officers[0])).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(lacks(&phones, Code::FailedHasCase));
    // And what comes after it counts as always.
    look(&phones.one, &phones, RecheckOutcome::Corrected, "2026-12-16");
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(!lacks(&phones, Code::FailedHasCase));
}

#[test]
fn what_one_found_corrected_is_open_while_the_other_gave_more_time() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::Corrected, "2026-12-08");
    extend_order(&phones.li(), &longer(&phones.two, &phones)).unwrap();
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Extended, MoveKind::Rechecked)]);
    let [wang, _] = phones.one.cast.officers;
    assert!(runs(&phones), "the deadline runs on");
    decide(&phones.li(), phones.check, op_by(&list, wang)).unwrap();
    assert_eq!(phones.meet(), ConflictList::default());
    assert!(!runs(&phones), "a person decided that it is corrected");
}

/// Whether the deadline of the order is open.
fn runs(phones: &Phones) -> bool {
    let now = phones.wang().ports().clock.now().wall_ms;
    let list = phones.one.store.read(|read| clocks(read, Some(phones.check), now)).unwrap();
    let mut of_order =
        list.iter().filter(|c| c.kind == angen_core::procedure::ClockKind::Correction);
    of_order.any(|clock| clock.state.is_open())
}

#[test]
fn a_longer_deadline_that_did_not_see_the_failed_recheck_is_not_given() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::NotCorrected, "2026-12-09");
    extend_order(&phones.li(), &longer(&phones.two, &phones)).unwrap();
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Rechecked, MoveKind::Extended)]);
    assert!(lacks(&phones, Code::FailedHasCase));
}

#[test]
fn a_measure_that_was_lifted_holds_while_the_hazard_was_found_again() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::Partly, "2026-12-09");
    let lift = LiftMeasure {
        dossier: phones.check,
        measure: phones.follow_up.measure,
        checked_how: "试机十分钟".to_owned(),
        shown_by: Vec::new(),
    };
    lift_measure(&phones.li(), &lift).unwrap();
    assert_eq!(kinds(&phones.meet()), [(MoveKind::Rechecked, MoveKind::Lifted)]);
}

#[test]
fn a_hand_over_and_an_order_are_listed_both() {
    let phones = Phones::new();
    transfer_finding(&phones.wang(), &transfer(&phones.one)).unwrap();
    issue_order(&phones.li(), &order(&phones.two)).unwrap();
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Ordered, MoveKind::Transferred)]);
}

#[test]
fn a_closing_does_not_cover_what_another_phone_moved_on_meanwhile() {
    let phones = Phones::new();
    close_dossier(&phones.wang(), phones.check, "2026-12-20", "办结").unwrap();
    look(&phones.two, &phones, RecheckOutcome::NotCorrected, "2026-12-09");
    let list = phones.meet();
    assert_eq!(kinds(&list), [(MoveKind::Rechecked, MoveKind::Closed)]);
}

/// A filing shown by a form that this phone captured.
fn file(town: &Township, desk: &Desk<'_>, case: DossierId, decision: FilingDecision) {
    let form = town.file("filing.jpg", &jpeg("the signed form"));
    let form = capture_evidence(desk, &capture(form, case)).unwrap().evidence;
    let request = DecideFiling {
        dossier: case,
        decision,
        approver: "高岭".to_owned(),
        approver_post: "局长".to_owned(),
        decided_on: "2026-12-10".to_owned(),
        evidence: form,
    };
    decide_filing(desk, &request).unwrap();
}

#[test]
fn a_case_that_one_did_not_file_is_not_concluded_by_the_other() {
    let phones = Phones::new();
    let case = propose_case(&phones.wang(), &proposal(&phones.one)).unwrap().dossier;
    phones.meet();
    let reason = "情节轻微".to_owned();
    file(&phones.one, &phones.wang(), case, FilingDecision::NotFiled { reason });
    let number = "鲁日应急立〔2026〕9号".to_owned();
    file(&phones.two, &phones.li(), case, FilingDecision::Filed { number });
    let conclusion = ConcludeInvestigation {
        dossier: case,
        facts: "砂轮机运转时没有防护罩".to_owned(),
        opinion: Opinion::Penalty,
        basis: "安全生产法（2021）第九十九条".to_owned(),
    };
    conclude_investigation(&phones.li(), &conclusion).unwrap();
    phones.meet();

    let of_case = list(&phones.one, case);
    assert_eq!(of_case, list(&phones.two, case));
    assert_eq!(kinds(&of_case), [(MoveKind::NotFiled, MoveKind::Concluded)]);
    let decision = of_case.conflicts.iter().find(|view| view.conflict.field == "decision").unwrap();
    let not_filed = decision.authors.iter().find(|a| Some(a.op) == decision.conflict.holds);
    let [wang, li] = phones.one.cast.officers;
    assert_eq!(not_filed.unwrap().writer, wang, "the milder holds");

    // A person goes on with the case: the filing first, then nothing collides any more.
    let filed = decision.authors.iter().find(|author| author.writer == li).unwrap().op;
    decide(&phones.wang(), case, filed).unwrap();
    phones.meet();
    assert_eq!(list(&phones.one, case).collisions, []);
}

#[test]
fn two_who_decide_a_collision_differently_at_once_leave_the_stricter_in_force() {
    let phones = Phones::new();
    look(&phones.one, &phones, RecheckOutcome::NotCorrected, "2026-12-09");
    look(&phones.two, &phones, RecheckOutcome::Corrected, "2026-12-10");
    let list = phones.meet();
    let [wang, li] = phones.one.cast.officers;
    decide(&phones.wang(), phones.check, op_by(&list, li)).unwrap();
    decide(&phones.li(), phones.check, op_by(&list, wang)).unwrap();
    let again = phones.meet();
    assert_eq!(kinds(&again), [(MoveKind::Rechecked, MoveKind::Rechecked)]);
    assert!(lacks(&phones, Code::FailedHasCase));
    assert!(again.collisions[0].holds.because.is_some());
}
