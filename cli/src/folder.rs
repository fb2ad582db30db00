//! The folder that a package is opened into: its originals appear there whole, or not at all.

use std::fs::{self, File};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use angen_ledger::hash::Hash;
use angen_page::{ORIGINALS_FOLDER, OriginalSink};

/// Originals are written beside their place and move there when the package has been verified.
pub(crate) struct Folder {
    target: PathBuf,
    pending: PathBuf,
    file: Option<(PathBuf, BufWriter<File>)>,
}

impl Folder {
    /// Begins in a folder that is new or empty.
    ///
    /// # Errors
    /// When it cannot be made, or holds something already.
    pub(crate) fn new(out: &Path) -> io::Result<Self> {
        fs::create_dir_all(out)?;
        if fs::read_dir(out)?.next().is_some() {
            return Err(io::ErrorKind::DirectoryNotEmpty.into());
        }
        let pending = out.join(".originals.part");
        fs::create_dir(&pending)?;
        Ok(Self { target: out.join(ORIGINALS_FOLDER), pending, file: None })
    }
}

impl OriginalSink for Folder {
    fn begin(&mut self, _address: Hash, file_name: &str) -> io::Result<()> {
        let path = self.pending.join(file_name);
        self.file = Some((path.clone(), BufWriter::new(File::create_new(path)?)));
        Ok(())
    }

    fn part(&mut self, part: &[u8]) -> io::Result<()> {
        match &mut self.file {
            Some((_, file)) => file.write_all(part),
            None => Ok(()),
        }
    }

    fn end(&mut self, holds: bool) -> io::Result<()> {
        let Some((path, mut file)) = self.file.take() else { return Ok(()) };
        file.flush()?;
        if holds { Ok(()) } else { fs::remove_file(path) }
    }

    fn finish(&mut self, keep: bool) -> io::Result<()> {
        self.file = None;
        if keep {
            fs::rename(&self.pending, &self.target)
        } else {
            fs::remove_dir_all(&self.pending)
        }
    }
}
