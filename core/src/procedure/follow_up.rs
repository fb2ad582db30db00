//! What follows a finding: measures, orders, re-checks, hand-over. It runs in parallel with the
//! chain of evidence and counts for nothing; what is not in order warns.

use angen_ledger::hash::Hash;
use angen_ledger::id::EntityId;
use chrono::Days;

use crate::domain::{Consequence, Extension, Finding, MeasureKind, Opinion, RecheckOutcome};
use crate::procedure::case::CaseFacts;
use crate::procedure::people::People;
use crate::procedure::violation::case_on;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Code, Condition};

/// Days for the answer to an application for a longer deadline: the rule of 2007 (安全生产违法行为
/// 行政处罚办法, article 16), replaced in 2026 by 应急管理部令第18号, whose text is to be confirmed.
pub(crate) const EXTENSION_ANSWER_DAYS: u32 = 5;

/// The conditions of what follows the findings of a check. Each is there only where there is
/// something to say.
pub(crate) fn follow_up(
    facts: &CheckFacts,
    cases: &[CaseFacts],
    people: &People,
) -> Vec<Condition> {
    let conditions = [
        others_transferred(facts),
        major_hazards(facts),
        ordered(facts),
        by_two(facts, people),
        extensions(facts),
        failed(facts, cases),
    ];
    conditions.into_iter().flatten().map(Condition::or_warn).collect()
}

/// R07: a penalty that is proposed goes with an order to correct, or a measure that orders it.
pub(crate) fn correction_ordered(
    facts: &CheckFacts,
    finding: EntityId,
    case: &CaseFacts,
) -> Option<Condition> {
    let conclusion = case.conclusion.as_ref()?;
    // An exercise proposes no penalty to anybody, and orders nobody to correct anything.
    if conclusion.opinion != Opinion::Penalty || case.case.practice {
        return None;
    }
    let orders = facts.orders.iter().filter(|order| order.item(finding).is_some());
    let mut ops: Vec<Hash> = orders.map(|order| order.op).collect();
    ops.extend(measures_on(facts, finding));
    Some(Condition::shown(Code::CorrectionOrdered, ops).or_warn())
}

/// The measures that order something about a finding; a proposal to the bureau orders nothing.
fn measures_on(facts: &CheckFacts, finding: EntityId) -> impl Iterator<Item = Hash> {
    let about = facts
        .measures
        .iter()
        .filter(move |measure| measure.findings.contains(&finding) && !measure.is_proposed());
    about.map(|measure| measure.op)
}

fn standing(facts: &CheckFacts) -> impl Iterator<Item = &Finding> {
    facts.findings.iter().filter(|finding| !finding.retracted)
}

/// A condition over some findings: met for those that have ops, and naming the others.
fn over<'f>(
    code: Code,
    findings: impl Iterator<Item = (&'f Finding, Vec<Hash>)>,
) -> Option<Condition> {
    let (mut have, mut need, mut ops, mut names) = (0, 0, Vec::new(), Vec::new());
    for (finding, shown) in findings {
        need += 1;
        if shown.is_empty() {
            names.push(finding.title.clone());
        } else {
            have += 1;
            ops.extend(shown);
        }
    }
    (need > 0).then(|| Condition::counted(code, have, need, ops).lacking(names))
}

fn others_transferred(facts: &CheckFacts) -> Option<Condition> {
    let others = standing(facts).filter(|finding| !finding.is_ours());
    over(
        Code::OthersTransferred,
        others.map(|finding| {
            let transfer = finding.transfer.as_ref();
            let letter = transfer.and_then(|transfer| transfer.letter);
            let letter = facts.evidence.iter().find(|held| Some(held.evidence) == letter);
            let shown = transfer.zip(letter).map(|(transfer, held)| vec![transfer.op, held.op]);
            (finding, shown.unwrap_or_default())
        }),
    )
}

/// A major hazard is removed at once, or people leave and work stops. To put one thing right on
/// the spot, or to ask the bureau for something, is not yet that.
fn major_hazards(facts: &CheckFacts) -> Option<Condition> {
    let major = standing(facts).filter(|finding| finding.major_hazard.is_some());
    let acts = |finding: &Finding| -> Vec<Hash> {
        let about = facts.measures.iter().filter(|measure| {
            measure.findings.contains(&finding.finding)
                && (measure.kind == MeasureKind::RemoveAtOnce || measure.kind.holds_until_lifted())
        });
        about.map(|measure| measure.op).collect()
    };
    over(Code::MajorHazardActedOn, major.map(|finding| (finding, acts(finding))))
}

fn ordered(facts: &CheckFacts) -> Option<Condition> {
    let to_order = standing(facts)
        .filter(|finding| finding.consequence == Consequence::Order && finding.is_ours());
    let orders = |finding: &Finding| -> Vec<Hash> {
        let with = facts.orders.iter().filter(|order| order.item(finding.finding).is_some());
        with.map(|order| order.op).collect()
    };
    over(Code::OrderIssued, to_order.map(|finding| (finding, orders(finding))))
}

fn by_two(facts: &CheckFacts, people: &People) -> Option<Condition> {
    let mut ops: Vec<Hash> = facts.measures.iter().map(|measure| measure.op).collect();
    ops.extend(facts.measures.iter().filter_map(|measure| Some(measure.lifted.as_ref()?.op)));
    ops.extend(facts.orders.iter().map(|order| order.op));
    ops.extend(facts.rechecks.iter().map(|recheck| recheck.op));
    let (have, shown) = facts.trace.seconded(people, &ops);
    (!ops.is_empty()).then(|| Condition::counted(Code::OrdersByTwo, have, ops.len(), shown))
}

fn extensions(facts: &CheckFacts) -> Option<Condition> {
    let title = |extension: &Extension| {
        let of_item = facts.findings.iter().find(|found| found.finding == extension.finding);
        of_item.map(|finding| finding.title.clone()).unwrap_or_default()
    };
    let late = facts.extensions.iter().filter(|extension| !is_in_time(facts, extension));
    let names: Vec<String> = late.map(title).collect();
    let all = facts.extensions.len();
    let ops = facts.extensions.iter().map(|extension| extension.op).collect();
    let have = all - names.len();
    (all > 0).then(|| Condition::counted(Code::ExtensionInTime, have, all, ops).lacking(names))
}

/// S14: asked by the deadline that held then, and not answered later than a few days after. One
/// that is not answered yet has a clock.
fn is_in_time(facts: &CheckFacts, extension: &Extension) -> bool {
    let earlier: Vec<Extension> = facts
        .extensions
        .iter()
        .filter(|known| known.asked_on < extension.asked_on)
        .cloned()
        .collect();
    let order = facts.orders.iter().find(|order| order.order == extension.order);
    let asked_by = order.and_then(|order| order.deadline(extension.finding, &earlier));
    let answer_by =
        extension.asked_on.checked_add_days(Days::new(u64::from(EXTENSION_ANSWER_DAYS)));
    let asked = asked_by.is_none_or(|deadline| extension.asked_on <= deadline);
    let answered =
        extension.answer.is_none_or(|answer| answer_by.is_none_or(|by| answer.answered_on <= by));
    asked && answered
}

/// The items that the last re-check found uncorrected: each has a case, or should.
fn failed(facts: &CheckFacts, cases: &[CaseFacts]) -> Option<Condition> {
    let mut failed: Vec<EntityId> = Vec::new();
    for order in &facts.orders {
        for item in &order.items {
            let last = order.outcome(item.finding, &facts.rechecks);
            let is_failed = last.is_some_and(|(_, item)| item.outcome != RecheckOutcome::Corrected);
            if is_failed && !failed.contains(&item.finding) {
                failed.push(item.finding);
            }
        }
    }
    let findings = facts.findings.iter().filter(|finding| failed.contains(&finding.finding));
    over(
        Code::FailedHasCase,
        findings.map(|finding| {
            let case = case_on(cases, facts, finding);
            (finding, case.map(|case| case.case.op).into_iter().collect())
        }),
    )
}
