//! Roots and proofs of every size up to a few hundred, compared with another implementation.

use std::cell::Cell;
use std::convert::Infallible;

use angen_ledger::hash::Hash;
use angen_ledger::log::node::{empty_root, leaf_hash, node_hash};
use angen_ledger::log::proof::{Head, root_by_inclusion, verify_consistency, verify_inclusion};
use angen_ledger::log::tile::{Tile, Tiles};
use angen_ledger::log::tree::{Edge, TreeError, prove_consistency, prove_inclusion, root};
use angen_ledger::testing::hub::Shelf;
use ct_merkle::mem_backed_tree::MemoryBackedTree;
use proptest::prelude::*;
use sha2::Sha256;

/// Past the first full tile and the first node above it.
const SIZE_MAX: u64 = 300;

fn data(index: u64) -> Vec<u8> {
    format!("leaf {index}").into_bytes()
}

fn leaf(index: u64) -> Hash {
    leaf_hash(&data(index))
}

fn shelf(size: u64) -> Shelf {
    let (mut shelf, mut edge) = (Shelf::default(), Edge::default());
    (0..size).for_each(|index| shelf.keep(edge.append(leaf(index))));
    shelf
}

fn oracle(size: u64) -> MemoryBackedTree<Sha256, Vec<u8>> {
    let mut tree = MemoryBackedTree::new();
    (0..size).for_each(|index| tree.push(data(index)));
    tree
}

fn oracle_root(tree: &MemoryBackedTree<Sha256, Vec<u8>>) -> Hash {
    Hash::from_slice(tree.root().as_bytes()).expect("32 bytes")
}

fn bytes(proof: &[Hash]) -> Vec<u8> {
    proof.iter().flat_map(|hash| hash.0).collect()
}

#[test]
fn roots_are_those_of_another_implementation() {
    let shelf = shelf(SIZE_MAX);
    let mut other = oracle(0);
    for size in 0..=SIZE_MAX {
        assert_eq!(root(&shelf, size), Ok(oracle_root(&other)), "{size} leaves");
        other.push(data(size));
    }
    assert_eq!(root(&shelf, 0), Ok(empty_root()));
}

#[test]
fn every_inclusion_is_proved_as_another_implementation_proves_it() {
    let shelf = shelf(SIZE_MAX);
    let mut other = oracle(0);
    for size in 1..=SIZE_MAX {
        other.push(data(size - 1));
        let head = oracle_root(&other);
        for index in 0..size {
            let proof = prove_inclusion(&shelf, index, size).expect("memory holds it");
            let theirs = other.prove_inclusion(index as usize);
            assert_eq!(bytes(&proof), theirs.as_bytes(), "leaf {index} of {size}");
            assert!(verify_inclusion(leaf(index), index, size, &head, &proof));
        }
    }
}

#[test]
fn every_consistency_is_proved_as_another_implementation_proves_it() {
    let shelf = shelf(SIZE_MAX);
    let mut other = oracle(0);
    let mut heads = vec![Head { size: 0, root: empty_root() }];
    for size in 1..=SIZE_MAX {
        other.push(data(size - 1));
        let new = Head { size, root: oracle_root(&other) };
        heads.push(new);
        for old in &heads {
            let proof = prove_consistency(&shelf, old.size, size).expect("memory holds it");
            if old.size > 0 && old.size < size {
                let theirs = other.prove_consistency((size - old.size) as usize);
                assert_eq!(bytes(&proof), theirs.as_bytes(), "{} to {size}", old.size);
            }
            assert!(verify_consistency(old, &new, &proof), "{} to {size}", old.size);
        }
    }
}

#[test]
fn an_edge_that_was_loaded_goes_on_as_the_first_one_did() {
    let shelf = shelf(SIZE_MAX);
    let mut edge = Edge::default();
    for size in 0..SIZE_MAX {
        let mut loaded = Edge::load(&shelf, size).expect("memory holds it");
        assert_eq!(loaded, edge, "{size} leaves");
        assert_eq!(loaded.append(leaf(size)), edge.append(leaf(size)), "{size} leaves");
    }
}

/// A tree of equal leaves, of any size: what is at a place depends on the level alone.
struct Uniform {
    reads: Cell<u64>,
}

impl Uniform {
    fn at(level: u32) -> Hash {
        (0..level).fold(leaf_hash(b"same"), |hash, _| node_hash(&hash, &hash))
    }
}

impl Tiles for Uniform {
    type Error = Infallible;

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>, Infallible> {
        self.reads.set(self.reads.get() + 1);
        Ok(vec![Self::at(tile.level * 8); tile.width as usize])
    }
}

#[test]
fn a_log_of_any_size_reads_two_tiles_for_eight_levels_at_most() {
    for size in [1, 1 << 20, (1 << 40) + 12_345, (1 << 62) + 1, (1 << 63) - 1] {
        let tiles = Uniform { reads: Cell::new(0) };
        let head = root(&tiles, size).expect("memory holds it");
        assert!(tiles.reads.replace(0) <= 8, "{size} leaves");
        for index in [0, size / 3, size - 1] {
            let proof = prove_inclusion(&tiles, index, size).expect("memory holds it");
            assert!(proof.len() <= 63);
            assert!(tiles.reads.replace(0) <= 16, "leaf {index} of {size}");
            assert!(verify_inclusion(leaf_hash(b"same"), index, size, &head, &proof));
        }
        let old = size / 2 + 1;
        let proof = prove_consistency(&tiles, old, size).expect("memory holds it");
        assert!(proof.len() <= 64 && tiles.reads.get() <= 16);
        let old = Head { size: old, root: root(&tiles, old).expect("memory holds it") };
        assert!(verify_consistency(&old, &Head { size, root: head }, &proof));
    }
}

#[test]
fn what_the_log_does_not_have_is_not_proved() {
    let shelf = shelf(10);
    assert_eq!(prove_inclusion(&shelf, 10, 10), Err(TreeError::Outside));
    assert_eq!(prove_consistency(&shelf, 11, 10), Err(TreeError::Outside));
    let short = Tile { level: 0, index: 0, width: 11 };
    assert_eq!(root(&shelf, 11), Err(TreeError::Short(short)));
    assert_eq!(root_by_inclusion(leaf(0), 0, 0, &[]), None);
    let nothing = Head { size: 0, root: empty_root() };
    let other = Head { size: 0, root: leaf(1) };
    let one = Head { size: 1, root: leaf(0) };
    assert!(!verify_consistency(&other, &one, &[]), "the empty tree has one root");
    assert!(!verify_consistency(&nothing, &one, &[leaf(0)]), "a proof of nothing is empty");
    assert!(!verify_consistency(&one, &nothing, &[]), "a tree does not shrink");
    let two = Head { size: 2, root: node_hash(&leaf(0), &leaf(1)) };
    assert!(!verify_consistency(&one, &two, &[]), "an empty proof proves nothing here");
}

/// One change of a proof.
#[derive(Debug, Clone)]
enum Change {
    Flip { place: usize, bit: usize },
    Remove(usize),
    Repeat(usize),
    Append,
    Swap(usize),
}

impl Change {
    /// The changed proof, or none when this changes nothing.
    fn of(&self, proof: &[Hash]) -> Option<Vec<Hash>> {
        let mut changed = proof.to_vec();
        let within = |place: usize| (!proof.is_empty()).then(|| place % proof.len().max(1));
        match *self {
            Self::Flip { place, bit } => changed[within(place)?].0[bit / 8] ^= 1 << (bit % 8),
            Self::Remove(place) => drop(changed.remove(within(place)?)),
            Self::Repeat(place) => changed.insert(within(place)?, proof[within(place)?]),
            Self::Append => changed.push(leaf(7)),
            Self::Swap(place) => changed.swap(within(place)?, within(place + 1)?),
        }
        (changed != proof).then_some(changed)
    }
}

fn change() -> impl Strategy<Value = Change> {
    prop_oneof![
        (0..64usize, 0..256usize).prop_map(|(place, bit)| Change::Flip { place, bit }),
        (0..64usize).prop_map(Change::Remove),
        (0..64usize).prop_map(Change::Repeat),
        Just(Change::Append),
        (0..64usize).prop_map(Change::Swap),
    ]
}

/// A size, and a place within it.
fn place() -> impl Strategy<Value = (u64, u64)> {
    (1..=SIZE_MAX).prop_flat_map(|size| (0..size, Just(size)))
}

proptest! {
    #[test]
    fn a_changed_proof_of_inclusion_fails((index, size) in place(), change in change()) {
        let shelf = shelf(size);
        let head = root(&shelf, size).expect("memory holds it");
        let proof = prove_inclusion(&shelf, index, size).expect("memory holds it");
        if let Some(changed) = change.of(&proof) {
            prop_assert!(!verify_inclusion(leaf(index), index, size, &head, &changed));
        }
    }

    /// The size alone is not bound by a proof: the checkpoint signs it together with the root.
    #[test]
    fn another_leaf_place_or_root_fails(
        (index, size) in place(), other in 0..SIZE_MAX, bit in 0..256usize,
    ) {
        let shelf = shelf(size);
        let head = root(&shelf, size).expect("memory holds it");
        let proof = prove_inclusion(&shelf, index, size).expect("memory holds it");
        if other != index {
            prop_assert!(!verify_inclusion(leaf(other), index, size, &head, &proof));
            prop_assert!(!verify_inclusion(leaf(index), other, size, &head, &proof));
        }
        let mut wrong = head;
        wrong.0[bit / 8] ^= 1 << (bit % 8);
        prop_assert!(!verify_inclusion(leaf(index), index, size, &wrong, &proof));
    }

    #[test]
    fn a_changed_proof_of_consistency_fails((old, new) in place(), change in change()) {
        let shelf = shelf(new);
        let head = |size| Head { size, root: root(&shelf, size).expect("memory holds it") };
        let proof = prove_consistency(&shelf, old, new).expect("memory holds it");
        if let Some(changed) = change.of(&proof) {
            prop_assert!(!verify_consistency(&head(old), &head(new), &changed));
        }
    }

    #[test]
    fn a_tree_that_begins_otherwise_is_not_consistent(
        (old, new) in place(), bit in 0..256usize, is_old in any::<bool>(),
    ) {
        let shelf = shelf(new);
        let head = |size| Head { size, root: root(&shelf, size).expect("memory holds it") };
        let (mut before, mut after) = (head(old), head(new));
        let proof = prove_consistency(&shelf, old, new).expect("memory holds it");
        let wrong = if is_old { &mut before } else { &mut after };
        wrong.root.0[bit / 8] ^= 1 << (bit % 8);
        // Any tree begins with the empty one.
        prop_assert!(old == 0 && !is_old || !verify_consistency(&before, &after, &proof));
    }
}
