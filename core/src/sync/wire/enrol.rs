//! What travels when a new phone is enrolled over a hub: an invitation that waits, what is laid
//! down under it, and the answer that is fetched (docs/protocol.md section 16).

use angen_ledger::hash::Hash;
use angen_ledger::limits::{ENROL_ANSWER_CHARS_MAX, ENROL_ASK_CHARS_MAX};
use angen_ledger::wire::{Malformed, Reader, Wire, Writer};

use crate::sync::limits::ENROL_ASKS_MAX;
use crate::sync::wire::{read_no_ext, write_no_ext};

/// An administrator's word that who knows a token may ask.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invite {
    /// The SHA-256 of the token.
    pub id: [u8; 32],
}

/// How long the hub keeps an invitation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Invited {
    /// Seconds from now.
    pub ends_in_s: u64,
}

/// What a new phone lays down under an invitation; laid down again, it asks for the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LaidAsk {
    /// The text of its question.
    pub ask: String,
    /// That it has seen the invitation: for the administrator's phone, the hub cannot tell.
    pub proof: [u8; 32],
}

/// What became of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AskState {
    /// The text of the answer, once somebody has given it.
    pub answer: Option<String>,
    /// Seconds until the hub forgets the invitation and all that was laid down under it.
    pub ends_in_s: u64,
}

/// A question that nobody has answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAsk {
    /// Under which invitation.
    pub invitation: [u8; 32],
    /// What was laid down.
    pub laid: LaidAsk,
    /// Seconds that it has waited.
    pub waited_s: u64,
}

/// The questions that wait for one administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WaitingAsks(pub Vec<WaitingAsk>);

/// An answer for the phone that asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GivenAnswer {
    /// Under which invitation.
    pub invitation: [u8; 32],
    /// The hash of the question.
    pub ask: Hash,
    /// The text.
    pub answer: String,
}

impl Wire for Invite {
    const ITEM: &'static str = "invite";
    const BYTES_MAX: usize = 64;

    fn write(&self, out: &mut Writer) {
        out.array(2).bytes(&self.id);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("invite", 2)?;
        let id = input.fixed("invite.id")?;
        read_no_ext(input)?;
        Ok(Self { id })
    }
}

impl Wire for Invited {
    const ITEM: &'static str = "invited";
    const BYTES_MAX: usize = 32;

    fn write(&self, out: &mut Writer) {
        out.array(2).uint(self.ends_in_s);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("invited", 2)?;
        let ends_in_s = input.uint("invited.ends")?;
        read_no_ext(input)?;
        Ok(Self { ends_in_s })
    }
}

impl LaidAsk {
    fn write_parts(&self, out: &mut Writer) {
        out.text(&self.ask).bytes(&self.proof);
    }

    fn read_parts(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let ask = input.text("laid.ask", ENROL_ASK_CHARS_MAX)?.to_owned();
        Ok(Self { ask, proof: input.fixed("laid.proof")? })
    }
}

impl Wire for LaidAsk {
    const ITEM: &'static str = "laid";
    const BYTES_MAX: usize = ENROL_ASK_CHARS_MAX + 64;

    fn write(&self, out: &mut Writer) {
        out.array(3);
        self.write_parts(out);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("laid", 3)?;
        let laid = Self::read_parts(input)?;
        read_no_ext(input)?;
        Ok(laid)
    }
}

impl Wire for AskState {
    const ITEM: &'static str = "asked";
    const BYTES_MAX: usize = ENROL_ANSWER_CHARS_MAX + 64;

    fn write(&self, out: &mut Writer) {
        out.array(3);
        out.optional(self.answer.as_ref(), |out, answer| {
            out.text(answer);
        });
        out.uint(self.ends_in_s);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("asked", 3)?;
        let answer = input.optional("asked.answer", |input| {
            input.text("asked.answer", ENROL_ANSWER_CHARS_MAX).map(str::to_owned)
        })?;
        let ends_in_s = input.uint("asked.ends")?;
        read_no_ext(input)?;
        Ok(Self { answer, ends_in_s })
    }
}

impl Wire for WaitingAsks {
    const ITEM: &'static str = "asks";
    const BYTES_MAX: usize = 64 + ENROL_ASKS_MAX * (ENROL_ASK_CHARS_MAX + 128);

    fn write(&self, out: &mut Writer) {
        out.array(2).array(self.0.len());
        for one in &self.0 {
            out.array(4).bytes(&one.invitation);
            one.laid.write_parts(out);
            out.uint(one.waited_s);
        }
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("asks", 2)?;
        let mut asks = Vec::new();
        for _ in 0..input.array("asks", ENROL_ASKS_MAX)? {
            input.tuple("asks", 4)?;
            let invitation = input.fixed("asks.invitation")?;
            let laid = LaidAsk::read_parts(input)?;
            asks.push(WaitingAsk { invitation, laid, waited_s: input.uint("asks.waited")? });
        }
        read_no_ext(input)?;
        Ok(Self(asks))
    }
}

impl Wire for GivenAnswer {
    const ITEM: &'static str = "given";
    const BYTES_MAX: usize = ENROL_ANSWER_CHARS_MAX + 128;

    fn write(&self, out: &mut Writer) {
        out.array(4).bytes(&self.invitation).bytes(self.ask.as_bytes()).text(&self.answer);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("given", 4)?;
        let invitation = input.fixed("given.invitation")?;
        let ask = Hash(input.fixed("given.ask")?);
        let answer = input.text("given.answer", ENROL_ANSWER_CHARS_MAX)?.to_owned();
        read_no_ext(input)?;
        Ok(Self { invitation, ask, answer })
    }
}
