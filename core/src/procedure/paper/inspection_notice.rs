//! 行政检查通知书, from the plan of a check that two officers stand behind.

use angen_documents::forms::InspectionNotice;

use super::Filling;
use super::draft::Draft;
use super::site_record::{area_of, item_lists, task_code};
use crate::error::Result;

/// The reason on paper for each basis of a check.
const REASONS: &[(&str, &str)] = &[
    ("plan", "年度安全生产监督检查计划安排"),
    ("complaint", "投诉举报线索核查"),
    ("special", "安全生产专项检查安排"),
    ("assistance", "执法帮扶现场检查安排"),
];

const WAY: &str = "现场检查、查阅资料、询问有关人员、拍照录像";

pub(super) fn fill(draft: &Draft<'_>) -> Result<Filling> {
    draft.must_be(&["check"])?;
    let facts = draft.check(draft.request.dossier)?;
    let planned: Vec<_> = facts.check.op.into_iter().collect();
    let people = draft.behind(&facts.trace, &planned);
    let officers = draft.officers(&people, &facts.trace);
    let lists = item_lists(draft, &facts)?;
    let reason = REASONS.iter().find(|(basis, _)| *basis == facts.check.basis);
    let enterprise = facts.enterprise.as_ref();
    let contact = officers.first().map(|officer| officer.name.clone()).unwrap_or_default();
    let form = InspectionNotice {
        agency: draft.agency(&people),
        number: draft.number(),
        unit_name: enterprise.map(|known| known.name.as_str()).unwrap_or_default().into(),
        unit_address: draft.fact("unit_address", enterprise.map(|known| known.address.as_str())),
        reason: draft.wording("reason", reason.map_or("", |(_, words)| words)),
        approval_number: draft.fact("approval_number", facts.check.approval_no.as_deref()),
        basis: super::law::power_to_check(&area_of(draft), draft.today()),
        item_list: lists.join("、").into(),
        scope: draft.wording("scope", scope(&lists)),
        way: draft.wording("way", WAY),
        from: draft.moment("from", None),
        to: draft.moment("to", None),
        task_code: draft.wording("task_code", task_code(&facts)),
        officers,
        contact: draft.wording("contact", contact),
        contact_phone: draft.fact("contact_phone", None),
        day: draft.today().into(),
        sealing: draft.request.sealing,
    };
    Ok(form.document())
}

/// Nothing outside the published items is checked, so the lists say what is.
fn scope(lists: &[String]) -> String {
    if lists.is_empty() {
        return String::new();
    }
    format!("{}所列事项的落实情况；未列入清单的事项不检查。", lists.join("、"))
}
