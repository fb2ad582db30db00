//! Encodes records as one update of a CRDT library and applies it to an empty document; says how
//! long that took.
//!
//! `angen-bench-crdt LIBRARY RECORDS`: `yrs` or `loro`, and a file with one record of JSON a line.
//! No network, no disk, no signature: the least that merging them can cost.

mod with_loro;
mod with_yrs;

use std::fmt::Write as _;
use std::time::Duration;

use serde_json::Value;
use sha2::{Digest, Sha256};

/// What a library needed, and what it ended with.
struct Merged {
    time: Duration,
    bytes: usize,
    /// A line for each record: its id and values.
    lines: Vec<String>,
}

fn main() {
    let mut words = std::env::args().skip(1);
    let library = words.next().expect("a library");
    let text = std::fs::read_to_string(words.next().expect("a file of records"));
    let text = text.expect("the file is read");
    let rows = text.lines().map(|line| serde_json::from_str(line).expect("a line of JSON"));
    let rows: Vec<Value> = rows.collect();
    let Merged { time, bytes, mut lines } = match library.as_str() {
        "yrs" => with_yrs::merge(&rows),
        "loro" => with_loro::merge(&rows),
        other => panic!("there is no {other}"),
    };
    lines.sort();
    let (ms, count, digest) = (time.as_secs_f64() * 1_000.0, lines.len(), digest(&lines));
    println!("{}", serde_json::json!({"ms": ms, "count": count, "digest": digest, "bytes": bytes}));
}

/// The digest over all values.
fn digest(lines: &[String]) -> String {
    let mut sha = Sha256::new();
    lines.iter().for_each(|line| sha.update(line));
    sha.finalize().iter().fold(String::new(), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}
