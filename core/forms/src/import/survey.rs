//! The survey sheet: one row for each question, note, and begin or end of a group.

use super::table::{Row, Table};
use crate::form::{Item, Kind};
use crate::problem::{Code, Fault, Place, Problems};

/// Types of XLSForm that this version does not have.
const TYPES_LATER: [&str; 35] = [
    "acknowledge",
    "audio",
    "audit",
    "background-audio",
    "barcode",
    "begin repeat",
    "begin_repeat",
    "calculate",
    "csv-external",
    "date",
    "dateTime",
    "datetime",
    "deviceid",
    "email",
    "end",
    "end repeat",
    "end_repeat",
    "file",
    "geopoint",
    "geoshape",
    "geotrace",
    "hidden",
    "phonenumber",
    "range",
    "rank",
    "select_multiple_from_file",
    "select_one_external",
    "select_one_from_file",
    "start",
    "start-geopoint",
    "time",
    "today",
    "username",
    "video",
    "xml-external",
];

/// The types that this version has, for messages.
const TYPES: &str =
    "select_one, select_multiple, integer, decimal, text, note, image, begin_group, end_group";

/// The authorities of x_authority.
const AUTHORITIES: [&str; 4] = ["EM", "FR", "MS", "EE"];

/// The evidence letters of x_evidence.
const EVIDENCE: &str = "RPVSDMK";

/// The items, and the row of each.
#[derive(Debug, Default)]
pub(super) struct Survey {
    pub(super) items: Vec<Item>,
    pub(super) numbers: Vec<u32>,
}

enum Type {
    Item(Kind),
    EndGroup,
}

/// Reads the rows; a missing sheet has been reported before.
pub(super) fn read(table: Option<&Table>, problems: &mut Problems) -> Survey {
    let mut survey = Survey::default();
    let Some(table) = table else { return survey };
    let mut open: Vec<(String, u32)> = Vec::new();
    for row in &table.rows {
        let kind = match read_type(table.cell(row, "type")) {
            Ok(Type::Item(kind)) => kind,
            Ok(Type::EndGroup) => {
                if open.pop().is_none() {
                    problems.push(
                        Code::UnbalancedGroup,
                        table.place(row.number, "type"),
                        "end_group 前面没有对应的 begin_group。请删去或补上".to_owned(),
                        "there is no begin_group for this end_group; remove it or add one"
                            .to_owned(),
                    );
                }
                continue;
            }
            Err(fault) => {
                let place = table.place(row.number, "type");
                problems.push(fault.code, place, fault.zh, fault.en);
                // Its name stays known, so that references to it are not reported as well.
                Kind::Text
            }
        };
        let group = open.last().map(|(name, _)| name.clone());
        let item = read_item(table, row, kind, group, problems);
        if item.kind == Kind::Group {
            open.push((item.name.clone(), row.number));
        }
        survey.items.push(item);
        survey.numbers.push(row.number);
    }
    for (name, number) in open {
        problems.push(
            Code::UnbalancedGroup,
            table.place(number, "type"),
            format!("组“{name}”没有结束。请在组内最后一行之后加一行 end_group"),
            format!("the group {name:?} is not closed; add an end_group behind its last row"),
        );
    }
    survey
}

fn read_type(text: Option<&str>) -> Result<Type, Fault> {
    let Some(text) = text else {
        return Err(Fault::new(
            Code::MissingValue,
            "type 是空的。请填写，或删去这一行",
            "type is empty; fill it or remove the row",
        ));
    };
    let words: Vec<&str> = text.split_whitespace().collect();
    let kind = match words[..] {
        ["select_one", list] => Kind::SelectOne(list.to_owned()),
        ["select_multiple", list] => Kind::SelectMultiple(list.to_owned()),
        ["integer"] => Kind::Integer,
        ["decimal"] => Kind::Decimal,
        ["text"] => Kind::Text,
        ["note"] => Kind::Note,
        ["image"] => Kind::Image,
        ["begin_group"] | ["begin", "group"] => Kind::Group,
        ["end_group"] | ["end", "group"] => return Ok(Type::EndGroup),
        ["select_one" | "select_multiple"] => {
            return Err(Fault::new(
                Code::UnknownList,
                format!("{text} 后面要写选项列表的名称，如 {text} compliance"),
                format!("{text} needs the name of a choice list, such as {text} compliance"),
            ));
        }
        ["select_one" | "select_multiple", _, "or_other"] => {
            return Err(not_yet(text));
        }
        _ if TYPES_LATER.contains(&text) || TYPES_LATER.contains(&words[0]) => {
            return Err(not_yet(text));
        }
        _ => {
            return Err(Fault::new(
                Code::UnknownType,
                format!("不认识题型“{text}”。可用：{TYPES}"),
                format!("the type {text:?} is unknown; there are: {TYPES}"),
            ));
        }
    };
    Ok(Type::Item(kind))
}

fn not_yet(text: &str) -> Fault {
    Fault::new(
        Code::NotSupported,
        format!("暂不支持题型“{text}”。可用：{TYPES}"),
        format!("the type {text:?} is not supported yet; there are: {TYPES}"),
    )
}

fn read_item(
    table: &Table,
    row: &Row,
    kind: Kind,
    group: Option<String>,
    problems: &mut Problems,
) -> Item {
    let text = |column| table.cell(row, column).map(str::to_owned);
    let item = Item {
        name: text("name").unwrap_or_default(),
        kind,
        group,
        label: table.texts(row, "label"),
        hint: table.texts(row, "hint"),
        required: text("required").and_then(|text| required(&text)),
        relevant: text("relevant"),
        constraint: text("constraint"),
        constraint_message: table.texts(row, "constraint_message"),
        appearance: text("appearance"),
        marks: table.marks(row),
    };
    let mut report = |fault: Fault, column: &str| {
        let place: Place = table.place(row.number, column);
        problems.push(fault.code, place, fault.zh, fault.en);
    };
    if item.label.is_empty() && item.kind != Kind::Group {
        report(
            Fault::new(Code::MissingValue, "没有 label。请填写", "there is no label; fill it"),
            "label",
        );
    }
    if !item.kind.is_question() {
        for (column, filled) in
            [("required", item.required.is_some()), ("constraint", item.constraint.is_some())]
        {
            if filled {
                report(needs_question(column), column);
            }
        }
    }
    for (column, fault) in unknown_marks(&item) {
        report(fault, column);
    }
    item
}

/// The columns of an item that name an authority or a kind of evidence that there is not.
pub(crate) fn unknown_marks(item: &Item) -> Vec<(&'static str, Fault)> {
    let mut faults = Vec::new();
    if let Some(unknown) = item.authorities().find(|name| !AUTHORITIES.contains(name)) {
        faults.push(("x_authority", bad_mark(unknown, "EM FR MS EE")));
    }
    if let Some(unknown) = item.evidence().find(|letter| !EVIDENCE.contains(*letter)) {
        faults.push(("x_evidence", bad_mark(&unknown.to_string(), "R P V S D M K")));
    }
    faults
}

/// `yes` and `no` in the ways that people and Excel write them; anything else is an expression.
fn required(text: &str) -> Option<String> {
    match text.to_ascii_lowercase().as_str() {
        "yes" | "true" | "true()" => Some("true()".to_owned()),
        "no" | "false" | "false()" => None,
        _ => Some(text.to_owned()),
    }
}

fn needs_question(column: &str) -> Fault {
    Fault::new(
        Code::BadValue,
        format!("说明和组不作答，{column} 列要留空"),
        format!("notes and groups take no answer; leave {column} empty"),
    )
}

fn bad_mark(found: &str, known: &str) -> Fault {
    Fault::new(
        Code::BadValue,
        format!("不认识“{found}”。可用：{known}（多个用空格隔开）"),
        format!("{found:?} is unknown; there are: {known} (spaces between several)"),
    )
}
