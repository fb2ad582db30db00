//! The tree over stored tiles: append to it, and prove things of it (RFC 6962 section 2.1).
//!
//! Appending reads nothing once the [`Edge`] is loaded, and loading it reads one tile for each
//! eight levels. A proof reads at most two tiles for each eight levels.

use std::collections::BTreeMap;

use thiserror::Error;

use crate::hash::Hash;
use crate::log::node::{empty_root, node_hash};
use crate::log::tile::{Stored, TILE_HEIGHT, TILE_WIDTH, Tile, Tiles};

/// Why the tree gives no answer.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum TreeError<E> {
    /// The storage failed.
    #[error("the hashes of the log cannot be read: {0}")]
    Storage(E),
    /// The storage gave another number of hashes than were asked for.
    #[error("{} does not hold what the log has", .0.path())]
    Short(Tile),
    /// The leaf, or the older size, is not within the tree.
    #[error("there is no such leaf or size in the log")]
    Outside,
}

/// The right edge of a tree: the roots of its complete parts, the largest first. All that
/// appending needs; 64 hashes at most.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Edge {
    size: u64,
    peaks: Vec<Hash>,
}

impl Edge {
    /// The edge of a stored tree of `size` leaves.
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn load<S: Tiles>(tiles: &S, size: u64) -> Result<Self, TreeError<S::Error>> {
        let mut view = View::new(tiles, size);
        let mut peaks = Vec::new();
        let mut begin = 0;
        for level in (0..u64::BITS).rev().filter(|level| size >> level & 1 == 1) {
            peaks.push(view.complete(level, begin >> level)?);
            begin += 1 << level;
        }
        Ok(Self { size, peaks })
    }

    /// How many leaves there are.
    #[must_use]
    pub fn size(&self) -> u64 {
        self.size
    }

    /// Appends a leaf, by its leaf hash. Gives what must be stored: the hash itself, and one more
    /// for each tile that it fills.
    pub fn append(&mut self, leaf: Hash) -> Vec<Stored> {
        let index = self.size;
        let mut stored = vec![Stored { level: 0, index, hash: leaf }];
        let (mut hash, mut level) = (leaf, 0);
        while index >> level & 1 == 1 {
            let left = self.peaks.pop().expect("a complete part for each bit of the size");
            hash = node_hash(&left, &hash);
            level += 1;
            if level % TILE_HEIGHT == 0 {
                stored.push(Stored { level: level / TILE_HEIGHT, index: index >> level, hash });
            }
        }
        self.peaks.push(hash);
        self.size += 1;
        stored
    }

    /// The root.
    #[must_use]
    pub fn root(&self) -> Hash {
        let joined =
            self.peaks.iter().rev().copied().reduce(|right, left| node_hash(&left, &right));
        joined.unwrap_or_else(empty_root)
    }
}

/// The root of the tree of the first `size` leaves.
///
/// # Errors
/// [`TreeError`].
pub fn root<S: Tiles>(tiles: &S, size: u64) -> Result<Hash, TreeError<S::Error>> {
    Edge::load(tiles, size).map(|edge| edge.root())
}

/// The proof that the leaf at `index` is in the tree of the first `size` leaves, from the leaf up.
///
/// # Errors
/// [`TreeError`].
pub fn prove_inclusion<S: Tiles>(
    tiles: &S,
    index: u64,
    size: u64,
) -> Result<Vec<Hash>, TreeError<S::Error>> {
    Inclusions::new(tiles, size).prove(index)
}

/// Proves leaf after leaf in one tree, and reads and hashes each part of it once.
pub struct Inclusions<'t, S> {
    view: View<'t, S>,
}

impl<'t, S: Tiles> Inclusions<'t, S> {
    /// For the tree of the first `size` leaves.
    pub fn new(tiles: &'t S, size: u64) -> Self {
        Self { view: View::new(tiles, size) }
    }

    /// As [`prove_inclusion`].
    ///
    /// # Errors
    /// [`TreeError`].
    pub fn prove(&mut self, index: u64) -> Result<Vec<Hash>, TreeError<S::Error>> {
        let view = &mut self.view;
        if index >= view.size {
            return Err(TreeError::Outside);
        }
        let (mut begin, mut end) = (0, view.size);
        let mut proof = Vec::new();
        while end - begin > 1 {
            let middle = begin + greatest_power_below(end - begin);
            if index < middle {
                proof.push(view.range(middle, end)?);
                end = middle;
            } else {
                proof.push(view.range(begin, middle)?);
                begin = middle;
            }
        }
        proof.reverse();
        Ok(proof)
    }
}

/// The proof that the tree of the first `new` leaves begins with the tree of the first `old`.
/// Empty when there is nothing to prove: `old` is 0 or equals `new`.
///
/// # Errors
/// [`TreeError`].
pub fn prove_consistency<S: Tiles>(
    tiles: &S,
    old: u64,
    new: u64,
) -> Result<Vec<Hash>, TreeError<S::Error>> {
    if old > new {
        return Err(TreeError::Outside);
    }
    if old == 0 || old == new {
        return Ok(Vec::new());
    }
    let mut view = View::new(tiles, new);
    let (mut begin, mut end) = (0, new);
    let mut proof = Vec::new();
    while old != end {
        let middle = begin + greatest_power_below(end - begin);
        if old <= middle {
            proof.push(view.range(middle, end)?);
            end = middle;
        } else {
            proof.push(view.range(begin, middle)?);
            begin = middle;
        }
    }
    // A reader knows the old root already when it is the whole left side.
    if begin > 0 {
        proof.push(view.range(begin, end)?);
    }
    proof.reverse();
    Ok(proof)
}

/// The greatest power of two below a number over 1: where RFC 6962 divides a tree.
fn greatest_power_below(count: u64) -> u64 {
    1 << (count - 1).ilog2()
}

/// The nodes of a tree of one size; each tile is read once.
struct View<'t, S> {
    tiles: &'t S,
    size: u64,
    read: BTreeMap<(u32, u64), Vec<Hash>>,
    /// Roots of complete parts by level and index.
    roots: BTreeMap<(u32, u64), Hash>,
}

impl<'t, S: Tiles> View<'t, S> {
    fn new(tiles: &'t S, size: u64) -> Self {
        Self { tiles, size, read: BTreeMap::new(), roots: BTreeMap::new() }
    }

    /// The root of the leaves from `begin` to `end`, a part that the divisions of the tree lead to.
    fn range(&mut self, begin: u64, end: u64) -> Result<Hash, TreeError<S::Error>> {
        let count = end - begin;
        if count.is_power_of_two() {
            let level = count.trailing_zeros();
            return self.complete(level, begin >> level);
        }
        let middle = begin + greatest_power_below(count);
        let (left, right) = (self.range(begin, middle)?, self.range(middle, end)?);
        Ok(node_hash(&left, &right))
    }

    /// The root of a complete part: the node at `index` of a level of the tree.
    fn complete(&mut self, level: u32, index: u64) -> Result<Hash, TreeError<S::Error>> {
        if let Some(known) = self.roots.get(&(level, index)) {
            return Ok(*known);
        }
        let (tile_level, rise) = (level / TILE_HEIGHT, level % TILE_HEIGHT);
        let first = index << rise;
        let place = (first % TILE_WIDTH) as usize;
        let hashes = self.tile(tile_level, first / TILE_WIDTH)?;
        let mut row = hashes[place..place + (1 << rise)].to_vec();
        while row.len() > 1 {
            row = row.chunks(2).map(|pair| node_hash(&pair[0], &pair[1])).collect();
        }
        self.roots.insert((level, index), row[0]);
        Ok(row[0])
    }

    fn tile(&mut self, level: u32, index: u64) -> Result<&[Hash], TreeError<S::Error>> {
        use std::collections::btree_map::Entry;
        let place = match self.read.entry((level, index)) {
            Entry::Occupied(known) => return Ok(known.into_mut()),
            Entry::Vacant(place) => place,
        };
        let in_level = self.size >> (level * TILE_HEIGHT);
        let width = TILE_WIDTH.min(in_level - index * TILE_WIDTH);
        let tile = Tile { level, index, width };
        let hashes = self.tiles.tile(tile).map_err(TreeError::Storage)?;
        if hashes.len() as u64 == width {
            Ok(place.insert(hashes))
        } else {
            Err(TreeError::Short(tile))
        }
    }
}
