//! Opens a practice case 演练案件: the chain is taught on it where two honest checks found nothing.
//!
//! It is marked from its first op, names no finding, and enters no statistics.

use angen_ledger::id::DossierId;

use crate::action::establish::{established, opening};
use crate::action::guide_case::guided;
use crate::action::look::{newest, not_empty, only};
use crate::action::propose_case::CaseView;
use crate::desk::{Desk, Entry};
use crate::domain::{Check, Enterprise};
use crate::error::{Error, Result};

/// What is practised.
#[derive(Debug, Clone)]
pub struct PractiseCase {
    /// The dossier of the check at whose site it is practised: its papers and its signed record
    /// serve the exercise.
    pub check: DossierId,
    /// What is pretended 演练案由.
    pub cause: String,
}

/// Opens a practice case of the visit that the check belongs to.
///
/// # Errors
/// `Invalid` for an empty cause, or a check of no assistance visit; `NotFound`; `Sign`, `Storage`.
pub fn practise_case(desk: &Desk<'_>, request: &PractiseCase) -> Result<CaseView> {
    not_empty("cause", &request.cause)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let read = page.read();
        let check: Check = only(read, request.check)?;
        let Some(visit) = check.assistance else {
            return Err(Error::invalid(
                "check",
                "演练案件只用于帮扶：请选帮扶中的检查",
                "an exercise belongs to an assistance visit: choose a check of one",
            ));
        };
        let (enterprise, enterprise_op) =
            newest::<Enterprise>(read, place.register, check.enterprise)?;
        let (_, check_op) = newest::<Check>(read, request.check, check.check)?;
        let dossier = DossierId(page.new_entity().0);
        let (case, exercise) = (page.new_entity(), page.new_entity());
        let entry = Entry::new("case.propose/1", dossier, case)
            .set("check", request.check.raw().as_slice())
            .set("finding", exercise.raw().as_slice())
            .set("enterprise", check.enterprise.raw().as_slice())
            .set("cause", request.cause.as_str())
            .set("source", "check")
            .set("practice", true)
            .rely_on("check", request.check, check_op)
            .rely_on("enterprise", place.register, enterprise_op);
        let entry = guided(entry, read, visit, &[])?;
        let title = format!("〔演练〕{}{}", enterprise.name, request.cause);
        page.put(opening(dossier, "case", &title, &place.area))?;
        page.put(entry)?;
        Ok(CaseView { dossier, case })
    })
}
