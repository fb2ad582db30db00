//! Fills in what comes later to a check: numbers of the approval and the notice, the platform's
//! task code, the version of the item list, or why no notice was given.
//!
//! An officer works before the platform answers: nothing waits for a number, and what is filled
//! in after the record was signed is shown beside it.

use angen_ledger::id::DossierId;

use crate::action::look::{not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::Check;
use crate::error::{Error, Result};

/// What is filled in; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct NumberCheck {
    /// Number of the approval 检查审批.
    pub approval_no: Option<String>,
    /// Number of the notice 检查通知书.
    pub notice_no: Option<String>,
    /// Code of the task or scan on the provincial platform.
    pub platform_task: Option<String>,
    /// Version of the published item list that the check kept to.
    pub item_list_version: Option<String>,
    /// Why the unit was not told before: what the law lets pass without a notice.
    pub notice_exempt: Option<String>,
    /// Why something that stands there is replaced.
    pub reason: Option<String>,
}

/// Fills in what came later.
///
/// # Errors
/// `Invalid` for nothing to fill in, an empty text, or a replacement without a reason;
/// `NotFound`; `Sign`, `Storage`.
pub fn number_check(desk: &Desk<'_>, dossier: DossierId, request: &NumberCheck) -> Result<Check> {
    let given = [
        ("approval_no", &request.approval_no),
        ("notice_no", &request.notice_no),
        ("platform_task", &request.platform_task),
        ("item_list_version", &request.item_list_version),
        ("notice_exempt", &request.notice_exempt),
    ];
    for (name, text) in &given {
        if let Some(text) = text {
            not_empty(name, text)?;
        }
    }
    desk.write(|page| {
        let check: Check = only(page.read(), dossier)?;
        let held = [
            &check.approval_no,
            &check.notice_no,
            &check.platform_task,
            &check.item_list_version,
            &check.notice_exempt,
        ];
        let mut entry = Entry::new("check.number/1", dossier, check.check);
        let mut replaced = false;
        for ((name, text), held) in given.iter().zip(held) {
            let Some(text) = text.as_deref().filter(|text| held.as_deref() != Some(text)) else {
                continue;
            };
            replaced |= held.is_some();
            entry = entry.set(name, text);
        }
        if entry.fields.is_empty() {
            return Err(Error::invalid(
                "number",
                "没有要补填的内容",
                "there is nothing to fill in",
            ));
        }
        if replaced && request.reason.as_deref().unwrap_or_default().trim().is_empty() {
            return Err(Error::invalid(
                "reason",
                "原来已经填过，改动请写明理由",
                "it stands there already: say why it changes",
            ));
        }
        page.put(entry.set_some("reason", request.reason.as_deref()))?;
        only(page.read(), dossier)
    })
}
