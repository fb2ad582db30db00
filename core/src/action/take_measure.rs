//! Takes an on-site measure 现场处理措施, and lifts it once it was checked that the danger is gone.
//!
//! An officer before a hazard has to act at once (安全生产法 2021, articles 65 and 90), so nothing
//! stands in the way of recording it: no second officer, no approval, no evidence. What is
//! coercive is recorded as proposed to the bureau (行政强制法 2011, article 17).

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{captured, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Check, Finding, Measure, MeasureKind, read_one};
use crate::error::Result;

/// What is ordered at once.
#[derive(Debug, Clone)]
pub struct TakeMeasure {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// What is ordered.
    pub kind: MeasureKind,
    /// The findings that it is about; none when there was no time to raise one.
    pub findings: Vec<EntityId>,
    /// Law, version and article; the kind's own basis, if none is given.
    pub legal_basis: Option<String>,
    /// What exactly is to be done.
    pub words: Option<String>,
    /// What shows it, captured in the dossier.
    pub shown_by: Vec<EntityId>,
    /// Who of the unit was told.
    pub told_to: Option<String>,
}

/// How a measure is lifted.
#[derive(Debug, Clone)]
pub struct LiftMeasure {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The measure.
    pub measure: EntityId,
    /// How it was checked that the danger is gone.
    pub checked_how: String,
    /// What shows it, captured in the dossier.
    pub shown_by: Vec<EntityId>,
}

/// Takes a measure.
///
/// # Errors
/// `NotFound` for a check, finding or piece of evidence that is not here; `Sign`, `Storage`.
pub fn take_measure(desk: &Desk<'_>, request: &TakeMeasure) -> Result<Measure> {
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        only::<Check>(read, dossier)?;
        for finding in &request.findings {
            read_one::<Finding>(read, dossier, *finding)?;
        }
        let findings = request.findings.iter().map(|id| Value::from(id.raw().as_slice()));
        let basis = request.legal_basis.as_deref().filter(|basis| !basis.trim().is_empty());
        let shown_by = captured(read, dossier, &request.shown_by)?;
        let measure = page.new_entity();
        page.put(
            Entry::new("measure.take/1", dossier, measure)
                .set("measure", request.kind.word())
                .set("findings", findings.collect::<Vec<_>>())
                .set("legal_basis", basis.unwrap_or(request.kind.basis()))
                .set_some("words", request.words.as_deref())
                .set_some("shown_by", (!shown_by.is_empty()).then_some(shown_by))
                .set_some("told_to", request.told_to.as_deref()),
        )?;
        read_one(page.read(), dossier, measure)
    })
}

/// Lifts a measure: work is resumed only after a check.
///
/// # Errors
/// `Invalid` when nothing says how it was checked; `NotFound`; `Sign`, `Storage`.
pub fn lift_measure(desk: &Desk<'_>, request: &LiftMeasure) -> Result<Measure> {
    not_empty("checked_how", &request.checked_how)?;
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        read_one::<Measure>(read, dossier, request.measure)?;
        let shown_by = captured(read, dossier, &request.shown_by)?;
        page.put(
            Entry::new("measure.lift/1", dossier, request.measure)
                .set("checked_how", request.checked_how.as_str())
                .set_some("lift_shown_by", (!shown_by.is_empty()).then_some(shown_by)),
        )?;
        read_one(page.read(), dossier, request.measure)
    })
}
