//! The conditions of evidence that was registered and preserved in advance (R22). They are there
//! only where something was.

use angen_ledger::hash::Hash;

use crate::domain::{Evidence, Preservation, china_day};
use crate::procedure::case::CaseFacts;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{ClockKind, Code, Condition, WorkCalendar};

/// What the chain of evidence asks of preserved items, in the check and in its case.
pub(crate) fn preserved(facts: &CheckFacts, case: Option<&CaseFacts>) -> Vec<Condition> {
    let of_case = case.map(|case| (&case.preservations, &case.evidence));
    let held = std::iter::once((&facts.preservations, &facts.evidence)).chain(of_case);
    let held: Vec<(&Preservation, &[Evidence])> = held
        .flat_map(|(all, evidence)| all.iter().map(move |known| (known, evidence.as_slice())))
        .filter(|(known, _)| known.registered.is_some())
        .collect();
    if held.is_empty() {
        return Vec::new();
    }
    let decided = over(Code::PreservedDecided, &held, |known, _| decided_in_time(known));
    // What is not decided yet may be decided in time; what was decided too late stays late.
    let is_late =
        |known: &Preservation| known.all_decided_on().is_some() && decided_in_time(known).is_none();
    let decided = match held.iter().any(|(known, _)| is_late(known)) {
        true => decided,
        false => decided.or_later(case.is_some()),
    };
    vec![over(Code::PreservationApproved, &held, approved), decided]
}

/// One condition over every preservation: the ops that show it, or its name.
fn over(
    code: Code,
    held: &[(&Preservation, &[Evidence])],
    shown: impl Fn(&Preservation, &[Evidence]) -> Option<Vec<Hash>>,
) -> Condition {
    let (mut have, mut ops, mut names) = (0, Vec::new(), Vec::new());
    for (known, evidence) in held {
        match shown(known, evidence) {
            Some(by) => {
                have += 1;
                ops.extend(by);
            }
            None => names.push(name(known)),
        }
    }
    Condition::counted(code, have, held.len(), ops).lacking(names)
}

/// Approved by the head of the agency before it was registered, with the form that shows it.
fn approved(known: &Preservation, evidence: &[Evidence]) -> Option<Vec<Hash>> {
    let approval = known.approval.as_ref().filter(|_| known.is_approved_first())?;
    let form = evidence.iter().find(|held| held.evidence == approval.evidence)?;
    Some(vec![approval.op, form.op])
}

/// Every item decided, the last of them within the seven working days.
fn decided_in_time(known: &Preservation) -> Option<Vec<Hash>> {
    let registered = known.registered.as_ref()?;
    let start = china_day(registered.registered_at_ms)?;
    let period = ClockKind::Preserved.rule().period?;
    let last = WorkCalendar::built_in().end(start, period).last;
    let in_time = known.all_decided_on()? <= last;
    in_time.then(|| [Some(registered.op), known.decided_by].into_iter().flatten().collect())
}

fn name(known: &Preservation) -> String {
    let items = known.registered.iter().flat_map(|registered| &registered.items);
    items.map(|item| item.name.as_str()).collect::<Vec<_>>().join("、")
}
