//! Mistakes that can be switched on, so that a test can show that it would notice them.
//!
//! Behind the feature `planted`, which only tests switch on; without it no mistake can be made.
//! Each is named where it is made, and docs/planted.md says what it does and what catches it.

#[cfg(feature = "planted")]
static BUG: std::sync::atomic::AtomicU8 = std::sync::atomic::AtomicU8::new(0);

/// Switches one mistake on, and every other off; 0 is none.
#[cfg(feature = "planted")]
pub fn plant(bug: u8) {
    BUG.store(bug, std::sync::atomic::Ordering::SeqCst);
}

/// Whether a mistake is to be made.
#[cfg(feature = "planted")]
#[must_use]
pub fn bug(number: u8) -> bool {
    BUG.load(std::sync::atomic::Ordering::SeqCst) == number
}

/// Whether a mistake is to be made: never.
#[cfg(not(feature = "planted"))]
#[must_use]
pub const fn bug(_number: u8) -> bool {
    false
}
