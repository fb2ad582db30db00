//! How much is measured: in full, or so little that a test can run it.

/// The amounts of one run.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Sizes {
    /// Records of the main line: once, ten times, a hundred times.
    pub(crate) records: [usize; 3],
    /// Turns of each measurement, odd; the median counts.
    pub(crate) turns: usize,
    /// Edits from phone to phone.
    pub(crate) edits: usize,
    /// Devices that push at once.
    pub(crate) devices: usize,
    /// Submissions of each.
    pub(crate) submissions: usize,
    /// Bytes of the blob.
    pub(crate) blob_bytes: usize,
    /// Devices whose state the hub holds.
    pub(crate) known: usize,
    /// How many of them are signed in: the hub keeps 4,096 sessions.
    pub(crate) signed_in: usize,
    /// Whether peers may be installed.
    pub(crate) may_install: bool,
}

impl Sizes {
    /// What docs/benchmarks-sync.md shows.
    pub(crate) const FULL: Self = Self {
        records: [1_000, 10_000, 100_000],
        turns: 3,
        edits: 51,
        devices: 500,
        submissions: 20,
        blob_bytes: 256 << 20,
        known: 10_000,
        signed_in: 4_000,
        may_install: true,
    };

    /// A few seconds in debug.
    pub(crate) const QUICK: Self = Self {
        records: [10, 100, 1_000],
        turns: 1,
        edits: 3,
        devices: 8,
        submissions: 3,
        blob_bytes: 300_000,
        known: 40,
        signed_in: 10,
        may_install: false,
    };
}
