//! What a power cut may leave: every step that a program asks of the disk is recorded, and each
//! beginning of that record is made into the folders that a cut at this point may leave behind.
//!
//! A test that links this crate has its system calls recorded ([`Recording`]): those of SQLite and
//! those of `std::fs` alike, in one order, as they were really asked for. [`Tape`] knows which
//! steps were synced at each point, and lets the others happen, not happen, or happen in part
//! ([`Choice`]). The test opens each [`Image`] and judges.
//!
//! The disk is a strict one: a sync of a file makes its bytes safe and not its name; a name is
//! safe once its folder was synced; what was not synced may survive in any selection; a write may
//! survive in some of its sectors, or as zeros. Only a rename happens as a whole or not at all.
#![cfg(all(target_os = "linux", target_pointer_width = "64"))]

mod calls;
mod choice;
mod image;
mod record;
mod tape;

pub use choice::{Choice, Fate, choices};
pub use image::{Image, Node};
pub use record::{Recording, Step};
pub use tape::Tape;
