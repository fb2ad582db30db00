//! The dossiers on this device 卷宗列表, the newest first, page by page.

use angen_ledger::id::{DossierId, EntityId};

use crate::action::paged::PAGE_ROWS_MAX;
use crate::domain::{Dossier, Noun as _, Source};
use crate::error::Result;
use crate::store::{self, Store};

/// A dossier as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierRow {
    /// Its id.
    pub dossier: DossierId,
    /// `roster`, `library`, `register`, `custody`, `assistance`, `check`, `case`, `round` or
    /// `teaching`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Division code.
    pub area: String,
    /// When it was opened, by the device that did, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// The day on which it was closed 结案, `2026-09-16`.
    pub closed_on: Option<String>,
    /// The day on which it was archived 归档.
    pub archived_on: Option<String>,
}

/// One page of dossiers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DossierPage {
    /// The rows, the newest on this device first.
    pub rows: Vec<DossierRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<i64>,
}

/// A page of the dossiers of a kind, or of every kind. `after` is the `next` of the page before;
/// what comes meanwhile stands before the first page and moves nothing.
///
/// # Errors
/// `Paused`, `Storage`, `Malformed`.
pub fn dossiers(store: &Store, kind: Option<&str>, after: Option<i64>) -> Result<DossierPage> {
    store.read(|read| {
        let mut page = DossierPage { rows: Vec::new(), next: None };
        let mut last = None;
        for (place, dossier) in store::dossiers_by_arrival(read, after)? {
            let Some(row) = row(read, dossier)? else { continue };
            if kind.is_some_and(|kind| kind != row.kind) {
                continue;
            }
            if page.rows.len() == PAGE_ROWS_MAX {
                page.next = last;
                break;
            }
            page.rows.push(row);
            last = Some(place);
        }
        Ok(page)
    })
}

/// The row of a dossier; none where its opening is not here.
pub(super) fn row(source: &dyn Source, dossier: DossierId) -> Result<Option<DossierRow>> {
    let fields = source.fields(dossier, EntityId(dossier.0))?;
    let opened = fields.heads("type").iter().map(|head| head.wall_ms).min();
    let opened = Dossier::from_fields(EntityId(dossier.0), &fields).zip(opened);
    Ok(opened.map(|(found, opened_ms)| DossierRow {
        dossier: found.dossier,
        kind: found.kind,
        title: found.title,
        area: found.area,
        opened_ms,
        closed_on: found.closed_on,
        archived_on: found.archived_on,
    }))
}
