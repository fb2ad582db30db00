//! 平台录入单: a document field by field, in the order in which a platform asks, to type or paste.
//!
//! Provincial platforms have no interface to write to, so officers feed them by hand. The sheet
//! takes away the searching. Which platform asks in which order is data of the deployer; without
//! it the sheet follows the form.
use crate::content::{Document, Line};

/// The order in which a platform asks for fields, by their keys.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct PlatformOrder {
    /// Keys such as `unit_name`; `finding` stands for all findings. What is not named comes after,
    /// in the order of the form, so that nothing is lost.
    pub keys: Vec<String>,
}

/// The fields in the platform's order.
#[must_use]
pub fn lines(document: &Document, order: &PlatformOrder) -> Vec<Line> {
    let last = order.keys.len();
    let place = |line: &Line| {
        let stem = line.key.split('.').next().unwrap_or_default();
        order.keys.iter().position(|key| *key == line.key || key == stem).unwrap_or(last)
    };
    let mut lines = document.lines();
    lines.sort_by_key(place);
    lines
}

/// The sheet as text: a number, the label, and the text alone on the lines below, so that a double
/// click takes exactly what belongs into the field.
#[must_use]
pub fn text(document: &Document, order: &PlatformOrder) -> String {
    let mut sheet = format!("平台录入单：{}\n", document.form.title());
    for (number, line) in (1..).zip(lines(document, order)) {
        sheet.push_str(&format!("\n{number}. {}\n{}\n", line.label, shown(&line)));
    }
    sheet
}

/// The sheet as CSV by RFC 4180 with a byte order mark, which Excel needs to read Chinese. A text
/// that a spreadsheet would run as a formula gets an apostrophe in front.
#[must_use]
pub fn csv(document: &Document, order: &PlatformOrder) -> String {
    let mut sheet = String::from("\u{feff}序号,字段,field,key,内容\r\n");
    for (number, line) in (1..).zip(lines(document, order)) {
        let cells = [&line.label, &line.label_en, &line.key, &shown(&line).to_owned()];
        let cells: Vec<String> = cells.into_iter().map(|cell| quoted(cell)).collect();
        sheet.push_str(&format!("{number},{}\r\n", cells.join(",")));
    }
    sheet
}

fn shown(line: &Line) -> &str {
    if line.text.is_empty() { "（手填或不适用）" } else { &line.text }
}

fn quoted(cell: &str) -> String {
    let formula = cell.starts_with(['=', '+', '-', '@', '\t', '\r']);
    let guard = if formula { "'" } else { "" };
    format!("\"{guard}{}\"", cell.replace('"', "\"\""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_formula_and_quotes_stay_text() {
        assert_eq!(quoted("=1+1"), "\"'=1+1\"");
        assert_eq!(quoted("他说\"好\"\n第二行"), "\"他说\"\"好\"\"\n第二行\"");
    }
}
