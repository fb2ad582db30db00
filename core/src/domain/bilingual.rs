//! A text in the two languages that a screen shows.

use angen_ledger::verify::Lang;

/// A text in Chinese and in English.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Bilingual {
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Bilingual {
    /// Says the same in both.
    #[must_use]
    pub fn say<T: Into<String>>(say: impl Fn(Lang) -> T) -> Self {
        Self { zh: say(Lang::Zh).into(), en: say(Lang::En).into() }
    }
}
