//! Opens an .xlsx within bounds and gives its sheets, cell by cell.

use crate::guard::Guard;
use crate::limits::{
    COLUMNS_MAX, EXCEL_CELL_CHARS_MAX, ROWS_MAX, WORKBOOK_BYTES_MAX, WORKBOOK_CELLS_MAX,
    WORKBOOK_INFLATED_BYTES_MAX, WORKBOOK_PARTS_MAX, WORKBOOK_TEXT_BYTES_MAX,
};
use crate::refusal::{Refusal, damaged, too_large};
use crate::{Row, column_letters};
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read, sink};

/// A workbook that was found to cost no more than its limits.
pub struct Workbook<'b> {
    xlsx: Xlsx<Cursor<&'b [u8]>>,
    left: Left,
}

impl<'b> Workbook<'b> {
    /// Opens the bytes of a workbook.
    ///
    /// # Errors
    /// For bytes that are no workbook, or one beyond a limit.
    pub fn open(bytes: &'b [u8]) -> Result<Self, Refusal> {
        refuse_large(bytes)?;
        let xlsx = Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
        let left = Left { text_bytes: WORKBOOK_TEXT_BYTES_MAX, cells: WORKBOOK_CELLS_MAX };
        Ok(Self { xlsx, left })
    }

    /// The names of the sheets, in their order.
    #[must_use]
    pub fn sheet_names(&self) -> Vec<String> {
        self.xlsx.sheet_names()
    }

    /// The rows of a sheet that hold something. `read_cell` is given row and column, both from 0,
    /// and the value; what it makes empty or none is left out.
    ///
    /// Reads cell by cell: a table from the first to the last cell would let one far cell take
    /// all memory.
    ///
    /// # Errors
    /// For a damaged sheet, and a cell beyond a limit. All sheets together share the limits.
    pub fn rows<T: AsRef<str>>(
        &mut self,
        sheet: &str,
        mut read_cell: impl FnMut(u32, u32, &DataRef<'_>) -> Option<T>,
    ) -> Result<Vec<Row<T>>, Refusal> {
        let mut reader =
            self.xlsx.worksheet_cells_reader(sheet).map_err(|e| damaged(&e.to_string()))?;
        let mut rows: BTreeMap<u32, BTreeMap<u32, T>> = BTreeMap::new();
        while let Some(cell) = reader.next_cell().map_err(|e| damaged(&e.to_string()))? {
            let (row, column) = cell.get_position();
            let Some(value) = read_cell(row, column, cell.get_value()) else { continue };
            if value.as_ref().is_empty() {
                continue;
            }
            if row >= ROWS_MAX || column >= COLUMNS_MAX {
                return Err(too_large(format!(
                    "{sheet}!{}{} > {ROWS_MAX} × {COLUMNS_MAX}",
                    column_letters(column),
                    u64::from(row) + 1
                )));
            }
            self.left.take(value.as_ref())?;
            rows.entry(row).or_default().insert(column, value);
        }
        Ok(rows.into_iter().map(|(row, cells)| Row { number: row + 1, cells }).collect())
    }
}

/// Bounds what parsing can cost. The sizes that a zip declares may be lies, so every part is
/// inflated once, walked and counted.
fn refuse_large(bytes: &[u8]) -> Result<(), Refusal> {
    if bytes.len() > WORKBOOK_BYTES_MAX {
        return Err(too_large(format!("{} B > {WORKBOOK_BYTES_MAX} B", bytes.len())));
    }
    let mut archive =
        zip::ZipArchive::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
    let parts = archive.len();
    if parts > WORKBOOK_PARTS_MAX {
        return Err(too_large(format!("{parts} parts > {WORKBOOK_PARTS_MAX}")));
    }
    let mut left = WORKBOOK_INFLATED_BYTES_MAX;
    let mut guard = Guard::default();
    for index in 0..parts {
        let part = archive.by_index(index).map_err(|e| damaged(&e.to_string()))?;
        let path = part.name().map_err(|e| damaged(&e.to_string()))?.into_owned();
        let mut part = BufReader::new(part.take(left + 1));
        guard.walk(&path, &mut part)?;
        // The walk ends where the XML does; the rest of the part counts as well.
        std::io::copy(&mut part, &mut sink()).map_err(|e| damaged(&e.to_string()))?;
        left = part
            .into_inner()
            .limit()
            .checked_sub(1)
            .ok_or_else(|| too_large(format!("inflated > {WORKBOOK_INFLATED_BYTES_MAX} B")))?;
    }
    Ok(())
}

/// What the cells of all sheets together may still hold.
struct Left {
    text_bytes: usize,
    cells: usize,
}

impl Left {
    fn take(&mut self, text: &str) -> Result<(), Refusal> {
        self.text_bytes = self
            .text_bytes
            .checked_sub(text.len())
            .ok_or_else(|| too_large(format!("text > {WORKBOOK_TEXT_BYTES_MAX} B")))?;
        self.cells = self
            .cells
            .checked_sub(1)
            .ok_or_else(|| too_large(format!("> {WORKBOOK_CELLS_MAX} cells")))?;
        // A longer text has at least as many bytes as characters.
        if text.len() > EXCEL_CELL_CHARS_MAX && text.chars().count() > EXCEL_CELL_CHARS_MAX {
            return Err(too_large(format!("cell > {EXCEL_CELL_CHARS_MAX} characters")));
        }
        Ok(())
    }
}
