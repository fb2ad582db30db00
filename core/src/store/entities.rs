//! Which entities of a noun a dossier has.

use rusqlite::{Connection, named_params};

use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Dossier, Noun};
use crate::error::Result;

const ENTITIES: &str = "
    SELECT entity, min(op) AS first FROM live
    WHERE dossier = :dossier AND noun = :noun
    GROUP BY entity ORDER BY first";

// Its noun stands in the statement, since an index over one noun serves no parameter. The index is
// not named: the steps that bring an older database up to date ask before it is there.
const OPENINGS: &str = "
    SELECT entity, min(op) AS first FROM live
    WHERE dossier = :dossier AND noun = 'dossier'
    GROUP BY entity ORDER BY first";

/// The entities of a noun in a dossier, in the order in which they came. It costs what the dossier
/// holds, but for its openings, which cost what they are.
///
/// # Errors
/// `Storage`.
pub fn entities(connection: &Connection, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
    let id = dossier.raw();
    let mut all = Vec::new();
    let mut statement;
    let mut rows = if noun == Dossier::NOUN {
        statement = connection.prepare_cached(OPENINGS)?;
        statement.query(named_params! {":dossier": id})?
    } else {
        statement = connection.prepare_cached(ENTITIES)?;
        statement.query(named_params! {":dossier": id, ":noun": noun})?
    };
    while let Some(row) = rows.next()? {
        all.push(EntityId(row.get("entity")?));
    }
    Ok(all)
}

#[cfg(test)]
mod tests {
    use angen_ledger::testing::{Grant, Scribe, draft, opening};
    use angen_ledger::{certificate::Duty, key::Algorithm};

    use super::*;
    use crate::store::{Store, insert_op};

    #[test]
    fn the_openings_are_found_among_everything_else_without_looking_at_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let scopes = &["*:371102110"][..];
        let root =
            Grant { duty: Duty::Root, name: "王安", scopes, algorithm: Algorithm::Ed25519 };
        let mut scribe = Scribe::new(1, &root, None);
        let dossier = DossierId([7; 16]);
        let mut drafts = vec![opening(dossier, "371102110")];
        for number in 0..20 {
            let fields = [("text", "现场".into())];
            drafts.push(draft(dossier, EntityId([number; 16]), "note.write/1", &fields));
        }
        let ops: Vec<_> = drafts.into_iter().map(|one| scribe.write(one, Vec::new())).collect();
        let written = |tx: &rusqlite::Transaction<'_>| {
            ops.iter().try_for_each(|op| insert_op(tx, op).map(drop))
        };
        store.write(written).unwrap();

        let found = store.read(|read| entities(read, dossier, Dossier::NOUN)).unwrap();
        assert_eq!(found, [ops[0].header.entity]);
        let notes = store.read(|read| entities(read, dossier, "note")).unwrap();
        assert_eq!(notes.len(), 20);
        let plan = store.read(|read| {
            let mut statement = read.prepare(&format!("EXPLAIN QUERY PLAN {OPENINGS}"))?;
            let mut rows = statement.raw_query();
            let row = rows.next()?.expect("a step");
            Ok(row.get::<_, String>("detail")?)
        });
        let plan = plan.unwrap();
        assert!(plan.contains("COVERING INDEX live_opening (noun=? AND dossier=?)"), "{plan}");
    }
}
