//! What a form asks for: given, left to the pen on purpose, or missing.
use chrono::{Datelike, NaiveDate, NaiveDateTime, Timelike};

use crate::number::DocumentNumber;

/// One answer to a form. Nothing is left blank by accident: a blank that is wanted is `ByHand`.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Filled<T> {
    /// Nobody has given it yet. A must-have field in this state stops the document.
    #[default]
    Missing,
    /// Known; it is printed.
    Given(T),
    /// Left to the pen (手填): a line is printed for it.
    ByHand,
}

/// A text of a form.
pub type Entry = Filled<String>;

/// A day of a form (日期).
pub type Day = Filled<NaiveDate>;

/// A time of a form to the minute (时间), as the clock on the wall shows it in China.
pub type Moment = Filled<NaiveDateTime>;

impl<T> Filled<T> {
    /// The value when it was given.
    pub fn given(&self) -> Option<&T> {
        match self {
            Self::Given(value) => Some(value),
            Self::Missing | Self::ByHand => None,
        }
    }
}

impl From<&str> for Entry {
    /// A text of nothing but white space is missing.
    fn from(text: &str) -> Self {
        let text = text.trim();
        if text.is_empty() { Self::Missing } else { Self::Given(text.to_owned()) }
    }
}

impl From<String> for Entry {
    fn from(text: String) -> Self {
        Self::from(text.as_str())
    }
}

impl From<NaiveDate> for Day {
    fn from(day: NaiveDate) -> Self {
        Self::Given(day)
    }
}

impl From<NaiveDateTime> for Moment {
    fn from(time: NaiveDateTime) -> Self {
        Self::Given(time)
    }
}

/// How a value is printed, and what the pen finds when it is not.
pub trait Printed {
    /// What stands on the paper when the value is written by hand.
    const BY_HAND: &'static str;

    /// The value as people in China write it on a form.
    fn printed(&self) -> String;
}

impl Printed for String {
    const BY_HAND: &'static str = "";

    fn printed(&self) -> String {
        self.clone()
    }
}

impl Printed for NaiveDate {
    const BY_HAND: &'static str = "　　　　年　　月　　日";

    fn printed(&self) -> String {
        format!("{}年{}月{}日", self.year(), self.month(), self.day())
    }
}

impl Printed for NaiveDateTime {
    const BY_HAND: &'static str = "　　　　年　　月　　日　　时　　分";

    fn printed(&self) -> String {
        format!("{}{}时{:02}分", self.date().printed(), self.hour(), self.minute())
    }
}

impl Printed for DocumentNumber {
    const BY_HAND: &'static str = "（　　　　）应急　　　〔　　　　〕　　　号";

    fn printed(&self) -> String {
        self.to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_alone_is_missing() {
        assert_eq!(Entry::from(" \u{3000}\n"), Entry::Missing);
        assert_eq!(Entry::from(" 车间 "), Entry::Given("车间".to_owned()));
    }

    #[test]
    fn times_are_printed_as_people_write_them() {
        let day = NaiveDate::from_ymd_opt(2026, 3, 5).unwrap();
        assert_eq!(day.printed(), "2026年3月5日");
        assert_eq!(day.and_hms_opt(9, 5, 59).unwrap().printed(), "2026年3月5日9时05分");
    }
}
