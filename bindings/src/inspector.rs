//! The object that an app holds: one open database, and a method for each verb.

use std::path::PathBuf;
use std::sync::Arc;

use angen_core::action::{
    self, AssistanceView, CaptureEvidence, EnrolOfficer, Establish, Established, EvidenceView,
    OfficerView, PlanAssistance, WriteNote,
};
use angen_core::desk::Desk;
use angen_core::store::Store;
use angen_ledger::id::{DossierId, WriterId};

use crate::error::ApiError;
use crate::host::{Clock, Disk, Keys};
use crate::lend::Host;
use crate::types::{MissingView, NoteView};

/// One open database.
///
/// A verb either returns and is on the disk, sealed with the writer's key, or throws and has
/// changed nothing. All methods may be called from any thread; writes wait for each other.
#[derive(uniffi::Object)]
pub struct Inspector {
    store: Store,
    host: Host,
}

#[uniffi::export]
impl Inspector {
    /// Opens the database of a folder, and makes it if it is not there.
    ///
    /// Throws `UpdateNeeded` for one that a newer version wrote (it is left as it is), `Damaged`
    /// for one that cannot be read (it is moved aside, never deleted; the next call makes a new
    /// one), `Internal` for a folder that cannot be written.
    #[uniffi::constructor]
    pub fn open(
        folder: PathBuf,
        clock: Arc<dyn Clock>,
        keys: Arc<dyn Keys>,
        disk: Arc<dyn Disk>,
    ) -> Result<Arc<Self>, ApiError> {
        let store = Store::open(&folder)?;
        Ok(Arc::new(Self { store, host: Host { clock, keys, disk } }))
    }

    /// Establishes the database of one township: a root, an administrator, the standing dossiers.
    ///
    /// Throws `Invalid` for a code that is no division code, an empty name, or a database that is
    /// established already.
    pub fn establish(&self, request: Establish) -> Result<Established, ApiError> {
        let ports = self.host.lend()?;
        Ok(action::establish(&self.store, &ports, &request)?)
    }

    /// What was established here. Throws `NotFound` when nothing was.
    pub fn established(&self) -> Result<Established, ApiError> {
        Ok(action::established(&self.store)?)
    }

    /// Enrols a person as a writer on this device. The writer given is the administrator's.
    ///
    /// Throws `Invalid` for an empty name or number, or a day that is none; `NotAllowed` when the
    /// writer may not enrol; `NotFound` for a writer that is not here; `Locked`.
    pub fn enrol_officer(
        &self,
        writer: WriterId,
        request: EnrolOfficer,
    ) -> Result<OfficerView, ApiError> {
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        Ok(action::enrol_officer(&desk, &request)?)
    }

    /// Plans an assistance visit 执法帮扶 in this township: opens its dossier.
    ///
    /// Throws `Invalid` for an unknown profile, round 0, or someone who is no mentor on the
    /// roster; `NotFound` for a writer that is not here; `Locked`.
    pub fn plan_assistance(
        &self,
        writer: WriterId,
        request: PlanAssistance,
    ) -> Result<AssistanceView, ApiError> {
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        Ok(action::plan_assistance(&desk, &request)?)
    }

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
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        Ok(action::capture_evidence(&desk, &request)?)
    }

    /// Writes a note 记事 in a dossier: a hazard that was seen, an emergency measure that was taken.
    /// Nothing stands in its way but its being empty.
    ///
    /// Throws `Invalid` for an empty text; `NotFound` for a dossier or writer that is not here;
    /// `Locked`.
    pub fn write_note(&self, writer: WriterId, request: WriteNote) -> Result<NoteView, ApiError> {
        let ports = self.host.lend()?;
        let desk = Desk::sign_in(&self.store, &ports, writer)?;
        Ok(action::write_note(&desk, &request)?.into())
    }

    /// What is still missing in a check or an assistance visit as of a moment, in milliseconds
    /// since 1970 UTC; the most important first. It never stands in the way of recording.
    ///
    /// Throws `NotFound` for a dossier that is not here, `Invalid` for one of another kind.
    pub fn missing(&self, dossier: DossierId, as_of_ms: i64) -> Result<Vec<MissingView>, ApiError> {
        let missing = action::missing(&self.store, dossier, as_of_ms)?;
        Ok(missing.into_iter().map(MissingView::from).collect())
    }

    /// Closes the files once the work in hand is done, so that the system may suspend the app
    /// (iOS ends one that holds a lock). Until [`Inspector::resume`], verbs throw `Paused`.
    pub fn pause(&self) -> Result<(), ApiError> {
        Ok(self.store.pause()?)
    }

    /// Opens the files again. Does nothing when they are open. Throws as [`Inspector::open`].
    pub fn resume(&self) -> Result<(), ApiError> {
        Ok(self.store.resume()?)
    }
}
