//! The hub as its clients see it: over sockets, and as a process that is killed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod blobs;
mod common;
mod exchange;
mod kept;
mod lies;
mod log;
mod proof;
mod pull;
mod push;
mod refused;
mod restart;
mod sessions;
mod shares;
mod tls;
mod told;
