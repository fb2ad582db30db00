//! Tables out of .xlsx and .csv: cells as text with their places, within bounds, no I/O.
//!
//! Townships keep their ledgers in Excel, and send them around as .xlsx or .csv. This crate turns
//! the bytes of such a file into rows; what the rows mean is the business of others.
//!
//! # How to walk it
//!
//! - [`read`]: the bytes of either kind to a [`Table`], every sheet with its rows.
//! - [`Workbook`]: an .xlsx for those who look at single sheets and typed values.
//! - [`limits`]: what a file may cost; a hostile one is refused before it is parsed.
//!
//! ```
//! let table = angen_tables::read("企业名称,地址\n样例机械厂,样例路一号\n".as_bytes()).unwrap();
//! assert_eq!(table.sheets[0].rows[1].cells[&0].text, "样例机械厂");
//! ```
//!
//! # What it leaves out
//!
//! The old .xls, formulas (the value that Excel stored is read), colours and merged cells (the
//! first cell holds the text).

mod cell;
mod csv_text;
mod guard;
pub mod limits;
mod refusal;
mod workbook;

pub use calamine::DataRef;
pub use cell::{Cell, CellFault};
pub use csv_text::Encoding;
pub use refusal::{Reason, Refusal};
pub use workbook::Workbook;

use std::collections::BTreeMap;

/// One row with something in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Row<T = String> {
    /// As Excel numbers it, from 1.
    pub number: u32,
    /// Cells by column, from 0; no empty ones.
    pub cells: BTreeMap<u32, T>,
}

/// One sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sheet {
    /// Its name; empty for a .csv, which has but one.
    pub name: String,
    /// The rows that hold something, ascending.
    pub rows: Vec<Row<Cell>>,
}

/// What a file holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table {
    /// The sheets in their order; one for a .csv.
    pub sheets: Vec<Sheet>,
    /// How the text of a .csv was written; none for an .xlsx.
    pub encoding: Option<Encoding>,
}

/// What every zip begins with, and so every .xlsx.
const ZIP_MAGIC: &[u8] = b"PK\x03\x04";

/// What the old .xls begins with (a compound file).
const XLS_MAGIC: &[u8] = b"\xd0\xcf\x11\xe0";

/// Reads a file of either kind; the bytes tell which, not the name.
///
/// # Errors
/// For bytes that are neither, a text in no known encoding, and a file beyond a limit.
pub fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    if bytes.starts_with(XLS_MAGIC) {
        return Err(Refusal::new(
            Reason::NotATable,
            "这是旧版 .xls（或加密的工作簿）。请用 Excel 或 WPS 另存为不加密的 .xlsx 或 .csv",
            "this is an old .xls, or an encrypted workbook; save it as a plain .xlsx or .csv",
        ));
    }
    if !bytes.starts_with(ZIP_MAGIC) {
        return csv_text::read(bytes);
    }
    let mut workbook = Workbook::open(bytes)?;
    let mut sheets = Vec::new();
    for name in workbook.sheet_names() {
        let rows = workbook.rows(&name, |_, _, value| Some(Cell::of(value)))?;
        sheets.push(Sheet { name, rows });
    }
    Ok(Table { sheets, encoding: None })
}

/// Excel's letters for a column counted from 0.
#[must_use]
pub fn column_letters(index: u32) -> String {
    let mut letters = Vec::new();
    let mut left = u64::from(index) + 1;
    while left > 0 {
        let digit = u8::try_from((left - 1) % 26).expect("a remainder of 26 fits a byte");
        letters.push(char::from(b'A' + digit));
        left = (left - 1) / 26;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    use super::column_letters;

    #[test]
    fn columns_are_lettered_as_excel_letters_them() {
        let letters = [0, 25, 26, 701, 702].map(column_letters);
        assert_eq!(letters, ["A", "Z", "AA", "ZZ", "AAA"]);
    }
}
