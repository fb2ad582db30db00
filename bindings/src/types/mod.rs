//! The core's values as Kotlin and Swift see them: each described once more, none copied.
//!
//! A field that is left out here, or that the core does not have, does not compile.

mod assistance;
mod evidence;
mod ids;
mod missing;
mod note;
mod people;
mod sync;
mod time;

pub use missing::MissingView;
pub use note::NoteView;
pub use sync::SyncRequest;
