//! What a clock says.

use angen_core::ports::ClockSource;
use angen_ledger::id::BootId;
use angen_ledger::op::Moment;

/// Where the wall time comes from. Evidence records it, because a court asks.
#[uniffi::remote(Enum)]
pub enum ClockSource {
    /// Satellite positioning.
    Gnss,
    /// A time server, lately.
    Network,
    /// Set by hand, or unknown.
    Manual,
}

/// What the device's clocks say.
#[uniffi::remote(Record)]
pub struct Moment {
    /// Milliseconds since 1970 UTC, as the device claims.
    pub wall_ms: i64,
    /// Milliseconds since the boot.
    pub mono_ms: u64,
    /// Which start of the device: an id that is new after each.
    pub boot: BootId,
}
