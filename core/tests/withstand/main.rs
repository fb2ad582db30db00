//! What the store and the verbs must withstand: faults at every step, full disks, damage, any
//! order of ops, two phones, and bad input.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "the helpers of tests may unwrap, and say what they skip, as tests do"
)]

mod bad_input;
mod damaged;
mod disk;
mod fail_at_n;
mod mentor;
mod order;
mod orders;
mod pause;
mod preserved;
mod regression;
mod scene;
mod schema;
mod stick;
mod story;
mod sweep;
mod verbs;
mod verbs_later;
