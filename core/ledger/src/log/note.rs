//! Signed notes (c2sp.org/signed-note): a text that people can read, and lines of signatures.

use base64ct::{Base64, Encoding};
use sha2::{Digest, Sha256};

use crate::limits::{NOTE_BYTES_MAX, NOTE_SIGNATURES_MAX};
use crate::wire::Malformed;

/// The type of a plain Ed25519 signature of the note's text.
pub const TYPE_ED25519: u8 = 0x01;
/// The type of a timestamped cosignature (c2sp.org/tlog-cosignature).
pub const TYPE_COSIGNATURE: u8 = 0x04;

const MARK: &str = "— ";

/// One line of a signature, whoever made it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NoteSignature {
    /// The name of the key.
    pub name: String,
    /// The id of the key: see [`key_id`].
    pub key_id: [u8; 4],
    /// What follows the id: for type 1 the 64 bytes of a signature, for type 4 eight bytes of
    /// seconds before them. At least one byte.
    pub bytes: Vec<u8>,
}

/// A note whose form has been checked, and whose signatures have not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// The text with the newline at its end.
    pub body: String,
    /// The signatures, in the order of their lines; no key has two.
    pub signatures: Vec<NoteSignature>,
}

/// The id of a key: the first 4 bytes of `SHA-256(name || 0x0A || type || key)`.
#[must_use]
pub fn key_id(name: &str, kind: u8, key: &[u8]) -> [u8; 4] {
    let mut sha = Sha256::new();
    sha.update(name.as_bytes());
    sha.update([b'\n', kind]);
    sha.update(key);
    let hash: [u8; 32] = sha.finalize().into();
    [hash[0], hash[1], hash[2], hash[3]]
}

const SHAPE: Malformed = Malformed::Shape { item: "note" };

fn rule(rule: &'static str) -> Malformed {
    Malformed::Rule { item: "note", rule }
}

impl Note {
    /// Reads a note: at most 16,384 bytes and 32 signatures, no control characters but newlines.
    ///
    /// # Errors
    /// [`Malformed`], also for a note that would be written otherwise.
    pub fn read(text: &str) -> Result<Self, Malformed> {
        if text.len() > NOTE_BYTES_MAX {
            return Err(Malformed::TooLarge { item: "note", max: NOTE_BYTES_MAX });
        }
        if text.chars().any(|c| c < ' ' && c != '\n') {
            return Err(rule("has no control characters"));
        }
        let split = text.rfind("\n\n").ok_or(SHAPE)?;
        let lines = text[split + 2..].strip_suffix('\n').ok_or(SHAPE)?;
        let mut signatures: Vec<NoteSignature> = Vec::new();
        for line in lines.split('\n') {
            if signatures.len() == NOTE_SIGNATURES_MAX {
                return Err(Malformed::TooLarge {
                    item: "note.signatures",
                    max: NOTE_SIGNATURES_MAX,
                });
            }
            let read = NoteSignature::read(line)?;
            let same =
                |known: &NoteSignature| known.name == read.name && known.key_id == read.key_id;
            if signatures.iter().any(same) {
                return Err(rule("has one signature of a key"));
            }
            signatures.push(read);
        }
        let note = Self { body: text[..=split].to_owned(), signatures };
        if note.text() == text { Ok(note) } else { Err(SHAPE) }
    }

    /// The whole text, signatures included.
    #[must_use]
    pub fn text(&self) -> String {
        let lines: String = self.signatures.iter().map(NoteSignature::line).collect();
        format!("{}\n{lines}", self.body)
    }

    /// The signature of a key for a type, by its name and id.
    #[must_use]
    pub fn by(&self, name: &str, kind: u8, key: &[u8]) -> Option<&NoteSignature> {
        let id = key_id(name, kind, key);
        self.signatures.iter().find(|line| line.name == name && line.key_id == id)
    }
}

impl NoteSignature {
    fn read(line: &str) -> Result<Self, Malformed> {
        let (name, base64) = line.strip_prefix(MARK).ok_or(SHAPE)?.split_once(' ').ok_or(SHAPE)?;
        if name.is_empty() || name.chars().any(|c| c.is_whitespace() || c == '+') {
            return Err(rule("names a key without blanks and plus"));
        }
        let bytes = Base64::decode_vec(base64).map_err(|_| SHAPE)?;
        match bytes.split_first_chunk::<4>() {
            Some((id, rest)) if !rest.is_empty() => {
                Ok(Self { name: name.to_owned(), key_id: *id, bytes: rest.to_vec() })
            }
            _ => Err(rule("has an id and a signature in each line")),
        }
    }

    fn line(&self) -> String {
        let bytes = [&self.key_id[..], &self.bytes].concat();
        format!("{MARK}{} {}\n", self.name, Base64::encode_string(&bytes))
    }
}
