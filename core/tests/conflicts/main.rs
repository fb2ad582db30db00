//! Conflicts: what two phones say without knowing of each other is listed, holds as the worse
//! until a person decides, and is never lost.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod attack;
mod fields;
mod interval;
mod moves;
mod order;
mod phones;
mod table;
mod walk;
