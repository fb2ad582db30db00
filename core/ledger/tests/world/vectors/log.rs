//! The tree of a hub's log: hashes, roots, tiles and proofs.

use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::log::node::leaf_hash;
use angen_ledger::log::proof::{Head, verify_consistency, verify_inclusion};
use angen_ledger::log::tile::{TILE_WIDTH, Tile, Tiles};
use angen_ledger::log::tree::{Edge, prove_consistency, prove_inclusion, root};
use angen_ledger::testing::hub::Shelf;
use angen_ledger::wire::Wire;
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{hex, log_items, unhex};
use crate::world::logged::Logged;

const NAMES: [HashName; 2] = [HashName::Entry, HashName::Running];

/// Past the first full tile and the first node above it.
const LEAVES: u64 = 300;

fn leaf_data(index: u64) -> [u8; 32] {
    Sha256::digest(format!("leaf {index}")).into()
}

fn shelf() -> Shelf {
    let (mut shelf, mut edge) = (Shelf::default(), Edge::default());
    (0..LEAVES).for_each(|index| shelf.keep(edge.append(leaf_hash(&leaf_data(index)))));
    shelf
}

/// Everything of log.json.
pub(crate) fn all() -> Json {
    json!({
        "hashes": hashes(),
        "leaves": (0..LEAVES).map(|index| hex(&leaf_data(index))).collect::<Vec<_>>(),
        "trees": trees(),
        "tiles": tiles(),
        "inclusions": inclusions(),
        "consistencies": consistencies(),
        "entries": log_items::entries(),
        "checkpoints": log_items::checkpoints(),
        "receipts": log_items::receipts(),
        "refusals": log_items::refusals(),
    })
}

fn hashes() -> Vec<Json> {
    let entry = Logged::new().hub.entries[0].to_wire();
    let running = [[0; 32], [7; 32]].concat();
    let inputs = [(HashName::Entry, entry), (HashName::Running, running)];
    let empty = NAMES.into_iter().map(|name| (name, Vec::new()));
    let row = |(name, input): (HashName, Vec<u8>)| {
        let output = Suite::Sha256.hash(name, &input).to_string();
        json!({"name": name.text(), "input_hex": hex(&input), "output_hex": output})
    };
    inputs.into_iter().chain(empty).map(row).collect()
}

pub(crate) fn judge_hash(row: &Json) -> Json {
    let name = NAMES.into_iter().find(|name| name.text() == row["name"]).expect("a known name");
    json!(Suite::Sha256.hash(name, &bytes(row, "input_hex")).to_string())
}

fn trees() -> Vec<Json> {
    let shelf = shelf();
    let sizes = (0..=70).chain(125..=131).chain(253..=260).chain([LEAVES]);
    let root = |size| root(&shelf, size).expect("memory holds it").to_string();
    sizes.map(|size| json!({"size": size, "root": root(size)})).collect()
}

/// The root of the first leaves of the file.
pub(crate) fn judge_tree(row: &Json, leaves: &Json) -> Json {
    let mut edge = Edge::default();
    for leaf in &leaves.as_array().expect("a list")[..number(row, "size") as usize] {
        edge.append(leaf_hash(&unhex(leaf.as_str().expect("digits"))));
    }
    json!(edge.root().to_string())
}

fn tiles() -> Vec<Json> {
    let shelf = shelf();
    let whole = [(0, 0, TILE_WIDTH), (0, 1, LEAVES - TILE_WIDTH), (1, 0, 1)];
    let row = |(level, index, width)| {
        let tile = Tile { level, index, width };
        let Ok(hashes) = shelf.tile(tile);
        let bytes: Vec<u8> = hashes.iter().flat_map(|hash| hash.0).collect();
        json!({
            "path": tile.path(), "level": level, "index": index, "width": width,
            "hex": hex(&bytes),
        })
    };
    whole.map(row).to_vec()
}

/// The tiles of the file, as a server has them.
pub(crate) struct Served(pub(crate) Json);

impl Tiles for Served {
    type Error = std::convert::Infallible;

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>, Self::Error> {
        let rows = self.0.as_array().expect("a list");
        let row = rows.iter().find(|row| row["path"] == tile.path()).expect("the tile is served");
        let hashes = bytes(row, "hex");
        Ok(hashes.chunks(32).map(|hash| Hash::from_slice(hash).expect("32 bytes")).collect())
    }
}

pub(super) fn texts(proof: &[Hash]) -> Vec<String> {
    proof.iter().map(Hash::to_string).collect()
}

fn inclusions() -> Vec<Json> {
    let shelf = shelf();
    let mut rows = Vec::new();
    let mut row = |why: &str, leaf: u64, index: u64, size: u64, proof: &[Hash], valid: bool| {
        let root = root(&shelf, size).expect("memory holds it").to_string();
        let row = json!({
            "why": why, "leaf": hex(&leaf_data(leaf)), "index": index, "size": size,
            "root": root, "proof": texts(proof), "valid": valid,
        });
        assert_eq!(judge_inclusion(&row), row["valid"], "{why}");
        rows.push(row);
    };
    let prove = |index, size| prove_inclusion(&shelf, index, size).expect("memory holds it");
    for size in [1, 2, 3, 7, 8, 9, 64, 65, 255, 256, 257, LEAVES] {
        let mut places = vec![0, size / 2, size - 1];
        places.dedup();
        for index in places {
            row("good", index, index, size, &prove(index, size), true);
        }
    }
    let good = prove(5, 9);
    row("another leaf", 6, 5, 9, &good, false);
    row("another place", 5, 4, 9, &good, false);
    row("a place outside", 5, 9, 9, &good, false);
    row("another size", 5, 5, 8, &good, false);
    row("a hash less", 5, 5, 9, &good[..3], false);
    row("a hash more", 5, 5, 9, &[&good[..], &good[..1]].concat(), false);
    row("no proof", 5, 5, 9, &[], false);
    let mut changed = good.clone();
    changed[2].0[31] ^= 1;
    row("a bit", 5, 5, 9, &changed, false);
    changed.clone_from(&good);
    changed.swap(0, 1);
    row("two hashes swapped", 5, 5, 9, &changed, false);
    rows
}

pub(crate) fn judge_inclusion(row: &Json) -> Json {
    let (index, size) = (number(row, "index"), number(row, "size"));
    let leaf = leaf_hash(&bytes(row, "leaf"));
    json!(verify_inclusion(leaf, index, size, &hash(&row["root"]), &proof(row)))
}

fn consistencies() -> Vec<Json> {
    let shelf = shelf();
    let head = |size| Head { size, root: root(&shelf, size).expect("memory holds it") };
    let prove = |old, new| prove_consistency(&shelf, old, new).expect("memory holds it");
    let mut rows = Vec::new();
    let mut row = |why: &str, old: Head, new: Head, proof: &[Hash], valid: bool| {
        let row = json!({
            "why": why, "old": old.size, "old_root": old.root.to_string(), "new": new.size,
            "new_root": new.root.to_string(), "proof": texts(proof), "valid": valid,
        });
        assert_eq!(judge_consistency(&row), row["valid"], "{why}");
        rows.push(row);
    };
    let pairs = [
        (1, 2),
        (1, 3),
        (2, 3),
        (3, 7),
        (4, 7),
        (4, 8),
        (6, 8),
        (7, 8),
        (7, 7),
        (8, 64),
        (63, 65),
        (64, 65),
        (100, 256),
        (128, 257),
        (255, 300),
        (256, 300),
        (257, 300),
        (299, 300),
        (300, 300),
    ];
    for (old, new) in pairs {
        row("good", head(old), head(new), &prove(old, new), true);
    }
    row("the empty tree", head(0), head(7), &[], true);
    let good = prove(6, 9);
    let other = |mut head: Head| {
        head.root.0[0] ^= 1;
        head
    };
    row("another old root", other(head(6)), head(9), &good, false);
    row("another new root", head(6), other(head(9)), &good, false);
    row("another old tree", head(5), head(9), &good, false);
    row("another new tree", head(6), head(10), &good, false);
    row("the new tree first", head(9), head(6), &good, false);
    row("a hash less", head(6), head(9), &good[1..], false);
    row("a hash more", head(6), head(9), &[&good[..], &good[..1]].concat(), false);
    row("no proof", head(6), head(9), &[], false);
    row("one size, two roots", head(6), other(head(6)), &[], false);
    row("one size, and a proof", head(6), head(6), &good, false);
    rows
}

pub(crate) fn judge_consistency(row: &Json) -> Json {
    let head = |size: &str, root: &str| Head { size: number(row, size), root: hash(&row[root]) };
    json!(verify_consistency(&head("old", "old_root"), &head("new", "new_root"), &proof(row)))
}

pub(super) fn bytes(row: &Json, name: &str) -> Vec<u8> {
    unhex(row[name].as_str().expect("digits"))
}

pub(super) fn number(row: &Json, name: &str) -> u64 {
    row[name].as_u64().expect("a number")
}

pub(super) fn hash(text: &Json) -> Hash {
    text.as_str().expect("digits").parse().expect("a hash")
}

pub(super) fn proof(row: &Json) -> Vec<Hash> {
    row["proof"].as_array().expect("a list").iter().map(hash).collect()
}
