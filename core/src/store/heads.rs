//! Heads and runs of a dossier: what another device compares, and what it is sent.

use std::collections::{HashMap, HashSet};

use rusqlite::{Connection, OptionalExtension, named_params};

use angen_ledger::body::{Body, Content, Field};
use angen_ledger::hash::Hash;
use angen_ledger::header::{Dep, Header};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::revocation::CutPoint;
use angen_ledger::seal::{Seal, SignedSeal};

use crate::error::{Error, Result};
use crate::store::erasure::erased_by;
use crate::store::log::dossiers;
use crate::store::receive::SealedRun;

const CHAINS: &str = "
    SELECT writer, max(seq) AS seq, count(*) AS ops FROM op
    WHERE dossier = :dossier AND pending = 0
    GROUP BY writer ORDER BY writer";

/// The same while no op anywhere waits for its past: an index has all of it.
const CHAINS_OF_ALL: &str = "
    SELECT writer, max(seq) AS seq, count(*) AS ops FROM op
    WHERE dossier = :dossier
    GROUP BY writer ORDER BY writer";

const CHAIN: &str = "
    SELECT hash, header FROM op
    WHERE dossier = :dossier AND writer = :writer AND pending = 0";

const COUNT_PENDING: &str = "
    SELECT count(DISTINCT waiting.op) FROM waiting JOIN op ON op.place = waiting.op
    WHERE op.dossier = :dossier";

const RUN: &str = "
    SELECT hash, header, body FROM op
    WHERE dossier = :dossier AND writer = :writer AND seq BETWEEN :first AND :last";

/// The last ops of every chain of a dossier whose past is here, ascending by writer, seq and
/// hash. A writer whose chain forked has one for each branch.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn heads_of(connection: &Connection, dossier: DossierId) -> Result<Vec<Dep>> {
    let some_wait = connection.prepare_cached("SELECT 1 FROM waiting")?.exists([])?;
    let chains = if some_wait { CHAINS } else { CHAINS_OF_ALL };
    let mut statement = connection.prepare_cached(chains)?;
    let chains = statement.query_map(named_params! {":dossier": dossier.raw()}, |row| {
        Ok((WriterId(row.get("writer")?), row.get::<_, i64>("seq")?, row.get::<_, i64>("ops")?))
    })?;
    let mut heads = Vec::new();
    for chain in chains {
        let (writer, seq, ops) = chain?;
        // Nothing before an op is missing here, so a chain with one op at each seq has one end.
        if ops == seq + 1 {
            let head = chain_head_at(connection, dossier, writer, seq)?;
            heads.push(head);
        } else {
            heads.extend(branch_ends(connection, dossier, writer)?);
        }
    }
    heads.sort_unstable();
    Ok(heads)
}

/// The last ops of every chain of one writer, in whatever dossier.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn heads_of_writer(connection: &Connection, writer: WriterId) -> Result<Vec<CutPoint>> {
    let mut heads = Vec::new();
    for dossier in dossiers(connection)? {
        let own = heads_of(connection, dossier)?.into_iter().filter(|head| head.writer == writer);
        heads.extend(own.map(|head| CutPoint { dossier, seq: head.seq, op: head.op }));
    }
    Ok(heads)
}

/// The ops of a chain with one number: one, unless the chain is forked.
///
/// # Errors
/// `Storage`.
pub fn ops_at(
    connection: &Connection,
    dossier: DossierId,
    writer: WriterId,
    seq: u64,
) -> Result<Vec<Hash>> {
    const OPS_AT: &str = "
        SELECT hash FROM op
        WHERE dossier = :dossier AND writer = :writer AND seq = :seq AND pending = 0
        ORDER BY hash";
    let mut statement = connection.prepare_cached(OPS_AT)?;
    let params = named_params! {
        ":dossier": dossier.raw(), ":writer": writer.raw(), ":seq": seq.cast_signed(),
    };
    let rows = statement.query_map(params, |row| Ok(Hash(row.get("hash")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many ops of a dossier wait for something in their past.
///
/// # Errors
/// `Storage`.
pub fn count_pending(connection: &Connection, dossier: DossierId) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT_PENDING)?;
    let count: i64 =
        statement.query_row(named_params! {":dossier": dossier.raw()}, |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The run that a seal covers, as it travels. In a fork, the ops of the seal's own branch.
///
/// # Errors
/// `NotFound` when an op of the run is not here, `Storage`, `Malformed`.
pub fn run_under(connection: &Connection, cose: &[u8], signed: &SignedSeal) -> Result<SealedRun> {
    let Seal { dossier, writer, first, last, head, .. } = &signed.seal;
    let mut statement = connection.prepare_cached(RUN)?;
    let mut rows = statement.query(named_params! {
        ":dossier": dossier.raw(), ":writer": writer.raw(),
        ":first": first.cast_signed(), ":last": last.cast_signed(),
    })?;
    let mut here = HashMap::new();
    while let Some(row) = rows.next()? {
        let (header, body): (Vec<u8>, Option<Vec<u8>>) = (row.get("header")?, row.get("body")?);
        here.insert(Hash(row.get("hash")?), (header, body));
    }
    let mut ops = Vec::new();
    let mut next = Some(*head);
    for _ in *first..=*last {
        let hash = next.unwrap_or(*head);
        let Some((header, body)) = here.remove(&hash) else {
            return Err(Error::NotFound { noun: "op", id: hash.to_string() });
        };
        next = Header::prev_in(&header)?;
        ops.push((header, body));
    }
    ops.reverse();
    Ok(SealedRun { ops, seal: cose.to_vec() })
}

/// Whether everything that the ops of a run say is here: every field of every body, but for what
/// was erased. A hub gives no receipt before, since a receipt ends the sender's care for it.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn is_run_whole(connection: &Connection, signed: &SignedSeal) -> Result<bool> {
    let run = match run_under(connection, &[], signed) {
        Err(Error::NotFound { .. }) => return Ok(false),
        run => run?,
    };
    for (header, body) in &run.ops {
        let Some(body) = body else { return Ok(false) };
        // It was held against its header when it came; to do so again is most of what this costs.
        if Body::is_whole_in(body)? {
            continue;
        }
        let op = Op::read(header, Some(body))?;
        let Some(body) = &op.body else { return Ok(false) };
        let closed = |field: &&Field| matches!(field.content, Content::Closed(_));
        for field in body.fields().iter().filter(closed) {
            if erased_by(connection, op.hash, &field.name)?.is_none() {
                return Ok(false);
            }
        }
    }
    Ok(true)
}

/// Whether a seal is here, and its run is whole as [`is_run_whole`] says.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn holds_run(connection: &Connection, seal: Hash) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT cose FROM seal WHERE hash = :hash")?;
    let held = statement
        .query_row(named_params! {":hash": seal.as_bytes()}, |row| row.get::<_, Vec<u8>>("cose"));
    match held.optional()? {
        Some(cose) => is_run_whole(connection, &SignedSeal::read(&cose)?),
        None => Ok(false),
    }
}

fn chain_head_at(
    connection: &Connection,
    dossier: DossierId,
    writer: WriterId,
    seq: i64,
) -> Result<Dep> {
    const OP_AT: &str = "
        SELECT hash FROM op
        WHERE dossier = :dossier AND writer = :writer AND seq = :seq AND pending = 0";
    let mut statement = connection.prepare_cached(OP_AT)?;
    let params = named_params! {":dossier": dossier.raw(), ":writer": writer.raw(), ":seq": seq};
    let op = Hash(statement.query_row(params, |row| row.get("hash"))?);
    Ok(Dep { writer, seq: seq.unsigned_abs(), op })
}

/// The ops of a forked chain that no other op of it follows.
fn branch_ends(connection: &Connection, dossier: DossierId, writer: WriterId) -> Result<Vec<Dep>> {
    let mut statement = connection.prepare_cached(CHAIN)?;
    let params = named_params! {":dossier": dossier.raw(), ":writer": writer.raw()};
    let mut rows = statement.query(params)?;
    let (mut ops, mut followed) = (Vec::new(), HashSet::new());
    while let Some(row) = rows.next()? {
        let header: Vec<u8> = row.get("header")?;
        let header = Op::read(&header, None)?.header;
        followed.extend(header.prev);
        ops.push(Dep { writer, seq: header.seq, op: Hash(row.get("hash")?) });
    }
    ops.retain(|dep| !followed.contains(&dep.op));
    Ok(ops)
}
