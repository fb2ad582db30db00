//! Writes the original of a piece of evidence into a file, for this device's own screen.

use std::fs::{self, File, OpenOptions};
use std::io::BufWriter;
use std::path::Path;

use angen_ledger::blob::BlobKey;
use angen_ledger::id::{DossierId, EntityId};

use crate::domain::{Evidence, read_one};
use crate::error::{Error, Result};
use crate::store::{self, Store};

/// Decrypts an original into a new file that only its owner may read, and compares it with the
/// digest that was sealed. It is for the app's own cache: whoever hands a copy out notes that
/// first, with `note_custody`.
///
/// # Errors
/// `NotFound` for evidence that is not here or whose file is not on this device; `Refused` for a
/// file that is not what was sealed; `File` when there is one at the path already or it cannot be
/// written. Then nothing is left there. `Paused`, `Storage`.
pub fn view_evidence(
    store: &Store,
    dossier: DossierId,
    evidence: EntityId,
    to: &Path,
) -> Result<Evidence> {
    let absent = || Error::NotFound { noun: "evidence", id: evidence.to_string() };
    let (held, key) = store.read(|read| {
        let held: Evidence = read_one(read, dossier, evidence)?;
        let op = store::require_op(read, held.op)?;
        let key = op.get("blob_key").and_then(|key| BlobKey::from_slice(key.as_bytes()?));
        Ok((held, key.ok_or_else(absent)?))
    })?;
    if !store.blobs().holds(held.address) {
        return Err(absent());
    }
    let mut out = BufWriter::new(private(to).map_err(|source| Error::file(to, source))?);
    let written = store.blobs().decrypt(held.address, &key, &mut out).and_then(|digests| {
        out.into_inner().map_err(|error| Error::file(to, error.into_error()))?;
        if digests.sha256 == held.sha256 {
            Ok(held)
        } else {
            Err(Error::Refused(format!("evidence {evidence}: the file is not what was sealed")))
        }
    });
    if written.is_err() {
        // Should it stay, the next try says that there is a file already.
        let _ = fs::remove_file(to);
    }
    written
}

fn private(path: &Path) -> std::io::Result<File> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    {
        use std::os::unix::fs::OpenOptionsExt as _;
        options.mode(0o600);
    }
    options.open(path)
}
