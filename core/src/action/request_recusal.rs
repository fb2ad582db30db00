//! Asks that an officer step aside 申请回避, and notes what the head of the agency decided.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

use crate::action::establish::established;
use crate::action::look::{day, not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Dossier, Evidence, Officer, RECUSAL_ASKERS, Recusal, read_all, read_one};
use crate::error::{Error, Result};

/// A request for recusal.
#[derive(Debug, Clone)]
pub struct RequestRecusal {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The officer's writer.
    pub officer: WriterId,
    /// One of [`RECUSAL_ASKERS`].
    pub asked_by: String,
    /// Why.
    pub reason: String,
}

/// A decision on a recusal.
#[derive(Debug, Clone)]
pub struct DecideRecusal {
    /// The dossier of the check or case.
    pub dossier: DossierId,
    /// The request.
    pub recusal: EntityId,
    /// Whether the officer steps aside.
    pub granted: bool,
    /// Who decided: the head of the agency.
    pub approver: String,
    /// Post of who decided.
    pub approver_post: String,
    /// The day of the decision, `2026-09-16`.
    pub decided_on: String,
    /// Why.
    pub reason: String,
    /// The photo or scan of the signed form, captured in this dossier.
    pub evidence: EntityId,
}

/// Asks for a recusal. The investigation goes on until it is decided.
///
/// # Errors
/// `Invalid` for an unknown asker, an empty reason, or a dossier that is no check and no case;
/// `NotFound` for somebody who is not enrolled; `Sign`, `Storage`.
pub fn request_recusal(desk: &Desk<'_>, request: &RequestRecusal) -> Result<Recusal> {
    not_empty("reason", &request.reason)?;
    if !RECUSAL_ASKERS.iter().any(|(known, _)| *known == request.asked_by) {
        return Err(Error::invalid(
            "asked_by",
            format!("“{}”不对，可用：party（当事人）、officer（本人）", request.asked_by),
            format!("{} is neither party nor officer", request.asked_by),
        ));
    }
    let place = established(desk.store())?;
    desk.write(|page| {
        check_or_case(page.read(), request.dossier)?;
        let roster: Vec<Officer> = read_all(page.read(), place.roster)?;
        let enrolled = roster.iter().find(|officer| officer.writer == request.officer);
        let Some(op) = enrolled.and_then(|officer| officer.op) else {
            let id = request.officer.to_string();
            return Err(Error::NotFound { noun: "officer", id });
        };
        let entity = page.new_entity();
        page.put(
            Entry::new("recusal.request/1", request.dossier, entity)
                .set("officer", request.officer.raw().as_slice())
                .set("asked_by", request.asked_by.as_str())
                .set("reason", request.reason.as_str())
                .rely_on("officer", place.roster, op),
        )?;
        read_one(page.read(), request.dossier, entity)
    })
}

/// Notes the decision. Once it is granted the officer does not count in the dossier any more.
///
/// # Errors
/// `Invalid` for an empty name, post or reason, or a day that is none; `NotFound` for a request
/// that is not there, or a form that was not captured in this dossier; `Sign`, `Storage`.
pub fn decide_recusal(desk: &Desk<'_>, request: &DecideRecusal) -> Result<Hash> {
    not_empty("approver", &request.approver)?;
    not_empty("approver_post", &request.approver_post)?;
    not_empty("reason", &request.reason)?;
    day("decided_on", &request.decided_on)?;
    let decision = if request.granted { "granted" } else { "refused" };
    desk.write(|page| {
        read_one::<Recusal>(page.read(), request.dossier, request.recusal)?;
        read_one::<Evidence>(page.read(), request.dossier, request.evidence)?;
        page.put(
            Entry::new("recusal.decide/1", request.dossier, request.recusal)
                .set("recusal_decision", decision)
                .set("approver", request.approver.as_str())
                .set("approver_post", request.approver_post.as_str())
                .set("decided_on", request.decided_on.as_str())
                .set("decision_reason", request.reason.as_str())
                .set("evidence", request.evidence.raw().as_slice()),
        )
    })
}

fn check_or_case(read: &rusqlite::Connection, dossier: DossierId) -> Result<()> {
    let opened: Dossier = only(read, dossier)?;
    if matches!(opened.kind.as_str(), "check" | "case") {
        return Ok(());
    }
    Err(Error::invalid(
        "dossier",
        "只有检查卷宗和案件卷宗里能申请回避",
        "a recusal is asked for in a check or a case",
    ))
}
