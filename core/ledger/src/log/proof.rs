//! What a proof shows: a leaf is in a tree, or a tree begins with an older one (RFC 9162).

use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::log::node::{empty_root, node_hash};

/// The root that a proof of inclusion leads to: the leaf is in the tree of `size` leaves with
/// this root, and in no other. None when the proof does not fit the place and the size.
///
/// The algorithm of RFC 9162 section 2.1.3.2.
#[must_use]
pub fn root_by_inclusion(leaf: Hash, index: u64, size: u64, proof: &[Hash]) -> Option<Hash> {
    if index >= size {
        return None;
    }
    let (mut place, mut last) = (index, size - 1);
    let mut hash = leaf;
    for side in proof {
        if last == 0 {
            return None;
        }
        if place & 1 == 1 || place == last {
            hash = node_hash(side, &hash);
            skip_lone_levels(&mut place, &mut last);
        } else {
            hash = node_hash(&hash, side);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    (last == 0).then_some(hash)
}

/// Whether the leaf is at `index` of the tree of `size` leaves with this root.
#[must_use]
pub fn verify_inclusion(leaf: Hash, index: u64, size: u64, root: &Hash, proof: &[Hash]) -> bool {
    root_by_inclusion(leaf, index, size, proof).as_ref() == Some(root)
}

/// A tree, as far as a proof of consistency speaks of it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Head {
    /// Leaves.
    pub size: u64,
    /// The root.
    pub root: Hash,
}

impl From<&Checkpoint> for Head {
    fn from(checkpoint: &Checkpoint) -> Self {
        Self { size: checkpoint.size, root: checkpoint.root }
    }
}

/// Whether the new tree begins with the old one. For equal sizes the roots must be equal, and any
/// tree begins with the empty one; both need an empty proof.
///
/// The algorithm of RFC 9162 section 2.1.4.2.
#[must_use]
pub fn verify_consistency(old: &Head, new: &Head, proof: &[Hash]) -> bool {
    if old.size == 0 || old.size >= new.size {
        let same = if old.size == 0 { old.root == empty_root() } else { old == new };
        return same && proof.is_empty();
    }
    // The old root opens the proof by itself when it is a node of the new tree.
    let (mut old_hash, sides) = match proof.split_first() {
        Some(_) if old.size.is_power_of_two() => (old.root, proof),
        Some((first, rest)) => (*first, rest),
        None => return false,
    };
    let mut new_hash = old_hash;
    let below = (old.size - 1).trailing_ones();
    let (mut place, mut last) = ((old.size - 1) >> below, (new.size - 1) >> below);
    for side in sides {
        if last == 0 {
            return false;
        }
        if place & 1 == 1 || place == last {
            old_hash = node_hash(side, &old_hash);
            new_hash = node_hash(side, &new_hash);
            skip_lone_levels(&mut place, &mut last);
        } else {
            new_hash = node_hash(&new_hash, side);
        }
        (place, last) = (place >> 1, last >> 1);
    }
    last == 0 && old_hash == old.root && new_hash == new.root
}

/// The last node of a level may have no neighbour: it rises until it is a right one.
fn skip_lone_levels(place: &mut u64, last: &mut u64) {
    while *place & 1 == 0 && *place != 0 {
        (*place, *last) = (*place >> 1, *last >> 1);
    }
}
