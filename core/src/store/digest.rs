//! The digest of the projection: whether two databases hold the same, in one hash.

use rusqlite::Connection;
use sha2::{Digest, Sha256};

use angen_ledger::body::Body;
use angen_ledger::hash::Hash;
use angen_ledger::wire::Wire;

use crate::error::Result;
use crate::store::erasure::{all_erased, closed};

/// Changes whenever the same ops would be projected to other rows.
const PROJECTION_VERSION: u32 = 2;

const DIGEST_ROWS: &str = "
    SELECT op.hash, live.dossier, live.entity, live.noun, live.fields, op.body
    FROM live JOIN op ON op.place = live.op
    ORDER BY op.hash";

const DIGEST_LOCKED: &str = "
    SELECT dossier, entity, kind FROM locked ORDER BY dossier, entity, kind";

const DIGEST_QUARANTINED: &str = "
    SELECT op.hash, quarantined.by_op FROM quarantined JOIN op ON op.place = quarantined.op
    ORDER BY op.hash";

/// The digest of the projection: equal wherever the same ops and bodies are held.
///
/// # Errors
/// `Storage`.
pub fn digest(connection: &Connection) -> Result<Hash> {
    let mut sha = Sha256::new();
    sha.update(b"angen/projection\0");
    sha.update(PROJECTION_VERSION.to_be_bytes());
    let mut part = |bytes: &[u8]| {
        sha.update((bytes.len() as u64).to_be_bytes());
        sha.update(bytes);
    };
    let erased = all_erased(connection)?;
    let mut statement = connection.prepare(DIGEST_ROWS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        for column in ["hash", "dossier", "entity"] {
            part(row.get_ref(column)?.as_blob().unwrap_or_default());
        }
        part(row.get_ref("noun")?.as_str().unwrap_or_default().as_bytes());
        part(row.get_ref("fields")?.as_str().unwrap_or_default().as_bytes());
        let body = row.get_ref("body")?.as_blob().unwrap_or_default();
        // What a hold keeps here although it was erased counts as erased.
        match erased.get(row.get_ref("hash")?.as_blob().unwrap_or_default()) {
            Some(fields) if !body.is_empty() => {
                part(&closed(&Body::from_wire(body)?, fields).to_wire());
            }
            _ => part(body),
        }
    }
    let mut statement = connection.prepare(DIGEST_LOCKED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        part(row.get_ref("dossier")?.as_blob().unwrap_or_default());
        part(row.get_ref("entity")?.as_blob().unwrap_or_default());
        part(row.get_ref("kind")?.as_str().unwrap_or_default().as_bytes());
    }
    let mut statement = connection.prepare(DIGEST_QUARANTINED)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        part(row.get_ref("hash")?.as_blob().unwrap_or_default());
        part(row.get_ref("by_op")?.as_blob().unwrap_or_default());
    }
    Ok(Hash(sha.finalize().into()))
}
