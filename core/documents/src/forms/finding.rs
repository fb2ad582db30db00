//! A finding (隐患/问题) as it is worded once and flows into record, order, re-check and case.
use crate::content::{FieldName, Item};
use crate::gather::{ENTRIES_MAX, Gather};
use crate::law::Citation;
use crate::problem::ProblemKind;

/// One finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// What is wrong, where, and since when as far as known.
    pub text: String,
    /// What it breaks.
    pub basis: Vec<Citation>,
}

impl Finding {
    /// A finding.
    #[must_use]
    pub fn new(text: &str, basis: Vec<Citation>) -> Self {
        Self { text: text.to_owned(), basis }
    }
}

/// The numbered list of findings. `cited` says whether each must name what it breaks.
pub(crate) fn items(
    gather: &mut Gather,
    name: FieldName,
    findings: &[Finding],
    cited: bool,
) -> Vec<Item> {
    gather.count(name, findings.len(), 0, ENTRIES_MAX);
    let mut items = Vec::new();
    for (number, finding) in (1..).zip(findings) {
        let whole = finding.basis.iter().all(Citation::is_whole);
        if !whole || (cited && finding.basis.is_empty()) {
            gather.object(name, Some(number), ProblemKind::NotCited);
        }
        let cites: Vec<String> = finding.basis.iter().map(ToString::to_string).collect();
        let cites = cites.join("、");
        gather.check_text(name, Some(number), &cites);
        items.push(Item {
            number,
            text: gather.text(name, number, &finding.text),
            basis: Some(cites).filter(|cites| !cites.is_empty()),
            outcome: None,
        });
    }
    items
}
