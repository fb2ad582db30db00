//! Any form that can be written to a workbook reads back equal; any bytes are answered, never a
//! panic.

use crate::support::{choices, settings, sheet, xlsx};
use angen_forms::{Answers, Form};
use proptest::prelude::*;
use serde_json::{Value, json};

/// One generated item: its kind, its texts, and whether it closes the open group behind it.
#[derive(Debug, Clone)]
struct Row {
    kind: u8,
    zh: String,
    en: String,
    hint: String,
    mark: String,
    required: u8,
    relevant: u8,
    closes: bool,
}

fn text() -> impl Strategy<Value = String> {
    // What survives the trimming of cells; quotes, angle brackets and ampersands test the XML.
    "[一-龥a-z0-9<&>\"'（）。_]([一-龥a-z0-9 <&>\"'（）。_]{0,20}[一-龥a-z<&>0-9])?"
}

fn row() -> impl Strategy<Value = Row> {
    let maybe = || prop_oneof![Just(String::new()), text()];
    (0_u8..8, text(), maybe(), maybe(), maybe(), 0_u8..3, 0_u8..4, any::<bool>()).prop_map(
        |(kind, zh, en, hint, mark, required, relevant, closes)| Row {
            kind,
            zh,
            en,
            hint,
            mark,
            required,
            relevant,
            closes,
        },
    )
}

const HEADER: &str = "type|name|label::中文 (zh)|label::English (en)|hint|required|relevant|x_mark";

/// The rows of a survey sheet, and the items of the stored form that they must become.
fn written(rows: &[Row]) -> (Vec<Vec<String>>, Vec<Value>) {
    let mut cells = vec![HEADER.split('|').map(str::to_owned).collect::<Vec<_>>()];
    let mut items = Vec::new();
    let mut open: Vec<String> = Vec::new();
    let mut selects: Vec<String> = Vec::new();
    for (index, row) in rows.iter().enumerate() {
        let name = format!("q{index}");
        let (kind, stored): (&str, Value) = match row.kind {
            0 => ("select_one compliance", json!({"select_one": "compliance"})),
            1 => ("select_multiple gas", json!({"select_multiple": "gas"})),
            2 => ("integer", json!("integer")),
            3 => ("decimal", json!("decimal")),
            4 => ("image", json!("image")),
            5 => ("note", json!("note")),
            6 if open.len() < 7 => ("begin_group", json!("group")),
            _ => ("text", json!("text")),
        };
        let question = !matches!(kind, "note" | "begin_group");
        let required = match row.required {
            1 if question => ("yes", Some("true()".to_owned())),
            2 if question => ("no", None),
            _ => ("", None),
        };
        let relevant = match (row.relevant, selects.last()) {
            (1, Some(select)) => format!("${{{select}}} = 'non_compliant'"),
            (2, Some(select)) => format!("not(selected(${{{select}}}, 'compliant'))"),
            _ => String::new(),
        };
        let texts = [kind, &name, &row.zh, &row.en, &row.hint, required.0, &relevant, &row.mark];
        cells.push(texts.map(str::to_owned).to_vec());
        let mut item = json!({"name": name, "kind": stored, "label": {"zh": row.zh}});
        let mut set = |key: &str, value: Value| item[key] = value;
        if let Some(group) = open.last() {
            set("group", json!(group));
        }
        if let Some(expression) = required.1 {
            set("required", json!(expression));
        }
        if !relevant.is_empty() {
            set("relevant", json!(relevant));
        }
        if !row.hint.is_empty() {
            set("hint", json!({"": row.hint}));
        }
        if !row.mark.is_empty() {
            set("marks", json!({"x_mark": row.mark}));
        }
        if !row.en.is_empty() {
            item["label"]["en"] = json!(row.en);
        }
        items.push(item);
        if row.kind == 0 {
            selects.push(name.clone());
        }
        if kind == "begin_group" {
            open.push(name);
        } else if row.closes && open.pop().is_some() {
            cells.push(vec!["end_group".to_owned()]);
        }
    }
    cells.extend(open.iter().map(|_| vec!["end group".to_owned()]));
    (cells, items)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

    #[test]
    fn a_written_form_reads_back_equal(rows in prop::collection::vec(row(), 0..40)) {
        let (cells, items) = written(&rows);
        let bytes = xlsx(&[("survey", cells), choices(), settings()]);
        let form = Form::from_xlsx(&bytes, "trial.xlsx").map_err(|e| TestCaseError::fail(e.to_string()))?;
        // The rest of the expected form is that of an empty survey sheet.
        let empty = Form::from_xlsx(&xlsx(&[("survey", vec![HEADER.split('|').map(str::to_owned).collect()]), choices(), settings()]), "").unwrap();
        let mut expected: Value = serde_json::from_str(&empty.to_json()).unwrap();
        expected["items"] = Value::Array(items);
        let expected = Form::from_json(&expected.to_string()).unwrap();
        prop_assert_eq!(&form, &expected);
        prop_assert_eq!(&Form::from_json(&form.to_json()).unwrap(), &form);
        // Whatever the conditions, the sheet without answers asks only what exists and misses only
        // what is asked.
        let review = form.review(&Answers::new());
        prop_assert!(review.missing.iter().all(|item| review.relevant.contains(item)));
    }

    #[test]
    fn random_bytes_are_refused_without_a_panic(bytes in prop::collection::vec(any::<u8>(), 0..2_000)) {
        prop_assert!(Form::from_xlsx(&bytes, "random.xlsx").is_err());
    }

    #[test]
    fn a_truncated_or_altered_workbook_never_panics(cut in 0.0_f64..1.0, at in 0.0_f64..1.0, byte in any::<u8>()) {
        let whole = xlsx(&[sheet("survey", "type|name|label\n text|a|甲"), choices(), settings()]);
        let index = |part: f64| ((whole.len() as f64 * part) as usize).min(whole.len() - 1);
        prop_assert!(Form::from_xlsx(&whole[..index(cut)], "cut.xlsx").is_err());
        let mut altered = whole.clone();
        altered[index(at)] = byte;
        // Some bytes of a zip mean nothing, so an altered one may still be read; it must be
        // answered.
        let _ = Form::from_xlsx(&altered, "altered.xlsx");
    }

    #[test]
    fn any_text_as_an_expression_is_answered(text in "[ a-z0-9$\\{\\}()\\[\\]/.'\"=<>!+*|,@:-]{0,80}|\\PC{0,40}") {
        let mut rows = sheet("survey", "type|name|label|relevant\n text|a|甲|\n text|b|乙").1;
        rows[2].push(text.replace('|', ""));
        if let Ok(form) = Form::from_xlsx(&xlsx(&[("survey", rows), choices(), settings()]), "x.xlsx") {
            let _ = form.review(&Answers::new());
        }
    }

    #[test]
    fn any_typed_text_is_answered(raw in "\\PC{0,30}|[-0-9.]{0,20}") {
        let form = crate::support::read("type|name|label\n text|t|甲\n integer|i|乙\n decimal|d|丙\n select_one gas|g|丁\n select_multiple gas|m|戊").unwrap();
        for name in ["t", "i", "d", "g", "m"] {
            if let Ok(answer) = form.check_answer(name, &raw) {
                let review = form.review(&Answers::from([(name.to_owned(), answer)]));
                prop_assert!(review.failed.is_empty(), "an accepted answer fits: {:?}", review.failed);
            }
        }
    }
}
