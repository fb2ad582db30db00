//! A plain database becomes an encrypted one: copied, compared, and put in its place; the plain
//! bytes are written over.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;

use rusqlite::{Connection, ffi};

use crate::error::{Error, KeyTrouble, Result};
use crate::ports::{Chance, DatabaseKeys};
use crate::store::Store;
use crate::store::connection::{self, FILE_NAME};
use crate::store::key::{DatabaseKey, FileHead, KeyCheck};
use crate::store::wiping::wipe_under_way;
#[cfg(feature = "sqlcipher")]
use crate::store::{check, digest};

/// The copy under way. A leftover of one that was cut off is made again.
const COPY_NAME: &str = "angen.db.encrypting";

#[cfg(feature = "sqlcipher")]
const EXPORT: &str = "SELECT sqlcipher_export('sealed')";

impl Store {
    /// Encrypts the plain database of a folder that nobody has open. It is encrypted when this
    /// returns, or as it was: what is there is told by the file alone, whenever the power fails.
    /// False when there was nothing to do: it is encrypted already, there is none yet, or it is
    /// being wiped, which opening goes on with.
    ///
    /// # Errors
    /// `Storage` when somebody has it open, or the room for a copy is missing; `Refused` when the
    /// copy is not the same; `Key` in a build that cannot encrypt; `File`.
    pub fn encrypt(folder: &Path, chance: &dyn Chance, keys: &dyn DatabaseKeys) -> Result<bool> {
        if !cfg!(feature = "sqlcipher") {
            return Err(Error::Key(KeyTrouble::NoCipher));
        }
        let (file, copy) = (folder.join(FILE_NAME), folder.join(COPY_NAME));
        if FileHead::of(&file)? != FileHead::Plain || wipe_under_way(folder)?.is_some() {
            return Ok(false);
        }
        let at = |path: &Path, source| Error::file(path, source);
        for end in ["", "-wal", "-shm", "-journal"] {
            let _ = fs::remove_file(folder.join(format!("{COPY_NAME}{end}")));
        }
        let key = keys.database_key()?;
        let plain = connection::open_writer(folder, None)?;
        end_log(&plain)?;
        write_copy(&plain, &copy, &key)?;
        File::open(&copy).and_then(|copy| copy.sync_all()).map_err(|why| at(&copy, why))?;
        let mut salt = [0; 16];
        chance.fill(&mut salt);
        KeyCheck::of(&key, salt).write(folder)?;
        plain.close().map_err(|(_, error)| error)?;
        let old = OpenOptions::new().write(true).open(&file).map_err(|why| at(&file, why))?;
        fs::rename(&copy, &file).map_err(|why| at(&file, why))?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|why| at(folder, why))?;
        blank(old).map_err(|why| at(&file, why))?;
        Ok(true)
    }
}

/// Moves the log into the file and does without one from here on. The log of the plain database
/// must not lie beside the encrypted one, which SQLite would take it for; and while somebody else
/// has the database open, the log cannot be ended.
fn end_log(plain: &Connection) -> Result<()> {
    let mode: String =
        plain.pragma_update_and_check(None, "journal_mode", "DELETE", |row| row.get(0))?;
    if mode == "delete" {
        return Ok(());
    }
    let busy = ffi::Error::new(ffi::SQLITE_BUSY);
    Err(Error::Storage(rusqlite::Error::SqliteFailure(busy, None)))
}

/// Writes the encrypted copy, opens it, and compares it with the database.
#[cfg(feature = "sqlcipher")]
fn write_copy(plain: &Connection, copy: &Path, key: &DatabaseKey) -> Result<()> {
    let before = digest(plain)?;
    let version: i64 = plain.pragma_query_value(None, "user_version", |row| row.get(0))?;
    plain.execute(
        "ATTACH DATABASE ?1 AS sealed KEY ?2",
        (copy.to_string_lossy(), key.as_blob().as_str()),
    )?;
    plain.query_row(EXPORT, [], |_| Ok(()))?;
    plain.pragma_update(Some("sealed"), "user_version", version)?;
    plain.execute_batch("DETACH DATABASE sealed")?;
    let sealed = Connection::open(copy)?;
    connection::unlock(&sealed, key)?;
    if digest(&sealed)? != before || !check::is_whole(&sealed)? {
        return Err(Error::Refused("the encrypted copy differs from the database".to_owned()));
    }
    Ok(sealed.close().map_err(|(_, error)| error)?)
}

#[cfg(not(feature = "sqlcipher"))]
fn write_copy(_plain: &Connection, _copy: &Path, _key: &DatabaseKey) -> Result<()> {
    Err(Error::Key(KeyTrouble::NoCipher))
}

/// Writes zeros over a file that has no name any more.
fn blank(mut old: File) -> std::io::Result<()> {
    let length = old.metadata()?.len();
    std::io::copy(&mut std::io::repeat(0).take(length), &mut old)?;
    old.sync_all()
}
