//! The log of a hub: its tree against another implementation, its notes, entries and receipts.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
#[path = "../world/mod.rs"]
mod world;

mod items;
mod notes;
mod tree;
