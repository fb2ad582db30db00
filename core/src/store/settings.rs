//! Facts of this installation, by name.

use rusqlite::{Connection, OptionalExtension, Transaction, named_params};

use crate::error::Result;

const GET_SETTING: &str = "SELECT value FROM setting WHERE name = :name";

const PUT_SETTING: &str = "
    INSERT INTO setting (name, value) VALUES (:name, :value)
    ON CONFLICT (name) DO UPDATE SET value = excluded.value";

/// The value under a name, if there is one.
///
/// # Errors
/// `Storage`.
pub fn get_setting(connection: &Connection, name: &str) -> Result<Option<String>> {
    let mut statement = connection.prepare_cached(GET_SETTING)?;
    Ok(statement.query_row(named_params! {":name": name}, |row| row.get("value")).optional()?)
}

/// Puts a value under a name, in place of the one before.
///
/// # Errors
/// `Storage`.
pub fn put_setting(transaction: &Transaction<'_>, name: &str, value: &str) -> Result<()> {
    let mut statement = transaction.prepare_cached(PUT_SETTING)?;
    statement.execute(named_params! {":name": name, ":value": value})?;
    Ok(())
}
