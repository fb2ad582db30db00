//! The log: certificates, ops and seals as they were signed.

use std::collections::BTreeMap;

use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::header::Dep;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::seal::SignedSeal;

use crate::error::Result;

const INSERT_CERTIFICATE: &str = "
    INSERT INTO certificate (hash, cose) VALUES (:hash, :cose)
    ON CONFLICT (hash) DO NOTHING";

const CERTIFICATES: &str = "SELECT cose FROM certificate ORDER BY place";

const OP_BY_HASH: &str = "
    SELECT place, pending, header, body,
           EXISTS (SELECT 1 FROM quarantined WHERE op = place) AS quarantined
    FROM op WHERE hash = :hash";

const OPS_OF_DOSSIER: &str = "
    SELECT place, pending, header, body,
           EXISTS (SELECT 1 FROM quarantined WHERE op = place) AS quarantined
    FROM op WHERE dossier = :dossier ORDER BY place";

/// From each dossier to the next one in the index on chains, past all of its ops: `DISTINCT` would
/// look at each of them.
const DOSSIERS: &str = "
    WITH RECURSIVE found (dossier) AS (
        SELECT MIN(dossier) FROM op
        UNION ALL
        SELECT (SELECT MIN(op.dossier) FROM op WHERE op.dossier > found.dossier)
        FROM found WHERE found.dossier IS NOT NULL
    )
    SELECT dossier FROM found WHERE dossier IS NOT NULL ORDER BY dossier";

const COUNT_OPS: &str = "SELECT count(*) FROM op";

const COUNT_WRITTEN: &str = "
    SELECT count(*) FROM op WHERE dossier = :dossier AND writer = :writer";

const CHAIN_HEAD: &str = "
    SELECT seq, hash FROM op
    WHERE dossier = :dossier AND writer = :writer
    ORDER BY seq DESC, hash LIMIT 1";

const UNNAMED_HEADS: &str = "
    SELECT op.writer, op.seq, min(op.hash) AS hash
    FROM op
    JOIN (SELECT writer, max(seq) AS seq FROM op
          WHERE dossier = :dossier AND writer <> :writer AND pending = 0
          GROUP BY writer) AS head
      ON op.writer = head.writer AND op.seq = head.seq
    LEFT JOIN named
      ON named.dossier = :dossier AND named.writer = :writer AND named.other = op.writer
    WHERE op.dossier = :dossier AND op.seq > coalesce(named.seq, -1)
    GROUP BY op.writer";

const NOTE_NAMED: &str = "
    INSERT INTO named (dossier, writer, other, seq)
    VALUES (:dossier, :writer, :other, :seq)
    ON CONFLICT (dossier, writer, other) DO UPDATE SET seq = max(seq, excluded.seq)";

const LAST_OPS: &str = "
    SELECT op.dossier, op.place, op.pending, op.header, op.body,
           EXISTS (SELECT 1 FROM quarantined WHERE quarantined.op = op.place) AS quarantined
    FROM op
    JOIN (SELECT max(place) AS place FROM op GROUP BY dossier) AS last ON last.place = op.place
    ORDER BY op.place DESC";

const INSERT_SEAL: &str = "
    INSERT INTO seal (hash, dossier, writer, number, first_seq, last_seq, head, cose)
    VALUES (:hash, :dossier, :writer, :number, :first_seq, :last_seq, :head, :cose)
    ON CONFLICT (hash) DO NOTHING";

const LAST_SEAL: &str = "
    SELECT number, hash FROM seal WHERE writer = :writer ORDER BY number DESC, hash LIMIT 1";

const SEALS_OF: &str = "
    SELECT cose FROM seal WHERE dossier = :dossier ORDER BY writer, first_seq, hash";

/// An op of the log with its place.
pub struct StoredOp {
    /// Order of arrival on this device.
    pub place: i64,
    /// Whether something in its past is missing.
    pub pending: bool,
    /// Whether its writer is revoked and it lies behind the cut: then it does not count.
    pub quarantined: bool,
    /// The op.
    pub op: Op,
}

/// The last op of a writer in a dossier: seq and hash.
pub type ChainHead = (u64, Hash);

/// The last seal of a writer: number and hash.
pub type SealHead = (u64, Hash);

/// Puts a certificate into the log. Putting it again changes nothing.
///
/// # Errors
/// `Storage`.
pub fn insert_certificate(tx: &Transaction<'_>, cose: &[u8], hash: Hash) -> Result<()> {
    let mut statement = tx.prepare_cached(INSERT_CERTIFICATE)?;
    statement.execute(named_params! {":hash": hash.as_bytes(), ":cose": cose})?;
    Ok(())
}

/// Every certificate, issuers first, with its exact bytes.
///
/// # Errors
/// `Storage`; `Malformed` when the database holds what was never a certificate.
pub fn certificates(connection: &Connection) -> Result<Vec<(Vec<u8>, SignedCertificate)>> {
    let mut statement = connection.prepare_cached(CERTIFICATES)?;
    let rows = statement.query_map([], |row| row.get::<_, Vec<u8>>("cose"))?;
    rows.map(|cose| {
        let cose = cose?;
        let certificate = SignedCertificate::read(&cose)?;
        Ok((cose, certificate))
    })
    .collect()
}

/// The certificate under a hash, if it is here.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn certificate(connection: &Connection, hash: Hash) -> Result<Option<SignedCertificate>> {
    const CERTIFICATE: &str = "SELECT cose FROM certificate WHERE hash = :hash";
    let mut statement = connection.prepare_cached(CERTIFICATE)?;
    let params = named_params! {":hash": hash.as_bytes()};
    let cose = statement.query_row(params, |row| row.get::<_, Vec<u8>>("cose")).optional()?;
    Ok(cose.map(|cose| SignedCertificate::read(&cose)).transpose()?)
}

/// An op by its hash, if it is here.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn op_by_hash(connection: &Connection, hash: Hash) -> Result<Option<StoredOp>> {
    let mut statement = connection.prepare_cached(OP_BY_HASH)?;
    let raw =
        statement.query_row(named_params! {":hash": hash.as_bytes()}, raw_from_row).optional()?;
    raw.map(RawOp::read).transpose()
}

/// Whether an op is here and not pending.
///
/// # Errors
/// `Storage`.
pub fn has_op(connection: &Connection, hash: Hash) -> Result<bool> {
    const HAS_OP: &str = "SELECT 1 FROM op WHERE hash = :hash AND pending = 0";
    let mut statement = connection.prepare_cached(HAS_OP)?;
    Ok(statement.exists(named_params! {":hash": hash.as_bytes()})?)
}

/// Whether a seal is here.
///
/// # Errors
/// `Storage`.
pub fn has_seal(connection: &Connection, hash: Hash) -> Result<bool> {
    let mut statement = connection.prepare_cached("SELECT 1 FROM seal WHERE hash = :hash")?;
    Ok(statement.exists(named_params! {":hash": hash.as_bytes()})?)
}

/// The place of the newest op of every dossier: which of them was worked on last.
///
/// # Errors
/// `Storage`.
pub fn newest_places(connection: &Connection) -> Result<BTreeMap<DossierId, i64>> {
    const NEWEST: &str = "SELECT dossier, max(place) AS place FROM op GROUP BY dossier";
    let mut statement = connection.prepare_cached(NEWEST)?;
    let rows = statement
        .query_map([], |row| Ok((DossierId(row.get("dossier")?), row.get::<_, i64>("place")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The ops of a dossier in the order of arrival: what an op builds on comes before it, unless it
/// is pending.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn ops_of_dossier(connection: &Connection, dossier: DossierId) -> Result<Vec<StoredOp>> {
    let mut statement = connection.prepare_cached(OPS_OF_DOSSIER)?;
    let rows = statement.query_map(named_params! {":dossier": dossier.raw()}, raw_from_row)?;
    rows.map(|raw| raw?.read()).collect()
}

/// Every dossier, ascending by id.
///
/// # Errors
/// `Storage`.
pub fn dossiers(connection: &Connection) -> Result<Vec<DossierId>> {
    let mut statement = connection.prepare_cached(DOSSIERS)?;
    let rows = statement.query_map([], |row| row.get::<_, [u8; 16]>("dossier"))?;
    rows.map(|id| Ok(DossierId(id?))).collect()
}

/// How many ops are here.
///
/// # Errors
/// `Storage`.
pub fn count_ops(connection: &Connection) -> Result<u64> {
    let count: i64 = connection.prepare_cached(COUNT_OPS)?.query_row([], |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// How many ops a writer has in a dossier.
///
/// # Errors
/// `Storage`.
pub fn written_ops(connection: &Connection, dossier: DossierId, writer: WriterId) -> Result<u64> {
    let mut statement = connection.prepare_cached(COUNT_WRITTEN)?;
    let params = named_params! {":dossier": dossier.raw(), ":writer": writer.raw()};
    let count: i64 = statement.query_row(params, |row| row.get(0))?;
    Ok(count.unsigned_abs())
}

/// The writer's last op in a dossier.
///
/// # Errors
/// `Storage`.
pub fn chain_head(
    connection: &Connection,
    dossier: DossierId,
    writer: WriterId,
) -> Result<Option<ChainHead>> {
    let mut statement = connection.prepare_cached(CHAIN_HEAD)?;
    let params = named_params! {":dossier": dossier.raw(), ":writer": writer.raw()};
    let head = statement.query_row(params, |row| {
        Ok((row.get::<_, i64>("seq")?.unsigned_abs(), Hash(row.get("hash")?)))
    });
    Ok(head.optional()?)
}

/// Heads of the other writers that this one has seen here and not named yet.
///
/// # Errors
/// `Storage`.
pub fn unnamed_heads(
    connection: &Connection,
    dossier: DossierId,
    writer: WriterId,
) -> Result<Vec<Dep>> {
    let mut statement = connection.prepare_cached(UNNAMED_HEADS)?;
    let params = named_params! {":dossier": dossier.raw(), ":writer": writer.raw()};
    let rows = statement.query_map(params, |row| {
        Ok(Dep {
            writer: WriterId(row.get("writer")?),
            seq: row.get::<_, i64>("seq")?.unsigned_abs(),
            op: Hash(row.get("hash")?),
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Remembers what an op of this chain has named.
///
/// # Errors
/// `Storage`.
pub fn note_named(tx: &Transaction<'_>, op: &Op) -> Result<()> {
    for dep in &op.header.deps {
        tx.prepare_cached(NOTE_NAMED)?.execute(named_params! {
            ":dossier": op.header.dossier.raw(),
            ":writer": op.header.writer.raw(),
            ":other": dep.writer.raw(),
            ":seq": dep.seq.cast_signed(),
        })?;
    }
    Ok(())
}

/// Puts a seal into the log. Putting it again changes nothing.
///
/// # Errors
/// `Storage`.
pub fn insert_seal(tx: &Transaction<'_>, cose: &[u8], signed: &SignedSeal) -> Result<()> {
    let seal = &signed.seal;
    tx.prepare_cached(INSERT_SEAL)?.execute(named_params! {
        ":hash": signed.hash.as_bytes(),
        ":dossier": seal.dossier.raw(),
        ":writer": seal.writer.raw(),
        ":number": seal.number.cast_signed(),
        ":first_seq": seal.first.cast_signed(),
        ":last_seq": seal.last.cast_signed(),
        ":head": seal.head.as_bytes(),
        ":cose": cose,
    })?;
    Ok(())
}

/// The writer's last seal, in whatever dossier.
///
/// # Errors
/// `Storage`.
pub fn last_seal(connection: &Connection, writer: WriterId) -> Result<Option<SealHead>> {
    let mut statement = connection.prepare_cached(LAST_SEAL)?;
    let head = statement.query_row(named_params! {":writer": writer.raw()}, |row| {
        Ok((row.get::<_, i64>("number")?.unsigned_abs(), Hash(row.get("hash")?)))
    });
    Ok(head.optional()?)
}

/// The seals of a dossier with their exact bytes, by writer and run.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn seals_of(connection: &Connection, dossier: DossierId) -> Result<Vec<(Vec<u8>, SignedSeal)>> {
    let mut statement = connection.prepare_cached(SEALS_OF)?;
    let params = named_params! {":dossier": dossier.raw()};
    let rows = statement.query_map(params, |row| row.get::<_, Vec<u8>>("cose"))?;
    rows.map(|cose| {
        let cose = cose?;
        let seal = SignedSeal::read(&cose)?;
        Ok((cose, seal))
    })
    .collect()
}

/// The op of each dossier that came last here, the newest first.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn last_ops(connection: &Connection) -> Result<Vec<(DossierId, Op)>> {
    let mut statement = connection.prepare_cached(LAST_OPS)?;
    let rows =
        statement.query_map([], |row| Ok((DossierId(row.get("dossier")?), raw_from_row(row)?)))?;
    rows.map(|row| {
        let (dossier, raw) = row?;
        Ok((dossier, raw.read()?.op))
    })
    .collect()
}

struct RawOp {
    place: i64,
    pending: bool,
    quarantined: bool,
    header: Vec<u8>,
    body: Option<Vec<u8>>,
}

fn raw_from_row(row: &Row<'_>) -> rusqlite::Result<RawOp> {
    Ok(RawOp {
        place: row.get("place")?,
        pending: row.get("pending")?,
        quarantined: row.get("quarantined")?,
        header: row.get("header")?,
        body: row.get("body")?,
    })
}

impl RawOp {
    fn read(self) -> Result<StoredOp> {
        let op = Op::read(&self.header, self.body.as_deref())?;
        let Self { place, pending, quarantined, .. } = self;
        Ok(StoredOp { place, pending, quarantined, op })
    }
}
