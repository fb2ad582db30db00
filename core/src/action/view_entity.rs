//! Looks at the fields of an entity: personal data stays hidden until somebody says what for.

use rusqlite::Connection;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::not_empty;
use crate::action::note_custody::{Handing, NoteCustody, prepare_custody, put_custody};
use crate::desk::Desk;
use crate::domain::{CustodyAct, is_personal};
use crate::error::{Error, Result};
use crate::store;

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FieldView {
    /// Its name.
    pub field: String,
    /// The op that set it.
    pub op: Hash,
    /// What is to be seen.
    pub content: FieldContent,
}

/// What is to be seen of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum FieldContent {
    /// The value.
    Shown(Value),
    /// Personal data, which was not asked for.
    Hidden,
    /// The value is not here: withheld, or erased by the op that is named.
    Absent(Option<Hash>),
}

/// The fields of an entity without its personal data. Nothing is noted.
///
/// # Errors
/// `NotFound`, `Storage`, `Malformed`.
pub fn view_entity(
    read: &Connection,
    dossier: DossierId,
    entity: EntityId,
) -> Result<Vec<FieldView>> {
    fields(read, dossier, entity, false)
}

/// The fields of an entity with its personal data. The look is noted first, and what it is for.
///
/// # Errors
/// `Invalid` without a purpose; `NotFound`, `Sign`, `Storage`, `Malformed`.
pub fn reveal_entity(
    desk: &Desk<'_>,
    dossier: DossierId,
    entity: EntityId,
    purpose: &str,
) -> Result<Vec<FieldView>> {
    not_empty("purpose", purpose)?;
    prepare_custody(desk, dossier)?;
    desk.write(|page| {
        let shown = fields(page.read(), dossier, entity, true)?;
        let hidden = fields(page.read(), dossier, entity, false)?;
        let personal = hidden.into_iter().filter(|view| view.content == FieldContent::Hidden);
        let mut names: Vec<String> = personal.map(|view| view.field).collect();
        names.dedup();
        let handing = Handing { recipient: None, purpose: Some(purpose.to_owned()) };
        let act = CustodyAct::View;
        let request = NoteCustody { act, dossier, about: vec![entity], fields: names, handing };
        put_custody(page, &request)?;
        Ok(shown)
    })
}

fn fields(
    read: &Connection,
    dossier: DossierId,
    entity: EntityId,
    reveal: bool,
) -> Result<Vec<FieldView>> {
    let held = store::fields_of(read, dossier, entity)?;
    if held.written().is_empty() {
        return Err(Error::NotFound { noun: "entity", id: entity.to_string() });
    }
    let mut views = Vec::new();
    for (name, head) in held.all() {
        let op = store::require_op(read, head.op)?;
        let content = match &head.value {
            None => FieldContent::Absent(store::erased_by(read, head.op, name)?),
            Some(_) if !reveal && is_personal(op.header.kind.noun(), name) => FieldContent::Hidden,
            Some(value) => FieldContent::Shown(value.clone()),
        };
        views.push(FieldView { field: name.to_owned(), op: head.op, content });
    }
    Ok(views)
}
