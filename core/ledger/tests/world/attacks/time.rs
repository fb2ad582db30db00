//! Attacks on time: clocks that were set.

use crate::world::Story;
use crate::world::case::Case;

const WRITER: &str = "the writer";
/// Far enough to be noted, near enough to stay within the certificate.
const HOUR_MS: i64 = 3_600_000;

pub(super) const ROWS: &[Case] = &[
    Case::verifies("the wall clock is set back before an op", || {
        let mut story = Story::new();
        story.alter(2, 1, |header| {
            header.wall_ms -= HOUR_MS;
            header.deps.clear();
        });
        story.package()
    })
    .noting(&["T1"])
    .bounded(WRITER, "the monotonic clock of the same boot runs on: the jump is noted"),
    Case::verifies("the wall clock creeps back in steps", || {
        let mut story = Story::new();
        for (index, back) in [(0, 70_000), (1, 140_000)] {
            story.alter(2, index, |header| {
                header.wall_ms -= back;
                header.deps.clear();
            });
        }
        story.package()
    })
    .noting(&["T1"])
    .bounded(WRITER, "any two ops of one boot are compared, not only neighbours"),
    Case::verifies("both clocks are set back, after what a colleague wrote", || {
        let mut story = Story::new();
        for index in [0, 1] {
            story.alter(2, index, |header| {
                header.wall_ms -= HOUR_MS;
                header.mono_ms = 1;
                header.boot = angen_ledger::id::BootId([3; 16]);
            });
        }
        story.package()
    })
    .noting(&["T1"])
    .bounded(WRITER, "an op that claims a time before its past is noted"),
    Case::verifies("the monotonic clock goes back within a boot", || {
        let mut story = Story::new();
        story.alter(2, 1, |header| {
            header.mono_ms -= 2_000;
            header.wall_ms -= 2_000;
        });
        story.package()
    })
    .noting(&["T1"])
    .bounded(WRITER, "within one boot it cannot go back"),
    Case::verifies("a whole dossier is backdated, both clocks, nothing else seen", || {
        let mut story = Story::new();
        story.runs.truncate(1);
        story.blobs.truncate(1);
        for index in 0..3 {
            story.alter(0, index, |header| header.wall_ms -= HOUR_MS);
        }
        story.package()
    })
    .not_prevented(
        WRITER,
        "a verified hub checkpoint in the header (not before) and the hub's receipt (not after): the verdict calls the time a claim",
    ),
    Case::verifies("an op is dated before the certificate", || {
        let mut story = Story::new();
        story.alter(2, 1, |header| header.wall_ms -= 30 * 24 * HOUR_MS);
        story.package()
    })
    .noting(&["T1"])
    .detected(WRITER, "the claimed time lies outside the certificate's"),
];
