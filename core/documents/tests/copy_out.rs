//! The sheet to copy from: every field once, in the platform's order.
#![allow(clippy::unwrap_used, reason = "the helpers of tests may unwrap as tests do")]
mod samples;

use angen_documents::copy_out::{self, PlatformOrder};

#[test]
fn the_platform_order_comes_first_and_nothing_is_lost() {
    let document = samples::site_record().document().unwrap();
    let keys = ["finding", "unit_name", "from", "no_such_key"].map(str::to_owned).to_vec();
    let ordered = copy_out::lines(&document, &PlatformOrder { keys });
    let first: Vec<&str> = ordered.iter().take(5).map(|line| line.key.as_str()).collect();
    assert_eq!(first, ["finding.1", "finding.2", "finding.3", "unit_name", "from"]);
    let mut left: Vec<_> = ordered.iter().map(|line| (&line.key, &line.text)).collect();
    let all = document.lines();
    let mut right: Vec<_> = all.iter().map(|line| (&line.key, &line.text)).collect();
    left.sort();
    right.sort();
    assert_eq!(left, right);
}

#[test]
fn without_an_order_the_sheet_follows_the_form() {
    for document in samples::documents() {
        assert_eq!(copy_out::lines(&document, &PlatformOrder::default()), document.lines());
    }
}

#[test]
fn the_text_stands_alone_on_its_line() {
    let document = samples::site_record().document().unwrap();
    let sheet = copy_out::text(&document, &PlatformOrder::default());
    assert!(sheet.starts_with("平台录入单：现场检查记录\n"));
    assert!(sheet.lines().any(|line| line == "示例市青禾机械制造有限公司"), "{sheet}");
    assert!(sheet.contains("平台任务编码\n（手填或不适用）\n"), "{sheet}");
}

#[test]
fn the_table_opens_in_a_spreadsheet() {
    let document = samples::site_record().document().unwrap();
    let sheet = copy_out::csv(&document, &PlatformOrder::default());
    assert!(sheet.starts_with("\u{feff}序号,字段,field,key,内容\r\n"));
    assert!(
        sheet.contains(
            "\"文号\",\"document number\",\"number\",\"（鲁日）应急检记〔2026〕12号\"\r\n"
        )
    );
    assert_eq!(sheet.matches("\r\n").count(), document.lines().len() + 1);
}
