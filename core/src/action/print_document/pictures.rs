//! Small pictures of captured files, for the evidence pages.

use angen_ledger::blob::BlobKey;
use angen_ledger::id::DossierId;
use rusqlite::Connection;

use super::Printer;
use crate::domain::{Evidence, Source as _};
use crate::error::Result;
use crate::store::Store;

/// A photo of a phone has 4 to 15 MiB; what is larger is no photo and is shown by its digests.
const ORIGINAL_BYTES_MAX: i64 = 64 * 1024 * 1024;

/// The small picture of a file; none for what is no picture, is not here, or cannot be read.
pub(super) fn thumbnail(
    store: &Store,
    read: &Connection,
    printer: &Printer,
    dossier: DossierId,
    file: &Evidence,
) -> Result<Option<Vec<u8>>> {
    let is_picture = matches!(file.mime.as_str(), "image/jpeg" | "image/png");
    if !is_picture || file.length > ORIGINAL_BYTES_MAX || !store.blobs().holds(file.address) {
        return Ok(None);
    }
    let fields = read.fields(dossier, file.evidence)?;
    let key = fields.bytes("blob_key").and_then(BlobKey::from_slice);
    let Some(key) = key else { return Ok(None) };
    let mut original = Vec::new();
    store.blobs().decrypt(file.address, &key, &mut original)?;
    Ok(printer.thumbnail(&original))
}
