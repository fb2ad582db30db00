//! Documents from the dossier: what fills them, what stands against them, and their numbers.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod issue;
mod numbers;
#[cfg(feature = "pdf")]
mod pdf;
mod preview;
mod refused;
mod signed;

use angen_core::action::PrintError;
use angen_core::procedure::paper::Lack;
use angen_testing::case::{CaseCast, build_case};
use angen_testing::papers::prepare;
use angen_testing::township::Township;
use tempfile::TempDir;

/// A township with numbers and shown certificates.
pub(crate) struct Gate {
    pub(crate) town: Township,
    _folder: TempDir,
}

impl Gate {
    /// With so many numbers for every form.
    pub(crate) fn with(count: u32) -> Self {
        let gate = Self::bare();
        prepare(&gate.town, count);
        gate
    }

    /// Without numbers; nobody has shown a certificate.
    pub(crate) fn bare() -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self { town: Township::build(&folder.path().join("data"), 7), _folder: folder }
    }

    /// A case on the finding, that the second officer stands behind too.
    pub(crate) fn case(&self) -> CaseCast {
        let case = build_case(&self.town);
        angen_testing::papers::assent(&self.town, case.dossier);
        case
    }
}

/// Everything that stands against a document.
#[track_caller]
pub(crate) fn lacks<T: std::fmt::Debug>(result: Result<T, PrintError>) -> Vec<Lack> {
    match result.unwrap_err() {
        PrintError::Refused { lacks, .. } => lacks,
        PrintError::Core(error) => panic!("{error}"),
    }
}
