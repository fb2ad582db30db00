//! Writes small workbooks for the tests: a sheet is its name and its rows of texts.

use angen_forms::{Code, Form, FormErrors};
use rust_xlsxwriter::Workbook;

pub(crate) type Sheet = (&'static str, Vec<Vec<String>>);

/// Rows from a block of text: one row a line, cells between bars; the first row is the header.
pub(crate) fn sheet(name: &'static str, text: &str) -> Sheet {
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    let cells = |line: &str| line.split('|').map(|cell| cell.trim().to_owned()).collect();
    (name, lines.map(cells).collect())
}

pub(crate) fn settings() -> Sheet {
    sheet("settings", "form_title | form_id | version\n 试验表 | trial | 2026.1")
}

pub(crate) fn choices() -> Sheet {
    sheet(
        "choices",
        "list_name | name | label
         compliance | compliant | 符合
         compliance | non_compliant | 不符合
         compliance | not_applicable | 不涉及
         compliance | not_checked | 未查
         gas | h2s | 硫化氢
         gas | co | 一氧化碳",
    )
}

pub(crate) fn xlsx(sheets: &[Sheet]) -> Vec<u8> {
    let mut workbook = Workbook::new();
    for (name, rows) in sheets {
        let worksheet = workbook.add_worksheet();
        worksheet.set_name(*name).unwrap();
        for (row, cells) in (0_u32..).zip(rows) {
            for (column, text) in (0_u16..).zip(cells) {
                if !text.is_empty() {
                    worksheet.write_string(row, column, text).unwrap();
                }
            }
        }
    }
    workbook.save_to_buffer().unwrap()
}

/// A form with the usual settings and choices and this survey sheet.
pub(crate) fn read(survey: &str) -> Result<Form, FormErrors> {
    let bytes = xlsx(&[sheet("survey", survey), choices(), settings()]);
    Form::from_xlsx(&bytes, "trial.xlsx")
}

/// The problems as `code sheet row column`, in their order.
pub(crate) fn summary(result: Result<Form, FormErrors>) -> Vec<(Code, String)> {
    let errors = result.expect_err("the workbook should be refused");
    let where_ = |p: &angen_forms::Place| {
        let row = p.row.map(|row| row.to_string()).unwrap_or_default();
        let parts =
            [p.sheet.clone().unwrap_or_default(), row, p.column.clone().unwrap_or_default()];
        parts.join(" ").trim().to_owned()
    };
    errors
        .problems()
        .iter()
        .map(|problem| {
            assert_eq!(problem.place.file.as_deref(), Some("trial.xlsx"), "{problem}");
            (problem.code, where_(&problem.place))
        })
        .collect()
}
