//! Nouns: what ops are about, as values with their rules. No I/O.

mod fields;
mod kinds;

pub use fields::Fields;
pub use kinds::{KNOWN_KINDS, is_known_kind};
