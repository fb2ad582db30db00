//! Checks 现场检查: planned, and as a list shows them.

use angen_core::action::{CheckPage, CheckRow, CheckView, ListProgress, PlanCheck};
use angen_ledger::id::{DossierId, EntityId};

/// What is planned.
#[uniffi::remote(Record)]
pub struct PlanCheck {
    /// The enterprise in the register.
    pub enterprise: EntityId,
    /// Checklists in the library.
    pub checklists: Vec<EntityId>,
    /// One of `BASES`.
    pub basis: String,
    /// Number of the approval, if there is one yet.
    #[uniffi(default = None)]
    pub approval_no: Option<String>,
    /// Number of the notice, if there is one yet.
    #[uniffi(default = None)]
    pub notice_no: Option<String>,
    /// The dossier of the assistance visit that it belongs to.
    #[uniffi(default = None)]
    pub assistance: Option<DossierId>,
}

/// The dossier that was opened, and the check in it.
#[uniffi::remote(Record)]
pub struct CheckView {
    /// The dossier.
    pub dossier: DossierId,
    /// The check.
    pub check: EntityId,
}

/// A checklist 检查表 of a check, and how far it is answered.
#[uniffi::remote(Record)]
pub struct ListProgress {
    /// The checklist in the library.
    pub checklist: EntityId,
    /// The title; empty when the checklist is not here.
    pub title: String,
    /// Questions that are answered as they should be.
    pub answered: u32,
    /// Questions that are asked as of the answers given now.
    pub asked: u32,
}

/// A check as a list shows it.
#[uniffi::remote(Record)]
pub struct CheckRow {
    /// The dossier.
    pub dossier: DossierId,
    /// The check.
    pub check: EntityId,
    /// What people call the dossier.
    pub title: String,
    /// When it was opened, by the device that did, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// The day on which it was closed 结案.
    pub closed_on: Option<String>,
    /// The dossier of the assistance visit that it belongs to.
    pub assistance: Option<DossierId>,
    /// The enterprise in the register.
    pub enterprise: EntityId,
    /// Its name; empty when the register is not here.
    pub enterprise_name: String,
    /// Its unified social credit code 统一社会信用代码.
    pub credit_code: Option<String>,
    /// Its address; empty when the register is not here.
    pub address: String,
    /// Why it is checked: `plan`, `complaint`, `special` or `assistance`.
    pub basis: String,
    /// Number of the approval 检查审批.
    pub approval_no: Option<String>,
    /// Number of the notice 检查通知书.
    pub notice_no: Option<String>,
    /// The checklists.
    pub lists: Vec<ListProgress>,
    /// Names of the officers who showed their certificates 亮证.
    pub shown_by: Vec<String>,
    /// How the party answered: `signed` or `refused`; none before that.
    pub record: Option<String>,
    /// Findings that stand.
    pub findings: u32,
    /// Pieces of evidence that stand.
    pub evidence: u32,
}

/// One page of checks.
#[uniffi::remote(Record)]
pub struct CheckPage {
    /// The rows, the newest on this device first.
    pub rows: Vec<CheckRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}
