//! Each limit of section 10: what lies just within is read, what lies just beyond is refused.
//!
//! Not here, as their tests would take gigabytes or minutes: a million frames, a closing message
//! of 40 MB, a blob of 256 GiB (its stated length is tested), 10,000 certificates.

use angen_ledger::body::{Body, Content};
use angen_ledger::certificate::{Certificate, Duty, SignedCertificate};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Checkpoint, Dep, Header, Over, Ref};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::kind::Kind;
use angen_ledger::limits::*;
use angen_ledger::op::Op;
use angen_ledger::package::{Frame, Frames, Mode, Start};
use angen_ledger::seal::Seal;
use angen_ledger::testing::{Scribe, draft, opening};
use angen_ledger::value::Value;
use angen_ledger::wire::{Malformed, Wire};

use crate::world::case::said;
use crate::world::rows::{OTHER, deep};
use crate::world::{AREA, DOSSIER, FINDING, Run, Story, person, recertified};

fn hash(number: usize) -> Hash {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    Hash(bytes)
}

fn id(number: usize) -> [u8; 16] {
    let mut bytes = [0xff; 16];
    bytes[..8].copy_from_slice(&(number as u64).to_be_bytes());
    bytes
}

fn header(edit: impl FnOnce(&mut Header)) -> Result<Header, Malformed> {
    let mut header = Story::new().runs[2].ops[1].header.clone();
    edit(&mut header);
    Header::from_wire(&header.to_wire())
}

/// A header with so many of something reads, and with one more does not.
fn header_limit(what: &str, max: usize, edit: impl Fn(&mut Header, usize)) {
    assert!(header(|header| edit(header, max)).is_ok(), "{what}: {max}");
    assert!(header(|header| edit(header, max + 1)).is_err(), "{what}: {max} and one more");
}

#[test]
fn lists_of_a_header_are_bounded() {
    header_limit("deps", DEPS_MAX, |header, count| {
        let dep = |n| Dep { writer: WriterId(id(n)), seq: 0, op: hash(n) };
        header.deps = (0..count).map(dep).collect();
    });
    header_limit("refs", REFS_MAX, |header, count| {
        let reference = |n| Ref { role: "a".into(), dossier: DossierId(id(n)), op: hash(n) };
        header.refs = (0..count).map(reference).collect();
    });
    header_limit("blobs", BLOBS_MAX, |header, count| {
        header.blobs = (0..count).map(|n| BlobRef { address: hash(n), length: 16 }).collect();
    });
    header_limit("fields in over", OVER_FIELDS_MAX, |header, count| {
        let over = |n| Over { field: format!("f{n:03}"), heads: vec![hash(n)] };
        header.over = (0..count).map(over).collect();
    });
    header_limit("hashes of a field in over", OVER_HEADS_MAX, |header, count| {
        header.over = vec![Over { field: "f".into(), heads: (0..count).map(hash).collect() }];
    });
    header_limit("ext", EXT_MAX, |header, count| {
        header.ext = (0..count).map(|n| (format!("e{n:02}"), Value::Null)).collect();
    });
}

#[test]
fn texts_and_numbers_of_a_header_are_bounded() {
    header_limit("role", ROLE_BYTES_MAX, |header, length| {
        header.refs = vec![Ref { role: "r".repeat(length), dossier: OTHER, op: hash(1) }];
    });
    header_limit("origin", NAME_BYTES_MAX, |header, length| {
        let origin = "o".repeat(length);
        header.checkpoint = Some(Checkpoint { origin, size: 1, root: hash(1) });
    });
    header_limit("field in over", FIELD_NAME_BYTES_MAX, |header, length| {
        header.over = vec![Over { field: "f".repeat(length), heads: vec![hash(1)] }];
    });
    header_limit("body_len", BODY_BYTES_MAX, |header, length| header.body_len = length as u64);
    header_limit("length of a blob", BLOB_BYTES_MAX as usize, |header, length| {
        header.blobs = vec![BlobRef { address: hash(1), length: length as u64 }];
    });
    header_limit("depth in ext", CBOR_DEPTH_MAX, |header, levels| {
        header.ext = vec![("x".into(), deep(levels))];
    });
    let verb = "v".repeat(KIND_BYTES_MAX - "noun./1".len());
    assert!(Kind::new(&format!("noun.{verb}/1")).is_ok());
    assert!(Kind::new(&format!("noun.{verb}v/1")).is_err());
}

#[test]
fn bytes_of_a_header_are_bounded() {
    let plain = header(|_| {}).expect("good").to_wire().len();
    // One entry: a name of one byte in two, the head of a byte string of over 255 in three.
    let room = HEADER_BYTES_MAX - plain - 2 - 3;
    header_limit("header", room, |header, length| {
        header.ext = vec![("x".into(), Value::Bytes(vec![0; length]))];
    });
}

fn body(fields: impl IntoIterator<Item = (String, Value)>) -> Result<Body, Malformed> {
    Body::open(fields, || [1; 16])
}

#[test]
fn a_body_is_bounded() {
    let many = |count: usize| body((0..count).map(|n| (format!("f{n:03}"), Value::Null)));
    assert_eq!(many(BODY_FIELDS_MAX).expect("256 fields").fields().len(), 256);
    assert!(many(BODY_FIELDS_MAX + 1).is_err());
    let named = |length: usize| body([("n".repeat(length), Value::Null)]);
    assert!(named(FIELD_NAME_BYTES_MAX).is_ok());
    assert!(named(FIELD_NAME_BYTES_MAX + 1).is_err());
    let deep_field = |levels| body([("f".to_owned(), deep(levels))]);
    assert!(deep_field(CBOR_DEPTH_MAX).is_ok());
    assert!(deep_field(CBOR_DEPTH_MAX + 1).is_err());
    let long = |length: usize| body([("f".to_owned(), Value::Bytes(vec![0; length]))]);
    // List, field, name, salt with its head, and the head of a byte string of over 65,535.
    let room = BODY_BYTES_MAX - (1 + 1 + 2 + 17 + 5);
    let full = long(room).expect("1 MiB");
    assert_eq!(full.to_wire().len(), BODY_BYTES_MAX);
    assert!(matches!(full.fields()[0].content, Content::Open { .. }));
    assert!(long(room + 1).is_err());
    assert_eq!(full.commitment(Suite::Sha256), full.clone().commitment(Suite::Sha256));
}

#[test]
fn a_certificate_is_bounded() {
    let story = Story::new();
    let reads = |edit: &dyn Fn(&mut Certificate)| {
        SignedCertificate::read(&recertified(&story.first, &story.root, edit)).is_ok()
    };
    let limit = |what: &str, max: usize, edit: &dyn Fn(&mut Certificate, usize)| {
        assert!(reads(&|own| edit(own, max)), "{what}: {max}");
        assert!(!reads(&|own| edit(own, max + 1)), "{what}: {max} and one more");
    };
    limit("name", NAME_BYTES_MAX, &|own, length| own.name = "n".repeat(length));
    limit("organisation", NAME_BYTES_MAX, &|own, length| own.organisation = "o".repeat(length));
    limit("scopes", SCOPES_MAX, &|own, count| {
        own.scopes =
            (0..count).map(|n| format!("a:{}", 10 + n).parse().expect("a scope")).collect();
    });
    limit("ext", EXT_MAX, &|own, count| {
        own.ext = (0..count).map(|n| (format!("e{n:02}"), Value::Null)).collect();
    });
    let padded = |length: usize| {
        recertified(&story.first, &story.root, |own| {
            own.ext = vec![("x".into(), Value::Bytes(vec![0; length]))];
        })
    };
    let room = COSE_BYTES_MAX - (padded(1_000).len() - 1_000);
    assert_eq!(padded(room).len(), COSE_BYTES_MAX);
    assert!(SignedCertificate::read(&padded(room)).is_ok());
    assert!(SignedCertificate::read(&padded(room + 1)).is_err());
}

#[test]
fn the_start_of_a_package_is_bounded() {
    let with = |count: usize, software: usize| {
        let dossiers = (0..count).map(|n| (DossierId(id(n)), Mode::Whole)).collect();
        let (created_ms, exporter) = (0, hash(1));
        let software = "s".repeat(software);
        let start = Start { created_ms, exporter, dossiers, software, ext: vec![] };
        Frame::from_wire(&Frame::Start(start).to_wire())
    };
    assert!(with(DOSSIERS_MAX, NAME_BYTES_MAX).is_ok());
    assert!(with(DOSSIERS_MAX + 1, 1).is_err());
    assert!(with(1, NAME_BYTES_MAX + 1).is_err());
    assert!(with(0, 1).is_err());
}

#[test]
fn a_frame_is_bounded() {
    let blob = |length: usize| {
        let frame = Frame::Blob { address: hash(1), offset: 0, bytes: vec![0; length] };
        Frame::from_wire(&frame.to_wire())
    };
    assert!(blob(BLOB_FRAME_BYTES).is_ok());
    assert!(blob(BLOB_FRAME_BYTES + 1).is_err());
    assert!(blob(0).is_err());
    // A reserved frame: array, type, and the head of a byte string of over 65,535.
    let reserved = |length: usize| {
        let mut bytes = vec![0x82, 0x05, 0x5a];
        bytes.extend((length as u32 - 7).to_be_bytes());
        bytes.resize(length, 0);
        let cut = Frames::new(bytes.as_slice()).next_frame().is_ok();
        (cut, bytes)
    };
    let (cut, bytes) = reserved(FRAME_BYTES_MAX);
    assert!(cut && Frame::from_wire(&bytes).is_err(), "1 MiB is the most that a value has");
    assert!(!reserved(FRAME_BYTES_MAX + 1).0, "longer frames are not even cut off");
}

/// A run of 1,024 ops verifies; a seal over one more is refused, and so is every op under it.
#[test]
fn a_run_is_bounded() {
    let told = |count: usize| {
        let mut story = Story::new();
        story.runs.clear();
        story.blobs.clear();
        let note = || draft(DOSSIER, FINDING, "note.add/1", &[]);
        // The officer once more, with nothing written yet.
        let scope = "enforcer:371102110";
        story.first = person(2, Duty::Writer, scope, Some(&story.root));
        let opened = story.first.write(opening(DOSSIER, AREA), vec![]);
        let mut ops = vec![opened];
        ops.extend((1..count).map(|_| story.first.write(note(), vec![])));
        let writer = &mut story.first;
        let seal = if count <= SEAL_OPS_MAX { writer.seal(&ops) } else { overlong(writer, &ops) };
        story.runs.push(Run { ops, seal });
        said(&story.package(), None)
    };
    assert_eq!(told(SEAL_OPS_MAX).verdict, "verifies");
    let over = told(SEAL_OPS_MAX + 1);
    assert_eq!(over.verdict, "refused");
    assert!(over.broken.contains("S1") && over.broken.contains("S2"), "{over:?}");
}

/// A seal that no reader takes, signed all the same.
fn overlong(writer: &Scribe, ops: &[Op]) -> Vec<u8> {
    let seal = Seal {
        suite: Suite::Sha256,
        dossier: DOSSIER,
        writer: writer.writer,
        number: 0,
        prev: None,
        first: 0,
        last: ops.len() as u64 - 1,
        head: ops.last().expect("an op").hash,
    };
    seal.sign(&writer.key, writer.certificate.hash).expect("memory signs")
}

#[test]
fn checkpoints_and_proofs_of_a_package_are_bounded() {
    use crate::world::edit::close;
    use angen_ledger::package::LogFrame;
    let story = Story::new();
    let with = |count: usize| {
        let mut frames = story.frames();
        let note = |number: usize| Frame::Log(LogFrame::Checkpoint(number.to_string())).to_wire();
        frames.extend((0..count).map(note));
        said(&close(&frames, &story.first), None).broken
    };
    assert!(!with(CHECKPOINTS_MAX).contains("C2"), "they are no notes, which R1 tells");
    assert!(with(CHECKPOINTS_MAX + 1).contains("C2"));
}
