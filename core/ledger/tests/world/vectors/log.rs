//! The log of a hub: trees, tiles, proofs, entries, checkpoints, receipts and refusals.

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::cose::Purpose;
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::header::Checkpoint;
use angen_ledger::key::{Algorithm, PublicKey, Signer, SoftKey};
use angen_ledger::log::checkpoint::{SignedCheckpoint, cosign, sign};
use angen_ledger::log::entry::{Entry, Logged as What, RUNNING_NONE};
use angen_ledger::log::node::{empty_root, leaf_hash};
use angen_ledger::log::note::{Note, TYPE_ED25519, key_id};
use angen_ledger::log::proof::{Head, verify_consistency, verify_inclusion};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::log::tile::{TILE_WIDTH, Tile, Tiles};
use angen_ledger::log::tree::{Edge, prove_consistency, prove_inclusion, root};
use angen_ledger::testing::hub::Shelf;
use angen_ledger::wire::Wire;
use base64ct::{Base64, Encoding};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{hex, unhex};
use crate::world::edit::flipped;
use crate::world::logged::{Logged, ORIGIN, seal_of};

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
        "entries": entries(),
        "checkpoints": checkpoints(),
        "receipts": receipts(),
        "refusals": refusals(),
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

fn texts(proof: &[Hash]) -> Vec<String> {
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

type Edit<T> = fn(&mut T);

fn entries() -> Vec<Json> {
    let logged = Logged::new();
    let mut rows = Vec::new();
    let mut row = |why: &str, bytes: &[u8], valid: bool| {
        let data = valid.then(|| Suite::Sha256.hash(HashName::Entry, bytes).to_string());
        let row = json!({"why": why, "hex": hex(bytes), "leaf_data": data, "valid": valid});
        assert_eq!(judge_entry(&row), row["leaf_data"], "{why}");
        rows.push(row);
    };
    for entry in &logged.hub.entries {
        row("good", &entry.to_wire(), true);
    }
    let good = logged.hub.entries[2].clone();
    let edits: [(&str, bool, Edit<Entry>); 11] = [
        ("1,024 ops", true, |entry| entry.length = 1_024),
        ("1,025 ops", false, |entry| entry.length = 1_025),
        ("no op", false, |entry| entry.length = 0),
        ("the longest blob", true, |e| (e.what, e.length) = (What::Blob, 1 << 38)),
        ("a blob over its limit", false, |e| (e.what, e.length) = (What::Blob, (1 << 38) + 1)),
        ("an empty blob", true, |e| (e.what, e.length) = (What::Blob, 0)),
        ("the first seal with another's head", false, |entry| entry.arrival = 0),
        ("a blob before any seal", true, |e| {
            (e.what, e.arrival, e.running) = (What::Blob, 0, RUNNING_NONE);
        }),
        ("a blob before any seal, with a head", false, |e| {
            (e.what, e.arrival) = (What::Blob, 0);
        }),
        ("an integer over 2^63 - 1", false, |entry| entry.arrival = 1 << 63),
        ("a time before 1970", true, |entry| entry.received_ms = -1),
    ];
    for (why, valid, edit) in edits {
        let mut entry = good.clone();
        edit(&mut entry);
        row(why, &entry.to_wire(), valid);
    }
    let edits: [(&str, Edit<Vec<u8>>); 7] = [
        ("version 2", |bytes| bytes[1] = 2),
        ("suite 2", |bytes| bytes[2] = 2),
        ("a salt of 15 bytes", |bytes| {
            bytes[3] = 0x4f;
            bytes.remove(4);
        }),
        ("what is 2", |bytes| bytes[20] = 2),
        ("the version in two bytes", |bytes| drop(bytes.splice(1..2, [0x18, 0x01]))),
        ("nine parts", |bytes| bytes[0] = 0x89),
        ("a byte follows", |bytes| bytes.push(0)),
    ];
    for (why, edit) in edits {
        let mut bytes = good.to_wire();
        edit(&mut bytes);
        row(why, &bytes, false);
    }
    rows
}

pub(crate) fn judge_entry(row: &Json) -> Json {
    let entry = Entry::from_wire(&bytes(row, "hex")).ok();
    json!(entry.map(|entry| entry.leaf_data().to_string()))
}

fn checkpoints() -> Vec<Json> {
    let hub = Logged::new().hub;
    let PublicKey::Ed25519(public) = hub.scribe.key.public_key() else { unreachable!("Ed25519") };
    let key = public.as_bytes();
    // The form in which other tools take a key.
    let typed = [&[TYPE_ED25519][..], key].concat();
    let id = hex(&key_id(ORIGIN, TYPE_ED25519, key));
    let vkey = format!("{ORIGIN}+{id}+{}", Base64::encode_string(&typed));
    let mut rows = Vec::new();
    let mut row = |why: &str, note: String, valid: bool| {
        let row = json!({"why": why, "note": note, "key": hex(key), "vkey": vkey, "valid": valid});
        let read = judge_checkpoint(&row);
        assert_eq!(valid, !read.is_null(), "{why}");
        rows.push(row);
        rows.last_mut().expect("just put in")["says"] = read;
    };
    let time_s = hub.clock_s;
    let at = |size| hub.sign(&hub.head(size));
    for size in [0, 1, 5] {
        row("good", at(size), true);
    }
    let long = Checkpoint { size: i64::MAX as u64, ..hub.head(5) };
    row("the greatest size", hub.sign(&long), true);
    let note = |edit: &dyn Fn(&mut Note)| {
        let mut note = Note::read(&at(5)).expect("a note of ours reads");
        edit(&mut note);
        note.text()
    };
    let witness = SoftKey::from_secret(Algorithm::Ed25519, &[9; 32]).expect("a usable key");
    let other = SoftKey::from_secret(Algorithm::Ed25519, &[8; 32]).expect("a usable key");
    let cosigned = |note: &mut Note, name: &str, key| {
        let line = cosign(&note.body, name, time_s, key).expect("memory signs");
        note.signatures.push(line);
    };
    row("a witness", note(&|note| cosigned(note, "witness.example/w1", &witness)), true);
    row("another key of the same name", note(&|note| cosigned(note, ORIGIN, &other)), true);
    row("31 signatures more", note(&|note| many(note, 31, &witness)), false);
    row("30 signatures more", note(&|note| many(note, 30, &witness)), true);
    row("the lines in the other order", note(&|note| note.signatures.reverse()), true);
    row("no cosignature", note(&|note| drop(note.signatures.pop())), false);
    row("a cosignature alone", note(&|note| drop(note.signatures.remove(0))), false);
    row("another time", note(&|note| note.signatures[1].bytes[7] ^= 1), false);
    row("a plain signature altered", note(&|note| note.signatures[0].bytes[9] ^= 1), false);
    row("a cosignature a byte short", note(&|note| note.signatures[1].bytes.truncate(71)), false);
    let timed = |time_s| sign(&hub.head(5), time_s, &hub.scribe.key).expect("memory signs");
    row("the time 0", timed(0), false);
    row("a time that milliseconds do not hold", timed(i64::MAX as u64 / 1_000 + 1), false);
    row("by another key", sign(&hub.head(5), time_s, &other).expect("memory signs"), false);
    let good = at(5);
    for (why, old, new) in [
        ("another size", "\n5\n", "\n6\n"),
        ("a size with a zero before it", "\n5\n", "\n05\n"),
        ("a size with a plus", "\n5\n", "\n+5\n"),
        ("an extension line", "=\n\n", "=\nmore\n\n"),
        ("a tab", "\n5\n", "\t\n5\n"),
        ("no blank line", "\n\n", "\n"),
        ("a hyphen for the dash", "— ", "- "),
        ("a name with a plus", "donggang", "dong+gang"),
    ] {
        row(why, good.replacen(old, new, 1), false);
    }
    row("no newline at the end", good.trim_end().to_owned(), false);
    row("a line twice", format!("{good}{}\n", good.lines().last().expect("a line")), false);
    assert_ne!(hub.head(0).root, hub.head(1).root);
    assert_eq!(hub.head(0).root, empty_root());
    rows
}

fn many(note: &mut Note, count: usize, key: &SoftKey) {
    for number in 0..count {
        let line = cosign(&note.body, &format!("w/{number}"), 5, key).expect("memory signs");
        note.signatures.push(line);
    }
}

/// Origin, size, root and time, if the hub's two signatures hold.
pub(crate) fn judge_checkpoint(row: &Json) -> Json {
    let key = PublicKey::from_bytes(Algorithm::Ed25519, &bytes(row, "key")).expect("a key");
    let read = SignedCheckpoint::read(row["note"].as_str().expect("a note")).ok();
    let said = read.and_then(|read| {
        let time_ms = read.verify(&key).ok()?;
        let Checkpoint { origin, size, root } = read.checkpoint;
        Some(json!({
            "origin": origin, "size": size, "root": root.to_string(), "time_ms": time_ms,
        }))
    });
    json!(said)
}

fn receipts() -> Vec<Json> {
    let hub = Logged::new().hub;
    let root = hub.head(5).root;
    let mut rows = Vec::new();
    let mut row = |why: &str, receipt: Receipt, valid: bool| {
        let row = json!({
            "why": why, "entry": hex(&receipt.entry.to_wire()), "index": receipt.index,
            "size": receipt.size, "proof": texts(&receipt.proof), "root": root.to_string(),
            "valid": valid,
        });
        assert_eq!(judge_receipt(&row), row["valid"], "{why}");
        rows.push(row);
    };
    for index in 0..5 {
        row("good", hub.receipt(index, 5), true);
    }
    let bad: [(&str, Edit<Receipt>); 4] = [
        ("another salt", |receipt| receipt.entry.salt[0] ^= 1),
        ("another time", |receipt| receipt.entry.received_ms += 1),
        ("another place", |receipt| receipt.index = 2),
        ("65 hashes", |receipt| receipt.proof = vec![Hash([0; 32]); 65]),
    ];
    for (why, edit) in bad {
        let mut receipt = hub.receipt(3, 5);
        edit(&mut receipt);
        row(why, receipt, false);
    }
    row("of an older tree", hub.receipt(1, 2), false);
    rows
}

pub(crate) fn judge_receipt(row: &Json) -> Json {
    let (index, size, root) = (number(row, "index"), number(row, "size"), hash(&row["root"]));
    let receipt = Receipt::read(&bytes(row, "entry"), index, size, proof(row));
    let head = Checkpoint { origin: ORIGIN.to_owned(), size, root };
    json!(receipt.is_ok_and(|receipt| receipt.is_in(&head)))
}

fn refusals() -> Vec<Json> {
    let logged = Logged::new();
    let hub = &logged.hub.scribe;
    let mut rows = Vec::new();
    let mut row = |why: &str, cose: &[u8], certificate: &[u8], valid: bool| {
        let row = json!({
            "why": why, "hex": hex(cose), "certificate_hex": hex(certificate), "valid": valid,
        });
        assert_eq!(judge_refusal(&row), row["valid"], "{why}");
        rows.push(row);
    };
    let good = logged.hub.refuse(&seal_of(&logged.story, 1));
    row("good", &good, &hub.cose, true);
    row("altered", &flipped(&good, 5), &hub.cose, false);
    row("another's certificate", &good, &logged.story.first.cose, false);
    row("a seal", &logged.story.runs[0].seal, &logged.story.first.cose, false);
    let refusal = SignedRefusal::read(&good).expect("a refusal of ours reads").refusal;
    let name = hub.certificate.hash;
    let mut spoken = refusal.clone();
    spoken.reason = "Out of area".to_owned();
    row("a reason in words", &spoken.sign(&hub.key, name).expect("signs"), &hub.cose, false);
    spoken.clone_from(&refusal);
    spoken.words = "长".repeat(342);
    row("words over their limit", &spoken.sign(&hub.key, name).expect("signs"), &hub.cose, false);
    rows
}

pub(crate) fn judge_refusal(row: &Json) -> Json {
    let hub = SignedCertificate::read(&bytes(row, "certificate_hex")).expect("a certificate reads");
    let read = SignedRefusal::read(&bytes(row, "hex"));
    json!(read.is_ok_and(|read| {
        read.certificate == hub.hash && read.signed.verifies(Purpose::Refusal, &hub.certificate.key)
    }))
}

fn bytes(row: &Json, name: &str) -> Vec<u8> {
    unhex(row[name].as_str().expect("digits"))
}

fn number(row: &Json, name: &str) -> u64 {
    row[name].as_u64().expect("a number")
}

fn hash(text: &Json) -> Hash {
    text.as_str().expect("digits").parse().expect("a hash")
}

fn proof(row: &Json) -> Vec<Hash> {
    row["proof"].as_array().expect("a list").iter().map(hash).collect()
}
