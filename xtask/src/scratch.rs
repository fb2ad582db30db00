//! Where the tests keep what they make: in memory, where the machine has the room.

use std::path::Path;

/// Linux's file system in memory. Containers often have one of 64 MiB, which is too small.
const IN_MEMORY: &str = "/dev/shm";

/// Bytes that must be free there. The tests were seen to hold less than a third of it at once.
const ROOM_BYTES: u64 = 4 << 30;

/// The folder for what tests make, if one in memory has the room. Thousands of databases are made,
/// each of which waits for the disk at every commit: no test learns anything from that wait, since
/// what a power cut leaves is played back from a record.
pub(crate) fn folder() -> Option<&'static str> {
    let free = rustix::fs::statvfs(IN_MEMORY).ok()?;
    let is_writable = takes_files(Path::new(IN_MEMORY));
    (is_writable && free.f_bavail.saturating_mul(free.f_frsize) >= ROOM_BYTES).then_some(IN_MEMORY)
}

fn takes_files(folder: &Path) -> bool {
    let probe = folder.join(format!("angen-xtask-{}", std::process::id()));
    std::fs::write(&probe, b"").and_then(|()| std::fs::remove_file(&probe)).is_ok()
}
