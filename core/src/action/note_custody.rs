//! Notes a custody event 流转: before anybody sees, prints, copies or takes along anything.
//!
//! The event goes into the dossier that it is about, so that whoever holds the dossier sees where
//! it has been. Once the dossier is closed the event goes into the township's custody dossier
//! instead: the closing names the heads that it closed over, and a dossier that grew with every
//! look at it could never be compared with what was archived.

use rusqlite::Connection;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::close_dossier::opened;
use crate::action::establish::opening;
use crate::desk::{Desk, Entry, Page};
use crate::domain::{Custody, CustodyAct, Dossier, Source, read_all};
use crate::error::{Error, Result};
use crate::store;

/// To whom something goes, and what for. Nothing waits for either: what is not known is shown as
/// not known.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Handing {
    /// The person or body that gets it.
    pub recipient: Option<String>,
    /// What for.
    pub purpose: Option<String>,
}

/// What is noted.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteCustody {
    /// What is done.
    pub act: CustodyAct,
    /// With which dossier.
    pub dossier: DossierId,
    /// With which entities of it; none for all of it.
    pub about: Vec<EntityId>,
    /// Fields that are shown, or withheld from a package.
    pub fields: Vec<String>,
    /// To whom, and what for.
    pub handing: Handing,
}

/// An event that was noted: where, and by which op.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Noted {
    /// The dossier that holds it.
    pub dossier: DossierId,
    /// The entity.
    pub custody: EntityId,
    /// The op.
    pub op: Hash,
}

/// Notes one event. Call it before the act: an act that then fails has been noted for nothing, one
/// that nobody noted cannot be found out.
///
/// # Errors
/// `NotFound` for a dossier that is not here; `Sign`, `Storage`.
pub fn note_custody(desk: &Desk<'_>, request: &NoteCustody) -> Result<Noted> {
    prepare_custody(desk, request.dossier)?;
    desk.write(|page| put_custody(page, request))
}

/// The events of a dossier, those in the custody dossier included, in the order in which they came.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn custody_of(source: &dyn Source, dossier: DossierId) -> Result<Vec<Custody>> {
    let mut events: Vec<Custody> = read_all(source, dossier)?;
    for book in custody_books(source)? {
        let more: Vec<Custody> = read_all(source, book)?;
        events.extend(more.into_iter().filter(|event| event.dossier == dossier));
    }
    Ok(events)
}

/// Opens the custody dossier when a closed dossier needs it and there is none yet. In a run of its
/// own, because a package that holds one event of it holds the run of its opening, too: another
/// event in that run would go along.
pub(crate) fn prepare_custody(desk: &Desk<'_>, dossier: DossierId) -> Result<()> {
    let store = desk.store();
    let held = store.read(|read| opened(read, dossier))?;
    if held.closed_on.is_none() || store.read(|read| book_of(read, &held.area))?.is_some() {
        return Ok(());
    }
    desk.write(|page| custody_book(page, &held).map(drop))
}

/// Puts an event on a page; [`prepare_custody`] went before.
pub(crate) fn put_custody(page: &mut Page<'_, '_>, request: &NoteCustody) -> Result<Noted> {
    let held = opened(page.read(), request.dossier)?;
    let dossier = match held.closed_on {
        None => request.dossier,
        Some(_) => custody_book(page, &held)?,
    };
    let custody = page.new_entity();
    let about = request.about.iter().map(|entity| Value::from(entity.raw().as_slice()));
    let about: Vec<Value> = about.collect();
    let fields: Vec<Value> =
        request.fields.iter().map(|field| Value::from(field.as_str())).collect();
    let text = |text: &Option<String>| {
        text.as_deref().map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
    };
    let op = page.put(
        Entry::new("custody.note/1", dossier, custody)
            .set("what", request.act.word())
            .set("dossier", request.dossier.raw().as_slice())
            .set_some("about", (!about.is_empty()).then_some(about))
            .set_some("fields", (!fields.is_empty()).then_some(fields))
            .set_some("recipient", text(&request.handing.recipient))
            .set_some("purpose", text(&request.handing.purpose)),
    )?;
    Ok(Noted { dossier, custody, op })
}

/// Says that what was noted came to nothing.
pub(crate) fn note_failure(desk: &Desk<'_>, noted: &[Noted]) -> Result<()> {
    desk.write(|page| {
        for event in noted {
            page.put(
                Entry::new("custody.note/1", event.dossier, event.custody).set("failed", true),
            )?;
        }
        Ok(())
    })
}

/// The custody dossiers that are here: one, unless two phones opened one each.
fn custody_books(source: &dyn Source) -> Result<Vec<DossierId>> {
    let mut books = Vec::new();
    for dossier in source.dossiers()? {
        let held: Vec<Dossier> = read_all(source, dossier)?;
        books.extend(held.iter().filter(|held| held.kind == "custody").map(|held| held.dossier));
    }
    Ok(books)
}

/// The custody dossier of an area, if there is one.
fn book_of(source: &dyn Source, area: &str) -> Result<Option<DossierId>> {
    for book in custody_books(source)? {
        if opened(source, book)?.area == area {
            return Ok(Some(book));
        }
    }
    Ok(None)
}

/// The custody dossier of the area of a dossier; opened when there is none yet.
fn custody_book(page: &mut Page<'_, '_>, of: &Dossier) -> Result<DossierId> {
    let read: &Connection = page.read();
    if let Some(book) = book_of(read, &of.area)? {
        return Ok(book);
    }
    let township = store::get_setting(read, "township")?
        .ok_or(Error::NotFound { noun: "database", id: "(init)".to_owned() })?;
    let book = DossierId(page.new_entity().0);
    page.put(opening(book, "custody", &format!("{township}流转登记簿"), &of.area))?;
    Ok(book)
}
