//! Answers a comment of a mentor: adopted 采纳, or not, and why 不采纳及理由.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

use crate::action::look::not_empty;
use crate::desk::{Desk, Entry};
use crate::error::{Error, Result};
use crate::procedure::{Reader, mentors_visit, teaching, teaching_of};

/// How a comment is answered.
#[derive(Debug, Clone)]
pub enum Adoption {
    /// 采纳.
    Adopted,
    /// 不采纳.
    NotAdopted {
        /// Why.
        because: String,
    },
}

/// Answers a comment that was released. A second answer replaces the first; both stay visible.
///
/// # Errors
/// `Invalid` for an empty reason, or a mentor of the visit; `NotFound` for a comment that is not
/// here or was not released to the township; `Sign`, `Storage`.
pub fn answer_comment(
    desk: &Desk<'_>,
    visit: DossierId,
    comment: EntityId,
    adoption: &Adoption,
) -> Result<Hash> {
    let entry = Entry::new("comment.answer/1", teaching_of(visit), comment);
    let entry = match adoption {
        Adoption::Adopted => entry.set("answer", "adopted"),
        Adoption::NotAdopted { because } => {
            not_empty("because", because)?;
            entry.set("answer", "not_adopted").set("reason", because.as_str())
        }
    };
    desk.write(|page| {
        if mentors_visit(page.read(), visit, desk.writer())? {
            return Err(Error::invalid(
                "as",
                "专家的意见由执法人员答复，专家不能自己答复",
                "a mentor's comment is answered by an officer, not by a mentor",
            ));
        }
        let told = teaching(page.read(), visit, Reader::Township)?;
        if !told.comments.iter().any(|known| known.comment == comment) {
            return Err(Error::NotFound { noun: "comment", id: comment.to_string() });
        }
        page.put(entry)
    })
}
