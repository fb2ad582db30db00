//! Hostile input in memory, for the tests of this crate and for the fuzz targets.

pub mod cells;
pub mod replay;
