//! The languages that documents for people are written in.

use angen_ledger::verify::Lang;

/// A language.
#[uniffi::remote(Enum)]
pub enum Lang {
    /// Chinese, the first language.
    Zh,
    /// English.
    En,
}
