//! What was made of an entity's fields, kept in memory until another op touches the entity.
//!
//! Compiling a checklist takes longer than committing an answer to it, and a checklist hardly
//! ever changes. What is kept is found again by the ops that it was made from, so nobody has to
//! remember to throw it away: not after a sync, and not after a transaction that rolled back.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use rusqlite::{Connection, named_params};

use angen_ledger::id::{DossierId, EntityId};

use crate::error::Result;

/// Entities kept at most; the whole lot goes when one more comes. A township has some dozen
/// checklists, of which a visit uses five.
const KEPT_MAX: usize = 16;

const MADE_FROM: &str = "
    SELECT op.hash, live.fields, coalesce(length(op.body), -1) AS length FROM live
    JOIN op ON op.place = live.op
    WHERE live.dossier = :dossier AND live.entity = :entity
    ORDER BY live.op";

/// The ops of an entity: hash, fields still in force, and how much of the body is held.
type MadeFrom = Vec<([u8; 32], String, i64)>;

/// What was made from the ops, and from which ops.
type Slot<T> = (MadeFrom, Arc<T>);

/// Values that were made of entities.
pub struct Kept<T> {
    slots: Mutex<HashMap<(DossierId, EntityId), Slot<T>>>,
}

impl<T> Default for Kept<T> {
    fn default() -> Self {
        Self { slots: Mutex::default() }
    }
}

impl<T> Kept<T> {
    /// Forgets everything that is kept.
    pub(super) fn clear(&self) {
        self.slots.lock().unwrap_or_else(PoisonError::into_inner).clear();
    }

    /// What was made of an entity as it stands now, or what `make` makes of it.
    ///
    /// # Errors
    /// `Storage`, and what `make` returns; then nothing is kept.
    pub fn get(
        &self,
        connection: &Connection,
        dossier: DossierId,
        entity: EntityId,
        make: impl FnOnce() -> Result<T>,
    ) -> Result<Arc<T>> {
        let now = made_from(connection, dossier, entity)?;
        let place = (dossier, entity);
        let slots = || self.slots.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((from, kept)) = slots().get(&place)
            && *from == now
        {
            return Ok(Arc::clone(kept));
        }
        let made = Arc::new(make()?);
        let mut slots = slots();
        if slots.len() >= KEPT_MAX {
            slots.clear();
        }
        slots.insert(place, (now, Arc::clone(&made)));
        Ok(made)
    }
}

fn made_from(connection: &Connection, dossier: DossierId, entity: EntityId) -> Result<MadeFrom> {
    let mut statement = connection.prepare_cached(MADE_FROM)?;
    let params = named_params! {":dossier": dossier.raw(), ":entity": entity.raw()};
    let rows = statement
        .query_map(params, |row| Ok((row.get("hash")?, row.get("fields")?, row.get("length")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[cfg(test)]
mod tests {
    use angen_ledger::certificate::Duty;
    use angen_ledger::header::Over;
    use angen_ledger::key::Algorithm;
    use angen_ledger::testing::{Grant, Scribe, draft, opening};
    use angen_ledger::value::Value;

    use super::*;
    use crate::store::{Store, fields_of, insert_op};

    #[test]
    fn what_is_kept_is_made_again_once_its_entity_changes_and_only_then() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let grant = Grant {
            duty: Duty::Root,
            name: "执法员乙",
            scopes: &["*:371102110"],
            algorithm: Algorithm::Ed25519,
        };
        let (dossier, entity) = (DossierId([3; 16]), EntityId([4; 16]));
        let mut scribe = Scribe::new(1, &grant, None);
        let opened = scribe.write(opening(dossier, "371102110"), Vec::new());
        let first =
            scribe.write(draft(dossier, entity, "note.write/1", &[("text", "一".into())]), vec![]);
        let mut change = draft(dossier, entity, "note.write/1", &[("text", Value::from("二"))]);
        change.over = vec![Over { field: "text".to_owned(), heads: vec![first.hash] }];
        let second = scribe.write(change, Vec::new());

        let (kept, mut made) = (Kept::default(), 0);
        let mut read = || {
            store.read(|connection| {
                kept.get(connection, dossier, entity, || {
                    made += 1;
                    let fields = fields_of(connection, dossier, entity)?;
                    Ok(fields.text("text").map(str::to_owned))
                })
            })
        };
        store.write(|tx| insert_op(tx, &opened).and_then(|_| insert_op(tx, &first))).unwrap();
        assert_eq!(read().unwrap().as_deref(), Some("一"));
        assert_eq!(read().unwrap().as_deref(), Some("一"));
        store.write(|tx| insert_op(tx, &second)).unwrap();
        assert_eq!(read().unwrap().as_deref(), Some("二"));
        assert_eq!(made, 2);
    }
}
