//! Plans an assistance visit 执法帮扶: opens its dossier.

use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::action::establish::{established, opening};
use crate::action::look::newest;
use crate::desk::{Desk, Entry};
use crate::domain::{Officer, Role, Round, read_all};
use crate::error::{Error, Result};
use crate::procedure::{PROFILES, profile_named, round_entity};

/// What is planned.
#[derive(Debug, Clone)]
pub struct PlanAssistance {
    /// Round, from 1.
    pub round: u32,
    /// The dated profile of what counts: `rizhao-2021` or `since-2025`.
    pub profile: String,
    /// The mentors' writers.
    pub mentors: Vec<WriterId>,
    /// The dossier of the round that it belongs to, if it is here.
    pub round_dossier: Option<DossierId>,
}

/// The dossier that was opened, and the visit in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct AssistanceView {
    /// The dossier.
    pub dossier: DossierId,
    /// The visit.
    pub assistance: EntityId,
}

/// Plans an assistance visit in this township.
///
/// # Errors
/// `Invalid` for an unknown profile, round 0, a round of another number, or someone who is no
/// mentor on the roster; `Sign`, `Storage`.
pub fn plan_assistance(desk: &Desk<'_>, request: &PlanAssistance) -> Result<AssistanceView> {
    if request.round == 0 {
        return Err(Error::invalid("round", "轮次从 1 开始", "rounds begin at 1"));
    }
    if profile_named(&request.profile).is_none() {
        let known: Vec<&str> = PROFILES.iter().map(|profile| profile.name).collect();
        return Err(Error::invalid(
            "profile",
            format!("没有“{}”这套口径，可用：{}", request.profile, known.join("、")),
            format!("there is no profile {}: use {}", request.profile, known.join(" or ")),
        ));
    }
    let place = established(desk.store())?;
    desk.write(|page| {
        let roster: Vec<Officer> = read_all(page.read(), place.roster)?;
        let dossier = DossierId(page.new_entity().0);
        let assistance = page.new_entity();
        let title = format!("{}执法帮扶（第{}轮）", place.township, request.round);
        page.put(opening(dossier, "assistance", &title, &place.area))?;
        let mentors = request.mentors.iter().map(|mentor| Value::from(mentor.raw().as_slice()));
        let mut entry = Entry::new("assistance.plan/1", dossier, assistance)
            .set("township", place.township.as_str())
            .set("round", i64::from(request.round))
            .set("profile", request.profile.as_str())
            .set("mentors", mentors.collect::<Vec<_>>());
        for mentor in &request.mentors {
            let enrolled = roster.iter().find(|officer| officer.writer == *mentor);
            match enrolled.and_then(|officer| officer.op.filter(|_| officer.role == Role::Mentor)) {
                Some(op) => entry = entry.rely_on("mentor", place.roster, op),
                None => {
                    return Err(Error::invalid(
                        "mentors",
                        format!("{mentor} 不在名册的帮扶专家里"),
                        format!("{mentor} is no mentor on the roster"),
                    ));
                }
            }
        }
        if let Some(round) = request.round_dossier {
            let (known, op) = newest::<Round>(page.read(), round, round_entity(round))?;
            if known.number != i64::from(request.round) {
                return Err(Error::invalid(
                    "round",
                    format!("这个卷宗是第 {} 轮，不是第 {} 轮", known.number, request.round),
                    format!("that dossier is round {}, not {}", known.number, request.round),
                ));
            }
            entry = entry.set("round_dossier", round.raw().as_slice()).rely_on("round", round, op);
        }
        page.put(entry)?;
        Ok(AssistanceView { dossier, assistance })
    })
}
