//! The expert pool 专家库: who is appointed, in what, until when, and how much they carry.

use angen_ledger::id::WriterId;
use chrono::NaiveDate;

use crate::domain::{Appointment, Assistance, Listed, Source, Training, read_all};
use crate::error::Result;
use crate::procedure::board::View;

/// A member of the pool.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PoolMember {
    /// The appointment.
    pub appointment: Appointment,
    /// The person's writer; none before the person is enrolled.
    pub writer: Option<WriterId>,
    /// The name.
    pub name: String,
    /// The body that the person comes from.
    pub organisation: String,
    /// Whether the appointment holds on the day.
    pub is_valid: bool,
    /// Assistance visits that name the person as a mentor: the load.
    pub visits: usize,
    /// Trainings that the person held.
    pub trainings: usize,
}

/// Every appointment on the rosters that are here, with its person and the load, those that hold
/// on the day first.
///
/// # Errors
/// What the source returns.
pub fn pool(source: &dyn Source, day: NaiveDate) -> Result<Vec<PoolMember>> {
    let view = View::open(source, &[])?;
    let mut plans: Vec<Assistance> = Vec::new();
    let mut trainings: Vec<Training> = Vec::new();
    for visit in view.dossiers.iter().filter(|dossier| dossier.kind == "assistance") {
        plans.extend(read_all::<Assistance>(source, visit.dossier)?);
        trainings.extend(read_all::<Training>(source, visit.dossier)?);
    }
    let mut people: Vec<Listed> = Vec::new();
    for roster in view.dossiers.iter().filter(|dossier| dossier.kind == "roster") {
        people.extend(read_all::<Listed>(source, roster.dossier)?);
    }
    let mut members = Vec::new();
    for appointment in view.appointments {
        let Some(listed) = people.iter().find(|one| one.officer == appointment.person) else {
            continue;
        };
        let is_theirs = |writer: &WriterId| listed.writer == Some(*writer);
        let visits = plans.iter().filter(|plan| plan.mentors.iter().any(is_theirs));
        let held = trainings.iter().filter(|held| held.trainer.as_ref().is_some_and(is_theirs));
        members.push(PoolMember {
            is_valid: appointment.is_valid_on(day),
            writer: listed.writer,
            name: listed.name.clone(),
            organisation: listed.organisation.clone(),
            visits: visits.count(),
            trainings: held.count(),
            appointment,
        });
    }
    members
        .sort_by_key(|m| (!m.is_valid, m.visits, m.appointment.until, m.appointment.appointment));
    Ok(members)
}
