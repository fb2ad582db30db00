//! The timeline: every op, never before what it builds on.

use std::collections::HashSet;

use angen_core::domain::china_time;
use angen_ledger::op::Op;

use crate::book::Book;
use crate::change::{ChangeView, change};
use crate::media::anchor;
use crate::sentence::sentence;

/// Ops that follow each other and claim the same day.
pub(crate) struct Day {
    pub(crate) date: String,
    pub(crate) lines: Vec<Line>,
}

/// One op.
pub(crate) struct Line {
    pub(crate) time: String,
    pub(crate) who: String,
    pub(crate) what: String,
    /// Where the page shows more of it.
    pub(crate) link: Option<String>,
    pub(crate) dossier: String,
    pub(crate) change: Option<ChangeView>,
    pub(crate) hash: String,
}

/// Every op, in runs of one claimed day. `anchors` are the places that the page has.
pub(crate) fn timeline(book: &Book<'_>, anchors: &HashSet<String>) -> Vec<Day> {
    let mut days: Vec<Day> = Vec::new();
    for op in &book.ops {
        let claimed = china_time(op.header.wall_ms);
        let (date, time) = claimed.split_once(' ').unwrap_or((&claimed, ""));
        if days.last().is_none_or(|day| day.date != date) {
            days.push(Day { date: date.to_owned(), lines: Vec::new() });
        }
        let day = days.last_mut().expect("a day was added above");
        day.lines.push(line(book, op, time, anchors));
    }
    days
}

fn line(book: &Book<'_>, op: &Op, time: &str, anchors: &HashSet<String>) -> Line {
    let dossier = book.dossiers.iter().find(|known| known.dossier == op.header.dossier);
    Line {
        time: time.to_owned(),
        who: book.who(op.header.writer),
        what: sentence(book, op),
        link: Some(anchor(op.header.entity)).filter(|link| anchors.contains(link)),
        dossier: dossier.map(|known| book.say.code("type", &known.kind)).unwrap_or_default(),
        change: change(book, op),
        hash: op.hash.short(),
    }
}
