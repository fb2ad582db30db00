//! The log of a hub: entries, the hashes of its tree, and its signed heads.
//!
//! The newest row of `log` is the log that grows; those of earlier epochs stay as they were. What
//! a tree is and how it is proved is the ledger's; here its hashes are kept and found.

mod append;
mod check;

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{Entry, Logged, RUNNING_NONE};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::tile::{Tile, Tiles};
use angen_ledger::log::tree::{Inclusions, TreeError, prove_consistency, root};
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;
use rusqlite::{Connection, OptionalExtension, Row, named_params};

use crate::error::{Error, Result};

pub use append::{LogPen, LogWriter, LoggedWrite, open_log};
pub use check::LogFault;

const NEWEST_LOG: &str = "SELECT number, origin FROM log ORDER BY number DESC LIMIT 1";

const SIZE: &str = "SELECT coalesce(max(place) + 1, 0) FROM log_entry WHERE log = :log";

const TILE: &str = "
    SELECT hash FROM log_hash
    WHERE log = :log AND level = :level AND place BETWEEN :first AND :last ORDER BY place";

const NEWEST_CHECKPOINT: &str = "
    SELECT note FROM log_checkpoint WHERE log = :log ORDER BY size DESC LIMIT 1";

const SIGNED_SIZES: &str = "
    SELECT size FROM log_checkpoint WHERE log = :log ORDER BY size DESC LIMIT :limit";

const HAS_ENTRY: &str = "
    SELECT 1 FROM log_entry
    WHERE log = :log AND dossier = :dossier AND what = :what AND subject = :subject";

// Which index is said (by its name, or by a plus that takes another one away) where SQLite would
// take the one that spares it sorting, and walk over the entries of every other dossier.
const LAST_ENTRY: &str = "
    SELECT place, entry FROM log_entry INDEXED BY log_entry_by_dossier
    WHERE log = :log AND dossier = :dossier ORDER BY place DESC LIMIT 1";

const ENTRIES_SINCE: &str = "
    SELECT place, entry FROM log_entry INDEXED BY log_entry_by_dossier
    WHERE log = :log AND dossier = :dossier AND place >= :since ORDER BY place LIMIT :limit";

const ENTRY_OF: &str = "
    SELECT place, entry FROM log_entry
    WHERE log = :log AND dossier = :dossier AND what = :what AND subject = :subject";

const DOSSIERS_BETWEEN: &str = "
    SELECT DISTINCT +dossier AS dossier FROM log_entry
    WHERE log = :log AND place >= :since AND place < :end ORDER BY 1";

const SEALS_SINCE: &str = "
    SELECT log_entry.entry, seal.cose FROM log_entry JOIN seal ON seal.hash = log_entry.subject
    WHERE log_entry.log = :log AND log_entry.dossier = :dossier AND log_entry.what = 0
      AND log_entry.arrival >= :since
    ORDER BY log_entry.arrival LIMIT :limit";

/// A log in the database of a hub.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubLog {
    number: i64,
    /// Hub and epoch, as they stand in every checkpoint.
    pub origin: String,
}

/// How far a dossier has come in a log.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Standing {
    /// How many of its seals have arrived.
    pub arrivals: u64,
    /// The running head over them.
    pub running: Hash,
}

/// A seal in the order of arrival.
#[derive(Debug, Clone)]
pub struct ArrivedSeal {
    /// What the log says of it.
    pub entry: Entry,
    /// Its exact bytes.
    pub cose: Vec<u8>,
    /// What they say.
    pub seal: SignedSeal,
}

/// The log that grows, if this is a hub that ever had one.
///
/// # Errors
/// `Storage`.
pub fn newest_log(connection: &Connection) -> Result<Option<HubLog>> {
    let mut statement = connection.prepare_cached(NEWEST_LOG)?;
    let log = statement
        .query_row([], |row| Ok(HubLog { number: row.get("number")?, origin: row.get("origin")? }));
    Ok(log.optional()?)
}

impl HubLog {
    /// How many entries there are.
    ///
    /// # Errors
    /// `Storage`.
    pub fn size(&self, connection: &Connection) -> Result<u64> {
        let mut statement = connection.prepare_cached(SIZE)?;
        let size: i64 = statement.query_row(named_params! {":log": self.number}, |r| r.get(0))?;
        Ok(size.unsigned_abs())
    }

    /// The newest checkpoint as it was signed; a log has one from its first moment.
    ///
    /// # Errors
    /// `Storage`.
    pub fn checkpoint(&self, connection: &Connection) -> Result<Option<String>> {
        let mut statement = connection.prepare_cached(NEWEST_CHECKPOINT)?;
        let params = named_params! {":log": self.number};
        Ok(statement.query_row(params, |row| row.get("note")).optional()?)
    }

    /// The sizes of the heads that were signed, the largest first.
    ///
    /// # Errors
    /// `Storage`.
    pub fn signed_sizes(&self, connection: &Connection, limit: usize) -> Result<Vec<u64>> {
        let mut statement = connection.prepare_cached(SIGNED_SIZES)?;
        let params = named_params! {":log": self.number, ":limit": limit as i64};
        let rows = statement.query_map(params, |row| Ok(row.get::<_, i64>("size")?.unsigned_abs()));
        Ok(rows?.collect::<rusqlite::Result<_>>()?)
    }

    /// The root of the tree of the first entries.
    ///
    /// # Errors
    /// `NotFound` when there are fewer, `Storage`.
    pub fn root(&self, connection: &Connection, size: u64) -> Result<Hash> {
        if size > self.size(connection)? {
            return Err(outside());
        }
        root(&LogTiles { connection, log: self.number }, size).map_err(tree_error)
    }

    /// The first hashes of a tile; fewer than were asked for when the log has no more.
    ///
    /// # Errors
    /// `Storage`.
    pub fn tile(&self, connection: &Connection, tile: Tile) -> Result<Vec<Hash>> {
        LogTiles { connection, log: self.number }.tile(tile)
    }

    /// The proof that the log of `new` entries begins with that of `old`.
    ///
    /// # Errors
    /// `NotFound` when it has not so many, `Storage`.
    pub fn consistency(&self, connection: &Connection, old: u64, new: u64) -> Result<Vec<Hash>> {
        if new > self.size(connection)? {
            return Err(outside());
        }
        let tiles = LogTiles { connection, log: self.number };
        prove_consistency(&tiles, old, new).map_err(tree_error)
    }

    /// Whether a subject of a dossier has an entry.
    ///
    /// # Errors
    /// `Storage`.
    pub fn has(
        &self,
        connection: &Connection,
        dossier: DossierId,
        what: Logged,
        subject: Hash,
    ) -> Result<bool> {
        let mut statement = connection.prepare_cached(HAS_ENTRY)?;
        Ok(statement.exists(named_params! {
            ":log": self.number, ":dossier": dossier.raw(),
            ":what": number_of(what), ":subject": subject.as_bytes(),
        })?)
    }

    /// How far a dossier has come.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub fn standing(&self, connection: &Connection, dossier: DossierId) -> Result<Standing> {
        let mut statement = connection.prepare_cached(LAST_ENTRY)?;
        let params = named_params! {":log": self.number, ":dossier": dossier.raw()};
        let last = statement.query_row(params, entry_bytes).optional()?;
        let Some((_, bytes)) = last else {
            return Ok(Standing { arrivals: 0, running: RUNNING_NONE });
        };
        let entry = Entry::from_wire(&bytes)?;
        let arrivals = match entry.what {
            Logged::Seal => entry.arrival + 1,
            Logged::Blob => entry.arrival,
        };
        Ok(Standing { arrivals, running: entry.running })
    }

    /// The dossiers with entries from `since` on and before `end`, ascending by id.
    ///
    /// # Errors
    /// `Storage`.
    pub fn changed(&self, connection: &Connection, since: u64, end: u64) -> Result<Vec<DossierId>> {
        let mut statement = connection.prepare_cached(DOSSIERS_BETWEEN)?;
        let params = named_params! {
            ":log": self.number, ":since": since.cast_signed(), ":end": end.cast_signed(),
        };
        let rows = statement.query_map(params, |row| Ok(DossierId(row.get("dossier")?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }

    /// The seals of a dossier in the order of arrival, from the one with this number on.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub fn seals_since(
        &self,
        connection: &Connection,
        dossier: DossierId,
        since: u64,
        limit: usize,
    ) -> Result<Vec<ArrivedSeal>> {
        let mut statement = connection.prepare_cached(SEALS_SINCE)?;
        let rows = statement.query_map(
            named_params! {
                ":log": self.number, ":dossier": dossier.raw(),
                ":since": since.cast_signed(), ":limit": limit as i64,
            },
            |row| Ok((row.get::<_, Vec<u8>>("entry")?, row.get::<_, Vec<u8>>("cose")?)),
        )?;
        rows.map(|row| {
            let (entry, cose) = row?;
            let (entry, seal) = (Entry::from_wire(&entry)?, SignedSeal::read(&cose)?);
            Ok(ArrivedSeal { entry, cose, seal })
        })
        .collect()
    }

    /// The receipts of a dossier from a place in the log on, in the tree of `size` entries.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub fn receipts_since(
        &self,
        connection: &Connection,
        dossier: DossierId,
        since: u64,
        size: u64,
        limit: usize,
    ) -> Result<Vec<Receipt>> {
        let mut statement = connection.prepare_cached(ENTRIES_SINCE)?;
        let params = named_params! {
            ":log": self.number, ":dossier": dossier.raw(),
            ":since": since.cast_signed(), ":limit": limit as i64,
        };
        let entries = statement.query_map(params, entry_bytes)?;
        self.prove(connection, entries.collect::<rusqlite::Result<_>>()?, size)
    }

    /// The receipts of some subjects of a dossier, of those that have an entry, by place, in the
    /// tree of `size` entries.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub fn receipts_for(
        &self,
        connection: &Connection,
        dossier: DossierId,
        subjects: &[(Logged, Hash)],
        size: u64,
    ) -> Result<Vec<Receipt>> {
        let mut statement = connection.prepare_cached(ENTRY_OF)?;
        let mut entries = BTreeMap::new();
        for (what, subject) in subjects {
            let params = named_params! {
                ":log": self.number, ":dossier": dossier.raw(),
                ":what": number_of(*what), ":subject": subject.as_bytes(),
            };
            entries.extend(statement.query_row(params, entry_bytes).optional()?);
        }
        self.prove(connection, entries.into_iter().collect(), size)
    }

    /// Proves entries, by their places, in the tree of `size` entries.
    fn prove(
        &self,
        connection: &Connection,
        entries: Vec<(u64, Vec<u8>)>,
        size: u64,
    ) -> Result<Vec<Receipt>> {
        let tiles = LogTiles { connection, log: self.number };
        let mut inclusions = Inclusions::new(&tiles, size);
        let proved = entries.into_iter().map(|(index, bytes)| {
            let proof = inclusions.prove(index).map_err(tree_error)?;
            Ok(Receipt { entry: Entry::from_wire(&bytes)?, index, size, proof })
        });
        proved.collect()
    }
}

/// The stored hashes of one log.
struct LogTiles<'c> {
    connection: &'c Connection,
    log: i64,
}

impl Tiles for LogTiles<'_> {
    type Error = Error;

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>> {
        let Some(first) = tile.index.checked_mul(angen_ledger::log::tile::TILE_WIDTH) else {
            return Ok(Vec::new());
        };
        let mut statement = self.connection.prepare_cached(TILE)?;
        let last = first.saturating_add(tile.width.saturating_sub(1));
        let params = named_params! {
            ":log": self.log, ":level": tile.level,
            ":first": first.cast_signed(), ":last": last.cast_signed(),
        };
        let rows = statement.query_map(params, |row| Ok(Hash(row.get("hash")?)))?;
        Ok(rows.collect::<rusqlite::Result<_>>()?)
    }
}

fn entry_bytes(row: &Row<'_>) -> rusqlite::Result<(u64, Vec<u8>)> {
    Ok((row.get::<_, i64>("place")?.unsigned_abs(), row.get("entry")?))
}

/// The number in the column `what`, the same as in an entry.
pub(super) fn number_of(what: Logged) -> i64 {
    match what {
        Logged::Seal => 0,
        Logged::Blob => 1,
    }
}

fn outside() -> Error {
    Error::NotFound { noun: "log", id: "(size)".to_owned() }
}

fn tree_error(error: TreeError<Error>) -> Error {
    match error {
        TreeError::Storage(error) => error,
        // A row that must be there is not: the table was tampered with.
        TreeError::Short(_) => Error::Storage(rusqlite::Error::QueryReturnedNoRows),
        TreeError::Outside => outside(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::store::Store;

    /// Number 42: what was asked of one dossier, or since one place, walked over the whole log.
    #[test]
    fn no_question_about_a_part_of_the_log_walks_over_all_of_it() {
        let folder = tempfile::tempdir().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let questions =
            [HAS_ENTRY, LAST_ENTRY, ENTRIES_SINCE, ENTRY_OF, DOSSIERS_BETWEEN, SEALS_SINCE];
        for question in questions {
            let plan: Result<Vec<String>> = store.read(|connection| {
                let mut statement =
                    connection.prepare(&format!("EXPLAIN QUERY PLAN {question}"))?;
                let mut rows = statement.raw_query();
                let mut plan = Vec::new();
                while let Some(row) = rows.next()? {
                    plan.push(row.get("detail")?);
                }
                Ok(plan)
            });
            let plan = plan.unwrap();
            let is_narrow = |step: &String| step.contains("dossier=?") || step.contains("place>?");
            let steps: Vec<&String> = plan.iter().filter(|s| s.contains(" log_entry")).collect();
            assert!(!steps.is_empty() && steps.into_iter().all(is_narrow), "{question}\n{plan:?}");
        }
    }
}
