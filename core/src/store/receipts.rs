//! What a device has of the logs of hubs: checkpoints and receipts, verified before they are kept.

use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::DossierId;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::entry::RUNNING_NONE;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::wire::Wire;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, named_params};

use crate::error::{Error, Result};
use crate::store::hub_log::number_of;

const INSERT_CHECKPOINT: &str = "
    INSERT INTO checkpoint_kept (origin, size, root, note, agrees, kept, from_size, proof)
    SELECT :origin, :size, :root, :note, :agrees, coalesce(max(kept) + 1, 0), :from_size, :proof
    FROM checkpoint_kept WHERE true
    ON CONFLICT (origin, size, root) DO UPDATE
    SET agrees = 1, kept = excluded.kept, from_size = excluded.from_size, proof = excluded.proof
    WHERE agrees = 0 AND excluded.agrees = 1";

const NEWEST_CHECKPOINT: &str = "
    SELECT origin, size, root FROM checkpoint_kept WHERE agrees = 1 ORDER BY kept DESC LIMIT 1";

const LAST_CHECKPOINT: &str = "
    SELECT note FROM checkpoint_kept WHERE origin = :origin AND agrees = 1
    ORDER BY size DESC LIMIT 1";

const CHECKPOINTS: &str = "
    SELECT note, agrees, from_size, proof FROM checkpoint_kept ORDER BY origin, size, root";

const INSERT_RECEIPT: &str = "
    INSERT INTO receipt (dossier, what, subject, origin, place, size, entry, proof)
    VALUES (:dossier, :what, :subject, :origin, :place, :size, :entry, :proof)
    ON CONFLICT DO NOTHING";

const RECEIPTS_OF: &str = "
    SELECT origin, place, size, entry, proof FROM receipt
    WHERE dossier = :dossier ORDER BY origin, place";

const SEALS_WITHOUT_RECEIPT: &str = "
    SELECT hash FROM seal WHERE dossier = :dossier
    AND NOT EXISTS (SELECT 1 FROM receipt WHERE dossier = :dossier AND what = 0
                    AND subject = seal.hash AND (:origin IS NULL OR origin = :origin))
    ORDER BY writer, number, hash";

const BLOBS_WITHOUT_RECEIPT: &str = "
    SELECT address, length FROM named_blob WHERE dossier = :dossier
    AND address NOT IN (SELECT address FROM erased_blob)
    AND NOT EXISTS (SELECT 1 FROM receipt WHERE dossier = :dossier AND what = 1
                    AND subject = named_blob.address AND (:origin IS NULL OR origin = :origin))
    ORDER BY address, length";

const PULLED: &str = "
    SELECT arrival, running, place FROM pulled WHERE origin = :origin AND dossier = :dossier";

const PUT_PULLED: &str = "
    INSERT INTO pulled (origin, dossier, arrival, running, place)
    VALUES (:origin, :dossier, :arrival, :running, :place)
    ON CONFLICT (origin, dossier) DO UPDATE
    SET arrival = excluded.arrival, running = excluded.running, place = excluded.place";

/// A checkpoint that was verified, and how it relates to the one that was kept before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptCheckpoint {
    /// The checkpoint with its signatures.
    pub signed: SignedCheckpoint,
    /// Whether it agrees with all that were kept before. One that does not is evidence of two
    /// trees: it is kept, and nothing is ever built on it.
    pub agrees: bool,
    /// The size of the checkpoint that was kept before it; 0 for the first.
    pub from_size: u64,
    /// The proof that the log only grew in between.
    pub proof: Vec<Hash>,
}

/// A receipt with the log that it is of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptReceipt {
    /// The log.
    pub origin: String,
    /// The receipt.
    pub receipt: Receipt,
}

/// What nobody has given a receipt for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unreceipted {
    /// Seal hashes, by writer and number.
    pub seals: Vec<Hash>,
    /// Blobs, ascending by address.
    pub blobs: Vec<BlobRef>,
}

/// How far a dossier was pulled from a hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PulledTo {
    /// The number of the first seal that was not pulled yet.
    pub arrival: u64,
    /// The running head over those that were.
    pub running: Hash,
    /// The place in the log from which receipts were not fetched yet.
    pub place: u64,
}

impl PulledTo {
    /// Nothing yet.
    pub const NOTHING: Self = Self { arrival: 0, running: RUNNING_NONE, place: 0 };
}

/// Keeps a checkpoint. Keeping it again changes nothing, but for one that agrees by a proof that
/// holds: what came before had a proof that was damaged on its way, and is no evidence any more.
///
/// # Errors
/// `Storage`.
pub fn keep_checkpoint(tx: &Transaction<'_>, kept: &KeptCheckpoint) -> Result<()> {
    let head = &kept.signed.checkpoint;
    tx.prepare_cached(INSERT_CHECKPOINT)?.execute(named_params! {
        ":origin": head.origin,
        ":size": head.size.cast_signed(),
        ":root": head.root.as_bytes(),
        ":note": kept.signed.note.text(),
        ":agrees": kept.agrees,
        ":from_size": kept.from_size.cast_signed(),
        ":proof": joined(&kept.proof),
    })?;
    Ok(())
}

/// The largest checkpoint of a log that agrees with the others: what the next must grow from.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn last_checkpoint(connection: &Connection, origin: &str) -> Result<Option<SignedCheckpoint>> {
    let mut statement = connection.prepare_cached(LAST_CHECKPOINT)?;
    let params = named_params! {":origin": origin};
    let note = statement.query_row(params, |row| row.get::<_, String>("note")).optional()?;
    Ok(note.map(|note| SignedCheckpoint::read(&note)).transpose()?)
}

/// The head that this device verified last, of whatever log: an op that is written now names it,
/// and was not written before it.
///
/// # Errors
/// `Storage`.
pub fn newest_checkpoint(connection: &Connection) -> Result<Option<Checkpoint>> {
    let mut statement = connection.prepare_cached(NEWEST_CHECKPOINT)?;
    let head = statement.query_row([], |row| {
        let size = row.get::<_, i64>("size")?.unsigned_abs();
        Ok(Checkpoint { origin: row.get("origin")?, size, root: Hash(row.get("root")?) })
    });
    Ok(head.optional()?)
}

/// Every checkpoint that is kept, by log and size, those that contradict others included.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn checkpoints_kept(connection: &Connection) -> Result<Vec<KeptCheckpoint>> {
    let mut statement = connection.prepare_cached(CHECKPOINTS)?;
    let rows = statement.query_map([], |row| {
        let from_size = row.get::<_, i64>("from_size")?.unsigned_abs();
        let (note, agrees) = (row.get::<_, String>("note")?, row.get("agrees")?);
        Ok((note, agrees, from_size, row.get::<_, Vec<u8>>("proof")?))
    })?;
    rows.map(|row| {
        let (note, agrees, from_size, proof) = row?;
        let signed = SignedCheckpoint::read(&note)?;
        Ok(KeptCheckpoint { signed, agrees, from_size, proof: divided(&proof)? })
    })
    .collect()
}

/// Keeps a receipt that was verified. The first one of a log stays: it bounds the time best.
///
/// # Errors
/// `Storage`.
pub fn keep_receipt(tx: &Transaction<'_>, origin: &str, receipt: &Receipt) -> Result<()> {
    let entry = &receipt.entry;
    tx.prepare_cached(INSERT_RECEIPT)?.execute(named_params! {
        ":dossier": entry.dossier.raw(),
        ":what": number_of(entry.what),
        ":subject": entry.subject.as_bytes(),
        ":origin": origin,
        ":place": receipt.index.cast_signed(),
        ":size": receipt.size.cast_signed(),
        ":entry": entry.to_wire(),
        ":proof": joined(&receipt.proof),
    })?;
    Ok(())
}

/// The receipts of a dossier, by log and place.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn receipts_of(connection: &Connection, dossier: DossierId) -> Result<Vec<KeptReceipt>> {
    let mut statement = connection.prepare_cached(RECEIPTS_OF)?;
    let rows = statement.query_map(named_params! {":dossier": dossier.raw()}, |row| {
        let numbers = (row.get::<_, i64>("place")?, row.get::<_, i64>("size")?);
        let bytes = (row.get::<_, Vec<u8>>("entry")?, row.get::<_, Vec<u8>>("proof")?);
        Ok((row.get("origin")?, numbers, bytes))
    })?;
    rows.map(|row| {
        let (origin, (place, size), (entry, proof)) = row?;
        let (place, size) = (place.unsigned_abs(), size.unsigned_abs());
        let receipt = Receipt::read(&entry, place, size, divided(&proof)?)?;
        Ok(KeptReceipt { origin, receipt })
    })
    .collect()
}

/// The seals and blobs of a dossier without a receipt of this log, or of any when none is named.
/// What is listed here may exist on this device alone.
///
/// # Errors
/// `Storage`.
pub fn unreceipted(
    connection: &Connection,
    dossier: DossierId,
    origin: Option<&str>,
) -> Result<Unreceipted> {
    let params = named_params! {":dossier": dossier.raw(), ":origin": origin};
    let mut statement = connection.prepare_cached(SEALS_WITHOUT_RECEIPT)?;
    let seals = statement.query_map(params, |row| Ok(Hash(row.get("hash")?)))?;
    let seals = seals.collect::<rusqlite::Result<_>>()?;
    let mut statement = connection.prepare_cached(BLOBS_WITHOUT_RECEIPT)?;
    let blobs = statement.query_map(params, |row: &Row<'_>| {
        let length = row.get::<_, i64>("length")?.unsigned_abs();
        Ok(BlobRef { address: Hash(row.get("address")?), length })
    })?;
    Ok(Unreceipted { seals, blobs: blobs.collect::<rusqlite::Result<_>>()? })
}

/// How far a dossier was pulled from the hub of a log.
///
/// # Errors
/// `Storage`.
pub fn pulled_to(connection: &Connection, origin: &str, dossier: DossierId) -> Result<PulledTo> {
    let mut statement = connection.prepare_cached(PULLED)?;
    let params = named_params! {":origin": origin, ":dossier": dossier.raw()};
    let to = statement.query_row(params, |row| {
        Ok(PulledTo {
            arrival: row.get::<_, i64>("arrival")?.unsigned_abs(),
            running: Hash(row.get("running")?),
            place: row.get::<_, i64>("place")?.unsigned_abs(),
        })
    });
    Ok(to.optional()?.unwrap_or(PulledTo::NOTHING))
}

/// Notes how far a dossier was pulled.
///
/// # Errors
/// `Storage`.
pub fn put_pulled(
    tx: &Transaction<'_>,
    origin: &str,
    dossier: DossierId,
    to: PulledTo,
) -> Result<()> {
    tx.prepare_cached(PUT_PULLED)?.execute(named_params! {
        ":origin": origin,
        ":dossier": dossier.raw(),
        ":arrival": to.arrival.cast_signed(),
        ":running": to.running.as_bytes(),
        ":place": to.place.cast_signed(),
    })?;
    Ok(())
}

fn joined(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

fn divided(bytes: &[u8]) -> Result<Vec<Hash>> {
    let hashes: Option<Vec<Hash>> = bytes.chunks(32).map(Hash::from_slice).collect();
    // The column holds only what `joined` made.
    hashes.ok_or(Error::Storage(rusqlite::Error::QueryReturnedNoRows))
}
