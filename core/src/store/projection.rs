//! The projection: which op holds which field now, and what follows from it.
//!
//! It is a function of the ops that are here, of the bodies that are held, and of
//! `PROJECTION_VERSION`; the order and batching in which they came do not matter. An op is
//! projected once everything in its past has been, so an op never supersedes one that comes
//! later, and no memory of superseded ops is needed. Values stay in the bodies: a field that is
//! erased there is gone from here as well.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::heads::{Head, Written};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;
use angen_ledger::wire::Wire;

use crate::domain::{Fields, is_known_kind};
use crate::error::{Error, Result};
use crate::store::disclosure::disclose;
use crate::store::log::{has_op, note_named, op_by_hash};
use crate::store::named_blobs::{note_all_blobs, note_blobs};
use crate::store::originals::note_original;

const INSERT_OP: &str = "
    INSERT INTO op (hash, dossier, writer, seq, pending, header, body)
    VALUES (:hash, :dossier, :writer, :seq, :pending, :header, :body)
    ON CONFLICT (hash) DO NOTHING";

const INSERT_WAITING: &str = "
    INSERT INTO waiting (missing, op) VALUES (:missing, :op) ON CONFLICT DO NOTHING";

const WAITING_FOR: &str = "SELECT op FROM waiting WHERE missing = :missing ORDER BY op";

const STILL_WAITING: &str = "SELECT 1 FROM waiting WHERE op = :op";

const END_WAITING: &str = "DELETE FROM waiting WHERE missing = :missing";

const END_PENDING: &str = "UPDATE op SET pending = 0 WHERE place = :place";

const HEADER_AT: &str = "SELECT hash, header, body FROM op WHERE place = :place";

const INSERT_LIVE: &str = "
    INSERT INTO live (dossier, entity, op, noun, fields)
    VALUES (:dossier, :entity, :op, :noun, :fields)";

const LIVE_FIELDS: &str = "
    SELECT live.fields, live.op FROM live
    JOIN op ON op.place = live.op
    WHERE live.dossier = :dossier AND live.entity = :entity AND op.hash = :hash";

const SET_LIVE_FIELDS: &str = "
    UPDATE live SET fields = :fields
    WHERE dossier = :dossier AND entity = :entity AND op = :op";

const INSERT_LOCKED: &str = "
    INSERT INTO locked (dossier, entity, kind) VALUES (:dossier, :entity, :kind)
    ON CONFLICT DO NOTHING";

const LOCKED: &str = "
    SELECT kind FROM locked WHERE dossier = :dossier AND entity = :entity ORDER BY kind LIMIT 1";

const FIELDS_OF: &str = "
    SELECT op.hash, op.header, op.body, live.fields FROM live
    JOIN op ON op.place = live.op
    WHERE live.dossier = :dossier AND live.entity = :entity
    ORDER BY op.hash";

const FIELDS_IN_FORCE: &str = "
    SELECT op.hash, op.header, op.body, live.fields FROM live
    JOIN op ON op.place = live.op
    WHERE live.dossier = :dossier AND live.entity = :entity AND live.fields <> ''
    ORDER BY op.hash";

const ENTITIES: &str = "
    SELECT entity, min(op) AS first FROM live
    WHERE dossier = :dossier AND noun = :noun
    GROUP BY entity ORDER BY first";

/// What became of an op that was put into the log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Put {
    /// It was there already.
    Known,
    /// It waits for something in its past.
    Waiting,
    /// It is in the projection.
    Projected,
}

/// Puts an op into the log and, as soon as its past is here, into the projection. Putting it
/// again takes in what it discloses now and did not before. True when it is new.
///
/// # Errors
/// `Refused` for a body of another op, `Storage`, `Malformed`.
pub fn insert_op(tx: &Transaction<'_>, op: &Op) -> Result<bool> {
    Ok(insert_op_after(tx, op, None)? != Put::Known)
}

/// As [`insert_op`], when the caller knows that one op is projected: in a long chain that is the
/// one before, and it need not be looked up.
///
/// # Errors
/// `Storage`, `Malformed`.
pub(crate) fn insert_op_after(tx: &Transaction<'_>, op: &Op, known: Option<Hash>) -> Result<Put> {
    let missing = missing_past(tx, op, known)?;
    let header = &op.header;
    let inserted = tx.prepare_cached(INSERT_OP)?.execute(named_params! {
        ":hash": op.hash.as_bytes(),
        ":dossier": header.dossier.raw(),
        ":writer": header.writer.raw(),
        ":seq": header.seq.cast_signed(),
        ":pending": !missing.is_empty(),
        ":header": op.bytes,
        ":body": op.body.as_ref().map(Wire::to_wire),
    })?;
    if inserted == 0 {
        disclose(tx, op)?;
        return Ok(Put::Known);
    }
    let place = tx.last_insert_rowid();
    note_named(tx, op)?;
    note_blobs(tx, header)?;
    if missing.is_empty() {
        project(tx, place, op)?;
        wake(tx, op.hash)?;
        return Ok(Put::Projected);
    }
    for hash in missing {
        let params = named_params! {":missing": hash.as_bytes(), ":op": place};
        tx.prepare_cached(INSERT_WAITING)?.execute(params)?;
    }
    Ok(Put::Waiting)
}

/// Throws the projection away and makes it again from the log.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn project_all(tx: &Transaction<'_>) -> Result<()> {
    const CLEAR: &str = "DELETE FROM live; DELETE FROM locked; DELETE FROM original;";
    const APPLIED: &str = "SELECT place FROM op WHERE pending = 0 ORDER BY place";
    tx.execute_batch(CLEAR)?;
    note_all_blobs(tx)?;
    let places: Vec<i64> =
        tx.prepare(APPLIED)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    let mut done = HashSet::new();
    let mut placed = HashSet::new();
    for place in places {
        // Order of arrival is not always the order of the past: an op that was pending came early.
        // So its past goes first; hashes cannot form a circle.
        let mut path = vec![place];
        while let Some(place) = path.last().copied() {
            if placed.contains(&place) {
                path.pop();
                continue;
            }
            let op = op_at(tx, place)?;
            let before = places_before(tx, &op, &done)?;
            if before.is_empty() {
                project(tx, place, &op)?;
                done.insert(op.hash);
                placed.insert(place);
            }
            path.extend(before);
        }
    }
    Ok(())
}

/// Where the ops of an op's past lie that are not done yet.
fn places_before(tx: &Transaction<'_>, op: &Op, done: &HashSet<Hash>) -> Result<Vec<i64>> {
    const PLACE_OF: &str = "SELECT place FROM op WHERE hash = :hash AND pending = 0";
    let mut places = Vec::new();
    for hash in past(&op.header).filter(|hash| !done.contains(hash)) {
        let params = named_params! {":hash": hash.as_bytes()};
        let mut statement = tx.prepare_cached(PLACE_OF)?;
        places.extend(statement.query_row(params, |row| row.get::<_, i64>("place")).optional()?);
    }
    Ok(places)
}

/// Refuses to write to an entity that a newer build has written something critical on.
///
/// # Errors
/// `UpdateNeeded`, `Storage`.
pub fn check_writable(connection: &Connection, dossier: DossierId, entity: EntityId) -> Result<()> {
    let mut statement = connection.prepare_cached(LOCKED)?;
    let params = named_params! {":dossier": dossier.raw(), ":entity": entity.raw()};
    match statement.query_row(params, |row| row.get("kind")).optional()? {
        Some(kind) => Err(Error::UpdateNeeded { kind }),
        None => Ok(()),
    }
}

/// The fields of an entity with all their heads.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn fields_of(connection: &Connection, dossier: DossierId, entity: EntityId) -> Result<Fields> {
    read_fields(connection, FIELDS_OF, dossier, entity)
}

/// The fields of an entity and their heads, without the ops whose fields were all replaced: what
/// a verb needs to write the next op, however often the entity was corrected before.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn fields_in_force(
    connection: &Connection,
    dossier: DossierId,
    entity: EntityId,
) -> Result<Fields> {
    read_fields(connection, FIELDS_IN_FORCE, dossier, entity)
}

fn read_fields(
    connection: &Connection,
    query: &'static str,
    dossier: DossierId,
    entity: EntityId,
) -> Result<Fields> {
    let mut statement = connection.prepare_cached(query)?;
    let params = named_params! {":dossier": dossier.raw(), ":entity": entity.raw()};
    let mut rows = statement.query(params)?;
    let mut fields = Fields::default();
    while let Some(row) = rows.next()? {
        let op = read_op(row)?;
        let live: String = row.get("fields")?;
        let (writer, wall_ms) = (op.header.writer, op.header.wall_ms);
        fields.note_written(Written { op: op.hash, writer, wall_ms });
        for name in live.split(' ').filter(|name| !name.is_empty()) {
            let value = op.get(name).cloned();
            fields.add(name, Head { op: op.hash, writer, wall_ms, value });
        }
    }
    Ok(fields)
}

/// The entities of a noun in a dossier, in the order in which they came.
///
/// # Errors
/// `Storage`.
pub fn entities(connection: &Connection, dossier: DossierId, noun: &str) -> Result<Vec<EntityId>> {
    let mut statement = connection.prepare_cached(ENTITIES)?;
    let params = named_params! {":dossier": dossier.raw(), ":noun": noun};
    let rows = statement.query_map(params, |row| Ok(EntityId(row.get("entity")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// What an op builds on within its dossier.
fn past(header: &Header) -> impl Iterator<Item = Hash> {
    let deps = header.deps.iter().map(|dep| dep.op);
    let over = header.over.iter().flat_map(|over| over.heads.iter().copied());
    header.prev.into_iter().chain(deps).chain(over)
}

fn missing_past(connection: &Connection, op: &Op, known: Option<Hash>) -> Result<Vec<Hash>> {
    let mut missing = Vec::new();
    for hash in past(&op.header).filter(|hash| Some(*hash) != known) {
        if !has_op(connection, hash)? {
            missing.push(hash);
        }
    }
    Ok(missing)
}

/// Projects the ops that waited for this one, and those that waited for them.
fn wake(tx: &Transaction<'_>, hash: Hash) -> Result<()> {
    let mut ready = vec![hash];
    while let Some(hash) = ready.pop() {
        let params = named_params! {":missing": hash.as_bytes()};
        let waiting: Vec<i64> = tx
            .prepare_cached(WAITING_FOR)?
            .query_map(params, |row| row.get("op"))?
            .collect::<rusqlite::Result<_>>()?;
        if waiting.is_empty() {
            continue;
        }
        tx.prepare_cached(END_WAITING)?.execute(params)?;
        for place in waiting {
            if tx.prepare_cached(STILL_WAITING)?.exists(named_params! {":op": place})? {
                continue;
            }
            let op = op_at(tx, place)?;
            tx.prepare_cached(END_PENDING)?.execute(named_params! {":place": place})?;
            project(tx, place, &op)?;
            ready.push(op.hash);
        }
    }
    Ok(())
}

/// Projects one op whose past has been projected.
fn project(tx: &Transaction<'_>, place: i64, op: &Op) -> Result<()> {
    let header = &op.header;
    let (dossier, entity) = (header.dossier.raw(), header.entity.raw());
    for over in &header.over {
        for head in &over.heads {
            retire(tx, header, &over.field, *head)?;
        }
    }
    let fields = names_of(op).collect::<Vec<_>>().join(" ");
    tx.prepare_cached(INSERT_LIVE)?.execute(named_params! {
        ":dossier": dossier, ":entity": entity, ":op": place,
        ":noun": header.kind.noun(), ":fields": fields,
    })?;
    if header.critical && !is_known_kind(header.kind.as_str()) {
        let params = named_params! {
            ":dossier": dossier, ":entity": entity, ":kind": header.kind.as_str(),
        };
        tx.prepare_cached(INSERT_LOCKED)?.execute(params)?;
    }
    note_original(tx, place, op)
}

/// The names of an op's fields, as far as its body is held.
pub(super) fn names_of(op: &Op) -> impl Iterator<Item = &str> {
    op.body.iter().flat_map(|body| body.fields()).map(|field| field.name.as_str())
}

/// Takes one field from an op that held it. An op of another entity is not touched: the rule of
/// the protocol speaks of one field of one entity.
fn retire(tx: &Transaction<'_>, header: &Header, field: &str, head: Hash) -> Result<()> {
    let (dossier, entity) = (header.dossier.raw(), header.entity.raw());
    let params = named_params! {
        ":dossier": dossier, ":entity": entity, ":hash": head.as_bytes(),
    };
    let found: Option<(String, i64)> = tx
        .prepare_cached(LIVE_FIELDS)?
        .query_row(params, |row| Ok((row.get("fields")?, row.get("op")?)))
        .optional()?;
    let Some((live, place)) = found else { return Ok(()) };
    let rest: Vec<&str> = live.split(' ').filter(|name| *name != field).collect();
    set_live_fields(tx, header, place, &rest.join(" "))
}

/// Says which fields an op holds now; `header` tells the entity.
pub(super) fn set_live_fields(
    tx: &Transaction<'_>,
    header: &Header,
    place: i64,
    fields: &str,
) -> Result<()> {
    tx.prepare_cached(SET_LIVE_FIELDS)?.execute(named_params! {
        ":dossier": header.dossier.raw(), ":entity": header.entity.raw(), ":op": place,
        ":fields": fields,
    })?;
    Ok(())
}

fn op_at(connection: &Connection, place: i64) -> Result<Op> {
    let mut statement = connection.prepare_cached(HEADER_AT)?;
    let mut rows = statement.query(named_params! {":place": place})?;
    match rows.next()? {
        Some(row) => read_op(row),
        None => Err(Error::Storage(rusqlite::Error::QueryReturnedNoRows)),
    }
}

fn read_op(row: &rusqlite::Row<'_>) -> Result<Op> {
    let body: Option<Vec<u8>> = row.get("body")?;
    let header: Vec<u8> = row.get("header")?;
    Ok(Op::read(&header, body.as_deref())?)
}

/// The op under a hash.
///
/// # Errors
/// `NotFound`, `Storage`, `Malformed`.
pub fn require_op(connection: &Connection, hash: Hash) -> Result<Op> {
    match op_by_hash(connection, hash)? {
        Some(stored) => Ok(stored.op),
        None => Err(Error::NotFound { noun: "op", id: hash.to_string() }),
    }
}
