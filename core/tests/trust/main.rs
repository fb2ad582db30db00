//! Whose ops count: revocation with a cut, adoption, joining by a text, terms, and reissue.

#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap, as tests do")]

mod cut;
mod discard;
mod further;
mod joining;
mod model;
mod order;
mod reissue;
