//! Scrubbing: after an erasure the bytes leave every file, not only the tables.
//!
//! A table that was changed leaves old bytes in places that no query reads: in the write-ahead log,
//! between the cells of a page, in the segments of the search, and as files of blobs whose key is
//! gone. docs/erasure.md maps them. What is still owed is remembered in the same transaction that
//! erased, so that a kill in between is made good the next time.

use std::fs;
use std::path::{Path, PathBuf};

use rusqlite::{Connection, ErrorCode, Transaction, ffi};

use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;

use crate::error::{Error, Result};
use crate::planted::bug;
use crate::ports::Disk;
use crate::store::enterprises::forget_deleted_terms;
use crate::store::settings::{get_setting, put_setting};
use crate::store::{Store, lock};

/// The setting that remembers a scrub that is owed.
const OWED: &str = "scrub_owed";

/// It owes the log and the pages.
const LOG: &str = "log";

/// It owes the search as well.
const SEARCH: &str = "search";

const ERASED_BLOBS: &str = "SELECT address, length FROM erased_blob ORDER BY address";

/// What a scrub did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Scrubbed {
    /// Whether something was owed, and is done now.
    pub done: bool,
    /// Files of erased blobs that were removed.
    pub removed: Vec<PathBuf>,
    /// Files that may hold what was erased and that only a person may destroy: databases that were
    /// set aside as damaged.
    pub left: Vec<PathBuf>,
}

/// Remembers that bytes are left to scrub.
pub(super) fn owe_scrub(tx: &Transaction<'_>, search: bool) -> Result<()> {
    let more = search || get_setting(tx, OWED)?.as_deref() == Some(SEARCH);
    put_setting(tx, OWED, if more { SEARCH } else { LOG })
}

impl Store {
    /// Whether an erasure has left bytes behind that a scrub is to remove.
    ///
    /// # Errors
    /// `Paused`, `Storage`.
    pub fn owes_scrub(&self) -> Result<bool> {
        Ok(self.read(|read| get_setting(read, OWED))?.is_some())
    }

    /// Databases that were set aside as damaged, with their logs, ascending.
    ///
    /// # Errors
    /// `File`.
    pub fn damaged(&self) -> Result<Vec<PathBuf>> {
        set_aside(self.folder())
    }

    /// Removes what erasures have left behind: files of blobs, terms of the search, the bytes
    /// between cells, and the log. Does nothing when nothing is owed. What fails stays owed.
    ///
    /// # Errors
    /// `Paused`, `File`, `Storage`: busy when another program reads at the time.
    pub fn scrub(&self, disk: &dyn Disk) -> Result<Scrubbed> {
        let mut scrubbed = Scrubbed { left: set_aside(self.folder())?, ..Scrubbed::default() };
        if !self.owes_scrub()? {
            return Ok(scrubbed);
        }
        let blobs = self.read(erased_blob_refs)?;
        for blob in blobs {
            scrubbed.removed.extend(self.blobs().destroy(disk, blob)?);
        }
        self.scrub_database()?;
        scrubbed.done = true;
        Ok(scrubbed)
    }

    /// The part of [`Store::scrub`] that is about the database: for whose blobs lie elsewhere, and
    /// who has destroyed there what [`erased_blob_refs`] names.
    ///
    /// # Errors
    /// As [`Store::scrub`].
    pub fn scrub_database(&self) -> Result<()> {
        let owed = self.read(|read| get_setting(read, OWED))?;
        let Some(owed) = owed else { return Ok(()) };
        if owed == SEARCH {
            self.write(forget_deleted_terms)?;
        }
        // What was read before stands in the memory of the readers.
        if let Some(idle) = lock(&self.readers).idle.as_mut() {
            idle.clear();
        }
        self.checklists().clear();
        if !bug(22) {
            let mut writer = lock(&self.writer);
            let connection = writer.as_mut().ok_or(Error::Paused)?;
            connection.execute_batch("VACUUM")?;
            empty_log(connection)?;
        }
        self.write(|tx| {
            tx.execute("DELETE FROM setting WHERE name = ?1", [OWED])?;
            Ok(())
        })
    }
}

/// Moves the log into the database and cuts it to nothing.
fn empty_log(connection: &Connection) -> Result<()> {
    let busy: i64 =
        connection.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |row| row.get(0))?;
    if busy == 0 {
        return Ok(());
    }
    let code = ffi::Error { code: ErrorCode::DatabaseBusy, extended_code: ffi::SQLITE_BUSY };
    Err(rusqlite::Error::SqliteFailure(code, None).into())
}

/// Every blob whose key was erased, with its length, ascending.
///
/// # Errors
/// `Storage`.
pub fn erased_blob_refs(connection: &Connection) -> Result<Vec<BlobRef>> {
    let mut statement = connection.prepare_cached(ERASED_BLOBS)?;
    let rows = statement.query_map([], |row| {
        let length = row.get::<_, i64>("length")?.unsigned_abs();
        Ok(BlobRef { address: Hash(row.get("address")?), length })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Databases that were set aside as damaged, with their logs, ascending.
fn set_aside(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::file(folder, source);
    let mut found = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("angen.db.damaged-") {
            found.push(path);
        }
    }
    found.sort_unstable();
    Ok(found)
}
