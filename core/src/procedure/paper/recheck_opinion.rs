//! 整改复查意见书, from a re-check and the order that it looks back to.

use angen_documents::Form;
use angen_documents::forms::{
    RecheckOpinion, RecheckOutcome as OutcomeOnPaper, RecheckedItem as ItemOnPaper,
};

use super::Filling;
use super::draft::Draft;
use super::standing::of_form;
use super::wording::finding_in_words;
use crate::domain::{Order, Recheck, RecheckOutcome, read_one};
use crate::error::Result;
use crate::procedure::visit::CheckFacts;

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["check"])?;
    let dossier = draft.request.dossier;
    let facts = draft.check(dossier)?;
    let recheck: Recheck = read_one(draft.source, dossier, draft.request.about)?;
    let order: Order = read_one(draft.source, dossier, recheck.order)?;
    let people = draft.behind(&facts.trace, &[recheck.op]);
    let officers = draft.officers(&people, &facts.trace);
    let printed = of_form(&facts.issued, Form::CorrectionOrder);
    let printed = printed.filter(|paper| paper.about == order.order).last();
    let number = printed.and_then(|paper| paper.known_number()).or(order.number.as_deref());
    let form = RecheckOpinion {
        agency: draft.agency(&people),
        number: draft.number(),
        unit_name: facts.title().into(),
        order_number: draft.fact("order_number", number),
        order_day: order.issued_on.into(),
        rechecked_on: recheck.rechecked_on.into(),
        items: items(&facts, &order, &recheck),
        conclusion: draft.wording("conclusion", conclusion(&order, &recheck)),
        officers,
        unit_signature: angen_documents::UnitSignature::Expected,
        day: recheck.rechecked_on.into(),
        sealing: draft.request.sealing,
    };
    Ok(form.document())
}

/// Each item as the order worded it, in the order of the order.
fn items(facts: &CheckFacts, order: &Order, recheck: &Recheck) -> Vec<ItemOnPaper> {
    let mut items = Vec::new();
    for ordered in &order.items {
        let looked = recheck.items.iter().find(|item| item.finding == ordered.finding);
        let finding = facts.findings.iter().find(|found| found.finding == ordered.finding);
        let Some(looked) = looked else { continue };
        items.push(ItemOnPaper {
            text: finding.map(finding_in_words).unwrap_or_default(),
            found: looked.words.clone(),
            outcome: match looked.outcome {
                RecheckOutcome::Corrected => OutcomeOnPaper::Corrected,
                RecheckOutcome::Partly => OutcomeOnPaper::Partly,
                RecheckOutcome::NotCorrected => OutcomeOnPaper::NotCorrected,
            },
        });
    }
    items
}

/// What follows for the whole, by the numbers of the order.
fn conclusion(order: &Order, recheck: &Recheck) -> String {
    let failed: Vec<String> = (1..)
        .zip(&order.items)
        .filter(|(_, item)| recheck.failed().any(|failed| failed.finding == item.finding))
        .map(|(number, _): (usize, _)| number.to_string())
        .collect();
    if failed.is_empty() {
        return "所复查的问题均已整改，符合要求。".to_owned();
    }
    format!("第{}项未完成整改，依法另行处理；其余所复查的问题已整改。", failed.join("、"))
}
