//! Who may not decide: a mentor, an assistant, an officer without a valid certificate, and a build
//! that writes it all the same.

use angen_core::action::{
    DecideConflict, capture_evidence, decide_conflict, enrol_officer, retract, set_answers,
};
use angen_core::desk::{Desk, Entry};
use angen_core::domain::{Consequence, Role};
use angen_core::error::Error;
use angen_core::procedure::{Code, undecided};
use angen_ledger::hash::Hash;
use angen_testing::picture::picture;
use angen_testing::township::officer;

use crate::phones::{Phones, decide, lead_to, list, op_by};

/// Checks that a decision is refused with words and writes nothing.
fn refused(phones: &Phones, desk: &Desk<'_>, request: &DecideConflict, place: &str) {
    let before = picture(&phones.one.store).unwrap();
    let Err(Error::Invalid(problem)) = decide_conflict(desk, request) else {
        panic!("{place} was not refused")
    };
    assert_eq!(problem.place, place, "{problem:?}");
    assert!(!problem.zh.is_empty() && problem.en.is_ascii(), "{problem:?}");
    assert_eq!(picture(&phones.one.store).unwrap(), before);
}

#[test]
fn a_mentor_and_an_assistant_decide_nothing_in_a_check() {
    let phones = Phones::new();
    let admin = phones.one.desk(phones.one.place.administrator);
    let assistant = enrol_officer(&admin, &officer("赵新民", Role::Assistant)).unwrap().writer;
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let found = phones.meet();
    let op = op_by(&found, phones.one.cast.officers[1]);
    let request = DecideConflict { dossier: phones.check, op, reason: "我看可以".to_owned() };
    for writer in [phones.one.cast.mentor, assistant, phones.one.place.administrator] {
        refused(&phones, &phones.one.desk(writer), &request, "as");
    }
    assert_eq!(list(&phones.one, phones.check), found);
}

#[test]
fn a_decision_needs_a_reason_and_an_op_that_is_in_a_conflict() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let found = phones.meet();
    let op = op_by(&found, phones.one.cast.officers[0]);
    let dossier = phones.check;
    let request = |op, reason: &str| DecideConflict { dossier, op, reason: reason.to_owned() };
    refused(&phones, &phones.wang(), &request(op, " "), "reason");
    let other = retract(&phones.wang(), dossier, phones.one.cast.photo, "拍错了").unwrap();
    refused(&phones, &phones.wang(), &request(other, "x"), "op");
    let nowhere = decide_conflict(&phones.wang(), &request(Hash([9; 32]), "x"));
    assert!(matches!(nowhere, Err(Error::NotFound { .. })), "{nowhere:?}");
    // What was decided once is not there to be decided again.
    decide(&phones.wang(), dossier, op).unwrap();
    refused(&phones, &phones.wang(), &request(op, "x"), "op");
}

#[test]
fn an_officer_whose_certificate_ran_out_decides_nothing() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    let op = op_by(&phones.meet(), phones.one.cast.officers[0]);
    // The certificates of the cast end on 2028-06-30.
    phones.one.world.jump_ms(3 * 366 * 24 * 3_600_000);
    let request = DecideConflict { dossier: phones.check, op, reason: "过期".to_owned() };
    refused(&phones, &phones.wang(), &request, "as");
}

#[test]
fn what_a_foreign_build_lets_a_mentor_write_over_two_values_leaves_them_standing() {
    let phones = Phones::new();
    lead_to(&phones.wang(), &phones.one, Consequence::Case);
    lead_to(&phones.li(), &phones.two, Consequence::OnTheSpot);
    phones.meet();
    // The desk asks nobody who may: that is what a foreign build can do.
    let mentor = phones.one.desk(phones.one.cast.mentor);
    let finding = phones.one.cast.finding;
    let entry = || {
        Entry::new("finding.correct/1", phones.check, finding)
            .set("consequence", Consequence::OnTheSpot.word())
            .set("reason", "不严重")
    };
    let op = mentor.write(|page| page.put(entry())).unwrap();
    let found = phones.meet();
    let view = &found.conflicts[0];
    assert_eq!((view.conflict.field.as_str(), view.authors.len()), ("consequence", 3));
    let graver = view.conflict.values.iter().find(|c| Some(c.head.op) == view.conflict.holds);
    assert_eq!(graver.unwrap().head.value.as_ref().unwrap().as_text(), Some("case"));
    for claim in &view.conflict.values {
        assert_eq!(claim.may_decide, claim.head.op != op);
    }
    // Nor does it help to go one value at a time.
    mentor.write(|page| page.put(entry())).unwrap();
    assert_eq!(phones.meet().conflicts[0].authors.len(), 3);
    // An officer has seen all of it and decides.
    let wang = op_by(&found, phones.one.cast.officers[0]);
    decide(&phones.li(), phones.check, wang).unwrap();
    let left = phones.meet();
    assert!(left.conflicts.is_empty(), "{left:?}");
    assert_eq!(phones.finding().consequence, Consequence::Case);
}

#[test]
fn the_board_counts_the_answer_of_the_officers_whatever_a_mentor_wrote_over_it() {
    let phones = Phones::new();
    let answers = phones.one.answers(&[("MW01", "non_compliant")], None);
    set_answers(&phones.wang(), &answers).unwrap();
    let answers = phones.two.answers(&[("MW01", "compliant")], None);
    set_answers(&phones.li(), &answers).unwrap();
    phones.meet();
    let mentor = phones.one.desk(phones.one.cast.mentor);
    let answers = phones.one.answers(&[("MW01", "compliant")], Some("没问题"));
    set_answers(&mentor, &answers).unwrap();
    phones.meet();
    let now = phones.wang().ports().clock.now().wall_ms;
    let list = angen_core::action::missing(&phones.one.store, phones.check, now).unwrap();
    let line = list.iter().find(|line| line.code == Code::ConflictsDecided).unwrap();
    assert_eq!(line.names, ["MW01"]);
}

#[test]
fn a_mentor_moves_nothing_that_collides() {
    let phones = Phones::new();
    retract(&phones.wang(), phones.check, phones.one.cast.finding, "看错了").unwrap();
    let mentor = phones.two.desk(phones.two.cast.mentor);
    let file = phones.two.file("seen.jpg", &angen_testing::files::jpeg("what the mentor saw"));
    let photo = angen_testing::township::capture(file, phones.check);
    capture_evidence(&mentor, &photo).unwrap();
    let measure = angen_testing::follow_up::measure(&phones.two);
    angen_core::action::take_measure(&mentor, &measure).unwrap();
    let list = phones.meet();
    assert_eq!(list.collisions, []);
    let open = phones.one.store.read(|read| undecided(read, phones.check)).unwrap();
    assert_eq!(open.count(), 0);
}
