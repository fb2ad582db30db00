//! Where the world lies.

use std::path::Path;

use tempfile::TempDir;

/// A folder in memory where there is one: what a power cut leaves is another test's.
pub(crate) fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    if memory.is_dir() { tempfile::tempdir_in(memory) } else { tempfile::tempdir() }.unwrap()
}
