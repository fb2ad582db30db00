//! Why a document is not made: the form, the field, and what to do.
use std::fmt;

use crate::content::{FieldName, Line};
use crate::form::Form;

/// All that stands against one document, so that the officer mends it in one go.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// Which form.
    pub form: Form,
    /// Never empty; in the order of the form.
    pub problems: Vec<Problem>,
    /// The fields as far as they are known, in reading order, so that a person sees what would
    /// stand there. Nothing is set or printed from them.
    pub lines: Vec<Line>,
}

/// One thing that stands against a document.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// Where.
    pub field: FieldName,
    /// Which entry of a list, from 1; `None` outside of lists.
    pub entry: Option<usize>,
    /// What.
    pub kind: ProblemKind,
}

/// What can stand against a field.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ProblemKind {
    /// A must-have field has no value.
    Missing,
    /// The form does not hold without it in print, so it cannot be left to the pen.
    NotByHand,
    /// Longer than this many characters.
    TooLong(usize),
    /// A character that cannot be printed, such as a NUL.
    ControlCharacter,
    /// A list with more than this many entries.
    TooMany(usize),
    /// A list with fewer than this many entries.
    TooFew(usize),
    /// The same person or number twice.
    Twice,
    /// An end that lies before its beginning.
    Reversed,
    /// The number's characters are those of another form.
    WrongCode,
    /// A citation without name, version or article.
    NotCited,
    /// A finding that no deadline covers.
    Uncovered,
    /// A number that names no entry of the list.
    NoSuchEntry,
    /// Bytes that are neither JPEG nor PNG, or too many of them.
    NotAPicture,
}

impl ProblemKind {
    fn zh(self) -> String {
        match self {
            Self::Missing => "没有填写：请填写，或明确标为手填".to_owned(),
            Self::NotByHand => "不能留作手填：请在打印前填写".to_owned(),
            Self::TooLong(max) => format!("超过{max}字：请缩短，或分成几项"),
            Self::ControlCharacter => "含有不可见的控制字符：请删除后重新输入".to_owned(),
            Self::TooMany(max) => format!("超过{max}项：请分成几份文书"),
            Self::TooFew(min) => format!("少于{min}项：请补齐"),
            Self::Twice => "重复：请改为不同的人或编号".to_owned(),
            Self::Reversed => "结束早于开始：请核对时间".to_owned(),
            Self::WrongCode => "文种代字与本文书不符：请换用本文书的文号".to_owned(),
            Self::NotCited => "法律依据缺名称、版本或条款：请补全".to_owned(),
            Self::Uncovered => "没有整改期限：请为它指定期限".to_owned(),
            Self::NoSuchEntry => "所指的编号不在清单中：请核对".to_owned(),
            Self::NotAPicture => "缩略图不是JPEG或PNG，或超过512 KiB：请重新生成".to_owned(),
        }
    }

    fn en(self) -> String {
        match self {
            Self::Missing => {
                "is missing; fill it in, or mark it to be filled in by hand".to_owned()
            }
            Self::NotByHand => "cannot be left to the pen; fill it in before printing".to_owned(),
            Self::TooLong(max) => format!("is longer than {max} characters; shorten or split it"),
            Self::ControlCharacter => "holds a control character; type it again".to_owned(),
            Self::TooMany(max) => format!("has more than {max} entries; make several documents"),
            Self::TooFew(min) => format!("has fewer than {min} entries; add what is missing"),
            Self::Twice => "is there twice; name another person or number".to_owned(),
            Self::Reversed => "ends before it starts; check the times".to_owned(),
            Self::WrongCode => {
                "carries the code of another form; take a number of this one".to_owned()
            }
            Self::NotCited => "lacks the law's name, version or article; complete it".to_owned(),
            Self::Uncovered => "has no deadline; give it one".to_owned(),
            Self::NoSuchEntry => "names an entry that is not in the list; check it".to_owned(),
            Self::NotAPicture => "is no JPEG or PNG of at most 512 KiB; make it again".to_owned(),
        }
    }
}

impl Problem {
    /// What is wrong and what to do, in Chinese.
    #[must_use]
    pub fn zh(&self) -> String {
        let entry = self.entry.map(|entry| format!("第{entry}项")).unwrap_or_default();
        format!("“{}”{entry}{}", self.field.zh, self.kind.zh())
    }

    /// The same in English.
    #[must_use]
    pub fn en(&self) -> String {
        let entry = self.entry.map(|entry| format!(" {entry}")).unwrap_or_default();
        format!("{}{entry} {}", self.field.en, self.kind.en())
    }
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} | {}", self.zh(), self.en())
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (title, title_en) = (self.form.title(), self.form.title_en());
        write!(f, "《{title}》还不能出具 | the {title_en} cannot be issued yet")?;
        for (number, problem) in (1..).zip(&self.problems) {
            write!(f, "\n{number}. {problem}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Refusal {}
