//! Versions of the database. A shipped migration is never changed; a new one is appended.

use rusqlite::{Connection, Transaction, TransactionBehavior};

use crate::error::{Error, Result};
use crate::store::enterprises::note_all_enterprises;
use crate::store::named_blobs::note_all_blobs;
use crate::store::quarantine::note_all_revocations;

/// One step: tables, and what is put into them from what is there already.
struct Step {
    tables: &'static str,
    fill: fn(&Transaction<'_>) -> Result<()>,
}

const MIGRATIONS: &[Step] = &[
    Step { tables: include_str!("migrations/0001_ledger.sql"), fill: |_| Ok(()) },
    Step { tables: include_str!("migrations/0002_named_blobs.sql"), fill: note_all_blobs },
    Step {
        tables: include_str!("migrations/0003_enterprise_search.sql"),
        fill: note_all_enterprises,
    },
    Step { tables: include_str!("migrations/0004_erasure.sql"), fill: |_| Ok(()) },
    Step { tables: include_str!("migrations/0005_hub_log.sql"), fill: |_| Ok(()) },
    Step { tables: include_str!("migrations/0006_quarantine.sql"), fill: note_all_revocations },
    Step { tables: include_str!("migrations/0007_refusal.sql"), fill: |_| Ok(()) },
    Step { tables: include_str!("migrations/0008_openings.sql"), fill: |_| Ok(()) },
];

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
        transaction.execute_batch(step.tables)?;
        (step.fill)(&transaction)?;
    }
    transaction.pragma_update(None, "user_version", END_VERSION)?;
    transaction.commit()?;
    Ok(())
}

fn version(connection: &Connection) -> Result<i64> {
    Ok(connection.pragma_query_value(None, "user_version", |row| row.get(0))?)
}
