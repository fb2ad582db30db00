//! Opening the database file: pragmas, versions, and what to do with a damaged one.

use std::path::{Path, PathBuf};
use std::time::Duration;

use rusqlite::{Connection, ErrorCode, OpenFlags};

use crate::error::{Error, Result};
use crate::store::migrations;

const FILE_NAME: &str = "angen.db";

/// Statements kept prepared; more than the core has.
const STATEMENTS_MAX: usize = 64;

/// SQLite had a defect up to 3.51.2 that could corrupt a database when its log was reset.
const SQLITE_VERSION_MIN: i32 = 3_051_003;

/// A second process (the command line beside an app) waits this long for the lock.
const BUSY_TIMEOUT: Duration = Duration::from_secs(10);

/// `synchronous=FULL`: what a call has acknowledged survives a power cut. `fullfsync`: on Apple's
/// systems only that reaches the disk. `secure_delete`: erased bytes are overwritten.
const PRAGMAS: &str = "
    PRAGMA journal_mode = WAL;
    PRAGMA synchronous = FULL;
    PRAGMA fullfsync = ON;
    PRAGMA checkpoint_fullfsync = ON;
    PRAGMA secure_delete = ON;
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA journal_size_limit = 8388608;
";

const READER_PRAGMAS: &str = "
    PRAGMA trusted_schema = OFF;
    PRAGMA cell_size_check = ON;
    PRAGMA mmap_size = 0;
    PRAGMA query_only = ON;
";

pub(crate) fn open_writer(folder: &Path) -> Result<Connection> {
    assert!(
        rusqlite::version_number() >= SQLITE_VERSION_MIN,
        "the bundled SQLite is one with a known corruption defect"
    );
    let file = folder.join(FILE_NAME);
    match try_open(&file) {
        Err(Error::Storage(error)) if is_damage(&error) => {
            Err(Error::Damaged { set_aside: set_aside(&file)? })
        }
        other => other,
    }
}

pub(crate) fn open_reader(folder: &Path) -> Result<Connection> {
    let flags = OpenFlags::SQLITE_OPEN_READ_WRITE | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let connection = Connection::open_with_flags(folder.join(FILE_NAME), flags)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    connection.execute_batch(READER_PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    Ok(connection)
}

fn try_open(file: &Path) -> Result<Connection> {
    let mut connection = Connection::open(file)?;
    connection.busy_timeout(BUSY_TIMEOUT)?;
    // A database from the future is refused before anything in it is touched.
    migrations::check_version(&connection)?;
    connection.execute_batch(PRAGMAS)?;
    connection.set_prepared_statement_cache_capacity(STATEMENTS_MAX);
    migrations::run(&mut connection)?;
    Ok(connection)
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
    let number = (1..).find(|number| !named(*number, "").exists()).unwrap_or(u32::MAX);
    for end in ["-wal", "-shm", ""] {
        let mut from = file.as_os_str().to_owned();
        from.push(end);
        let from = PathBuf::from(from);
        if from.exists() {
            let to = named(number, end);
            std::fs::rename(&from, &to).map_err(|source| Error::file(from, source))?;
        }
    }
    Ok(named(number, ""))
}
