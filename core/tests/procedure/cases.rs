//! Cases that the law or the article names: zero, conflict, retraction, repetition, mentors.

use angen_core::domain::{EvidenceKind, Purpose};
use angen_core::procedure::{ApartWhy, Code, LINES_MAX, Part, Stage, State, Verdict, three_lines};
use angen_ledger::verify::Lang;

use crate::visit::{Visit, Who, dossier, entity};

fn verdict(visit: &Visit, part: Part, code: Code) -> Option<Verdict> {
    let units = visit.part(part).units;
    let conditions = units.iter().flat_map(|unit| &unit.conditions);
    // The worst of all units: an open one hides behind no met one.
    let found: Vec<Verdict> = conditions.filter(|c| c.code == code).map(|c| c.verdict).collect();
    [Verdict::Open, Verdict::Warn, Verdict::Later, Verdict::Met]
        .into_iter()
        .find(|verdict| found.contains(verdict))
}

#[test]
fn an_honest_zero_closes_the_visit_since_2025_and_not_in_2021() {
    let now = Visit::of_profile("since-2025", &["finding"]).part(Part::Violation);
    assert_eq!((now.have, now.need, now.state), (0, 0, State::Met));
    let then = Visit::of_profile("rizhao-2021", &["finding"]).part(Part::Violation);
    assert_eq!((then.have, then.need, then.state), (0, 1, State::NotStarted));
}

#[test]
fn zero_findings_close_nothing_while_a_record_is_open() {
    let part = Visit::without(&["finding", "b.record"]).part(Part::Violation);
    assert_eq!((part.need, part.state), (1, State::NotStarted));
}

#[test]
fn an_expired_profile_warns_and_is_applied() {
    let board = Visit::of_profile("rizhao-2021", &[]).board();
    assert_eq!(board.profile.name, "rizhao-2021");
    assert_eq!(board.warnings[0].code, Code::ProfileKnown);
    let unknown = Visit::of_profile("of-nowhere", &[]).board();
    assert_eq!((unknown.profile.name, unknown.warnings.len()), ("since-2025", 1));
}

#[test]
fn a_conflict_counts_as_the_worse_answer_until_it_is_decided() {
    let mut visit = Visit::without(&[]);
    visit.answer(Who::Li, "b", "MW07", "non_compliant", false);
    assert_eq!(verdict(&visit, Part::Checks, Code::ItemsAnswered), Some(Verdict::Open));
    assert_eq!(verdict(&visit, Part::Checks, Code::ConflictsDecided), Some(Verdict::Warn));
    let missing = visit.missing("b");
    let open = missing.iter().find(|line| line.code == Code::ItemsAnswered).unwrap();
    assert_eq!(open.names, ["MW07_note"]);
    visit.answer(Who::Wang, "b", "MW07", "compliant", true);
    assert_eq!(visit.part(Part::Checks).state, State::Met);
}

#[test]
fn an_answer_of_the_mentor_is_no_answer() {
    let mut visit = Visit::without(&["b.MW07"]);
    visit.answer(Who::Mentor, "b", "MW07", "compliant", true);
    assert_eq!(verdict(&visit, Part::Checks, Code::ItemsAnswered), Some(Verdict::Open));
    visit.answer(Who::Li, "b", "MW07", "compliant", true);
    assert_eq!(visit.part(Part::Checks).have, 2);
}

#[test]
fn retracted_evidence_and_findings_do_not_count() {
    let mut visit = Visit::without(&[]);
    let photo = entity(&format!("a finding audio_visual {:?}", None::<&str>));
    let retracted = [("retracted", true.into()), ("reason", "拍错".into())];
    visit.put(Who::Wang, dossier("a"), photo, "evidence.retract/1", &retracted);
    assert_eq!(verdict(&visit, Part::Violation, Code::TwoKinds), Some(Verdict::Open));
    let op = visit.put(Who::Wang, dossier("a"), entity("finding"), "finding.retract/1", &retracted);
    let board = visit.board();
    assert!(board.parts[2].units.is_empty() && board.parts[3].units.is_empty());
    assert_eq!(board.apart[0].why, ApartWhy::Retracted);
    assert!(board.apart[0].ops.contains(&op));
}

#[test]
fn findings_of_other_authorities_and_of_mentors_are_shown_apart() {
    for (step, why) in
        [("ours", ApartWhy::OtherAuthority), ("enforcer_finds", ApartWhy::NotByEnforcer)]
    {
        let board = Visit::without(&[step]).board();
        assert_eq!(board.apart[0].why, why);
        assert!(board.parts[2].units.is_empty(), "{step}");
    }
}

#[test]
fn the_same_act_twice_counts_once() {
    let mut visit = Visit::without(&[]);
    let fields = [
        ("title", "又一次".into()),
        ("item", "MW01".into()),
        ("legal_basis", "安全生产法（2021）第三十六条".into()),
        ("authority", "EM".into()),
        ("consequence", "order".into()),
    ];
    visit.put(Who::Wang, dossier("a"), entity("again"), "finding.raise/1", &fields);
    let board = visit.board();
    assert_eq!(board.parts[2].units.len(), 1);
    assert_eq!(board.parts[2].units[0].stage, Some(Stage::Substantiated));
    assert_eq!((board.apart[0].finding, board.apart[0].why), (entity("again"), ApartWhy::SameAct));
}

#[test]
fn r08_another_act_counts_for_itself() {
    let mut visit = Visit::without(&[]);
    let fields = [
        ("title", "安全出口堵塞".into()),
        ("item", "FE01".into()),
        ("legal_basis", "安全生产法（2021）第四十二条".into()),
        ("authority", "EM".into()),
        ("consequence", "order".into()),
    ];
    visit.put(Who::Wang, dossier("a"), entity("another"), "finding.raise/1", &fields);
    let board = visit.board();
    assert_eq!((board.parts[2].units.len(), board.apart.len()), (2, 0));
}

#[test]
fn certificates_shown_after_the_first_record_come_too_late() {
    let mut visit = Visit::without(&["b.li_shows"]);
    let shown = [("shown_to", "赵厂长".into())];
    visit.put(Who::Li, dossier("b"), entity("late"), "certificates.show/1", &shown);
    assert_eq!(verdict(&visit, Part::Checks, Code::CertificatesShown), Some(Verdict::Open));
}

#[test]
fn an_answer_that_was_replaced_since_was_still_the_first_record() {
    let mut visit = Visit::without(&["b.li_shows"]);
    let shown = [("shown_to", "赵厂长".into())];
    visit.put(Who::Li, dossier("b"), entity("late"), "certificates.show/1", &shown);
    let items: Vec<String> = visit.form.items().iter().map(|item| item.name.clone()).collect();
    for item in items.iter().filter(|item| item.len() == "MW01".len()) {
        visit.answer(Who::Wang, "b", item, "not_applicable", true);
    }
    assert_eq!(verdict(&visit, Part::Checks, Code::CertificatesShown), Some(Verdict::Open));
}

#[test]
fn a_second_officer_on_another_day_was_not_there() {
    let mut visit = Visit::without(&["b.li_shows", "b.assent"]);
    visit.days_pass(1);
    visit.answer(Who::Li, "b", "MW07", "not_applicable", true);
    assert_eq!(verdict(&visit, Part::Checks, Code::TwoOfficers), Some(Verdict::Open));
}

#[test]
fn a_sign_in_sheet_counts_for_the_officers_who_stand_behind_it() {
    let mut visit = Visit::without(&["wang_attends", "li_attends"]);
    let sheet = Some(Purpose::SignInSheet);
    let (_, op) =
        visit.capture(Who::Wang, "assistance", "training", EvidenceKind::Documentary, sheet);
    let certified = |visit: &Visit| verdict(visit, Part::Training, Code::CertifiedAttended);
    assert_eq!(certified(&visit), Some(Verdict::Open), "names on paper are claimed");
    let ops = vec![op.as_bytes().as_slice().into()];
    let fields = [("ops", ops.into())];
    visit.put(Who::Li, dossier("assistance"), entity("assent"), "assent.give/1", &fields);
    assert_eq!(visit.part(Part::Training).have, 1);
}

#[test]
fn unknown_facts_warn_and_do_not_stand_in_the_way() {
    for (step, code) in [("last_day", Code::CertificateDayKnown), ("library", Code::FactsHeld)] {
        let visit = Visit::without(&[step]);
        assert_eq!(verdict(&visit, Part::Checks, code), Some(Verdict::Warn), "{step}");
        assert_eq!(visit.part(Part::Checks).have, 2, "{step}");
    }
}

#[test]
fn the_gate_list_is_at_most_three_short_lines_and_the_gravest_is_first() {
    assert!(three_lines(&Visit::without(&[]).missing("a"), Lang::Zh).is_empty());
    let skipped =
        ["a.assent", "a.li_shows", "a.record", "statement", "document", "a.MW05", "papers"];
    let missing = Visit::without(&skipped).missing("a");
    let lines = three_lines(&missing, Lang::Zh);
    assert_eq!(lines.len(), LINES_MAX);
    assert_eq!(missing[0].code, Code::TwoOfficers);
    assert_eq!(lines[0], "本次检查持证人员1名，须2名");
    assert!(lines[2].starts_with("另有"), "{lines:?}");
    for line in &missing {
        assert!(line.zh.chars().count() <= 40, "{}", line.zh);
        assert!(!line.rule().is_empty());
    }
}
