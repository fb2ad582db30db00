//! Writes the vectors and the seeds of the fuzz targets, from fixed seeds.

#[allow(dead_code, reason = "shared with the tests, each of which uses a part")]
#[path = "../tests/world/mod.rs"]
mod world;

use std::fs;
use std::io;
use std::path::Path;

use sha2::{Digest, Sha256};
use world::vectors;

fn main() -> io::Result<()> {
    let folder = vectors::folder();
    fs::create_dir_all(&folder)?;
    let mut sums = String::new();
    for (name, json) in [
        ("ops.json", vectors::ops()),
        ("packages.json", vectors::packages()),
        ("log.json", vectors::log()),
        ("receipts.json", vectors::receipts()),
        ("bundle.json", vectors::bundles()),
    ] {
        let mut text = serde_json::to_string_pretty(&json).expect("JSON of ours is text");
        text.push('\n');
        sums.push_str(&format!("{}  {name}\n", vectors::hex(&Sha256::digest(&text))));
        fs::write(folder.join(name), text)?;
    }
    fs::write(folder.join("SHIPPED.sha256"), sums)?;
    let corpus = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../fuzz/corpus");
    for (target, name, bytes) in vectors::seeds() {
        fs::create_dir_all(corpus.join(target))?;
        fs::write(corpus.join(target).join(name), bytes)?;
    }
    Ok(())
}
