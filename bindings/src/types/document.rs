//! Documents 文书: what is printed, what lacks, and what was printed.

use std::collections::HashMap;
use std::path::PathBuf;

use angen_core::action::{
    self, FileKind, PaperAnswer, PreviewLine, PrintedDocument, ReserveNumbers,
};
use angen_core::domain::{Bilingual, Issued, NumberBlock};
use angen_core::procedure::paper::{ByHand, Lack};
use angen_documents::{Form, Sealing};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// A form of enforcement document (执法文书).
#[uniffi::remote(Enum)]
pub enum Form {
    /// 行政检查通知书.
    InspectionNotice,
    /// 现场检查记录.
    SiteRecord,
    /// 责令限期整改指令书.
    CorrectionOrder,
    /// 整改复查意见书.
    RecheckOpinion,
    /// 询问笔录.
    InterviewRecord,
    /// 立案审批表.
    FilingApproval,
    /// 证据页与证据哈希清单.
    EvidencePages,
}

/// When the seal meets the paper.
#[uniffi::remote(Enum)]
pub enum Sealing {
    /// The paper carries the seal already 预盖章.
    Presealed,
    /// The seal is put on afterwards 后盖章.
    Later,
}

/// What a document is written as.
#[uniffi::remote(Enum)]
pub enum FileKind {
    /// PDF/A-2b: what is printed and signed. Only in a build with the typesetting engine.
    Pdf,
    /// DOCX, for an office that goes on writing.
    Docx,
    /// 平台录入单, to type into a platform: text.
    CopyOut,
    /// The same as a table.
    CopyOutTable,
}

/// Which fields are left to the pen 手填.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PenFields {
    /// Those that are named by their keys; none of them for a paper without gaps.
    Named {
        /// The keys.
        keys: Vec<String>,
    },
    /// Whatever is missing and the form lets be written by hand.
    Rest,
}

/// What is printed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PrintDocument {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The form.
    pub form: Form,
    /// What it is about, where the dossier holds more than one: an interview, a list of digests.
    #[uniffi(default = None)]
    pub about: Option<EntityId>,
    /// When the seal meets the paper.
    pub sealing: Sealing,
    /// What stands in no record, by the key of the field: `phone`, `recusal`, `court`.
    pub given: HashMap<String, String>,
    /// Which fields are left to the pen.
    pub by_hand: PenFields,
    /// As which files; none for the record alone.
    pub files: Vec<FileKind>,
}

impl From<PrintDocument> for action::PrintDocument {
    fn from(asked: PrintDocument) -> Self {
        let PrintDocument { dossier, form, about, sealing, given, by_hand, files } = asked;
        let by_hand = match by_hand {
            PenFields::Named { keys } => ByHand::Named(keys.into_iter().collect()),
            PenFields::Rest => ByHand::Rest,
        };
        let (given, files) = (given.into_iter().collect(), files.into_iter().collect());
        Self { dossier, form, about, sealing, given, by_hand, files }
    }
}

/// One thing that stands against a document, and what to do.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LackView {
    /// The key of the field, or of the rule.
    pub place: String,
    /// The rule that it comes from, such as `R01`; none for a field of the form.
    pub rule: Option<String>,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl From<Lack> for LackView {
    fn from(lack: Lack) -> Self {
        let rule = lack.rule.map(str::to_owned);
        Self { place: lack.place, rule, zh: lack.zh, en: lack.en }
    }
}

/// A field of a document that is looked at before it is issued.
#[uniffi::remote(Record)]
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

/// A document as it would stand on paper.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
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
    /// Whether that is a provisional one 暂编号.
    pub is_provisional: bool,
    /// Its fields in reading order, as far as they are known.
    pub lines: Vec<PreviewLine>,
    /// What stands against it, all at once; none when it can be printed now.
    pub lacks: Vec<LackView>,
    /// What of that a person can fill in, by the key of its field.
    pub asked: Vec<LackView>,
}

impl From<action::DocumentPreview> for DocumentPreview {
    fn from(drawn: action::DocumentPreview) -> Self {
        Self {
            asked: drawn.asked().cloned().map(LackView::from).collect(),
            form: drawn.form,
            about: drawn.about,
            document: drawn.document,
            number: drawn.number,
            is_provisional: drawn.is_provisional,
            lines: drawn.lines,
            lacks: drawn.lacks.into_iter().map(LackView::from).collect(),
        }
    }
}

/// A file of a document, where it was written.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PrintedPath {
    /// What it is.
    pub kind: FileKind,
    /// Where it lies.
    pub path: PathBuf,
    /// Its bytes.
    pub bytes: u64,
    /// SHA-256 of them.
    pub sha256: Hash,
}

/// A document that was printed.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PrintedView {
    /// The document.
    pub document: EntityId,
    /// The record that issued it.
    pub op: Hash,
    /// The form.
    pub form: Form,
    /// What stands on it as its number.
    pub number: Option<String>,
    /// Whether that is a provisional one 暂编号.
    pub is_provisional: bool,
    /// Whether it had been printed before: the same number and bytes.
    pub is_again: bool,
    /// The files, in the order PDF, DOCX, sheet to copy from.
    pub files: Vec<PrintedPath>,
}

impl PrintedView {
    /// A document whose files were written into a folder.
    pub(crate) fn of(printed: PrintedDocument, folder: &std::path::Path) -> Self {
        let files = printed.files.iter().map(|file| PrintedPath {
            kind: file.kind,
            path: folder.join(&file.name),
            bytes: file.bytes.len() as u64,
            sha256: file.sha256(),
        });
        Self {
            files: files.collect(),
            document: printed.document,
            op: printed.op,
            form: printed.form,
            number: printed.number,
            is_provisional: printed.is_provisional,
            is_again: printed.is_again,
        }
    }
}

/// A document as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentRow {
    /// The document.
    pub document: EntityId,
    /// The record that issued it.
    pub op: Hash,
    /// Plain name of the form, such as `site-record`.
    pub form: String,
    /// The form's title in Chinese.
    pub title_zh: String,
    /// The form's title in English.
    pub title_en: String,
    /// What it is about: a check, an interview, a list of digests, a case.
    pub about: EntityId,
    /// Its number, once it is final.
    pub number: Option<String>,
    /// The provisional number that stands on the paper, if it was printed with one.
    pub provisional: Option<String>,
    /// When it was printed, in milliseconds since 1970 UTC, as its day and times say.
    pub made_at_ms: i64,
    /// Why it is void 作废, if it is.
    pub void: Option<String>,
    /// Who printed it.
    pub writer: WriterId,
}

impl From<Issued> for DocumentRow {
    fn from(issued: Issued) -> Self {
        let form = Form::from_slug(&issued.form);
        let title = |of: fn(Form) -> &'static str| form.map_or(issued.form.as_str(), of).to_owned();
        Self {
            title_zh: title(Form::title),
            title_en: title(Form::title_en),
            document: issued.document,
            op: issued.op,
            form: issued.form,
            about: issued.about,
            number: issued.number,
            provisional: issued.provisional,
            made_at_ms: issued.made_at_ms,
            void: issued.void,
            writer: issued.writer,
        }
    }
}

/// Documents, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct DocumentPage {
    /// At most 50, in the order in which they were printed.
    pub rows: Vec<DocumentRow>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}

/// How the party answered on a paper.
#[uniffi::remote(Enum)]
pub enum PaperAnswer {
    /// Signed every page 签字.
    Signed {
        /// Who signed.
        signer: String,
        /// The captured pages, in order.
        pages: Vec<EntityId>,
    },
    /// Refused to sign 拒签.
    Refused {
        /// Why, as told or seen.
        reason: String,
        /// What shows the refusal: a video, or the page with the officers' note.
        pages: Vec<EntityId>,
    },
}

/// Numbers that are reserved.
#[uniffi::remote(Record)]
pub struct ReserveNumbers {
    /// Abbreviation of the region or agency, such as `鲁日`.
    pub region: String,
    /// The field: `应急`, which stands in every number of emergency management.
    #[uniffi(default = "应急")]
    pub department: String,
    /// Characters of the kind of document, such as `检记`.
    pub kind: String,
    /// The year that is counted in.
    pub year: u16,
    /// The device; this one, if none is named.
    #[uniffi(default = None)]
    pub device: Option<String>,
    /// How many numbers, at most a thousand.
    pub count: u32,
}

/// A block of numbers 号段.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NumberBlockView {
    /// The entity.
    pub block: EntityId,
    /// Abbreviation of the region or agency.
    pub region: String,
    /// The field.
    pub department: String,
    /// Characters of the kind of document 文种代字.
    pub kind: String,
    /// The year that is counted in.
    pub year: i64,
    /// The device that may use it.
    pub device: String,
    /// The first serial.
    pub first: i64,
    /// The last.
    pub last: i64,
}

impl From<NumberBlock> for NumberBlockView {
    fn from(held: NumberBlock) -> Self {
        let NumberBlock { block, region, department, kind, year, device, span, .. } = held;
        Self { block, region, department, kind, year, device, first: span.0, last: span.1 }
    }
}
