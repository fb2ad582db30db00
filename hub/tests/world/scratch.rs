//! Where the world lies.

use std::path::Path;

use tempfile::TempDir;

/// Room that the memory must have: a container often has a tenth of this, and would be full.
const ROOM_BYTES: u64 = 1 << 30;

/// A folder in memory where there is room: what a power cut leaves is another test's.
pub(crate) fn scratch() -> TempDir {
    let memory = Path::new("/dev/shm");
    let room = rustix::fs::statvfs(memory).map_or(0, |disk| disk.f_bavail * disk.f_frsize);
    let folder =
        if room >= ROOM_BYTES { tempfile::tempdir_in(memory) } else { tempfile::tempdir() };
    folder.unwrap()
}
