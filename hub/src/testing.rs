//! What the fuzz target `wire` asks of any bytes, so that its corpus can be replayed by a test; and
//! what tests need that carry requests by ways of their own.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};

use angen_core::sync::RequestBody;
use angen_ledger::invitation::Invitation;
use angen_ledger::wire::Wire;

use crate::wire::{
    Admitted, AskState, Asked, Certificates, Challenge, ChallengeAnswer, Changes, Consistency,
    GivenAnswer, HubHead, Invite, Invited, LaidAsk, Own, PulledRuns, Receipts, Runs, Stored, Token,
    WaitingAsks,
};

/// Whatever decodes as a body of the hub encodes to the same bytes again.
///
/// # Panics
/// When that does not hold: a finding.
pub fn wire(bytes: &[u8]) {
    decode_encode::<Certificates>(bytes);
    decode_encode::<Runs>(bytes);
    decode_encode::<ChallengeAnswer>(bytes);
    decode_encode::<Challenge>(bytes);
    decode_encode::<Token>(bytes);
    decode_encode::<Admitted>(bytes);
    decode_encode::<HubHead>(bytes);
    decode_encode::<Stored>(bytes);
    decode_encode::<Changes>(bytes);
    decode_encode::<Consistency>(bytes);
    decode_encode::<PulledRuns>(bytes);
    decode_encode::<Receipts>(bytes);
    decode_encode::<Invite>(bytes);
    decode_encode::<Invited>(bytes);
    decode_encode::<LaidAsk>(bytes);
    decode_encode::<AskState>(bytes);
    decode_encode::<WaitingAsks>(bytes);
    decode_encode::<GivenAnswer>(bytes);
    decode_encode::<Invitation>(bytes);
    decode_encode::<Asked>(bytes);
    decode_encode::<Own>(bytes);
    if let Ok((answer, signed)) = ChallengeAnswer::read(bytes) {
        assert_eq!(answer.to_wire(), signed.payload, "an answer has two encodings");
    }
}

fn decode_encode<T: Wire>(bytes: &[u8]) {
    if let Ok(value) = T::from_wire(bytes) {
        assert_eq!(value.to_wire(), bytes, "{} has two encodings", T::ITEM);
    }
}

/// The bytes of a request's body, wherever they lie.
///
/// # Errors
/// When its file cannot be read.
pub fn body_bytes(body: &RequestBody) -> io::Result<Vec<u8>> {
    match body {
        RequestBody::Empty => Ok(Vec::new()),
        RequestBody::Bytes(bytes) => Ok(bytes.clone()),
        RequestBody::File { path, from, bytes } => {
            let (mut file, mut part) = (File::open(path)?, Vec::new());
            file.seek(SeekFrom::Start(*from))?;
            file.take(*bytes).read_to_end(&mut part)?;
            Ok(part)
        }
    }
}
