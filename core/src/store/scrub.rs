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

    /// Destroys the database and everything beside it that this program wrote: the store is closed
    /// for good. Destroying it again goes on where it stopped.
    ///
    /// # Errors
    /// `File`, `Storage`.
    pub fn destroy(&self, disk: &dyn Disk) -> Result<()> {
        self.pause()?;
        if let Some(keys) = &self.keys {
            keys.destroy()?;
        }
        // The database first: without the keys in it the blobs are noise.
        for path in self.own_files()? {
            let failed = |source| Error::file(&path, source);
            disk.before("remove").map_err(failed)?;
            overwrite(&path).and_then(|()| fs::remove_file(&path)).map_err(failed)?;
        }
        for folder in ["blobs", "strays"].map(|name| self.folder().join(name)) {
            disk.before("remove").map_err(|source| Error::file(&folder, source))?;
            match fs::remove_dir_all(&folder) {
                Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                    return Err(Error::file(folder, error));
                }
                _ => {}
            }
        }
        let synced = fs::File::open(self.folder()).and_then(|folder| folder.sync_all());
        synced.map_err(|source| Error::file(self.folder(), source))
    }

    /// The database with all that stands beside it under its name, and the ballast.
    fn own_files(&self) -> Result<Vec<PathBuf>> {
        let failed = |source| Error::file(self.folder(), source);
        let mut files = Vec::new();
        for entry in fs::read_dir(self.folder()).map_err(failed)? {
            let path = entry.map_err(failed)?.path();
            let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if name.starts_with("angen.db") || name == "ballast" {
                files.push(path);
            }
        }
        files.sort_unstable();
        Ok(files)
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

/// Writes zeros over a file, once. On flash memory the old blocks may live on: encryption answers
/// that, and nothing else.
fn overwrite(path: &Path) -> std::io::Result<()> {
    let length = fs::metadata(path)?.len();
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    std::io::copy(&mut std::io::Read::take(std::io::repeat(0), length), &mut file)?;
    file.sync_all()
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
