//! The procedure engine, tested purely: visits of signed ops in memory, one thing changed at a
//! time.

mod cases;
mod removed;
mod visit;
