//! COSE_Sign1 (RFC 9052) in the one form that the protocol permits.

use coset::{CoseSign1, CoseSign1Builder, HeaderBuilder, TaggedCborSerializable, iana};
use sha2::{Digest, Sha256};

use crate::hash::Hash;
use crate::key::{Algorithm, PublicKey, SignError, Signer, normalized};
use crate::lately::Lately;
use crate::wire::Malformed;

/// What is signed: goes into the external data, so that no signature passes for another kind.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Purpose {
    /// A run of ops.
    Seal,
    /// A certificate.
    Certificate,
    /// A package.
    Package,
    /// A hub's refusal of a seal.
    Refusal,
    /// The answer to a hub's question who asks.
    Session,
    /// The question of a device that is to be enrolled.
    EnrolAsk,
    /// The answer to it.
    EnrolAnswer,
    /// An assent that was given on a phone of one's own.
    Assent,
}

impl Purpose {
    fn external_data(self) -> &'static [u8] {
        match self {
            Self::Seal => b"angen/seal/1",
            Self::Certificate => b"angen/certificate/1",
            Self::Package => b"angen/package/1",
            Self::Refusal => b"angen/refusal/1",
            Self::Session => b"angen/session/1",
            Self::EnrolAsk => b"angen/enrol_ask/1",
            Self::EnrolAnswer => b"angen/enrol_answer/1",
            Self::Assent => b"angen/assent/1",
        }
    }
}

/// A COSE_Sign1 whose form has been checked, and whose signature has not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signed {
    /// The algorithm that the protected header names.
    pub algorithm: Algorithm,
    /// The certificate hash that the protected header names; a root names none.
    pub signer: Option<Hash>,
    /// The signed bytes.
    pub payload: Vec<u8>,
    signature: [u8; 64],
}

const SHAPE: Malformed = Malformed::Shape { item: "cose" };

impl Signed {
    /// Signs a payload; gives the bytes of the message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn make(
        purpose: Purpose,
        key: &dyn Signer,
        signer: Option<Hash>,
        payload: Vec<u8>,
    ) -> Result<Vec<u8>, SignError> {
        let algorithm = key.public_key().algorithm();
        let unsigned = Self { algorithm, signer, payload, signature: [0; 64] };
        let signature = key.sign(&unsigned.to_be_signed(purpose))?;
        Ok(Self { signature: normalized(algorithm, signature), ..unsigned }.to_bytes())
    }

    /// Reads a message of the one permitted form, at most `max` bytes.
    ///
    /// # Errors
    /// [`Malformed`] for any other form.
    pub fn read(bytes: &[u8], max: usize) -> Result<Self, Malformed> {
        if bytes.len() > max {
            return Err(Malformed::TooLarge { item: "cose", max });
        }
        let message = CoseSign1::from_tagged_slice(bytes).map_err(|_| SHAPE)?;
        let algorithm = match message.protected.header.alg {
            Some(coset::Algorithm::Assigned(iana::Algorithm::EdDSA)) => Algorithm::Ed25519,
            Some(coset::Algorithm::Assigned(iana::Algorithm::ES256)) => Algorithm::P256,
            _ => return Err(Malformed::Rule { item: "cose.alg", rule: "must be -8 or -7" }),
        };
        let signer = match message.protected.header.key_id.as_slice() {
            [] => None,
            kid => Some(Hash::from_slice(kid).ok_or(SHAPE)?),
        };
        let signature = message.signature.as_slice().try_into().map_err(|_| SHAPE)?;
        let payload = message.payload.ok_or(SHAPE)?;
        let signed = Self { algorithm, signer, payload, signature };
        // Anything else in the headers, and any other encoding, shows up here.
        if signed.to_bytes() == bytes {
            Ok(signed)
        } else {
            Err(Malformed::NotDeterministic { item: "cose" })
        }
    }

    /// Whether the key signed this for this purpose, with the algorithm that the header names.
    #[must_use]
    pub fn verifies(&self, purpose: Purpose, key: &PublicKey) -> bool {
        key.algorithm() == self.algorithm
            && key.verifies(&self.to_be_signed(purpose), &self.signature)
    }

    /// As [`Signed::verifies`], from memory when the same was found before. Only what holds is
    /// kept, and under a hash over everything that the answer depends on: the key, the purpose, and
    /// each part of the message down to the signature.
    #[must_use]
    pub fn verifies_by(&self, purpose: Purpose, key: &PublicKey, lately: &Lately<()>) -> bool {
        let question = self.question(purpose, key);
        if lately.get(&question).is_some() {
            return true;
        }
        let holds = self.verifies(purpose, key);
        if holds {
            lately.put(question, ());
        }
        holds
    }

    /// One hash for one question: what may have several lengths stands behind its length.
    fn question(&self, purpose: Purpose, key: &PublicKey) -> Hash {
        let (purpose, key_bytes) = (purpose.external_data(), key.to_bytes());
        let mut sha = Sha256::new();
        sha.update(b"angen/verifies/1\0");
        for part in [purpose, &key_bytes, self.signer.as_ref().map_or(&[], |by| by.as_bytes())] {
            sha.update((part.len() as u64).to_be_bytes());
            sha.update(part);
        }
        sha.update(key.algorithm().number().to_be_bytes());
        sha.update(self.algorithm.number().to_be_bytes());
        sha.update(self.signature);
        sha.update(&self.payload);
        Hash(sha.finalize().into())
    }

    fn message(&self) -> CoseSign1 {
        let algorithm = match self.algorithm {
            Algorithm::Ed25519 => iana::Algorithm::EdDSA,
            Algorithm::P256 => iana::Algorithm::ES256,
        };
        let mut protected = HeaderBuilder::new().algorithm(algorithm);
        if let Some(signer) = self.signer {
            protected = protected.key_id(signer.as_bytes().to_vec());
        }
        CoseSign1Builder::new()
            .protected(protected.build())
            .payload(self.payload.clone())
            .signature(self.signature.to_vec())
            .build()
    }

    fn to_be_signed(&self, purpose: Purpose) -> Vec<u8> {
        self.message().tbs_data(purpose.external_data())
    }

    fn to_bytes(&self) -> Vec<u8> {
        self.message().to_tagged_vec().expect("a message of plain bytes can be encoded")
    }
}
