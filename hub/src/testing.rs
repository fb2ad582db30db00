//! What the fuzz target `wire` asks of any bytes, so that its corpus can be replayed by a test.

use angen_ledger::invitation::Invitation;
use angen_ledger::wire::Wire;

use crate::wire::{
    Admitted, AskState, Certificates, Challenge, ChallengeAnswer, Changes, Consistency,
    GivenAnswer, HubHead, Invite, Invited, LaidAsk, PulledRuns, Receipts, Runs, Stored, Token,
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
    if let Ok((answer, signed)) = ChallengeAnswer::read(bytes) {
        assert_eq!(answer.to_wire(), signed.payload, "an answer has two encodings");
    }
}

fn decode_encode<T: Wire>(bytes: &[u8]) {
    if let Ok(value) = T::from_wire(bytes) {
        assert_eq!(value.to_wire(), bytes, "{} has two encodings", T::ITEM);
    }
}
