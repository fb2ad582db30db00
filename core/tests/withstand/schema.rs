//! The golden schema: from every version that was ever shipped, the migrations lead to it.

use std::path::{Path, PathBuf};

use angen_core::store::{END_VERSION, Store};
use rusqlite::Connection;

fn store_folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("src/store")
}

/// The migrations in order, as they were shipped.
fn migrations() -> Vec<String> {
    let mut files: Vec<PathBuf> = std::fs::read_dir(store_folder().join("migrations"))
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .filter(|path| path.extension().is_some_and(|end| end == "sql"))
        .collect();
    files.sort();
    files.iter().map(|file| std::fs::read_to_string(file).unwrap()).collect()
}

/// Every table and index as SQLite remembers it, in the order of their making.
fn schema(connection: &Connection) -> String {
    let mut statement = connection
        .prepare("SELECT sql FROM sqlite_schema WHERE sql IS NOT NULL ORDER BY rowid")
        .unwrap();
    let all = statement.query_map([], |row| row.get::<_, String>(0)).unwrap();
    all.map(|sql| format!("{};\n\n", sql.unwrap())).collect()
}

#[test]
fn every_version_ends_at_the_golden_schema() {
    let migrations = migrations();
    assert_eq!(migrations.len() as i64, END_VERSION, "a migration is not in the list");
    let golden_file = store_folder().join("schema.sql");
    for from in 0..=migrations.len() {
        let folder = tempfile::tempdir().unwrap();
        let old = Connection::open(folder.path().join("angen.db")).unwrap();
        migrations[..from].iter().for_each(|step| old.execute_batch(step).unwrap());
        old.pragma_update(None, "user_version", from as i64).unwrap();
        old.close().unwrap();
        let store = Store::open(folder.path()).unwrap();
        let made = store.read(|read| Ok(schema(read))).unwrap();
        let version = store.read(|read| {
            Ok(read.pragma_query_value(None, "user_version", |row| row.get::<_, i64>(0))?)
        });
        assert_eq!(version.unwrap(), END_VERSION);
        if from == 0 && std::env::var_os("UPDATE").is_some() {
            let head = "-- What the migrations make, as SQLite remembers it. Written by \
                        `UPDATE=1 cargo test -p angen-core schema`; never by hand.\n\n";
            std::fs::write(&golden_file, format!("{head}{}\n", made.trim_end())).unwrap();
        }
        let golden = std::fs::read_to_string(&golden_file).unwrap();
        let golden = golden.split_once("\n\n").map_or("", |(_, sql)| sql);
        assert_eq!(made.trim_end(), golden.trim_end(), "from version {from}");
    }
}
