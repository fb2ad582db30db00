//! Notes what came of a case 后续成效: a decision, a payment, its closing, as its papers show them.
//!
//! Statistics, months later: nothing is complete or ranked by them, and amounts never score
//! (行政处罚法（2021）第七十四条第三款).

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{day, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Case, Evidence, OutcomeStep, read_one};
use crate::error::{Error, Result};

/// What came of it.
#[derive(Debug, Clone)]
pub struct NoteOutcome {
    /// The dossier of the case.
    pub dossier: DossierId,
    /// Decided, paid or closed.
    pub step: OutcomeStep,
    /// The day, `2026-11-02`.
    pub day: String,
    /// The amount in fen, 1/100 yuan: of the decision, or of this payment.
    pub amount_fen: Option<i64>,
    /// Number of the decision or of the receipt.
    pub number: Option<String>,
    /// The captured paper, in this dossier.
    pub evidence: Option<EntityId>,
}

/// Notes an outcome. A decision or a closing that is noted again replaces the one before; each
/// payment stands by itself.
///
/// # Errors
/// `Invalid` for a day that is none, a negative amount, or a practice case; `NotFound`; `Sign`,
/// `Storage`.
pub fn note_outcome(desk: &Desk<'_>, request: &NoteOutcome) -> Result<Hash> {
    day("day", &request.day)?;
    if request.amount_fen.is_some_and(|amount| amount < 0) {
        return Err(Error::invalid("amount", "金额不能是负数", "an amount is not negative"));
    }
    desk.write(|page| {
        let case: Case = only(page.read(), request.dossier)?;
        if case.practice {
            return Err(Error::invalid(
                "dossier",
                "演练案件没有后续成效，不进入统计",
                "a practice case has no outcome: it enters no statistics",
            ));
        }
        if let Some(evidence) = request.evidence {
            read_one::<Evidence>(page.read(), request.dossier, evidence)?;
        }
        let outcome = match request.step {
            OutcomeStep::Paid => page.new_entity(),
            step => EntityId::derived(request.dossier, &format!("outcome/{}", step.word())),
        };
        page.put(
            Entry::new("outcome.note/1", request.dossier, outcome)
                .set("step", request.step.word())
                .set("day", request.day.as_str())
                .set_some("amount_fen", request.amount_fen)
                .set_some("number", request.number.as_deref())
                .set_some("evidence", request.evidence.as_ref().map(|id| id.raw().as_slice())),
        )
    })
}
