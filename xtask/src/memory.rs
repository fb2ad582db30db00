//! Where tests put their databases and files: in memory, where the machine has room for them.
//!
//! Thousands of small commits are synced, and a test waits for the disk half of its time or more.
//! What survives a power cut is asked of a disk that is played (`core/tests/power_cut`), and of
//! processes that are killed, whose files the system keeps either way; of the machine's own disk
//! nothing is asked.

use std::process::Command;

use crate::step::Step;

/// A folder in memory on every Linux.
const FOLDER: &str = "/dev/shm";

/// What tests hold at one time is a tenth of it.
const ROOM_BYTES: u64 = 4 << 30;

/// The folder for temporary files of tests. None where there is no such memory, and where whoever
/// started the run has said another one: `TMPDIR=/var/tmp cargo xtask test` runs on the disk.
pub(crate) fn folder() -> Option<&'static str> {
    if std::env::var_os("TMPDIR").is_some() {
        return None;
    }
    let format = ["--file-system", "--format=%T %a %S", FOLDER];
    let said = Command::new("stat").args(format).output().ok()?;
    has_room(&String::from_utf8_lossy(&said.stdout)).then_some(FOLDER)
}

/// What `stat` says: the kind of file system, its free blocks, the bytes of a block.
fn has_room(said: &str) -> bool {
    let mut words = said.split_whitespace();
    let is_memory = words.next() == Some("tmpfs");
    let figures: Vec<u64> = words.filter_map(|word| word.parse().ok()).collect();
    let bytes = |figures: &[u64]| figures.iter().try_fold(1_u64, |all, one| all.checked_mul(*one));
    is_memory && figures.len() == 2 && bytes(&figures).is_none_or(|free| free >= ROOM_BYTES)
}

/// Lets a step put its temporary files there.
pub(crate) fn within(step: Step) -> Step {
    match folder() {
        Some(folder) => step.env("TMPDIR", folder),
        None => step,
    }
}

/// The same for a step of Maven, whose Java looks at no variable.
pub(crate) fn within_java(mut step: Step) -> Step {
    if let Some(folder) = folder() {
        step.command.push(format!("-Dangen.tmp={folder}"));
    }
    step
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_memory_with_room_is_taken() {
        assert!(has_room("tmpfs 6291456 4096\n"));
        assert!(!has_room("tmpfs 16384 4096\n"), "64 MiB, as a container has it");
        assert!(!has_room("ext2/ext3 6291456 4096\n"));
        assert!(!has_room(""));
    }
}
