//! The projection: which op holds which field now, and what follows from it.
//!
//! It is a function of the ops that are here, of the bodies that are held, and of
//! `PROJECTION_VERSION`; the order and batching in which they came do not matter. An op is
//! projected once everything in its past has been, so an op never supersedes one that comes
//! later, and no memory of superseded ops is needed. An op that is quarantined has no row here.
//! Values stay in the bodies: a field that is erased there is gone from here as well.

use std::collections::HashSet;

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::header::Header;
use angen_ledger::heads::{Head, Said, Written};
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::op::Op;

use crate::domain::{Enterprise, Erasure, Fields, Hold, Noun, is_known_kind};
use crate::error::{Error, Result};
use crate::store::enterprises::{note_all_enterprises, note_enterprise, note_enterprises_of};
use crate::store::erasure::{note_erasure, note_hold};
use crate::store::log::op_by_hash;
use crate::store::named_blobs::note_all_blobs;
use crate::store::originals::note_original;
use crate::store::quarantine::{judge_all, quarantined_by, quarantined_places};

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

/// Throws the projection away and makes it again from the log.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn project_all(tx: &Transaction<'_>) -> Result<()> {
    const CLEAR: &str = "
        DELETE FROM live; DELETE FROM locked; DELETE FROM original;
        DELETE FROM erased; DELETE FROM erased_blob;";
    const APPLIED: &str = "SELECT place FROM op WHERE pending = 0 ORDER BY place";
    tx.execute_batch(CLEAR)?;
    note_all_blobs(tx)?;
    // Nothing is live now, so this empties the search; each op fills it again.
    note_all_enterprises(tx)?;
    judge_all(tx)?;
    let places: Vec<i64> =
        tx.prepare(APPLIED)?.query_map([], |row| row.get(0))?.collect::<rusqlite::Result<_>>()?;
    in_order_of_past(tx, places, project)
}

/// Makes the projection of one dossier again, because another op counts in it than before. What
/// was erased stays erased, whoever is revoked: erasing cannot be taken back.
pub(super) fn reproject(tx: &Transaction<'_>, dossier: DossierId) -> Result<()> {
    const CLEAR: &[&str] = &[
        "DELETE FROM live WHERE dossier = :dossier",
        "DELETE FROM locked WHERE dossier = :dossier",
        "DELETE FROM original WHERE op IN (SELECT place FROM op WHERE dossier = :dossier)",
    ];
    const APPLIED: &str =
        "SELECT place FROM op WHERE dossier = :dossier AND pending = 0 ORDER BY place";
    let params = named_params! {":dossier": dossier.raw()};
    for clear in CLEAR {
        tx.prepare_cached(clear)?.execute(params)?;
    }
    let places: Vec<i64> = tx
        .prepare_cached(APPLIED)?
        .query_map(params, |row| row.get(0))?
        .collect::<rusqlite::Result<_>>()?;
    in_order_of_past(tx, places, |tx, place, op, aside| match aside {
        Aside::Counts => count_in(tx, place, op),
        Aside::Quarantined => Ok(()),
    })?;
    note_enterprises_of(tx, dossier)?;
    note_hold(tx, dossier)
}

/// Whether an op counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Aside {
    /// It counts.
    Counts,
    /// Its writer is revoked, and it lies behind the cut.
    Quarantined,
}

/// Goes through applied ops, each behind what it builds on.
fn in_order_of_past(
    tx: &Transaction<'_>,
    places: Vec<i64>,
    each: impl Fn(&Transaction<'_>, i64, &Op, Aside) -> Result<()>,
) -> Result<()> {
    let quarantined = quarantined_places(tx)?;
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
                let is_aside = quarantined.contains_key(&place);
                each(tx, place, &op, if is_aside { Aside::Quarantined } else { Aside::Counts })?;
                done.insert(op.hash);
                placed.insert(place);
            }
            path.extend(before);
        }
    }
    Ok(())
}

/// Where the ops of an op's past lie that are not done yet. What it names of other dossiers is
/// no past of it.
fn places_before(tx: &Transaction<'_>, op: &Op, done: &HashSet<Hash>) -> Result<Vec<i64>> {
    const PLACE_OF: &str =
        "SELECT place FROM op WHERE hash = :hash AND dossier = :dossier AND pending = 0";
    let mut places = Vec::new();
    for hash in past(&op.header).filter(|hash| !done.contains(hash)) {
        let params = named_params! {":hash": hash.as_bytes(), ":dossier": op.header.dossier.raw()};
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

/// Every value that a field was ever given, ascending by op hash.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn history_of(
    connection: &Connection,
    dossier: DossierId,
    entity: EntityId,
    field: &str,
) -> Result<Vec<Said>> {
    let mut statement = connection.prepare_cached(FIELDS_OF)?;
    let params = named_params! {":dossier": dossier.raw(), ":entity": entity.raw()};
    let mut rows = statement.query(params)?;
    let mut history = Vec::new();
    while let Some(row) = rows.next()? {
        let op = read_op(row)?;
        if names_of(&op).any(|name| name == field) {
            let (writer, wall_ms) = (op.header.writer, op.header.wall_ms);
            let head = Head { op: op.hash, writer, wall_ms, value: op.get(field).cloned() };
            let over = op.header.over.iter().find(|over| over.field == field);
            let over = over.map(|over| over.heads.clone()).unwrap_or_default();
            history.push(Said { head, over });
        }
    }
    Ok(history)
}

/// What an op builds on within its dossier.
pub(super) fn past(header: &Header) -> impl Iterator<Item = Hash> {
    let deps = header.deps.iter().map(|dep| dep.op);
    let over = header.over.iter().flat_map(|over| over.heads.iter().copied());
    header.prev.into_iter().chain(deps).chain(over)
}

/// Projects one op whose past has been projected.
pub(super) fn project(tx: &Transaction<'_>, place: i64, op: &Op, aside: Aside) -> Result<()> {
    let header = &op.header;
    if aside == Aside::Counts {
        count_in(tx, place, op)?;
    }
    match (header.kind.noun(), aside) {
        (Enterprise::NOUN, Aside::Counts) => note_enterprise(tx, header.dossier, header.entity),
        // Two persons stand behind an erasure, and every reader carries it out at once: that one
        // of them is revoked later does not bring anything back.
        (Erasure::NOUN, _) => note_erasure(tx, op),
        (Hold::NOUN, Aside::Counts) => note_hold(tx, header.dossier),
        _ => Ok(()),
    }
}

/// Makes the rows of an op that counts.
fn count_in(tx: &Transaction<'_>, place: i64, op: &Op) -> Result<()> {
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
/// the protocol speaks of one field of one entity. Where the op that is replaced does not count,
/// what it had replaced is meant: who wrote this has seen both.
fn retire(tx: &Transaction<'_>, header: &Header, field: &str, head: Hash) -> Result<()> {
    let (dossier, entity) = (header.dossier.raw(), header.entity.raw());
    let (mut heads, mut seen) = (vec![head], HashSet::new());
    while let Some(head) = heads.pop() {
        if !seen.insert(head) {
            continue;
        }
        let params = named_params! {
            ":dossier": dossier, ":entity": entity, ":hash": head.as_bytes(),
        };
        let found: Option<(String, i64)> = tx
            .prepare_cached(LIVE_FIELDS)?
            .query_row(params, |row| Ok((row.get("fields")?, row.get("op")?)))
            .optional()?;
        match found {
            Some((live, place)) => {
                let rest: Vec<&str> = live.split(' ').filter(|name| *name != field).collect();
                set_live_fields(tx, header, place, &rest.join(" "))?;
            }
            None => heads.extend(replaced_by_quarantined(tx, header, field, head)?),
        }
    }
    Ok(())
}

/// What an op that does not count had replaced in a field of an entity.
fn replaced_by_quarantined(
    tx: &Transaction<'_>,
    header: &Header,
    field: &str,
    op: Hash,
) -> Result<Vec<Hash>> {
    if quarantined_by(tx, op)?.is_none() {
        return Ok(Vec::new());
    }
    let Some(stored) = op_by_hash(tx, op)? else { return Ok(Vec::new()) };
    let Header { dossier, entity, over, .. } = &stored.op.header;
    if (*dossier, *entity) != (header.dossier, header.entity) {
        return Ok(Vec::new());
    }
    let over = over.iter().filter(|over| over.field == field);
    Ok(over.flat_map(|over| over.heads.iter().copied()).collect())
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

pub(super) fn op_at(connection: &Connection, place: i64) -> Result<Op> {
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
