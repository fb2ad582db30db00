//! Erasures carried out: a field's value and salt leave its body, the commitment stays, and both
//! are remembered so that a copy that arrives later does not bring them back.
//!
//! Which fields are erased follows from ops and certificates alone, so every device that has them
//! erases the same. Only a legal hold that this device knows of delays it here: what is held stays
//! until the hold is lifted, and the digest counts it as erased all the while.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use angen_ledger::body::Body;
use angen_ledger::certificate::Certificate;
use angen_ledger::erasure::{Erasures, may_be_erased};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::Header;
use angen_ledger::id::DossierId;
use angen_ledger::op::Op;
use angen_ledger::wire::Wire;

use crate::domain::{Enterprise, Hold, Noun, read_all};
use crate::error::Result;
use crate::store::enterprises::note_enterprise;
use crate::store::log::{certificates, op_by_hash};
use crate::store::projection::fields_of;
use crate::store::scrub::owe_scrub;

const INSERT_ERASED: &str = "
    INSERT INTO erased (op, field, by_op) VALUES (:op, :field, :by_op)
    ON CONFLICT (op, field) DO UPDATE SET by_op = min(by_op, excluded.by_op)";

const INSERT_ERASED_BLOB: &str = "
    INSERT INTO erased_blob (address, length) VALUES (:address, :length) ON CONFLICT DO NOTHING";

const ERASED_OF: &str = "SELECT field FROM erased WHERE op = :op";

const ERASED_BY: &str = "SELECT by_op FROM erased WHERE op = :op AND field = :field";

const ALL_ERASED: &str = "SELECT op, field FROM erased ORDER BY op, field";

const ERASED_IN: &str = "
    SELECT DISTINCT erased.op FROM erased JOIN op ON op.hash = erased.op
    WHERE op.dossier = :dossier ORDER BY erased.op";

const SET_BODY: &str = "UPDATE op SET body = :body WHERE place = :place";

const DELETE_ORIGINAL: &str = "DELETE FROM original WHERE op = :place";

/// Whether nothing was ever erased here: then no op needs to be looked up.
pub(super) fn nothing_erased(connection: &Connection) -> Result<bool> {
    Ok(!connection.prepare_cached("SELECT 1 FROM erased LIMIT 1")?.exists([])?)
}

/// The op that erased a field, if it is erased.
///
/// # Errors
/// `Storage`.
pub fn erased_by(connection: &Connection, op: Hash, field: &str) -> Result<Option<Hash>> {
    let mut statement = connection.prepare_cached(ERASED_BY)?;
    let params = named_params! {":op": op.as_bytes(), ":field": field};
    Ok(statement.query_row(params, |row| Ok(Hash(row.get("by_op")?))).optional()?)
}

/// Every erased field, by op.
pub(super) fn all_erased(connection: &Connection) -> Result<BTreeMap<Vec<u8>, Vec<String>>> {
    let mut statement = connection.prepare_cached(ALL_ERASED)?;
    let mut rows = statement.query([])?;
    let mut erased: BTreeMap<Vec<u8>, Vec<String>> = BTreeMap::new();
    while let Some(row) = rows.next()? {
        erased.entry(row.get("op")?).or_default().push(row.get("field")?);
    }
    Ok(erased)
}

/// A body without some of its fields.
pub(super) fn closed(body: &Body, fields: &[String]) -> Body {
    body.withhold(Suite::Sha256, |name| fields.iter().any(|field| field == name))
}

/// The body with which an op that arrives may be stored: without what was erased from it.
pub(super) fn storable(connection: &Connection, op: &Op) -> Result<Option<Body>> {
    let Some(body) = &op.body else { return Ok(None) };
    let fields = erased_of(connection, op.hash)?;
    if fields.is_empty() || is_held(connection, op.header.dossier)? {
        return Ok(Some(body.clone()));
    }
    Ok(Some(closed(body, &fields)))
}

/// Projects an op of an erasure: once the execution is here, its targets are closed.
pub(super) fn note_erasure(tx: &Transaction<'_>, op: &Op) -> Result<()> {
    let mut erasures = Erasures::default();
    erasures.note(op);
    if erasures.is_empty() {
        return Ok(());
    }
    for field in ["executes", "approval"] {
        let named = op.get(field).and_then(|hash| Hash::from_slice(hash.as_bytes()?));
        let held = named.map(|hash| op_by_hash(tx, hash)).transpose()?.flatten();
        held.iter().for_each(|stored| erasures.note(&stored.op));
    }
    let held = certificates(tx)?;
    let known: Vec<&Certificate> = held.iter().map(|(_, signed)| &signed.certificate).collect();
    for ((target, field), by) in erasures.in_force(&known) {
        let Some(stored) = op_by_hash(tx, target)? else { continue };
        let header = &stored.op.header;
        if header.dossier == op.header.dossier && may_be_erased(header.kind.noun()) {
            tx.prepare_cached(INSERT_ERASED)?.execute(named_params! {
                ":op": target.as_bytes(), ":field": field, ":by_op": by.as_bytes(),
            })?;
            close(tx, target)?;
        }
    }
    Ok(())
}

/// Projects an erasure again of which a body has come after its header.
pub(super) fn note_erasure_anew(tx: &Transaction<'_>, header: &Header) -> Result<()> {
    for written in fields_of(tx, header.dossier, header.entity)?.written() {
        if let Some(stored) = op_by_hash(tx, written.op)? {
            note_erasure(tx, &stored.op)?;
        }
    }
    Ok(())
}

/// Projects an op of a hold: once none stands, what waited for it is erased.
pub(super) fn note_hold(tx: &Transaction<'_>, dossier: DossierId) -> Result<()> {
    if is_held(tx, dossier)? {
        return Ok(());
    }
    let targets: Vec<Hash> = tx
        .prepare_cached(ERASED_IN)?
        .query_map(named_params! {":dossier": dossier.raw()}, |row| Ok(Hash(row.get("op")?)))?
        .collect::<rusqlite::Result<_>>()?;
    targets.into_iter().try_for_each(|target| close(tx, target))
}

/// Whether a legal hold stands on a dossier.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn is_held(connection: &Connection, dossier: DossierId) -> Result<bool> {
    let holds: Vec<Hold> = read_all(connection, dossier)?;
    Ok(holds.iter().any(|hold| !hold.lifted))
}

fn erased_of(connection: &Connection, op: Hash) -> Result<Vec<String>> {
    let mut statement = connection.prepare_cached(ERASED_OF)?;
    let fields =
        statement.query_map(named_params! {":op": op.as_bytes()}, |row| row.get("field"))?;
    Ok(fields.collect::<rusqlite::Result<_>>()?)
}

/// Takes what is erased out of the body of an op, and out of everything that was made from it.
fn close(tx: &Transaction<'_>, target: Hash) -> Result<()> {
    let Some(stored) = op_by_hash(tx, target)? else { return Ok(()) };
    let (op, fields) = (stored.op, erased_of(tx, target)?);
    let Some(body) = &op.body else { return Ok(()) };
    let kept = closed(body, &fields);
    let is_open = kept != *body;
    if is_open && is_held(tx, op.header.dossier)? {
        return Ok(());
    }
    if fields.iter().any(|field| field == "blob_key") {
        for blob in &op.header.blobs {
            tx.prepare_cached(INSERT_ERASED_BLOB)?.execute(named_params! {
                ":address": blob.address.as_bytes(), ":length": blob.length.cast_signed(),
            })?;
        }
    }
    if !is_open {
        return Ok(());
    }
    let params = named_params! {":place": stored.place, ":body": kept.to_wire()};
    tx.prepare_cached(SET_BODY)?.execute(params)?;
    if kept.get("sha256").is_none() {
        tx.prepare_cached(DELETE_ORIGINAL)?.execute(named_params! {":place": stored.place})?;
    }
    let is_searched = op.header.kind.noun() == Enterprise::NOUN;
    if is_searched && !stored.pending {
        note_enterprise(tx, op.header.dossier, op.header.entity)?;
    }
    owe_scrub(tx, is_searched)
}
