//! A root's fingerprint in words, as two people read it to each other.

use angen_core::domain;
use angen_ledger::hash::Hash;

use crate::types::Sentence;

/// A fingerprint as words 指纹词: the administrator's phone shows those of its root beside an answer,
/// and the new phone those of the root that the answer leads to. They must be the same.
#[uniffi::export]
#[must_use]
pub fn fingerprint_words(fingerprint: Hash) -> Sentence {
    Sentence::of(|lang| domain::fingerprint_words(&fingerprint, lang))
}
