//! A disk that has as much room as a test says, and fails at the step that it says.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicU64, Ordering};

use angen_core::ports::Disk;

/// The disk of a site.
pub(crate) struct FaultyDisk {
    free: AtomicU64,
    /// Steps until one fails; `u64::MAX` when none does.
    left: AtomicU64,
}

impl FaultyDisk {
    /// More room than any test needs, and no fault.
    pub(crate) fn sound() -> Self {
        Self { free: AtomicU64::new(1 << 40), left: AtomicU64::new(u64::MAX) }
    }

    pub(crate) fn set_free(&self, bytes: u64) {
        self.free.store(bytes, Ordering::Relaxed);
    }

    /// Makes the step behind the next `steps` fail, and no other.
    pub(crate) fn fail_after(&self, steps: u64) {
        self.left.store(steps, Ordering::Relaxed);
    }

    /// Ends the faults. True when one has happened.
    pub(crate) fn mend(&self) -> bool {
        self.left.swap(u64::MAX, Ordering::Relaxed) == u64::MAX
    }
}

impl Disk for FaultyDisk {
    fn free_bytes(&self, _place: &Path) -> io::Result<u64> {
        Ok(self.free.load(Ordering::Relaxed))
    }

    fn before(&self, step: &'static str) -> io::Result<()> {
        // At none it goes below zero, and so round to "never".
        let left = self.left.load(Ordering::Relaxed);
        if left < u64::MAX {
            self.left.store(left.wrapping_sub(1), Ordering::Relaxed);
        }
        if left == 0 { Err(io::Error::other(format!("planted at {step}"))) } else { Ok(()) }
    }
}
