//! Draws a document up: one way for who issues it, who prints it again, and who only looks at it.

use std::collections::BTreeMap;

use angen_documents::{DocumentNumber, Form, Sealing, Series};
use angen_ledger::id::EntityId;
use chrono::Datelike as _;
use rusqlite::Connection;

use super::content::digest_of_document;
use super::{PRESEALED, PrintDocument, Printer, pictures};
use crate::action::look::no_mentor;
use crate::action::number_documents::register_error;
use crate::desk::Desk;
use crate::domain::{Issued, china_clock};
use crate::error::Result;
use crate::procedure::paper::{ByHand, DrawUp, DrawnUp, Lack, Undrawn, draw_up};
use crate::procedure::{may_issue, numbers};

/// What was asked to be drawn, and the paper, or what stands against it.
pub(super) struct Drawing {
    pub(super) ask: DrawUp,
    pub(super) drawn: std::result::Result<DrawnUp, Undrawn>,
}

/// A new document, under the number that a device of this name would give it now.
pub(super) fn fresh(
    desk: &Desk<'_>,
    read: &Connection,
    printer: &Printer,
    request: &PrintDocument,
    about: EntityId,
    device: &str,
) -> Result<Drawing> {
    no_mentor(read, desk, request.dossier)?;
    let made_at_ms = desk.ports().clock.now().wall_ms;
    let series = series(read, request, made_at_ms, device)?;
    let number = match &series {
        Some(series) => Some(numbers(read)?.next(series, device).map_err(register_error)?),
        None => None,
    };
    let ask = request.fresh(about, made_at_ms, number);
    let drawn = draw(desk, read, printer, &ask)?;
    let drawn = drawn.map_err(|undrawn| with_series(undrawn, request.form, series.is_some()));
    Ok(Drawing { ask, drawn })
}

/// The same document once more: its own number, time and words, and so its own bytes.
pub(super) fn once_more(
    desk: &Desk<'_>,
    read: &Connection,
    printer: &Printer,
    request: &PrintDocument,
    issued: &Issued,
) -> Result<Drawing> {
    let given: BTreeMap<String, String> = issued.given.iter().cloned().collect();
    let number = issued.printed_number().and_then(|number| number.parse().ok());
    let ask = DrawUp {
        dossier: request.dossier,
        form: request.form,
        about: issued.about,
        made_at_ms: issued.made_at_ms,
        number,
        sealing: if issued.sealing == PRESEALED { Sealing::Presealed } else { Sealing::Later },
        given,
        by_hand: ByHand::Named(issued.by_hand.iter().cloned().collect()),
        inherits: false,
    };
    let asks_otherwise = request.given.iter().any(|(key, words)| ask.given.get(key) != Some(words));
    let drawn = match draw(desk, read, printer, &ask)? {
        Ok(drawn) if !asks_otherwise && digest_of_document(&drawn.document) == issued.content => {
            Ok(drawn)
        }
        Ok(drawn) => Err(Undrawn { lacks: vec![changed(issued)], lines: drawn.document.lines() }),
        Err(undrawn) => Err(Undrawn { lacks: vec![changed(issued)], ..undrawn }),
    };
    Ok(Drawing { ask, drawn })
}

impl PrintDocument {
    fn fresh(&self, about: EntityId, made_at_ms: i64, number: Option<DocumentNumber>) -> DrawUp {
        DrawUp {
            dossier: self.dossier,
            form: self.form,
            about,
            made_at_ms,
            number,
            sealing: self.sealing,
            given: self.given.clone(),
            by_hand: self.by_hand.clone(),
            // What another person answered is never put into somebody's mouth.
            inherits: self.form != Form::InterviewRecord,
        }
    }
}

/// Draws it up, with small pictures of what was captured.
fn draw(
    desk: &Desk<'_>,
    read: &Connection,
    printer: &Printer,
    ask: &DrawUp,
) -> Result<std::result::Result<DrawnUp, Undrawn>> {
    let store = desk.store();
    let thumbnail = |file: &_| pictures::thumbnail(store, read, printer, ask.dossier, file);
    draw_up(read, ask, &thumbnail)
}

/// The series that a form is counted in, by the mandate under which it is issued; none when the
/// form has no number, or nothing says which.
fn series(
    read: &Connection,
    request: &PrintDocument,
    made_at_ms: i64,
    device: &str,
) -> Result<Option<Series>> {
    let (Some(code), Some(clock)) = (request.form.code(), china_clock(made_at_ms)) else {
        return Ok(None);
    };
    let day = clock.date();
    let issuer = may_issue(read, request.dossier, request.form.slug(), day)?.issuer;
    let region = issuer.and_then(|issuer| issuer.number_region);
    let year = u16::try_from(day.year()).unwrap_or_default();
    Ok(numbers(read)?.series(region.as_deref(), code, year, device))
}

/// One thing has one document that stands: a second one with other words would contradict it.
fn changed(issued: &Issued) -> Lack {
    let name = issued.known_number().map_or_else(|| issued.document.to_string(), str::to_owned);
    Lack::new(
        "document",
        format!("这份文书已出具（{name}），此后记录或补填内容有变：要另出一份，请先写明原因作废它"),
        format!(
            "this document was issued already ({name}), and records or words have changed since: void it with a reason before another is issued"
        ),
    )
}

/// Says why there is no number, where the form only says that it is missing.
fn with_series(mut undrawn: Undrawn, form: Form, is_known: bool) -> Undrawn {
    if form.code().is_some() && !is_known {
        for lack in undrawn.lacks.iter_mut().filter(|lack| lack.place == "number") {
            "文号的机关简称不明：请先预留号段".clone_into(&mut lack.zh);
            "nothing says which series it is numbered in: reserve a block of numbers first"
                .clone_into(&mut lack.en);
        }
    }
    undrawn
}
