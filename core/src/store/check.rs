//! Whether the database file holds together, page by page.

use rusqlite::Connection;

use crate::error::Result;

/// One finding is enough to know that the file is damaged.
const INTEGRITY: &str = "PRAGMA integrity_check(1)";

/// Whether every page, row and index of the database agrees with the others. Reads all of it.
///
/// # Errors
/// `Storage`.
pub fn is_whole(connection: &Connection) -> Result<bool> {
    let found: String = connection.query_row(INTEGRITY, [], |row| row.get(0))?;
    Ok(found == "ok")
}
