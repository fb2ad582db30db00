//! The hub as its clients see it: over sockets, and as a process that is killed.

mod blobs;
mod common;
mod push;
mod refused;
mod restart;
