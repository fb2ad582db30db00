//! Verbs: one file each, with its input, its checks, and one transaction.

mod capture_evidence;
mod enrol_officer;
mod establish;

pub use capture_evidence::{CaptureEvidence, EvidenceView, capture_evidence};
pub use enrol_officer::{EnrolOfficer, OfficerView, enrol_officer};
pub use establish::{Establish, Established, establish, established};
