//! Hashes, headers, bodies and blobs, good and bad.

use angen_ledger::blob::{BlobKey, BlobOpener};
use angen_ledger::body::Body;
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::header::{BlobRef, Checkpoint, Dep, Header, Over, Ref};
use angen_ledger::id::{EntityId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::testing::evidence;
use angen_ledger::value::Value;
use angen_ledger::wire::{Wire, Writer};
use serde_json::{Value as Json, json};
use sha2::{Digest, Sha256};

use super::{hex, unhex};
use crate::world::rows::{OTHER, deep};
use crate::world::{DOSSIER, FINDING, Story, rewritten};

const NAMES: [HashName; 6] = [
    HashName::Op,
    HashName::Field,
    HashName::Body,
    HashName::Seal,
    HashName::Certificate,
    HashName::Frame,
];

pub(super) fn hashes() -> Vec<Json> {
    let story = Story::new();
    let body = story.runs[0].ops[1].body.clone().expect("a body");
    let field = body.fields()[0].to_wire();
    let inputs: [Vec<u8>; 6] = [
        story.runs[0].ops[1].bytes.clone(),
        field,
        body.withhold(Suite::Sha256, |_| true).to_wire(),
        story.runs[0].seal.clone(),
        story.certificates[0].clone(),
        story.frames()[0].clone(),
    ];
    let named = NAMES.into_iter().zip(inputs);
    let empty = NAMES.into_iter().map(|name| (name, Vec::new()));
    let row = |(name, input): (HashName, Vec<u8>)| {
        let output = Suite::Sha256.hash(name, &input).to_string();
        json!({"name": name.text(), "input_hex": hex(&input), "output_hex": output})
    };
    named.chain(empty).map(row).collect()
}

pub(crate) fn judge_hash(row: &Json) -> Json {
    let name = NAMES.into_iter().find(|name| name.text() == row["name"]).expect("a known name");
    let input = unhex(row["input_hex"].as_str().expect("digits"));
    json!(Suite::Sha256.hash(name, &input).to_string())
}

/// An edit of a header that is otherwise good.
type Edit = fn(&mut Header);

const GOOD: &[(&str, Edit)] = &[
    ("the first op of a chain", |h| (h.seq, h.prev) = (0, None)),
    ("a time before 1970", |h| h.wall_ms = -1),
    ("the greatest integers", |h| {
        (h.wall_ms, h.mono_ms, h.seq) = (i64::MAX, i64::MAX as u64, i64::MAX as u64);
    }),
    ("a checkpoint", |h| {
        h.checkpoint = Some(Checkpoint { origin: "示范/日志".into(), size: 0, root: h.body });
    }),
    ("an extension", |h| {
        h.ext = vec![("a".into(), deep(8)), ("bb".into(), Value::map([("x", Value::Null)]))];
    }),
    ("deps, refs, over and blobs", |h| {
        h.deps = deps(3);
        h.refs = refs(3);
        h.over = vec![Over { field: "text".into(), heads: vec![Hash([1; 32]), Hash([2; 32])] }];
        h.blobs = vec![BlobRef { address: Hash([3; 32]), length: 1 << 38 }];
    }),
    ("64 deps, 64 refs", |h| (h.deps, h.refs) = (deps(64), refs(64))),
    ("the longest body", |h| h.body_len = 1_048_576),
];

const BAD: &[(&str, Edit)] = &[
    ("seq 0 with a prev", |h| h.seq = 0),
    ("seq over 0 without a prev", |h| h.prev = None),
    ("an integer over 2^63 - 1", |h| h.mono_ms = 1 << 63),
    ("deps that are not sorted", |h| (h.deps = deps(2), h.deps.reverse()).1),
    ("a dep twice", |h| h.deps = [deps(1), deps(1)].concat()),
    ("a dep on the op's own writer", |h| {
        h.deps = vec![Dep { writer: h.writer, seq: 0, op: Hash([1; 32]) }];
    }),
    ("65 deps", |h| h.deps = deps(65)),
    ("refs that are not sorted", |h| (h.refs = refs(2), h.refs.reverse()).1),
    ("65 refs", |h| h.refs = refs(65)),
    ("a ref into the op's own dossier", |h| {
        h.refs = refs(1);
        h.refs[0].dossier = h.dossier;
    }),
    ("a role with a digit", |h| (h.refs = refs(1), h.refs[0].role = "a1".into()).1),
    ("an empty role", |h| (h.refs = refs(1), h.refs[0].role.clear()).1),
    ("over without hashes", |h| h.over = vec![Over { field: "text".into(), heads: vec![] }]),
    ("over with 33 hashes", |h| {
        let heads = (0..33).map(|n| Hash([n; 32])).collect();
        h.over = vec![Over { field: "text".into(), heads }];
    }),
    ("over with a hash twice", |h| {
        h.over = vec![Over { field: "text".into(), heads: vec![Hash([1; 32]); 2] }];
    }),
    ("a body over its limit", |h| h.body_len = 1_048_577),
    ("a blob over its limit", |h| {
        h.blobs = vec![BlobRef { address: Hash([3; 32]), length: (1 << 38) + 1 }];
    }),
    ("a blob twice", |h| {
        h.blobs = vec![BlobRef { address: Hash([3; 32]), length: 20 }; 2];
    }),
    ("an extension nested nine deep", |h| h.ext = vec![("a".into(), deep(9))]),
    ("an extension that is not sorted", |h| {
        h.ext = vec![("b".into(), Value::Null), ("a".into(), Value::Null)];
    }),
    ("17 extensions", |h| {
        h.ext = (b'a'..b'a' + 17).map(|c| (char::from(c).to_string(), Value::Null)).collect();
    }),
];

/// An edit of the bytes.
type BytesEdit = fn(&mut Vec<u8>);

const BAD_BYTES: &[(&str, BytesEdit)] = &[
    ("suite 2", |bytes| bytes[1] = 2),
    ("suite 0", |bytes| bytes[1] = 0),
    ("the suite in two bytes", |bytes| drop(bytes.splice(1..2, [0x18, 0x01]))),
    ("an array of open length", |bytes| {
        bytes[0] = 0x9f;
        bytes.push(0xff);
    }),
    ("18 parts", |bytes| bytes[0] = 0x92),
    ("a byte follows", |bytes| bytes.push(0)),
    ("the last byte is cut off", |bytes| bytes.truncate(bytes.len() - 1)),
    ("a tag before it", |bytes| bytes.insert(0, 0xc1)),
];

fn deps(count: u8) -> Vec<Dep> {
    (0..count).map(|n| Dep { writer: WriterId([n; 16]), seq: 300, op: Hash([n; 32]) }).collect()
}

fn refs(count: u8) -> Vec<Ref> {
    let role = "enterprise".to_owned();
    (0..count).map(|n| Ref { role: role.clone(), dossier: OTHER, op: Hash([n; 32]) }).collect()
}

pub(super) fn headers() -> Vec<Json> {
    let story = Story::new();
    let base = &story.runs[2].ops[1];
    let mut rows = Vec::new();
    let mut row = |why: &str, bytes: Vec<u8>, good: bool| {
        let hash = good.then(|| Suite::Sha256.hash(HashName::Op, &bytes).to_string());
        let row = json!({"hex": hex(&bytes), "op_hash": hash, "valid": good, "why": why});
        assert_eq!(judge_header(&row), row["op_hash"], "{why}");
        rows.push(row);
    };
    for op in story.runs.iter().flat_map(|run| &run.ops) {
        row(op.header.kind.as_str(), op.bytes.clone(), true);
    }
    for (why, edit) in GOOD {
        row(why, rewritten(base, edit).bytes, true);
    }
    for (why, edit) in BAD {
        row(why, rewritten(base, edit).bytes, false);
    }
    for (why, edit) in BAD_BYTES {
        let mut bytes = base.bytes.clone();
        edit(&mut bytes);
        row(why, bytes, false);
    }
    for kind in ["measure.order", "measure.order/0", "measure.order/01", "Measure.order/1", "a/1"] {
        let mut bytes = base.bytes.clone();
        let old = b"\x6fmeasure.order/1";
        let place = bytes.windows(old.len()).position(|part| part == old).expect("its kind");
        let mut text = Writer::default();
        text.text(kind);
        bytes.splice(place..place + old.len(), text.into_bytes());
        row(&format!("the kind {kind}"), bytes, false);
    }
    rows
}

pub(crate) fn judge_header(row: &Json) -> Json {
    let bytes = unhex(row["hex"].as_str().expect("digits"));
    json!(Op::read(&bytes, None).ok().map(|op| op.hash.to_string()))
}

pub(super) fn bodies() -> Vec<Json> {
    let mut rows = Vec::new();
    let mut row = |why: &str, bytes: &[u8], commitment: Option<Hash>| {
        let commitment = commitment.map(|hash| hash.to_string());
        let valid = commitment.is_some();
        let row = json!({"hex": hex(bytes), "commitment": commitment, "valid": valid, "why": why});
        assert_eq!(judge_body(&row), row["commitment"], "{why}");
        rows.push(row);
    };
    let story = Story::new();
    for op in story.runs.iter().flat_map(|run| &run.ops) {
        let body = op.body.as_ref().expect("a body");
        row("open", &body.to_wire(), Some(op.header.body));
        let closed = body.withhold(Suite::Sha256, |name| name > "m");
        row("some fields withheld", &closed.to_wire(), Some(op.header.body));
    }
    row("no field", &[0x80], Some(Body::default().commitment(Suite::Sha256)));
    let values = [
        Value::Int(i64::MIN),
        Value::Int(i64::MAX),
        Value::Bool(true),
        Value::Text("12.5".into()),
        Value::map([("b", Value::Null), ("aa", Value::Int(24)), ("", Value::Int(-25))]),
        deep(8),
    ];
    let fields = values.into_iter().enumerate().map(|(n, value)| (format!("f{n}"), value));
    let body = Body::open(fields, || [4; 16]).expect("a body within the rules");
    row("every kind of value", &body.to_wire(), Some(body.commitment(Suite::Sha256)));

    let one = |name: &str, salt: usize, value: &[u8]| {
        let mut out = Writer::default();
        out.array(1).array(3).text(name).bytes(&vec![1; salt]);
        [out.into_bytes(), value.to_vec()].concat()
    };
    row("null", &one("a", 16, &[0xf6]), {
        let body = Body::open([("a".to_owned(), Value::Null)], || [1; 16]).expect("a body");
        Some(body.commitment(Suite::Sha256))
    });
    let nine = [vec![0x81; 8], vec![0x80]].concat();
    let bad: [(&str, Vec<u8>); 16] = [
        ("a float", one("a", 16, &[0xf9, 0x3c, 0x00])),
        ("undefined", one("a", 16, &[0xf7])),
        ("a tagged time", one("a", 16, &[0xc1, 0x00])),
        ("an integer below -2^63", one("a", 16, &[0x3b, 0x80, 0, 0, 0, 0, 0, 0, 0])),
        ("an integer over 2^63 - 1", one("a", 16, &[0x1b, 0x80, 0, 0, 0, 0, 0, 0, 0])),
        ("23 in two bytes", one("a", 16, &[0x18, 23])),
        ("text that is not UTF-8", one("a", 16, &[0x61, 0xff])),
        ("text in parts", one("a", 16, &[0x7f, 0x61, b'x', 0xff])),
        ("a map with a number as key", one("a", 16, &[0xa1, 0x01, 0x01])),
        ("a map that is not sorted", one("a", 16, &[0xa2, 0x61, b'b', 1, 0x61, b'a', 1])),
        ("a key twice", one("a", 16, &[0xa2, 0x61, b'a', 1, 0x61, b'a', 1])),
        ("nine deep", one("a", 16, &nine)),
        ("an empty name", one("", 16, &[0xf6])),
        ("a name with a capital", one("A", 16, &[0xf6])),
        ("a name of 65 bytes", one(&"a".repeat(65), 16, &[0xf6])),
        ("a salt of 15 bytes", one("a", 15, &[0xf6])),
    ];
    for (why, bytes) in bad {
        row(why, &bytes, None);
    }
    let twice = [vec![0x82], one("a", 16, &[0xf6])[1..].repeat(2)].concat();
    row("a field twice", &twice, None);
    rows
}

pub(crate) fn judge_body(row: &Json) -> Json {
    let bytes = unhex(row["hex"].as_str().expect("digits"));
    let body = Body::from_wire(&bytes).ok();
    json!(body.map(|body| body.commitment(Suite::Sha256).to_string()))
}

pub(super) fn blobs() -> Vec<Json> {
    let row = |length: usize| {
        let number = (length % 251) as u8;
        let plain: Vec<u8> = (0..length).map(|place| (place * 7 % 256) as u8).collect();
        let key = [number; 32];
        let (cipher, draft) = evidence(DOSSIER, EntityId(FINDING.0), key, &plain);
        let field = |name: &str| {
            let found = draft.fields.iter().find(|(own, _)| own == name).expect("has it");
            hex(found.1.as_bytes().expect("bytes"))
        };
        json!({
            "key_hex": hex(&key), "plain_hex": hex(&plain), "cipher_hex": hex(&cipher),
            "address_hex": field("blob"), "sha256_hex": field("sha256"), "sm3_hex": field("sm3"),
        })
    };
    // One of two chunks: 65,536 bytes and one more, 262 kB as digits, is all that fits.
    [0, 1, 64, 65_537].map(row).to_vec()
}

pub(crate) fn judge_blob(row: &Json) -> Json {
    let bytes = |name: &str| unhex(row[name].as_str().expect("digits"));
    let (key, cipher) = (bytes("key_hex"), bytes("cipher_hex"));
    let mut opener = BlobOpener::new(&BlobKey::from_slice(&key).expect("32 bytes"));
    let chunks: Vec<&[u8]> = cipher.chunks(65_552).collect();
    let mut plain = Vec::new();
    for (index, chunk) in chunks.iter().enumerate() {
        let mut chunk = chunk.to_vec();
        opener.chunk(&mut chunk, index + 1 == chunks.len()).expect("opens");
        plain.extend(chunk);
    }
    let digests = opener.finish();
    assert_eq!(digests.length, plain.len() as u64);
    let mut row = row.clone();
    row["plain_hex"] = json!(hex(&plain));
    row["address_hex"] = json!(hex(&Sha256::digest(&cipher)));
    row["sha256_hex"] = json!(digests.sha256.to_string());
    row["sm3_hex"] = json!(digests.sm3.to_string());
    row
}
