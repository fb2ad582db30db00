//! What a hub signs: entries, checkpoints, receipts and refusals, good and bad.

use angen_ledger::certificate::SignedCertificate;
use angen_ledger::cose::Purpose;
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::header::Checkpoint;
use angen_ledger::key::{Algorithm, PublicKey, Signer, SoftKey};
use angen_ledger::log::checkpoint::{SignedCheckpoint, cosign, sign};
use angen_ledger::log::entry::{Entry, Logged as What, RUNNING_NONE};
use angen_ledger::log::node::empty_root;
use angen_ledger::log::note::{Note, TYPE_ED25519, key_id};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::wire::Wire;
use base64ct::{Base64, Encoding};
use serde_json::{Value as Json, json};

use super::hex;
use super::log::{bytes, hash, number, proof, texts};
use crate::world::edit::flipped;
use crate::world::logged::{Logged, ORIGIN, seal_of};

type Edit<T> = fn(&mut T);

pub(super) fn entries() -> Vec<Json> {
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

pub(super) fn checkpoints() -> Vec<Json> {
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

pub(super) fn receipts() -> Vec<Json> {
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

pub(super) fn refusals() -> Vec<Json> {
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
