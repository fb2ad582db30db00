//! The vectors: what another implementation is tested with. Made here from fixed seeds, read here
//! to see that what was shipped still gives the same answers.

pub(crate) mod bundle;
pub(crate) mod items;
pub(crate) mod log;
pub(crate) mod log_items;
pub(crate) mod signed;

use std::collections::HashSet;
use std::path::{Path, PathBuf};

use serde_json::{Value as Json, json};

use super::case::{Case, said};
use super::{attacks, logged, rows};

/// Bytes of one file at most: it must be a pleasure to load.
const FILE_BYTES_MAX: usize = 400_000;
/// Bytes of a package at most, so that many fit.
const PACKAGE_BYTES_MAX: usize = 20_000;

/// Where the vectors are.
pub(crate) fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/vectors")
}

/// Bytes as hexadecimal digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

/// Hexadecimal digits as bytes.
pub(crate) fn unhex(text: &str) -> Vec<u8> {
    assert!(text.len().is_multiple_of(2), "an even number of digits");
    let pair = |at: usize| u8::from_str_radix(&text[at..at + 2], 16).expect("digits");
    (0..text.len()).step_by(2).map(pair).collect()
}

/// packages.json: everything that is no attack, and of the attacks first one of each answer.
pub(crate) fn packages() -> Json {
    judged(rows::ROWS.iter().chain(attacks::without_a_log()).collect())
}

/// receipts.json: the same of packages with a hub's log.
pub(crate) fn receipts() -> Json {
    judged(logged::ROWS.iter().chain(attacks::on_a_log()).collect())
}

fn judged(all: Vec<&Case>) -> Json {
    let mut seen = HashSet::new();
    let answer = |case: &Case| (case.verdict, case.broken, case.noted, case.root_asked);
    let (first, further): (Vec<_>, Vec<_>) =
        all.into_iter().partition(|case| case.told.is_none() || seen.insert(answer(case)));
    let mut room = FILE_BYTES_MAX - 20_000;
    let mut packages = Vec::new();
    for case in first.into_iter().chain(further) {
        let bytes = (case.build)();
        if bytes.len() > PACKAGE_BYTES_MAX || bytes.len() * 2 > room {
            continue;
        }
        room -= bytes.len() * 2 + 300;
        assert_eq!(said(&bytes, case.root()), case.expected(), "{}", case.name);
        packages.push(json!({
            "name": case.name,
            "hex": hex(&bytes),
            "root": case.root().map(|root| root.to_string()),
            "verdict": case.verdict,
            "broken": case.broken,
            "noted": case.noted,
        }));
    }
    json!({ "packages": packages })
}

/// ops.json: hashes, headers, bodies, certificates, seals and blobs.
pub(crate) fn ops() -> Json {
    json!({
        "hashes": items::hashes(),
        "headers": items::headers(),
        "bodies": items::bodies(),
        "certificates": signed::certificates(),
        "seals": signed::seals(),
        "blobs": items::blobs(),
    })
}

/// log.json: trees, proofs, entries, checkpoints, receipts and refusals.
pub(crate) fn log() -> Json {
    log::all()
}

/// bundle.json: bundles with the keys of their readers, and what is no bundle.
pub(crate) fn bundles() -> Json {
    bundle::all()
}

/// Seeds of the fuzz targets: the target, a name, and the bytes.
pub(crate) fn seeds() -> Vec<(&'static str, String, Vec<u8>)> {
    let mut seeds = Vec::new();
    let ops = ops();
    for kind in ["headers", "bodies", "certificates", "seals"] {
        for (number, item) in ops[kind].as_array().expect("a list").iter().enumerate() {
            let bytes = unhex(item["hex"].as_str().expect("digits"));
            if bytes.len() < 2_000 {
                seeds.push(("op", format!("{kind}-{number:02}"), bytes));
            }
        }
    }
    let log = log();
    for (kind, field) in [("entries", "hex"), ("checkpoints", "note"), ("refusals", "hex")] {
        for (number, item) in log[kind].as_array().expect("a list").iter().enumerate() {
            let text = item[field].as_str().expect("a text");
            let bytes = if field == "hex" { unhex(text) } else { text.as_bytes().to_vec() };
            seeds.push(("op", format!("{kind}-{number:02}"), bytes));
        }
    }
    for (name, packages) in [("vector", packages()), ("receipts", receipts())] {
        for (number, item) in packages["packages"].as_array().expect("a list").iter().enumerate() {
            let bytes = unhex(item["hex"].as_str().expect("digits"));
            seeds.push(("package", format!("{name}-{number:02}"), bytes));
        }
    }
    for (number, item) in bundles()["bundles"].as_array().expect("a list").iter().enumerate() {
        let bytes = unhex(item["hex"].as_str().expect("digits"));
        seeds.push((
            "bundle",
            format!("vector-{number:02}"),
            bytes[..bytes.len().min(4_000)].to_vec(),
        ));
        seeds.push((
            "bundle",
            format!("header-{number:02}"),
            bytes[16.min(bytes.len())..].to_vec(),
        ));
    }
    seeds
}
