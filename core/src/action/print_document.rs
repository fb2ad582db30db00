//! Prints a document 出具文书: filled from what was signed, numbered, set, and recorded with its
//! digests, so that the sheet of paper and the record can be told to be the same for ever.
//!
//! The op is on the disk before the caller has the bytes. Who loses them prints again: the same
//! document, number and bytes. Nothing is issued a second time, and both prints are noted.

mod content;
mod pictures;
mod press;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use angen_documents::{DocumentNumber, Form, Sealing, Series};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;
use chrono::Datelike;
use rusqlite::Connection;

use crate::action::look::no_mentor;
use crate::action::note_custody::{Handing, NoteCustody, prepare_custody, put_custody};
use crate::action::number_documents::{device_of, keep_device, new_device, register_error};
use crate::desk::{Desk, Entry, Page};
use crate::domain::{CustodyAct, Issued, china_clock};
use crate::error::{Error, Result};
use crate::procedure::paper::{ByHand, DrawUp, DrawnUp, Lack, draw_up, standing_paper, subject_of};
use crate::procedure::{may_issue, numbers};

pub use content::digest_of_document;
pub use press::{FileKind, PrintedFile, Printer};
pub use words::lacks_in_words;

/// What is printed.
#[derive(Debug, Clone)]
pub struct PrintDocument {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The form.
    pub form: Form,
    /// What it is about, where the dossier holds more than one: an interview, a list of digests.
    pub about: Option<EntityId>,
    /// When the seal meets the paper.
    pub sealing: Sealing,
    /// What stands in no op, by the key of the field: `phone`, `recusal`, `court`.
    pub given: BTreeMap<String, String>,
    /// Which fields are left to the pen.
    pub by_hand: ByHand,
    /// As which files; none but the record, if it is empty.
    pub files: BTreeSet<FileKind>,
}

/// A document that was printed.
#[derive(Debug, Clone)]
pub struct PrintedDocument {
    /// The document.
    pub document: EntityId,
    /// The op that issued it.
    pub op: Hash,
    /// The form.
    pub form: Form,
    /// What stands on it as its number.
    pub number: Option<String>,
    /// Whether that is a provisional one.
    pub is_provisional: bool,
    /// Whether it had been printed before, and nothing but this print was recorded now.
    pub is_again: bool,
    /// The files, in the order PDF, DOCX, sheet to copy from.
    pub files: Vec<PrintedFile>,
}

/// Why a document is not printed.
#[derive(Debug, thiserror::Error)]
pub enum PrintError {
    /// What stands against it, all at once. Nothing was recorded, no number was used.
    #[error("the {} cannot be issued yet: {}", .form.title_en(), in_english(.lacks))]
    Refused {
        /// The form.
        form: Form,
        /// Never empty.
        lacks: Vec<Lack>,
    },
    /// Everything else.
    #[error(transparent)]
    Core(#[from] Error),
}

/// Writes a document's files into a folder. The document is recorded already: who runs out of room
/// prints again, and has the same.
///
/// # Errors
/// `File`.
pub fn write_files(folder: &Path, files: &[PrintedFile]) -> Result<()> {
    std::fs::create_dir_all(folder).map_err(|source| Error::file(folder, source))?;
    for file in files {
        let path = folder.join(&file.name);
        std::fs::write(&path, &file.bytes).map_err(|source| Error::file(&path, source))?;
    }
    Ok(())
}

fn in_english(lacks: &[Lack]) -> String {
    lacks.iter().map(|lack| lack.en.as_str()).collect::<Vec<_>>().join("; ")
}

/// What a step gives, or what stands against the document.
type Step<T> = std::result::Result<T, Vec<Lack>>;

/// Prints a document.
///
/// # Errors
/// `Refused` with everything that stands against it; `NotFound` for a dossier, interview or list
/// that is not here; `Invalid` for a form that the dossier does not have, or a mentor, who issues
/// nothing; `Sign`, `Storage`.
pub fn print_document(
    desk: &Desk<'_>,
    printer: &Printer,
    request: &PrintDocument,
) -> std::result::Result<PrintedDocument, PrintError> {
    let form = request.form;
    prepare_custody(desk, request.dossier)?;
    let printed = desk.write(|page| {
        let about = subject_of(page.read(), request.dossier, form, request.about)?;
        let printed = match standing_paper(page.read(), request.dossier, form, Some(about))? {
            Some(issued) => again(desk, page, printer, request, &issued)?,
            None => issue(desk, page, printer, request, about)?,
        };
        if let Ok(printed) = &printed {
            note_print(page, request.dossier, printed)?;
        }
        Ok(printed)
    })?;
    printed.map_err(|lacks| PrintError::Refused { form, lacks })
}

/// Every set of files that leaves the record is a custody event, whether the document is new or
/// printed again. To whom each copy went is told by who served it.
fn note_print(
    page: &mut Page<'_, '_>,
    dossier: DossierId,
    printed: &PrintedDocument,
) -> Result<()> {
    if printed.files.is_empty() {
        return Ok(());
    }
    let about = vec![printed.document];
    let (fields, handing) = (Vec::new(), Handing::default());
    put_custody(page, &NoteCustody { act: CustodyAct::Print, dossier, about, fields, handing })?;
    Ok(())
}

/// What stands against a document, without printing it: empty when it can be printed now.
///
/// # Errors
/// As [`print_document`], but for `Refused`.
pub fn document_lacks(
    desk: &Desk<'_>,
    printer: &Printer,
    request: &PrintDocument,
) -> Result<Vec<Lack>> {
    desk.store().read(|read| {
        let about = subject_of(read, request.dossier, request.form, request.about)?;
        let made_at_ms = desk.ports().clock.now().wall_ms;
        let device = device_of(read)?.unwrap_or_default();
        let series = series(read, request, made_at_ms, &device)?;
        // Any number of the series will do to ask; none is used.
        let number = series.and_then(|series| series.number(1).ok()).map(DocumentNumber::Final);
        let ask = request.fresh(about, made_at_ms, number);
        let drawn = draw(desk, read, printer, &ask)?;
        Ok(drawn.err().unwrap_or_default())
    })
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
) -> Result<Step<DrawnUp>> {
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

/// A new document: a number, the op, the files.
fn issue(
    desk: &Desk<'_>,
    page: &mut Page<'_, '_>,
    printer: &Printer,
    request: &PrintDocument,
    about: EntityId,
) -> Result<Step<PrintedDocument>> {
    no_mentor(page.read(), desk, request.dossier)?;
    let made_at_ms = desk.ports().clock.now().wall_ms;
    let held = device_of(page.read())?;
    let device = held.clone().unwrap_or_else(|| new_device(desk.ports()));
    let series = series(page.read(), request, made_at_ms, &device)?;
    let number = match &series {
        Some(series) => Some(numbers(page.read())?.next(series, &device).map_err(register_error)?),
        None => None,
    };
    let ask = request.fresh(about, made_at_ms, number.clone());
    let drawn = match draw(desk, page.read(), printer, &ask)? {
        Ok(drawn) => drawn,
        Err(lacks) => return Ok(Err(with_series(lacks, request.form, series.is_some()))),
    };
    let document = page.new_entity();
    let files = match printer.press(&drawn.document, &request.files, made_at_ms, document) {
        Ok(files) => files,
        Err(lacks) => return Ok(Err(lacks)),
    };
    if held.is_none() {
        keep_device(page, &device)?;
    }
    let op = page.put(entry(document, &ask, &drawn, &device, &files))?;
    Ok(Ok(PrintedDocument {
        document,
        op,
        form: request.form,
        is_provisional: matches!(number, Some(DocumentNumber::Provisional(_))),
        number: number.map(|number| number.to_string()),
        is_again: false,
        files,
    }))
}

fn entry(
    document: EntityId,
    ask: &DrawUp,
    drawn: &DrawnUp,
    device: &str,
    files: &[PrintedFile],
) -> Entry {
    let content = digest_of_document(&drawn.document);
    let pair = |(field, words): (&String, &String)| {
        let pair = [("field", field), ("words", words)];
        Value::map(pair.map(|(name, text)| (name, Value::from(text.as_str()))))
    };
    let given: Vec<Value> = drawn.given.iter().map(pair).collect();
    let by_hand: Vec<Value> = drawn.by_hand.iter().map(|key| Value::from(key.as_str())).collect();
    let mut entry = Entry::new("document.issue/1", ask.dossier, document)
        .set("form", ask.form.slug())
        .set("about", ask.about.raw().as_slice())
        .set("made_at", ask.made_at_ms)
        .set("device", device)
        .set("sealing", sealing_word(ask.sealing))
        .set("content", content.as_bytes().as_slice())
        .set_some("given", (!given.is_empty()).then_some(given))
        .set_some("by_hand", (!by_hand.is_empty()).then_some(by_hand));
    entry = match &ask.number {
        Some(DocumentNumber::Final(number)) => entry.set("number", number.to_string()),
        Some(DocumentNumber::Provisional(number)) => entry.set("provisional", number.to_string()),
        None => entry,
    };
    if let Some(pdf) = files.iter().find(|file| file.kind == FileKind::Pdf) {
        entry = entry
            .set("pdf", pdf.sha256().as_bytes().as_slice())
            .set("pdf_length", i64::try_from(pdf.bytes.len()).unwrap_or(i64::MAX));
    }
    for (role, dossier, op) in &drawn.refs {
        entry = entry.rely_on(role, *dossier, *op);
    }
    entry
}

/// The same document once more: its own number, time and words, and so its own bytes.
fn again(
    desk: &Desk<'_>,
    page: &Page<'_, '_>,
    printer: &Printer,
    request: &PrintDocument,
    issued: &Issued,
) -> Result<Step<PrintedDocument>> {
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
    let drawn = match draw(desk, page.read(), printer, &ask)? {
        Ok(drawn) if !asks_otherwise && digest_of_document(&drawn.document) == issued.content => {
            drawn
        }
        _ => return Ok(Err(vec![changed(issued)])),
    };
    let files =
        match printer.press(&drawn.document, &request.files, issued.made_at_ms, issued.document) {
            Ok(files) => files,
            Err(lacks) => return Ok(Err(lacks)),
        };
    Ok(Ok(PrintedDocument {
        document: issued.document,
        op: issued.op,
        form: request.form,
        number: issued.printed_number().map(str::to_owned),
        is_provisional: issued.provisional.is_some(),
        is_again: true,
        files,
    }))
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
fn with_series(mut lacks: Vec<Lack>, form: Form, is_known: bool) -> Vec<Lack> {
    if form.code().is_some() && !is_known {
        for lack in lacks.iter_mut().filter(|lack| lack.place == "number") {
            "文号的机关简称不明：请先预留号段".clone_into(&mut lack.zh);
            "nothing says which series it is numbered in: reserve a block of numbers first"
                .clone_into(&mut lack.en);
        }
    }
    lacks
}

const PRESEALED: &str = "presealed";

fn sealing_word(sealing: Sealing) -> &'static str {
    match sealing {
        Sealing::Presealed => PRESEALED,
        Sealing::Later => "later",
    }
}
