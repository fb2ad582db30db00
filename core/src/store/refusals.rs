//! What hubs refused under their signature, kept on the device whose seals they are.

use angen_ledger::log::refusal::SignedRefusal;
use rusqlite::{Connection, Transaction, named_params};

use crate::error::Result;

const INSERT: &str = "
    INSERT INTO refusal (origin, subject, reason, dossier, at_ms, cose)
    VALUES (:origin, :subject, :reason, :dossier, :at_ms, :cose)
    ON CONFLICT DO NOTHING";

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

/// Keeps a refusal that was verified. Of several with one reason the first stays.
///
/// # Errors
/// `Storage`.
pub fn keep_refusal(
    tx: &Transaction<'_>,
    origin: &str,
    refusal: &SignedRefusal,
    cose: &[u8],
) -> Result<()> {
    let said = &refusal.refusal;
    tx.prepare_cached(INSERT)?.execute(named_params! {
        ":origin": origin,
        ":subject": said.subject.as_bytes(),
        ":reason": said.reason,
        ":dossier": said.dossier.raw(),
        ":at_ms": said.at_ms,
        ":cose": cose,
    })?;
    Ok(())
}

/// The refusals of seals that have no receipt, by the time of the hub.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn standing_refusals(connection: &Connection) -> Result<Vec<KeptRefusal>> {
    let mut statement = connection.prepare_cached(STANDING)?;
    let rows =
        statement.query_map([], |row| Ok((row.get("origin")?, row.get::<_, Vec<u8>>("cose")?)))?;
    rows.map(|row| {
        let (origin, cose) = row?;
        Ok(KeptRefusal { origin, refusal: SignedRefusal::read(&cose)?, cose })
    })
    .collect()
}
