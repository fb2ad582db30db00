//! How dossiers are kept: custody, closing, retention, holds and erasure.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap, as tests do")]

mod custody;
mod erasure;
mod holds;
mod lost;
mod places;
mod support;
mod wipe;
