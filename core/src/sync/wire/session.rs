//! What travels at a sign-in: a challenge, the signed answer to it, and a token.

use angen_ledger::cose::{Purpose, Signed};
use angen_ledger::hash::Hash;
use angen_ledger::key::{SignError, Signer};
use angen_ledger::limits::{COSE_BYTES_MAX, NAME_BYTES_MAX};
use angen_ledger::wire::{Malformed, Reader, Wire, Writer};

use crate::sync::wire::{read_no_ext, write_no_ext};

/// A question that only the holder of a certified key can answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Challenge {
    /// Answered once.
    pub nonce: [u8; 32],
    /// The log of the hub that asks.
    pub origin: String,
}

/// What the caller signs: the nonce, and for which hub, so that no other hub can pass it on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChallengeAnswer {
    /// The log of the hub that asked.
    pub origin: String,
    /// What it asked.
    pub nonce: [u8; 32],
}

/// What a caller shows with each request from now on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Token {
    /// Secret.
    pub token: [u8; 32],
    /// How long it is good for, in seconds.
    pub expires_in_s: u64,
    /// None: it reads and pushes; otherwise it pushes alone.
    pub limit: Option<Limit>,
}

/// Why a session pushes and reads nothing, by the word of the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Limit {
    /// Why.
    pub why: Limited,
    /// Since when, in milliseconds since 1970 UTC: as the administrator's device claimed it, or as
    /// the certificate says.
    pub since_ms: i64,
}

/// What became of the certificate of a session that pushes alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Limited {
    /// An administrator revoked its writer.
    Revoked,
    /// Its period is over.
    PeriodOver,
}

impl ChallengeAnswer {
    /// Signs the answer; gives the bytes of the COSE message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, certificate: Hash) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Session, key, Some(certificate), self.to_wire())
    }

    /// Reads the bytes of a COSE message; the signature is not checked here.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<(Self, Signed), Malformed> {
        let signed = Signed::read(cose, COSE_BYTES_MAX)?;
        Ok((Self::from_wire(&signed.payload)?, signed))
    }
}

impl Wire for Challenge {
    const ITEM: &'static str = "challenge";
    const BYTES_MAX: usize = 512;

    fn write(&self, out: &mut Writer) {
        out.array(3).bytes(&self.nonce).text(&self.origin);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("challenge", 3)?;
        let nonce = input.fixed("challenge.nonce")?;
        let origin = input.text("challenge.origin", NAME_BYTES_MAX)?.to_owned();
        read_no_ext(input)?;
        Ok(Self { nonce, origin })
    }
}

impl Wire for ChallengeAnswer {
    const ITEM: &'static str = "session";
    const BYTES_MAX: usize = 512;

    fn write(&self, out: &mut Writer) {
        out.array(4).uint(1).uint(1).text(&self.origin).bytes(&self.nonce);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("session", 4)?;
        if input.uint("session.version")? != 1 {
            return Err(Malformed::Rule { item: "session.version", rule: "must be 1" });
        }
        angen_ledger::hash::Suite::read(input)?;
        let origin = input.text("session.origin", NAME_BYTES_MAX)?.to_owned();
        Ok(Self { origin, nonce: input.fixed("session.nonce")? })
    }
}

impl Wire for Token {
    const ITEM: &'static str = "token";
    const BYTES_MAX: usize = 96;

    fn write(&self, out: &mut Writer) {
        out.array(4).bytes(&self.token).uint(self.expires_in_s);
        out.optional(self.limit, |out, limit| {
            let why = match limit.why {
                Limited::Revoked => 1,
                Limited::PeriodOver => 2,
            };
            out.array(2).uint(why).int(limit.since_ms);
        });
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("token", 4)?;
        let (token, expires_in_s) = (input.fixed("token.token")?, input.uint("token.expires")?);
        let limit = input.optional("token.limit", |input| {
            input.tuple("token.limit", 2)?;
            let why = match input.uint("token.why")? {
                1 => Limited::Revoked,
                2 => Limited::PeriodOver,
                _ => return Err(Malformed::Rule { item: "token.why", rule: "is 1 or 2" }),
            };
            Ok(Limit { why, since_ms: input.int("token.since")? })
        })?;
        let token = Self { token, expires_in_s, limit };
        read_no_ext(input)?;
        Ok(token)
    }
}
