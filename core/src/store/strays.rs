//! Leftovers of the blob folder: set aside once they are old, never deleted, and brought back
//! when an op names them after all.
//!
//! A program that ends between two steps of a capture leaves a part, or a blob without its op.
//! What is still being written looks the same, so only what is older than [`STRAY_GRACE_MS`] is
//! touched; and a blob moves only within a write transaction, while a verb asks within its own
//! whether its blob is still there. So no op is ever committed whose blob was set aside.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::time::UNIX_EPOCH;

use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;

use crate::error::{Error, Result};
use crate::ports::Disk;
use crate::store::BlobFolder;
use crate::store::blobs::make_folder;

/// How long a file is left alone since it was last written, in milliseconds: a day. No capture
/// takes longer, and an app that a phone has put to sleep in the middle of one goes on sooner.
pub const STRAY_GRACE_MS: i64 = 24 * 3_600_000;

/// The folder beside the blobs that leftovers are moved to.
const STRAYS_FOLDER: &str = "strays";

/// The end of the name of a file that is still being written.
const PART_END: &str = "part";

/// A file in the blob folder that no op names.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Leftover {
    /// Where it lies.
    pub path: PathBuf,
    /// When it was last written, in milliseconds since 1970 UTC, as the file system says.
    pub written_ms: i64,
}

impl Leftover {
    /// Whether nobody can still be writing it.
    #[must_use]
    pub fn is_old(&self, now_ms: i64) -> bool {
        now_ms.saturating_sub(self.written_ms) > STRAY_GRACE_MS
    }
}

impl BlobFolder {
    /// The parts and blobs that no op names, ascending by path. A part of a blob that an op names
    /// and that is not whole yet is none: it is how far the sender has come.
    ///
    /// # Errors
    /// `File`.
    pub fn leftovers(&self, named: &BTreeSet<BlobRef>) -> Result<Vec<Leftover>> {
        let addresses: BTreeSet<Hash> = named.iter().map(|blob| blob.address).collect();
        let (held, others) = self.list()?;
        let wanted = named.iter().filter(|blob| held.binary_search(&blob.address).is_err());
        let wanted: BTreeSet<PathBuf> = wanted.map(|blob| self.part_of(*blob)).collect();
        let blobs = held.iter().filter(|address| !addresses.contains(address));
        let parts = others.into_iter().filter(|path| is_part(path) && !wanted.contains(path));
        let mut leftovers = Vec::new();
        for path in blobs.map(|address| self.path_of(*address)).chain(parts) {
            // Whatever is gone by now has become a blob, or another sweep has moved it.
            if let Some(written_ms) = written_ms(&path)? {
                leftovers.push(Leftover { path, written_ms });
            }
        }
        leftovers.sort_unstable_by(|one, other| one.path.cmp(&other.path));
        Ok(leftovers)
    }

    /// Files in the blob folder that this program never wrote. Nobody but their owner moves them.
    ///
    /// # Errors
    /// `File`.
    pub fn foreign(&self) -> Result<Vec<PathBuf>> {
        let (_, mut others) = self.list()?;
        others.retain(|path| !is_part(path));
        Ok(others)
    }

    /// Moves a leftover aside, under the first free name; gives where it lies then. None when it
    /// is gone: somebody else has moved it.
    ///
    /// # Errors
    /// `File`.
    pub fn set_aside(&self, disk: &dyn Disk, leftover: &Leftover) -> Result<Option<PathBuf>> {
        let strays = self.strays_folder();
        // Its name is safe before anything moves into it.
        make_folder(&strays)?;
        let name = leftover.path.file_name().unwrap_or_default().to_owned();
        let numbered = |number: u32| {
            let mut name = name.clone();
            if number > 0 {
                name.push(format!(".{number}"));
            }
            strays.join(name)
        };
        let free = (0..).map(numbered).find(|path| !path.exists());
        let to = free.expect("a folder cannot hold every number");
        let failed = |source| Error::file(&leftover.path, source);
        disk.before("rename").map_err(failed)?;
        match fs::rename(&leftover.path, &to) {
            Ok(()) => Ok(Some(to)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(None),
            Err(source) => Err(failed(source)),
        }
    }

    /// Brings back the blobs that were set aside and that an op names by now. Gives which.
    ///
    /// # Errors
    /// `File`.
    pub fn bring_back(&self, disk: &dyn Disk, named: &BTreeSet<BlobRef>) -> Result<Vec<Hash>> {
        let mut back = Vec::new();
        for address in named.iter().map(|blob| blob.address) {
            let stray = self.strays_folder().join(address.to_string());
            if !self.holds(address) && stray.is_file() {
                self.settle(disk, &stray, address)?;
                back.push(address);
            }
        }
        Ok(back)
    }

    /// Whether a blob was set aside.
    #[must_use]
    pub fn is_set_aside(&self, address: Hash) -> bool {
        self.strays_folder().join(address.to_string()).is_file()
    }

    /// The files that were set aside, ascending.
    ///
    /// # Errors
    /// `File`.
    pub fn strays(&self) -> Result<Vec<PathBuf>> {
        let folder = self.strays_folder();
        let failed = |source| Error::file(&folder, source);
        let entries = match fs::read_dir(&folder) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Vec::new()),
            entries => entries.map_err(failed)?,
        };
        let paths = entries.map(|entry| entry.map(|entry| entry.path()));
        let mut paths = paths.collect::<std::io::Result<Vec<_>>>().map_err(failed)?;
        paths.sort_unstable();
        Ok(paths)
    }

    /// Makes sure that what was set aside stays there after a power cut.
    ///
    /// # Errors
    /// `File`.
    pub fn sync_strays(&self, disk: &dyn Disk) -> Result<()> {
        for folder in [&self.strays_folder(), self.folder()] {
            let failed = |source| Error::file(folder, source);
            disk.before("sync_folder").map_err(failed)?;
            File::open(folder).and_then(|handle| handle.sync_all()).map_err(failed)?;
        }
        Ok(())
    }

    fn strays_folder(&self) -> PathBuf {
        self.folder().with_file_name(STRAYS_FOLDER)
    }
}

fn is_part(path: &Path) -> bool {
    path.extension().is_some_and(|end| end == PART_END)
}

/// When a file was last written; none when it is gone. A clock before 1970 counts as 1970.
fn written_ms(path: &Path) -> Result<Option<i64>> {
    let modified = match fs::metadata(path).and_then(|metadata| metadata.modified()) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        modified => modified.map_err(|source| Error::file(path, source))?,
    };
    let since = modified.duration_since(UNIX_EPOCH).unwrap_or_default();
    Ok(Some(i64::try_from(since.as_millis()).unwrap_or(i64::MAX)))
}
