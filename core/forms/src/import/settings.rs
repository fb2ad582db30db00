//! The settings sheet: one row that names the form.

use super::columns::SETTINGS;
use super::table::{Table, parse_language};
use crate::form::{Language, WORST_ORDER_DEFAULT};
use crate::name::{check_identifier, refuse_full_width};
use crate::problem::{Code, Place, Problems};
use std::collections::{BTreeMap, BTreeSet};

#[derive(Debug, Default)]
pub(super) struct Settings {
    pub(super) id: String,
    pub(super) version: String,
    pub(super) title: String,
    pub(super) default_language: Option<Language>,
    pub(super) worst_order: Vec<String>,
    pub(super) marks: BTreeMap<String, String>,
    row: u32,
}

/// Reads the settings; a missing sheet has been reported before.
pub(super) fn read(table: Option<&mut Table>, problems: &mut Problems) -> Settings {
    let Some(table) = table else { return Settings::default() };
    table.read_header(&None, problems);
    let [row, more @ ..] = &table.rows[..] else {
        problems.push(
            Code::MissingValue,
            table.sheet_place(),
            "settings 表没有内容。请在第二行填写 form_title、form_id 和 version".to_owned(),
            "the settings sheet is empty; fill form_title, form_id and version in its second row"
                .to_owned(),
        );
        return Settings::default();
    };
    if let Some(extra) = more.first() {
        problems.push(
            Code::BadValue,
            table.place(extra.number, ""),
            "settings 表只能有一行内容。请删去多余的行".to_owned(),
            "the settings sheet has one row of content; remove the others".to_owned(),
        );
    }
    for needed in SETTINGS.needed {
        if table.cell(row, needed).is_none() {
            problems.push(
                Code::MissingValue,
                table.place(row.number, needed),
                format!("{needed} 是空的。请填写"),
                format!("{needed} is empty; fill it"),
            );
        }
    }
    let text = |column| table.cell(row, column).unwrap_or_default().to_owned();
    for column in ["form_id", "version"] {
        if let Some(Err(fault)) = table.cell(row, column).map(check_identifier) {
            problems.push(fault.code, table.place(row.number, column), fault.zh, fault.en);
        }
    }
    let mut marks = table.marks(row);
    if let Some(Err(fault)) = marks.get("x_item_list_version").map(|v| refuse_full_width(v)) {
        let place = table.place(row.number, "x_item_list_version");
        problems.push(fault.code, place, fault.zh, fault.en);
    }
    let worst_order = match marks.remove("x_worst_order") {
        Some(order) => {
            order.split([' ', '>']).filter(|n| !n.is_empty()).map(str::to_owned).collect()
        }
        None => WORST_ORDER_DEFAULT.map(str::to_owned).to_vec(),
    };
    Settings {
        id: text("form_id"),
        version: text("version"),
        title: text("form_title"),
        default_language: table.cell(row, "default_language").map(parse_language),
        worst_order,
        marks,
        row: row.number,
    }
}

/// An order that the author wrote must name choices that exist, each once.
pub(super) fn check_worst_order(
    settings: &Settings,
    table: Option<&Table>,
    choice_names: &BTreeSet<String>,
    problems: &mut Problems,
) {
    let is_default = settings.worst_order.iter().eq(WORST_ORDER_DEFAULT.iter());
    let Some(table) = table.filter(|_| !is_default && !choice_names.is_empty()) else { return };
    let place: Place = table.place(settings.row, "x_worst_order");
    let mut seen = BTreeSet::new();
    for name in &settings.worst_order {
        if !choice_names.contains(name) {
            problems.push(
                Code::UnknownChoice,
                place.clone(),
                format!("choices 表中没有选项“{name}”。请写选项的 name，从最不利到最有利，用空格隔开"),
                format!("no choice is named {name:?}; write choice names, worst first, with spaces between"),
            );
        }
        if !seen.insert(name) {
            problems.push(
                Code::DuplicateName,
                place.clone(),
                format!("选项“{name}”写了两次。请删去一个"),
                format!("the choice {name:?} is named twice; remove one"),
            );
        }
    }
}
