//! Dossiers in the order in which they came to this device, the newest first.

use rusqlite::{Connection, named_params};

use angen_ledger::id::DossierId;

use crate::error::Result;

/// A dossier is here when its opening is; the index on openings covers it, however many ops the
/// dossiers have.
const DOSSIERS_BY_ARRIVAL: &str = "
    SELECT dossier, MIN(op) AS arrival FROM live
    WHERE noun = 'dossier' AND entity = dossier
    GROUP BY dossier HAVING arrival < :before
    ORDER BY arrival DESC";

/// Dossiers with the place at which the opening of each came to this device, the newest first;
/// only those before a place, if one is given.
///
/// # Errors
/// `Storage`.
pub fn dossiers_by_arrival(
    connection: &Connection,
    before: Option<i64>,
) -> Result<Vec<(i64, DossierId)>> {
    let mut statement = connection.prepare_cached(DOSSIERS_BY_ARRIVAL)?;
    let params = named_params! {":before": before.unwrap_or(i64::MAX)};
    let rows = statement
        .query_map(params, |row| Ok((row.get("arrival")?, DossierId(row.get("dossier")?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
