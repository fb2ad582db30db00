//! One struct for each form: what it asks for, and the document that comes of it.
//!
//! Which fields a form must have and who signs follows the national set of 48 forms (2017) and, for
//! the inspection notice, the Ministry of Justice's basic formats of 2025; all wording is our own.

mod correction_order;
mod evidence_pages;
mod filing_approval;
mod finding;
mod inspection_notice;
mod interview_record;
mod recheck_opinion;
mod site_record;

pub use correction_order::{CorrectBy, CorrectionOrder, Deadline};
pub use evidence_pages::{EvidencePages, Medium};
pub use filing_approval::{FilingApproval, Opinion, Party};
pub use finding::Finding;
pub use inspection_notice::InspectionNotice;
pub use interview_record::{InterviewRecord, Interviewee, QuestionAnswer, Reading};
pub use recheck_opinion::{RecheckOpinion, RecheckOutcome, RecheckedItem};
pub use site_record::SiteRecord;
