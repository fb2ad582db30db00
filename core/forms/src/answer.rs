//! Answers: typed values, and the check of what an officer typed.

use crate::form::{Choice, Form, Item, Kind};
use crate::limits::{MEDIA_CHARS_MAX, NAMES_LISTED_MAX, NUMBER_DIGITS_MAX, TEXT_CHARS_MAX};
use crate::name::refuse_full_width;
use crate::problem::{Code, Fault, Place, Problem, first_names};
use serde::{Deserialize, Serialize};
use std::borrow::Cow;
use std::fmt;

/// A decimal number as it was typed: `0.50` says that the instrument shows two decimals.
///
/// At most [`NUMBER_DIGITS_MAX`] digits, so that calculating with it as a 64-bit float keeps all
/// of them.
#[derive(Debug, Clone, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Decimal(String);

impl Decimal {
    /// The text as it was typed.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Without zeros that do not change the value, so that `0.50` and `0.5` compare as equal.
    fn value_text(&self) -> &str {
        if self.0.contains('.') {
            self.0.trim_end_matches('0').trim_end_matches('.')
        } else {
            &self.0
        }
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The text is not digits with at most one sign and one point, or has too many digits.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a decimal number of at most {NUMBER_DIGITS_MAX} digits")]
pub struct NotADecimal(String);

impl TryFrom<String> for Decimal {
    type Error = NotADecimal;

    fn try_from(text: String) -> Result<Decimal, NotADecimal> {
        let unsigned = text.strip_prefix('-').unwrap_or(&text);
        let (whole, part) = unsigned.split_once('.').unwrap_or((unsigned, "0"));
        let digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
        let count = unsigned.bytes().filter(u8::is_ascii_digit).count();
        if digits(whole) && digits(part) && count <= NUMBER_DIGITS_MAX {
            return Ok(Decimal(text));
        }
        Err(NotADecimal(text))
    }
}

impl From<Decimal> for String {
    fn from(decimal: Decimal) -> String {
        decimal.0
    }
}

/// The answer to one question.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// The name of the choice, for select_one.
    Choice(String),
    /// The names of the choices in the order of the list, at least one, for select_multiple.
    Choices(Vec<String>),
    /// A whole number.
    Integer(i64),
    /// A decimal number as it was typed.
    Decimal(Decimal),
    /// Text, not empty.
    Text(String),
    /// What names the photo: a digest or a file name, as the host chooses.
    Media(String),
}

impl Answer {
    /// The text that expressions see.
    pub(crate) fn expression_text(&self) -> Cow<'_, str> {
        match self {
            Answer::Choice(text) | Answer::Text(text) | Answer::Media(text) => Cow::Borrowed(text),
            Answer::Choices(names) => Cow::Owned(names.join(" ")),
            Answer::Integer(number) => Cow::Owned(number.to_string()),
            Answer::Decimal(number) => Cow::Borrowed(number.value_text()),
        }
    }
}

impl Form {
    /// Reads what the officer typed for one question.
    ///
    /// A choice is named by its name or by its whole label in any language; several choices are
    /// separated by spaces. A constraint that reads this answer only is checked here; one that
    /// reads
    /// other answers too is checked by [`Form::review`].
    ///
    /// # Errors
    /// [`Code::NotAQuestion`], [`Code::FullWidth`] (shows the half-width form),
    /// [`Code::BadAnswer`],
    /// [`Code::TooLong`], or [`Code::OutsideConstraint`] with the form's own message.
    pub fn check_answer(&self, name: &str, raw: &str) -> Result<Answer, Box<Problem>> {
        let place = Place { item: Some(name.to_owned()), ..Place::default() };
        let position = self.plan.position(name);
        let found = position.filter(|p| self.spec.items[*p].kind.is_question());
        let Some(position) = found else { return Err(Box::new(no_question(name).at(place))) };
        let item = &self.spec.items[position];
        let answer =
            self.read(item, raw.trim()).map_err(|fault| Box::new(fault.at(place.clone())))?;
        if let Some(constraint) = &self.plan.rules[position].constraint
            && constraint.reads().is_empty()
            && !constraint.holds(&answer.expression_text(), |_| "").unwrap_or(false)
        {
            return Err(Box::new(outside(item).at(place)));
        }
        Ok(answer)
    }

    fn read(&self, item: &Item, raw: &str) -> Result<Answer, Fault> {
        if raw.is_empty() {
            return Err(Fault::new(
                Code::BadAnswer,
                "答案是空的。未作答时请留空不提交，不要提交空答案",
                "the answer is empty; leave the question unanswered instead",
            ));
        }
        match &item.kind {
            Kind::SelectOne(list) => Ok(Answer::Choice(find_choice(self.list(list), raw)?)),
            Kind::SelectMultiple(list) => {
                // Each word is looked for in the whole list.
                read_text(raw, TEXT_CHARS_MAX)?;
                let choices = self.list(list);
                let mut names = Vec::new();
                for part in raw.split_whitespace() {
                    names.push(find_choice(choices, part)?);
                }
                let picked = |choice: &&Choice| names.contains(&choice.name);
                let names = choices.iter().filter(picked).map(|c| c.name.clone()).collect();
                Ok(Answer::Choices(names))
            }
            Kind::Integer => read_integer(raw).map(Answer::Integer),
            Kind::Decimal => read_decimal(raw).map(Answer::Decimal),
            Kind::Text => read_text(raw, TEXT_CHARS_MAX).map(Answer::Text),
            Kind::Image => read_text(raw, MEDIA_CHARS_MAX).map(Answer::Media),
            Kind::Note | Kind::Group => Err(no_question(&item.name)),
        }
    }

    fn list(&self, name: &str) -> &[Choice] {
        self.choices(name).unwrap_or_default()
    }

    /// Whether a typed value is one that the item can have: it may have been stored under another
    /// version of the form, or written by another program.
    pub(crate) fn fits(&self, item: &Item, answer: &Answer) -> Result<(), Fault> {
        let again = match (&item.kind, answer) {
            (Kind::SelectOne(_), Answer::Choice(_))
            | (Kind::SelectMultiple(_), Answer::Choices(_))
            | (Kind::Integer, Answer::Integer(_))
            | (Kind::Text, Answer::Text(_))
            | (Kind::Image, Answer::Media(_)) => self.read(item, &answer.expression_text())?,
            // A decimal proves itself when it is made.
            (Kind::Decimal, Answer::Decimal(_)) => return Ok(()),
            _ => return Err(bad_kind()),
        };
        let trimmed = matches!(answer, Answer::Text(_) | Answer::Media(_));
        if trimmed || again == *answer { Ok(()) } else { Err(bad_kind()) }
    }
}

fn find_choice(choices: &[Choice], raw: &str) -> Result<String, Fault> {
    let named = choices.iter().find(|choice| choice.name == raw);
    let labelled = || {
        let mut found = choices.iter().filter(|c| c.label.0.values().any(|label| label == raw));
        // Two choices with one label cannot be told apart by it.
        found.next().filter(|_| found.next().is_none())
    };
    if let Some(choice) = named.or_else(labelled) {
        return Ok(choice.name.clone());
    }
    let names: Vec<String> = choices
        .iter()
        .take(NAMES_LISTED_MAX + 1)
        .map(|c| format!("{} ({})", c.name, c.label.get("zh").unwrap_or_default()))
        .collect();
    let listed = |between| first_names(names.iter().map(String::as_str), between);
    Err(Fault::new(
        Code::BadAnswer,
        format!("没有选项“{raw}”。可选：{}", listed("、")),
        format!("there is no choice {raw:?}; choose one of: {}", listed(", ")),
    ))
}

fn read_integer(raw: &str) -> Result<i64, Fault> {
    refuse_full_width(raw)?;
    let digits = raw.strip_prefix('-').unwrap_or(raw);
    let fits = digits.len() <= NUMBER_DIGITS_MAX && digits.bytes().all(|b| b.is_ascii_digit());
    let number = if fits { raw.parse().ok() } else { None };
    number.ok_or_else(|| {
        Fault::new(
            Code::BadAnswer,
            format!("“{raw}”不是整数。请只写数字（最多 {NUMBER_DIGITS_MAX} 位），不要逗号和单位"),
            format!(
                "{raw:?} is not a whole number; write digits only (at most {NUMBER_DIGITS_MAX}), no commas and no unit"
            ),
        )
    })
}

fn read_decimal(raw: &str) -> Result<Decimal, Fault> {
    refuse_full_width(raw)?;
    Decimal::try_from(raw.to_owned()).map_err(|_| {
        Fault::new(
            Code::BadAnswer,
            format!("“{raw}”不是数。请只写数字和小数点（最多 {NUMBER_DIGITS_MAX} 位），如 0.5，不要单位"),
            format!(
                "{raw:?} is not a number; write digits and a point (at most {NUMBER_DIGITS_MAX} digits), such as 0.5, no unit"
            ),
        )
    })
}

fn read_text(raw: &str, chars_max: usize) -> Result<String, Fault> {
    let count = raw.chars().count();
    if count <= chars_max {
        return Ok(raw.to_owned());
    }
    Err(Fault::new(
        Code::TooLong,
        format!("文字有 {count} 个字符，上限为 {chars_max}。请缩短"),
        format!("the text has {count} characters, at most {chars_max} fit; shorten it"),
    ))
}

fn no_question(name: &str) -> Fault {
    Fault::new(
        Code::NotAQuestion,
        format!("表中没有可作答的条目“{name}”。请核对名称和表的版本"),
        format!("no question is named {name:?}; check the name and the version of the form"),
    )
}

fn bad_kind() -> Fault {
    Fault::new(
        Code::BadAnswer,
        "答案的类型或选项与本版检查表不符。请重新作答",
        "the answer does not fit the question in this version of the form; answer again",
    )
}

/// The form's own message, or a general one that shows the constraint.
pub(crate) fn outside(item: &Item) -> Fault {
    let constraint = item.constraint.as_deref().unwrap_or_default();
    let message = |language| item.constraint_message.get(language).map(str::to_owned);
    let zh = message("zh").unwrap_or_else(|| format!("答案不满足条件：{constraint}。请核对"));
    let en = message("en").unwrap_or_else(|| format!("the answer must satisfy {constraint}"));
    Fault::new(Code::OutsideConstraint, zh, en)
}
