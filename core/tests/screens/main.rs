//! What screens read of an officer's work: lists, today, a checklist and its state.

#![allow(clippy::unwrap_used, reason = "a test that cannot go on says where")]

mod forms;
mod lists;
mod measures;
mod today;

use angen_testing::township::Township;

/// A moment on the day of the pretend township's work, behind everything that it recorded.
fn now_ms(town: &Township) -> i64 {
    town.ports.clock.now().wall_ms
}
