//! What this computer lends the core: its clocks, its chance, and room on its disk.

use std::fs;
use std::io;
use std::path::Path;
use std::time::{Instant, SystemTime, UNIX_EPOCH};

use angen_core::ports::{Chance, Clock, ClockSource, Disk};
use angen_ledger::id::BootId;
use angen_ledger::op::Moment;

/// The system's clocks.
pub(crate) struct SystemClock {
    boot: BootId,
    started: Instant,
}

impl SystemClock {
    /// Finds out which boot this is. Where the system does not tell, each run counts as one.
    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    pub(crate) fn new() -> Self {
        let boot = fs::read_to_string("/proc/sys/kernel/random/boot_id")
            .ok()
            .and_then(|text| text.trim().parse().ok())
            .unwrap_or_else(|| BootId(random()));
        Self { boot, started: Instant::now() }
    }

    /// Milliseconds since the boot, or since this run began.
    fn mono_ms(&self) -> u64 {
        let since_boot = fs::read_to_string("/proc/uptime").ok();
        let seconds = since_boot.and_then(|text| text.split(' ').next()?.parse::<f64>().ok());
        match seconds {
            Some(seconds) => (seconds * 1000.0) as u64,
            None => u64::try_from(self.started.elapsed().as_millis()).unwrap_or(u64::MAX),
        }
    }
}

impl Clock for SystemClock {
    #[expect(clippy::disallowed_methods, reason = "this is where time enters")]
    fn now(&self) -> Moment {
        let wall_ms = match SystemTime::now().duration_since(UNIX_EPOCH) {
            Ok(after) => i64::try_from(after.as_millis()).unwrap_or(i64::MAX),
            Err(before) => -i64::try_from(before.duration().as_millis()).unwrap_or(i64::MAX),
        };
        Moment { wall_ms, mono_ms: self.mono_ms(), boot: self.boot }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Manual
    }
}

/// The system's randomness.
pub(crate) struct SystemChance;

impl Chance for SystemChance {
    #[expect(clippy::disallowed_methods, reason = "this is where chance enters")]
    fn fill(&self, buffer: &mut [u8]) {
        getrandom::fill(buffer).expect("the system has a source of randomness");
    }
}

/// Random bytes of a fixed length.
pub(crate) fn random<const N: usize>() -> [u8; N] {
    let mut bytes = [0; N];
    SystemChance.fill(&mut bytes);
    bytes
}

/// The system's disk.
pub(crate) struct SystemDisk;

impl Disk for SystemDisk {
    fn free_bytes(&self, place: &Path) -> io::Result<u64> {
        let status = rustix::fs::statvfs(place)?;
        Ok(status.f_bavail.saturating_mul(status.f_frsize))
    }
}
