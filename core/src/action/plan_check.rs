//! Plans a check 现场检查 of one enterprise: opens its dossier.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::establish::{established, opening};
use crate::action::look::{mandates_in_force, newest, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Assistance, Checklist, Enterprise, Source as _};
use crate::error::{Error, Result};
use crate::procedure::Act;

/// Why an enterprise is checked.
pub const BASES: &[(&str, &str)] = &[
    ("plan", "年度计划"),
    ("complaint", "投诉举报"),
    ("special", "专项检查"),
    ("assistance", "执法帮扶"),
];

/// What is planned.
#[derive(Debug, Clone)]
pub struct PlanCheck {
    /// The enterprise in the register.
    pub enterprise: EntityId,
    /// Checklists in the library.
    pub checklists: Vec<EntityId>,
    /// One of [`BASES`].
    pub basis: String,
    /// Number of the approval, if there is one yet.
    pub approval_no: Option<String>,
    /// Number of the notice, if there is one yet.
    pub notice_no: Option<String>,
    /// The dossier of the assistance visit that it belongs to.
    pub assistance: Option<DossierId>,
}

/// The dossier that was opened, and the check in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CheckView {
    /// The dossier.
    pub dossier: DossierId,
    /// The check.
    pub check: EntityId,
}

/// Plans a check.
///
/// # Errors
/// `Invalid` for an unknown basis or no checklist; `NotFound` for an enterprise, a checklist or a
/// visit that is not here; `Sign`, `Storage`.
pub fn plan_check(desk: &Desk<'_>, request: &PlanCheck) -> Result<CheckView> {
    request.check()?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let read = page.read();
        let (enterprise, enterprise_op) =
            newest::<Enterprise>(read, place.register, request.enterprise)?;
        let dossier = DossierId(page.new_entity().0);
        let check = page.new_entity();
        let lists = request.checklists.iter().map(|list| Value::from(list.raw().as_slice()));
        let mut entry = Entry::new("check.plan/1", dossier, check)
            .set("enterprise", request.enterprise.raw().as_slice())
            .set("checklists", lists.collect::<Vec<_>>())
            .set("basis", request.basis.as_str())
            .set_some("approval_no", request.approval_no.as_deref())
            .set_some("notice_no", request.notice_no.as_deref())
            .rely_on("enterprise", place.register, enterprise_op);
        let mut versions: Vec<String> = Vec::new();
        for list in &request.checklists {
            let (list, op) = newest::<Checklist>(read, place.library, *list)?;
            entry = entry.rely_on("checklist", place.library, op);
            let version = list.item_list_version;
            if !version.is_empty() && !versions.contains(&version) {
                versions.push(version);
            }
        }
        let versions = versions.join("、");
        entry = entry.set_some("item_list_version", Some(versions).filter(|v| !v.is_empty()));
        if let Some(assistance) = request.assistance {
            let visit: Assistance = only(read, assistance)?;
            let op = read.newest_op(assistance, visit.assistance)?.ok_or_else(|| {
                Error::NotFound { noun: "assistance", id: assistance.to_string() }
            })?;
            entry = entry.set("assistance", assistance.raw().as_slice()).rely_on(
                "guided_by",
                assistance,
                op,
            );
        }
        for op in mandates_in_force(page, &place, Act::Inspection, None)? {
            entry = entry.rely_on("mandate", place.roster, op);
        }
        let title = format!("{}现场检查", enterprise.name);
        page.put(opening(dossier, "check", &title, &place.area))?;
        page.put(entry)?;
        Ok(CheckView { dossier, check })
    })
}

impl PlanCheck {
    fn check(&self) -> Result<()> {
        if !BASES.iter().any(|(known, _)| *known == self.basis) {
            let known: Vec<_> =
                BASES.iter().map(|(word, term)| format!("{word}（{term}）")).collect();
            return Err(Error::invalid(
                "basis",
                format!("没有“{}”这种检查依据，可用：{}", self.basis, known.join("、")),
                format!(
                    "there is no basis {}: use plan, complaint, special, assistance",
                    self.basis
                ),
            ));
        }
        if self.checklists.is_empty() {
            return Err(Error::invalid(
                "checklists",
                "至少选一张检查表：公布的事项清单以外不得检查",
                "choose a checklist: nothing outside the published items is checked",
            ));
        }
        Ok(())
    }
}
