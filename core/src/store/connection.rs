//! Opening the database file: pragmas, versions, and what to do with a damaged one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::config::DbConfig;
use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, KeyTrouble, Result};
use crate::ports::DatabaseKeys;
use crate::store::key::{DatabaseKey, FileHead, KeyCheck, trouble};
use crate::store::migrations;

pub(super) const FILE_NAME: &str = "angen.db";

/// Statements kept prepared; more than the core has.
const STATEMENTS_MAX: usize = 256;

/// SQLite had a defect up to 3.51.2 that could corrupt a database when its log was reset.
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// A second process (the command line beside an app) waits this long for the lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// `synchronous=FULL`: what a call has acknowledged survives a power cut. `fullfsync`: on Apple's
/// systems only that reaches the disk. `secure_delete`: erased bytes are overwritten.
/// `cache_size` (KiB): a transaction that outgrows it writes pages to the log and reads them back;
/// 64 MiB hold the index over a million hashes, which lie anywhere, and only a database
/// that has them ever fills them. `wal_autocheckpoint` (pages): a page that is written again and
/// again goes from the log into the database once in 16 MiB; `journal_size_limit` is no less, so
/// that the log is not cut off only to grow again.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA journal_size_limit = 16777216;
    PRAGMA wal_autocheckpoint = 4096;
    PRAGMA cache_size = -65536;
";

const READER_PRAGMAS: &str = "
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA query_only = ON;
";

/// Whether a folder holds a database, or what is left of one.
pub(crate) fn is_in(folder: &Path) -> bool {
    let file = folder.join(FILE_NAME);
    file.exists() || is_log_alone(&file)
}

pub(crate) fn open_writer(folder: &Path, keys: Option<&dyn DatabaseKeys>) -> Result<Connection> {
    assert!(
        rusqlite::version_number() >= SQLITE_VERSION_MIN,
        "the bundled SQLite is one with a known corruption defect"
    );
    let file = folder.join(FILE_NAME);
    let key = keys.map(|keys| keys.database_key()).transpose()?;
    // Asked before anything is opened, so that a wrong key is never taken for damage.
    let check = KeyCheck::read(folder)?;
    let head = FileHead::of(&file)?;
    if let Some(trouble) = trouble(head, key.as_ref(), check) {
        return Err(Error::Key(trouble));
    }
    if is_log_alone(&file) {
        return Err(Error::Damaged { set_aside: set_aside(&file)? });
    }
    if head == FileHead::Absent && check.is_none() {
        promise(folder, key.as_ref())?;
    }
    match try_open(&file, key.as_ref()) {
        Err(Error::Storage(error)) if is_damage(&error) => {
            if key.is_some() && head == FileHead::Other && check.is_none() {
                return Err(Error::Key(KeyTrouble::Unproven));
            }
            Err(Error::Damaged { set_aside: set_aside(&file)? })
        }
        Ok(connection) => {
            if head == FileHead::Other && check.is_none() {
                promise(folder, key.as_ref())?;
            }
            Ok(connection)
        }
        other => other,
    }
}

/// Puts the key-check value of a key beside the database that it opens, or that comes next.
#[cfg(feature = "sqlcipher")]
fn promise(folder: &Path, key: Option<&DatabaseKey>) -> Result<()> {
    let Some(key) = key else { return Ok(()) };
    // Chance of the database's own library: a salt needs no more than to be another each time.
    let salt = Connection::open_in_memory()?
        .query_row("SELECT randomblob(16)", [], |row| row.get::<_, [u8; 16]>(0))?;
    KeyCheck::of(key, salt).write(folder)
}

#[cfg(not(feature = "sqlcipher"))]
fn promise(_folder: &Path, _key: Option<&DatabaseKey>) -> Result<()> {
    Ok(())
}

/// Gives the connection its key, before anything else is asked of it.
#[cfg(feature = "sqlcipher")]
pub(super) fn unlock(connection: &Connection, key: &DatabaseKey) -> Result<()> {
    Ok(connection.pragma_update(None, "key", key.as_blob().as_str())?)
}

#[cfg(not(feature = "sqlcipher"))]
fn unlock(_connection: &Connection, _key: &DatabaseKey) -> Result<()> {
    Err(Error::Key(KeyTrouble::NoCipher))
}

pub(crate) fn open_reader(folder: &Path, keys: Option<&dyn DatabaseKeys>) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.join(FILE_NAME), flags)?;
    if let Some(keys) = keys {
        unlock(&connection, &keys.database_key()?)?;
    }
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(READER_PRAGMAS)?;
    keep_statements(&connection)?;
    Ok(connection)
}

fn try_open(file: &Path, key: Option<&DatabaseKey>) -> Result<Connection> {
    let has_log = length(&companion(file, "-wal")) > 0;
    let mut connection = Connection::open(file)?;
    if let Some(key) = key {
        unlock(&connection, key)?;
    }
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // A database from the future is refused before anything in it is touched, and a damaged one
    // is kept as it is: so closing must not move a log into the file before it has proved good.
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, has_log)?;
    migrations::check_version(&connection)?;
    connection.execute_batch(PRAGMAS)?;
    keep_statements(&connection)?;
    migrations::run(&mut connection)?;
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, false)?;
    Ok(connection)
}

/// Keeps statements prepared, and their plans the same whatever is bound to them: otherwise SQLite
/// parses some of them again at every use.
fn keep_statements(connection: &Connection) -> Result<()> {
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    connection.set_db_config(DbConfig::SQLITE_DBCONFIG_ENABLE_QPSG, true)?;
    Ok(())
}

/// Whether a log with commits in it lies beside an empty database, which SQLite would take for a
/// new one, and drop the log. A database of one byte is empty to SQLite, too: it leaves such
/// files on some old file systems.
fn is_log_alone(file: &Path) -> bool {
    length(file) <= 1 && length(&companion(file, "-wal")) > 0
}

/// Bytes of a file; 0 when there is none.
fn length(path: &Path) -> u64 {
    std::fs::metadata(path).map_or(0, |metadata| metadata.len())
}

/// The database file or a companion of it.
fn companion(file: &Path, end: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(end);
    PathBuf::from(name)
}

fn is_damage(error: &rusqlite::Error) -> bool {
    matches!(error.sqlite_error_code(), Some(ErrorCode::DatabaseCorrupt | ErrorCode::NotADatabase))
}

/// Moves the file and its companions aside, under the first free name.
fn set_aside(file: &Path) -> Result<PathBuf> {
    let named = |number: u32, end: &str| -> PathBuf {
        let name = format!("{FILE_NAME}.damaged-{number}{end}");
        file.with_file_name(name)
    };
    // The database goes last: what a crash leaves here is still damaged, and is set aside again.
    const ENDS: [&str; 3] = ["-wal", "-shm", ""];
    let is_free = |number: &u32| !ENDS.iter().any(|end| named(*number, end).exists());
    let number = (1..).find(is_free).unwrap_or(u32::MAX);
    for end in ENDS {
        let from = companion(file, end);
        if from.exists() {
            let to = named(number, end);
            std::fs::rename(&from, &to).map_err(|source| Error::file(from, source))?;
        }
    }
    Ok(named(number, ""))
}
