//! Enterprises 生产经营单位: registered once, found by what an officer types.

use angen_core::action::{self, FoundPage, PAGE_ROWS_MAX, RegisterEnterprise};
use angen_core::domain::Enterprise;
use angen_ledger::id::WriterId;

use super::Inspector;
use crate::error::ApiError;

#[uniffi::export]
impl Inspector {
    /// Registers an enterprise 企业. One that is here with the same credit code is given back as it
    /// is.
    ///
    /// Throws `Invalid` for a wrong code, no code without a reason, an empty name or address;
    /// `NotFound` for a writer that is not here; `Locked`.
    pub fn register_enterprise(
        &self,
        writer: WriterId,
        request: RegisterEnterprise,
    ) -> Result<Enterprise, ApiError> {
        self.at_desk(writer, |desk| action::register_enterprise(desk, &request))
    }

    /// A page of the enterprises that fit every word: part of a name, its pinyin or initials, a
    /// credit code. No word finds all. `after` is the `next` of the page before.
    ///
    /// Throws `NotFound` when nothing was established here.
    pub fn find_enterprises(
        &self,
        words: String,
        after: Option<i64>,
    ) -> Result<FoundPage, ApiError> {
        Ok(action::find_enterprises(&self.store, &words, after, PAGE_ROWS_MAX)?)
    }
}
