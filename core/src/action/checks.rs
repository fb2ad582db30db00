//! The checks 现场检查 on this device, or of one visit, the newest first, page by page.

use angen_ledger::id::{DossierId, EntityId};

use crate::action::dossiers::{DossierRow, row};
use crate::action::establish::{Established, established};
use crate::action::form_of::read_form_state;
use crate::action::look::{Names, only};
use crate::action::paged::PAGE_ROWS_MAX;
use crate::domain::{
    CertificatesShown, Check, Enterprise, Evidence, Finding, RecordSigned, read_all, read_one,
};
use crate::error::Result;
use crate::store::{self, Connection, Store};

/// A checklist 检查表 of a check, and how far it is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
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
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckPage {
    /// The rows, the newest on this device first.
    pub rows: Vec<CheckRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}

/// A page of the checks of an assistance visit, or of every check. `after` is the `next` of the
/// page before.
///
/// # Errors
/// `NotFound` when nothing was established here; `Paused`, `Storage`, `Malformed`.
pub fn checks(store: &Store, visit: Option<DossierId>, after: Option<i64>) -> Result<CheckPage> {
    let place = established(store)?;
    store.read(|read| {
        let names = Names::read(read, place.roster)?;
        let mut page = CheckPage { rows: Vec::new(), next: None };
        let mut last = None;
        for (at, dossier) in store::dossiers_by_arrival(read, after)? {
            let Some(opened) = row(read, dossier)?.filter(|row| row.kind == "check") else {
                continue;
            };
            let Ok(held) = only::<Check>(read, dossier) else { continue };
            if visit.is_some() && held.assistance != visit {
                continue;
            }
            if page.rows.len() == PAGE_ROWS_MAX {
                page.next = last;
                break;
            }
            page.rows.push(check_row(store, read, &place, &names, (opened, held))?);
            last = Some(at);
        }
        Ok(page)
    })
}

/// One check as a list shows it.
///
/// # Errors
/// `NotFound` when the dossier is no check here; `Paused`, `Storage`, `Malformed`.
pub fn check(store: &Store, dossier: DossierId) -> Result<CheckRow> {
    let place = established(store)?;
    store.read(|read| {
        let names = Names::read(read, place.roster)?;
        let held = only::<Check>(read, dossier)?;
        let absent = || crate::error::Error::NotFound { noun: "check", id: dossier.to_string() };
        let opened = row(read, dossier)?.ok_or_else(absent)?;
        check_row(store, read, &place, &names, (opened, held))
    })
}

fn check_row(
    store: &Store,
    read: &Connection,
    place: &Established,
    names: &Names,
    (opened, held): (DossierRow, Check),
) -> Result<CheckRow> {
    let dossier = opened.dossier;
    let enterprise = read_one::<Enterprise>(read, place.register, held.enterprise).ok();
    let mut lists = Vec::new();
    for list in &held.checklists {
        lists.push(progress(store, read, place, dossier, *list)?);
    }
    let shown = read_all::<CertificatesShown>(read, dossier)?;
    let findings = read_all::<Finding>(read, dossier)?;
    let evidence = read_all::<Evidence>(read, dossier)?;
    let count = |standing: usize| u32::try_from(standing).unwrap_or(u32::MAX);
    Ok(CheckRow {
        dossier,
        check: held.check,
        title: opened.title,
        opened_ms: opened.opened_ms,
        closed_on: opened.closed_on,
        assistance: held.assistance,
        enterprise: held.enterprise,
        credit_code: enterprise.as_ref().and_then(|known| known.credit_code.clone()),
        address: enterprise.as_ref().map(|known| known.address.clone()).unwrap_or_default(),
        enterprise_name: enterprise.map(|known| known.name).unwrap_or_default(),
        basis: held.basis,
        approval_no: held.approval_no,
        notice_no: held.notice_no,
        lists,
        shown_by: shown.iter().filter_map(|shown| names.of(shown.writer)).collect(),
        record: read_all::<RecordSigned>(read, dossier)?.into_iter().next().map(|r| r.outcome),
        findings: count(findings.iter().filter(|held| !held.retracted).count()),
        evidence: count(evidence.iter().filter(|held| !held.retracted).count()),
    })
}

/// A checklist that is not here yet shows as one without questions.
fn progress(
    store: &Store,
    read: &Connection,
    place: &Established,
    dossier: DossierId,
    checklist: EntityId,
) -> Result<ListProgress> {
    let empty = ListProgress { checklist, title: String::new(), answered: 0, asked: 0 };
    match read_form_state(store, read, place, dossier, checklist) {
        Ok((list, state)) => Ok(ListProgress {
            title: list.title.clone(),
            answered: state.answered,
            asked: state.asked,
            ..empty
        }),
        Err(crate::error::Error::NotFound { .. }) => Ok(empty),
        Err(other) => Err(other),
    }
}
