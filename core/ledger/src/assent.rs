//! Assent on a phone of one's own: what is asked, and what is signed, each short enough for a QR
//! code (docs/protocol.md section 17).
//!
//! The request names ops by a digest and tells in words what they are. Whoever assents signs all of
//! it, so that a stranger sees later which words stood on the screen, and for which ops.

use crate::certificate::{Duty, SignedCertificate};
use crate::cose::{Purpose, Signed};
use crate::enrolment::{from_text, to_text};
use crate::hash::{Hash, HashName, Suite};
use crate::id::{DossierId, WriterId};
use crate::key::{SignError, Signer};
use crate::limits::{
    ASSENT_CARD_BYTES_MAX, ASSENT_CARD_CHARS_MAX, ASSENT_REQUEST_BYTES_MAX,
    ASSENT_STATEMENT_BYTES_MAX, ASSENT_TITLE_BYTES_MAX, ASSENT_TOLD_MAX,
};
use crate::wire::{Malformed, Wire};

mod wire;

/// What the text of a request begins with.
const REQUEST_PREFIX: &str = "ANGEN:ASSENT:1:";

/// What the text of a card begins with.
const CARD_PREFIX: &str = "ANGEN:ASSENTED:1:";

/// What somebody is asked to assent to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentRequest {
    /// Hash and signatures.
    pub suite: Suite,
    /// The dossier.
    pub dossier: DossierId,
    /// Its title, as [`shortened`] cuts it.
    pub title: String,
    /// Who asks.
    pub by: WriterId,
    /// Who is asked; none for whoever else.
    pub of: Option<WriterId>,
    /// How many ops.
    pub count: u64,
    /// [`digest_of_ops`].
    pub digest: Hash,
    /// How many ops of each noun, ascending by noun: together [`AssentRequest::count`].
    pub told: Vec<(String, u64)>,
    /// Titles of findings among them, as many as fit.
    pub findings: Vec<String>,
    /// How many more titles there are.
    pub more: u64,
    /// When it was asked, by that device, in milliseconds since 1970 UTC.
    pub asked_ms: i64,
}

/// What somebody has assented to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentStatement {
    /// Hash and signatures.
    pub suite: Suite,
    /// All that was asked, words included.
    pub request: AssentRequest,
    /// Who assents.
    pub writer: WriterId,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
}

/// A statement as it travels.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedAssent {
    /// What it says.
    pub statement: AssentStatement,
    /// The certificate that it names.
    pub certificate: Hash,
    /// The COSE message; whether it holds, [`SignedAssent::holds`] tells.
    pub signed: Signed,
}

/// What a phone shows of a statement: its bytes, and the certificate where it fits.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AssentCard {
    /// The COSE message of the statement.
    pub statement: Vec<u8>,
    /// The COSE message of the signer's certificate.
    pub certificate: Option<Vec<u8>>,
}

/// The digest of a set of ops: the order in which they are given does not matter.
#[must_use]
pub fn digest_of_ops(suite: Suite, ops: &[Hash]) -> Hash {
    let mut sorted = ops.to_vec();
    sorted.sort_unstable();
    sorted.dedup();
    let bytes: Vec<u8> = sorted.iter().flat_map(|op| *op.as_bytes()).collect();
    suite.hash(HashName::Assented, &bytes)
}

/// A title that fits into a request: whole, or cut with an ellipsis.
#[must_use]
pub fn shortened(title: &str) -> String {
    if title.len() <= ASSENT_TITLE_BYTES_MAX {
        return title.to_owned();
    }
    let end = title.floor_char_boundary(ASSENT_TITLE_BYTES_MAX - '…'.len_utf8());
    format!("{}…", &title[..end])
}

impl AssentRequest {
    /// Puts the titles of findings in, as many as fit, and counts the others.
    #[must_use]
    pub fn telling(mut self, titles: &[String]) -> Self {
        self.findings.clear();
        self.more = titles.len() as u64;
        for title in titles {
            self.findings.push(title.clone());
            // The count shrinks with each that is told, and its encoding with it.
            if self.findings.len() > ASSENT_TOLD_MAX
                || self.to_wire().len() > ASSENT_REQUEST_BYTES_MAX
            {
                self.findings.pop();
            } else {
                self.more -= 1;
            }
        }
        self
    }

    /// The text that is shown.
    #[must_use]
    pub fn to_text(&self) -> String {
        to_text(REQUEST_PREFIX, &self.to_wire())
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`] for another text.
    pub fn read_text(text: &str) -> Result<Self, Malformed> {
        Self::from_wire(&from_text(REQUEST_PREFIX, text, ASSENT_REQUEST_BYTES_MAX)?)
    }
}

impl AssentStatement {
    /// Signs the statement; gives the bytes of the COSE message.
    ///
    /// # Errors
    /// What the signer returns.
    pub fn sign(&self, key: &dyn Signer, certificate: Hash) -> Result<Vec<u8>, SignError> {
        Signed::make(Purpose::Assent, key, Some(certificate), self.to_wire())
    }
}

impl SignedAssent {
    /// Reads the bytes of a COSE message. The signature is not checked here.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(cose: &[u8]) -> Result<Self, Malformed> {
        let signed = Signed::read(cose, ASSENT_STATEMENT_BYTES_MAX)?;
        let statement = AssentStatement::from_wire(&signed.payload)?;
        let certificate = signed
            .signer
            .ok_or(Malformed::Rule { item: "assent", rule: "names the certificate that signed" })?;
        Ok(Self { statement, certificate, signed })
    }

    /// Whether the holder of a certificate, which must be trusted already, signed this as a
    /// writer, within the period of the certificate by the claimed time.
    #[must_use]
    pub fn holds(&self, by: &SignedCertificate) -> bool {
        let holder = &by.certificate;
        self.certificate == by.hash
            && holder.duty == Duty::Writer
            && holder.writer == self.statement.writer
            && holder.covers_time(self.statement.wall_ms)
            && self.signed.verifies(Purpose::Assent, &holder.key)
    }
}

impl AssentCard {
    /// The text that is shown. The certificate goes along unless the code would be too large.
    #[must_use]
    pub fn to_text(&self) -> String {
        let whole = to_text(CARD_PREFIX, &self.to_wire());
        if whole.len() <= ASSENT_CARD_CHARS_MAX {
            return whole;
        }
        to_text(CARD_PREFIX, &Self { certificate: None, ..self.clone() }.to_wire())
    }

    /// Reads the text.
    ///
    /// # Errors
    /// [`Malformed`] for another text.
    pub fn read_text(text: &str) -> Result<Self, Malformed> {
        Self::from_wire(&from_text(CARD_PREFIX, text, ASSENT_CARD_BYTES_MAX)?)
    }
}
