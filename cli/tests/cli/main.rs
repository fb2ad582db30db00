//! The program as people and other programs meet it: every verb, refusal, help page, and a kill.

#![allow(
    clippy::unwrap_used,
    clippy::print_stdout,
    reason = "the helpers of tests may unwrap and print as tests do"
)]

mod bundle;
mod case;
mod conflicts;
mod demo;
mod disk;
mod documents;
mod follow_up;
mod help;
mod hub;
mod hub_tls;
mod keeping;
mod kill;
mod powers;
mod program;
mod refused_files;
mod refused_words;
mod registers;
mod rounds;
mod town;
mod trust;
mod verify;
mod visit;
