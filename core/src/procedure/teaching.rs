//! The teaching dossier 帮教卷宗 of a visit: what mentors advise, how officers answer, what they can.
//!
//! Nothing in it counts for any part of the visit. The township reads what a mentor has released,
//! and nothing else.

use std::collections::BTreeSet;

use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::domain::{
    AGENDA, Assistance, Check, Comment, Dossier, Officer, Release, Role, SkillMark, Source,
    read_all,
};
use crate::error::Result;
use crate::procedure::people::People;

/// What mentors said in a visit, as one reader may see it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Teaching {
    /// Whether the teaching dossier is here at all: a package may leave it out.
    pub held: bool,
    /// Comments of its mentors, the oldest first.
    pub comments: Vec<Comment>,
    /// Marks of its mentors: of each officer and skill the newest by day.
    pub skills: Vec<SkillMark>,
    /// How many comments and marks were not released and are kept from this reader.
    pub kept_back: usize,
    /// How many comments and marks do not count: they are of nobody who mentors the visit.
    pub not_by_mentor: usize,
}

/// Who reads.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reader {
    /// A mentor of the visit: everything.
    Mentor,
    /// The township: what was released.
    Township,
}

/// The teaching dossier of a visit: its id follows from the visit's, so that two phones open the
/// same one.
#[must_use]
pub fn teaching_of(visit: DossierId) -> DossierId {
    DossierId(EntityId::derived(visit, "teaching").0)
}

/// Whether somebody mentors a visit: named in its plan, and a mentor on a roster.
///
/// # Errors
/// What the source returns.
pub fn mentors_visit(source: &dyn Source, visit: DossierId, writer: WriterId) -> Result<bool> {
    let plans: Vec<Assistance> = read_all(source, visit)?;
    let is_named = plans.iter().any(|plan| plan.mentors.contains(&writer));
    Ok(is_named && is_mentor(source, writer)?)
}

/// Whether somebody mentors the visit that a check or a case belongs to, or is a mentor at all:
/// such a person signs nothing there. The role on any roster that is held is enough.
///
/// # Errors
/// What the source returns.
pub fn mentors_here(source: &dyn Source, dossier: DossierId, writer: WriterId) -> Result<bool> {
    if is_mentor(source, writer)? {
        return Ok(true);
    }
    let cases: Vec<crate::domain::Case> = read_all(source, dossier)?;
    let mut visits: BTreeSet<DossierId> =
        cases.iter().flat_map(|case| case.guided_by.iter().map(|guided| guided.visit)).collect();
    for check in cases.iter().map(|case| case.check).chain([dossier]) {
        let checks: Vec<Check> = read_all(source, check)?;
        visits.extend(checks.into_iter().filter_map(|check| check.assistance));
    }
    for visit in visits {
        let plans: Vec<Assistance> = read_all(source, visit)?;
        if plans.iter().any(|plan| plan.mentors.contains(&writer)) {
            return Ok(true);
        }
    }
    Ok(false)
}

fn is_mentor(source: &dyn Source, writer: WriterId) -> Result<bool> {
    for id in source.dossiers()? {
        let people: Vec<Officer> = read_all(source, id)?;
        if people.iter().any(|person| person.writer == writer && person.role == Role::Mentor) {
            return Ok(true);
        }
    }
    Ok(false)
}

/// What mentors said in a visit, as a reader may see it. Answers count when an officer of the
/// visit gave them, not a mentor.
///
/// # Errors
/// What the source returns.
pub fn teaching(source: &dyn Source, visit: DossierId, reader: Reader) -> Result<Teaching> {
    let place = teaching_of(visit);
    let plans: Vec<Assistance> = read_all(source, visit)?;
    let mentors: Vec<WriterId> = plans.into_iter().flat_map(|plan| plan.mentors).collect();
    let mut dossiers = Vec::new();
    for id in source.dossiers()? {
        dossiers.extend(read_all::<Dossier>(source, id)?);
    }
    let people = People::read(source, &dossiers, &mentors)?;
    let is_mentor = |writer| mentors.contains(&writer) && !people.as_mentor(writer).is_empty();
    let releases: Vec<Release> = read_all(source, place)?;
    let by_mentor = releases.into_iter().filter(|release| is_mentor(release.writer));
    let released: BTreeSet<EntityId> = by_mentor.flat_map(|release| release.items).collect();
    let may_read = |item: EntityId| reader == Reader::Mentor || released.contains(&item);
    let held = !source.fields(place, place.into())?.is_empty();
    let mut told = Teaching { held, ..Teaching::default() };
    for mut comment in read_all::<Comment>(source, place)? {
        // Whom an officer answers has read it, and who is a mentor does not answer.
        comment.answer = comment
            .answer
            .filter(|answer| people.enforcer(answer.writer, answer.wall_ms).is_some());
        match (is_mentor(comment.writer), may_read(comment.comment)) {
            (false, _) => told.not_by_mentor += 1,
            (true, false) => told.kept_back += 1,
            (true, true) => told.comments.push(comment),
        }
    }
    for mark in read_all::<SkillMark>(source, place)? {
        let sound = is_mentor(mark.writer) && mark.writer != mark.officer;
        match (sound, may_read(mark.mark)) {
            (false, _) => told.not_by_mentor += 1,
            (true, false) => told.kept_back += 1,
            (true, true) => told.skills.push(mark),
        }
    }
    told.comments.sort_by_key(|comment| (comment.wall_ms, comment.comment));
    told.keep_newest_marks();
    Ok(told)
}

impl Teaching {
    /// Of each officer and skill the newest mark, in the order of the loop.
    fn keep_newest_marks(&mut self) {
        let place = |skill: &str| AGENDA.iter().position(|(tag, _)| *tag == skill);
        self.skills.sort_by(|a, b| {
            let key = |mark: &SkillMark| (mark.officer, place(&mark.skill), mark.skill.clone());
            key(a).cmp(&key(b)).then_with(|| (&b.day, b.wall_ms).cmp(&(&a.day, a.wall_ms)))
        });
        self.skills.dedup_by(|later, first| {
            (later.officer, &later.skill) == (first.officer, &first.skill)
        });
    }
}
