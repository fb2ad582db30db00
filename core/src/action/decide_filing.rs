//! Notes the decision on filing 立案审批, shown by the form that the head of the agency signed.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{day, no_mentor, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Case, Evidence, read_one};
use crate::error::Result;

/// What was decided.
#[derive(Debug, Clone)]
pub enum FilingDecision {
    /// Filed 立案.
    Filed {
        /// Number of the case.
        number: String,
    },
    /// Not filed 不予立案.
    NotFiled {
        /// Why.
        reason: String,
    },
}

/// A decision on filing.
#[derive(Debug, Clone)]
pub struct DecideFiling {
    /// The dossier of the case.
    pub dossier: DossierId,
    /// What was decided.
    pub decision: FilingDecision,
    /// Who decided: name.
    pub approver: String,
    /// Post of who decided.
    pub approver_post: String,
    /// The day of the decision, `2026-09-16`.
    pub decided_on: String,
    /// The photo or scan of the signed form, captured in this dossier.
    pub evidence: EntityId,
}

/// Notes the decision. A name that is typed counts for nothing without the signed form.
///
/// # Errors
/// `Invalid` for an empty number, reason, name or post, a day that is none, or a mentor; `NotFound`
/// for a form that was not captured in this dossier; `Sign`, `Storage`.
pub fn decide_filing(desk: &Desk<'_>, request: &DecideFiling) -> Result<Hash> {
    not_empty("approver", &request.approver)?;
    not_empty("approver_post", &request.approver_post)?;
    day("decided_on", &request.decided_on)?;
    let entity = EntityId::derived(request.dossier, "filing");
    let entry = Entry::new("filing.decide/1", request.dossier, entity)
        .set("approver", request.approver.as_str())
        .set("approver_post", request.approver_post.as_str())
        .set("decided_on", request.decided_on.as_str())
        .set("evidence", request.evidence.raw().as_slice());
    let entry = match &request.decision {
        FilingDecision::Filed { number } => {
            not_empty("number", number)?;
            entry.set("decision", "filed").set("number", number.as_str())
        }
        FilingDecision::NotFiled { reason } => {
            not_empty("reason", reason)?;
            entry.set("decision", "not_filed").set("reason", reason.as_str())
        }
    };
    desk.write(|page| {
        no_mentor(page.read(), desk, request.dossier)?;
        only::<Case>(page.read(), request.dossier)?;
        read_one::<Evidence>(page.read(), request.dossier, request.evidence)?;
        page.put(entry)
    })
}
