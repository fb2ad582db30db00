//! Whose ops count: revocation with a cut, adoption, joining by a text, terms, reissue, and assent
//! that is carried.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap, as tests do")]

mod assent;
mod assent_attacks;
mod cut;
mod discard;
mod further;
mod joining;
mod model;
mod order;
mod reissue;
