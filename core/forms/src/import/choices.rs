//! The choices sheet: lists of choices, each choice named once in its list.

use super::table::Table;
use crate::form::Choice;
use crate::name::check_choice_name;
use crate::problem::{Code, Problems};
use std::collections::{BTreeMap, BTreeSet};

/// The lists, and all choice names together.
pub(super) fn read(
    table: Option<&Table>,
    problems: &mut Problems,
) -> (BTreeMap<String, Vec<Choice>>, BTreeSet<String>) {
    let mut lists: BTreeMap<String, Vec<Choice>> = BTreeMap::new();
    let mut names = BTreeSet::new();
    let mut first_rows: BTreeMap<(String, String), u32> = BTreeMap::new();
    let Some(table) = table else { return (lists, names) };
    for row in &table.rows {
        let mut value = |column: &str| {
            let text = table.cell(row, column);
            let place = || table.place(row.number, column);
            match text.map(check_choice_name) {
                Some(Err(fault)) => problems.push(fault.code, place(), fault.zh, fault.en),
                Some(Ok(())) => {}
                None => problems.push(
                    Code::MissingValue,
                    place(),
                    format!("{column} 是空的。请填写，或删去这一行"),
                    format!("{column} is empty; fill it or remove the row"),
                ),
            }
            text.map(str::to_owned)
        };
        let (Some(list), Some(name)) = (value("list_name"), value("name")) else { continue };
        let label = table.texts(row, "label");
        if label.is_empty() {
            problems.push(
                Code::MissingValue,
                table.place(row.number, "label"),
                format!("选项“{name}”没有 label。请填写"),
                format!("the choice {name:?} has no label; fill it"),
            );
        }
        let first = *first_rows.entry((list.clone(), name.clone())).or_insert(row.number);
        if first != row.number {
            problems.push(
                Code::DuplicateName,
                table.place(row.number, "name"),
                format!("列表 {list} 中选项“{name}”重复，第 {first} 行已经用过。请改名或删去"),
                format!("the choice {name:?} is twice in the list {list}, first in row {first}; rename or remove it"),
            );
        }
        names.insert(name.clone());
        lists.entry(list).or_default().push(Choice { name, label, marks: table.marks(row) });
    }
    (lists, names)
}
