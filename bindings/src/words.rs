//! The core's words for what an app holds as a code: no database is asked.

use angen_core::domain::{self, Bilingual};
use angen_core::procedure::penalties_in_words;
use angen_documents::Form;
use angen_ledger::hash::Hash;

/// A fingerprint as words 指纹词: the administrator's phone shows those of its root beside an answer,
/// and the new phone those of the root that the answer leads to. They must be the same.
#[uniffi::export]
#[must_use]
pub fn fingerprint_words(fingerprint: Hash) -> Bilingual {
    Bilingual::say(|lang| domain::fingerprint_words(&fingerprint, lang))
}

/// Codes of the penalty table 罚则 in words, such as `P99(2) P102`: law, version, article and item of
/// each. A code that the table does not have stays as it is.
#[uniffi::export]
#[must_use]
pub fn penalty_words(codes: &str) -> Bilingual {
    Bilingual::say(|lang| penalties_in_words(codes, lang))
}

/// The characters of a form in its number 文种代字, as [`ReserveNumbers`] takes them; none for a form
/// that has no number.
///
/// [`ReserveNumbers`]: angen_core::action::ReserveNumbers
#[uniffi::export]
#[must_use]
pub fn number_kind(form: Form) -> Option<String> {
    form.code().map(str::to_owned)
}
