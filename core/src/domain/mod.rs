//! Nouns: what ops are about, as values with their rules. No I/O.

mod evidence;
mod fields;
mod kinds;
mod media;
mod role;
mod time;

pub use evidence::{EvidenceKind, Place, SourceClass};
pub use fields::Fields;
pub use kinds::{KNOWN_KINDS, is_known_kind};
pub use media::{Media, inspect};
pub use role::Role;
pub use time::{china_day, china_time, parse_day};
