//! 责令限期整改指令书, from an order that two officers stand behind.

use angen_documents::forms::{CorrectBy as ByOnPaper, CorrectionOrder, Deadline};
use angen_documents::{Form, Remedies};

use super::draft::{Draft, clock};
use super::site_record::refusal;
use super::standing::of_form;
use super::wording::{citations, on_paper};
use super::{Filling, Lack};
use crate::domain::{CorrectBy, Finding, Order, read_one};
use crate::error::Result;
use crate::procedure::visit::CheckFacts;

/// What follows when an order is not obeyed, as long as nobody words it otherwise.
const CONSEQUENCE: &str = "逾期未整改，或者整改后仍不符合要求的，依照《中华人民共和国安全生产法》（2021年修正）第一百零二条等规定处理。";

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["check"])?;
    let facts = draft.check(draft.request.dossier)?;
    let order: Order = read_one(draft.source, draft.request.dossier, draft.request.about)?;
    let people = draft.behind(&facts.trace, &[order.op]);
    let officers = draft.officers(&people, &facts.trace);
    let found_ms = facts.first_record_ms().unwrap_or_else(|| facts.begun_ms());
    let findings = ordered(draft, &facts, &order);
    let unit_name = facts.enterprise.as_ref().map(|known| known.name.clone());
    let form = CorrectionOrder {
        agency: draft.agency(&people),
        number: draft.number(),
        unit_name: unit_name.unwrap_or_default().into(),
        found_on: clock(found_ms).date().into(),
        record_number: draft.fact("record_number", record_number(&facts).as_deref()),
        findings: findings.iter().map(|finding| on_paper(finding)).collect(),
        deadlines: deadlines(&order, &findings),
        basis: citations(&order.legal_basis),
        consequence: draft.wording("consequence", CONSEQUENCE),
        remedies: Remedies {
            government: draft.typed("review_government"),
            upper_department: draft.typed("review_department"),
            court: draft.typed("court"),
        },
        officers,
        unit_signature: refusal(&facts),
        day: order.issued_on.into(),
        sealing: draft.request.sealing,
    };
    Ok(form.document())
}

/// The findings of an order in its order. What another authority enforces is handed over and not
/// ordered (安全生产法 2021, article 69).
fn ordered<'f>(draft: &Draft<'_>, facts: &'f CheckFacts, order: &Order) -> Vec<&'f Finding> {
    let of = |item: &crate::domain::OrderItem| {
        facts.findings.iter().find(|found| found.finding == item.finding)
    };
    let findings: Vec<&Finding> = order.items.iter().filter_map(of).collect();
    if findings.len() < order.items.len() {
        draft.lacks(Lack::new(
            "finding",
            "指令书中有问题已撤回或在这里读不到：请另出指令书",
            "a finding of the order was retracted or is not here: issue another order",
        ));
    }
    for finding in &findings {
        if !finding.is_ours() {
            draft.lacks(
                Lack::new(
                    "authority",
                    format!("“{}”由其他部门管辖：请移送，不写入指令书", finding.title),
                    "a finding of another authority is handed over and is not part of an order",
                )
                .by("S07"),
            );
        }
    }
    findings
}

/// Items with the same deadline stand in one line.
fn deadlines(order: &Order, findings: &[&Finding]) -> Vec<Deadline> {
    let mut deadlines: Vec<Deadline> = Vec::new();
    for item in &order.items {
        let number = findings.iter().position(|found| found.finding == item.finding);
        let Some(number) = number.map(|at| at + 1) else { continue };
        let by = match item.by {
            CorrectBy::AtOnce => ByOnPaper::AtOnce,
            CorrectBy::Day(day) => ByOnPaper::Day(day),
        };
        match deadlines.iter_mut().find(|deadline| deadline.by == by) {
            Some(deadline) => deadline.numbers.push(number),
            None => deadlines.push(Deadline { numbers: vec![number], by }),
        }
    }
    deadlines
}

/// The number of the site record, if it was printed.
fn record_number(facts: &CheckFacts) -> Option<String> {
    let record = of_form(&facts.issued, Form::SiteRecord).last()?;
    record.known_number().map(str::to_owned)
}
