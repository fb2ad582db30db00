//! Planted: who was where and when.

use super::*;

fn interview(visit: &mut Visit, place: &str, name: &str, from_ms: i64) -> Hash {
    let pair = [("question", "谁负责？".into()), ("answer", "我。".into())];
    let fields = [
        ("person", Value::from("孙师傅")),
        ("from", from_ms.into()),
        ("to", (from_ms + HOUR_MS).into()),
        ("rights_told", Value::Bool(true)),
        ("questions", vec![Value::map(pair)].into()),
    ];
    visit.put(Who::Wang, dossier(place), entity(name), "interview.record/1", &fields)
}

#[test]
fn r01_a_signed_check_of_one_officer_alone_is_found() {
    let visit = Visit::without(&["b.li_shows", "b.assent"]);
    assert_found(&visit, DefectCode::OneOfficer, &["b"]);
}

#[test]
fn r01_a_check_under_way_on_its_day_may_still_get_its_second_officer() {
    let visit = Visit::without(&["b.li_shows", "b.assent", "b.record"]);
    assert_found(&visit, DefectCode::OneOfficer, &[]);
    let mut later = visit;
    later.days_pass(1);
    assert_found(&later, DefectCode::OneOfficer, &["b"]);
}

#[test]
fn r01_acts_under_an_expired_certificate_are_found() {
    let visit = Visit::without(&["li_valid"]);
    let found = of(&visit, DefectCode::CertificateExpired);
    assert_eq!(found.len(), 2, "{found:#?}");
}

#[test]
fn r01_one_officer_is_found_at_two_enterprises_at_once_and_not_one_after_the_other() {
    let mut visit = clean();
    small_check(&mut visit, "c", "c1");
    small_check(&mut visit, "d", "d1");
    assert_found(&visit, DefectCode::TwoPlaces, &[]);
    visit.answer(Who::Wang, "c", "MW02", "compliant", true);
    assert_found(&visit, DefectCode::TwoPlaces, &["c", "d"]);
}

#[test]
fn r21_an_interview_before_the_check_is_found() {
    let mut visit = clean();
    let before = visit.now_ms() - 2 * HOUR_MS;
    interview(&mut visit, "a", "early", before);
    assert_found(&visit, DefectCode::InterviewBeforeCheck, &["a"]);
}

#[test]
fn r21_two_interviews_of_one_officer_at_once_are_found_and_not_one_after_the_other() {
    let mut visit = Visit::without(&[]);
    let now = visit.now_ms();
    interview(&mut visit, "a", "first", now);
    interview(&mut visit, "a", "second", now + HOUR_MS);
    assert_found(&visit, DefectCode::InterviewsOverlap, &[]);
    interview(&mut visit, "b", "third", now + HOUR_MS / 2);
    let found = of(&visit, DefectCode::InterviewsOverlap);
    // It overlaps with each of the two.
    assert_eq!(found.iter().filter(|d| d.dossier == dossier("b")).count(), 2, "{found:#?}");
}

#[test]
fn s05_work_on_a_day_off_is_found_until_a_note_says_why() {
    let mut visit = clean();
    visit.days_pass(TO_SATURDAY_DAYS);
    small_check(&mut visit, "c", "c1");
    assert_found(&visit, DefectCode::OutsideHours, &["c"]);
    let fields = [("text", Value::from("群众举报夜间作业，当日核查"))];
    visit.put(Who::Wang, dossier("c"), entity("note"), "note.write/1", &fields);
    assert_found(&visit, DefectCode::OutsideHours, &[]);
}
