//! A cell as text, and what went wrong with it before it was read.

use calamine::DataRef;

/// Above this a 64-bit float no longer keeps every whole number of 15 digits and more, and Excel
/// has put zeros for the last digits of a long number.
const EXACT_NUMBER_MAX: f64 = 999_999_999_999_999.0;

/// The text of a cell, without space at its ends.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The text; of a day `2028-06-30`.
    pub text: String,
    /// Why the text is not what was typed, if it is not.
    pub fault: Option<CellFault>,
}

/// Why a cell cannot be read as it was typed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CellFault {
    /// A number of more than 15 digits: Excel has replaced the last ones by zeros.
    LostDigits,
    /// A formula that has an error.
    FormulaError,
    /// A time of day or a length of time, where only days are read.
    TimeOfDay,
}

impl CellFault {
    /// What is wrong and what to do: Chinese, English.
    #[must_use]
    pub fn words(self) -> (&'static str, &'static str) {
        match self {
            Self::LostDigits => (
                "Excel 把这一长串数字当成了数值，末几位已丢失。请把单元格格式改为“文本”后重新填写",
                "Excel took the long number for a value and lost its last digits; format the cell as text and type it again",
            ),
            Self::FormulaError => (
                "单元格里的公式出错。请改正公式或直接填写文字",
                "the formula in the cell has an error; mend it or type the text",
            ),
            Self::TimeOfDay => (
                "单元格是时间，不是日期。请填写 2028-06-30 这样的日期",
                "the cell is a time and no day; type a day such as 2028-06-30",
            ),
        }
    }
}

impl AsRef<str> for Cell {
    fn as_ref(&self) -> &str {
        &self.text
    }
}

impl Cell {
    /// A cell with a text.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self { text: text.trim().to_owned(), fault: None }
    }

    /// A value of a workbook.
    pub(crate) fn of(value: &DataRef<'_>) -> Self {
        match value {
            DataRef::Empty => Self::default(),
            DataRef::String(text) => Self::text(text),
            DataRef::SharedString(text) => Self::text(text),
            DataRef::Int(number) => Self::text(&number.to_string()),
            DataRef::Float(number) => {
                let fault = (number.abs() > EXACT_NUMBER_MAX).then_some(CellFault::LostDigits);
                // Excel stores 3 as 3.0; Rust prints both as "3".
                Self { text: number.to_string(), fault }
            }
            DataRef::Bool(yes) => Self::text(if *yes { "true" } else { "false" }),
            DataRef::DateTime(moment) if !moment.is_duration() => {
                let (year, month, day, hour, minute, second, _) = moment.to_ymd_hms_milli();
                let fault = ((hour, minute, second) != (0, 0, 0)).then_some(CellFault::TimeOfDay);
                Self { text: format!("{year:04}-{month:02}-{day:02}"), fault }
            }
            DataRef::DateTime(moment) => {
                Self { text: moment.as_f64().to_string(), fault: Some(CellFault::TimeOfDay) }
            }
            DataRef::DateTimeIso(text) => {
                Self::text(text.strip_suffix("T00:00:00").unwrap_or(text))
            }
            DataRef::DurationIso(text) => {
                Self { text: text.clone(), fault: Some(CellFault::TimeOfDay) }
            }
            DataRef::Error(error) => {
                Self { text: error.to_string(), fault: Some(CellFault::FormulaError) }
            }
        }
    }
}
