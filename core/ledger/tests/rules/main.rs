//! The rules of the ledger one by one, as properties where there is one.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
#[path = "../world/mod.rs"]
mod world;

mod any;
mod blobs;
mod encoding;
mod heads;
mod limits;
mod trust;
