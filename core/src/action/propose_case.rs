//! Proposes a case 立案: opens its dossier for one finding of a check.

use angen_ledger::id::{DossierId, EntityId};

use crate::action::establish::{established, opening};
use crate::action::guide_case::guided;
use crate::action::look::{mandates_in_force, newest, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{CASE_SOURCES, Check, Enterprise, Finding};
use crate::error::{Error, Result};
use crate::procedure::Act;

/// What is proposed.
#[derive(Debug, Clone)]
pub struct ProposeCase {
    /// The dossier of the check.
    pub check: DossierId,
    /// The finding in it.
    pub finding: EntityId,
    /// What it is about 案由: the name of the violation, as it stands on every paper of the case.
    pub cause: String,
    /// One of [`CASE_SOURCES`].
    pub source: String,
    /// The assistance visit that guides it, when it is none of the check's own.
    pub guided_by: Option<DossierId>,
}

/// The dossier that was opened, and the case in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseView {
    /// The dossier.
    pub dossier: DossierId,
    /// The case.
    pub case: EntityId,
}

/// Proposes a case. Whether it is filed is decided by [`crate::action::decide_filing`].
///
/// # Errors
/// `Invalid` for an empty cause, an unknown source or a finding that was retracted; `NotFound`
/// for a check or finding that is not here; `Sign`, `Storage`.
pub fn propose_case(desk: &Desk<'_>, request: &ProposeCase) -> Result<CaseView> {
    not_empty("cause", &request.cause)?;
    check_source(&request.source)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        let read = page.read();
        let check: Check = only(read, request.check)?;
        let (finding, finding_op) = newest::<Finding>(read, request.check, request.finding)?;
        if finding.retracted {
            return Err(Error::invalid(
                "finding",
                "这个问题已经撤回，不能据此立案",
                "this finding was retracted: no case can rest on it",
            ));
        }
        let (enterprise, enterprise_op) =
            newest::<Enterprise>(read, place.register, check.enterprise)?;
        let mandates = mandates_in_force(page, &place, Act::Case, finding.penalty.as_deref())?;
        let dossier = DossierId(page.new_entity().0);
        let case = page.new_entity();
        let title = format!("{}{}案", enterprise.name, request.cause);
        let mut entry = Entry::new("case.propose/1", dossier, case)
            .set("check", request.check.raw().as_slice())
            .set("finding", request.finding.raw().as_slice())
            .set("enterprise", check.enterprise.raw().as_slice())
            .set("cause", request.cause.as_str())
            .set("source", request.source.as_str())
            .rely_on("finding", request.check, finding_op)
            .rely_on("enterprise", place.register, enterprise_op);
        if let Some(visit) = request.guided_by {
            entry = guided(entry, read, visit, &[])?;
        }
        page.put(opening(dossier, "case", &title, &place.area))?;
        let on_mandate = |entry: Entry, op| entry.rely_on("mandate", place.roster, op);
        page.put(mandates.into_iter().fold(entry, on_mandate))?;
        Ok(CaseView { dossier, case })
    })
}

fn check_source(source: &str) -> Result<()> {
    if CASE_SOURCES.iter().any(|(known, _)| *known == source) {
        return Ok(());
    }
    let zh: Vec<_> = CASE_SOURCES.iter().map(|(word, term)| format!("{word}（{term}）")).collect();
    let en: Vec<_> = CASE_SOURCES.iter().map(|(word, _)| *word).collect();
    Err(Error::invalid(
        "source",
        format!("没有“{source}”这种案件来源，可用：{}", zh.join("、")),
        format!("there is no source {source}: use {}", en.join(", ")),
    ))
}
