//! Sentences of the procedure, made from the catalogue and what is counted.

mod catalogue;

use angen_ledger::verify::Lang;

use crate::domain::{AGENDA, ELEMENTS};
use crate::procedure::{Condition, Why};

pub use catalogue::Code;

/// Names written out in a sentence; the list itself holds them all.
const NAMES_SHOWN_MAX: usize = 3;

impl Code {
    /// The sentence that says what is missing.
    #[must_use]
    pub fn say(self, condition: &Condition, lang: Lang) -> String {
        let counted = condition.need.saturating_sub(condition.have);
        let more = if condition.names.is_empty() { counted } else { condition.names.len() };
        self.sentence(lang)
            .replace("{have}", &condition.have.to_string())
            .replace("{need}", &condition.need.to_string())
            .replace("{more}", &more.to_string())
            .replace("{names}", &few(&condition.names, lang))
    }
}

/// The line that says that there is more.
pub(crate) fn and_more(count: usize, lang: Lang) -> String {
    match lang {
        Lang::Zh => format!("另有{count}项，请看清单"),
        Lang::En => format!("and {count} more, see the list"),
    }
}

/// The first few names, and a sign that there are others. Tags and elements are shown by term.
fn few(names: &[String], lang: Lang) -> String {
    let term = |name: &String| {
        let known = AGENDA.iter().chain(ELEMENTS).find(|(code, _)| code == name);
        match (known, Why::from_word(name)) {
            (Some((_, term)), _) if lang == Lang::Zh => (*term).to_owned(),
            (_, Some(why)) => why.label(lang).to_owned(),
            _ => name.clone(),
        }
    };
    let (join, rest) = match lang {
        Lang::Zh => ("、", "等"),
        Lang::En => (", ", " …"),
    };
    let shown: Vec<String> = names.iter().take(NAMES_SHOWN_MAX).map(term).collect();
    let end = if names.len() > NAMES_SHOWN_MAX { rest } else { "" };
    format!("{}{end}", shown.join(join))
}
