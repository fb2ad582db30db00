//! The program as people and other programs meet it: every verb, refusal, help page, and a kill.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]

mod demo;
mod disk;
mod help;
mod hub;
mod kill;
mod program;
mod refused_files;
mod refused_words;
mod town;
mod verify;
mod visit;
