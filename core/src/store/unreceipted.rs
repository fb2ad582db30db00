//! How much no hub has given a receipt for: by dossier, counted in the database.

use std::collections::BTreeMap;

use angen_ledger::id::DossierId;
use rusqlite::Connection;

use crate::error::Result;

const RECORDS: &str = "
    SELECT dossier, sum(last_seq - first_seq + 1) AS records FROM seal
    WHERE NOT EXISTS (SELECT 1 FROM receipt
                      WHERE receipt.dossier = seal.dossier AND what = 0
                      AND receipt.subject = seal.hash)
    GROUP BY dossier";

const FILES: &str = "
    SELECT named_blob.dossier, count(DISTINCT named_blob.address) AS files,
           count(DISTINCT receipt.subject) AS receipted
    FROM named_blob
    LEFT JOIN receipt ON receipt.dossier = named_blob.dossier AND what = 1
                      AND receipt.subject = named_blob.address
    WHERE named_blob.address NOT IN (SELECT address FROM erased_blob)
    GROUP BY named_blob.dossier";

/// What of a dossier has a receipt of some hub, and what not.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct ReceiptCount {
    /// Records without one.
    pub records: u64,
    /// Files that its records name.
    pub files: u64,
    /// Of them, those with one.
    pub files_receipted: u64,
}

impl ReceiptCount {
    /// The sum over dossiers. A file that two of them name counts in each.
    #[must_use]
    pub fn over(all: &BTreeMap<DossierId, Self>) -> Self {
        all.values().fold(Self::default(), |sum, count| Self {
            records: sum.records + count.records,
            files: sum.files + count.files,
            files_receipted: sum.files_receipted + count.files_receipted,
        })
    }

    /// Whether nothing waits for a receipt.
    #[must_use]
    pub fn is_all(&self) -> bool {
        self.records == 0 && self.files == self.files_receipted
    }
}

/// The counts of every dossier that has records without a receipt, or files.
///
/// # Errors
/// `Storage`.
pub fn count_receipts(connection: &Connection) -> Result<BTreeMap<DossierId, ReceiptCount>> {
    let mut counts: BTreeMap<DossierId, ReceiptCount> = BTreeMap::new();
    let mut statement = connection.prepare_cached(RECORDS)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let records = row.get::<_, i64>("records")?.unsigned_abs();
        counts.entry(DossierId(row.get("dossier")?)).or_default().records = records;
    }
    let mut statement = connection.prepare_cached(FILES)?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let count = counts.entry(DossierId(row.get("dossier")?)).or_default();
        count.files = row.get::<_, i64>("files")?.unsigned_abs();
        count.files_receipted = row.get::<_, i64>("receipted")?.unsigned_abs();
    }
    Ok(counts)
}
