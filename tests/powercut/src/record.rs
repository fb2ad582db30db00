//! The recorder: one ordered list of what was asked of the disk below a folder.

use std::io;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// One step, with paths relative to the folder that is recorded.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Step {
    /// A file that was not there came to be.
    Create(PathBuf),
    /// A folder was made.
    MakeFolder(PathBuf),
    /// Bytes were written.
    Write {
        /// The file.
        path: PathBuf,
        /// From which byte on.
        offset: u64,
        /// The bytes.
        bytes: Vec<u8>,
    },
    /// A file was cut or stretched.
    Resize {
        /// The file.
        path: PathBuf,
        /// To how many bytes.
        length: u64,
    },
    /// A file got another name.
    Rename {
        /// The name that it had.
        from: PathBuf,
        /// The name that it has.
        to: PathBuf,
    },
    /// The name of a file was taken away.
    Remove(PathBuf),
    /// A file was synced.
    Sync(PathBuf),
    /// A folder was synced.
    SyncFolder(PathBuf),
    /// The program said that its work was done: from here on it must not be lost.
    Acknowledge,
}

/// The end of the name of SQLite's shared memory: it is made again from the log at every start.
const SHARED_MEMORY_END: &str = "-shm";

static RUNNING: AtomicUsize = AtomicUsize::new(0);
static RECORDS: Mutex<Vec<Record>> = Mutex::new(Vec::new());

struct Record {
    root: PathBuf,
    steps: Vec<Step>,
}

/// A recording under way. Several may run at once, below folders that do not contain each other.
pub struct Recording {
    root: PathBuf,
}

impl Recording {
    /// Begins to record what happens below a folder.
    ///
    /// # Errors
    /// What the file system says of the folder.
    pub fn begin(root: &Path) -> io::Result<Self> {
        crate::calls::hold();
        let root = root.canonicalize()?;
        records().push(Record { root: root.clone(), steps: Vec::new() });
        RUNNING.fetch_add(1, Ordering::SeqCst);
        Ok(Self { root })
    }

    /// Notes that the work is done.
    pub fn acknowledge(&self) {
        note(&self.root, |_| Step::Acknowledge);
    }

    /// Ends the recording and gives its steps.
    #[must_use]
    pub fn end(self) -> Vec<Step> {
        let mut records = records();
        let at = records.iter().position(|record| record.root == self.root);
        at.map(|at| records.swap_remove(at).steps).unwrap_or_default()
    }
}

impl Drop for Recording {
    fn drop(&mut self) {
        RUNNING.fetch_sub(1, Ordering::SeqCst);
        records().retain(|record| record.root != self.root);
    }
}

/// Whether anything is recorded at all: if not, a system call passes as quickly as it can.
pub(crate) fn is_running() -> bool {
    RUNNING.load(Ordering::SeqCst) > 0
}

/// Notes a step at a path, if a recording is interested in it.
pub(crate) fn note(path: &Path, step: impl FnOnce(PathBuf) -> Step) {
    if path.as_os_str().to_string_lossy().ends_with(SHARED_MEMORY_END) {
        return;
    }
    let mut records = records();
    for record in &mut *records {
        if let Ok(below) = path.strip_prefix(&record.root) {
            record.steps.push(step(below.to_owned()));
            return;
        }
    }
}

/// Notes that a file got another name; a move into or out of the folder is not understood.
pub(crate) fn note_rename(from: &Path, to: &Path) {
    let mut records = records();
    for record in &mut *records {
        if let (Ok(from), Ok(to)) = (from.strip_prefix(&record.root), to.strip_prefix(&record.root))
        {
            record.steps.push(Step::Rename { from: from.to_owned(), to: to.to_owned() });
            return;
        }
    }
}

fn records() -> MutexGuard<'static, Vec<Record>> {
    RECORDS.lock().unwrap_or_else(PoisonError::into_inner)
}
