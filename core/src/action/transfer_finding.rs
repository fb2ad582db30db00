//! Hands a finding over 移送 to the authority that it belongs to, in time and on record
//! (安全生产法 2021, article 69).

use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::{captured, day, no_mentor};
use crate::action::raise_finding::AUTHORITIES;
use crate::desk::{Desk, Entry};
use crate::domain::{Finding, read_one};
use crate::error::{Error, Result};

/// What is handed over.
#[derive(Debug, Clone)]
pub struct TransferFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The finding.
    pub finding: EntityId,
    /// To whom: one of [`AUTHORITIES`], and not emergency management itself.
    pub to: String,
    /// The day.
    pub on: String,
    /// Number of the letter, if it has one.
    pub letter_no: Option<String>,
    /// The photo or scan of the letter, or of its receipt, captured in the dossier.
    pub letter: Option<EntityId>,
}

/// Hands a finding over. Without the letter it is noted all the same, and the letter is asked for
/// in the list of what is missing.
///
/// # Errors
/// `Invalid` for an unknown authority, emergency management itself, a day that is none, or a
/// finding that was retracted; `NotFound`; `Sign`, `Storage`.
pub fn transfer_finding(desk: &Desk<'_>, request: &TransferFinding) -> Result<Finding> {
    let on = day("on", &request.on)?;
    let others = AUTHORITIES.iter().filter(|(known, _)| *known != "EM");
    if !others.clone().any(|(known, _)| *known == request.to) {
        let zh: Vec<_> = others.clone().map(|(word, term)| format!("{word} {term}")).collect();
        let en: Vec<_> = others.map(|(word, _)| *word).collect();
        return Err(Error::invalid(
            "to",
            format!("不能移送给“{}”，可用：{}", request.to, zh.join("、")),
            format!("{} is no one to hand over to: use {}", request.to, en.join(", ")),
        ));
    }
    desk.write(|page| {
        let (read, dossier) = (page.read(), request.dossier);
        no_mentor(read, desk, dossier)?;
        let finding: Finding = read_one(read, dossier, request.finding)?;
        if finding.retracted {
            return Err(Error::invalid(
                "finding",
                "这个问题已经撤回，没有可移送的",
                "this finding was retracted: there is nothing to hand over",
            ));
        }
        let letter = captured(read, dossier, request.letter.as_slice())?.pop();
        page.put(
            Entry::new("finding.transfer/1", dossier, request.finding)
                .set("transferred_to", request.to.as_str())
                .set("transferred_on", on.to_string())
                .set_some("letter_no", request.letter_no.as_deref())
                .set_some("letter", letter),
        )?;
        read_one(page.read(), dossier, request.finding)
    })
}
