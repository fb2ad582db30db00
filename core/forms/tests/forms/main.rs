//! Tests of forms from the outside; one program, so that it links once.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod answers;
mod expressions;
mod hostile;
mod malformed;
mod round_trip;
mod scale;
mod snapshot;
mod support;
