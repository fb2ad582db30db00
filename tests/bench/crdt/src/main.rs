//! Encodes records as one yrs update and applies it to an empty document; says how long that took.
//!
//! `angen-bench-crdt RECORDS`, a file with one record of JSON a line. No network, no disk, no
//! signature: the least that merging them can cost.

use std::fmt::Write as _;
use std::time::Instant;

use serde_json::Value;
use sha2::{Digest, Sha256};
use yrs::updates::decoder::Decode;
use yrs::any::Number;
use yrs::{Any, Doc, Map, MapPrelim, MapRef, Out, ReadTxn, StateVector, Transact, Update};

fn main() {
    let file = std::env::args().nth(1).expect("a file of records");
    let text = std::fs::read_to_string(file).expect("the file is read");
    let (full, empty) = (Doc::new(), Doc::new());
    let records = full.get_or_insert_map("records");
    {
        let mut txn = full.transact_mut();
        for line in text.lines() {
            let row: Value = serde_json::from_str(line).expect("a line of JSON");
            let text = |name: &str| Any::from(row[name].as_str().expect("a text"));
            let amount = Any::from(row["amount"].as_i64().expect("a number"));
            let names = ["item", "value", "note"].map(|name| (name, text(name)));
            let fields: MapPrelim = names.into_iter().chain([("amount", amount)]).collect();
            records.insert(&mut txn, row["_id"].as_str().expect("an id"), fields);
        }
    }
    let begin = Instant::now();
    let update = full.transact().encode_state_as_update_v1(&StateVector::default());
    let decoded = Update::decode_v1(&update).expect("an update");
    let merged = empty.get_or_insert_map("records");
    empty.transact_mut().apply_update(decoded).expect("it is applied");
    let ms = begin.elapsed().as_secs_f64() * 1_000.0;
    let (count, digest) = values_in(&empty, &merged);
    let bytes = update.len();
    println!("{}", serde_json::json!({"ms": ms, "count": count, "digest": digest, "bytes": bytes}));
}

/// How many records there are, and the digest over their values.
fn values_in(doc: &Doc, records: &MapRef) -> (usize, String) {
    let txn = doc.transact();
    let mut lines = Vec::new();
    for (id, record) in records.iter(&txn) {
        let Out::YMap(fields) = record else { panic!("a record is a map") };
        let text = |name: &str| match fields.get(&txn, name) {
            Some(Out::Any(Any::String(text))) => text.to_string(),
            other => panic!("no text: {other:?}"),
        };
        let amount = match fields.get(&txn, "amount") {
            Some(Out::Any(Any::Number(Number::Int(amount)))) => amount,
            other => panic!("no number: {other:?}"),
        };
        let (item, value, note) = (text("item"), text("value"), text("note"));
        lines.push(format!("{id} {item} {value} {note} {amount}\n"));
    }
    lines.sort();
    let mut sha = Sha256::new();
    lines.iter().for_each(|line| sha.update(line));
    let digest = sha.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    });
    (lines.len(), digest)
}
