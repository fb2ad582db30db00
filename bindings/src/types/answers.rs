//! Checklists of the library, and answers to their items.

use std::collections::HashMap;

use angen_core::action::{self, ChecklistRow, Paged};
use angen_ledger::id::{DossierId, EntityId};

/// A checklist 检查表 as a list shows it.
#[uniffi::remote(Record)]
pub struct ChecklistRow {
    /// The entity.
    pub checklist: EntityId,
    /// The form's id, such as `mw`.
    pub list_id: String,
    /// The title.
    pub title: String,
    /// The form's version.
    pub version: String,
    /// Version of the published item list 检查事项清单 that it maps to.
    pub item_list_version: String,
}

/// One page of checklists.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ChecklistPage {
    /// The rows, the newest first.
    pub rows: Vec<ChecklistRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<u32>,
}

/// Answers that are given together: in one transaction, under one seal.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct SetAnswers {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The checklist in the library.
    pub checklist: EntityId,
    /// Item name and what was chosen, typed or read off.
    pub answers: HashMap<String, String>,
    /// Why answers that were there are changed. Needed as soon as one is.
    #[uniffi(default = None)]
    pub reason: Option<String>,
}

impl From<Paged<ChecklistRow>> for ChecklistPage {
    fn from(page: Paged<ChecklistRow>) -> Self {
        Self { rows: page.rows, next: page.next }
    }
}

impl From<SetAnswers> for action::SetAnswers {
    fn from(request: SetAnswers) -> Self {
        let SetAnswers { dossier, checklist, answers, reason } = request;
        Self { dossier, checklist, answers: answers.into_iter().collect(), reason }
    }
}

impl From<action::SetAnswers> for SetAnswers {
    fn from(request: action::SetAnswers) -> Self {
        let action::SetAnswers { dossier, checklist, answers, reason } = request;
        Self { dossier, checklist, answers: answers.into_iter().collect(), reason }
    }
}
