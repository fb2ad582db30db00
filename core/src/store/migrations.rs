//! Versions of the database. A shipped migration is never changed; a new one is appended.

use rusqlite::{Connection, TransactionBehavior};

use crate::error::{Error, Result};

const MIGRATIONS: &[&str] = &[include_str!("migrations/0001_ledger.sql")];

/// The version that this program writes.
pub const END_VERSION: i64 = MIGRATIONS.len() as i64;

/// Refuses a database of a newer version.
pub(crate) fn check_version(connection: &Connection) -> Result<()> {
    let found = version(connection)?;
    if found > END_VERSION {
        return Err(Error::FromTheFuture { found, known: END_VERSION });
    }
    Ok(())
}

/// Brings the database to [`END_VERSION`], all steps in one transaction.
pub(crate) fn run(connection: &mut Connection) -> Result<()> {
    if version(connection)? == END_VERSION {
        return Ok(());
    }
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    // Another process may have come first.
    let from = usize::try_from(version(&transaction)?).unwrap_or(0);
    for step in MIGRATIONS.iter().skip(from) {
        transaction.execute_batch(step)?;
    }
    transaction.pragma_update(None, "user_version", END_VERSION)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
