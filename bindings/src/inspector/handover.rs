//! Dossiers that are closed, handed over and taken in: custody, packages, bundles.

use std::path::PathBuf;
use std::sync::Arc;

use angen_core::action::{
    self, ExportBundle, Exported, ExportedBundle, Imported, NoteCustody, Noted,
};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::paging::page;
use crate::transport::{Steps, stepping};
use crate::types::{CustodyPage, ExportPackage, ReaderPage};

#[uniffi::export]
impl Inspector {
    /// What was done with a dossier 流转登记, at most 50 events, from this one on: 0 for the first
    /// page.
    pub fn custody_of(&self, dossier: DossierId, from: u64) -> Result<CustodyPage, ApiError> {
        let all = self.store.read(|read| action::custody_of(read, dossier))?;
        let (rows, next) = page(&all, from);
        Ok(CustodyPage { rows, next })
    }

    /// Notes a custody event. Call it before the act: what was noted and then fails does no harm.
    /// Exports and prints note their own.
    ///
    /// Throws `Invalid` for what is not of the dossier, `NotFound`, `Locked`.
    pub fn note_custody(&self, writer: WriterId, request: NoteCustody) -> Result<Noted, ApiError> {
        self.at_desk(writer, |desk| action::note_custody(desk, &request))
    }

    /// Closes a dossier 结案, on a day such as `2026-09-16`. Throws `Invalid` for a standing
    /// dossier, one that is closed, a day that is none, or an empty reason.
    pub fn close_dossier(
        &self,
        writer: WriterId,
        dossier: DossierId,
        on: String,
        reason: String,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::close_dossier(desk, dossier, &on, &reason))
    }

    /// Archives a closed dossier 归档, on a day such as `2026-09-16`. Throws `Invalid` for one that
    /// is not closed, or a day that is none.
    pub fn archive_dossier(
        &self,
        writer: WriterId,
        dossier: DossierId,
        on: String,
        archive_no: Option<String>,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| {
            action::archive_dossier(desk, dossier, &on, archive_no.as_deref())
        })
    }

    /// Sets the retention class 保管期限 of a dossier, with its legal basis. Throws `Invalid` for a
    /// class that there is not; the sentence names those that there are.
    pub fn set_retention(
        &self,
        writer: WriterId,
        dossier: DossierId,
        class: String,
        basis: String,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::set_retention(desk, dossier, &class, &basis))
    }

    /// Places a legal hold 保全 on a dossier: nothing of it is erased while it stands. Throws
    /// `Invalid` for an empty reason.
    pub fn place_hold(
        &self,
        writer: WriterId,
        dossier: DossierId,
        reason: String,
        ordered_by: Option<String>,
    ) -> Result<EntityId, ApiError> {
        self.at_desk(writer, |desk| {
            action::place_hold(desk, dossier, &reason, ordered_by.as_deref())
        })
    }

    /// Lifts a hold, with its reason. Throws `NotFound`, `Invalid` for an empty reason.
    pub fn lift_hold(
        &self,
        writer: WriterId,
        dossier: DossierId,
        hold: EntityId,
        reason: String,
    ) -> Result<Hash, ApiError> {
        self.at_desk(writer, |desk| action::lift_hold(desk, dossier, hold, &reason))
    }

    /// Exports dossiers as one package 卷宗包 that anybody verifies offline. The file appears whole
    /// or not at all; the custody event of the export is in it.
    ///
    /// Throws `NotFound` for a dossier that is not here or a file that is missing; `Invalid` for a
    /// teaching dossier that no mentor has released; `StorageFull`; `Locked`. Of an export that
    /// failed, only its custody events remain.
    pub fn export_package(
        &self,
        writer: WriterId,
        request: ExportPackage,
        path: PathBuf,
        steps: Option<Arc<dyn Steps>>,
    ) -> Result<Exported, ApiError> {
        let request = request.into();
        self.at_desk(writer, |desk| {
            action::export_package(desk, &request, &path, &mut stepping(steps))
        })
    }

    /// To whom a bundle can be encrypted: everybody whose certificate is here, at most 50, from
    /// this one on: 0 for the first page.
    pub fn readers(&self, from: u64) -> Result<ReaderPage, ApiError> {
        let (rows, next) = page(&action::readers(&self.store)?, from);
        Ok(ReaderPage { rows, next })
    }

    /// Exports dossiers as a bundle 摆渡包 for a stick or a courier's phone: encrypted to the
    /// readers, whom it names.
    ///
    /// Throws `Invalid` without a reader, for one who may not see a dossier that was named, and
    /// when nothing waits; `NotFound`; `StorageFull`; `Locked`.
    pub fn export_bundle(
        &self,
        writer: WriterId,
        request: ExportBundle,
        path: PathBuf,
        steps: Option<Arc<dyn Steps>>,
    ) -> Result<ExportedBundle, ApiError> {
        self.at_desk(writer, |desk| {
            action::export_bundle(desk, &request, &path, &mut stepping(steps))
        })
    }

    /// Takes in a file that somebody handed over, bundle or package, with receipts and refusals
    /// that came along. What it says is judged by the root of this database; all of it or nothing.
    ///
    /// Throws `Invalid` for a file that is no package, does not verify, or is for other readers
    /// (it names them); `NotFound` for one that is not there; `StorageFull`; `Locked`.
    pub fn import_file(&self, writer: WriterId, path: PathBuf) -> Result<Imported, ApiError> {
        self.at_desk(writer, |desk| action::import_file(desk, &path))
    }
}
