//! A seal: one signature over a run of hash-linked ops.

use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, HashName, Suite};
use crate::id::{DossierId, WriterId};
use crate::key::{SignError, Signer};
use crate::limits::{COSE_BYTES_MAX, SEAL_OPS_MAX};
use crate::wire::{Malformed, Reader, Wire, Writer};

/// What a seal says. Field by field as docs/protocol.md section 4 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seal {
    /// Hash and signatures.
    pub suite: Suite,
    /// The dossier of the run.
    pub dossier: DossierId,
    /// Whose run it is.
    pub writer: WriterId,
    /// Count of the writer's seals in all dossiers, from 0.
    pub number: u64,
    /// The writer's seal before, in whatever dossier.
    pub prev: Option<Hash>,
    /// First seq of the run.
    pub first: u64,
    /// Last seq of the run.
    pub last: u64,
    /// Op hash at `last`.
    pub head: Hash,
}

/// A seal as it travels: the signed bytes and what they say.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedSeal {
    /// What it says.
    pub seal: Seal,
    /// The certificate that it names.
    pub certificate: Hash,
    /// The COSE message; its signature is checked by [`SignedSeal::signed`].
    pub signed: Signed,
    /// The seal hash.
    pub hash: Hash,
}

impl Seal {
    /// Signs the seal; gives the bytes of the COSE message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, certificate: Hash) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Seal, key, Some(certificate), self.to_wire())
    }

    /// How many ops the run has.
    #[must_use]
    pub fn ops(&self) -> u64 {
        self.last - self.first + 1
    }
}

impl SignedSeal {
    /// Reads the bytes of a COSE message. The signature is not checked here.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(cose, COSE_BYTES_MAX)?;
        let seal = Seal::from_wire(&signed.payload)?;
        let certificate = signed
            .signer
            .ok_or(Malformed::Rule { item: "seal", rule: "names the certificate that signed" })?;
        let hash = seal.suite.hash(HashName::Seal, cose);
        Ok(Self { seal, certificate, signed, hash })
    }
}

impl Wire for Seal {
    const ITEM: &'static str = "seal";
    const BYTES_MAX: usize = COSE_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(9).uint(1).uint(self.suite.number());
        self.dossier.write(out);
        self.writer.write(out);
        out.uint(self.number).optional(self.prev, |out, prev| prev.write(out));
        out.uint(self.first).uint(self.last);
        self.head.write(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("seal", 9)?;
        if input.uint("seal.version")? != 1 {
            return Err(Malformed::Rule { item: "seal.version", rule: "must be 1" });
        }
        let seal = Self {
            suite: Suite::read(input)?,
            dossier: DossierId::read(input)?,
            writer: WriterId::read(input)?,
            number: input.uint("seal.number")?,
            prev: input.optional("seal.prev", |input| Hash::read(input, "seal.prev"))?,
            first: input.uint("seal.first")?,
            last: input.uint("seal.last")?,
            head: Hash::read(input, "seal.head")?,
        };
        if seal.prev.is_none() != (seal.number == 0) {
            return Err(Malformed::Rule {
                item: "seal.prev",
                rule: "must be absent at the writer's first seal, and only there",
            });
        }
        if seal.first > seal.last || seal.last - seal.first >= SEAL_OPS_MAX as u64 {
            return Err(Malformed::Rule { item: "seal", rule: "covers 1 to 1024 ops" });
        }
        Ok(seal)
    }
}
