//! 立案审批表, from the proposal of a case and the finding that it rests on.

use angen_documents::Form;
use angen_documents::forms::{FilingApproval, Opinion, Party};

use super::Filling;
use super::draft::{Draft, clock};
use super::standing::of_form;
use super::wording::{captured_in_words, citations, finding_in_words};
use crate::domain::{CASE_SOURCES, Case, Finding};
use crate::error::{Error, Result};
use crate::procedure::visit::{CheckFacts, Trace};

/// Where a case comes from, as the form words it.
const FOUND_BY_CHECK: &str = "现场检查发现";

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["case"])?;
    let dossier = draft.request.dossier;
    let mut trace = Trace::default();
    let cases: Vec<Case> = trace.read(draft.source, dossier)?;
    trace.read_assents(draft.source, dossier)?;
    let Some(case) = cases.into_iter().find(|case| case.case == draft.request.about) else {
        return Err(Error::NotFound { noun: "case", id: dossier.to_string() });
    };
    let facts = draft.check(case.check)?;
    let Some(finding) = facts.findings.iter().find(|found| found.finding == case.finding) else {
        return Err(Error::NotFound { noun: "finding", id: case.finding.to_string() });
    };
    if let Some(op) = finding.ops.first() {
        draft.rely_on("finding", case.check, *op);
    }
    let people = draft.behind(&trace, &[case.op]);
    let officers = draft.officers(&people, &trace);
    let names: Vec<&str> = officers.iter().map(|officer| officer.name.as_str()).collect();
    let names = names.join("、");
    let source = CASE_SOURCES.iter().find(|(word, _)| *word == case.source);
    let source = match case.source.as_str() {
        "check" => FOUND_BY_CHECK,
        _ => source.map_or("", |(_, term)| term),
    };
    let written = facts_in_words(&facts, finding, &names);
    let proposal = format!("建议对“{}”立案调查，由{names}承办。", case.cause);
    let form = FilingApproval {
        agency: draft.agency(&people),
        number: draft.number(),
        cause: case.cause.as_str().into(),
        source: draft.wording("source", source),
        found_at: clock(finding.wall_ms).into(),
        party: Party::Unit(draft.unit(facts.enterprise.as_ref())),
        facts: draft.wording("facts", written),
        suspected: citations(&finding.legal_basis),
        officers_opinion: Opinion {
            text: draft.wording("officers_opinion", proposal),
            signer: officers.first().map(|first| first.name.clone()).unwrap_or_default().into(),
            day: draft.today().into(),
        },
        officers,
        review_opinion: Opinion::by_hand(),
        approval_opinion: Opinion::by_hand(),
    };
    Ok(form.document())
}

fn facts_in_words(facts: &CheckFacts, finding: &Finding, officers: &str) -> String {
    let day = angen_documents::Printed::printed(&clock(finding.wall_ms).date());
    let about = facts.evidence.iter().filter(|held| held.about == Some(finding.finding));
    let about: Vec<_> = about.collect();
    let record = of_form(&facts.issued, Form::SiteRecord).last();
    let record = record.and_then(|paper| paper.known_number());
    let mut on_file = vec![match record {
        Some(number) => format!("现场检查记录{number}"),
        None => "现场检查记录".to_owned(),
    }];
    if !about.is_empty() {
        on_file.push(captured_in_words(&about));
    }
    let by = if officers.is_empty() { String::new() } else { format!("执法人员{officers}") };
    format!(
        "{day}，{by}对{}进行现场检查，发现：{}以上情况有{}在案。",
        facts.title(),
        finding_in_words(finding),
        on_file.join("、")
    )
}
