//! Checks a log from its first entry on: whether the tree is over the entries, and every head that
//! was signed is a head of this tree.

use std::collections::HashMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::entry::{Entry, Logged, RUNNING_NONE, running};
use angen_ledger::log::tree::Edge;
use angen_ledger::wire::Wire;
use rusqlite::{Connection, OptionalExtension, named_params};

use crate::error::Result;
use crate::store::hub_log::HubLog;

const ENTRIES: &str = "SELECT place, entry FROM log_entry WHERE log = :log ORDER BY place";

const HASH_AT: &str = "
    SELECT hash FROM log_hash WHERE log = :log AND level = :level AND place = :place";

const COUNT_HASHES: &str = "SELECT count(*) FROM log_hash WHERE log = :log";

const CHECKPOINTS: &str = "SELECT size, note FROM log_checkpoint WHERE log = :log ORDER BY size";

/// Where a log does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LogFault {
    /// An entry is missing, malformed, or does not follow on those of its dossier before it.
    Entry(u64),
    /// A stored hash is missing or not the one of the tree, found when this entry was appended.
    Hash(u64),
    /// There are hashes that no entry leads to.
    HashesTooMany,
    /// A signed head of this size is malformed, or not the head of the tree.
    Checkpoint(u64),
}

impl HubLog {
    /// Makes the tree again from the entries and compares all of it. None when the log holds; the
    /// first fault otherwise. Signatures are for whoever has the hub's certificate to check.
    ///
    /// # Errors
    /// `Storage`.
    pub fn first_fault(&self, connection: &Connection) -> Result<Option<LogFault>> {
        let log = self.number;
        let mut heads = self.signed_heads(connection)?.into_iter().peekable();
        let mut edge = Edge::default();
        let mut standings: HashMap<DossierId, (u64, Hash)> = HashMap::new();
        let mut hashes = 0_i64;
        let mut statement = connection.prepare(ENTRIES)?;
        let mut rows = statement.query(named_params! {":log": log})?;
        loop {
            while let Some((size, root)) = heads.next_if(|(size, _)| *size <= edge.size()) {
                if size != edge.size() || root != Some(edge.root()) {
                    return Ok(Some(LogFault::Checkpoint(size)));
                }
            }
            let Some(row) = rows.next()? else { break };
            let (place, bytes) = super::entry_bytes(row)?;
            let fault = Ok(Some(LogFault::Entry(place)));
            let Ok(entry) = Entry::from_wire(&bytes) else { return fault };
            if place != edge.size() || !follows(&entry, &mut standings) {
                return fault;
            }
            for new in edge.append(entry.leaf()) {
                let params = named_params! {
                    ":log": log, ":level": new.level, ":place": new.index.cast_signed(),
                };
                let mut at = connection.prepare_cached(HASH_AT)?;
                let held = at.query_row(params, |row| Ok(Hash(row.get("hash")?))).optional()?;
                if held != Some(new.hash) {
                    return Ok(Some(LogFault::Hash(place)));
                }
                hashes += 1;
            }
        }
        if let Some((size, _)) = heads.next() {
            return Ok(Some(LogFault::Checkpoint(size)));
        }
        let mut count = connection.prepare(COUNT_HASHES)?;
        let count: i64 = count.query_row(named_params! {":log": log}, |row| row.get(0))?;
        Ok((count != hashes).then_some(LogFault::HashesTooMany))
    }

    /// The heads that were signed, by size: the root that each names, none when it names no head
    /// of this log of that size.
    fn signed_heads(&self, connection: &Connection) -> Result<Vec<(u64, Option<Hash>)>> {
        let mut statement = connection.prepare(CHECKPOINTS)?;
        let rows = statement.query_map(named_params! {":log": self.number}, |row| {
            Ok((row.get::<_, i64>("size")?.unsigned_abs(), row.get::<_, String>("note")?))
        })?;
        rows.map(|row| {
            let (size, note) = row?;
            let signed = SignedCheckpoint::read(&note).ok().map(|signed| signed.checkpoint);
            let same = signed.filter(|head| head.size == size && head.origin == self.origin);
            Ok((size, same.map(|head| head.root)))
        })
        .collect()
    }
}

/// Whether an entry follows on those of its dossier before it, which it joins.
fn follows(entry: &Entry, standings: &mut HashMap<DossierId, (u64, Hash)>) -> bool {
    let standing = standings.entry(entry.dossier).or_insert((0, RUNNING_NONE));
    let (arrivals, before) = *standing;
    match entry.what {
        Logged::Seal => {
            *standing = (arrivals + 1, running(&before, &entry.subject));
            entry.arrival == arrivals && entry.running == standing.1
        }
        Logged::Blob => entry.arrival == arrivals && entry.running == before,
    }
}
