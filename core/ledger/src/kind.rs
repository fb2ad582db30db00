//! The kind of an op: `noun.verb/version`.

use std::fmt;

use crate::limits::KIND_BYTES_MAX;
use crate::wire::{Malformed, Reader};

const RULE: Malformed = Malformed::Rule {
    item: "header.kind",
    rule: "must be noun.verb/version, noun and verb of a-z and _, version a number",
};

/// A kind such as `finding.raise/1`.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Kind(String);

impl Kind {
    /// A kind from its text.
    ///
    /// # Errors
    /// `Rule` when the text is not `noun.verb/version`.
    pub fn new(text: &str) -> Result<Self, Malformed> {
        let (name, version) = text.split_once('/').ok_or(RULE)?;
        let (noun, verb) = name.split_once('.').ok_or(RULE)?;
        let word =
            |w: &str| !w.is_empty() && w.bytes().all(|b| b.is_ascii_lowercase() || b == b'_');
        let number = !version.is_empty()
            && !version.starts_with('0')
            && version.bytes().all(|b| b.is_ascii_digit());
        if text.len() <= KIND_BYTES_MAX && word(noun) && word(verb) && number {
            Ok(Self(text.to_owned()))
        } else {
            Err(RULE)
        }
    }

    /// The whole text.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What the op is about.
    #[must_use]
    pub fn noun(&self) -> &str {
        self.0.split('.').next().unwrap_or_default()
    }

    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        Self::new(input.text("header.kind", KIND_BYTES_MAX)?)
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl fmt::Debug for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
