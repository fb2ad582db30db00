//! What is wrong with a workbook or an answer, where it is, and what to do about it.

use crate::limits::{NAMES_LISTED_MAX, PROBLEM_CHARS_MAX, PROBLEMS_MAX};
use serde::Serialize;
use std::fmt;

/// The kind of a problem, for programs; people read its text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Code {
    /// The bytes are not an Excel workbook (.xlsx), or it is damaged.
    NotAWorkbook,
    /// The workbook, or what is inside of it, is larger than a named limit.
    TooLarge,
    /// The sheet `survey`, `choices` or `settings` is not there.
    MissingSheet,
    /// A column that every form needs is not there.
    MissingColumn,
    /// A column that neither XLSForm nor Angen knows.
    UnknownColumn,
    /// Two columns say the same thing.
    DuplicateColumn,
    /// XLSForm has it, this version of Angen does not.
    NotSupported,
    /// A question type that XLSForm does not have.
    UnknownType,
    /// A cell that must be filled is empty.
    MissingValue,
    /// A cell holds something that does not belong there.
    BadValue,
    /// A name that breaks the rules for names.
    BadName,
    /// A full-width digit, letter or sign where only half-width ones work.
    FullWidth,
    /// A name is used twice.
    DuplicateName,
    /// A group is not closed, or closed without having been opened.
    UnbalancedGroup,
    /// Text longer, or something nested deeper, than a named limit.
    TooLong,
    /// A question names a choice list that does not exist.
    UnknownList,
    /// An expression does not parse, or uses something in a wrong way.
    BadExpression,
    /// An expression names an item that does not exist or has no answer.
    UnknownReference,
    /// An expression compares with a choice that its list does not have.
    UnknownChoice,
    /// Conditions that wait for each other.
    Cycle,
    /// No item of this name, or one that takes no answer.
    NotAQuestion,
    /// The answer does not have the form that the question asks for.
    BadAnswer,
    /// The answer breaks the question's constraint.
    OutsideConstraint,
    /// A stored form that cannot be read.
    BadStoredForm,
    /// There were more problems than are listed.
    More,
}

/// Where a problem is; what does not apply is `None`.
#[derive(Debug, Clone, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Place {
    /// The workbook's file name.
    pub file: Option<String>,
    /// The sheet: `survey`, `choices` or `settings`.
    pub sheet: Option<String>,
    /// The row as Excel numbers it, from 1.
    pub row: Option<u32>,
    /// The column as Excel letters it, with its header: `C (name)`.
    pub column: Option<String>,
    /// The name of the item.
    pub item: Option<String>,
}

/// One problem: its kind, its place, what is wrong and what to do, in both languages.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// The kind.
    pub code: Code,
    /// Where it is.
    pub place: Place,
    /// What is wrong and what to do, in Chinese.
    pub zh: String,
    /// What is wrong and what to do, in English.
    pub en: String,
}

impl fmt::Display for Problem {
    /// One line in Chinese, one in English, each with the place in front.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let place = &self.place;
        let (mut zh, mut en) = (Vec::new(), Vec::new());
        if let Some(file) = &place.file {
            zh.push(format!("文件 {file}"));
            en.push(format!("file {file}"));
        }
        if let Some(sheet) = &place.sheet {
            zh.push(format!("工作表 {sheet}"));
            en.push(format!("sheet {sheet}"));
        }
        if let Some(row) = place.row {
            zh.push(format!("第 {row} 行"));
            en.push(format!("row {row}"));
        }
        if let Some(column) = &place.column {
            zh.push(format!("{column} 列"));
            en.push(format!("column {column}"));
        }
        if let Some(item) = &place.item {
            zh.push(format!("条目 {item}"));
            en.push(format!("item {item}"));
        }
        let zh_stop = if zh.is_empty() { "" } else { "：" };
        let en_stop = if en.is_empty() { "" } else { ": " };
        writeln!(f, "{}{zh_stop}{}", zh.join("，"), self.zh)?;
        write!(f, "{}{en_stop}{}", en.join(", "), self.en)
    }
}

impl std::error::Error for Problem {}

/// All problems of one workbook, in the order of its sheets and rows; never empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, thiserror::Error)]
pub struct FormErrors(Vec<Problem>);

impl FormErrors {
    pub(crate) fn one(problem: Problem) -> FormErrors {
        FormErrors(vec![problem])
    }

    /// The problems, at least one and at most [`PROBLEMS_MAX`] and one that says there are more.
    pub fn problems(&self) -> &[Problem] {
        &self.0
    }
}

impl fmt::Display for FormErrors {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (index, problem) in self.0.iter().enumerate() {
            if index > 0 {
                writeln!(f)?;
            }
            write!(f, "{problem}")?;
        }
        Ok(())
    }
}

/// Collects problems, so that an author mends a workbook in one round and not one error at a time.
#[derive(Debug, Default)]
pub(crate) struct Problems {
    listed: Vec<Problem>,
    dropped: usize,
}

impl Problems {
    pub(crate) fn push(&mut self, code: Code, place: Place, zh: String, en: String) {
        if self.listed.len() < PROBLEMS_MAX {
            self.listed.push(Fault { code, zh, en }.at(place));
        } else {
            self.dropped += 1;
        }
    }

    /// `Ok` when nothing was pushed, otherwise everything in the order of sheets and rows.
    pub(crate) fn finish(mut self) -> Result<(), FormErrors> {
        if self.listed.is_empty() {
            return Ok(());
        }
        // A stable sort: what concerns the whole file comes first, then sheet by sheet, row by row.
        self.listed.sort_by_key(|p| (sheet_order(p.place.sheet.as_deref()), p.place.row));
        if self.dropped > 0 {
            let file = self.listed[0].place.file.clone();
            self.listed.push(Problem {
                code: Code::More,
                place: Place { file, ..Place::default() },
                zh: format!("另有 {} 处问题未列出。先改正以上各处，再导入一次", self.dropped),
                en: format!(
                    "{} more problems are not listed; mend these and import again",
                    self.dropped
                ),
            });
        }
        Err(FormErrors(self.listed))
    }
}

fn sheet_order(sheet: Option<&str>) -> u8 {
    match sheet {
        None => 0,
        Some("settings") => 1,
        Some("choices") => 2,
        Some(_) => 3,
    }
}

/// What is wrong, before it is known where: the small functions that check one text return it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) code: Code,
    pub(crate) zh: String,
    pub(crate) en: String,
}

impl Fault {
    pub(crate) fn new(code: Code, zh: impl Into<String>, en: impl Into<String>) -> Fault {
        Fault { code, zh: zh.into(), en: en.into() }
    }

    pub(crate) fn at(self, place: Place) -> Problem {
        Problem { code: self.code, place, zh: shortened(self.zh), en: shortened(self.en) }
    }
}

/// The first names of many, for a problem that says what would be right.
pub(crate) fn first_names<'n>(names: impl Iterator<Item = &'n str>, between: &str) -> String {
    let mut listed = String::new();
    for (index, name) in names.take(NAMES_LISTED_MAX + 1).enumerate() {
        if index > 0 {
            listed.push_str(between);
        }
        listed.push_str(if index == NAMES_LISTED_MAX { "…" } else { name });
    }
    listed
}

/// A problem quotes cells, and a cell may be long. What to do about it stands at the end.
fn shortened(text: String) -> String {
    let count = text.chars().count();
    if count <= PROBLEM_CHARS_MAX {
        return text;
    }
    let half = PROBLEM_CHARS_MAX / 2;
    let start = text.chars().take(half);
    start.chain(['…']).chain(text.chars().skip(count - half + 1)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_long_text_keeps_its_start_and_its_end() {
        let exact = "长".repeat(PROBLEM_CHARS_MAX);
        assert_eq!(shortened(exact.clone()), exact);
        let short = shortened(format!("“{exact}”。请缩短"));
        assert_eq!(short.chars().count(), PROBLEM_CHARS_MAX);
        assert!(short.starts_with("“长") && short.ends_with("长”。请缩短"), "{short}");
    }

    #[test]
    fn of_many_names_the_first_are_listed() {
        let names: Vec<String> = (0..NAMES_LISTED_MAX + 1).map(|n| format!("n{n}")).collect();
        let listed = |count| first_names(names[..count].iter().map(String::as_str), ", ");
        assert_eq!(listed(2), "n0, n1");
        assert!(listed(NAMES_LISTED_MAX).ends_with(&format!("n{}", NAMES_LISTED_MAX - 1)));
        assert!(listed(NAMES_LISTED_MAX + 1).ends_with(", …"));
    }
}
