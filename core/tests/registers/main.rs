//! The registers of a township: rows that come in bulk, and enterprises that are found again.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod rows;
mod search;
