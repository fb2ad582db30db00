//! The clock of the demo: the day of the pretend visit, which moves on with the story.

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use angen_core::ports::{Clock, ClockSource};
use angen_ledger::id::BootId;
use angen_ledger::op::Moment;

use crate::host::random;

/// Milliseconds between a device's start and the beginning of the story.
const BOOTED_BEFORE_MS: i64 = 3_600_000;

/// How long an officer takes for one entry.
const ENTRY_MS: i64 = 3_000;

/// A clock that the story sets forward and each entry moves on. It is shared by the devices and
/// the story.
pub(crate) struct StoryClock {
    begin_ms: i64,
    now_ms: AtomicI64,
}

impl StoryClock {
    /// A clock that stands at a wall time.
    pub(crate) fn new(begin_ms: i64) -> Self {
        Self { begin_ms, now_ms: AtomicI64::new(begin_ms) }
    }

    /// Moves on to a wall time; never back.
    pub(crate) fn move_to(&self, wall_ms: i64) {
        self.now_ms.fetch_max(wall_ms, Ordering::Relaxed);
    }
}

/// The clock as a device holds it, since that was started.
pub(crate) struct Shared {
    clock: Arc<StoryClock>,
    boot: BootId,
}

impl Shared {
    /// The clock of one more device.
    pub(crate) fn of(clock: &Arc<StoryClock>) -> Box<Self> {
        Box::new(Self { clock: Arc::clone(clock), boot: BootId(random()) })
    }
}

impl Clock for Shared {
    fn now(&self) -> Moment {
        let clock = &self.clock;
        let wall_ms = clock.now_ms.fetch_add(ENTRY_MS, Ordering::Relaxed);
        let mono_ms = wall_ms - clock.begin_ms + BOOTED_BEFORE_MS;
        Moment { wall_ms, mono_ms: mono_ms.unsigned_abs(), boot: self.boot }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}
