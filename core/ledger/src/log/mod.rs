//! The log of a hub: an append-only tree of what reached it, its signed heads, and its receipts.
//!
//! Everything of docs/protocol.md section 12, as pure functions: the hub lends the stored hashes
//! (a trait), a key that signs, and the time; a phone or a stranger needs only bytes.
//!
//! - [`node`], [`tile`], [`tree`]: the Merkle tree of RFC 6962, stored as the tiles of C2SP.
//! - [`proof`]: that a leaf is in a tree, and that a tree only grew.
//! - [`entry`]: what one leaf says; [`receipt`]: an entry with its proof.
//! - [`origin`], [`note`], [`checkpoint`]: the signed head of the tree.
//! - [`refusal`]: why a hub did not take a seal, signed.
//!
//! The crates for notes and tiles on the registry are of an older generation of the hashes and
//! curves used here, so they would be compiled twice for every phone; other people's tools check
//! this code from outside instead (tests/go).

pub mod checkpoint;
pub mod entry;
pub mod node;
pub mod note;
pub mod origin;
pub mod proof;
pub mod receipt;
pub mod refusal;
pub mod tile;
pub mod tree;
