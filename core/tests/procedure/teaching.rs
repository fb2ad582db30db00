//! Mentors advise and sign nothing: comments, release, answers, skills, and what does not count.

use angen_core::domain::{Opinion, SkillLevel};
use angen_core::procedure::{
    Code, Part, Reader, State, Teaching, mentors_here, teaching, teaching_of,
};
use angen_ledger::hash::Hash;
use angen_ledger::value::Value;

use crate::names::{dossier, entity, hashes, id};
use crate::visit::{Visit, Who};

impl Visit {
    fn comment(&mut self, who: Who, name: &str) -> Hash {
        let fields = [
            ("about_dossier", Value::from(dossier("a").raw().as_slice())),
            ("about", id(entity("finding"))),
            ("text", "要件写全".into()),
        ];
        let place = teaching_of(dossier("assistance"));
        self.put(who, place, entity(name), "comment.write/1", &fields)
    }

    fn release(&mut self, who: Who, items: &[&str]) {
        let items: Vec<Value> = items.iter().map(|name| id(entity(name))).collect();
        let fields = [("to", Value::from("township")), ("items", items.into())];
        let place = teaching_of(dossier("assistance"));
        let release = entity(&format!("release {}", who as usize));
        self.put(who, place, release, "teaching.release/1", &fields);
    }

    fn mark(&mut self, who: Who, name: &str, level: SkillLevel, day: &str, see: bool) {
        let fields = [
            ("officer", self.writer(Who::Li)),
            ("skill", "evidence".into()),
            ("level", level.word().into()),
            ("day", day.into()),
        ];
        let place = teaching_of(dossier("assistance"));
        self.write(who, place, entity(name), "skill.mark/1", &fields, see);
    }

    fn answer_comment(&mut self, who: Who, name: &str, answer: &str) {
        let fields = [("answer", Value::from(answer)), ("reason", "现场无此条件".into())];
        let place = teaching_of(dossier("assistance"));
        self.put(who, place, entity(name), "comment.answer/1", &fields);
    }

    fn told(&self, reader: Reader) -> Teaching {
        self.source(|source| teaching(source, dossier("assistance"), reader).expect("readable"))
    }
}

#[test]
fn the_township_reads_what_a_mentor_released_and_nothing_else() {
    let mut visit = Visit::without(&[]);
    visit.comment(Who::Mentor, "one");
    visit.comment(Who::Mentor, "two");
    visit.mark(Who::Mentor, "mark", SkillLevel::Helped, "2026-11-23", true);
    let township = |visit: &Visit| {
        let told = visit.told(Reader::Township);
        (told.comments.len(), told.skills.len(), told.kept_back)
    };
    assert_eq!(township(&visit), (0, 0, 3));
    visit.release(Who::Wang, &["one", "two"]);
    assert_eq!(township(&visit), (0, 0, 3), "an officer releases nothing");
    visit.release(Who::Mentor, &["one", "mark"]);
    assert_eq!(township(&visit), (1, 1, 1));
    let mentor = visit.told(Reader::Mentor);
    assert_eq!((mentor.comments.len(), mentor.skills.len(), mentor.kept_back), (2, 1, 0));
}

#[test]
fn a_comment_is_adopted_or_not_because_by_an_officer_and_not_by_a_mentor() {
    let mut visit = Visit::without(&[]);
    visit.comment(Who::Mentor, "one");
    visit.release(Who::Mentor, &["one"]);
    let answer = |visit: &Visit| visit.told(Reader::Township).comments[0].answer.clone();
    visit.answer_comment(Who::Mentor, "one", "adopted");
    assert_eq!(answer(&visit), None);
    visit.answer_comment(Who::Li, "one", "not_adopted");
    let said = answer(&visit).unwrap();
    assert_eq!((said.adopted, said.reason.as_deref()), (false, Some("现场无此条件")));
    visit.answer_comment(Who::Wang, "one", "adopted");
    let said = answer(&visit).unwrap();
    assert_eq!((said.adopted, said.reason), (true, None));
}

#[test]
fn what_is_of_no_mentor_of_the_visit_is_counted_apart() {
    let mut visit = Visit::without(&[]);
    visit.comment(Who::Wang, "one");
    visit.mark(Who::Wang, "mark", SkillLevel::Alone, "2026-11-23", true);
    let told = visit.told(Reader::Mentor);
    assert_eq!((told.comments.len(), told.skills.len(), told.not_by_mentor), (0, 0, 2));
}

#[test]
fn of_an_officers_skill_the_newest_day_stands_and_in_a_conflict_the_lesser_level() {
    let mut visit = Visit::without(&[]);
    visit.mark(Who::Mentor, "late", SkillLevel::Alone, "2026-11-24", true);
    visit.mark(Who::Mentor, "early", SkillLevel::Shown, "2026-11-23", true);
    let skills = visit.told(Reader::Mentor).skills;
    assert_eq!((skills.len(), skills[0].level), (1, SkillLevel::Alone));
    visit.mark(Who::Mentor, "late", SkillLevel::Helped, "2026-11-24", false);
    assert_eq!(visit.told(Reader::Mentor).skills[0].level, SkillLevel::Helped);
}

#[test]
fn nothing_that_is_taught_counts_for_any_part() {
    let mut visit = Visit::without(&["statement"]);
    let before = visit.board();
    visit.comment(Who::Mentor, "one");
    visit.release(Who::Mentor, &["one"]);
    visit.answer_comment(Who::Li, "one", "adopted");
    visit.mark(Who::Mentor, "mark", SkillLevel::Alone, "2026-11-24", true);
    assert_eq!(visit.board().parts, before.parts);
}

#[test]
fn a_mentor_is_known_in_a_check_and_a_case_of_the_visit() {
    let visit = Visit::without(&[]);
    let here = |who: Who| {
        let writer = visit.writer(who);
        let writer = angen_ledger::id::WriterId::from_slice(writer.as_bytes().unwrap()).unwrap();
        visit.source(|source| mentors_here(source, dossier("a"), writer).unwrap())
    };
    assert!(here(Who::Mentor) && !here(Who::Wang));
}

#[test]
fn a_filing_a_conclusion_and_an_assent_of_a_mentor_change_nothing() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("", Opinion::Penalty);
    assert_eq!(visit.part(Part::Chain).state, State::Met);
    let open = |visit: &Visit, code: Code| {
        let missing = visit.missing("assistance");
        missing.iter().any(|line| line.code == code && line.is_open())
    };
    // The mentor writes over what the officers wrote: theirs stands, and hers counts for nothing.
    let decision = [("decision", Value::from("not_filed"))];
    visit.put(Who::Mentor, dossier("case"), entity("filing"), "filing.decide/1", &decision);
    assert!(!open(&visit, Code::FilingApproved));
    let opinion = [("opinion", Value::from("no_violation"))];
    let concluded = entity("investigation");
    let op =
        visit.put(Who::Mentor, dossier("case"), concluded, "investigation.conclude/1", &opinion);
    let both = [("ops", hashes(&[op]))];
    visit.put(Who::Wang, dossier("case"), entity("wang too"), "assent.give/1", &both);
    visit.put(Who::Li, dossier("case"), entity("li too"), "assent.give/1", &both);
    assert!(!open(&visit, Code::InvestigationConcluded));
    assert_eq!(visit.part(Part::Chain).state, State::Met);
}

#[test]
fn a_filing_that_a_mentor_alone_noted_does_not_count() {
    let mut visit = Visit::of_profile("rizhao-2021", &[]);
    visit.case("decision", Opinion::Penalty);
    let decision = [
        ("decision", Value::from("filed")),
        ("evidence", id(entity("case case documentary Some(\"signed_page\")"))),
        ("decided_on", "2026-11-24".into()),
    ];
    visit.put(Who::Mentor, dossier("case"), entity("filing"), "filing.decide/1", &decision);
    let missing = visit.missing("assistance");
    assert!(missing.iter().any(|line| line.code == Code::FilingApproved && line.is_open()));
}
