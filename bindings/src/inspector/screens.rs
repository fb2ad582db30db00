//! What screens read: who can sign in, today, lists, clocks.

use std::collections::HashMap;

use angen_core::action::{self, CheckPage, CheckRow, DossierPage, KeyHolder, OfficerRow};
use angen_core::store;
use angen_documents::Form;
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::{ClockView, FieldView, Today};

#[uniffi::export]
impl Inspector {
    /// The people on the roster 名册 as of a moment, in milliseconds since 1970 UTC: whose key is on
    /// this device first. The app's key store is asked for each; a key that it neither gives nor
    /// calls locked is elsewhere.
    ///
    /// Throws `NotFound` when nothing was established here.
    pub fn officers(&self, as_of_ms: i64) -> Result<Vec<OfficerRow>, ApiError> {
        let ports = self.host.lend()?;
        Ok(action::officers(&self.store, &ports, as_of_ms)?)
    }

    /// Whose keys are on this device 本机可登录者 as of a moment, in milliseconds since 1970 UTC: what
    /// a sign-in screen lists. Administrators are among them, who stand on no roster, and whoever
    /// joined on this phone before the roster came.
    ///
    /// Throws `NotFound` when nothing was established here.
    pub fn keys_here(&self, as_of_ms: i64) -> Result<Vec<KeyHolder>, ApiError> {
        let ports = self.host.lend()?;
        Ok(action::keys_here(&self.store, &ports, as_of_ms)?)
    }

    /// What a writer has before them 今日 as of a moment, in milliseconds since 1970 UTC: open
    /// visits, checks and cases with what is missing first, the periods that run, conflicts, and
    /// what only this device may have. One call for the whole screen.
    ///
    /// Throws `NotFound` for a writer that is not here.
    pub fn today(&self, writer: WriterId, as_of_ms: i64) -> Result<Today, ApiError> {
        Ok(action::today(&self.store, writer, as_of_ms)?.into())
    }

    /// A page of the dossiers 卷宗 of a kind (`assistance`, `check`, `case`, …), or of every kind,
    /// the newest on this device first. `after` is the `next` of the page before.
    pub fn dossiers(
        &self,
        kind: Option<String>,
        after: Option<i64>,
    ) -> Result<DossierPage, ApiError> {
        Ok(action::dossiers(&self.store, kind.as_deref(), after)?)
    }

    /// A page of the checks 现场检查 of an assistance visit, or of every check, the newest first.
    /// `after` is the `next` of the page before.
    ///
    /// Throws `NotFound` when nothing was established here.
    pub fn checks(
        &self,
        visit: Option<DossierId>,
        after: Option<i64>,
    ) -> Result<CheckPage, ApiError> {
        Ok(action::checks(&self.store, visit, after)?)
    }

    /// One check 现场检查: its enterprise, its checklists and how far they are answered, who showed
    /// certificates, how the party answered.
    ///
    /// Throws `NotFound` when the dossier is no check here.
    pub fn check(&self, dossier: DossierId) -> Result<CheckRow, ApiError> {
        Ok(action::check(&self.store, dossier)?)
    }

    /// The clocks 期限 of a dossier, or of every dossier, as of a moment, in milliseconds since 1970
    /// UTC: what is over first, then what ends first; those that were stopped stand last.
    pub fn clocks(
        &self,
        dossier: Option<DossierId>,
        as_of_ms: i64,
    ) -> Result<Vec<ClockView>, ApiError> {
        let clocks = action::clocks(&self.store, dossier, as_of_ms)?.into_iter();
        let view = |clock: angen_core::procedure::Clock| {
            let hours_left = clock.hours_left(as_of_ms);
            ClockView::new(clock, hours_left)
        };
        Ok(clocks.map(view).collect())
    }

    /// The digest of everything that this database shows: equal wherever the same records are
    /// held. It reads them all; for tests and for a report of a defect.
    pub fn projection_digest(&self) -> Result<Hash, ApiError> {
        Ok(self.store.read(store::digest)?)
    }

    /// The fields of an entity without its personal data. Nothing is noted.
    ///
    /// Throws `NotFound` for an entity that is not here.
    pub fn view_entity(
        &self,
        dossier: DossierId,
        entity: EntityId,
    ) -> Result<Vec<FieldView>, ApiError> {
        let fields = self.store.read(|read| action::view_entity(read, dossier, entity))?;
        Ok(fields.into_iter().map(FieldView::from).collect())
    }

    /// The fields of an entity with its personal data 显示个人信息. The look is noted in the dossier
    /// first, and what it is for.
    ///
    /// Throws `Invalid` without a purpose; `NotFound`; `Locked`.
    pub fn reveal_entity(
        &self,
        writer: WriterId,
        dossier: DossierId,
        entity: EntityId,
        purpose: String,
    ) -> Result<Vec<FieldView>, ApiError> {
        let fields =
            self.at_desk(writer, |desk| action::reveal_entity(desk, dossier, entity, &purpose))?;
        Ok(fields.into_iter().map(FieldView::from).collect())
    }

    /// Proposes what was given for the newest paper of a form that stands and names it, such as the
    /// court for a review: nothing is typed twice. Empty before the first one.
    pub fn propose_given(&self, form: Form) -> Result<HashMap<String, String>, ApiError> {
        Ok(action::propose_given(&self.store, form)?.into_iter().collect())
    }
}
