//! Writes a comment 帮教意见: a mentor on an answer, a photo, a draft of the visit.

use angen_ledger::id::{DossierId, EntityId};

use crate::action::establish::{established, opening};
use crate::action::look::{newest, not_empty, only, require_dossier};
use crate::desk::{Desk, Entry, Page};
use crate::domain::{Assistance, Comment, Source, read_one};
use crate::error::{Error, Result};
use crate::procedure::{mentors_visit, teaching_of};

/// What is said.
#[derive(Debug, Clone)]
pub struct WriteComment {
    /// The dossier of the assistance visit.
    pub visit: DossierId,
    /// The dossier of what it is about: the visit, a check, a case.
    pub about_dossier: DossierId,
    /// What it is about in it: an answer, a photo, a finding, a draft.
    pub about: EntityId,
    /// What is said.
    pub text: String,
}

/// Writes a comment into the visit's teaching dossier. The township reads it once it is released.
///
/// # Errors
/// `Invalid` for an empty text, or somebody who does not mentor the visit; `NotFound` for a visit
/// or a thing that is not here; `Sign`, `Storage`.
pub fn write_comment(desk: &Desk<'_>, request: &WriteComment) -> Result<Comment> {
    not_empty("text", &request.text)?;
    let place = established(desk.store())?;
    desk.write(|page| {
        only_mentor(page.read(), desk, request.visit)?;
        require_dossier(page.read(), request.about_dossier)?;
        if page.read().fields(request.about_dossier, request.about)?.is_empty() {
            return Err(Error::NotFound { noun: "entity", id: request.about.to_string() });
        }
        let dossier = open_teaching(page, request.visit, &place.area)?;
        let comment = page.new_entity();
        page.put(
            Entry::new("comment.write/1", dossier, comment)
                .set("about_dossier", request.about_dossier.raw().as_slice())
                .set("about", request.about.raw().as_slice())
                .set("text", request.text.as_str()),
        )?;
        read_one(page.read(), dossier, comment)
    })
}

/// Refuses whoever does not mentor the visit.
pub(crate) fn only_mentor(source: &dyn Source, desk: &Desk<'_>, visit: DossierId) -> Result<()> {
    only::<Assistance>(source, visit)?;
    if mentors_visit(source, visit, desk.writer())? {
        return Ok(());
    }
    Err(Error::invalid(
        "as",
        "只有本次帮扶的专家可以这样做",
        "only a mentor of this visit may do that",
    ))
}

/// The visit's teaching dossier, opened where it is not yet.
pub(crate) fn open_teaching(
    page: &mut Page<'_, '_>,
    visit: DossierId,
    area: &str,
) -> Result<DossierId> {
    let dossier = teaching_of(visit);
    if page.read().fields(dossier, dossier.into())?.is_empty() {
        let plan: Assistance = only(page.read(), visit)?;
        let (plan, op) = newest::<Assistance>(page.read(), visit, plan.assistance)?;
        let title = format!("{}帮教（第{}轮）", plan.township, plan.round);
        let opening = opening(dossier, "teaching", &title, area);
        page.put(opening.rely_on("guided_by", visit, op))?;
    }
    Ok(dossier)
}
