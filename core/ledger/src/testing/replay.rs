//! What the fuzz targets ask of any bytes, so that their corpus can be replayed by a plain test.

use crate::body::Body;
use crate::bundle::{BundleHeader, Recipient, open, read_header};
use crate::certificate::SignedCertificate;
use crate::hash::Hash;
use crate::header::Header;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::entry::Entry;
use crate::log::note::Note;
use crate::log::refusal::Refusal;
use crate::op::Op;
use crate::seal::SignedSeal;
use crate::value::Value;
use crate::verify::{NoObserver, Outcome, verify};
use crate::wire::Wire;

/// Whatever decodes as a header, a body, a value, a seal, a certificate, or a part of a hub's log
/// encodes to the same bytes again, and an op that is read from them does not panic when it is
/// asked about.
///
/// # Panics
/// When that does not hold: a finding.
pub fn op(bytes: &[u8]) {
    decode_encode::<Header>(bytes);
    decode_encode::<Body>(bytes);
    decode_encode::<Value>(bytes);
    decode_encode::<Entry>(bytes);
    decode_encode::<Refusal>(bytes);
    if let Ok(text) = std::str::from_utf8(bytes) {
        note(text);
    }
    if let Ok(seal) = SignedSeal::read(bytes) {
        assert_eq!(seal.seal.to_wire(), seal.signed.payload);
        assert!(seal.seal.ops() >= 1, "a seal covers an op");
    }
    if let Ok(certificate) = SignedCertificate::read(bytes) {
        assert_eq!(certificate.certificate.to_wire(), certificate.signed.payload);
    }
    // Two bytes say where the header ends and the body begins.
    if let Some((length, rest)) = bytes.split_first_chunk::<2>() {
        let split = usize::from(u16::from_be_bytes(*length)).min(rest.len());
        let (header, body) = rest.split_at(split);
        if let Ok(op) = Op::read(header, Some(body)) {
            assert_eq!(op.header.to_wire(), header);
            let _ = op.body_fault();
        }
    }
}

fn note(text: &str) {
    if let Ok(note) = Note::read(text) {
        assert_eq!(note.text(), text, "a note has two texts");
    }
    if let Ok(read) = SignedCheckpoint::read(text) {
        assert!(i64::try_from(read.checkpoint.size).is_ok(), "a size that cannot be written");
    }
}

/// Verification ends with a verdict that agrees with itself, whatever the bytes say.
///
/// # Panics
/// When that does not hold: a finding.
pub fn package(bytes: &[u8]) {
    let verdict = verify(bytes, None, &mut NoObserver).expect("memory reads");
    let broken = verdict.broken().count();
    match verdict.outcome {
        Outcome::Refused => assert!(broken > 0, "refused, and nothing is broken"),
        Outcome::Verifies | Outcome::Unreadable => assert_eq!(broken, 0, "broken and not refused"),
    }
}

/// A header that is read has one encoding and keeps its limits, and bytes that nobody sealed open
/// for nobody.
///
/// # Panics
/// When that does not hold: a finding.
pub fn bundle(bytes: &[u8]) {
    decode_encode::<BundleHeader>(bytes);
    let Ok(header) = read_header(&mut &*bytes) else { return };
    assert!(!header.readers.is_empty(), "a bundle for nobody");
    let wire = header.to_wire();
    assert_eq!(bytes.get(16..16 + wire.len()), Some(&wire[..]), "a header has two encodings");
    for envelope in &header.readers {
        let reader = Recipient { certificate: Hash(envelope.certificate.0), seal_to: [9; 32] };
        let opened = open(bytes, &reader, |_| Ok(zeroize::Zeroizing::new([1; 32])));
        assert!(opened.is_err(), "an envelope opens with a key that nobody agreed upon");
    }
}

fn decode_encode<T: Wire>(bytes: &[u8]) {
    if let Ok(value) = T::from_wire(bytes) {
        assert_eq!(value.to_wire(), bytes, "{} has two encodings", T::ITEM);
    }
}
