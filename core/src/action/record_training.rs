//! Records a training 培训 of an assistance visit, and attendance by each one's own writer.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;
use rusqlite::Connection;

use crate::action::establish::established;
use crate::action::look::{dossier_of_kind, not_empty};
use crate::desk::{Desk, Entry};
use crate::domain::{AGENDA, Appointment, Officer, Training, china_day, read_all, read_one};
use crate::error::{Error, Result};

/// What is recorded.
#[derive(Debug, Clone)]
pub struct RecordTraining {
    /// The dossier of the assistance visit.
    pub dossier: DossierId,
    /// What it was about.
    pub title: String,
    /// The trainer's writer.
    pub trainer: WriterId,
    /// Agenda tags, of [`AGENDA`].
    pub agenda: Vec<String>,
    /// Where it was held.
    pub place: String,
    /// From and to, in milliseconds since 1970 UTC.
    pub held_ms: (i64, i64),
}

/// Records a training.
///
/// # Errors
/// `Invalid` for an unknown agenda tag, an end before the start, an empty title or place;
/// `NotFound` when the dossier is no assistance visit here; `Sign`, `Storage`.
pub fn record_training(desk: &Desk<'_>, request: &RecordTraining) -> Result<Training> {
    not_empty("title", &request.title)?;
    not_empty("place", &request.place)?;
    for tag in &request.agenda {
        if !AGENDA.iter().any(|(known, _)| known == tag) {
            let known: Vec<_> = AGENDA.iter().map(|(known, _)| *known).collect();
            return Err(Error::invalid(
                "agenda",
                format!("没有“{tag}”这一环节，可用：{}", known.join("、")),
                format!("there is no agenda tag {tag}: use {}", known.join(", ")),
            ));
        }
    }
    if request.held_ms.1 < request.held_ms.0 {
        return Err(Error::invalid("held", "结束早于开始", "it ends before it begins"));
    }
    let place = established(desk.store())?;
    desk.write(|page| {
        dossier_of_kind(page.read(), request.dossier, "assistance")?;
        let training = page.new_entity();
        let agenda = request.agenda.iter().map(|tag| Value::from(tag.as_str()));
        let mut entry = Entry::new("training.record/1", request.dossier, training)
            .set("title", request.title.as_str())
            .set("trainer", request.trainer.raw().as_slice())
            .set("agenda", agenda.collect::<Vec<_>>())
            .set("place_name", request.place.as_str())
            .set("from", request.held_ms.0)
            .set("to", request.held_ms.1);
        for op in appointments_of(page.read(), place.roster, request)? {
            entry = entry.rely_on("appointment", place.roster, op);
        }
        page.put(entry)?;
        read_one(page.read(), request.dossier, training)
    })
}

/// The trainer's appointments on the first day: whoever gets the visit alone sees by them that the
/// trainer was of the pool. None is no reason not to record what was held.
fn appointments_of(
    read: &Connection,
    roster: DossierId,
    request: &RecordTraining,
) -> Result<Vec<Hash>> {
    let Some(day) = china_day(request.held_ms.0) else { return Ok(Vec::new()) };
    let people: Vec<Officer> = read_all(read, roster)?;
    let is_trainer = |held: &Appointment| {
        people.iter().any(|line| line.officer == held.person && line.writer == request.trainer)
    };
    let held: Vec<Appointment> = read_all(read, roster)?;
    let held = held.iter().filter(|held| is_trainer(held) && held.is_valid_on(day));
    Ok(held.map(|held| held.op).collect())
}

/// Confirms that the officer at the desk attended. Doing it again changes nothing.
///
/// # Errors
/// `NotFound` when there is no such training; `Sign`, `Storage`.
pub fn confirm_attendance(
    desk: &Desk<'_>,
    dossier: DossierId,
    training: EntityId,
) -> Result<Option<Hash>> {
    desk.write(|page| {
        read_one::<Training>(page.read(), dossier, training)?;
        let name = format!("attendance/{training}/{}", desk.writer());
        let attendance = EntityId::derived(dossier, &name);
        if !crate::store::fields_of(page.read(), dossier, attendance)?.is_empty() {
            return Ok(None);
        }
        let entry = Entry::new("attendance.confirm/1", dossier, attendance)
            .set("training", training.raw().as_slice());
        page.put(entry).map(Some)
    })
}
