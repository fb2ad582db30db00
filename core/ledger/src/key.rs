//! Signing keys: Ed25519 for software, P-256 for the secure elements of phones.

use ed25519_dalek::Signer as _;
use p256::ecdsa::signature::Verifier as _;
use thiserror::Error;
use zeroize::Zeroizing;

use crate::wire::{Malformed, Reader, Writer};

/// A signature algorithm, by its COSE number (RFC 9053).
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Algorithm {
    /// EdDSA with Ed25519: −8.
    Ed25519,
    /// ES256, ECDSA with P-256 and SHA-256: −7.
    P256,
}

impl Algorithm {
    /// The COSE number.
    #[must_use]
    pub fn number(self) -> i64 {
        match self {
            Self::Ed25519 => -8,
            Self::P256 => -7,
        }
    }

    fn from_number(number: i64) -> Result<Self, Malformed> {
        match number {
            -8 => Ok(Self::Ed25519),
            -7 => Ok(Self::P256),
            _ => Err(Malformed::Rule { item: "algorithm", rule: "must be -8 or -7" }),
        }
    }
}

/// A public key that is known to be a valid point.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PublicKey {
    /// 32 bytes.
    Ed25519(ed25519_dalek::VerifyingKey),
    /// 33 bytes on the wire (SEC 1, compressed).
    P256(Box<p256::ecdsa::VerifyingKey>),
}

const BAD_KEY: Malformed = Malformed::Rule { item: "key", rule: "is not a usable public key" };

impl PublicKey {
    /// What the key signs with.
    #[must_use]
    pub fn algorithm(&self) -> Algorithm {
        match self {
            Self::Ed25519(_) => Algorithm::Ed25519,
            Self::P256(_) => Algorithm::P256,
        }
    }

    /// Whether the signature of 64 bytes is by this key over these bytes.
    ///
    /// Ed25519 is checked strictly (no small-order key or commitment); for P-256 the half with the
    /// larger `s` is refused, so that a signature has one form.
    #[must_use]
    pub fn verifies(&self, message: &[u8], signature: &[u8; 64]) -> bool {
        match self {
            Self::Ed25519(key) => {
                let signature = ed25519_dalek::Signature::from_bytes(signature);
                key.verify_strict(message, &signature).is_ok()
            }
            Self::P256(key) => {
                let Ok(signature) = p256::ecdsa::Signature::from_slice(signature) else {
                    return false;
                };
                signature.normalize_s() == signature && key.verify(message, &signature).is_ok()
            }
        }
    }

    /// The bytes of the key.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        match self {
            Self::Ed25519(key) => key.as_bytes().to_vec(),
            Self::P256(key) => key.to_sec1_point(true).as_bytes().to_vec(),
        }
    }

    /// The key that these bytes are: 32 for Ed25519; for P-256 a point in SEC 1 form, compressed
    /// (33 bytes, as on the wire) or not (65 bytes, as phones give it).
    ///
    /// # Errors
    /// `Rule` for any other length, for what is no point of the curve, and for a weak key.
    pub fn from_bytes(algorithm: Algorithm, bytes: &[u8]) -> Result<Self, Malformed> {
        match algorithm {
            Algorithm::Ed25519 => {
                let bytes = bytes.try_into().map_err(|_| BAD_KEY)?;
                let key = ed25519_dalek::VerifyingKey::from_bytes(bytes).map_err(|_| BAD_KEY)?;
                if key.is_weak() { Err(BAD_KEY) } else { Ok(Self::Ed25519(key)) }
            }
            Algorithm::P256 => {
                let key = p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).map_err(|_| BAD_KEY)?;
                Ok(Self::P256(Box::new(key)))
            }
        }
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.array(2).int(self.algorithm().number()).bytes(&self.to_bytes());
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("key", 2)?;
        let algorithm = Algorithm::from_number(input.int("algorithm")?)?;
        match algorithm {
            Algorithm::Ed25519 => Self::from_bytes(algorithm, &input.fixed::<32>("key")?),
            Algorithm::P256 => Self::from_bytes(algorithm, &input.fixed::<33>("key")?),
        }
    }
}

/// Why nothing was signed.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum SignError {
    /// The officer's PIN or biometric has not opened the key.
    #[error("the key is locked")]
    Locked,
    /// The key store failed.
    #[error("the key store failed: {0}")]
    Store(String),
}

/// Something that signs: a key in memory, or a phone's secure element.
pub trait Signer: Send + Sync {
    /// The public half.
    fn public_key(&self) -> PublicKey;

    /// A signature of 64 bytes over the message. P-256 signatures may have either `s`: the
    /// caller brings them into the permitted form.
    ///
    /// # Errors
    /// [`SignError`] when the key cannot be used now.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError>;
}

/// A signing key in memory. Its bytes are wiped when it is dropped.
pub enum SoftKey {
    /// Ed25519.
    Ed25519(Box<ed25519_dalek::SigningKey>),
    /// P-256.
    P256(Box<p256::ecdsa::SigningKey>),
}

impl SoftKey {
    /// A key from 32 secret random bytes.
    ///
    /// # Errors
    /// `Rule` for the few values that are no P-256 key; never for random bytes in practice.
    pub fn from_secret(algorithm: Algorithm, secret: &[u8; 32]) -> Result<Self, Malformed> {
        Ok(match algorithm {
            Algorithm::Ed25519 => {
                Self::Ed25519(Box::new(ed25519_dalek::SigningKey::from_bytes(secret)))
            }
            Algorithm::P256 => {
                let key = p256::ecdsa::SigningKey::from_slice(secret).map_err(|_| BAD_KEY)?;
                Self::P256(Box::new(key))
            }
        })
    }

    /// The secret bytes, to be kept under the officer's PIN.
    #[must_use]
    pub fn to_secret(&self) -> Zeroizing<[u8; 32]> {
        Zeroizing::new(match self {
            Self::Ed25519(key) => key.to_bytes(),
            Self::P256(key) => key.to_bytes().into(),
        })
    }
}

impl Signer for SoftKey {
    fn public_key(&self) -> PublicKey {
        match self {
            Self::Ed25519(key) => PublicKey::Ed25519(key.verifying_key()),
            Self::P256(key) => PublicKey::P256(Box::new(*key.verifying_key())),
        }
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        Ok(match self {
            Self::Ed25519(key) => key.sign(message).to_bytes(),
            Self::P256(key) => {
                let signature: p256::ecdsa::Signature = key.sign(message);
                signature.to_bytes().into()
            }
        })
    }
}

/// Brings a P-256 signature into the form with the smaller `s`; leaves others as they are.
#[must_use]
pub fn normalized(algorithm: Algorithm, signature: [u8; 64]) -> [u8; 64] {
    match (algorithm, p256::ecdsa::Signature::from_slice(&signature)) {
        (Algorithm::P256, Ok(parsed)) => parsed.normalize_s().to_bytes().into(),
        _ => signature,
    }
}
