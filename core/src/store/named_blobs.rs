//! Blobs by name: which ones the ops of a dossier speak of, and with what length.

use std::collections::BTreeSet;

use rusqlite::{Connection, Row, Transaction, named_params};

use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Header};
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;

use crate::error::Result;

const INSERT_NAMED_BLOB: &str = "
    INSERT INTO named_blob (address, length, dossier) VALUES (:address, :length, :dossier)
    ON CONFLICT DO NOTHING";

const IS_NAMED: &str = "
    SELECT 1 FROM named_blob WHERE address = :address AND length = :length
    AND address NOT IN (SELECT address FROM erased_blob)";

const NAMED_BLOBS: &str = "
    SELECT address, length FROM named_blob
    WHERE dossier = :dossier AND address NOT IN (SELECT address FROM erased_blob)
    ORDER BY address, length";

const ERASED_BLOBS: &str = "SELECT address FROM erased_blob";

const DOSSIERS_NAMING: &str = "SELECT dossier FROM named_blob WHERE address = :address";

const LISTED_BLOBS: &str = "SELECT address, length, dossier FROM named_blob";

const CLEAR_NAMED_BLOBS: &str = "DELETE FROM named_blob";

const HEADERS: &str = "SELECT header FROM op ORDER BY place";

/// Notes the blobs that an op names, whether or not its past is here.
///
/// # Errors
/// `Storage`.
pub(crate) fn note_blobs(tx: &Transaction<'_>, header: &Header) -> Result<()> {
    for blob in &header.blobs {
        tx.prepare_cached(INSERT_NAMED_BLOB)?.execute(named_params! {
            ":address": blob.address.as_bytes(),
            ":length": blob.length.cast_signed(),
            ":dossier": header.dossier.raw(),
        })?;
    }
    Ok(())
}

/// Whether some op that is here names a blob of this address with this length, and it was not
/// erased: nobody takes it in any more.
///
/// # Errors
/// `Storage`.
pub fn is_named(connection: &Connection, blob: BlobRef) -> Result<bool> {
    let mut statement = connection.prepare_cached(IS_NAMED)?;
    let length = blob.length.cast_signed();
    Ok(statement.exists(named_params! {":address": blob.address.as_bytes(), ":length": length})?)
}

/// The addresses of every blob whose key was erased.
///
/// # Errors
/// `Storage`.
pub fn erased_blobs(connection: &Connection) -> Result<BTreeSet<Hash>> {
    let mut statement = connection.prepare_cached(ERASED_BLOBS)?;
    let rows = statement.query_map([], |row| Ok(Hash(row.get("address")?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The blobs that the ops of a dossier name, ascending by address, without those that were erased.
///
/// # Errors
/// `Storage`.
pub fn named_blobs(connection: &Connection, dossier: DossierId) -> Result<Vec<BlobRef>> {
    let mut statement = connection.prepare_cached(NAMED_BLOBS)?;
    let rows = statement.query_map(named_params! {":dossier": dossier.raw()}, blob_of)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The dossiers that name one of some blobs, ascending, each once.
///
/// # Errors
/// `Storage`.
pub fn dossiers_naming(connection: &Connection, blobs: &[BlobRef]) -> Result<Vec<DossierId>> {
    let mut statement = connection.prepare_cached(DOSSIERS_NAMING)?;
    let mut dossiers = Vec::new();
    for blob in blobs {
        let params = named_params! {":address": blob.address.as_bytes()};
        let rows = statement.query_map(params, |row| Ok(DossierId(row.get("dossier")?)))?;
        dossiers.extend(rows.collect::<rusqlite::Result<Vec<_>>>()?);
    }
    dossiers.sort_unstable();
    dossiers.dedup();
    Ok(dossiers)
}

/// Every blob that some op names, as the headers of the log say, without those that were erased.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn blobs_of_log(connection: &Connection) -> Result<BTreeSet<BlobRef>> {
    let mut blobs = BTreeSet::new();
    let mut statement = connection.prepare_cached(HEADERS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        blobs.extend(header_of(row)?.blobs);
    }
    let erased = erased_blobs(connection)?;
    blobs.retain(|blob| !erased.contains(&blob.address));
    Ok(blobs)
}

/// Every line of the list: which dossier names which blob.
///
/// # Errors
/// `Storage`.
pub fn listed_blobs(connection: &Connection) -> Result<BTreeSet<(DossierId, BlobRef)>> {
    let mut statement = connection.prepare_cached(LISTED_BLOBS)?;
    let rows =
        statement.query_map([], |row| Ok((DossierId(row.get("dossier")?), blob_of(row)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Makes the list again from the headers of the log: for a log that was written before there was
/// one, and for a list that is not trusted any more.
pub(crate) fn note_all_blobs(tx: &Transaction<'_>) -> Result<()> {
    tx.execute(CLEAR_NAMED_BLOBS, [])?;
    let mut statement = tx.prepare(HEADERS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        note_blobs(tx, &header_of(row)?)?;
    }
    Ok(())
}

fn header_of(row: &Row<'_>) -> Result<Header> {
    let header: Vec<u8> = row.get("header")?;
    Ok(Header::from_wire(&header)?)
}

fn blob_of(row: &Row<'_>) -> rusqlite::Result<BlobRef> {
    let length = row.get::<_, i64>("length")?.unsigned_abs();
    Ok(BlobRef { address: Hash(row.get("address")?), length })
}

#[cfg(test)]
mod tests {
    use angen_ledger::certificate::Duty;
    use angen_ledger::id::EntityId;
    use angen_ledger::key::Algorithm;
    use angen_ledger::testing::{Grant, Scribe, evidence, opening};

    use super::*;
    use crate::store::{Store, insert_op};

    #[test]
    fn a_database_from_before_the_list_gets_one_that_is_full() {
        let folder = tempfile::tempdir().unwrap();
        let grant = Grant {
            duty: Duty::Root,
            name: "执法员乙",
            scopes: &["*:371102110"],
            algorithm: Algorithm::Ed25519,
        };
        let (mut scribe, dossier) = (Scribe::new(1, &grant, None), DossierId([3; 16]));
        let (_, draft) = evidence(dossier, EntityId([4; 16]), [5; 32], b"photo");
        let blob = draft.blobs[0];
        let ops = [
            scribe.write(opening(dossier, "371102110"), Vec::new()),
            scribe.write(draft, Vec::new()),
        ];
        let store = Store::open(folder.path()).unwrap();
        // The op that names the blob comes first, and waits: its blob is wanted all the same.
        store.write(|tx| insert_op(tx, &ops[1])).unwrap();
        assert!(store.read(|connection| is_named(connection, blob)).unwrap());
        store.write(|tx| insert_op(tx, &ops[0])).unwrap();
        let longer = BlobRef { length: blob.length + 1, ..blob };
        assert!(!store.read(|connection| is_named(connection, longer)).unwrap());

        let back = "DROP TABLE named_blob; DROP TABLE enterprise_found; DROP TABLE enterprise_term;
            DROP TABLE erased; DROP TABLE erased_blob;
            DROP TABLE log; DROP TABLE log_entry; DROP TABLE log_hash; DROP TABLE log_checkpoint;
            DROP TABLE checkpoint_kept; DROP TABLE receipt; DROP TABLE pulled;
            DROP TABLE revocation; DROP TABLE quarantined; DROP TABLE refusal;
            DROP INDEX live_opening;
            PRAGMA user_version = 1;";
        store.with_writer(|connection| connection.execute_batch(back)).unwrap().unwrap();
        store.pause().unwrap();
        drop(store);
        let store = Store::open(folder.path()).unwrap();

        assert_eq!(store.read(|connection| named_blobs(connection, dossier)).unwrap(), [blob]);
    }
}
