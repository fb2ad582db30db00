//! What follows a finding: measures 现场处理措施, orders 责令限期整改, re-checks 整改复查.

use angen_core::action::{self, ExtendOrder, LiftMeasure, RecordRecheck, TakeMeasure};
use angen_core::domain::Measure;
use angen_ledger::id::{DossierId, WriterId};

use super::Inspector;
use crate::error::ApiError;
use crate::paging::page;
use crate::types::{ExtensionView, IssueOrder, MeasurePage, MeasureRow, OrderView, RecheckView};

#[uniffi::export]
impl Inspector {
    /// Takes an on-site measure 现场处理措施. There may be no time to raise a finding first; then it
    /// names none.
    ///
    /// Throws `NotFound` for a check, finding or piece of evidence that is not here; `Locked`.
    pub fn take_measure(
        &self,
        writer: WriterId,
        request: TakeMeasure,
    ) -> Result<Measure, ApiError> {
        self.at_desk(writer, |desk| action::take_measure(desk, &request))
    }

    /// Lifts a measure: work is resumed only after a check.
    ///
    /// Throws `Invalid` when nothing says how it was checked; `NotFound`; `Locked`.
    pub fn lift_measure(
        &self,
        writer: WriterId,
        request: LiftMeasure,
    ) -> Result<Measure, ApiError> {
        self.at_desk(writer, |desk| action::lift_measure(desk, &request))
    }

    /// The measures and preservations of a check, or of a case and its check, as they stand at a
    /// moment in milliseconds since 1970 UTC: at most 50, from this one on; 0 for the first page.
    ///
    /// Throws `NotFound` for a dossier that is not here.
    pub fn measures(
        &self,
        dossier: DossierId,
        as_of_ms: i64,
        from: u64,
    ) -> Result<MeasurePage, ApiError> {
        let all = action::measures(&self.store, dossier, as_of_ms)?;
        let (rows, next) = page(&all, from);
        Ok(MeasurePage { rows: rows.into_iter().map(MeasureRow::from).collect(), next })
    }

    /// Issues a correction order 责令限期整改.
    ///
    /// Throws `Invalid` for no item, a mentor, a deadline that is no day or lies before the order,
    /// and for findings that cannot stand in an order, all of them at once; `NotFound`; `Locked`.
    pub fn issue_order(
        &self,
        writer: WriterId,
        request: IssueOrder,
    ) -> Result<OrderView, ApiError> {
        let request = request.into();
        Ok(self.at_desk(writer, |desk| action::issue_order(desk, &request))?.into())
    }

    /// Notes an application for a longer deadline 延期整改, or its answer.
    ///
    /// Throws `Invalid` for an empty reason, a finding that is not in the order, a new day that is
    /// not later than the last one, an answer before the application; `NotFound`; `Locked`.
    pub fn extend_order(
        &self,
        writer: WriterId,
        request: ExtendOrder,
    ) -> Result<ExtensionView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::extend_order(desk, &request))?.into())
    }

    /// The orders of a check as they stand: each item by the deadline and the re-check that hold.
    pub fn orders(&self, dossier: DossierId) -> Result<Vec<OrderView>, ApiError> {
        let standing = action::orders(&self.store, dossier)?;
        Ok(standing.into_iter().map(OrderView::from).collect())
    }

    /// Records a re-check 整改复查 of an order, item by item.
    ///
    /// Throws `Invalid` for no item, an item without words or one that is not in the order, a day
    /// that is none or before the order; `NotFound` for evidence that was not captured here;
    /// `Locked`.
    pub fn record_recheck(
        &self,
        writer: WriterId,
        request: RecordRecheck,
    ) -> Result<RecheckView, ApiError> {
        Ok(self.at_desk(writer, |desk| action::record_recheck(desk, &request))?.into())
    }
}
