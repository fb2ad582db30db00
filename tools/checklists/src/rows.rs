//! The rows of the three XLSForm sheets for one list, as texts.

use crate::source::{Checklist, Item, Measurement};

/// The columns of the survey sheet, with the width that each is comfortable to read in.
pub(crate) const SURVEY: [(&str, f64); 19] = [
    ("type", 20.0),
    ("name", 16.0),
    ("label::中文 (zh)", 44.0),
    ("label::English (en)", 44.0),
    ("hint::中文 (zh)", 28.0),
    ("hint::English (en)", 28.0),
    ("required", 10.0),
    ("relevant", 34.0),
    ("constraint", 24.0),
    ("constraint_message::中文 (zh)", 24.0),
    ("constraint_message::English (en)", 24.0),
    ("appearance", 12.0),
    ("x_legal_basis", 44.0),
    ("x_basis", 22.0),
    ("x_major_hazard", 16.0),
    ("x_authority", 12.0),
    ("x_penalty", 18.0),
    ("x_evidence", 14.0),
    ("x_source_state", 15.0),
];

/// The columns of the choices sheet.
pub(crate) const CHOICES: [(&str, f64); 4] = [
    ("list_name", 16.0),
    ("name", 18.0),
    ("label::中文 (zh)", 20.0),
    ("label::English (en)", 20.0),
];

/// The columns of the settings sheet.
pub(crate) const SETTINGS: [(&str, f64); 7] = [
    ("form_title", 40.0),
    ("form_id", 16.0),
    ("version", 14.0),
    ("default_language", 18.0),
    ("x_item_list_version", 22.0),
    ("x_item_list_state", 18.0),
    ("x_worst_order", 56.0),
];

/// The version of our own item list; the state says that no published list is mapped to it yet.
const ITEM_LIST: (&str, &str) = ("angen-2026.11", "to_confirm");

/// One row: cells by column name.
pub(crate) type Cells = Vec<(&'static str, String)>;

const ZH: &str = "label::中文 (zh)";
const EN: &str = "label::English (en)";
const HINT_ZH: &str = "hint::中文 (zh)";
const HINT_EN: &str = "hint::English (en)";

/// The rows of the survey sheet below its header.
pub(crate) fn survey(list: &Checklist) -> Vec<Cells> {
    let mut rows = Vec::new();
    if !list.stop_zh.is_empty() {
        rows.push(vec![
            ("type", "note".to_owned()),
            ("name", format!("{}_stop", list.name.to_uppercase())),
            (ZH, list.stop_zh.clone()),
            (EN, list.stop_en.clone()),
        ]);
    }
    for item in &list.items {
        let id = &item.id;
        rows.push(vec![
            ("type", "begin_group".to_owned()),
            ("name", format!("{id}_group")),
            (ZH, id.clone()),
            (EN, id.clone()),
            ("appearance", "field-list".to_owned()),
        ]);
        rows.push(question(item));
        rows.extend(item.measurements.iter().map(|measurement| reading(item, measurement)));
        rows.push(note(id));
        rows.push(photo(id));
        rows.push(vec![("type", "end_group".to_owned())]);
    }
    rows
}

fn question(item: &Item) -> Cells {
    vec![
        ("type", "select_one compliance".to_owned()),
        ("name", item.id.clone()),
        (ZH, item.zh.clone()),
        (EN, item.en.clone()),
        (HINT_ZH, item.hint_zh.clone()),
        (HINT_EN, item.hint_en.clone()),
        ("required", "yes".to_owned()),
        ("x_legal_basis", item.legal_basis.clone()),
        ("x_basis", item.basis.clone()),
        ("x_major_hazard", item.major_hazard.clone()),
        ("x_authority", item.authority.clone()),
        ("x_penalty", item.penalty.clone()),
        ("x_evidence", item.evidence.clone()),
        ("x_source_state", item.source_state.clone()),
    ]
}

fn reading(item: &Item, measurement: &Measurement) -> Cells {
    let Measurement { suffix, kind, zh, en, unit, min, max } = measurement;
    let id = &item.id;
    vec![
        ("type", kind.clone()),
        ("name", format!("{id}_{suffix}")),
        (ZH, format!("{zh}（{unit}）")),
        (EN, format!("{en} ({unit})")),
        ("relevant", format!("${{{id}}} != '' and ${{{id}}} != 'not_applicable'")),
        ("constraint", format!(". >= {min} and . <= {max}")),
        (
            "constraint_message::中文 (zh)",
            format!("应在 {min} 到 {max} {unit} 之间，请核对读数和单位"),
        ),
        (
            "constraint_message::English (en)",
            format!("must be {min} to {max} {unit}; check the reading and the unit"),
        ),
    ]
}

fn note(id: &str) -> Cells {
    vec![
        ("type", "text".to_owned()),
        ("name", format!("{id}_note")),
        (ZH, "不符合的情况，或未查的原因".to_owned()),
        (EN, "What is wrong, or why it was not checked".to_owned()),
        ("required", "yes".to_owned()),
        ("relevant", format!("${{{id}}} = 'non_compliant' or ${{{id}}} = 'not_checked'")),
        ("appearance", "multiline".to_owned()),
    ]
}

fn photo(id: &str) -> Cells {
    vec![
        ("type", "image".to_owned()),
        ("name", format!("{id}_photo")),
        (ZH, "照片".to_owned()),
        (EN, "Photo".to_owned()),
        (HINT_ZH, "先拍全景，再拍近景，带标尺或铭牌".to_owned()),
        (HINT_EN, "First wide, then close, with a scale or nameplate".to_owned()),
        ("relevant", format!("${{{id}}} = 'non_compliant'")),
    ]
}

/// The rows of the choices sheet below its header: best first, as officers expect them.
pub(crate) fn choices() -> Vec<Cells> {
    let choices = [
        ("compliant", "符合", "compliant"),
        ("non_compliant", "不符合", "non-compliant"),
        ("not_applicable", "不涉及", "not applicable"),
        ("not_checked", "未查", "not checked"),
    ];
    let row = |(name, zh, en): (&str, &str, &str)| {
        vec![
            ("list_name", "compliance".to_owned()),
            ("name", name.to_owned()),
            (ZH, zh.to_owned()),
            (EN, en.to_owned()),
        ]
    };
    choices.map(row).to_vec()
}

/// The one row of the settings sheet.
pub(crate) fn settings(list: &Checklist) -> Vec<Cells> {
    vec![vec![
        ("form_title", format!("{} {}", list.zh, list.en)),
        ("form_id", format!("angen_{}", list.name)),
        ("version", list.version.clone()),
        ("default_language", "中文 (zh)".to_owned()),
        ("x_item_list_version", ITEM_LIST.0.to_owned()),
        ("x_item_list_state", ITEM_LIST.1.to_owned()),
        ("x_worst_order", "non_compliant not_checked not_applicable compliant".to_owned()),
    ]]
}
