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
    heads: Mutex<Heads>,
}

struct Heads {
    /// In the file.
    held: Option<Checkpoint>,
    /// What it should hold and does not, since writing failed.
    owed: Option<Checkpoint>,
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
        Ok(Self { path, heads: Mutex::new(Heads { held, owed: None }) })
    }

    pub(crate) fn head(&self) -> Option<Checkpoint> {
        self.heads().held.clone()
    }

    /// Raises the mark to a head that is on the disk, or to one that is still owed. Two batches
    /// may come here in either order: the mark never falls within a log.
    pub(crate) fn raise(&self, head: Option<Checkpoint>) -> Result<(), LogTrouble> {
        let mut heads = self.heads();
        let higher = |one: &Checkpoint, other: &Checkpoint| {
            one.origin == other.origin && one.size >= other.size
        };
        for head in [heads.owed.take(), head].into_iter().flatten() {
            if heads.held.as_ref().is_some_and(|held| higher(held, &head)) {
                continue;
            }
            if let Err(source) = write(&self.path, &head) {
                heads.owed = Some(head);
                return Err(LogTrouble::Mark { path: self.path.clone(), source });
            }
            heads.held = Some(head);
        }
        Ok(())
    }

    fn heads(&self) -> MutexGuard<'_, Heads> {
        self.heads.lock().unwrap_or_else(PoisonError::into_inner)
    }
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
