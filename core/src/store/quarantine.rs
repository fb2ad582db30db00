//! The quarantine: ops of revoked writers behind the cut. They are held, sealed, relayed and
//! receipted as any other, and do not count in the projection until somebody adopts them.
//!
//! Which ops those are follows from the ops and certificates that are here, so it is worked out
//! from all of them each time that it may have changed, and the dossiers concerned are projected
//! again. Revocations are rare; that this is simple is worth more than that it is quick.

use std::collections::{BTreeMap, BTreeSet};

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::revocation::{ADOPT, Link, Links, REVOKE, Revocations, may_take_back};
use angen_ledger::verify::Known;
use angen_ledger::wire::Wire;

use crate::error::Result;
use crate::planted::bug;
use crate::store::log::certificates;
use crate::store::projection::{op_at, reproject};

const INSERT_REVOCATION: &str = "
    INSERT INTO revocation (op, writer, revokes, counts) VALUES (:op, :writer, :revokes, NULL)
    ON CONFLICT DO NOTHING";

const ALL_REVOCATIONS: &str = "SELECT op FROM revocation ORDER BY op";

const SET_COUNTS: &str = "UPDATE revocation SET counts = :counts WHERE op = :op";

const REVOKED_BY: &str = "
    SELECT op.hash FROM revocation JOIN op ON op.place = revocation.op
    WHERE revocation.writer = :writer AND revokes = 1 AND counts = 1
    ORDER BY op.hash LIMIT 1";

const REVOKERS: &str = "
    SELECT op.writer, op.header FROM revocation JOIN op ON op.place = revocation.op
    WHERE revocation.writer = :writer AND revokes = 1 AND counts = 1";

/// By dossier, since ops are found by dossier and writer.
const OPS_OF_WRITER: &str = "
    SELECT place, hash, header FROM op
    WHERE dossier IN (SELECT DISTINCT dossier FROM op) AND writer = :writer AND pending = 0";

const APPLIED: &str = "SELECT place, header FROM op WHERE pending = 0 ORDER BY place";

const QUARANTINED: &str = "SELECT op, by_op FROM quarantined";

const QUARANTINED_OPS: &str = "
    SELECT quarantined.op, quarantined.by_op FROM quarantined JOIN op ON op.place = quarantined.op
    ORDER BY op.dossier, op.writer, op.seq, op.hash";

const QUARANTINED_BY: &str = "
    SELECT by_op FROM quarantined JOIN op ON op.place = quarantined.op WHERE op.hash = :hash";

const QUARANTINED_IN: &str = "
    SELECT 1 FROM quarantined JOIN op ON op.place = quarantined.op
    WHERE op.dossier = :dossier LIMIT 1";

const INSERT_QUARANTINED: &str = "
    INSERT INTO quarantined (op, by_op) VALUES (:op, :by_op)
    ON CONFLICT (op) DO UPDATE SET by_op = excluded.by_op";

const DELETE_QUARANTINED: &str = "DELETE FROM quarantined WHERE op = :op";

/// An op that does not count.
#[derive(Debug, Clone)]
pub struct Quarantined {
    /// The op.
    pub op: Op,
    /// The revocation that cuts it off.
    pub by: Hash,
}

/// Whether no writer is revoked here: then no op needs to be looked up.
pub(super) fn nobody_revoked(connection: &Connection) -> Result<bool> {
    Ok(!connection.prepare_cached("SELECT 1 FROM revocation LIMIT 1")?.exists([])?)
}

/// Whether somebody revokes or adopts, and it was not judged yet whether that counts.
pub(super) fn has_unjudged(connection: &Connection) -> Result<bool> {
    const UNJUDGED: &str = "SELECT 1 FROM revocation WHERE counts IS NULL LIMIT 1";
    Ok(connection.prepare_cached(UNJUDGED)?.exists([])?)
}

/// A revocation of a writer that counts; none when there is none.
///
/// # Errors
/// `Storage`.
pub fn revoked_by(connection: &Connection, writer: WriterId) -> Result<Option<Hash>> {
    let mut statement = connection.prepare_cached(REVOKED_BY)?;
    let params = named_params! {":writer": writer.raw()};
    Ok(statement.query_row(params, |row| Ok(Hash(row.get("hash")?))).optional()?)
}

/// Since when a certificate is taken back by an administrator under its own root, in milliseconds
/// since 1970 UTC by the earliest claim of those who did; none when nobody did.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn taken_back_since(
    connection: &Connection,
    certificate: Hash,
    writer: WriterId,
) -> Result<Option<i64>> {
    let mut statement = connection.prepare_cached(REVOKERS)?;
    let params = named_params! {":writer": writer.raw()};
    let rows = statement
        .query_map(params, |row| Ok((WriterId(row.get("writer")?), row.get("header")?)))?;
    let revokers: Vec<(WriterId, Vec<u8>)> = rows.collect::<rusqlite::Result<_>>()?;
    if revokers.is_empty() {
        return Ok(None);
    }
    let held = certificates(connection)?;
    let known: Vec<&SignedCertificate> = held.iter().map(|(_, signed)| signed).collect();
    let mut since: Option<i64> = None;
    for (revoker, header) in revokers {
        if may_take_back(revoker, certificate, &known) {
            let at_ms = Header::from_wire(&header)?.wall_ms;
            since = Some(since.map_or(at_ms, |known| known.min(at_ms)));
        }
    }
    Ok(since)
}

/// The revocation that keeps an op from counting; none when it counts.
///
/// # Errors
/// `Storage`.
pub fn quarantined_by(connection: &Connection, op: Hash) -> Result<Option<Hash>> {
    let mut statement = connection.prepare_cached(QUARANTINED_BY)?;
    let params = named_params! {":hash": op.as_bytes()};
    Ok(statement.query_row(params, |row| Ok(Hash(row.get("by_op")?))).optional()?)
}

/// Every op that does not count, by dossier, writer and number.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn quarantined(connection: &Connection) -> Result<Vec<Quarantined>> {
    let mut statement = connection.prepare_cached(QUARANTINED_OPS)?;
    let rows = statement.query_map([], |row| Ok((row.get("op")?, Hash(row.get("by_op")?))))?;
    rows.map(|row| {
        let (place, by) = row?;
        Ok(Quarantined { op: op_at(connection, place)?, by })
    })
    .collect()
}

/// Whether a dossier has ops that do not count.
pub(super) fn has_quarantined(connection: &Connection, dossier: DossierId) -> Result<bool> {
    let mut statement = connection.prepare_cached(QUARANTINED_IN)?;
    Ok(statement.exists(named_params! {":dossier": dossier.raw()})?)
}

/// Places of the ops that do not count.
pub(super) fn quarantined_places(connection: &Connection) -> Result<BTreeMap<i64, Hash>> {
    let mut statement = connection.prepare_cached(QUARANTINED)?;
    let rows = statement.query_map([], |row| Ok((row.get("op")?, Hash(row.get("by_op")?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Keeps an op that has just come from counting, until [`settle`] has judged it.
pub(super) fn set_aside(tx: &Transaction<'_>, place: i64, by: Hash) -> Result<()> {
    let params = named_params! {":op": place, ":by_op": by.as_bytes()};
    tx.prepare_cached(INSERT_QUARANTINED)?.execute(params)?;
    Ok(())
}

/// Notes an op that revokes or adopts. True when it is one: then [`settle`] is owed.
pub(super) fn note_revocation(tx: &Transaction<'_>, place: i64, op: &Op) -> Result<bool> {
    let kind = op.header.kind.as_str();
    if kind != REVOKE && kind != ADOPT {
        return Ok(false);
    }
    let mut said = Revocations::default();
    said.note(op);
    let Some(writer) = said.writers().pop_first() else { return Ok(false) };
    tx.prepare_cached(INSERT_REVOCATION)?.execute(named_params! {
        ":op": place, ":writer": writer.raw(), ":revokes": kind == REVOKE,
    })?;
    Ok(true)
}

/// Finds every op that revokes or adopts, and what follows: for a log that was written before
/// there was a quarantine.
pub(super) fn note_all_revocations(tx: &Transaction<'_>) -> Result<()> {
    let dossiers = note_revocations_of_log(tx)?;
    if dossiers.is_empty() {
        return Ok(());
    }
    settle(tx)?;
    // The build before this one did not know these kinds, and locked what they speak of.
    dossiers.into_iter().try_for_each(|dossier| reproject(tx, dossier))
}

/// Notes the ops of the whole log that revoke or adopt. The dossiers in which they stand.
fn note_revocations_of_log(tx: &Transaction<'_>) -> Result<BTreeSet<DossierId>> {
    let mut found = Vec::new();
    let mut statement = tx.prepare(APPLIED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let header: Vec<u8> = row.get("header")?;
        let header = Header::from_wire(&header)?;
        if matches!(header.kind.as_str(), REVOKE | ADOPT) {
            found.push((row.get("place")?, header.dossier));
        }
    }
    for (place, _) in &found {
        note_revocation(tx, *place, &op_at(tx, *place)?)?;
    }
    Ok(found.into_iter().map(|(_, dossier)| dossier).collect())
}

/// Works everything out again, without projecting: the caller projects all of it.
pub(super) fn judge_all(tx: &Transaction<'_>) -> Result<()> {
    tx.execute_batch("DELETE FROM revocation; DELETE FROM quarantined;")?;
    note_revocations_of_log(tx)?;
    for (place, by) in judge(tx)? {
        set_aside(tx, place, by)?;
    }
    Ok(())
}

/// Judges which ops count, and projects again the dossiers in which another op counts than before.
pub(super) fn settle(tx: &Transaction<'_>) -> Result<()> {
    if bug(21) {
        return Ok(());
    }
    let held = quarantined_places(tx)?;
    let judged = judge(tx)?;
    let mut changed = BTreeSet::new();
    for (place, by) in &judged {
        match held.get(place) {
            Some(known) if known == by => continue,
            Some(_) => {}
            None => {
                changed.insert(op_at(tx, *place)?.header.dossier);
            }
        }
        set_aside(tx, *place, *by)?;
    }
    for place in held.keys().filter(|place| !judged.contains_key(place)) {
        tx.prepare_cached(DELETE_QUARANTINED)?.execute(named_params! {":op": place})?;
        changed.insert(op_at(tx, *place)?.header.dossier);
    }
    changed.into_iter().try_for_each(|dossier| reproject(tx, dossier))
}

/// Which places do not count, each with the revocation; and notes which revocations count.
fn judge(tx: &Transaction<'_>) -> Result<BTreeMap<i64, Hash>> {
    let mut said = Revocations::default();
    let mut sayings = Vec::new();
    let places: Vec<i64> = tx
        .prepare_cached(ALL_REVOCATIONS)?
        .query_map([], |row| row.get("op"))?
        .collect::<rusqlite::Result<_>>()?;
    for place in places {
        let op = op_at(tx, place)?;
        said.note(&op);
        sayings.push((place, op.hash));
    }
    if said.is_empty() {
        return Ok(BTreeMap::new());
    }
    let (links, places) = links_of(tx, &said.writers())?;
    let held = certificates(tx)?;
    let known: Vec<&SignedCertificate> = held.iter().map(|(_, signed)| signed).collect();
    let in_force = said.in_force(&known, &links);
    for (place, hash) in sayings {
        let params = named_params! {":op": place, ":counts": in_force.counting.contains(&hash)};
        tx.prepare_cached(SET_COUNTS)?.execute(params)?;
    }
    let cut = in_force.quarantined.into_iter();
    Ok(cut.filter_map(|(op, by)| Some((*places.get(&op)?, by))).collect())
}

/// What is known here of revocations, for who judges a package by it.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn known_revocations(connection: &Connection) -> Result<Known> {
    let places: Vec<i64> = connection
        .prepare_cached(ALL_REVOCATIONS)?
        .query_map([], |row| row.get("op"))?
        .collect::<rusqlite::Result<_>>()?;
    let mut said = Revocations::default();
    let mut ops = Vec::with_capacity(places.len());
    for place in places {
        let op = op_at(connection, place)?;
        said.note(&op);
        ops.push(op);
    }
    let (links, _) = links_of(connection, &said.writers())?;
    let certificates = certificates(connection)?.into_iter().map(|(_, signed)| signed).collect();
    Ok(Known { ops, links, certificates })
}

/// Every op of some writers, and where it lies.
fn links_of(tx: &Connection, writers: &BTreeSet<WriterId>) -> Result<(Links, BTreeMap<Hash, i64>)> {
    let (mut links, mut places) = (Links::new(), BTreeMap::new());
    let mut statement = tx.prepare_cached(OPS_OF_WRITER)?;
    for writer in writers {
        let mut rows = statement.query(named_params! {":writer": writer.raw()})?;
        while let Some(row) = rows.next()? {
            let (hash, header): (_, Vec<u8>) = (Hash(row.get("hash")?), row.get("header")?);
            links.insert(hash, Link::from(&Header::from_wire(&header)?));
            places.insert(hash, row.get("place")?);
        }
    }
    Ok((links, places))
}
