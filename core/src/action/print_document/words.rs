//! Why a document is not printed, in words: all that stands against it, a line for each thing.

use angen_ledger::verify::Lang;

use super::PrintError;
use crate::procedure::paper::Lack;

impl PrintError {
    /// The sentence for the user; of a refusal, a line for each thing that stands against it.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (form, lacks) = match self {
            Self::Core(error) => return error.say(lang),
            Self::Refused { form, lacks } => (form, lacks),
        };
        let head = match lang {
            Lang::Zh => format!("《{}》还不能出具：", form.title()),
            Lang::En => format!("the {} cannot be issued yet:", form.title_en()),
        };
        format!("{head}\n{}", lacks_in_words(lacks, lang))
    }
}

/// What stands against a document, numbered, a line for each.
#[must_use]
pub fn lacks_in_words(lacks: &[Lack], lang: Lang) -> String {
    let lines = (1..).zip(lacks).map(|(number, lack)| {
        let words = if lang == Lang::Zh { &lack.zh } else { &lack.en };
        let rule = lack.rule.map(|rule| format!("[{rule}] ")).unwrap_or_default();
        format!("{number}. {rule}{words}")
    });
    lines.collect::<Vec<_>>().join("\n")
}
