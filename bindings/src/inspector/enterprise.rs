//! Enterprises 生产经营单位: registered once, found by what an officer types.

use angen_core::action::{self, FoundPage, PAGE_ROWS_MAX, RegisterEnterprise};
use angen_core::domain::Enterprise;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::types::FrequencyView;

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

    /// How often an enterprise was checked in the year of a moment 检查频次, in milliseconds since
    /// 1970 UTC, before the check of `except`: shown when a check is planned.
    pub fn check_frequency(
        &self,
        enterprise: EntityId,
        as_of_ms: i64,
        except: Option<DossierId>,
    ) -> Result<FrequencyView, ApiError> {
        Ok(action::check_frequency(&self.store, enterprise, as_of_ms, except)?.into())
    }
}
