//! Prints a document 出具文书: filled from what was signed, numbered, set, and recorded with its
//! digests, so that the sheet of paper and the record can be told to be the same for ever.
//!
//! The op is on the disk before the caller has the bytes. Who loses them prints again: the same
//! document, number and bytes. Nothing is issued a second time, and both prints are noted.

mod content;
mod draw;
mod pictures;
mod press;
mod preview;
mod words;

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use angen_documents::{DocumentNumber, Form, Sealing};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::note_custody::{Handing, NoteCustody, prepare_custody, put_custody};
use crate::action::number_documents::{device_of, keep_device, new_device};
use crate::desk::{Desk, Entry, Page};
use crate::domain::{CustodyAct, Issued};
use crate::error::{Error, Result};
use crate::procedure::paper::{ByHand, DrawUp, DrawnUp, Lack, standing_paper, subject_of};
use draw::{Drawing, fresh, once_more};

pub use content::digest_of_document;
pub use press::{FileKind, PrintedFile, Printer};
pub use preview::{DocumentPreview, PreviewLine, preview_document};
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

/// A new document: a number, the op, the files.
fn issue(
    desk: &Desk<'_>,
    page: &mut Page<'_, '_>,
    printer: &Printer,
    request: &PrintDocument,
    about: EntityId,
) -> Result<Step<PrintedDocument>> {
    let held = device_of(page.read())?;
    let device = held.clone().unwrap_or_else(|| new_device(desk.ports()));
    let Drawing { ask, drawn } = fresh(desk, page.read(), printer, request, about, &device)?;
    let drawn = match drawn {
        Ok(drawn) => drawn,
        Err(undrawn) => return Ok(Err(undrawn.lacks)),
    };
    let document = page.new_entity();
    let files = match printer.press(&drawn.document, &request.files, ask.made_at_ms, document) {
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
        is_provisional: matches!(ask.number, Some(DocumentNumber::Provisional(_))),
        number: ask.number.map(|number| number.to_string()),
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
    let drawn = match once_more(desk, page.read(), printer, request, issued)?.drawn {
        Ok(drawn) => drawn,
        Err(undrawn) => return Ok(Err(undrawn.lacks)),
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

const PRESEALED: &str = "presealed";

fn sealing_word(sealing: Sealing) -> &'static str {
    match sealing {
        Sealing::Presealed => PRESEALED,
        Sealing::Later => "later",
    }
}
