//! The records that every side carries: the same random values, the same count, one digest.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use angen_ledger::hash::Hash;
use angen_ledger::testing::Chance;
use sha2::{Digest, Sha256};

/// Records of one dossier: a township's checks of half a year.
pub(crate) const RECORDS_A_DOSSIER: usize = 1_000;

/// The answers that a checklist takes.
const VALUES: [&str; 4] = ["compliant", "violating", "not_applicable", "not_checked"];

/// One record: an answer to an item of a checklist.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Record {
    /// Sixteen random bytes: the entity.
    pub(crate) id: [u8; 16],
    /// Which item.
    pub(crate) item: String,
    /// What was found.
    pub(crate) value: String,
    /// Twenty-four random characters.
    pub(crate) note: String,
    /// A measured number.
    pub(crate) amount: i64,
}

/// Records from a seed; no two have a value in common but by chance.
pub(crate) fn records(seed: u64, count: usize) -> Vec<Record> {
    let mut chance = Chance::new(seed);
    let mut record = |index: usize| {
        let [choice, a, b, c] = chance.bytes::<4>();
        let note: [u8; 12] = chance.bytes();
        Record {
            id: chance.bytes(),
            item: format!("MW{:03}", index % 1_000),
            value: VALUES[usize::from(choice) % VALUES.len()].to_owned(),
            note: hex(&note),
            amount: i64::from(u32::from_be_bytes([0, a, b, c])),
        }
    };
    (0..count).map(&mut record).collect()
}

impl Record {
    /// The record as one line of JSON, which is how the plain server and the peer take it.
    pub(crate) fn to_json(&self) -> String {
        let Self { id, item, value, note, amount } = self;
        let id = hex(id);
        serde_json::json!({
            "_id": id, "item": item, "value": value, "note": note, "amount": amount,
        })
        .to_string()
    }

    /// Bytes of the values alone.
    pub(crate) fn value_bytes(&self) -> usize {
        self.id.len() + self.item.len() + self.value.len() + self.note.len() + size_of::<i64>()
    }

    /// The line that the digest is over.
    fn line(&self) -> String {
        let Self { id, item, value, note, amount } = self;
        format!("{} {item} {value} {note} {amount}\n", hex(id))
    }
}

/// The records as lines of JSON.
pub(crate) fn json_lines(records: &[Record]) -> String {
    let mut text = String::new();
    for record in records {
        text.push_str(&record.to_json());
        text.push('\n');
    }
    text
}

/// The digest over all values, in the order of the ids: every side must end with this one.
pub(crate) fn digest(records: &[Record]) -> Hash {
    let lines: BTreeSet<String> = records.iter().map(Record::line).collect();
    let mut sha = Sha256::new();
    lines.iter().for_each(|line| sha.update(line));
    Hash(sha.finalize().into())
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
