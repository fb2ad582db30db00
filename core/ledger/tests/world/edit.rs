//! A package as a list of frames: taken apart, edited, and closed by whoever likes to.

use angen_ledger::body::Body;
use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::hash::{Hash, HashName, Suite};
use angen_ledger::package::{Closing, Frame, Frames, Start};
use angen_ledger::testing::Scribe;
use angen_ledger::wire::Wire;

use super::Run;

/// The frames of a package but the closing one.
pub(crate) fn frames(
    start: &Start,
    certificates: &[Vec<u8>],
    runs: &[Run],
    blobs: &[(Hash, Vec<u8>)],
) -> Vec<Vec<u8>> {
    let mut frames = vec![Frame::Start(start.clone()).to_wire()];
    frames.extend(certificates.iter().map(|cose| Frame::Certificate(cose.clone()).to_wire()));
    for run in runs {
        for op in &run.ops {
            let body = op.body.as_ref().map(Wire::to_wire);
            frames.push(Frame::Op { header: op.bytes.clone(), body }.to_wire());
        }
        frames.push(Frame::Seal(run.seal.clone()).to_wire());
    }
    for (address, bytes) in blobs {
        let (address, bytes) = (*address, bytes.clone());
        frames.push(Frame::Blob { address, offset: 0, bytes }.to_wire());
    }
    frames
}

/// Closes frames in somebody's name and with the same person's key.
pub(crate) fn close(frames: &[Vec<u8>], exporter: &Scribe) -> Vec<u8> {
    close_as(frames, exporter.certificate.hash, exporter)
}

/// Closes frames in the name of a certificate, with anybody's key.
pub(crate) fn close_as(frames: &[Vec<u8>], name: Hash, key: &Scribe) -> Vec<u8> {
    let hash = |frame: &Vec<u8>| Suite::Sha256.hash(HashName::Frame, frame);
    close_over(frames, frames.iter().map(hash).collect(), name, key)
}

/// Closes frames with a list that may say something else.
pub(crate) fn close_over(frames: &[Vec<u8>], list: Vec<Hash>, name: Hash, key: &Scribe) -> Vec<u8> {
    let closing = Closing { suite: Suite::Sha256, frames: list };
    close_with(frames, closing.to_wire(), Purpose::Package, name, key)
}

/// Closes frames with any payload, signed for any purpose.
pub(crate) fn close_with(
    frames: &[Vec<u8>],
    payload: Vec<u8>,
    purpose: Purpose,
    name: Hash,
    key: &Scribe,
) -> Vec<u8> {
    let cose = Signed::make(purpose, &key.key, Some(name), payload).expect("memory signs");
    let mut bytes = frames.concat();
    bytes.extend(Frame::Close(cose).to_wire());
    bytes
}

/// Cuts a package into its frames, the closing one last.
pub(crate) fn split(package: &[u8]) -> Vec<Vec<u8>> {
    let mut frames = Frames::new(package);
    let mut out = Vec::new();
    while let Some(frame) = frames.next_frame().expect("a package of ours can be cut") {
        out.push(frame.bytes);
    }
    out
}

/// Edits the list of frames of a package without closing it again: what anyone can do who holds
/// the file and no key.
pub(crate) fn tamper(package: &[u8], edit: impl FnOnce(&mut Vec<Vec<u8>>)) -> Vec<u8> {
    let mut frames = split(package);
    edit(&mut frames);
    frames.concat()
}

/// A frame with one byte changed.
pub(crate) fn flipped(frame: &[u8], from_the_end: usize) -> Vec<u8> {
    let mut frame = frame.to_vec();
    let place = frame.len() - 1 - from_the_end;
    frame[place] ^= 1;
    frame
}

/// A body in which some fields have other values and the old salts, or are closed.
pub(crate) fn with_field(body: &Body, name: &str, edit: impl Fn(&mut Vec<u8>)) -> Body {
    use angen_ledger::value::Value;
    let mut counter = 0;
    let fields = body.fields().iter().map(|field| {
        let mut value = body.get(&field.name).expect("an open field").clone();
        if let (true, Value::Bytes(bytes)) = (field.name == name, &mut value) {
            edit(bytes);
        }
        (field.name.clone(), value)
    });
    Body::open(fields, || {
        counter += 1;
        [counter; 16]
    })
    .expect("a body within the rules")
}

/// The larger form of a P-256 signature at the end of a COSE message: the same point, the other
/// of its two encodings.
pub(crate) fn with_greater_s(cose: &[u8]) -> Vec<u8> {
    // The order of the group (SEC 2, section 2.4.2), big end first.
    const ORDER: [u8; 32] = [
        0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xbc,
        0xe6, 0xfa, 0xad, 0xa7, 0x17, 0x9e, 0x84, 0xf3, 0xb9, 0xca, 0xc2, 0xfc, 0x63, 0x25, 0x51,
    ];
    let mut cose = cose.to_vec();
    let start = cose.len() - 32;
    let mut borrow = 0;
    for place in (0..32).rev() {
        let digit = i16::from(ORDER[place]) - i16::from(cose[start + place]) - borrow;
        borrow = i16::from(digit < 0);
        cose[start + place] = digit.rem_euclid(256) as u8;
    }
    cose
}
