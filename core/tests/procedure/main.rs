//! The procedure engine, tested purely: visits of signed ops in memory, one thing changed at a
//! time.

mod cases;
mod names;
mod removed;
mod visit;
