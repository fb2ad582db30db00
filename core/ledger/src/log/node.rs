//! The hashes of the tree (RFC 6962 section 2.1): leaves and nodes never collide.

use sha2::{Digest, Sha256};

use crate::hash::Hash;

/// The root of the tree without leaves: SHA-256 of nothing.
#[must_use]
pub fn empty_root() -> Hash {
    Hash(Sha256::digest([]).into())
}

/// The hash of a leaf: SHA-256 of 0x00 and the leaf's data.
#[must_use]
pub fn leaf_hash(data: &[u8]) -> Hash {
    let mut sha = Sha256::new();
    sha.update([0]);
    sha.update(data);
    Hash(sha.finalize().into())
}

/// The hash of a node: SHA-256 of 0x01, the left hash and the right one.
#[must_use]
pub fn node_hash(left: &Hash, right: &Hash) -> Hash {
    let mut sha = Sha256::new();
    sha.update([1]);
    sha.update(left.as_bytes());
    sha.update(right.as_bytes());
    Hash(sha.finalize().into())
}
