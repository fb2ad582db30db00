//! A refusal: a hub did not take a seal or a certificate, and says why under its signature.

use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, Suite};
use crate::id::DossierId;
use crate::key::{SignError, Signer};
use crate::limits::{COSE_BYTES_MAX, REASON_BYTES_MAX, REFUSAL_WORDS_BYTES_MAX};
use crate::wire::{Malformed, Reader, Wire, Writer};

/// The dossier of a refusal that is about a certificate: those belong to none.
pub const NO_DOSSIER: DossierId = DossierId([0; 16]);

/// What a refusal says. Field by field as docs/protocol.md section 12 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Hash and signatures.
    pub suite: Suite,
    /// The seal hash, or that of a certificate.
    pub subject: Hash,
    /// The dossier of the seal; [`NO_DOSSIER`] for a certificate.
    pub dossier: DossierId,
    /// The reason, for programs: 1 to 64 bytes of `a-z_`.
    pub reason: String,
    /// The reason, for people.
    pub words: String,
    /// When, in milliseconds since 1970 UTC by the hub's clock.
    pub at_ms: i64,
}

/// A refusal as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedRefusal {
    /// What it says.
    pub refusal: Refusal,
    /// The hub's certificate.
    pub certificate: Hash,
    /// The COSE message; whoever has the certificate checks it for [`Purpose::Refusal`].
    pub signed: Signed,
}

impl Refusal {
    /// Signs the refusal; gives the bytes of the COSE message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, certificate: Hash) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Refusal, key, Some(certificate), self.to_wire())
    }
}

impl SignedRefusal {
    /// Reads the bytes of a COSE message. The signature is not checked here.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(cose, COSE_BYTES_MAX)?;
        let refusal = Refusal::from_wire(&signed.payload)?;
        let certificate = signed.signer.ok_or(Malformed::Rule {
            item: "refusal",
            rule: "names the certificate that signed",
        })?;
        Ok(Self { refusal, certificate, signed })
    }
}

impl Wire for Refusal {
    const ITEM: &'static str = "refusal";
    const BYTES_MAX: usize = COSE_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(7).uint(1).uint(self.suite.number());
        self.subject.write(out);
        self.dossier.write(out);
        out.text(&self.reason).text(&self.words).int(self.at_ms);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("refusal", 7)?;
        if input.uint("refusal.version")? != 1 {
            return Err(Malformed::Rule { item: "refusal.version", rule: "must be 1" });
        }
        let refusal = Self {
            suite: Suite::read(input)?,
            subject: Hash::read(input, "refusal.subject")?,
            dossier: DossierId::read(input)?,
            reason: input.text("refusal.reason", REASON_BYTES_MAX)?.to_owned(),
            words: input.text("refusal.words", REFUSAL_WORDS_BYTES_MAX)?.to_owned(),
            at_ms: input.int("refusal.at")?,
        };
        let word = |b: u8| b.is_ascii_lowercase() || b == b'_';
        if refusal.reason.is_empty() || !refusal.reason.bytes().all(word) {
            return Err(Malformed::Rule { item: "refusal.reason", rule: "is of a-z and _" });
        }
        Ok(refusal)
    }
}
