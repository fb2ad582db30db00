//! The hub of Angen 安根: takes the ops and blobs of dossiers over HTTP into a database of its
//! own, and answers with the head that it stored.
//!
//! Its database is the core's [`Store`](angen_core::store::Store) in a folder of its own, so what
//! a phone refuses the hub refuses, by the same code. It believes nothing that does not lead to a
//! root that it was given. docs/hub.md has every request, byte by byte.
//!
//! A hub that an administrator has certified also keeps a log of all that reached it, a tree that
//! only grows, and gives dossiers to those who sign in with a certificate for their area.
//!
//! # How to walk it
//!
//! - [`run`]: a hub as a process, with a runtime of its own; what the command line calls.
//! - [`server`]: connections, then routes, then one file for each thing that is sent.
//! - [`store`]: what it asks of its stores, and the stores.
//! - [`Logging`], [`HubKey`]: what the log needs: a certified key, a clock, a mark.
//! - [`client`]: drives the core's session over blocking HTTP, for the command line and tests.
//! - [`backup`], [`restore`], [`check`]: what keeps a hub from being lost.
//! - [`OfflineHub`]: takes bundles from a stick, and writes receipts onto one.
//! - [`wire`]: what travels in bodies. [`limits`]: every limit by name.
//!
//! # What it leaves out
//!
//! Witnesses. Without TLS it listens on the loopback address unless it
//! is told otherwise.

mod backup;
mod check;
pub mod client;
mod folder_lock;
mod key;
pub mod limits;
mod local;
mod log;
mod retire;
mod run;
pub mod server;
mod stick;
pub mod store;
#[doc(hidden)]
pub mod testing;
mod tls;
mod trust;

pub use angen_core::sync::wire;
pub use backup::{BackedUp, MANIFEST, Restored, backup, restore};
pub use check::{Checked, check};
pub use key::{HubKey, KEY_FILE};
pub use local::{ServingHub, StickHub};
pub use log::{LogTrouble, Logging, MARK_FILE};
pub use retire::retire_root;
pub use run::{HubError, Options, Running, run};
pub use stick::{OfflineHub, Readers};
pub use tls::{Tls, TlsTrouble};
