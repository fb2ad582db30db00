//! Imports the rows of a spreadsheet: enterprises, or people with their enforcement certificates.
//! All rows that were chosen, or none; and what would happen is shown before.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::establish::{Established, established};
use crate::action::look::not_empty;
use crate::desk::{Desk, Entry, Page};
use crate::domain::rows::{
    Correction, Known, POST_FIELDS, Preview, PreviewRow, RowKind, RowState, SheetRows,
    on_post_word, preview,
};
use crate::domain::{Enterprise, Listed, Post, Role, Source, read_all};
use crate::error::{Error, Result};
use crate::store::Store;

/// What is imported.
#[derive(Debug, Clone)]
pub struct ImportRows {
    /// What the rows are.
    pub kind: RowKind,
    /// The file's name, as problems call it.
    pub file_name: String,
    /// The file: .xlsx, or .csv in UTF-8, UTF-16 or GB 18030.
    pub bytes: Vec<u8>,
    /// The sheet; none takes the first one that has a header.
    pub sheet: Option<String>,
    /// Cells that the user mended, in any order; of two for one cell the later one stands.
    pub corrections: Vec<Correction>,
    /// Rows that are left out, by Excel's number.
    pub skip: BTreeSet<u32>,
    /// Why rows change what is stored. Without it a row that differs is refused.
    pub update_reason: Option<String>,
}

/// What was imported: rows by Excel's number, ascending, with their entities.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ImportedRows {
    /// Rows that were added.
    pub added: Vec<(u32, EntityId)>,
    /// Rows that changed what was stored.
    pub changed: Vec<(u32, EntityId)>,
    /// Rows that were stored already.
    pub same: Vec<(u32, EntityId)>,
    /// Rows that were left out.
    pub skipped: Vec<u32>,
}

/// Why rows were not imported. Nothing was changed.
#[derive(Debug, thiserror::Error)]
pub enum ImportRowsError {
    /// Some rows that were chosen cannot be taken.
    #[error("some rows cannot be taken; nothing was imported")]
    Rows(Box<Preview>),
    /// Anything else.
    #[error(transparent)]
    Core(#[from] Error),
}

/// Shows what importing would do. Changes nothing.
///
/// # Errors
/// `Invalid` for a file that is no table, a header that lacks a needed column, too many rows, or a
/// correction of a cell that is not there; `Storage`.
pub fn preview_rows(store: &Store, request: &ImportRows) -> Result<Preview> {
    let rows = request.read()?;
    let place = established(store)?;
    store.read(|read| Ok(preview(&rows, &known(read, &place, request.kind)?)))
}

/// Imports the rows that are not skipped, in one transaction. Importing a file again changes
/// nothing: what is stored already with the same values stays as it is.
///
/// # Errors
/// [`ImportRowsError::Rows`] when a chosen row is wrong, or differs and no reason is given;
/// otherwise as [`preview_rows`], and `Sign`.
pub fn import_rows(
    desk: &Desk<'_>,
    request: &ImportRows,
) -> std::result::Result<ImportedRows, ImportRowsError> {
    if let Some(reason) = &request.update_reason {
        not_empty("reason", reason)?;
    }
    let rows = request.read()?;
    let place = established(desk.store())?;
    let mut refused = None;
    let written = desk.write(|page| {
        let mut preview = preview(&rows, &known(page.read(), &place, request.kind)?);
        let is_in_the_way = |row: &PreviewRow| match row.state {
            RowState::Wrong => true,
            RowState::Differs(..) => request.update_reason.is_none(),
            RowState::New | RowState::Same(_) => false,
        };
        preview.rows.retain(|row| !request.skip.contains(&row.checked.row));
        if preview.rows.iter().any(is_in_the_way) {
            preview.rows.retain(is_in_the_way);
            refused = Some(preview);
            return Err(Error::invalid("rows", "有行不能导入", "some rows cannot be taken"));
        }
        let mut imported = ImportedRows::default();
        imported.skipped.extend(&request.skip);
        for row in &preview.rows {
            let place = place.standing(request.kind);
            write_row(page, place, request, row, &mut imported)?;
        }
        Ok(imported)
    });
    match refused {
        Some(preview) => Err(ImportRowsError::Rows(Box::new(preview))),
        None => Ok(written?),
    }
}

fn write_row(
    page: &mut Page<'_, '_>,
    dossier: DossierId,
    request: &ImportRows,
    row: &PreviewRow,
    imported: &mut ImportedRows,
) -> Result<()> {
    let number = row.checked.row;
    let (kind, again) = match request.kind {
        RowKind::Enterprise => ("enterprise.register/1", "enterprise.correct/1"),
        RowKind::Officer => ("officer.list/1", "officer.list/1"),
    };
    let reason = request.update_reason.as_deref();
    let of_post = |field: &str| POST_FIELDS.contains(&field);
    let values = &row.checked.values;
    let (mut posts, mut own): (Vec<Cell<'_>>, Vec<Cell<'_>>) =
        values.iter().partition(|(field, _)| of_post(field));
    match &row.state {
        RowState::New => {
            let entity = page.new_entity();
            let entry = Entry::new(kind, dossier, entity);
            page.put(filled(entry, &own))?;
            write_post(page, dossier, entity, &posts, None)?;
            imported.added.push((number, entity));
        }
        RowState::Differs(entity, differences) => {
            let differs = |field: &str| differences.iter().any(|known| known.field == field);
            own.retain(|(field, _)| differs(field));
            posts.retain(|(field, _)| differs(field));
            if !own.is_empty() {
                let entry = Entry::new(again, dossier, *entity).set_some("reason", reason);
                page.put(filled(entry, &own))?;
            }
            write_post(page, dossier, *entity, &posts, reason)?;
            imported.changed.push((number, *entity));
        }
        RowState::Same(entity) => imported.same.push((number, *entity)),
        RowState::Wrong => unreachable!("a wrong row was refused above"),
    }
    Ok(())
}

/// A field and its value, as a row has them.
type Cell<'r> = (&'r &'static str, &'r String);

fn filled(entry: Entry, cells: &[Cell<'_>]) -> Entry {
    cells.iter().fold(entry, |entry, (field, value)| entry.set(field, value.as_str()))
}

/// What a row of people says of the person's post, if it says anything.
fn write_post(
    page: &mut Page<'_, '_>,
    roster: DossierId,
    person: EntityId,
    cells: &[Cell<'_>],
    reason: Option<&str>,
) -> Result<()> {
    if cells.is_empty() {
        return Ok(());
    }
    let entry = Entry::new("post.set/1", roster, Post::entity(roster, person))
        .set("person", person.raw().as_slice())
        .set_some("reason", reason);
    let set = |entry: Entry, (field, value): &Cell<'_>| match **field {
        "on_post" => entry.set(field, Value::Bool(*value == on_post_word(true))),
        _ => entry.set(field, value.as_str()),
    };
    page.put(cells.iter().fold(entry, set)).map(drop)
}

/// What is stored already, with the values that a row may have.
fn known(source: &dyn Source, place: &Established, kind: RowKind) -> Result<Vec<Known>> {
    let dossier = place.standing(kind);
    let of = |entity, values: &[(&'static str, Option<String>)]| {
        let values = values.iter().filter_map(|(field, value)| Some((*field, value.clone()?)));
        Known { entity, values: values.collect::<BTreeMap<_, _>>() }
    };
    Ok(match kind {
        RowKind::Enterprise => read_all::<Enterprise>(source, dossier)?
            .into_iter()
            .map(|known| {
                let values = [
                    ("name", Some(known.name)),
                    ("credit_code", known.credit_code),
                    ("no_code_reason", known.no_code_reason),
                    ("address", Some(known.address)),
                    ("representative", known.representative),
                    ("industry", known.industry),
                ];
                of(known.enterprise, &values)
            })
            .collect(),
        RowKind::Officer => {
            let posts: BTreeMap<EntityId, Post> = read_all::<Post>(source, dossier)?
                .into_iter()
                .map(|post| (post.person, post))
                .collect();
            let of_person = |known: Listed| {
                let post = posts.get(&known.officer);
                let on_post = post.and_then(|post| post.on_post).map(on_post_word);
                let values = [
                    ("name", Some(known.name)),
                    ("role", Some(Role::word(known.role).to_owned())),
                    ("organisation", Some(known.organisation)),
                    ("certificate_no", known.certificate_no),
                    ("certificate_valid_until", known.certificate_valid_until),
                    ("id_number", known.id_number),
                    ("post", post.and_then(|p| p.kind).map(|kind| kind.word().to_owned())),
                    ("on_post", on_post.map(str::to_owned)),
                    ("since", post.and_then(|p| p.since).map(|since| since.to_string())),
                ];
                of(known.officer, &values)
            };
            read_all::<Listed>(source, dossier)?.into_iter().map(of_person).collect()
        }
    })
}

impl Established {
    /// The standing dossier that rows of a kind go to.
    fn standing(&self, kind: RowKind) -> DossierId {
        match kind {
            RowKind::Enterprise => self.register,
            RowKind::Officer => self.roster,
        }
    }
}

impl ImportRows {
    fn read(&self) -> Result<SheetRows> {
        let refuse = |refusal: angen_tables::Refusal| {
            Error::invalid(self.file_name.as_str(), refusal.zh, refusal.en)
        };
        let table = angen_tables::read(&self.bytes).map_err(refuse)?;
        let mut rows = SheetRows::read(self.kind, &self.file_name, table, self.sheet.as_deref())?;
        for correction in &self.corrections {
            rows.correct(correction)?;
        }
        Ok(rows)
    }
}
