//! Says that an assistance visit guides a case 帮扶指导: what comes of it is told with the visit, and
//! where two honest checks found nothing, the chain is taught on it.

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::value::Value;

use crate::action::look::{newest, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Assistance, Case, Source};
use crate::error::Result;

/// Names the visit that guides a case. Naming it again changes nothing.
///
/// # Errors
/// `NotFound` when there is no such case or visit; `Sign`, `Storage`.
pub fn guide_case(desk: &Desk<'_>, dossier: DossierId, visit: DossierId) -> Result<Option<Hash>> {
    desk.write(|page| {
        let case: Case = only(page.read(), dossier)?;
        let known: Vec<DossierId> = case.guided_by.iter().map(|guidance| guidance.visit).collect();
        if known.contains(&visit) {
            return Ok(None);
        }
        let entry = Entry::new("case.guide/1", dossier, case.case);
        let entry = guided(entry, page.read(), visit, &known)?;
        page.put(entry).map(Some)
    })
}

/// Adds a visit to those that guide a case, and relies on its plan.
pub(crate) fn guided(
    entry: Entry,
    source: &dyn Source,
    visit: DossierId,
    known: &[DossierId],
) -> Result<Entry> {
    let plan: Assistance = only(source, visit)?;
    let (_, op) = newest::<Assistance>(source, visit, plan.assistance)?;
    let visits = known.iter().chain([&visit]).map(|visit| Value::from(visit.raw().as_slice()));
    Ok(entry.set("guided_by", visits.collect::<Vec<_>>()).rely_on("guided_by", visit, op))
}
