//! A plain database becomes an encrypted one: copied, compared, and put in its place; the plain
//! bytes are written over.

use std::fs::{self, File, OpenOptions};
use std::io::Read;
use std::path::Path;

use rusqlite::Connection;

use crate::error::{Error, KeyTrouble, Result};
use crate::ports::{DatabaseKeys, Ports};
use crate::store::connection::{self, FILE_NAME};
use crate::store::key::{FileHead, KeyCheck};
use crate::store::{Store, check, digest};

/// The copy under way. A leftover of one that was cut off is made again.
const COPY_NAME: &str = "angen.db.encrypting";

const EXPORT: &str = "SELECT sqlcipher_export('sealed')";

impl Store {
    /// Encrypts the plain database of a folder that nobody has open. It is encrypted when this
    /// returns, or as it was: what is there is told by the file alone, whenever the power fails.
    ///
    /// # Errors
    /// `Key` when it is encrypted already; `Refused` when the copy is not the same; `File`,
    /// `Storage`.
    pub fn encrypt(folder: &Path, ports: &Ports, keys: &dyn DatabaseKeys) -> Result<()> {
        let (file, copy) = (folder.join(FILE_NAME), folder.join(COPY_NAME));
        if FileHead::of(&file)? != FileHead::Plain {
            return Err(Error::Key(KeyTrouble::Needed));
        }
        let at = |path: &Path, source| Error::file(path, source);
        for end in ["", "-wal", "-shm"] {
            let _ = fs::remove_file(folder.join(format!("{COPY_NAME}{end}")));
        }
        let key = keys.database_key()?;
        let plain = connection::open_writer(folder, None)?;
        let before = digest(&plain)?;
        let version: i64 = plain.pragma_query_value(None, "user_version", |row| row.get(0))?;
        plain.execute(
            "ATTACH DATABASE ?1 AS sealed KEY ?2",
            (copy.to_string_lossy(), key.as_blob().as_str()),
        )?;
        plain.query_row(EXPORT, [], |_| Ok(()))?;
        plain.pragma_update(Some("sealed"), "user_version", version)?;
        plain.execute_batch("DETACH DATABASE sealed")?;
        let sealed = Connection::open(&copy)?;
        connection::unlock(&sealed, &key)?;
        if digest(&sealed)? != before || !check::is_whole(&sealed)? {
            return Err(Error::Refused("the encrypted copy differs from the database".to_owned()));
        }
        sealed.close().map_err(|(_, error)| error)?;
        File::open(&copy).and_then(|copy| copy.sync_all()).map_err(|why| at(&copy, why))?;
        KeyCheck::of(&key, ports.random()).write(folder)?;
        // Closing moves the log into the file and removes it: a log of the plain database must
        // not lie beside the encrypted one.
        plain.close().map_err(|(_, error)| error)?;
        let old = OpenOptions::new().write(true).open(&file).map_err(|why| at(&file, why))?;
        fs::rename(&copy, &file).map_err(|why| at(&file, why))?;
        File::open(folder).and_then(|folder| folder.sync_all()).map_err(|why| at(folder, why))?;
        blank(old).map_err(|why| at(&file, why))
    }
}

/// Writes zeros over a file that has no name any more.
fn blank(mut old: File) -> std::io::Result<()> {
    let length = old.metadata()?.len();
    std::io::copy(&mut std::io::repeat(0).take(length), &mut old)?;
    old.sync_all()
}
