//! Lays the rows out as a workbook that is pleasant to read and edit in Excel or WPS.

use crate::rows::{self, Cells};
use crate::source::Checklist;
use rust_xlsxwriter::{
    Color, DocProperties, ExcelDateTime, Format, FormatAlign, FormatBorder, Workbook, Worksheet,
    XlsxError,
};

/// What the author of a list should know; the importer leaves this sheet alone.
const ABOUT: [&str; 8] = [
    "本工作簿按 XLSForm 填写，可用 Excel 或 WPS 编辑，也可用 ODK 工具打开。",
    "survey 表：每个条目一组，依次为结论、读数（如有）、说明、照片。",
    "以 x_ 开头的列是本系统的：x_legal_basis 依据，x_basis 依据代码，x_major_hazard 重大隐患判定（no 否，to_confirm 待核，other 按其他主管部门标准），x_authority 主管部门（EM 应急，FR 消防，MS 市场监管，EE 生态环境），x_penalty 罚则代码，x_evidence 所需证据。",
    "证据字母：R 现场检查记录，P 照片，V 录像，S 询问笔录，D 书证复印件，M 仪器读数，K 样品。",
    "x_source_state：confirmed 依据已核对原文，to_confirm 待核对。待核对的条目不得直接写入处罚文书。",
    "名称（name）、版本和表达式只用半角字符。改动后请更新 settings 表的 version。",
    "Each item is a group: verdict, readings where there are any, note, photo. Columns with x_ are Angen's own.",
    "This file is made from the text sources beside it; a change made here is lost when it is written again.",
];

/// The bytes of one list's workbook; the same list gives the same bytes.
///
/// # Errors
/// When a text is longer than Excel allows in a cell.
pub fn workbook(list: &Checklist) -> Result<Vec<u8>, XlsxError> {
    let mut workbook = Workbook::new();
    // A fixed date: a workbook made again without a change must be the same file.
    let created = ExcelDateTime::from_ymd(2026, 11, 23)?;
    let title = format!("{} {}", list.zh, list.en);
    workbook.set_properties(
        &DocProperties::new().set_title(title).set_author("Angen").set_creation_datetime(&created),
    );
    let sheets = [
        ("survey", &rows::SURVEY[..], rows::survey(list)),
        ("choices", &rows::CHOICES[..], rows::choices()),
        ("settings", &rows::SETTINGS[..], rows::settings(list)),
    ];
    for (name, columns, rows) in sheets {
        let worksheet = workbook.add_worksheet().set_name(name)?;
        write_sheet(worksheet, columns, &rows)?;
    }
    let about = workbook.add_worksheet().set_name("说明")?;
    about.set_column_width(0, 110)?;
    for (row, line) in (0..).zip(ABOUT) {
        about.write_string_with_format(row, 0, line, &body())?;
    }
    workbook.save_to_buffer()
}

fn write_sheet(
    worksheet: &mut Worksheet,
    columns: &[(&str, f64)],
    rows: &[Cells],
) -> Result<(), XlsxError> {
    for (index, (column, width)) in (0..).zip(columns) {
        worksheet.set_column_width(index, *width)?;
        worksheet.write_string_with_format(0, index, *column, &header(column))?;
    }
    worksheet.set_row_height(0, 24)?;
    worksheet.set_freeze_panes(1, 2)?;
    for (row, cells) in (1..).zip(rows) {
        let format = row_format(cells);
        for (index, (column, _)) in (0..).zip(columns) {
            let text = cells.iter().find(|(name, _)| name == column).map(|(_, text)| text.as_str());
            match text.unwrap_or_default() {
                "" => worksheet.write_blank(row, index, &format)?,
                text => worksheet.write_string_with_format(row, index, text, &format)?,
            };
        }
    }
    Ok(())
}

fn body() -> Format {
    Format::new()
        .set_font_name("微软雅黑")
        .set_font_size(10)
        .set_text_wrap()
        .set_align(FormatAlign::Top)
}

/// Our own columns have a header of their own colour.
fn header(column: &str) -> Format {
    let fill =
        if column.starts_with("x_") { Color::RGB(0x8A_5A_00) } else { Color::RGB(0x1F_4E_79) };
    body()
        .set_bold()
        .set_font_color(Color::White)
        .set_background_color(fill)
        .set_align(FormatAlign::VerticalCenter)
        .set_border(FormatBorder::Thin)
}

/// Groups are shaded, the question in them is bold, the stop warning is red.
fn row_format(cells: &Cells) -> Format {
    let kind = cells.iter().find(|(name, _)| *name == "type").map(|(_, kind)| kind.as_str());
    let format = body().set_border(FormatBorder::Hair);
    match kind.unwrap_or_default() {
        "begin_group" | "end_group" => format.set_background_color(Color::RGB(0xE7_ED_F4)),
        "note" => format.set_bold().set_font_color(Color::RGB(0xC0_00_00)),
        kind if kind.starts_with("select_one") => format.set_bold(),
        _ => format,
    }
}
