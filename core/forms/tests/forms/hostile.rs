//! Workbooks and stored forms that were made to hurt: each one did, before it was refused.

use crate::support::summary;
use angen_forms::testing::cells::Script;
use angen_forms::{Code, Form, FormErrors, limits};
use serde_json::{Value, json};

const SURVEY: &str = "type\tname\tlabel\ntext\ta\t甲\n";

fn read(text: &str) -> Result<Form, FormErrors> {
    Form::from_xlsx(&Script::read(text).to_xlsx(), "trial.xlsx")
}

fn with_part(path: &str, xml: &str) -> Result<Form, FormErrors> {
    read(&format!("{SURVEY}#part {path}\n{xml}"))
}

fn only_code(read: Result<Form, FormErrors>) -> Code {
    let errors = read.unwrap_err();
    assert_eq!(errors.problems().len(), 1, "{errors}");
    errors.problems()[0].code
}

#[test]
fn a_workbook_that_says_how_many_strings_it_has_is_not_believed() {
    for count in ["9223372036854775807", "99999999999", "1000001", "-1", "x"] {
        let xml = format!("<sst uniqueCount=\"{count}\"><si><t>a</t></si></sst>");
        assert_eq!(only_code(with_part("xl/sharedStrings.xml", &xml)), Code::TooLarge, "{count}");
    }
    let xml = "<sst uniqueCount=\"2\"><si><t>a</t></si></sst>";
    assert!(with_part("xl/sharedStrings.xml", xml).is_ok(), "an honest count is read");
}

#[test]
fn a_format_that_every_style_repeats_is_refused() {
    let styles = |format: &str, count| {
        let xfs = "<xf numFmtId=\"200\"/>".repeat(count);
        format!(
            "<styleSheet><numFmts><numFmt numFmtId=\"200\" formatCode=\"{format}\"/></numFmts>\
             <cellXfs>{xfs}</cellXfs></styleSheet>"
        )
    };
    let read = |format: &str, count| with_part("xl/styles.xml", &styles(format, count));
    let max = limits::STYLE_ATTRIBUTE_BYTES_MAX;
    assert_eq!(only_code(read(&"x".repeat(max + 1), 1)), Code::TooLarge);
    assert_eq!(only_code(read("x", limits::WORKBOOK_STYLE_ELEMENTS_MAX)), Code::TooLarge);
    assert!(read(&"x".repeat(max), 1_000).is_ok());
}

#[test]
fn a_path_that_every_sheet_repeats_is_refused() {
    let target = "t".repeat(limits::RELATION_ATTRIBUTE_BYTES_MAX + 1);
    let xml =
        format!("<Relationships><Relationship Id=\"r1\" Target=\"{target}\"/></Relationships>");
    assert_eq!(only_code(with_part("xl/_rels/workbook.xml.rels", &xml)), Code::TooLarge);
    let sheets = "<sheet name=\"x\" r:id=\"r1\"/>".repeat(limits::WORKBOOK_PARTS_MAX + 1);
    let xml = format!("<workbook><sheets>{sheets}</sheets></workbook>");
    assert_eq!(only_code(with_part("xl/workbook.xml", &xml)), Code::TooLarge);
}

#[test]
fn an_address_that_no_sheet_has_is_refused_and_not_wrapped_around() {
    for address in ["AAAAAAAA1", "MWLQKWU1", "A4294967297", "A0", "A", "$A$1"] {
        assert_eq!(
            only_code(read(&format!("{SURVEY}^{address} x"))),
            Code::NotAWorkbook,
            "{address}"
        );
    }
    for xml in [
        "<worksheet><dimension ref=\"B2:A1\"/><sheetData/></worksheet>",
        "<worksheet><sheetData><row r=\"4294967295\"/></sheetData></worksheet>",
    ] {
        assert_eq!(only_code(with_part("xl/worksheets/1.xml", xml)), Code::NotAWorkbook, "{xml}");
    }
}

#[test]
fn a_header_that_every_row_would_repeat_is_refused() {
    let long = "h".repeat(limits::HEADER_CHARS_MAX);
    for header in [format!("x_{long}"), format!("label::{long}")] {
        let found = summary(read(&format!("type\tname\tlabel\t{header}\ntext\ta\t甲\t1")));
        assert_eq!(found, [(Code::TooLong, "survey 1 D".to_owned())]);
    }
}

#[test]
fn a_cell_longer_than_excel_allows_is_refused() {
    let text = |chars| format!("{SURVEY}note\tb\t{}", "长".repeat(chars));
    assert_eq!(only_code(read(&text(limits::EXCEL_CELL_CHARS_MAX))), Code::TooLong);
    assert_eq!(only_code(read(&text(limits::EXCEL_CELL_CHARS_MAX + 1))), Code::TooLarge);
}

#[test]
fn problems_do_not_repeat_a_long_list_or_a_long_cell() {
    let mut text = String::from("#sheet choices\nlist_name\tname\tlabel\n");
    for index in 0..2_000 {
        text += &format!("l\tchoice_{index}\t甲\n");
    }
    text += "#sheet survey\ntype\tname\tlabel\trelevant\tappearance\nselect_one l\tq\t题\n";
    for index in 0..3 {
        text += &format!("text\ta{index}\t题\t${{q}} = 'x'\t{}\n", "y".repeat(1_001));
    }
    text += &format!("{}\tz\t题\n", "z".repeat(30_000));
    let errors = read(&text).unwrap_err();
    let longest = errors.problems().iter().map(|p| p.zh.len().max(p.en.len())).max().unwrap();
    assert!(longest <= limits::PROBLEM_CHARS_MAX * 4, "{longest} bytes");
    let choice = errors.problems().iter().find(|p| p.code == Code::UnknownChoice).unwrap();
    assert!(choice.en.ends_with("choice_19, …"), "{choice}");
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
fn calls_within_calls_do_not_double_the_work_at_each_level() {
    let nested = |name: &str| {
        let depth = limits::EXPRESSION_NESTING_MAX;
        format!("{}'x'{} = 'x'", format!("{name}(").repeat(depth), ")".repeat(depth))
    };
    let mut text = String::from("type\tname\tlabel\trelevant\n");
    for index in 0..1_000 {
        text += &format!("text\ta{index}\t题\t{}\n", nested("concat"));
    }
    let start = std::time::Instant::now();
    let form = read(&text).unwrap();
    assert_eq!(form.review(&angen_forms::Answers::new()).relevant.len(), 1_000);
    // A minute, when each level doubled the work.
    assert!(start.elapsed() < std::time::Duration::from_secs(10), "{:?}", start.elapsed());
}

#[test]
#[expect(clippy::disallowed_methods, reason = "how long it takes is what is asked")]
fn many_conditions_on_many_choices_take_no_product_of_both() {
    let many = 40_000;
    let mut text = String::from("#sheet choices\nlist_name\tname\tlabel\n");
    for index in 0..many {
        text += &format!("l\tc{index}\t甲\n");
    }
    text += "#sheet survey\ntype\tname\tlabel\trelevant\nselect_one l\tq\t题\n";
    for index in 0..many {
        text += &format!("text\ta{index}\t题\t${{q}} = 'c{}'\n", many - 1);
    }
    let start = std::time::Instant::now();
    assert_eq!(read(&text).unwrap().items().len(), many + 1);
    // Half a minute, when each condition walked the list.
    assert!(start.elapsed() < std::time::Duration::from_secs(15), "{:?}", start.elapsed());
}

#[test]
fn more_chosen_words_than_a_text_has_characters_are_refused() {
    let form = read("type\tname\tlabel\nselect_multiple gas\tm\t气").unwrap();
    let problem = form.check_answer("m", &"h2s ".repeat(limits::TEXT_CHARS_MAX / 4 + 1));
    assert_eq!(problem.unwrap_err().code, Code::TooLong);
    assert!(form.check_answer("m", &"h2s ".repeat(limits::TEXT_CHARS_MAX / 4)).is_ok());
}

#[test]
fn a_table_of_letters_that_an_answer_could_make_long_is_refused() {
    let read = |from| {
        read(&format!(
            "type\tname\tlabel\trelevant\ntext\ta\t题\ntext\tb\t题\ttranslate(${{a}}, {from}, '') = ''"
        ))
    };
    assert_eq!(only_code(read("${a}")), Code::NotSupported);
    assert!(read("' -'").is_ok());
}

/// A stored form that was changed in one place.
fn altered(change: impl FnOnce(&mut Value)) -> Result<Form, FormErrors> {
    let text = "type\tname\tlabel\tx_authority\nselect_one gas\tq\t甲\tEM\nnote\tn\t读\t\n";
    let form = read(text).unwrap();
    let mut stored: Value = serde_json::from_str(&form.to_json()).unwrap();
    change(&mut stored);
    Form::from_json(&stored.to_string())
}

#[test]
fn a_stored_form_says_nothing_that_a_workbook_could_not() {
    assert!(altered(|_| {}).is_ok());
    let long = "长".repeat(limits::LABEL_CHARS_MAX + 1);
    type Change<'c> = Box<dyn FnOnce(&mut Value) + 'c>;
    let changes: [(Code, Change<'_>); 11] = [
        (Code::BadStoredForm, Box::new(|f| f["items"][1]["required"] = json!("true()"))),
        (Code::BadStoredForm, Box::new(|f| f["items"][1]["label"] = json!({}))),
        (Code::BadValue, Box::new(|f| f["items"][0]["marks"]["x_authority"] = json!("XX"))),
        (Code::TooLong, Box::new(|f| f["items"][0]["label"]["zh"] = json!(long))),
        (Code::TooLong, Box::new(|f| f["items"][0]["appearance"] = json!(long))),
        (Code::BadName, Box::new(|f| f["lists"]["gas"][0]["name"] = json!("a b"))),
        (Code::DuplicateName, Box::new(|f| f["lists"]["gas"][0]["name"] = json!("co"))),
        (Code::BadStoredForm, Box::new(|f| f["lists"]["gas"][0]["label"] = json!({}))),
        (Code::BadName, Box::new(|f| f["id"] = json!(""))),
        (Code::BadName, Box::new(|f| f["version"] = json!("1 2"))),
        (Code::BadStoredForm, Box::new(|f| f["worst_order"] = json!(["co", "co"]))),
    ];
    for (index, (code, change)) in changes.into_iter().enumerate() {
        assert_eq!(only_code(altered(change)), code, "change {index}");
    }
}
