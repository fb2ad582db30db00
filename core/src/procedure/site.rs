//! C: a check of one enterprise 现场检查, from approval to the signed record.

use std::collections::BTreeSet;

use angen_documents::Form;
use angen_ledger::hash::Hash;

use crate::domain::Mandate;
use crate::procedure::competence::competence;
use crate::procedure::paper::of_form;
use crate::procedure::people::People;
use crate::procedure::sheet::Sheet;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Code, Condition, Part, Profile, Unit};

/// A check as a unit. `different` is false for a second check of the same enterprise.
pub(crate) fn site(
    facts: &CheckFacts,
    sheet: &Sheet,
    mandates: &[Mandate],
    profile: &Profile,
    different: bool,
) -> Unit {
    let people = &facts.people;
    let planned: Vec<Hash> = facts.check.op.into_iter().collect();
    let given = |code, number: Option<&str>| {
        let given = number.is_some_and(|number| !number.trim().is_empty());
        Condition::shown(code, if given { planned.clone() } else { Vec::new() })
    };
    // Where the law lets a check pass without a notice, the reason stands in its place.
    let exempt = facts.check.notice_exempt.as_deref();
    let mut conditions = vec![
        identified(facts),
        Condition::shown(
            Code::EnterpriseDifferent,
            if different { planned.clone() } else { Vec::new() },
        ),
        given(Code::BasisGiven, Some(&facts.check.basis)),
        given(Code::ApprovalGiven, facts.check.approval_no.as_deref()),
        notice(facts).unwrap_or_else(|| {
            given(Code::NoticeGiven, facts.check.notice_no.as_deref().or(exempt))
        }),
    ];
    conditions.extend(officers(facts, people, profile));
    conditions.extend(competence(mandates, facts));
    conditions.extend(answered(facts, sheet, &planned));
    conditions.push(Condition::shown(Code::RecordClosed, facts.record_ops(people)));
    conditions.extend(seconded(facts, people));
    conditions.extend(used_before(facts));
    Unit {
        part: Part::Checks,
        dossier: facts.dossier,
        subject: facts.check.check,
        title: facts.title(),
        stage: None,
        practice: false,
        conditions,
    }
}

/// The notice that was printed, once there is one.
fn notice(facts: &CheckFacts) -> Option<Condition> {
    let printed = of_form(&facts.issued, Form::InspectionNotice).last()?;
    Some(Condition::shown(Code::NoticeGiven, vec![printed.op]))
}

fn identified(facts: &CheckFacts) -> Condition {
    let Some(enterprise) = &facts.enterprise else {
        let missing = Condition::shown(Code::FactsHeld, Vec::new()).or_warn();
        return missing.lacking(vec![facts.check.enterprise.to_string()]);
    };
    let known = enterprise.credit_code.is_some() || enterprise.no_code_reason.is_some();
    let ops = enterprise.op.filter(|_| known).into_iter().collect();
    Condition::shown(Code::EnterpriseIdentified, ops)
}

/// Two certified enforcers on the day of the first record (of the plan, while there is none), each
/// by an op of their own; and both showed their certificates before it.
fn officers(facts: &CheckFacts, people: &People, profile: &Profile) -> Vec<Condition> {
    let need = profile.certified_at_check;
    let first = facts.first_record_ms();
    let (there, writers) = facts.enforcers_on(people, first.unwrap_or_else(|| facts.begun_ms()));
    let ops = there.values().flatten().copied().collect();
    let before = facts.shown.iter().filter(|shown| {
        let first_of_it = facts.trace.on(shown.shown).iter().map(|w| w.wall_ms).min();
        first.is_none_or(|first| first_of_it.is_some_and(|shown| shown <= first))
    });
    let mut showed = std::collections::BTreeMap::new();
    for shown in before {
        if let Some(person) = people.enforcer(shown.writer, shown.wall_ms) {
            showed.insert(person, shown.op);
        }
    }
    let shown = showed.values().copied().collect();
    let mut conditions = vec![
        Condition::counted(Code::TwoOfficers, there.len(), need, ops),
        Condition::counted(Code::CertificatesShown, showed.len(), need, shown),
    ];
    let unknown = people.last_day_unknown(&writers);
    if !unknown.is_empty() {
        let warning = Condition::shown(Code::CertificateDayKnown, Vec::new());
        conditions.push(warning.lacking(unknown).or_warn());
    }
    conditions
}

fn answered(facts: &CheckFacts, sheet: &Sheet, planned: &[Hash]) -> Vec<Condition> {
    let chosen = if facts.check.checklists.is_empty() { Vec::new() } else { planned.to_vec() };
    let mut conditions = vec![Condition::shown(Code::ChecklistChosen, chosen)];
    // Without a checklist to read nothing can be said of the answers, so nothing is demanded.
    if sheet.lists > 0 {
        let (have, need, ops) = (sheet.answered, sheet.asked, sheet.ops.clone());
        let answered = Condition::counted(Code::ItemsAnswered, have, need, ops);
        conditions.push(answered.lacking(sheet.open.clone()));
    }
    let warn = |code, names: Vec<String>| {
        let names = if names.is_empty() { return None } else { names };
        Some(Condition::shown(code, Vec::new()).lacking(names).or_warn())
    };
    conditions.extend(warn(Code::FactsHeld, sheet.not_held.clone()));
    let raised: BTreeSet<&str> = facts
        .findings
        .iter()
        .filter(|finding| !finding.retracted)
        .filter_map(|finding| finding.item.as_deref())
        .collect();
    let not_raised = sheet.violated.iter().filter(|(item, _)| !raised.contains(item.as_str()));
    conditions
        .extend(warn(Code::ViolationsRaised, not_raised.map(|(item, _)| item.clone()).collect()));
    conditions.extend(warn(Code::ConflictsDecided, sheet.conflicts.clone()));
    conditions
}

/// Every op that holds a finding or evidence now carries two certified enforcers.
fn seconded(facts: &CheckFacts, people: &People) -> Option<Condition> {
    let findings = facts.findings.iter().filter(|finding| !finding.retracted);
    let mut ops: Vec<Hash> = findings.flat_map(|finding| finding.ops.iter().copied()).collect();
    ops.extend(facts.evidence.iter().map(|evidence| evidence.op));
    if ops.is_empty() {
        // A check without findings and evidence has nothing to assent to but its answers.
        ops = facts.answers.iter().flat_map(|answer| answer.ops()).collect();
    }
    let (have, shown) = facts.trace.seconded(people, &ops);
    // Before anything is recorded there is nothing to stand behind, and nothing to say.
    (!ops.is_empty()).then(|| Condition::counted(Code::RecordedByTwo, have, ops.len(), shown))
}

/// Files that were captured before in another dossier: the same photo at two enterprises.
fn used_before(facts: &CheckFacts) -> Option<Condition> {
    let elsewhere = |op: &Hash| facts.trace.op(*op).is_none();
    let used = facts.evidence.iter().filter(|held| held.same_original.iter().any(elsewhere));
    let names: Vec<String> = used.map(|held| held.file_name.clone()).collect();
    let warning = Condition::shown(Code::OriginalsFresh, Vec::new());
    (!names.is_empty()).then(|| warning.lacking(names).or_warn())
}
