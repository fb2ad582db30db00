//! The ledger: signed, linked ops, and packages that a stranger can verify alone.
//!
//! Pure: bytes in, values out. No file, no clock, no chance, no database; what the world lends
//! (a moment, random bytes, a key that signs) is handed in.
//!
//! # How to walk it
//!
//! - [`wire`], [`value`]: the one encoding of every value, read strictly.
//! - [`header`], [`body`], [`op`]: what an officer did, in fields that can be withheld one by one.
//! - [`seal`], [`run`]: one signature over a run of linked ops.
//! - [`certificate`], [`scope`], [`key`], [`cose`]: whose signature, and what for.
//! - [`blob`]: files, encrypted, with both digests of the original.
//! - [`heads`]: the value of a field, from ops in any order.
//! - [`erasure`]: which fields are gone for good, and who stood behind it.
//! - [`assent`]: assent that somebody gives on a phone of their own, without a network.
//! - [`enrolment`]: how a new device gets its certificate without a network.
//! - [`revocation`]: from where on a writer's ops no longer count.
//! - [`log`]: what reached a hub, in a tree that only grows; receipts, signed heads, refusals.
//! - [`lately`]: what need not be worked out again.
//! - [`package`], [`verify`]: everything in one file, and the verdict on it, rule by rule.
//! - [`bundle`]: a package that only its readers open, for a stick in anybody's hands.
//!
//! docs/protocol.md is the page that all of it follows; a change to the page is a new version.
//!
//! # Example
//!
//! ```
//! use angen_ledger::verify::{NoObserver, Outcome, verify};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let bytes = b"not a package";
//! let verdict = verify(bytes.as_slice(), None, &mut NoObserver)?;
//! assert_eq!(verdict.outcome, Outcome::Unreadable);
//! # Ok(())
//! # }
//! ```
//!
//! # What it leaves out
//!
//! What ops *mean* (procedure and law) is the core's. Suite 2 (SM3 with SM2) has its place in the
//! format and no code yet.

pub mod assent;
pub mod blob;
pub mod body;
pub mod bundle;
pub mod certificate;
pub mod cose;
pub mod enrolment;
pub mod erasure;
pub mod hash;
pub mod header;
pub mod heads;
pub mod id;
pub mod invitation;
pub mod key;
pub mod kind;
pub mod lately;
pub mod limits;
pub mod log;
pub mod op;
pub mod package;
pub mod past;
pub mod revocation;
pub mod run;
pub mod scope;
pub mod seal;
#[cfg(feature = "testing")]
pub mod testing;
pub mod value;
pub mod verify;
pub mod wire;
