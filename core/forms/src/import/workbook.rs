//! The three sheets of a form, out of a workbook that is opened within bounds.

use super::table::Row;
use crate::problem::{Code, Fault, Place, Problems, first_names};
use angen_tables::{DataRef, Reason, Refusal, Workbook, column_letters};
use std::collections::BTreeMap;

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
    let mut workbook = Workbook::open(bytes).map_err(fault_of)?;
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
        sheets.insert(name, read_sheet(&mut workbook, name, &place, problems)?);
    }
    Ok(sheets)
}

/// The rows of a sheet. A cell that cannot be taken is reported and left out.
fn read_sheet(
    workbook: &mut Workbook<'_>,
    name: &str,
    place: &Place,
    problems: &mut Problems,
) -> Result<Vec<Row>, Fault> {
    let rows = workbook.rows(name, |row, column, value| match cell_text(value) {
        Ok(text) => Some(text),
        Err(fault) => {
            let (row, column) = (Some(row + 1), Some(column_letters(column)));
            let place = Place { row, column, ..place.clone() };
            problems.push(fault.code, place, fault.zh, fault.en);
            None
        }
    });
    rows.map_err(fault_of)
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

/// Why the workbook was not read, as a problem of a form.
fn fault_of(refusal: Refusal) -> Fault {
    let code = match refusal.reason {
        Reason::NotATable => Code::NotAWorkbook,
        Reason::TooLarge => Code::TooLarge,
    };
    Fault::new(code, refusal.zh, refusal.en)
}
