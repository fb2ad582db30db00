//! The high-water mark: how far the log was signed, in a file that no backup of the database holds.

use std::fs::{self, File};
use std::io::{ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;

use crate::log::LogTrouble;

/// The mark's file when no other place is named. A place outside of what is backed up together
/// with the database shows that a backup was restored.
pub const MARK_FILE: &str = "hub.mark";

/// The file, and the greatest head in it.
pub(crate) struct Mark {
    path: PathBuf,
    held: Mutex<Option<Checkpoint>>,
    /// What it should hold: more than it does while somebody writes, or since writing failed.
    wanted: Mutex<Option<Checkpoint>>,
}

impl Mark {
    /// Reads the mark; a hub that has not signed anything yet has none.
    pub(crate) fn open(path: PathBuf) -> Result<Self, LogTrouble> {
        let failed = |source| LogTrouble::Mark { path: path.clone(), source };
        let held = match fs::read_to_string(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => None,
            Err(error) => return Err(failed(error)),
            Ok(text) => match read(&text) {
                Some(head) => Some(head),
                None => return Err(failed(ErrorKind::InvalidData.into())),
            },
        };
        Ok(Self { path, held: Mutex::new(held), wanted: Mutex::default() })
    }

    pub(crate) fn head(&self) -> Option<Checkpoint> {
        lock(&self.held).clone()
    }

    /// Raises the mark to a head that is on the disk, or to one that is still owed. Whoever writes
    /// it writes the greatest that anybody wants by then, so that those who wait for their turn
    /// find theirs covered; within a log it never falls.
    pub(crate) fn raise(&self, head: Option<Checkpoint>) -> Result<(), LogTrouble> {
        if let Some(head) = &head {
            let mut wanted = lock(&self.wanted);
            if !covers(wanted.as_ref(), head) {
                *wanted = Some(head.clone());
            }
        }
        let mut held = lock(&self.held);
        let Some(newest) = lock(&self.wanted).clone() else { return Ok(()) };
        if covers(held.as_ref(), head.as_ref().unwrap_or(&newest)) {
            return Ok(());
        }
        write(&self.path, &newest)
            .map_err(|source| LogTrouble::Mark { path: self.path.clone(), source })?;
        *held = Some(newest);
        Ok(())
    }
}

/// Whether a mark at this head says all that one at the other would.
fn covers(mark: Option<&Checkpoint>, other: &Checkpoint) -> bool {
    mark.is_some_and(|mark| mark.origin == other.origin && mark.size >= other.size)
}

/// A poisoned lock only means that a caller panicked; what it guards is replaced at once or not.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn read(text: &str) -> Option<Checkpoint> {
    let [origin, size, root] = text.lines().collect::<Vec<_>>().try_into().ok()?;
    let root = root.parse::<Hash>().ok()?;
    Some(Checkpoint { origin: origin.to_owned(), size: size.parse().ok()?, root })
}

fn write(path: &Path, head: &Checkpoint) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let mut file = File::create(&new)?;
    writeln!(file, "{}\n{}\n{}", head.origin, head.size, head.root)?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    File::open(folder.unwrap_or(Path::new(".")))?.sync_all()
}
