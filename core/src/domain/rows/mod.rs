//! Rows of a township's spreadsheet, read and checked before anything is written. No I/O.
//!
//! A file goes through three steps: [`SheetRows::read`] finds the header and the cells,
//! [`SheetRows::correct`] takes what the user mended, [`SheetRows::check`] says of every row what
//! is wrong with it. What is stored already is compared in [`preview`].

mod check;
mod columns;
mod fold;
mod preview;
mod sheet;

pub use check::CheckedRow;
pub(crate) use check::on_post_word;
pub use columns::{Column, POST_FIELDS, RowKind};
pub use preview::{Difference, Known, Preview, PreviewRow, RowState, preview};
pub use sheet::{Correction, SheetRows};

use angen_ledger::verify::Lang;

/// Rows of one file: they are held in memory and written in one transaction, on a phone.
pub const IMPORT_ROWS_MAX: usize = 20_000;

/// Bytes of one cell: a long address has 200.
pub const IMPORT_CELL_BYTES_MAX: usize = 1_000;

/// Where something is in a file.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Spot {
    /// The file's name.
    pub file: String,
    /// The sheet; empty for a .csv.
    pub sheet: String,
    /// The row as Excel numbers it.
    pub row: Option<u32>,
    /// The column: Excel's letters and the header, `C（地址）`.
    pub column: Option<String>,
}

/// Something to say about a file, a row or a cell: what, where, what to do. No personal data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Remark {
    /// Where.
    pub spot: Spot,
    /// Chinese.
    pub zh: String,
    /// English.
    pub en: String,
}

impl Remark {
    /// The sentence for the user, with its place in front.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (spot, mut place) = (&self.spot, vec![self.spot.file.clone()]);
        let (sheet, column) = (&spot.sheet, spot.column.as_deref());
        match lang {
            Lang::Zh => {
                place.extend((!sheet.is_empty()).then(|| format!("工作表“{sheet}”")));
                place.extend(spot.row.map(|row| format!("第 {row} 行")));
                place.extend(column.map(|column| format!("{column} 列")));
                format!("{}：{}", place.join("，"), self.zh)
            }
            Lang::En => {
                place.extend((!sheet.is_empty()).then(|| format!("sheet \"{sheet}\"")));
                place.extend(spot.row.map(|row| format!("row {row}")));
                place.extend(column.map(|column| format!("column {column}")));
                format!("{}: {}", place.join(", "), self.en)
            }
        }
    }
}
