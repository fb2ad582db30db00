//! What every store of a hub must hold, whatever it is made of: one suite, run for each of them.
//!
//! A claim is a function over a site; a new store needs a site of its own and a line in `suite!`.
#![allow(clippy::unwrap_used, reason = "a test that cannot go on stops where it stands")]

mod blobs;
mod disk;
mod log;
