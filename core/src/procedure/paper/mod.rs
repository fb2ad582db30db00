//! Papers 文书: each form of `angen-documents` filled from what was signed, and everything that
//! stands against it told at once.
//!
//! A wording that was written once (the title and elements of a finding, the cause of a case)
//! flows into every paper that needs it. What no op holds is *given* with the print, is kept in the
//! op that issues the paper, and flows on from there. Nothing is blocked but the paper itself.

mod correction_order;
mod draft;
mod evidence_pages;
mod filing_approval;
mod inspection_notice;
mod interview_record;
mod law;
mod recheck_opinion;
mod site_record;
mod standing;
mod subject;
mod wording;

use std::collections::{BTreeMap, BTreeSet};

use angen_documents::{Document, DocumentNumber, Form, Line, Problem, Refusal, Sealing};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Evidence, Source};
use crate::error::Result;
use draft::Draft;

pub use standing::{Paper, issued_papers, papers, standing_paper};
pub(crate) use standing::{names_of, of_form};
pub use subject::subject_of;
pub use wording::{citations, finding_in_words};

/// Which fields are left to the pen 手填.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ByHand {
    /// Those that are named by their keys.
    Named(BTreeSet<String>),
    /// Whatever is missing and the form lets be written by hand.
    Rest,
}

/// What is to be drawn up.
#[derive(Debug, Clone)]
pub struct DrawUp {
    /// The dossier.
    pub dossier: DossierId,
    /// The form.
    pub form: Form,
    /// What it is about, as [`subject_of`] finds it.
    pub about: EntityId,
    /// When it is printed, in milliseconds since 1970 UTC.
    pub made_at_ms: i64,
    /// Its number; none for a form without one, and where no series is known.
    pub number: Option<DocumentNumber>,
    /// When the seal meets the paper.
    pub sealing: Sealing,
    /// What is given for it and stands in no op, by the key of the field.
    pub given: BTreeMap<String, String>,
    /// What is left to the pen.
    pub by_hand: ByHand,
    /// Whether what was given for an earlier paper counts for this one.
    pub inherits: bool,
}

/// A paper that can be printed.
#[derive(Debug, Clone)]
pub struct DrawnUp {
    /// What stands on it.
    pub document: Document,
    /// What was given and used, by key.
    pub given: BTreeMap<String, String>,
    /// Keys of the fields that were left to the pen.
    pub by_hand: BTreeSet<String>,
    /// Ops of other dossiers that it relies on: role, dossier, op.
    pub refs: Vec<(&'static str, DossierId, Hash)>,
}

/// A paper that cannot be printed yet.
#[derive(Debug, Clone)]
pub struct Undrawn {
    /// Everything that stands against it; never empty.
    pub lacks: Vec<Lack>,
    /// Its fields as far as they are known, in reading order.
    pub lines: Vec<Line>,
}

/// One thing that stands against a paper, and what to do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Lack {
    /// The key of the field, or of the rule.
    pub place: String,
    /// The rule that it comes from, such as `R01`; none for a field of the form.
    pub rule: Option<&'static str>,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

/// Makes a small picture of a captured file; none where there is nothing to show.
pub type Thumbnails<'t> = dyn Fn(&Evidence) -> Result<Option<Vec<u8>>> + 't;

impl Lack {
    /// Something that is lacking.
    pub fn new(place: impl Into<String>, zh: impl Into<String>, en: impl Into<String>) -> Self {
        Self { place: place.into(), rule: None, zh: zh.into(), en: en.into() }
    }

    /// Something that a rule asks for.
    #[must_use]
    pub fn by(self, rule: &'static str) -> Self {
        Self { rule: Some(rule), ..self }
    }
}

impl From<&Problem> for Lack {
    fn from(problem: &Problem) -> Self {
        Self::new(problem.field.key, problem.zh(), problem.en())
    }
}

/// Draws a paper up: gives it, or everything that stands against it, in the order of its form, with
/// what is known of its fields.
///
/// # Errors
/// `Invalid` when the dossier has no such paper; `NotFound`; what the source returns.
pub fn draw_up(
    source: &dyn Source,
    request: &DrawUp,
    thumbnails: &Thumbnails<'_>,
) -> Result<std::result::Result<DrawnUp, Undrawn>> {
    let draft = Draft::open(source, request)?;
    let filled = match request.form {
        Form::InspectionNotice => inspection_notice::fill(&draft)?,
        Form::SiteRecord => site_record::fill(&draft)?,
        Form::InterviewRecord => interview_record::fill(&draft)?,
        Form::FilingApproval => filing_approval::fill(&draft)?,
        Form::EvidencePages => evidence_pages::fill(&draft, thumbnails)?,
        Form::CorrectionOrder => correction_order::fill(&draft)?,
        Form::RecheckOpinion => recheck_opinion::fill(&draft)?,
    };
    Ok(draft.finish(filled))
}

/// What a form gives: the document or its refusal.
type Filling = std::result::Result<Document, Refusal>;
