//! Mentors sign nothing, officers read what was released, and the list of a round stays as it was.

use std::collections::BTreeSet;

use angen_core::action::{
    Adoption, ConcludeInvestigation, DecideFiling, ExportPackage, FilingDecision, MarkSkill,
    NoteOutcome, OpenRound, PaperAnswer, PartyAnswer, PlanAssistance, PostponeTownship,
    answer_comment, capture_evidence, conclude_investigation, decide_filing, export_package,
    give_assent, guide_case, issue_order, mark_skill, note_outcome, open_round, plan_assistance,
    postpone_township, practise_case, release_teaching, round_board, sign_paper, sign_record,
    teaching, transfer_finding, write_comment, write_note,
};
use angen_core::domain::{Opinion, OutcomeStep, SkillLevel};
use angen_core::error::{Error, Result};
use angen_testing::files::jpeg;
use angen_testing::picture::picture;
use angen_testing::{follow_up, round, township as input};

use crate::scene::Scene;
use crate::verbs::{admin, comment, mentor, officer};

/// Checks that something is refused with words, and changes nothing.
fn refused<T>(scene: &Scene, place: &str, done: Result<T>) {
    let Err(Error::Invalid(problem)) = done else { panic!("{place} was not refused as invalid") };
    assert_eq!(problem.place, place, "{problem:?}");
    assert!(!problem.zh.is_empty() && !problem.en.is_empty());
    assert!(fsck_ops(scene) > 0);
}

fn fsck_ops(scene: &Scene) -> u64 {
    scene.assert_clean().ops
}

#[test]
fn a_mentor_signs_assents_decides_and_concludes_nothing() {
    let scene = Scene::new();
    let before = picture(&scene.town.store).unwrap();
    let desk = mentor(&scene).unwrap();
    let (check, case) = (scene.town.cast.check.dossier, scene.case.dossier);
    refused(&scene, "as", give_assent(&desk, check, &[]));
    refused(&scene, "as", give_assent(&desk, case, &[]));
    let reason = "不签".to_owned();
    refused(
        &scene,
        "as",
        sign_record(&desk, check, &PartyAnswer::Refused { reason, evidence: None }),
    );
    let answer =
        PaperAnswer::Signed { signer: "王志松".to_owned(), pages: vec![scene.case.form] };
    refused(&scene, "as", sign_paper(&desk, case, scene.case.interview, &answer));
    let filing = DecideFiling {
        dossier: case,
        decision: FilingDecision::Filed { number: "1号".to_owned() },
        approver: "周明华".to_owned(),
        approver_post: "局长".to_owned(),
        decided_on: "2026-11-24".to_owned(),
        evidence: scene.case.form,
    };
    refused(&scene, "as", decide_filing(&desk, &filing));
    let conclusion = ConcludeInvestigation {
        dossier: case,
        facts: "没有防护罩".to_owned(),
        opinion: Opinion::Penalty,
        basis: "安全生产法（2021）第九十九条".to_owned(),
    };
    refused(&scene, "as", conclude_investigation(&desk, &conclusion));
    refused(&scene, "as", issue_order(&desk, &follow_up::order(&scene.town)));
    refused(&scene, "as", transfer_finding(&desk, &follow_up::transfer(&scene.town)));
    assert_eq!(picture(&scene.town.store).unwrap(), before);
}

#[test]
fn a_mentor_is_never_kept_from_a_photo_or_a_note() {
    let scene = Scene::new();
    let desk = mentor(&scene).unwrap();
    let dossier = scene.town.cast.check.dossier;
    let file = scene.town.file("hazard.jpg", &jpeg("a hazard that the mentor saw"));
    capture_evidence(&desk, &input::capture(file, dossier)).unwrap();
    let text = "皮带轮外露，已当场提醒".to_owned();
    let note = angen_core::action::WriteNote { dossier, text, about: None };
    write_note(&desk, &note).unwrap();
}

#[test]
fn an_officer_neither_comments_nor_marks_nor_releases_and_answers_what_was_released() {
    let scene = Scene::new();
    let visit = scene.town.cast.assistance;
    let desk = officer(&scene).unwrap();
    refused(&scene, "as", write_comment(&desk, &comment(&scene)));
    refused(&scene, "as", release_teaching(&desk, visit, &[]));
    let mark = MarkSkill {
        visit,
        officer: scene.town.cast.officers[1],
        skill: "evidence".to_owned(),
        level: SkillLevel::Alone,
        day: "2026-11-24".to_owned(),
    };
    refused(&scene, "as", mark_skill(&desk, &mark));
    let told = teaching(&desk, visit).unwrap();
    assert_eq!((told.comments.len(), told.kept_back), (1, 1));
    answer_comment(&desk, visit, scene.comment, &Adoption::Adopted).unwrap();
    let all = teaching(&mentor(&scene).unwrap(), visit).unwrap();
    assert_eq!((all.comments.len(), all.kept_back), (2, 0));
    assert!(all.comments[0].answer.as_ref().unwrap().adopted);
    // What was not released cannot be answered, and its mentor does not answer for the officer.
    let kept = all.comments[1].comment;
    let unread = answer_comment(&desk, visit, kept, &Adoption::Adopted);
    assert!(matches!(unread, Err(Error::NotFound { .. })), "{unread:?}");
    let by_mentor = mentor(&scene).unwrap();
    refused(&scene, "as", answer_comment(&by_mentor, visit, scene.comment, &Adoption::Adopted));
    let because = Adoption::NotAdopted { because: " ".to_owned() };
    refused(&scene, "because", answer_comment(&desk, visit, scene.comment, &because));
}

#[test]
fn a_teaching_dossier_leaves_once_all_of_it_is_released() {
    let scene = Scene::new();
    let visit = scene.town.cast.assistance;
    let request = ExportPackage {
        dossiers: vec![angen_core::procedure::teaching_of(visit)],
        withhold: BTreeSet::new(),
        software: "test".to_owned(),
        handing: angen_core::action::Handing::default(),
    };
    let file = scene.path("teaching.angen");
    let desk = officer(&scene).unwrap();
    refused(&scene, "dossier", export_package(&desk, &request, &file, &mut |_, _| {}));
    assert!(!file.exists());
    release_teaching(&mentor(&scene).unwrap(), visit, &[]).unwrap();
    export_package(&desk, &request, &file, &mut |_, _| {}).unwrap();
    assert!(file.exists());
}

#[test]
fn a_township_that_is_not_on_the_frozen_list_cannot_be_put_off() {
    let scene = Scene::new();
    let request = PostponeTownship {
        dossier: scene.round,
        area: "371102111".to_owned(),
        reason: "台风".to_owned(),
        to: "2026-12-20".to_owned(),
    };
    refused(&scene, "township", postpone_township(&admin(&scene).unwrap(), &request));
    let board = round_board(&scene.town.store, scene.round, i64::MAX).unwrap();
    assert_eq!((board.townships.len(), board.covered()), (2, 0));
}

#[test]
fn a_round_that_cannot_be_is_refused() {
    let scene = Scene::new();
    let desk = admin(&scene).unwrap();
    let good = round::opening(&scene.town.cast);
    type Change = fn(&mut OpenRound);
    let cases: [(&str, Change); 8] = [
        ("number", |r| r.number = 0),
        ("organiser", |r| r.organiser.clear()),
        ("profile", |r| r.profile = "of-nowhere".to_owned()),
        ("townships", |r| r.townships.clear()),
        ("townships", |r| r.townships[1].area = r.townships[0].area.clone()),
        ("townships", |r| r.townships[1].area = "3711".to_owned()),
        ("mentors", |r| r.mentors[0].0 = "371102111".to_owned()),
        ("until", |r| r.until = "2026-10-01".to_owned()),
    ];
    for (place, spoil) in cases {
        let mut request = good.clone();
        spoil(&mut request);
        refused(&scene, place, open_round(&desk, &request));
    }
    let mut request = good;
    request.mentors[0].1 = scene.town.cast.officers[0];
    refused(&scene, "mentors", open_round(&desk, &request));
}

#[test]
fn round_two_opens_with_the_weak_points_of_round_one() {
    let scene = Scene::new();
    let desk = admin(&scene).unwrap();
    let plan = |round: u32| PlanAssistance {
        round,
        profile: "since-2025".to_owned(),
        mentors: vec![scene.town.cast.mentor],
        round_dossier: Some(scene.round),
    };
    refused(&scene, "round", plan_assistance(&desk, &plan(2)));
    plan_assistance(&desk, &plan(1)).unwrap();
    let mut second = round::opening(&scene.town.cast);
    second.number = 2;
    second.before = Some(scene.round);
    let second = open_round(&desk, &second).unwrap();
    let board = round_board(&scene.town.store, second, i64::MAX).unwrap();
    let weak: Vec<&[String]> = board.townships.iter().map(|line| line.weak.as_slice()).collect();
    assert!(weak[0].iter().any(|code| code == "training_needed"), "{weak:?}");
    assert_eq!(weak[1], ["not_visited"]);
}

#[test]
fn an_outcome_needs_a_real_case_and_a_day_and_guidance_is_named_once() {
    let scene = Scene::new();
    let desk = officer(&scene).unwrap();
    let request = |dossier| NoteOutcome {
        dossier,
        step: OutcomeStep::Decided,
        day: "2027-02-01".to_owned(),
        amount_fen: Some(0),
        number: None,
        evidence: None,
    };
    let bad = NoteOutcome { day: "明天".to_owned(), ..request(scene.case.dossier) };
    refused(&scene, "day", note_outcome(&desk, &bad));
    let bad = NoteOutcome { amount_fen: Some(-1), ..request(scene.case.dossier) };
    refused(&scene, "amount", note_outcome(&desk, &bad));
    let check = scene.town.cast.check.dossier;
    let exercise = angen_core::action::PractiseCase { check, cause: "演练".to_owned() };
    let exercise = practise_case(&desk, &exercise).unwrap().dossier;
    refused(&scene, "dossier", note_outcome(&desk, &request(exercise)));
    note_outcome(&desk, &request(scene.case.dossier)).unwrap();
    let visit = scene.town.cast.assistance;
    assert!(guide_case(&desk, scene.case.dossier, visit).unwrap().is_some());
    assert!(guide_case(&desk, scene.case.dossier, visit).unwrap().is_none());
}
