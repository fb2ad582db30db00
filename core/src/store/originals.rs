//! Which op captured which original: how the same photo used twice is noticed.

use rusqlite::{Connection, Transaction, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::op::Op;

use crate::error::Result;

const INSERT_ORIGINAL: &str = "
    INSERT INTO original (sha256, op) VALUES (:sha256, :op) ON CONFLICT DO NOTHING";

const CAPTURED_BEFORE: &str = "
    SELECT op.hash FROM original JOIN op ON op.place = original.op
    WHERE original.sha256 = :sha256 ORDER BY op.hash";

/// Notes which original an op captured, if it did and discloses it.
pub(super) fn note_original(tx: &Transaction<'_>, place: i64, op: &Op) -> Result<()> {
    let sha256 = op.get("sha256").and_then(|value| value.as_bytes());
    if let (Some(sha256), false) = (sha256, op.header.blobs.is_empty()) {
        let params = named_params! {":sha256": sha256, ":op": place};
        tx.prepare_cached(INSERT_ORIGINAL)?.execute(params)?;
    }
    Ok(())
}

/// Ops that captured the same original, ascending by hash.
///
/// # Errors
/// `Storage`.
pub fn captured_before(connection: &Connection, sha256: Hash) -> Result<Vec<Hash>> {
    let mut statement = connection.prepare_cached(CAPTURED_BEFORE)?;
    let params = named_params! {":sha256": sha256.as_bytes()};
    let rows = statement.query_map(params, |row| Ok(Hash(row.get("hash")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
