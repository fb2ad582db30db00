//! The vectors that were shipped give the same answers, here and in another implementation.

#[allow(dead_code, reason = "shared by several test programs, each of which uses a part")]
mod world;

use std::path::Path;

use serde_json::Value as Json;
use sha2::{Digest, Sha256};
use world::case::said;
use world::vectors::{bundle, folder, hex, items, log, log_items, signed, unhex};

fn load(path: &Path) -> Json {
    let text = std::fs::read_to_string(path).expect("the vectors are there");
    serde_json::from_str(&text).expect("the vectors are JSON")
}

fn rows<'a>(json: &'a Json, list: &str) -> &'a Vec<Json> {
    let rows = json[list].as_array().expect("a list");
    assert!(!rows.is_empty(), "{list} is empty");
    rows
}

fn check_packages(json: &Json) {
    let mut wrong = Vec::new();
    for row in rows(json, "packages") {
        let root = row["root"].as_str().map(|root| root.parse().expect("a fingerprint"));
        let found = said(&unhex(row["hex"].as_str().expect("digits")), root);
        let set = |list: &str| {
            let codes = row[list].as_array().expect("a list of codes").iter();
            codes.map(|code| code.as_str().expect("a code").to_owned()).collect()
        };
        let expected = world::case::Said {
            verdict: row["verdict"].as_str().expect("a word").to_owned(),
            broken: set("broken"),
            noted: set("noted"),
        };
        if found != expected {
            wrong.push(format!("{}: {found:?}, not {expected:?}", row["name"]));
        }
    }
    assert!(wrong.is_empty(), "these are judged otherwise:\n{}", wrong.join("\n"));
}

#[test]
fn shipped_packages_are_judged_as_they_were() {
    let json = load(&folder().join("packages.json"));
    assert!(rows(&json, "packages").len() >= 25);
    check_packages(&json);
    let json = load(&folder().join("receipts.json"));
    assert!(rows(&json, "packages").len() >= 20);
    check_packages(&json);
}

#[test]
fn packages_of_the_other_implementation_are_judged_alike() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..");
    let path = root.join("tests/python/made_by_python.json");
    if path.exists() {
        check_packages(&load(&path));
    }
}

#[test]
fn shipped_items_are_judged_as_they_were() {
    let json = load(&folder().join("ops.json"));
    for row in rows(&json, "hashes") {
        assert_eq!(items::judge_hash(row), row["output_hex"], "{}", row["name"]);
    }
    type Judge = fn(&Json) -> Json;
    let lists: [(&str, &str, Judge); 4] = [
        ("headers", "op_hash", items::judge_header),
        ("bodies", "commitment", items::judge_body),
        ("certificates", "hash", signed::judge_certificate),
        ("seals", "hash", signed::judge_seal),
    ];
    for (list, answer, judge) in lists {
        for row in rows(&json, list) {
            assert_eq!(judge(row), row[answer], "{list}: {}", row["why"]);
            assert_eq!(row["valid"], !row[answer].is_null(), "{list}: {}", row["why"]);
        }
    }
    for row in rows(&json, "blobs") {
        assert_eq!(&items::judge_blob(row), row);
    }
}

#[test]
fn shipped_logs_are_judged_as_they_were() {
    let json = load(&folder().join("log.json"));
    for row in rows(&json, "hashes") {
        assert_eq!(log::judge_hash(row), row["output_hex"], "{}", row["name"]);
    }
    let served = log::Served(json["tiles"].clone());
    for row in rows(&json, "trees") {
        assert_eq!(log::judge_tree(row, &json["leaves"]), row["root"], "{} leaves", row["size"]);
    }
    let whole = rows(&json, "trees").last().expect("a tree");
    let size = whole["size"].as_u64().expect("a number");
    let root = angen_ledger::log::tree::root(&served, size).expect("the tiles are served");
    assert_eq!(whole["root"], root.to_string(), "from the tiles");
    type Judge = fn(&Json) -> Json;
    let lists: [(&str, &str, Judge); 6] = [
        ("inclusions", "valid", log::judge_inclusion),
        ("consistencies", "valid", log::judge_consistency),
        ("entries", "leaf_data", log_items::judge_entry),
        ("checkpoints", "says", log_items::judge_checkpoint),
        ("receipts", "valid", log_items::judge_receipt),
        ("refusals", "valid", log_items::judge_refusal),
    ];
    for (list, answer, judge) in lists {
        for row in rows(&json, list) {
            assert_eq!(judge(row), row[answer], "{list}: {}", row["why"]);
        }
    }
}

#[test]
fn shipped_bundles_open_as_they_did() {
    let json = load(&folder().join("bundle.json"));
    for row in rows(&json, "bundles") {
        assert_eq!(bundle::judge(row), row["opens"], "{}", row["why"]);
    }
    let opened = rows(&json, "bundles").iter().filter(|row| !row["opens"].is_null()).count();
    assert_eq!(opened, 4);
}

#[test]
fn shipped_vectors_are_never_changed() {
    let sums = std::fs::read_to_string(folder().join("SHIPPED.sha256")).expect("is there");
    assert_eq!(sums.lines().count(), 5);
    for line in sums.lines() {
        let (sum, name) = line.split_once("  ").expect("the form of sha256sum");
        let bytes = std::fs::read(folder().join(name)).expect("the vectors are there");
        assert!(bytes.len() < 400_000, "{name} has {} bytes", bytes.len());
        assert_eq!(hex(&Sha256::digest(&bytes)), sum, "{name} differs from what was shipped");
    }
}
