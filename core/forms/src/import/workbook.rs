//! Opens an .xlsx within bounds and gives the text of its sheets, cell by cell.

use super::guard::Guard;
use super::table::{Row, column_letters};
use crate::limits::{
    COLUMNS_MAX, EXCEL_CELL_CHARS_MAX, ROWS_MAX, WORKBOOK_BYTES_MAX, WORKBOOK_CELLS_MAX,
    WORKBOOK_INFLATED_BYTES_MAX, WORKBOOK_PARTS_MAX, WORKBOOK_TEXT_BYTES_MAX,
};
use crate::problem::{Code, Fault, Place, Problems, first_names};
use calamine::{DataRef, Reader, Xlsx};
use std::collections::BTreeMap;
use std::io::{BufReader, Cursor, Read, sink};

/// The sheets of a form, in the order in which problems are reported.
const SHEETS: [&str; 3] = ["settings", "choices", "survey"];

/// XLSForm's other sheets: ignoring them would drop logic that the author relies on.
const SHEETS_NOT_SUPPORTED: [&str; 3] = ["entities", "external_choices", "osm"];

/// The rows of each sheet of a form that is there. Other sheets are the author's notes.
pub(super) fn read(
    bytes: &[u8],
    whole_file: &Place,
    problems: &mut Problems,
) -> Result<BTreeMap<&'static str, Vec<Row>>, Fault> {
    refuse_large(bytes)?;
    let mut workbook: Xlsx<_> =
        Xlsx::new(Cursor::new(bytes)).map_err(|e| damaged(&e.to_string()))?;
    let names = workbook.sheet_names();
    let there = |between| first_names(names.iter().map(String::as_str), between);
    for name in SHEETS_NOT_SUPPORTED {
        if names.iter().any(|found| found == name) {
            problems.push(
                Code::NotSupported,
                Place { sheet: Some(name.to_owned()), ..whole_file.clone() },
                format!("暂不支持工作表 {name}。请删去这张表"),
                format!("the sheet {name} is not supported yet; remove it"),
            );
        }
    }
    let mut sheets = BTreeMap::new();
    let mut left = Left { text_bytes: WORKBOOK_TEXT_BYTES_MAX, cells: WORKBOOK_CELLS_MAX };
    for name in SHEETS {
        let place = Place { sheet: Some(name.to_owned()), ..whole_file.clone() };
        if !names.iter().any(|found| found == name) {
            problems.push(
                Code::MissingSheet,
                place,
                format!("缺少工作表 {name}（名称要全部小写）。现有：{}", there("、")),
                format!("the sheet {name} is missing (lower case); there are: {}", there(", ")),
            );
            continue;
        }
        sheets.insert(name, read_sheet(&mut workbook, name, &place, &mut left, problems)?);
    }
    Ok(sheets)
}

/// Bounds what parsing can cost. The sizes that a zip declares may be lies, so every part is
/// inflated once, walked and counted.
fn refuse_large(bytes: &[u8]) -> Result<(), Fault> {
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
    fn take(&mut self, text: &str) -> Result<(), Fault> {
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

/// Reads cell by cell: a table from the first to the last cell would let one far cell take all
/// memory.
fn read_sheet(
    workbook: &mut Xlsx<Cursor<&[u8]>>,
    name: &str,
    place: &Place,
    left: &mut Left,
    problems: &mut Problems,
) -> Result<Vec<Row>, Fault> {
    let mut reader = workbook.worksheet_cells_reader(name).map_err(|e| damaged(&e.to_string()))?;
    let mut rows: BTreeMap<u32, BTreeMap<u32, String>> = BTreeMap::new();
    while let Some(cell) = reader.next_cell().map_err(|e| damaged(&e.to_string()))? {
        let (row, column) = cell.get_position();
        let text = match cell_text(cell.get_value()) {
            Ok(text) => text,
            Err(fault) => {
                let place = Place {
                    row: Some(row + 1),
                    column: Some(column_letters(column)),
                    ..place.clone()
                };
                problems.push(fault.code, place, fault.zh, fault.en);
                continue;
            }
        };
        if text.is_empty() {
            continue;
        }
        if row >= ROWS_MAX || column >= COLUMNS_MAX {
            return Err(too_large(format!(
                "{name}!{}{} > {ROWS_MAX} × {COLUMNS_MAX}",
                column_letters(column),
                u64::from(row) + 1
            )));
        }
        left.take(&text)?;
        rows.entry(row).or_default().insert(column, text);
    }
    Ok(rows.into_iter().map(|(row, cells)| Row { number: row + 1, cells }).collect())
}

/// The text of a cell as the author sees it, without space at its ends.
fn cell_text(value: &DataRef<'_>) -> Result<String, Fault> {
    Ok(match value {
        DataRef::Empty => String::new(),
        DataRef::String(text) => text.trim().to_owned(),
        DataRef::SharedString(text) => text.trim().to_owned(),
        DataRef::Int(number) => number.to_string(),
        // Excel stores 3 as 3.0; Rust prints both as "3".
        DataRef::Float(number) => number.to_string(),
        DataRef::Bool(yes) => if *yes { "true" } else { "false" }.to_owned(),
        DataRef::DateTime(_) | DataRef::DateTimeIso(_) | DataRef::DurationIso(_) => {
            return Err(Fault::new(
                Code::BadValue,
                "单元格是日期格式，读出来会与看到的不同。请把格式改为“文本”后重新填写",
                "the cell is formatted as a date and would read differently; format it as text and type it again",
            ));
        }
        DataRef::Error(error) => {
            return Err(Fault::new(
                Code::BadValue,
                format!("单元格里的公式出错（{error}）。请改正公式或直接填写文字"),
                format!("the formula in the cell has an error ({error}); mend it or type the text"),
            ));
        }
    })
}

pub(super) fn damaged(reason: &str) -> Fault {
    Fault::new(
        Code::NotAWorkbook,
        format!(
            "不是 Excel 工作簿（.xlsx），或文件已损坏（{reason}）。请用 Excel 或 WPS 重新另存为 .xlsx"
        ),
        format!("not an Excel workbook (.xlsx), or damaged ({reason}); save it again as .xlsx"),
    )
}

pub(super) fn too_large(what: String) -> Fault {
    Fault::new(
        Code::TooLarge,
        format!("工作簿太大（{what}）。请删去图片、空行和无关的内容，或拆成几个工作簿"),
        format!(
            "the workbook is too large ({what}); remove pictures, empty rows and other content, or split it"
        ),
    )
}
