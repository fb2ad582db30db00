//! A field: its stable key, its names in two languages, and its value.
use crate::entry::{Filled, Printed};

/// The name of a field. The key is for programs, the names are for people.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct FieldName {
    /// Stable, lower case; the platform order and the tests name fields by it.
    pub key: &'static str,
    /// As printed on the form.
    pub zh: &'static str,
    /// For error messages and readers of English.
    pub en: &'static str,
}

impl FieldName {
    /// A name, for the tables of the forms.
    #[must_use]
    pub const fn new(key: &'static str, zh: &'static str, en: &'static str) -> Self {
        Self { key, zh, en }
    }
}

/// What stands in a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// Printed text; line breaks start a new paragraph.
    Printed(String),
    /// A line for the pen, with what is printed on it (empty, or the words of a date).
    ByHand(&'static str),
    /// Does not apply. Printed as a stroke, since a form has no blank lines.
    Struck,
}

/// The stroke through a field that does not apply.
pub(crate) const STROKE: &str = "／";

impl Value {
    /// The value of an answer; what is missing is struck out.
    pub(crate) fn of<T: Printed>(filled: &Filled<T>) -> Self {
        let text = filled.given().map(Printed::printed).unwrap_or_default();
        match filled {
            Filled::ByHand => Self::ByHand(T::BY_HAND),
            // A text of blanks would be a gap that nobody meant.
            _ if text.trim().is_empty() => Self::Struck,
            _ => Self::Printed(text),
        }
    }

    /// The printed text; empty when it is written by hand or does not apply.
    #[must_use]
    pub fn text(&self) -> &str {
        match self {
            Self::Printed(text) => text,
            Self::ByHand(_) | Self::Struck => "",
        }
    }
}

/// A field with its value.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name.
    pub name: FieldName,
    /// Its value.
    pub value: Value,
}

impl Field {
    /// A field with printed text.
    pub(crate) fn printed(name: FieldName, text: impl Into<String>) -> Self {
        Self { name, value: Value::Printed(text.into()) }
    }
}
