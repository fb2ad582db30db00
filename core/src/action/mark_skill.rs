//! Marks an officer's skill 技能: shown, with help, alone; by a mentor of the visit.

use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::action::establish::established;
use crate::action::look::day;
use crate::action::write_comment::{only_mentor, open_teaching};
use crate::desk::{Desk, Entry};
use crate::domain::{AGENDA, Officer, Role, SkillLevel, SkillMark, read_all, read_one};
use crate::error::{Error, Result};

/// What is marked.
#[derive(Debug, Clone)]
pub struct MarkSkill {
    /// The dossier of the assistance visit.
    pub visit: DossierId,
    /// The officer's writer.
    pub officer: WriterId,
    /// A tag of [`AGENDA`].
    pub skill: String,
    /// How far.
    pub level: SkillLevel,
    /// The day, `2026-09-15`.
    pub day: String,
}

/// Marks a skill. A second mark of the same day replaces the first; other days stand beside it.
///
/// # Errors
/// `Invalid` for a skill or a day that is none, somebody who does not mentor the visit, or an
/// officer who is no enforcer on the roster; `NotFound`; `Sign`, `Storage`.
pub fn mark_skill(desk: &Desk<'_>, request: &MarkSkill) -> Result<SkillMark> {
    day("day", &request.day)?;
    if !AGENDA.iter().any(|(tag, _)| *tag == request.skill) {
        let known: Vec<_> = AGENDA.iter().map(|(tag, _)| *tag).collect();
        return Err(Error::invalid(
            "skill",
            format!("没有“{}”这项技能，可用：{}", request.skill, known.join("、")),
            format!("there is no skill {}: use {}", request.skill, known.join(", ")),
        ));
    }
    let place = established(desk.store())?;
    desk.write(|page| {
        only_mentor(page.read(), desk, request.visit)?;
        let roster: Vec<Officer> = read_all(page.read(), place.roster)?;
        let is_enforcer =
            |line: &Officer| line.writer == request.officer && line.role == Role::Enforcer;
        if !roster.iter().any(is_enforcer) {
            return Err(Error::invalid(
                "officer",
                "名册上没有这名执法人员",
                "no such enforcement officer is on the roster",
            ));
        }
        let dossier = open_teaching(page, request.visit, &place.area)?;
        let name = format!("skill/{}/{}/{}", request.officer, request.skill, request.day);
        let mark = EntityId::derived(dossier, &name);
        page.put(
            Entry::new("skill.mark/1", dossier, mark)
                .set("officer", request.officer.raw().as_slice())
                .set("skill", request.skill.as_str())
                .set("level", request.level.word())
                .set("day", request.day.as_str()),
        )?;
        read_one(page.read(), dossier, mark)
    })
}
