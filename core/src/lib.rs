//! The core of Angen 安根: nouns, procedure, verbs and the store.
//!
//! What an officer does in a factory becomes signed ops in a database on her phone; no socket is
//! opened here, and nothing is lost when the phone dies in the middle of a verb.
//!
//! # How to walk it
//!
//! - [`domain`]: nouns, as values with their rules. No I/O.
//! - [`procedure`]: the law as dated data, and the engine that counts what was done. No I/O.
//! - [`action`]: verbs, one file each. Start with `capture_evidence`: the others are like it.
//! - [`desk`]: what a verb runs on: one transaction, one seal.
//! - [`store`]: the only place where SQL is spoken.
//! - [`sync`]: the session with a hub, as a state machine that a host drives.
//! - [`ports`]: what the host lends: clocks, chance, keys, room on the disk.
//! - [`error`]: what can go wrong, in Chinese and English.
//!
//! The wire format is the library `angen-ledger`'s; checklists are `angen-forms`'s.

pub mod action;
pub mod desk;
pub mod domain;
pub mod error;
#[doc(hidden)]
pub mod planted;
pub mod ports;
pub mod procedure;
pub mod store;
pub mod sync;
