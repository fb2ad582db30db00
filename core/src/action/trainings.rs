//! The trainings 培训 of an assistance visit, with who attended.

use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::action::establish::established;
use crate::action::look::{Names, dossier_of_kind};
use crate::action::paged::Paged;
use crate::domain::{Attendance, Noun as _, Training, read_all};
use crate::error::Result;
use crate::store::{self, Store};

/// Somebody who attended 签到, by their own writer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Attendee {
    /// The writer.
    pub writer: WriterId,
    /// The name; none where the roster does not have them.
    pub name: Option<String>,
}

/// A training as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrainingRow {
    /// The entity.
    pub training: EntityId,
    /// What it was about.
    pub title: String,
    /// The trainer's writer.
    pub trainer: Option<WriterId>,
    /// The trainer's name; none where the roster does not have them.
    pub trainer_name: Option<String>,
    /// Tags of the agenda that it covered.
    pub agenda: Vec<String>,
    /// Where.
    pub place: String,
    /// From, in milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// To, in milliseconds since 1970 UTC.
    pub to_ms: i64,
    /// Who attended.
    pub attended: Vec<Attendee>,
}

/// A page of the trainings of a visit, the newest first. `before` is the `next` of the page before.
///
/// # Errors
/// `NotFound` when the dossier is no assistance visit here; `Paused`, `Storage`.
pub fn trainings(
    store: &Store,
    visit: DossierId,
    before: Option<u32>,
) -> Result<Paged<TrainingRow>> {
    let place = established(store)?;
    store.read(|read| {
        dossier_of_kind(read, visit, "assistance")?;
        let names = Names::read(read, place.roster)?;
        let attended: Vec<Attendance> = read_all(read, visit)?;
        let all = store::entities(read, visit, Training::NOUN)?;
        Paged::newest(all.len(), before, |at| {
            let held = Training::from_fields(all[at], &store::fields_of(read, visit, all[at])?);
            Ok(held.map(|held| {
                let here = attended.iter().filter(|line| line.training == held.training);
                let here = here.map(|line| line.writer);
                TrainingRow {
                    training: held.training,
                    title: held.title,
                    trainer: held.trainer,
                    trainer_name: held.trainer.and_then(|writer| names.of(writer)),
                    agenda: held.agenda,
                    place: held.place,
                    from_ms: held.held_ms.0,
                    to_ms: held.held_ms.1,
                    attended: here
                        .map(|writer| Attendee { writer, name: names.of(writer) })
                        .collect(),
                }
            }))
        })
    })
}
