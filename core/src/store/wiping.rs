//! The end of a database 清除: its key, its files, and the mark of a wipe that was cut off.
//!
//! Keys go first, then the key of the database, then the files. Whoever kills the program in
//! between must not keep half of it: the mark lies beside the database before the first key goes,
//! and is the last to go. Who finds it at the next start goes on before anything is opened.

use std::fs;
use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use angen_ledger::id::WriterId;

use crate::error::{Error, Result};
use crate::ports::{DatabaseKeys, Disk, Ports};
use crate::store::Store;

/// The mark: the writers whose keys go, one a line.
const MARK: &str = "angen.wipe";

/// What is written before it is renamed to the mark: of no meaning yet.
const PART: &str = "angen.wipe.part";

impl Store {
    /// Says for good that this device is being emptied: from here on a start goes on with it. The
    /// ballast makes room for the mark, since a full phone is emptied as well.
    ///
    /// # Errors
    /// `File`; nothing was changed then.
    pub fn begin_wipe(&self, ports: &Ports, writers: &[WriterId]) -> Result<()> {
        let (disk, lines) = (&*ports.disk, lines_of(writers));
        if write_mark(self.folder(), disk, &lines).is_ok() {
            return Ok(());
        }
        self.free_ballast(ports)?;
        write_mark(self.folder(), disk, &lines)
            .map_err(|source| Error::file(self.folder().join(MARK), source))
    }

    /// Destroys the database and everything beside it that this program wrote: the store is closed
    /// for good. Destroying it again goes on where it stopped.
    ///
    /// # Errors
    /// `Sign` when the key of the database cannot be destroyed; `File`, `Storage`.
    pub fn destroy(&self, disk: &dyn Disk) -> Result<()> {
        self.pause()?;
        destroy_in(self.folder(), self.keys.as_deref(), disk)
    }
}

/// The writers whose keys a wipe that was cut off still has to destroy; none where no wipe is under
/// way. A line that is no writer is left out: the files go all the same.
///
/// # Errors
/// `File`.
pub fn wipe_under_way(folder: &Path) -> Result<Option<Vec<WriterId>>> {
    let path = folder.join(MARK);
    match fs::read_to_string(&path) {
        Ok(lines) => Ok(Some(lines.lines().filter_map(|line| line.parse().ok()).collect())),
        Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
        Err(source) => Err(Error::file(path, source)),
    }
}

/// Destroys a database that is not open, with the key that opens it, and the mark at the end.
///
/// # Errors
/// `Sign` when the key of the database cannot be destroyed; `File`. Calling it again goes on.
pub fn destroy_in(folder: &Path, keys: Option<&dyn DatabaseKeys>, disk: &dyn Disk) -> Result<()> {
    if let Some(keys) = keys {
        keys.destroy()?;
    }
    // The database first: without the keys in it the blobs are noise.
    for path in own_files(folder)? {
        let failed = |source| Error::file(&path, source);
        disk.before("remove").map_err(failed)?;
        overwrite(&path).and_then(|()| fs::remove_file(&path)).map_err(failed)?;
    }
    for inner in ["blobs", "strays"].map(|name| folder.join(name)) {
        disk.before("remove").map_err(|source| Error::file(&inner, source))?;
        is_gone(fs::remove_dir_all(&inner)).map_err(|source| Error::file(inner, source))?;
    }
    let failed = |source| Error::file(folder, source);
    sync_folder(folder).map_err(failed)?;
    disk.before("remove").map_err(failed)?;
    for name in [PART, MARK] {
        is_gone(fs::remove_file(folder.join(name))).map_err(failed)?;
    }
    sync_folder(folder).map_err(failed)
}

fn lines_of(writers: &[WriterId]) -> String {
    writers.iter().map(|writer| format!("{writer}\n")).collect()
}

/// Whole or not there: it is written beside its place, and renamed.
fn write_mark(folder: &Path, disk: &dyn Disk, lines: &str) -> io::Result<()> {
    let part = folder.join(PART);
    disk.before("create")?;
    fs::write(&part, lines)?;
    disk.before("sync")?;
    fs::File::open(&part)?.sync_all()?;
    disk.before("rename")?;
    fs::rename(&part, folder.join(MARK))?;
    sync_folder(folder)
}

/// The database with all that stands beside it under its name, and the ballast.
fn own_files(folder: &Path) -> Result<Vec<PathBuf>> {
    let failed = |source| Error::file(folder, source);
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let path = entry.map_err(failed)?.path();
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        if name.starts_with("angen.db") || name == "ballast" {
            files.push(path);
        }
    }
    files.sort_unstable();
    Ok(files)
}

/// Writes zeros over a file, once. On flash memory the old blocks may live on: encryption answers
/// that, and nothing else.
fn overwrite(path: &Path) -> io::Result<()> {
    let length = fs::metadata(path)?.len();
    let mut file = fs::OpenOptions::new().write(true).open(path)?;
    io::copy(&mut io::Read::take(io::repeat(0), length), &mut file)?;
    file.sync_all()
}

fn sync_folder(folder: &Path) -> io::Result<()> {
    fs::File::open(folder)?.sync_all()
}

/// What was not there is gone.
fn is_gone(removed: io::Result<()>) -> io::Result<()> {
    match removed {
        Err(error) if error.kind() != ErrorKind::NotFound => Err(error),
        _ => Ok(()),
    }
}
