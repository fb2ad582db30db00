//! The competent body at a check: a mandate that covers place and day, and people who may act.

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;

use crate::domain::{Mandate, china_day};
use crate::procedure::mandate::powers;
use crate::procedure::people::People;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Act, Code, Condition, Issuer, Powers, Question};

/// A body above the township in whose name checks of a visit were made 联合执法: the credit is the
/// township's, and the board says so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Joint {
    /// In whose name.
    pub in_name_of: String,
    /// Who gets the credit.
    pub credit_to: String,
    /// The checks.
    pub checks: Vec<DossierId>,
    /// The ops of the mandates, ascending, each once.
    pub ops: Vec<Hash>,
}

/// What the mandates say to a check on the day of its first record.
fn asked(mandates: &[Mandate], facts: &CheckFacts) -> Option<Powers> {
    let begun = facts.first_record_ms().unwrap_or_else(|| facts.begun_ms());
    let day = china_day(begun)?;
    let certified = facts.people.certified_on(day).len();
    Some(powers(mandates, certified, &Question::new(day, &facts.area, Act::Inspection)))
}

/// Whether the enforcers are of the competent body, and in a state to act. While nothing is held
/// about powers, nothing can be compared: that warns.
pub(crate) fn competence(mandates: &[Mandate], facts: &CheckFacts) -> Vec<Condition> {
    let mut conditions = Vec::new();
    if let Some(powers) = asked(mandates, facts) {
        conditions.push(if mandates.is_empty() {
            Condition::shown(Code::MandateHeld, Vec::new()).or_warn()
        } else {
            let covering: Vec<Hash> = powers.issuers.iter().map(|issuer| issuer.op).collect();
            let refused = covering.is_empty();
            let why = powers.refusals.iter().filter(|_| refused);
            let condition = Condition::shown(Code::MandateCovers, covering);
            let mut names: Vec<String> = why.map(|reason| reason.why.word().to_owned()).collect();
            names.dedup();
            condition.lacking(names)
        });
    }
    let first = facts.first_record_ms().unwrap_or_else(|| facts.begun_ms());
    let (_, writers) = facts.enforcers_on(&facts.people, first);
    conditions.extend(warning(Code::CertificateEntered, facts.people.provisional(&writers, first)));
    conditions.extend(warning(Code::OnPost, facts.people.off_post(&writers, first)));
    conditions.extend(recusals(&facts.people));
    conditions
}

/// Recusals that nobody has decided yet; the investigation goes on meanwhile.
pub(crate) fn recusals(people: &People) -> Option<Condition> {
    warning(Code::RecusalDecided, people.undecided())
}

fn warning(code: Code, names: Vec<String>) -> Option<Condition> {
    let warning = Condition::shown(code, Vec::new());
    (!names.is_empty()).then(|| warning.lacking(names).or_warn())
}

/// The joint mandates under which checks were made: the most special mandate of each check counts.
pub(crate) fn joint(mandates: &[Mandate], checks: &[CheckFacts]) -> Vec<Joint> {
    let mut joint: Vec<Joint> = Vec::new();
    for facts in checks {
        let Some(powers) = asked(mandates, facts) else { continue };
        let Some(Issuer { in_name_of, credit_to: Some(credit_to), op, .. }) =
            powers.issuers.into_iter().next()
        else {
            continue;
        };
        let same =
            |known: &&mut Joint| known.in_name_of == in_name_of && known.credit_to == credit_to;
        match joint.iter_mut().find(same) {
            Some(known) => {
                known.checks.push(facts.dossier);
                known.ops.push(op);
            }
            None => {
                let (checks, ops) = (vec![facts.dossier], vec![op]);
                joint.push(Joint { in_name_of, credit_to, checks, ops });
            }
        }
    }
    for known in &mut joint {
        known.ops.sort_unstable();
        known.ops.dedup();
    }
    joint
}
