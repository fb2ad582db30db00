//! What a hub asks of its stores: traits, and what implements them here.
//!
//! A hub of a township has a database and a folder beside it; tests and a rehearsal have memory;
//! a province will have PostgreSQL and a store of objects (docs/adr/0017). The server knows the
//! traits alone, and one suite of checks (`hub/tests/conformance`) says what each must hold.

mod blobs;
mod log;

pub use blobs::{Arrived, BlobStore, FolderBlobs, MemoryBlobs, Part, Resumed};
pub(crate) use log::log_pen;
pub use log::{
    ArrivedRuns, Asker, ChangeSettings, ChangedSince, Counts, GivenReceipts, Held, LogStore,
    MemoryLog, Outcome, Outcomes, Pen, Right, RunsMax, Settings, SqliteLog, Submission,
};
