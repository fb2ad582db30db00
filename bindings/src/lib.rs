//! Angen's core for Kotlin and Swift: translate in, call, translate out.
//!
//! An app opens one [`Inspector`] for each database and calls the core's verbs on it, under the
//! core's own names. Nothing is decided here: no exported object holds an `if` or a `match`, and
//! the core's values cross as they are, described a second time below [`types`] because the core
//! knows nothing of uniffi.
//!
//! # How to walk it
//!
//! - [`inspector`]: the object, one method for each verb.
//! - [`package`]: what needs no database: a verdict on a file; `words`: what a code says.
//! - [`host`]: what an app implements: clock, keys, disk.
//! - [`transport`]: what it does on the network, and how it hears what goes on.
//! - [`sync_task`]: an exchange taken step by step, for transfers in the background.
//! - [`handle`]: what it holds on to meanwhile; `drive`, `enrolling` and
//!   `watching` are what goes on.
//! - `encrypting`: a plain database becomes an encrypted one.
//! - `software_keys`: keys in files, for desktops and tests; `chance`: random numbers.
//! - [`lend`]: how that becomes the core's ports, and what is checked on the way.
//! - [`error`]: the core's errors, sorted by what an app can do about them.
//! - [`types`]: the core's values as Kotlin and Swift see them.
//!
//! Every method blocks, and a write waits for the disk: call them off the main thread
//! (`Dispatchers.IO`, a Swift task). Media cross as paths, never as bytes.

mod chance;
mod drive;
mod encrypting;
mod enrolling;
pub mod error;
pub mod handle;
pub mod host;
pub mod inspector;
pub mod lend;
pub mod package;
mod paging;
mod software_keys;
pub mod sync_task;
pub mod transport;
pub mod types;
mod watching;
mod words;

pub use encrypting::encrypt;
pub use error::ApiError;
pub use handle::{Cancel, WatchHandle};
pub use host::{Clock, DatabaseKeys, Disk, HostError, Keys, software_keys};
pub use inspector::Inspector;
pub use sync_task::{SyncStep, SyncTask};
pub use transport::{Changes, Progress, Steps, Transport, TransportError};
pub use words::{fingerprint_words, number_kind, penalty_words};

uniffi::setup_scaffolding!();
