//! Trainings 培训 and who attended.

use angen_core::action::{self, Attendee, Paged, TrainingRow};
use angen_core::domain::Training;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// Somebody who attended 签到, by their own writer.
#[uniffi::remote(Record)]
pub struct Attendee {
    /// The writer.
    pub writer: WriterId,
    /// The name; none where the roster does not have them.
    pub name: Option<String>,
}

/// A training as a list shows it.
#[uniffi::remote(Record)]
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

/// One page of trainings.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrainingPage {
    /// The rows, the newest first.
    pub rows: Vec<TrainingRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<u32>,
}

/// A training that is recorded.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecordTraining {
    /// The dossier of the assistance visit.
    pub dossier: DossierId,
    /// What it was about.
    pub title: String,
    /// The trainer's writer.
    pub trainer: WriterId,
    /// Tags of the agenda that it covered: `check`, `record`, `order`, `recheck`, `filing`,
    /// `evidence`, `notice_defence`, `review_decision`, `service`, `payment`, `closing`.
    pub agenda: Vec<String>,
    /// Where it was held.
    pub place: String,
    /// From, in milliseconds since 1970 UTC.
    pub from_ms: i64,
    /// To, in milliseconds since 1970 UTC.
    pub to_ms: i64,
}

/// The training that was recorded.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TrainingView {
    /// The entity.
    pub training: EntityId,
    /// What it was about.
    pub title: String,
}

impl From<Paged<TrainingRow>> for TrainingPage {
    fn from(page: Paged<TrainingRow>) -> Self {
        Self { rows: page.rows, next: page.next }
    }
}

impl From<RecordTraining> for action::RecordTraining {
    fn from(request: RecordTraining) -> Self {
        let RecordTraining { dossier, title, trainer, agenda, place, from_ms, to_ms } = request;
        Self { dossier, title, trainer, agenda, place, held_ms: (from_ms, to_ms) }
    }
}

impl From<Training> for TrainingView {
    fn from(held: Training) -> Self {
        Self { training: held.training, title: held.title }
    }
}
