//! What the page shows of a training: the agenda against the whole loop, and who attended.

use angen_core::domain::{AGENDA, Attendance, Training};
use angen_ledger::id::DossierId;

use crate::book::Book;
use crate::media::{MediaView, media};
use crate::show::to_the_minute;

/// A training with who attended.
pub(crate) struct TrainingView {
    pub(crate) title: String,
    pub(crate) facts: Vec<(String, String)>,
    /// Every part of the loop, and whether the training covered it.
    pub(crate) agenda: Vec<(String, bool)>,
    pub(crate) attended: Vec<(String, String)>,
    pub(crate) media: Vec<MediaView>,
}

/// The trainings of a dossier.
pub(crate) fn trainings(book: &Book<'_>, dossier: DossierId) -> Vec<TrainingView> {
    let say = book.say;
    let attendances: Vec<Attendance> = book.all(dossier);
    let view = |training: Training| {
        let held = training.held_ms;
        let mut facts = vec![(
            say.t("时间", "Held").to_owned(),
            format!("{} – {}", to_the_minute(held.0), to_the_minute(held.1)),
        )];
        facts.push((say.field("place_name"), training.place.clone()));
        facts.extend(training.trainer.map(|writer| (say.field("trainer"), book.who(writer))));
        let attended = attendances.iter().filter(|a| a.training == training.training);
        let confirmed = |attendance: &Attendance| {
            let op = book.op(&attendance.op);
            let when = op.map(|op| to_the_minute(op.header.wall_ms)).unwrap_or_default();
            (book.who(attendance.writer), when)
        };
        let covered = |code: &str| training.agenda.iter().any(|tag| tag == code);
        TrainingView {
            title: training.title.clone(),
            facts,
            agenda: AGENDA
                .iter()
                .map(|(code, _)| (say.code("agenda", code), covered(code)))
                .collect(),
            attended: attended.map(confirmed).collect(),
            media: media(book, |_, file| file.about == Some(training.training)),
        }
    };
    book.all::<Training>(dossier).into_iter().map(view).collect()
}
