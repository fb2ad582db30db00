//! Workbooks that are wrong in one or several ways: refused, with every place named.

use crate::support::{choices, read, settings, sheet, summary, xlsx};
use angen_forms::{Code, Form, limits};
use std::io::{Cursor, Write};

fn one(code: Code, place: &str) -> Vec<(Code, String)> {
    vec![(code, place.to_owned())]
}

#[test]
fn a_missing_sheet_is_named() {
    let bytes = xlsx(&[sheet("survey", "type|name|label\n text|a|甲"), choices()]);
    assert_eq!(summary(Form::from_xlsx(&bytes, "trial.xlsx")), one(Code::MissingSheet, "settings"));
}

#[test]
fn a_missing_column_is_named() {
    assert_eq!(summary(read("type|name\n text|a"))[0], (Code::MissingColumn, "survey".to_owned()));
}

#[test]
fn unknown_and_repeated_columns_are_refused() {
    let found = summary(read("type|name|label|remark|name\n text|a|甲"));
    let expected = [(Code::UnknownColumn, "survey 1 D"), (Code::DuplicateColumn, "survey 1 E")];
    assert_eq!(found, expected.map(|(code, place)| (code, place.to_owned())));
}

#[test]
fn a_column_of_later_versions_may_be_empty_but_not_filled() {
    assert!(read("type|name|label|calculation\n text|a|甲|").is_ok());
    let found = summary(read("type|name|label|calculation\n text|a|甲|1 + 1"));
    assert_eq!(found, one(Code::NotSupported, "survey 2 D (calculation)"));
}

#[test]
fn a_name_used_twice_names_both_rows() {
    let errors = read("type|name|label\n text|a|甲\n integer|a|乙").unwrap_err();
    let text = errors.to_string();
    assert!(text.contains("文件 trial.xlsx，工作表 survey，第 3 行，B (name) 列："), "{text}");
    assert!(text.contains("第 2 行已经用过"), "{text}");
    assert!(text.contains("sheet survey, row 3, column B (name): "), "{text}");
}

#[test]
fn unknown_types_and_types_of_later_versions_are_told_apart() {
    let found =
        summary(read("type|name|label\n txet|a|甲\n geopoint|b|乙\n select_one gas or_other|c|丙"));
    let codes: Vec<Code> = found.iter().map(|(code, _)| *code).collect();
    assert_eq!(codes, [Code::UnknownType, Code::NotSupported, Code::NotSupported]);
    assert_eq!(found[0].1, "survey 2 A (type)");
}

#[test]
fn full_width_digits_are_shown_half_width() {
    let errors = read("type|name|label\n text|MW０１|甲").unwrap_err();
    assert_eq!(errors.problems()[0].code, Code::FullWidth);
    assert!(errors.problems()[0].zh.contains("MW01"), "{errors}");
    let mut wide = settings();
    wide.1[1][2] = "２０２６.1".to_owned();
    let bytes = xlsx(&[sheet("survey", "type|name|label\n text|a|甲"), choices(), wide]);
    let found = summary(Form::from_xlsx(&bytes, "trial.xlsx"));
    assert_eq!(found, one(Code::FullWidth, "settings 2 C (version)"));
}

#[test]
fn groups_must_be_balanced() {
    let found = summary(read("type|name|label\n begin_group|g|组\n text|a|甲"));
    assert_eq!(found, one(Code::UnbalancedGroup, "survey 2 A (type)"));
    let found = summary(read("type|name|label\n text|a|甲\n end group||"));
    assert_eq!(found, one(Code::UnbalancedGroup, "survey 3 A (type)"));
}

#[test]
fn groups_nest_to_the_limit_only() {
    let nested = |depth: usize| {
        let mut rows = String::from("type|name|label\n");
        for level in 0..depth {
            rows += &format!("begin_group|g{level}|组\n");
        }
        rows += "text|a|甲\n";
        rows += &"end_group||\n".repeat(depth);
        read(&rows)
    };
    assert!(nested(limits::GROUP_DEPTH_MAX).is_ok());
    assert_eq!(summary(nested(limits::GROUP_DEPTH_MAX + 1))[0].0, Code::TooLong);
}

#[test]
fn a_list_that_does_not_exist_is_named() {
    let found = summary(read("type|name|label\n select_one smell|a|甲"));
    assert_eq!(found, one(Code::UnknownList, "survey 2 A (type)"));
}

#[test]
fn all_problems_come_together_in_order() {
    let bytes = xlsx(&[
        sheet("survey", "type|name|label\n txet|a|甲\n text|1b|\n text|c|丙"),
        sheet("choices", "list_name|name|label\n l|x|\n l|x|叉"),
        sheet("settings", "form_title|form_id|version\n 试验|t|"),
    ]);
    let codes: Vec<Code> =
        summary(Form::from_xlsx(&bytes, "trial.xlsx")).into_iter().map(|(code, _)| code).collect();
    let expected = [
        Code::MissingValue,  // version
        Code::MissingValue,  // label of the choice
        Code::DuplicateName, // choice
        Code::UnknownType,
        Code::MissingValue, // label of the item
        Code::BadName,
    ];
    assert_eq!(codes, expected);
}

#[test]
fn more_problems_than_the_limit_are_counted() {
    let mut rows = String::from("type|name|label\n");
    for index in 0..limits::PROBLEMS_MAX + 7 {
        rows += &format!("txet|a{index}|甲\n");
    }
    let errors = read(&rows).unwrap_err();
    assert_eq!(errors.problems().len(), limits::PROBLEMS_MAX + 1);
    let last = errors.problems().last().unwrap();
    assert!(last.code == Code::More && last.en.starts_with("7 more"), "{last}");
}

#[test]
fn marks_of_unknown_authorities_and_evidence_are_refused() {
    let found = summary(read("type|name|label|x_authority|x_evidence\n text|a|甲|EM XX|P Z"));
    let expected =
        [(Code::BadValue, "survey 2 D (x_authority)"), (Code::BadValue, "survey 2 E (x_evidence)")];
    assert_eq!(found, expected.map(|(code, place)| (code, place.to_owned())));
}

#[test]
fn a_label_over_the_limit_is_refused() {
    let label = "长".repeat(limits::LABEL_CHARS_MAX + 1);
    let found = summary(read(&format!("type|name|label\n text|a|{label}")));
    assert_eq!(found, one(Code::TooLong, "survey 2 C (label)"));
}

#[test]
fn a_broken_zip_is_not_a_workbook() {
    for bytes in [&b""[..], b"PK\x03\x04 not really", b"<html>", &[0; 100]] {
        let errors = Form::from_xlsx(bytes, "trial.xlsx").unwrap_err();
        assert_eq!(errors.problems()[0].code, Code::NotAWorkbook, "{errors}");
    }
}

#[test]
fn a_zip_bomb_is_refused_before_it_is_parsed() {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let deflated = zip::write::SimpleFileOptions::default();
    writer.start_file("xl/worksheets/sheet1.xml", deflated).unwrap();
    let block = vec![b' '; 1024 * 1024];
    for _ in 0..=limits::WORKBOOK_INFLATED_BYTES_MAX / (1024 * 1024) {
        writer.write_all(&block).unwrap();
    }
    let bytes = writer.finish().unwrap().into_inner();
    assert!(bytes.len() < 1024 * 1024, "the bomb itself is small: {}", bytes.len());
    let errors = Form::from_xlsx(&bytes, "trial.xlsx").unwrap_err();
    assert_eq!(errors.problems()[0].code, Code::TooLarge, "{errors}");
}

#[test]
fn a_workbook_over_the_size_limit_is_refused() {
    let bytes = vec![0; limits::WORKBOOK_BYTES_MAX + 1];
    let errors = Form::from_xlsx(&bytes, "trial.xlsx").unwrap_err();
    assert_eq!(errors.problems()[0].code, Code::TooLarge);
}

#[test]
fn a_cell_in_the_last_corner_of_the_sheet_takes_no_memory() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet().set_name("settings").unwrap();
    worksheet.write_string(0, 0, "form_id").unwrap();
    worksheet.write_string(1_048_575, 16_383, "far").unwrap();
    let bytes = workbook.save_to_buffer().unwrap();
    let errors = Form::from_xlsx(&bytes, "trial.xlsx").unwrap_err();
    assert_eq!(errors.problems()[0].code, Code::TooLarge, "{errors}");
}

#[test]
fn one_long_text_shared_by_many_cells_takes_no_memory() {
    let long = "长".repeat(10_000);
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let worksheet = workbook.add_worksheet().set_name("settings").unwrap();
    let cells = limits::WORKBOOK_TEXT_BYTES_MAX / long.len() + 1;
    for row in 0..u32::try_from(cells).unwrap() {
        worksheet.write_string(row, 0, &long).unwrap();
    }
    let bytes = workbook.save_to_buffer().unwrap();
    assert!(bytes.len() < 100_000, "the workbook itself is small: {}", bytes.len());
    let errors = Form::from_xlsx(&bytes, "trial.xlsx").unwrap_err();
    assert_eq!(errors.problems()[0].code, Code::TooLarge, "{errors}");
}

#[test]
fn a_sheet_whose_logic_would_be_lost_is_refused_and_notes_are_not() {
    let survey = || sheet("survey", "type|name|label\n text|a|甲");
    let with = |name| {
        let bytes = xlsx(&[survey(), choices(), settings(), sheet(name, "list_name|label\n x|叉")]);
        Form::from_xlsx(&bytes, "trial.xlsx")
    };
    assert_eq!(summary(with("entities")), one(Code::NotSupported, "entities"));
    assert!(with("说明").is_ok());
}

#[test]
fn a_date_cell_is_refused_and_a_number_cell_is_read_as_seen() {
    let bytes = |version: Option<f64>| {
        let mut workbook = rust_xlsxwriter::Workbook::new();
        for (name, rows) in [sheet("survey", "type|name|label\n text|a|甲"), choices(), settings()]
        {
            let worksheet = workbook.add_worksheet().set_name(name).unwrap();
            for (row, cells) in (0_u32..).zip(&rows) {
                for (column, text) in (0_u16..).zip(cells) {
                    worksheet.write_string(row, column, text).unwrap();
                }
            }
            if name == "settings" {
                let date = rust_xlsxwriter::Format::new().set_num_format("yyyy-mm-dd");
                match version {
                    Some(number) => worksheet.write_number(1, 2, number).unwrap(),
                    None => worksheet.write_number_with_format(1, 2, 46_000, &date).unwrap(),
                };
            }
        }
        workbook.save_to_buffer().unwrap()
    };
    let form = Form::from_xlsx(&bytes(Some(20_260_101.0)), "trial.xlsx").unwrap();
    assert_eq!(form.version(), "20260101");
    let found = summary(Form::from_xlsx(&bytes(None), "trial.xlsx"));
    assert_eq!(found[0], (Code::BadValue, "settings 2 C".to_owned()));
}
