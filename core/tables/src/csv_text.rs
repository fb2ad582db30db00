//! A .csv as Chinese offices write it: UTF-8 with or without a mark, UTF-16, or GB 18030.

use std::collections::BTreeMap;

use encoding_rs::{GB18030, UTF_8, UTF_16BE, UTF_16LE};

use crate::limits::{
    COLUMNS_MAX, CSV_BYTES_MAX, EXCEL_CELL_CHARS_MAX, ROWS_MAX, WORKBOOK_CELLS_MAX,
};
use crate::refusal::{Reason, Refusal};
use crate::{Cell, Row, Sheet, Table};

/// How a text is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8, with or without a byte order mark.
    Utf8,
    /// UTF-16 with a byte order mark: Excel's "Unicode text".
    Utf16,
    /// GB 18030, of which GBK and GB 2312 are parts: what Chinese Excel writes as .csv.
    Gb18030,
}

impl Encoding {
    /// Its name.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "UTF-8",
            Self::Utf16 => "UTF-16",
            Self::Gb18030 => "GB 18030",
        }
    }
}

/// The characters that may stand between cells; the one that the first line has most of is taken.
const DELIMITERS: [u8; 3] = *b",\t;";

pub(crate) fn read(bytes: &[u8]) -> Result<Table, Refusal> {
    if bytes.len() > CSV_BYTES_MAX {
        return Err(too_large(format!("{} B > {CSV_BYTES_MAX} B", bytes.len())));
    }
    let (text, encoding) = decode(bytes)?;
    let rows = rows(&text)?;
    Ok(Table { sheets: vec![Sheet { name: String::new(), rows }], encoding: Some(encoding) })
}

/// The text. A mark decides; then UTF-8, whose bytes hardly ever come about by chance; then GB
/// 18030, if every byte of it makes sense.
fn decode(bytes: &[u8]) -> Result<(String, Encoding), Refusal> {
    let (encoding, rest, known) = match encoding_rs::Encoding::for_bom(bytes) {
        Some((encoding, mark)) if encoding == UTF_8 => (UTF_8, &bytes[mark..], Encoding::Utf8),
        Some((encoding, mark)) if encoding == UTF_16LE || encoding == UTF_16BE => {
            (encoding, &bytes[mark..], Encoding::Utf16)
        }
        _ if std::str::from_utf8(bytes).is_ok() => (UTF_8, bytes, Encoding::Utf8),
        _ => (GB18030, bytes, Encoding::Gb18030),
    };
    match encoding.decode_without_bom_handling_and_without_replacement(rest) {
        Some(text) if !text.contains('\0') => Ok((text.into_owned(), known)),
        _ => Err(not_text()),
    }
}

fn rows(text: &str) -> Result<Vec<Row<Cell>>, Refusal> {
    let mut rows = Vec::new();
    let mut cells_left = WORKBOOK_CELLS_MAX;
    for (index, record) in records(text)?.into_iter().enumerate() {
        let mut cells = BTreeMap::new();
        for (column, text) in (0..).zip(record) {
            let cell = Cell::text(&text);
            if cell.text.is_empty() {
                continue;
            }
            if index >= ROWS_MAX as usize || column >= COLUMNS_MAX {
                return Err(too_large(format!("> {ROWS_MAX} × {COLUMNS_MAX}")));
            }
            if cell.text.len() > EXCEL_CELL_CHARS_MAX
                && cell.text.chars().count() > EXCEL_CELL_CHARS_MAX
            {
                return Err(too_large(format!("cell > {EXCEL_CELL_CHARS_MAX} characters")));
            }
            cells_left = cells_left
                .checked_sub(1)
                .ok_or_else(|| too_large(format!("> {WORKBOOK_CELLS_MAX} cells")))?;
            cells.insert(column, cell);
        }
        if !cells.is_empty() {
            let number = u32::try_from(index).expect("less than ROWS_MAX") + 1;
            rows.push(Row { number, cells });
        }
    }
    Ok(rows)
}

/// The cells of each line. Empty lines are rows in Excel, but the reader of .csv leaves them out,
/// so that its records go to the lines that are not empty.
fn records(text: &str) -> Result<Vec<Vec<String>>, Refusal> {
    let delimiter = delimiter(text);
    let mut builder = csv::ReaderBuilder::new();
    builder.has_headers(false).flexible(true).delimiter(delimiter);
    let mut reader = builder.from_reader(text.as_bytes());
    let mut records = reader.records();
    let mut rows = Vec::new();
    for is_empty in lines(text, delimiter)? {
        let record = if is_empty { None } else { records.next().and_then(Result::ok) };
        rows.push(record.iter().flatten().map(str::to_owned).collect());
    }
    Ok(rows)
}

/// Whether each line is empty. A line break within quotes belongs to its cell, and a quote opens
/// only at the start of a cell.
fn lines(text: &str, delimiter: u8) -> Result<Vec<bool>, Refusal> {
    let mut lines = Vec::new();
    let (mut quoted, mut cell_starts, mut line_start, mut last) = (false, true, 0, 0);
    for (at, byte) in text.bytes().enumerate() {
        let newline_of_pair = byte == b'\n' && last == b'\r';
        last = byte;
        if quoted {
            // Of a doubled quote the second one opens again at once.
            quoted = byte != b'"';
            cell_starts = !quoted;
            continue;
        }
        match byte {
            b'"' if cell_starts => quoted = true,
            b'\n' if newline_of_pair => line_start = at + 1,
            b'\n' | b'\r' => {
                lines.push(line_start == at);
                line_start = at + 1;
            }
            _ => {}
        }
        cell_starts = byte == delimiter || byte == b'\n' || byte == b'\r';
    }
    if quoted {
        return Err(unclosed());
    }
    lines.push(line_start == text.len());
    Ok(lines)
}

fn delimiter(text: &str) -> u8 {
    let line = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: &u8| line.bytes().filter(|byte| byte == delimiter).count();
    // Of equals the first: a comma.
    DELIMITERS.into_iter().rev().max_by_key(count).unwrap_or(b',')
}

fn too_large(what: String) -> Refusal {
    Refusal::new(
        Reason::TooLarge,
        format!("文件太大（{what}）。请拆成几个文件"),
        format!("the file is too large ({what}); split it"),
    )
}

fn not_text() -> Refusal {
    Refusal::new(
        Reason::NotATable,
        "既不是 .xlsx，也不是 UTF-8 或 GB 18030 编码的 .csv。请用 Excel 或 WPS 重新另存为 .xlsx",
        "neither an .xlsx nor a .csv in UTF-8 or GB 18030; save it again as .xlsx",
    )
}

/// A quote that is never closed would swallow the rows behind it without a word.
fn unclosed() -> Refusal {
    Refusal::new(
        Reason::NotATable,
        "有一个英文双引号没有成对，后面的行会被吞掉。请用 Excel 或 WPS 打开后重新另存为 .csv 或 .xlsx",
        "a quote is never closed, so rows would be swallowed; open it in Excel and save it again",
    )
}
