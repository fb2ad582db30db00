//! Suites, and hashes taken under a name so that one can never stand for another.

use std::fmt;

use sha2::{Digest, Sha256};

use crate::wire::{Malformed, Reader, Writer};

/// Which hash and which signatures an item uses. Suite 2 (SM3 with SM2) is reserved.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Suite {
    /// SHA-256, with Ed25519 or P-256.
    Sha256,
}

impl Suite {
    /// The number on the wire.
    #[must_use]
    pub fn number(self) -> u64 {
        match self {
            Self::Sha256 => 1,
        }
    }

    /// Reads a suite.
    ///
    /// # Errors
    /// `UnknownSuite` for any but 1.
    pub fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        match input.uint("suite")? {
            1 => Ok(Self::Sha256),
            suite => Err(Malformed::UnknownSuite { suite }),
        }
    }

    /// `H(name, x)` of docs/protocol.md section 2.
    #[must_use]
    pub fn hash(self, name: HashName, input: &[u8]) -> Hash {
        match self {
            Self::Sha256 => {
                let mut sha = Sha256::new();
                sha.update(name.text().as_bytes());
                sha.update([0]);
                sha.update(input);
                Hash(sha.finalize().into())
            }
        }
    }
}

/// The names under which hashes are taken.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HashName {
    /// A header: the op hash.
    Op,
    /// One field: its commitment.
    Field,
    /// The list of field commitments: the body commitment.
    Body,
    /// A seal's COSE bytes.
    Seal,
    /// A certificate's COSE bytes.
    Certificate,
    /// A package frame.
    Frame,
    /// An entry of a hub's log: the data of its leaf.
    Entry,
    /// The running head of a dossier at a hub, with one more seal.
    Running,
    /// The question of a device that is to be enrolled.
    Enrolment,
    /// The ops that somebody is asked to assent to.
    Assented,
}

impl HashName {
    /// The text that is hashed before the input.
    #[must_use]
    pub fn text(self) -> &'static str {
        match self {
            Self::Op => "angen/op/1",
            Self::Field => "angen/field/1",
            Self::Body => "angen/body/1",
            Self::Seal => "angen/seal/1",
            Self::Certificate => "angen/certificate/1",
            Self::Frame => "angen/frame/1",
            Self::Entry => "angen/entry/1",
            Self::Running => "angen/running/1",
            Self::Enrolment => "angen/enrolment/1",
            Self::Assented => "angen/assented/1",
        }
    }
}

/// A hash of 32 bytes. Displayed as 64 hexadecimal digits.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Hash(pub [u8; 32]);

impl Hash {
    /// The bytes.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8; 32] {
        &self.0
    }

    /// A hash from 32 bytes, or none when the length differs.
    #[must_use]
    pub fn from_slice(bytes: &[u8]) -> Option<Self> {
        bytes.try_into().ok().map(Self)
    }

    /// The first eight hexadecimal digits, for people.
    #[must_use]
    pub fn short(&self) -> String {
        self.to_string()[..8].to_owned()
    }

    pub(crate) fn read(input: &mut Reader<'_>, item: &'static str) -> Result<Self, Malformed> {
        input.fixed(item).map(Self)
    }

    pub(crate) fn write(&self, out: &mut Writer) {
        out.bytes(&self.0);
    }
}

impl fmt::Display for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.iter().try_for_each(|byte| write!(f, "{byte:02x}"))
    }
}

impl fmt::Debug for Hash {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}…", self.short())
    }
}

impl std::str::FromStr for Hash {
    type Err = Malformed;

    fn from_str(text: &str) -> Result<Self, Malformed> {
        const WRONG: Malformed =
            Malformed::Rule { item: "fingerprint", rule: "must be 64 hexadecimal digits" };
        let digits: Vec<u8> = text.bytes().filter(|b| !matches!(b, b' ' | b':' | b'-')).collect();
        if digits.len() != 64 {
            return Err(WRONG);
        }
        let mut bytes = [0; 32];
        for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
            let pair = std::str::from_utf8(pair).map_err(|_| WRONG)?;
            *byte = u8::from_str_radix(pair, 16).map_err(|_| WRONG)?;
        }
        Ok(Self(bytes))
    }
}
