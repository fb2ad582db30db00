//! A backup of a hub while it serves, and a hub from a backup.
//!
//! A backup has the database and the blobs, and neither the hub's key nor its mark: a hub that was
//! restored has forgotten what it signed last, so it begins a new epoch, with a new key if need be.

mod files;
mod restore;

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;

use files::{Brought, bring, sync_folder, write_whole};

pub(crate) use restore::RESTORED;
pub use restore::{Restored, restore};

/// The file that says that a backup is finished, and what is in it.
pub const MANIFEST: &str = "backup.json";
/// The database, as everywhere.
const DATABASE: &str = "angen.db";
const COPY: &str = "angen.db.new";

/// What a backup has.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct BackedUp {
    /// The log, if the hub keeps one.
    pub origin: Option<String>,
    /// Entries of that log.
    pub entries: u64,
    /// The root of its tree at this size.
    pub root: Hash,
    /// Ops.
    pub ops: u64,
    /// Blobs in all.
    pub blobs: u64,
    /// Blobs that were not in the folder before.
    pub new_blobs: u64,
    /// Of those, blobs that are a second name of the hub's own file.
    pub linked_blobs: u64,
}

/// Copies what a hub holds into a folder, while it serves or not. A folder with an earlier backup
/// gets what is new; one that was cut off goes on where it was.
///
/// # Errors
/// `File`, `Storage`, `Refused` when the folder holds something else.
pub fn backup(data: &Path, out: &Path) -> Result<BackedUp> {
    let store = open(data)?;
    let is_own = [MANIFEST, DATABASE, COPY, "blobs"].map(PathBuf::from);
    make_folder(out)?;
    check_folder(out, &is_own)?;
    // Whoever finds no manifest knows that the rest is not whole yet.
    remove(&out.join(MANIFEST))?;
    sync_folder(out)?;
    for end in ["", "-wal", "-shm", "-journal"] {
        remove(&out.join(format!("{COPY}{end}")))?;
    }
    store.copy_database(&out.join(COPY))?;
    let database = out.join(DATABASE);
    fs::rename(out.join(COPY), &database).map_err(|source| Error::file(&database, source))?;
    sync_folder(out)?;
    // The blobs come behind: the database of the copy names none whole that is not there by now.
    let (mut backed_up, erased) = look_at(out)?;
    let (held, _) = store.blobs().list()?;
    let copies = out.join("blobs");
    let had = files::list(&copies)?;
    for address in &held {
        if had.contains(address) {
            continue;
        }
        match bring(&store.blobs().path_of(*address), &copies, *address, true)? {
            Brought::Linked => backed_up.linked_blobs += 1,
            Brought::Copied => {}
            // It was erased since it was listed.
            Brought::Gone => continue,
        }
        backed_up.new_blobs += 1;
    }
    // What was erased leaves the backup as well, where it is the same folder again.
    for address in had.intersection(&erased) {
        remove(&files::path_of(&copies, *address))?;
    }
    backed_up.blobs = files::list(&copies)?.len() as u64;
    write_whole(&out.join(MANIFEST), manifest(&backed_up).as_bytes())?;
    Ok(backed_up)
}

/// The hub's database in a folder that has one: a mistyped folder gets none.
pub(crate) fn open(data: &Path) -> Result<Store> {
    if !Store::is_in(data) {
        return Err(Error::file(data.join(DATABASE), std::io::ErrorKind::NotFound.into()));
    }
    Store::open(data)
}

/// What the copied database says of itself, read from the copy of it.
fn look_at(out: &Path) -> Result<(BackedUp, BTreeSet<Hash>)> {
    let copy = Store::open(out)?;
    let seen = copy.read(|connection| {
        let log = store::newest_log(connection)?;
        let (origin, entries, root) = match log {
            Some(log) => {
                let size = log.size(connection)?;
                (Some(log.origin.clone()), size, log.root(connection, size)?)
            }
            None => (None, 0, Hash([0; 32])),
        };
        let ops = store::count_ops(connection)?;
        let erased = store::erased_blobs(connection)?;
        let seen = BackedUp { origin, entries, root, ops, blobs: 0, new_blobs: 0, linked_blobs: 0 };
        Ok((seen, erased))
    })?;
    // Closed, so that all of it is in the one file.
    copy.pause()?;
    Ok(seen)
}

fn manifest(backed_up: &BackedUp) -> String {
    let BackedUp { origin, entries, root, ops, blobs, .. } = backed_up;
    serde_json::json!({
        "backup": 1,
        "origin": origin,
        "entries": entries,
        "root": root.to_string(),
        "ops": ops,
        "blobs": blobs,
    })
    .to_string()
}

/// Refuses a folder in which lies something that this does not write.
fn check_folder(folder: &Path, own: &[PathBuf]) -> Result<()> {
    let failed = |source| Error::file(folder, source);
    for entry in fs::read_dir(folder).map_err(failed)? {
        let name = PathBuf::from(entry.map_err(failed)?.file_name());
        let text = name.to_string_lossy().into_owned();
        let is_database =
            text.starts_with(DATABASE) && own.iter().any(|own| own == Path::new(DATABASE));
        if !own.contains(&name) && !is_database {
            let place = folder.join(&name).display().to_string();
            return Err(Error::invalid(
                place,
                "文件夹里有别的文件，请换一个空文件夹",
                "something else lies in the folder: choose an empty one",
            ));
        }
    }
    Ok(())
}

fn make_folder(folder: &Path) -> Result<()> {
    fs::create_dir_all(folder).map_err(|source| Error::file(folder, source))
}

fn remove(path: &Path) -> Result<()> {
    match fs::remove_file(path) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => Err(Error::file(path, error)),
        _ => Ok(()),
    }
}
