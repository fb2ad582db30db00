//! Enrolment of a device: a question and an answer, each short enough for a QR code where there is
//! no network (docs/protocol.md section 14).
//!
//! The question is signed with the key that it asks a certificate for, so that nobody has another's
//! key certified. The answer is signed by who issued the certificate, and names its question. A
//! device believes it only for the root whose fingerprint its owner has compared.

use crate::certificate::{Distrust, Duty, SignedCertificate, Trust};
use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, HashName, Suite};
use crate::id::{DossierId, WriterId};
use crate::key::{PublicKey, SignError, Signer};
use crate::limits::{
    CERTIFICATE_CHAIN_MAX, COSE_BYTES_MAX, ENROL_ANSWER_BYTES_MAX, ENROL_ASK_BYTES_MAX,
    NAME_BYTES_MAX,
};
use crate::wire::{Malformed, Reader, Wire, Writer};

/// What the text of a question begins with.
const ASK_PREFIX: &str = "ANGEN:ASK:1:";

/// What the text of an answer begins with.
const ANSWER_PREFIX: &str = "ANGEN:ANSWER:1:";

/// Base32 of RFC 4648 without padding: every sign of it is in the alphanumeric mode of a QR code.
const ALPHABET: &[u8; 32] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";

/// The question of a new device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ask {
    /// Hash and signatures.
    pub suite: Suite,
    /// The writer that the device has made.
    pub writer: WriterId,
    /// The signing key.
    pub key: PublicKey,
    /// The X25519 key that bundles for this writer are encrypted to.
    pub seal_to: [u8; 32],
}

/// The answer of an administrator.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Hash and signatures.
    pub suite: Suite,
    /// The hash of the question.
    pub ask: Hash,
    /// The certificates from the root to the new one, as COSE messages.
    pub certificates: Vec<Vec<u8>>,
    /// Division code of the township.
    pub area: String,
    /// Name of the township.
    pub township: String,
    /// The roster, the library and the register.
    pub standing: [DossierId; 3],
}

/// An answer that holds for a question, whatever root it leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answered {
    /// What it says.
    pub answer: Answer,
    /// The root's fingerprint: to be compared by people.
    pub root: Hash,
    /// The certificates, the root's first and the new one last.
    pub chain: Vec<SignedCertificate>,
}

impl Ask {
    /// Signs the question with the key that it names: its text.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer) -> Result<String, SignError> {
        let cose = Signed::make(Purpose::EnrolAsk, key, None, self.to_wire())?;
        Ok(to_text(ASK_PREFIX, &cose))
    }

    /// Reads the text of a question; gives its hash as well.
    ///
    /// # Errors
    /// [`Malformed`] for another text, also for one whose sender does not hold the key.
    pub fn read(text: &str) -> Result<(Self, Hash), Malformed> {
        let cose = from_text(ASK_PREFIX, text, ENROL_ASK_BYTES_MAX)?;
        let signed = Signed::read(&cose, ENROL_ASK_BYTES_MAX)?;
        let ask = Self::from_wire(&signed.payload)?;
        if signed.signer.is_some() || !signed.verifies(Purpose::EnrolAsk, &ask.key) {
            return Err(Malformed::Rule { item: "ask", rule: "must be signed with its own key" });
        }
        Ok((ask, Suite::Sha256.hash(HashName::Enrolment, &cose)))
    }
}

impl Answer {
    /// Signs the answer as who issued the new certificate: its text.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, issuer: Hash) -> Result<String, SignError> {
        let cose = Signed::make(Purpose::EnrolAnswer, key, Some(issuer), self.to_wire())?;
        Ok(to_text(ANSWER_PREFIX, &cose))
    }

    /// Reads the text of an answer and checks that it holds for a question: the chain leads from a
    /// root to the keys that were asked for, and its issuer signed this answer to this question.
    ///
    /// # Errors
    /// [`Malformed`] for another text, [`Distrust`] for a chain that does not hold.
    pub fn read(text: &str, ask: &Ask, asked: Hash) -> Result<Answered, EnrolError> {
        let cose = from_text(ANSWER_PREFIX, text, ENROL_ANSWER_BYTES_MAX)?;
        let signed = Signed::read(&cose, ENROL_ANSWER_BYTES_MAX)?;
        let answer = Self::from_wire(&signed.payload)?;
        if answer.ask != asked {
            return Err(EnrolError::OtherAsk);
        }
        let mut trust = Trust::default();
        let mut chain: Vec<SignedCertificate> = Vec::new();
        for cose in &answer.certificates {
            let certificate = SignedCertificate::read(cose)?;
            // Each is issued by the one before: nothing else travels along.
            if certificate.signed.signer != chain.last().map(|issuer| issuer.hash) {
                return Err(Distrust::NoIssuer.into());
            }
            trust.admit(&certificate)?;
            chain.push(certificate);
        }
        let issuer = chain.len().checked_sub(2).and_then(|place| chain.get(place));
        let (Some(root), Some(issuer), Some(own)) = (chain.first(), issuer, chain.last()) else {
            return Err(Distrust::NoIssuer.into());
        };
        let named = &own.certificate;
        let is_own =
            (named.writer, &named.key, named.seal_to) == (ask.writer, &ask.key, ask.seal_to);
        if !is_own || named.duty != Duty::Writer || !named.covers_area(&answer.area) {
            return Err(EnrolError::OtherKey);
        }
        let by_issuer = signed.signer == Some(issuer.hash)
            && signed.verifies(Purpose::EnrolAnswer, &issuer.certificate.key);
        if !by_issuer {
            return Err(Distrust::Signature.into());
        }
        Ok(Answered { root: root.hash, answer, chain })
    }
}

/// Why an answer is not taken.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum EnrolError {
    /// It is no answer.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// It answers another question.
    #[error("the answer is to another question")]
    OtherAsk,
    /// It certifies other keys, or not for the township that it names.
    #[error("the answer certifies other keys")]
    OtherKey,
    /// Its certificates do not hold, or somebody else signed it.
    #[error(transparent)]
    Distrust(#[from] Distrust),
}

impl Wire for Ask {
    const ITEM: &'static str = "ask";
    const BYTES_MAX: usize = ENROL_ASK_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).uint(1).uint(self.suite.number());
        self.writer.write(out);
        self.key.write(out);
        out.array(2).uint(1).bytes(&self.seal_to);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("ask", 5)?;
        version(input, "ask.version")?;
        let suite = Suite::read(input)?;
        let (writer, key) = (WriterId::read(input)?, PublicKey::read(input)?);
        input.tuple("ask.seal_to", 2)?;
        version(input, "ask.seal_to")?;
        Ok(Self { suite, writer, key, seal_to: input.fixed("ask.seal_to")? })
    }
}

impl Wire for Answer {
    const ITEM: &'static str = "answer";
    const BYTES_MAX: usize = ENROL_ANSWER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(7).uint(1).uint(self.suite.number());
        self.ask.write(out);
        out.array(self.certificates.len());
        self.certificates.iter().for_each(|cose| {
            out.bytes(cose);
        });
        out.text(&self.area).text(&self.township).array(3);
        self.standing.iter().for_each(|dossier| dossier.write(out));
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("answer", 7)?;
        version(input, "answer.version")?;
        let suite = Suite::read(input)?;
        let ask = Hash::read(input, "answer.ask")?;
        let mut certificates = Vec::new();
        for _ in 0..input.array("answer.certificates", CERTIFICATE_CHAIN_MAX)? {
            certificates.push(input.bytes("answer.certificates", COSE_BYTES_MAX)?.to_vec());
        }
        let area = input.text("answer.area", NAME_BYTES_MAX)?.to_owned();
        let township = input.text("answer.township", NAME_BYTES_MAX)?.to_owned();
        input.tuple("answer.standing", 3)?;
        let standing = [DossierId::read(input)?, DossierId::read(input)?, DossierId::read(input)?];
        Ok(Self { suite, ask, certificates, area, township, standing })
    }
}

pub(crate) fn version(input: &mut Reader<'_>, item: &'static str) -> Result<(), Malformed> {
    match input.uint(item)? {
        1 => Ok(()),
        _ => Err(Malformed::Rule { item, rule: "must be 1" }),
    }
}

/// Bytes as text that a QR code takes in its alphanumeric mode.
pub(crate) fn to_text(prefix: &str, bytes: &[u8]) -> String {
    let mut text = prefix.to_owned();
    for chunk in bytes.chunks(5) {
        let mut group = [0; 8];
        group[3..3 + chunk.len()].copy_from_slice(chunk);
        let bits = u64::from_be_bytes(group);
        for digit in 0..(chunk.len() * 8).div_ceil(5) {
            let place = (bits >> (35 - 5 * digit)) & 31;
            text.push(char::from(ALPHABET[usize::try_from(place).unwrap_or(0)]));
        }
    }
    text
}

/// Reads such a text. Blanks and line ends of who copied it by hand are passed over.
pub(crate) fn from_text(prefix: &str, text: &str, max: usize) -> Result<Vec<u8>, Malformed> {
    const WRONG: Malformed =
        Malformed::Rule { item: "enrolment", rule: "is not the text that was shown" };
    // Blanks count here, so that nobody is kept busy with a text of nothing else.
    if text.len() > 4 * max {
        return Err(Malformed::TooLarge { item: "enrolment", max });
    }
    let plain: String = text.chars().filter(|sign| !sign.is_whitespace()).collect();
    let digits = plain.strip_prefix(prefix).ok_or(WRONG)?;
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u64, 0_u32);
    for digit in digits.bytes() {
        let place = ALPHABET.iter().position(|known| *known == digit).ok_or(WRONG)?;
        bits = (bits << 5 | place as u64) & 0xffff;
        held += 5;
        if held >= 8 {
            held -= 8;
            bytes.push(u8::try_from((bits >> held) & 0xff).unwrap_or_default());
        }
    }
    // One text for the bytes: no digit too many, and nothing in the bits that are left.
    if to_text(prefix, &bytes) == plain { Ok(bytes) } else { Err(WRONG) }
}
