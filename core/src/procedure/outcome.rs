//! What came of a visit 后续成效: cases filed, decided and paid, months later, through `guided_by`.
//!
//! Statistics and nothing else: no count, no completion and no ranking looks at them
//! (行政处罚法（2021）第七十四条第三款: fines are not linked to any appraisal).

use angen_ledger::hash::Hash;

use crate::domain::{OutcomeNoted, OutcomeStep, Source, read_all};
use crate::error::Result;
use crate::procedure::case::CaseFacts;
use crate::procedure::people::People;

/// What came of a visit.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Cases that were filed, by their signed forms.
    pub filed: usize,
    /// Cases in which something was decided.
    pub decided: usize,
    /// Cases that were closed.
    pub closed: usize,
    /// What was decided on, in fen.
    pub decided_fen: i64,
    /// What was paid, in fen.
    pub paid_fen: i64,
    /// Practice cases, which enter nothing of this.
    pub practice: usize,
    /// The ops that say so, ascending.
    pub ops: Vec<Hash>,
}

/// What came of the cases of a visit: proposed on a finding of its checks, or guided by it.
pub(crate) fn outcome(
    source: &dyn Source,
    people: &People,
    cases: &[CaseFacts],
) -> Result<Outcome> {
    let mut outcome = Outcome::default();
    for facts in cases {
        if facts.case.practice {
            outcome.practice += 1;
        } else {
            outcome.take(facts, &read_all(source, facts.dossier)?, people);
        }
    }
    outcome.ops.sort_unstable();
    outcome.ops.dedup();
    Ok(outcome)
}

impl Outcome {
    fn take(&mut self, facts: &CaseFacts, noted: &[OutcomeNoted], people: &People) {
        let filed = facts.filed();
        self.filed += usize::from(!filed.is_empty());
        self.ops.extend(filed);
        let by_enforcer =
            |noted: &&OutcomeNoted| people.enforcer(noted.writer, noted.wall_ms).is_some();
        let noted: Vec<&OutcomeNoted> = noted.iter().filter(by_enforcer).collect();
        let any = |step| usize::from(noted.iter().any(|noted| noted.step == step));
        self.decided += any(OutcomeStep::Decided);
        self.closed += any(OutcomeStep::Closed);
        for noted in noted {
            let amount = noted.amount_fen.unwrap_or(0).max(0);
            match noted.step {
                OutcomeStep::Decided => self.decided_fen = self.decided_fen.saturating_add(amount),
                OutcomeStep::Paid => self.paid_fen = self.paid_fen.saturating_add(amount),
                OutcomeStep::Closed => {}
            }
            self.ops.push(noted.op);
        }
    }
}
