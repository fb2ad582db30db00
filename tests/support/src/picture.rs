//! Everything that a database holds, as one hash: two pictures are equal when nothing changed.

use angen_core::error::Result;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};

/// What a database holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Picture {
    /// The digest of the projection.
    pub digest: Hash,
    /// How many ops.
    pub ops: u64,
    /// The hash of every row of every table, but for what a full-text index keeps to itself: how
    /// it packs its terms depends on the order in which they came, not on what it finds.
    pub rows: Hash,
}

/// Takes a picture.
///
/// # Errors
/// `Storage`.
pub fn picture(store: &Store) -> Result<Picture> {
    store.read(|read| {
        Ok(Picture {
            digest: store::digest(read)?,
            ops: store::count_ops(read)?,
            rows: rows(read)?,
        })
    })
}

fn rows(read: &Connection) -> Result<Hash> {
    let mut sha = Sha256::new();
    let mut tables = read.prepare(
        "SELECT name FROM pragma_table_list
         WHERE schema = 'main' AND type <> 'shadow' AND type <> 'view' ORDER BY name",
    )?;
    let names = tables.query_map([], |row| row.get::<_, String>(0))?;
    for name in names {
        let name = name?;
        sha.update(name.as_bytes());
        let mut statement = read.prepare(&format!("SELECT * FROM \"{name}\""))?;
        let columns = statement.column_count();
        let mut rows = statement.query([])?;
        while let Some(row) = rows.next()? {
            for column in 0..columns {
                let (kind, bytes) = match row.get_ref(column)? {
                    ValueRef::Null => (0, Vec::new()),
                    ValueRef::Integer(number) => (1, number.to_be_bytes().to_vec()),
                    ValueRef::Real(number) => (2, number.to_be_bytes().to_vec()),
                    ValueRef::Text(text) => (3, text.to_vec()),
                    ValueRef::Blob(bytes) => (4, bytes.to_vec()),
                };
                sha.update([kind]);
                sha.update((bytes.len() as u64).to_be_bytes());
                sha.update(bytes);
            }
        }
    }
    Ok(Hash(sha.finalize().into()))
}
