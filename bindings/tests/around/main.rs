//! What surrounds the officer's work, over the exported objects: sync, watches, packages, and an
//! app whose traits fail, hang or talk nonsense.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod bad;
mod before_first_sync;
mod certify;
mod emptied;
mod enrol;
mod host;
mod hub;
mod package;
mod sync;
mod upgrade;
mod watch;
