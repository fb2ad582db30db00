//! The hub of Angen 安根: takes the ops and blobs of dossiers over HTTP into a database of its
//! own, and answers with the head that it stored.
//!
//! Its database is the core's [`Store`](angen_core::store::Store) in a folder of its own, so what
//! a phone refuses the hub refuses, by the same code. It believes nothing that does not lead to a
//! root that it was given. docs/hub.md has every request, byte by byte.
//!
//! # How to walk it
//!
//! - [`run`]: a hub as a process, with a runtime of its own; what the command line calls.
//! - [`server`]: connections, then routes, then one file for each thing that is sent.
//! - [`client`]: pushes a dossier from a store to a hub, and checks the answer.
//! - [`wire`]: what travels in bodies. [`limits`]: every limit by name.
//!
//! # What it leaves out
//!
//! Receipts, enrolment, pulling, and TLS: this is the push half of a session, without proofs. So
//! it listens on the loopback address unless it is told otherwise, and who can connect can ask.

pub mod client;
pub mod limits;
mod run;
pub mod server;
mod trust;
pub mod wire;

pub use run::{HubError, Options, run};
