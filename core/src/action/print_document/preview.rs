//! Shows a document before it is issued 预览: drawn as issuing it would draw it, with the number
//! that it would take. Nothing is recorded and no number is used.

use angen_documents::{DocumentNumber, Form, Line};
use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;

use super::content::digest_of_document;
use super::draw::{Drawing, fresh, once_more};
use super::{PrintDocument, Printer};
use crate::action::number_documents::device_of;
use crate::desk::Desk;
use crate::domain::Bilingual;
use crate::error::Result;
use crate::procedure::paper::{Lack, standing_paper, subject_of};

/// Stands for a device that gives itself a name when it first issues something.
const UNNAMED: &str = "0";

/// A document as it would stand on paper.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPreview {
    /// The form.
    pub form: Form,
    /// What it is about.
    pub about: EntityId,
    /// The document, where it was issued already and stands: printing gives that one once more.
    pub document: Option<EntityId>,
    /// The number that it has, or would take if it were issued now. None for a form without one,
    /// where nothing says in which series, and for a provisional one of a device without a name.
    pub number: Option<String>,
    /// Whether that is a provisional one.
    pub is_provisional: bool,
    /// Its fields in reading order, as far as they are known.
    pub lines: Vec<PreviewLine>,
    /// What stands against it, all at once; none when it can be printed now.
    pub lacks: Vec<Lack>,
    /// The digest of what stands on it, as the record of an issue at this moment would hold it;
    /// none when something stands against it, or the number is not known.
    pub content: Option<Hash>,
}

/// A field of a document that is looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewLine {
    /// The key of the field, with `.1`, `.2` and so on in lists.
    pub key: String,
    /// What the field is called.
    pub label: Bilingual,
    /// What stands there; empty when it is left to the pen, does not apply, or is lacking.
    pub text: String,
    /// Whether it is empty and something stands against that.
    pub is_lacking: bool,
}

/// Draws a document exactly as [`print_document`] would, and tells what stands against it. Of
/// what was issued already it shows what stands on that paper. Files that are asked for are made
/// as well, so that what stands against each is told, and thrown away.
///
/// [`print_document`]: super::print_document
///
/// # Errors
/// `NotFound` for a dossier, interview or list that is not here; `Invalid` for a form that the
/// dossier does not have, or a mentor, who issues nothing; `Storage`.
pub fn preview_document(
    desk: &Desk<'_>,
    printer: &Printer,
    request: &PrintDocument,
) -> Result<DocumentPreview> {
    desk.store().read(|read| {
        let (dossier, form) = (request.dossier, request.form);
        let about = subject_of(read, dossier, form, request.about)?;
        let issued = standing_paper(read, dossier, form, Some(about))?;
        let held = device_of(read)?;
        let drawing = match &issued {
            Some(issued) => once_more(desk, read, printer, request, issued)?,
            None => {
                let device = held.as_deref().unwrap_or(UNNAMED);
                fresh(desk, read, printer, request, about, device)?
            }
        };
        let mut preview = shown(printer, request, &drawing);
        preview.document = issued.map(|issued| issued.document);
        if preview.document.is_none() && preview.is_provisional && held.is_none() {
            preview.forget_number();
        }
        Ok(preview)
    })
}

fn shown(printer: &Printer, request: &PrintDocument, drawing: &Drawing) -> DocumentPreview {
    let Drawing { ask, drawn } = drawing;
    let (lines, lacks, content) = match drawn {
        Ok(drawn) => {
            let made = printer.press(&drawn.document, &request.files, ask.made_at_ms, ask.about);
            let lacks = made.err().unwrap_or_default();
            let content = lacks.is_empty().then(|| digest_of_document(&drawn.document));
            (drawn.document.lines(), lacks, content)
        }
        Err(undrawn) => (undrawn.lines.clone(), undrawn.lacks.clone(), None),
    };
    DocumentPreview {
        form: ask.form,
        about: ask.about,
        document: None,
        number: ask.number.as_ref().map(ToString::to_string),
        is_provisional: matches!(ask.number, Some(DocumentNumber::Provisional(_))),
        lines: lines.into_iter().map(|line| PreviewLine::of(line, &lacks)).collect(),
        lacks,
        content,
    }
}

impl DocumentPreview {
    /// What of [`Self::lacks`] a person can fill in: a field of the form with no rule behind it,
    /// and not its number.
    pub fn asked(&self) -> impl Iterator<Item = &Lack> {
        let is_field = |lack: &&Lack| self.lines.iter().any(|line| line.key == lack.place);
        let open = self.lacks.iter().filter(|lack| lack.rule.is_none() && lack.place != "number");
        open.filter(is_field)
    }

    /// A device names itself by chance when it issues: what stood here would be another name.
    fn forget_number(&mut self) {
        self.number = None;
        self.content = None;
        for line in self.lines.iter_mut().filter(|line| line.key == "number") {
            line.text.clear();
        }
    }
}

impl PreviewLine {
    fn of(line: Line, lacks: &[Lack]) -> Self {
        let Line { key, label: zh, label_en: en, text } = line;
        let label = Bilingual { zh, en };
        let field = key.split('.').next().unwrap_or_default();
        let is_lacking = text.is_empty() && lacks.iter().any(|lack| lack.place == field);
        Self { key, label, text, is_lacking }
    }
}
