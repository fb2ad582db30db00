//! What hubs refused under their signature, kept on the devices that hold it.

use angen_ledger::hash::Hash;
use angen_ledger::log::refusal::{NO_DOSSIER, SignedRefusal};
use angen_ledger::seal::SignedSeal;
use rusqlite::{Connection, Transaction, named_params};

use crate::error::Result;
use crate::store::{certificate, certificates, chains_of};

const INSERT: &str = "
    INSERT INTO refusal (origin, subject, reason, dossier, at_ms, cose)
    VALUES (:origin, :subject, :reason, :dossier, :at_ms, :cose)
    ON CONFLICT DO NOTHING";

const IS_HERE: &str = "SELECT 1 FROM seal WHERE hash = :subject AND dossier = :dossier";

const RECEIPTED_BY: &str = "
    SELECT cose FROM seal WHERE writer = :writer
    AND EXISTS (SELECT 1 FROM receipt WHERE receipt.dossier = seal.dossier AND what = 0
                AND receipt.subject = seal.hash AND receipt.origin = :origin)";

/// A receipt of whatever log outweighs a refusal: a refusal names a seal, and whoever has a copy
/// of the seal may have sent it with other ops than it covers.
const STANDING: &str = "
    SELECT origin, cose FROM refusal
    WHERE NOT EXISTS (SELECT 1 FROM receipt
                      WHERE receipt.dossier = refusal.dossier AND what = 0
                      AND receipt.subject = refusal.subject)
    ORDER BY at_ms, origin, subject, reason";

/// A refusal with the log of the hub that signed it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeptRefusal {
    /// The log.
    pub origin: String,
    /// The refusal.
    pub refusal: SignedRefusal,
    /// Its exact bytes.
    pub cose: Vec<u8>,
}

/// What a refusal is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Refused {
    /// A seal that is here.
    Seal(Hash),
    /// A certificate that is here.
    Certificate(Hash),
}

/// What a refusal is about, if that is here.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn refused_here(read: &Connection, refusal: &SignedRefusal) -> Result<Option<Refused>> {
    let said = &refusal.refusal;
    if said.dossier == NO_DOSSIER {
        let held = certificate(read, said.subject)?;
        return Ok(held.map(|held| Refused::Certificate(held.hash)));
    }
    let mut statement = read.prepare_cached(IS_HERE)?;
    let params =
        named_params! {":subject": said.subject.as_bytes(), ":dossier": said.dossier.raw()};
    Ok(statement.exists(params)?.then_some(Refused::Seal(said.subject)))
}

/// Keeps a refusal that was verified, and says whether it is new. Of several with one reason the
/// first stays.
///
/// # Errors
/// `Storage`.
pub fn keep_refusal(
    tx: &Transaction<'_>,
    origin: &str,
    refusal: &SignedRefusal,
    cose: &[u8],
) -> Result<bool> {
    let said = &refusal.refusal;
    let kept = tx.prepare_cached(INSERT)?.execute(named_params! {
        ":origin": origin,
        ":subject": said.subject.as_bytes(),
        ":reason": said.reason,
        ":dossier": said.dossier.raw(),
        ":at_ms": said.at_ms,
        ":cose": cose,
    })?;
    Ok(kept > 0)
}

/// The refusals of seals that have no receipt, and of certificates under which that hub has given
/// none since, by the time of the hub.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn standing_refusals(connection: &Connection) -> Result<Vec<KeptRefusal>> {
    let mut statement = connection.prepare_cached(STANDING)?;
    let rows =
        statement.query_map([], |row| Ok((row.get("origin")?, row.get::<_, Vec<u8>>("cose")?)))?;
    let mut standing = Vec::new();
    for row in rows {
        let (origin, cose) = row?;
        let kept = KeptRefusal { origin, refusal: SignedRefusal::read(&cose)?, cose };
        let is_of_certificate = kept.refusal.refusal.dossier == NO_DOSSIER;
        if !is_of_certificate || !is_believed_since(connection, &kept)? {
            standing.push(kept);
        }
    }
    Ok(standing)
}

/// Whether the hub that refused a certificate has given a receipt of a seal that stands on it: it
/// has learned of the root since.
fn is_believed_since(connection: &Connection, kept: &KeptRefusal) -> Result<bool> {
    let refused = kept.refusal.refusal.subject;
    for (_, held) in certificates(connection)? {
        let chain = chains_of(connection, [held.hash])?;
        if !chain.iter().any(|(_, above)| above.hash == refused) {
            continue;
        }
        let mut statement = connection.prepare_cached(RECEIPTED_BY)?;
        let writer = held.certificate.writer;
        let params = named_params! {":writer": writer.raw(), ":origin": kept.origin};
        let mut seals = statement.query(params)?;
        while let Some(row) = seals.next()? {
            if SignedSeal::read(&row.get::<_, Vec<u8>>("cose")?)?.certificate == held.hash {
                return Ok(true);
            }
        }
    }
    Ok(false)
}
