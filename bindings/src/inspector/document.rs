//! Documents 文书: seen before they are issued, printed into a folder, signed, numbered, made void.

use std::path::PathBuf;
use std::sync::LazyLock;

use angen_core::action::{self, PaperAnswer, Printer, ReserveNumbers, ToVoid};
use angen_core::desk::Desk;
use angen_core::procedure::paper::issued_papers;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::paging::page;
use crate::types::{
    DocumentPage, DocumentPreview, DocumentRow, NumberBlockView, PrintDocument, PrintedView,
};

/// Fonts and templates are parsed once, at the first document.
static PRINTER: LazyLock<Printer> = LazyLock::new(Printer::default);

#[uniffi::export]
impl Inspector {
    /// Shows a document before it is issued 预览: drawn as `print_document` would draw it now, with
    /// the number that it would take and all that stands against it. Nothing is recorded and no
    /// number used. Of what was issued already it shows what stands on that paper. The files that
    /// are asked for are made and thrown away, so ask for none where what stands on it is enough.
    ///
    /// Throws `NotFound`, `Invalid` for a form that the dossier does not have, or a mentor.
    pub fn preview_document(
        &self,
        writer: WriterId,
        request: PrintDocument,
    ) -> Result<DocumentPreview, ApiError> {
        let request = request.into();
        let drawn =
            self.at_desk(writer, |desk| action::preview_document(desk, &PRINTER, &request))?;
        Ok(drawn.into())
    }

    /// Prints a document 出具文书: numbered, recorded with its digests, and written into a folder.
    /// Printing again gives the same number and bytes; each print is a custody event.
    ///
    /// Throws `Invalid` at the form's plain name when something stands against it, a line for each
    /// thing: nothing is recorded then and no number used. Throws `StorageFull` when the files do
    /// not fit: the document is issued by then, so make room and print again. `NotFound`, `Locked`.
    pub fn print_document(
        &self,
        writer: WriterId,
        request: PrintDocument,
        folder: PathBuf,
    ) -> Result<PrintedView, ApiError> {
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        let printed = action::print_document(&desk, &PRINTER, &request.into())?;
        action::write_files(&folder, &printed.files)?;
        Ok(PrintedView::of(printed, &folder))
    }

    /// The documents of a dossier, the void ones as well, at most 50, from this one on: 0 for the
    /// first page.
    pub fn documents(&self, dossier: DossierId, from: u64) -> Result<DocumentPage, ApiError> {
        let all = self.store.read(|read| issued_papers(read, dossier))?;
        let (rows, next) = page(&all, from);
        Ok(DocumentPage { rows: rows.into_iter().map(DocumentRow::from).collect(), next })
    }

    /// Notes the party's answer on a paper that was made here: a document, an interview, a list of
    /// digests. It is shown by captured pages.
    ///
    /// Throws `Invalid` for an empty name or reason, no page, or a mentor; `NotFound` for a paper
    /// or page that is not in this dossier; `Locked`.
    pub fn sign_paper(
        &self,
        writer: WriterId,
        dossier: DossierId,
        paper: EntityId,
        answer: PaperAnswer,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::sign_paper(desk, dossier, paper, &answer))
    }

    /// Gives a document that was printed with a provisional number its final one, the next of this
    /// device's blocks. Throws `Invalid` when no number is left, or it has one; `NotFound`.
    pub fn settle_document(
        &self,
        writer: WriterId,
        dossier: DossierId,
        document: EntityId,
    ) -> Result<String, ApiError> {
        self.at_desk(writer, |desk| action::settle_document(desk, dossier, document))
    }

    /// Makes a document void 作废, with its reason: it is logged, and its number never given again.
    /// Throws `Invalid` for an empty reason or one that is void; `NotFound`.
    pub fn void_document(
        &self,
        writer: WriterId,
        dossier: DossierId,
        document: EntityId,
        reason: String,
    ) -> Result<Hash, ApiError> {
        let what = ToVoid::Document(dossier, document);
        self.at_desk(writer, |desk| action::void_document(desk, &what, &reason))
    }

    /// Makes a number void that never stood on a document. Throws `Invalid` for an empty reason, a
    /// number that nobody reserved, or one that is void.
    pub fn void_number(
        &self,
        writer: WriterId,
        number: String,
        reason: String,
    ) -> Result<Hash, ApiError> {
        let what = ToVoid::Number(number);
        self.at_desk(writer, |desk| action::void_document(desk, &what, &reason))
    }

    /// Reserves the next numbers of a series for a device 号段. Throws `Invalid` for parts that make
    /// no number, or a block of none or more than a thousand.
    pub fn reserve_numbers(
        &self,
        writer: WriterId,
        request: ReserveNumbers,
    ) -> Result<NumberBlockView, ApiError> {
        let block = self.at_desk(writer, |desk| action::reserve_numbers(desk, &request))?;
        Ok(block.into())
    }

    /// The name of this device on provisional numbers, if it has one.
    pub fn device(&self) -> Result<Option<String>, ApiError> {
        Ok(self.store.read(action::device_of)?)
    }

    /// Names this device. Throws `Invalid` for a name that is no device's.
    pub fn name_device(&self, name: String) -> Result<(), ApiError> {
        Ok(action::name_device(&self.store, &name)?)
    }
}
