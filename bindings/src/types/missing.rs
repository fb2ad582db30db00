//! What is still missing, as a screen lists it.

use angen_core::procedure::Missing;
use angen_ledger::id::{DossierId, EntityId};

/// Something that is still missing: one line on a screen.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MissingView {
    /// The stable code, such as `two_officers`.
    pub code: String,
    /// The sentence in Chinese.
    pub zh: String,
    /// The sentence in English.
    pub en: String,
    /// The rule that asks for it, such as `R01`.
    pub rule: String,
    /// The verb that resolves it, if one does.
    pub step: Option<String>,
    /// Whether it can be done now; otherwise it warns, or waits for a case.
    pub is_open: bool,
    /// The dossier.
    pub dossier: DossierId,
    /// What it is about: the training, the check, the finding.
    pub subject: Option<EntityId>,
    /// What people call that.
    pub title: String,
}

impl From<Missing> for MissingView {
    fn from(missing: Missing) -> Self {
        Self {
            code: missing.code.word().to_owned(),
            rule: missing.rule().to_owned(),
            step: missing.step().map(str::to_owned),
            is_open: missing.is_open(),
            zh: missing.zh,
            en: missing.en,
            dossier: missing.dossier,
            subject: missing.subject,
            title: missing.title,
        }
    }
}
