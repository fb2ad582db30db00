//! Evidence: captured from a path.

use angen_core::action::{self, CaptureEvidence, EvidenceView};
use angen_ledger::id::WriterId;

use super::Inspector;
use crate::error::ApiError;

#[uniffi::export]
impl Inspector {
    /// Captures a file as evidence 证据: encrypted, with both digests, sealed, and on the disk
    /// before the call returns. The file is read in a stream and never changed.
    ///
    /// Throws `Invalid` for a file that is empty, cut off, or not what its name says, an empty
    /// caption, a source that needs a note and has none; `StorageFull`; `NotFound` for a dossier,
    /// writer or file that is not here; `Locked`.
    pub fn capture_evidence(
        &self,
        writer: WriterId,
        request: CaptureEvidence,
    ) -> Result<EvidenceView, ApiError> {
        self.at_desk(writer, |desk| action::capture_evidence(desk, &request))
    }
}
