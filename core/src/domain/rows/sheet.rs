//! The sheet of a file that has the header, and its cells by field.

use std::collections::BTreeMap;

use angen_tables::{Cell, Encoding, Row, Sheet, Table, column_letters};

use crate::domain::rows::{Column, IMPORT_ROWS_MAX, Remark, RowKind, Spot};
use crate::error::{Error, Result};

/// Rows in which the header is looked for: above it stand a title, a date and who filled it in.
const HEADER_ROW_MAX: u32 = 10;

/// Headers that make a row the header: one alone may be a title.
const HEADERS_MIN: usize = 2;

/// A cell that the user mended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Correction {
    /// The row as Excel numbers it.
    pub row: u32,
    /// The column: its field, one of its headers, or Excel's letters.
    pub column: String,
    /// What stands there now.
    pub value: String,
}

/// The rows of one sheet, cells by field.
#[derive(Debug, Clone)]
pub struct SheetRows {
    /// What the rows are.
    pub kind: RowKind,
    /// The file and the sheet.
    pub spot: Spot,
    /// The encoding of a .csv.
    pub encoding: Option<Encoding>,
    /// What is to be said of the whole file.
    pub notes: Vec<Remark>,
    /// Where each field stands: field, index from 0, header.
    pub(super) places: Vec<(&'static Column, u32, String)>,
    /// Row number, and cells by field.
    pub(super) rows: Vec<(u32, BTreeMap<&'static str, Cell>)>,
}

impl SheetRows {
    /// Finds the sheet with a header (the first, or the one that is named) and takes its rows.
    ///
    /// # Errors
    /// `Invalid` when no sheet has a header with the needed columns, or there are too many rows.
    pub fn read(kind: RowKind, file: &str, table: Table, sheet: Option<&str>) -> Result<Self> {
        let spot = Spot { file: file.to_owned(), ..Spot::default() };
        let mut found = None;
        let mut others = Vec::new();
        for candidate in table.sheets {
            let wanted = sheet.is_none_or(|name| name == candidate.name) && found.is_none();
            match header_row(kind, &candidate).filter(|_| wanted) {
                Some(index) => found = Some((candidate, index)),
                None if !candidate.rows.is_empty() => others.push(candidate.name),
                None => {}
            }
        }
        let Some((sheet, header)) = found else { return Err(no_header(kind, file, sheet)) };
        let spot = Spot { sheet: sheet.name.clone(), ..spot };
        let mut rows = Self {
            kind,
            spot,
            encoding: table.encoding,
            notes: Vec::new(),
            places: Vec::new(),
            rows: Vec::new(),
        };
        rows.read_header(&sheet.rows[header]);
        rows.require_columns()?;
        rows.take(&sheet.rows[header + 1..])?;
        for name in others {
            let spot = Spot { sheet: name, row: None, column: None, ..rows.spot.clone() };
            let (zh, en) = ("这张工作表没有读入", "this sheet was not read");
            rows.notes.push(Remark { spot, zh: zh.to_owned(), en: en.to_owned() });
        }
        Ok(rows)
    }

    /// Puts a mended value into its cell.
    ///
    /// # Errors
    /// `Invalid` when there is no such row or column. The value is not in the message: it may be
    /// personal data.
    pub fn correct(&mut self, correction: &Correction) -> Result<()> {
        let place = format!("{}:{}", correction.row, correction.column);
        let by_letters =
            |index: u32| column_letters(index).eq_ignore_ascii_case(&correction.column);
        let by_word = self.kind.columns().iter().find(|column| column.field == correction.column);
        let column = by_word
            .or_else(|| {
                let mut placed = self.places.iter();
                placed.find(|(_, index, _)| by_letters(*index)).map(|(column, ..)| *column)
            })
            .or_else(|| self.kind.column_of(&correction.column).map(|(column, _)| column));
        let Some(column) = column else {
            let known: Vec<&str> = self.kind.columns().iter().map(|known| known.field).collect();
            return Err(Error::invalid(
                place,
                format!("没有这一列，可用：{}", known.join("、")),
                format!("there is no such column, use one of: {}", known.join(", ")),
            ));
        };
        let Some((_, cells)) = self.rows.iter_mut().find(|(row, _)| *row == correction.row) else {
            return Err(Error::invalid(
                place,
                "表中没有这一行，请按 Excel 的行号填写",
                "there is no such row: give the number that Excel shows",
            ));
        };
        cells.insert(column.field, Cell::text(&correction.value));
        Ok(())
    }

    /// The place of a field in a row.
    pub(super) fn spot_of(&self, row: u32, field: &str) -> Spot {
        let place = self.places.iter().find(|(column, ..)| column.field == field);
        let column =
            place.map(|(_, index, header)| format!("{}（{header}）", column_letters(*index)));
        let column = column.or_else(|| Some(field.to_owned()));
        Spot { row: Some(row), column, ..self.spot.clone() }
    }

    fn read_header(&mut self, header: &Row<Cell>) {
        let mut taken: BTreeMap<&str, (usize, &'static Column, u32, String)> = BTreeMap::new();
        let mut ignored = Vec::new();
        for (index, cell) in &header.cells {
            let Some((column, rank)) = self.kind.column_of(&cell.text) else {
                ignored.push((*index, cell.text.clone()));
                continue;
            };
            let entry = (rank, column, *index, cell.text.clone());
            // Of two headers for one field the usual one is taken, and the other is told.
            match taken.get(column.field) {
                Some((known, ..)) if *known <= rank => ignored.push((*index, cell.text.clone())),
                _ => {
                    if let Some((_, _, index, text)) = taken.insert(column.field, entry) {
                        ignored.push((index, text));
                    }
                }
            }
        }
        self.places =
            taken.into_values().map(|(_, column, index, text)| (column, index, text)).collect();
        for (index, text) in ignored {
            let column = Some(format!("{}（{text}）", column_letters(index)));
            let spot = Spot { row: Some(header.number), column, ..self.spot.clone() };
            let (zh, en) = ("这一列没有读入", "this column was not read");
            self.notes.push(Remark { spot, zh: zh.to_owned(), en: en.to_owned() });
        }
    }

    fn require_columns(&self) -> Result<()> {
        let is_there = |field: &str| self.places.iter().any(|(column, ..)| column.field == field);
        let mut missing = self.kind.columns().iter().filter(|c| c.needed && !is_there(c.field));
        match missing.next() {
            Some(column) => Err(Error::invalid(
                self.spot.file.clone(),
                format!("表头缺少“{}”列，请在表头加上", column.headers[0]),
                format!("the header lacks the column {}: add it", column.field),
            )),
            None => Ok(()),
        }
    }

    fn take(&mut self, rows: &[Row<Cell>]) -> Result<()> {
        for row in rows {
            let cells: BTreeMap<_, _> = self
                .places
                .iter()
                .filter_map(|(column, index, _)| {
                    Some((column.field, row.cells.get(index)?.clone()))
                })
                .collect();
            if cells.is_empty() {
                continue;
            }
            if self.rows.len() == IMPORT_ROWS_MAX {
                return Err(Error::invalid(
                    self.spot.file.clone(),
                    format!("超过 {IMPORT_ROWS_MAX} 行，请拆成几个文件"),
                    format!("there are more than {IMPORT_ROWS_MAX} rows: split the file"),
                ));
            }
            self.rows.push((row.number, cells));
        }
        Ok(())
    }
}

/// The index of the header among a sheet's rows.
fn header_row(kind: RowKind, sheet: &Sheet) -> Option<usize> {
    let is_header = |row: &Row<Cell>| {
        let known = row.cells.values().filter(|cell| kind.column_of(&cell.text).is_some());
        known.count() >= HEADERS_MIN
    };
    sheet.rows.iter().take_while(|row| row.number <= HEADER_ROW_MAX).position(is_header)
}

fn no_header(kind: RowKind, file: &str, sheet: Option<&str>) -> Error {
    let needed = kind.columns().iter().filter(|column| column.needed);
    let headers: Vec<&str> = needed.clone().map(|column| column.headers[0]).collect();
    let fields: Vec<&str> = needed.map(|column| column.field).collect();
    let place = sheet.map_or_else(|| file.to_owned(), |sheet| format!("{file} {sheet}"));
    Error::invalid(
        place,
        format!("前 {HEADER_ROW_MAX} 行里找不到表头，表头要有：{}", headers.join("、")),
        format!(
            "no header in the first {HEADER_ROW_MAX} rows; it must have: {}",
            fields.join(", ")
        ),
    )
}
