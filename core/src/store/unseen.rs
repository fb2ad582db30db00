//! What nobody else is known to have: ops behind the last one that is known to be elsewhere.

use std::collections::BTreeMap;

use angen_ledger::id::{DossierId, WriterId};
use rusqlite::{Connection, named_params};

use crate::error::Result;

const CHAINS_OF: &str = "
    SELECT dossier, max(seq) + 1 AS ops FROM op WHERE writer = :writer GROUP BY dossier";

const SEEN_BY: &str = "
    SELECT writer, seq FROM named WHERE dossier = :dossier AND other = :other";

const RECEIPTED: &str = "
    SELECT max(last_seq) + 1 AS ops FROM seal
    JOIN receipt ON receipt.dossier = seal.dossier AND what = 0 AND receipt.subject = seal.hash
    WHERE seal.dossier = :dossier AND seal.writer = :other";

/// How many ops of some writers nobody else is known to have, by dossier: those behind the last
/// one that an op of another writer names, or that a hub has given a receipt for.
///
/// # Errors
/// `Storage`.
pub fn unseen_ops(connection: &Connection, writers: &[WriterId]) -> Result<Vec<(DossierId, u64)>> {
    let mut unseen: BTreeMap<DossierId, u64> = BTreeMap::new();
    let mut chains = connection.prepare_cached(CHAINS_OF)?;
    let mut seen_by = connection.prepare_cached(SEEN_BY)?;
    let mut receipted = connection.prepare_cached(RECEIPTED)?;
    for writer in writers {
        let held = chains.query_map(named_params! {":writer": writer.raw()}, |row| {
            Ok((DossierId(row.get("dossier")?), row.get::<_, i64>("ops")?))
        })?;
        for chain in held {
            let (dossier, ops) = chain?;
            let params = named_params! {":dossier": dossier.raw(), ":other": writer.raw()};
            let seen = seen_by.query_map(params, |row| {
                Ok((WriterId(row.get("writer")?), row.get::<_, i64>("seq")? + 1))
            })?;
            let seen = seen.collect::<rusqlite::Result<Vec<_>>>()?.into_iter();
            // Writers of one device share its fate: only what others have named counts.
            let others = seen.filter(|(other, _)| !writers.contains(other));
            let named = others.map(|(_, ops)| ops).max();
            let at_hub = receipted.query_row(params, |row| row.get::<_, Option<i64>>("ops"))?;
            let most = named.max(at_hub).unwrap_or(0);
            if ops > most {
                *unseen.entry(dossier).or_default() += (ops - most).unsigned_abs();
            }
        }
    }
    Ok(unseen.into_iter().collect())
}
