//! What was written since a watcher last looked: the dossiers of the ops that came.

use angen_ledger::id::DossierId;
use rusqlite::{Connection, named_params};

use crate::error::Result;

/// Dossiers that are named in one answer; of more, only that there are more is told.
pub const CHANGED_MAX: usize = 64;

const NEWEST_PLACE: &str = "SELECT coalesce(max(place), 0) AS place FROM op";

const CHANGED: &str = "
    SELECT DISTINCT dossier FROM op WHERE place > :seen AND place <= :newest LIMIT :max";

/// How far a watcher has read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Seen(i64);

/// What changed.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Changed {
    /// Dossiers with new ops, in any order; empty when there are none, or more than
    /// [`CHANGED_MAX`].
    pub dossiers: Vec<DossierId>,
    /// Whether more may have changed than is named: more dossiers, or something that is no new op
    /// (receipts, refusals, facts of this device, a body that came after its header).
    pub has_more: bool,
}

impl Seen {
    /// Everything that is here.
    ///
    /// # Errors
    /// `Storage`.
    pub fn all(connection: &Connection) -> Result<Self> {
        let mut statement = connection.prepare_cached(NEWEST_PLACE)?;
        Ok(Self(statement.query_row([], |row| row.get("place"))?))
    }

    /// What came since with so many commits, and how far that reads. Of one commit with ops, the
    /// dossiers say all; among several there may be one without.
    ///
    /// # Errors
    /// `Storage`.
    pub fn changed(self, connection: &Connection, commits: u64) -> Result<(Changed, Self)> {
        let newest = Self::all(connection)?;
        let mut statement = connection.prepare_cached(CHANGED)?;
        let asked = i64::try_from(CHANGED_MAX + 1).unwrap_or(i64::MAX);
        let params = named_params! {":seen": self.0, ":newest": newest.0, ":max": asked};
        let rows = statement.query_map(params, |row| Ok(DossierId(row.get("dossier")?)))?;
        let dossiers: Vec<DossierId> = rows.collect::<rusqlite::Result<_>>()?;
        let has_all = !dossiers.is_empty() && dossiers.len() <= CHANGED_MAX;
        let changed = Changed {
            dossiers: if has_all { dossiers } else { Vec::new() },
            has_more: !has_all || commits > 1,
        };
        Ok((changed, newest))
    }
}
