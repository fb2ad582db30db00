//! What conflicts are found by: entities that several ops hold, and who had seen what.

use rusqlite::{Connection, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;
use angen_ledger::wire::Wire;

use crate::error::Result;

/// Whatever is in conflict is among these: a field has a second head only where a second op holds
/// fields of the same entity.
const CONTESTED: &str = "
    SELECT DISTINCT entity, noun FROM live
    WHERE dossier = :dossier AND entity IN (
        SELECT entity FROM live WHERE dossier = :dossier AND fields <> ''
        GROUP BY entity HAVING count(*) > 1)
    ORDER BY entity, noun";

const HEADERS: &str = "SELECT hash, header FROM op WHERE dossier = :dossier AND pending = 0";

/// Entities with more than one op that holds a field, each with its nouns.
///
/// # Errors
/// `Storage`.
pub fn contested(connection: &Connection, dossier: DossierId) -> Result<Vec<(EntityId, String)>> {
    let mut statement = connection.prepare_cached(CONTESTED)?;
    let params = named_params! {":dossier": dossier.raw()};
    let rows =
        statement.query_map(params, |row| Ok((EntityId(row.get("entity")?), row.get("noun")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What the ops of a dossier build on, as far as their past is here.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn past_of(connection: &Connection, dossier: DossierId) -> Result<Past> {
    let mut statement = connection.prepare_cached(HEADERS)?;
    let mut rows = statement.query(named_params! {":dossier": dossier.raw()})?;
    let mut past = Past::default();
    while let Some(row) = rows.next()? {
        let header: Vec<u8> = row.get("header")?;
        past.note(Hash(row.get("hash")?), &Header::from_wire(&header)?);
    }
    Ok(past)
}
