//! The hub as its clients see it: over sockets, and as a process that is killed.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod asked;
mod attacks;
mod blobs;
mod common;
mod corpus;
mod cut_pull;
mod enrol;
mod exchange;
mod kept;
mod lies;
mod log;
mod matrix;
mod proof;
mod proxy;
mod pull;
mod push;
mod refused;
mod renew;
mod restart;
mod retire;
mod sessions;
mod shares;
mod stores;
mod tls;
mod together;
mod told;
mod two_sessions;
mod warm;
