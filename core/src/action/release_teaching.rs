//! Releases comments and skill marks to the township 开放帮教意见: the only way in which it reads them.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::value::Value;

use crate::action::write_comment::only_mentor;
use crate::desk::{Desk, Entry};
use crate::domain::{Dossier, Source, read_all};
use crate::error::{Error, Result};
use crate::procedure::{self, Reader, Teaching, mentors_visit, teaching_of};

/// Releases what is named; everything that was not released yet, if nothing is.
///
/// # Errors
/// `Invalid` for somebody who does not mentor the visit, or when there is nothing to release;
/// `NotFound` for an item that is not here; `Sign`, `Storage`.
pub fn release_teaching(
    desk: &Desk<'_>,
    visit: DossierId,
    items: &[EntityId],
) -> Result<(Hash, usize)> {
    desk.write(|page| {
        only_mentor(page.read(), desk, visit)?;
        let ids = |told: &Teaching| -> Vec<EntityId> {
            let comments = told.comments.iter().map(|comment| comment.comment);
            comments.chain(told.skills.iter().map(|mark| mark.mark)).collect()
        };
        let all = ids(&procedure::teaching(page.read(), visit, Reader::Mentor)?);
        let read = ids(&procedure::teaching(page.read(), visit, Reader::Township)?);
        let named: Vec<EntityId> = if items.is_empty() {
            all.iter().copied().filter(|item| !read.contains(item)).collect()
        } else {
            items.to_vec()
        };
        if let Some(unknown) = named.iter().find(|item| !all.contains(item)) {
            return Err(Error::NotFound { noun: "comment", id: unknown.to_string() });
        }
        if named.is_empty() {
            return Err(Error::invalid(
                "items",
                "没有可开放的意见或技能记录",
                "there is no comment and no mark to release",
            ));
        }
        let release = page.new_entity();
        let values = named.iter().map(|item| Value::from(item.raw().as_slice()));
        let op = page.put(
            Entry::new("teaching.release/1", teaching_of(visit), release)
                .set("to", "township")
                .set("items", values.collect::<Vec<_>>()),
        )?;
        Ok((op, named.len()))
    })
}

/// What mentors said in a visit, as whoever is at the desk may see it.
///
/// # Errors
/// `NotFound` when there is no such visit; `Paused`, `Storage`.
pub fn teaching(desk: &Desk<'_>, visit: DossierId) -> Result<Teaching> {
    desk.store().read(|read| {
        crate::action::look::only::<crate::domain::Assistance>(read, visit)?;
        let mentor = mentors_visit(read, visit, desk.writer())?;
        procedure::teaching(read, visit, if mentor { Reader::Mentor } else { Reader::Township })
    })
}

/// Refuses to let a teaching dossier leave while something in it is not released: personal advice
/// goes to the township and to nobody else, and only as a mentor of the visit gives it.
pub(crate) fn check_released(
    source: &dyn Source,
    desk: &Desk<'_>,
    dossier: DossierId,
) -> Result<()> {
    let Some(visit) = visit_of(source, dossier)? else { return Ok(()) };
    let told = procedure::teaching(source, visit, Reader::Township)?;
    if told.kept_back == 0 || mentors_visit(source, visit, desk.writer())? {
        return Ok(());
    }
    Err(Error::invalid(
        "dossier",
        format!("帮教卷宗还有 {} 条没有开放，不能导出：请专家先开放", told.kept_back),
        format!(
            "{} entries of this teaching dossier are not released: it stays here",
            told.kept_back
        ),
    ))
}

/// Whether a dossier keeps nothing back from a writer: any but a teaching dossier in which
/// something is not released, which is for the mentors of its visit alone. As long as the visit is
/// not here, nobody can tell who they are, and it is for nobody.
pub(crate) fn is_released_to(
    source: &dyn Source,
    writer: WriterId,
    dossier: DossierId,
) -> Result<bool> {
    let opened: Vec<Dossier> = read_all(source, dossier)?;
    if !opened.iter().any(|opened| opened.kind == "teaching") {
        return Ok(true);
    }
    let Some(visit) = visit_of(source, dossier)? else { return Ok(false) };
    let told = procedure::teaching(source, visit, Reader::Township)?;
    Ok(told.kept_back == 0 || mentors_visit(source, visit, writer)?)
}

/// The visit of a teaching dossier; none for a dossier of another type.
fn visit_of(source: &dyn Source, dossier: DossierId) -> Result<Option<DossierId>> {
    let opened: Vec<Dossier> = read_all(source, dossier)?;
    if !opened.iter().any(|opened| opened.kind == "teaching") {
        return Ok(None);
    }
    Ok(source.dossiers()?.into_iter().find(|visit| teaching_of(*visit) == dossier))
}
