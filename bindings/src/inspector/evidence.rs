//! Evidence 证据: captured from a path, listed, viewed.

use std::path::PathBuf;

use angen_core::action::{self, CaptureEvidence, EvidenceView};
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::EvidencePage;

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

    /// A page of the evidence of a dossier, or of what is about one thing in it, the newest first.
    /// `before` is the `next` of the page before.
    ///
    /// Throws `NotFound` for a dossier that is not here.
    pub fn evidence_of(
        &self,
        dossier: DossierId,
        about: Option<EntityId>,
        before: Option<u32>,
    ) -> Result<EvidencePage, ApiError> {
        Ok(action::evidence_of(&self.store, dossier, about, before)?.into())
    }

    /// Decrypts an original into a new file that only its owner may read, for the app's own screen:
    /// put it into the cache, and delete it when it is not shown any more. Whoever hands a copy out
    /// notes that in the dossier first.
    ///
    /// Throws `NotFound` for evidence that is not here, or whose file is on another device;
    /// `Internal` when there is a file at the path already; `StorageFull`. Nothing is left then.
    pub fn view_evidence(
        &self,
        dossier: DossierId,
        evidence: EntityId,
        to: PathBuf,
    ) -> Result<(), ApiError> {
        action::view_evidence(&self.store, dossier, evidence, &to)?;
        Ok(())
    }
}
