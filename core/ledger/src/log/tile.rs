//! Tiles: the hashes of the tree as they are stored and served (C2SP tlog-tiles, height 8).
//!
//! Of the tree's levels only every eighth is kept: level 0 holds the leaf hashes, level 1 the
//! roots of each 256 of them, and so on. Any other node is hashed together from one tile.

use std::fmt::Write as _;

use crate::hash::Hash;

/// Levels of the tree between two levels of tiles.
pub const TILE_HEIGHT: u32 = 8;
/// Hashes in a full tile.
pub const TILE_WIDTH: u64 = 1 << TILE_HEIGHT;

/// A tile by its place.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Tile {
    /// The level of tiles, 0 (leaf hashes) to 7.
    pub level: u32,
    /// The place within the level, from 0.
    pub index: u64,
    /// How many hashes are asked for, from the first: 1 to 256.
    pub width: u64,
}

impl Tile {
    /// The address of the tile on a server, such as `tile/0/x001/234.p/44`.
    #[must_use]
    pub fn path(&self) -> String {
        let mut thousands = vec![self.index % 1_000];
        let mut rest = self.index / 1_000;
        while rest > 0 {
            thousands.push(rest % 1_000);
            rest /= 1_000;
        }
        let mut path = format!("tile/{}", self.level);
        for (place, part) in thousands.iter().enumerate().rev() {
            let more = if place > 0 { "x" } else { "" };
            let _ = write!(path, "/{more}{part:03}");
        }
        if self.width < TILE_WIDTH {
            let _ = write!(path, ".p/{}", self.width);
        }
        path
    }
}

/// Where the hashes of a tree are kept: a table of (level, index, hash), or tiles from a server.
pub trait Tiles {
    /// Why hashes cannot be had.
    type Error;

    /// The first `width` hashes of a tile, in order.
    ///
    /// # Errors
    /// What the storage says.
    fn tile(&self, tile: Tile) -> Result<Vec<Hash>, Self::Error>;
}

/// A hash that belongs into storage: the one at `index` of its level of tiles. It stands in tile
/// `index / 256` at place `index % 256`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Stored {
    /// The level of tiles.
    pub level: u32,
    /// The place within the whole level, from 0.
    pub index: u64,
    /// The hash.
    pub hash: Hash,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_path_is_as_the_page_of_c2sp_gives_it() {
        let path = |level, index, width| Tile { level, index, width }.path();
        assert_eq!(path(0, 0, 256), "tile/0/000");
        assert_eq!(path(3, 999, 1), "tile/3/999.p/1");
        assert_eq!(path(0, 1_234_067, 8), "tile/0/x001/x234/067.p/8");
        assert_eq!(path(1, 1_000, 256), "tile/1/x001/000");
    }
}
