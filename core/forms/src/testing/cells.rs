//! A text of cells becomes a workbook, so that what a fuzzer changes is a cell and not a zip.
//!
//! ```text
//! #sheet survey                     begins a sheet; what comes before the first one is `survey`
//! type<TAB>name<TAB>label           a line is a row, a tab ends a cell
//! ^XFD1048576 text                  the cell says that it stands at this address
//! ~n 3                              a number; the other types stand at `typed_cell`
//! #part xl/styles.xml               what follows is the text of that part, as it is
//! #answers                          what follows is a name, a tab, and what an officer types
//! ```
//!
//! A sheet `choices` or `settings` that is not there is filled with a sound one: most inputs would
//! otherwise end at the sheet that they lack.

use crate::import::Row;
use crate::problem::{Place, Problems};
use crate::{Form, FormErrors};
use std::collections::BTreeMap;
use std::io::{Cursor, Write};

/// A text of cells, understood.
#[derive(Debug, Default)]
pub struct Script {
    sheets: Vec<(String, Vec<String>)>,
    parts: BTreeMap<String, String>,
    /// Item names and what is typed for them.
    pub answers: Vec<(String, String)>,
}

/// Where the lines that are being read belong.
enum Section {
    Sheet,
    Part(String),
    Answers,
}

const CHOICES: &str = "list_name\tname\tlabel
compliance\tcompliant\t符合
compliance\tnon_compliant\t不符合
compliance\tnot_applicable\t不涉及
compliance\tnot_checked\t未查
gas\th2s\t硫化氢
gas\tco\t一氧化碳";

const SETTINGS: &str = "form_title\tform_id\tversion\n试验表\ttrial\t2026.1";

/// What `~s 0` and `~s 1` stand for: a plain text and one in pieces.
const SHARED_STRINGS: &str =
    "<sst><si><t>text</t></si><si><r><t>la</t></r><r><t>bel</t></r></si></sst>";

/// Style 1 is a date, so that `~d 46000` is one.
const STYLES: &str =
    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/></cellXfs></styleSheet>";

/// Says which part is the workbook.
const PACKAGE_RELATIONS: &str = "<Relationships><Relationship Id=\"r1\" \
    Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" \
    Target=\"xl/workbook.xml\"/></Relationships>";

impl Script {
    /// Understands a text; every text means something.
    pub fn read(text: &str) -> Script {
        let mut script = Script::default();
        let mut section = Section::Sheet;
        for line in text.split('\n') {
            match line.split_once(' ').unwrap_or((line, "")) {
                ("#sheet", name) => {
                    script.sheets.push((name.to_owned(), Vec::new()));
                    section = Section::Sheet;
                }
                ("#part", path) => section = Section::Part(path.to_owned()),
                ("#answers", _) => section = Section::Answers,
                _ => script.line(&section, line),
            }
        }
        for (name, rows) in [("survey", ""), ("choices", CHOICES), ("settings", SETTINGS)] {
            if !script.sheets.iter().any(|(known, _)| known == name) {
                let rows = rows.lines().map(str::to_owned).collect();
                script.sheets.push((name.to_owned(), rows));
            }
        }
        script
    }

    fn line(&mut self, section: &Section, line: &str) {
        match section {
            Section::Sheet => {
                if self.sheets.is_empty() {
                    self.sheets.push(("survey".to_owned(), Vec::new()));
                }
                let (_, rows) = self.sheets.last_mut().expect("one was pushed where none was");
                rows.push(line.to_owned());
            }
            Section::Part(path) => {
                let part = self.parts.entry(path.clone()).or_default();
                part.push_str(line);
                part.push('\n');
            }
            Section::Answers => {
                let (name, raw) = line.split_once('\t').unwrap_or((line, ""));
                self.answers.push((name.to_owned(), raw.to_owned()));
            }
        }
    }

    /// The form that the cells make, without a workbook around them, which takes most of the time.
    /// `None` where the text asks for what only a workbook has: parts, addresses, types of cells.
    pub fn without_workbook(&self) -> Option<Result<Form, FormErrors>> {
        let rows = self.sheets.iter().flat_map(|(_, rows)| rows);
        let special = |cell: &str| cell.starts_with(['~', '^']);
        if !self.parts.is_empty() || rows.flat_map(|row| row.split('\t')).any(special) {
            return None;
        }
        let sheet = |name: &'static str| {
            let (_, rows) = self.sheets.iter().find(|(known, _)| known == name)?;
            let rows = (1..).zip(rows).map(|(number, row)| {
                let cells = (0..).zip(row.split('\t').map(|cell| cell.trim().to_owned()));
                Row { number, cells: cells.filter(|(_, cell)| !cell.is_empty()).collect() }
            });
            Some((name, rows.filter(|row| !row.cells.is_empty()).collect()))
        };
        let sheets = ["survey", "choices", "settings"].into_iter().filter_map(sheet).collect();
        Some(Form::from_sheets(sheets, Place::default(), Problems::default()))
    }

    /// The bytes of the workbook. A part of the text stands in place of the one that would be made.
    pub fn to_xlsx(&self) -> Vec<u8> {
        let mut parts = BTreeMap::from([
            ("_rels/.rels".to_owned(), PACKAGE_RELATIONS.to_owned()),
            ("xl/sharedStrings.xml".to_owned(), SHARED_STRINGS.to_owned()),
            ("xl/styles.xml".to_owned(), STYLES.to_owned()),
        ]);
        let (mut sheets, mut relations) = (String::new(), String::new());
        for (number, (name, rows)) in (1..).zip(&self.sheets) {
            let name = escaped(name);
            sheets += &format!("<sheet name=\"{name}\" sheetId=\"{number}\" r:id=\"r{number}\"/>");
            relations += &format!(
                "<Relationship Id=\"r{number}\" Type=\"/worksheet\" \
                 Target=\"worksheets/{number}.xml\"/>"
            );
            parts.insert(format!("xl/worksheets/{number}.xml"), sheet_xml(rows));
        }
        parts.insert(
            "xl/workbook.xml".to_owned(),
            format!("<workbook><sheets>{sheets}</sheets></workbook>"),
        );
        parts.insert(
            "xl/_rels/workbook.xml.rels".to_owned(),
            format!("<Relationships>{relations}</Relationships>"),
        );
        parts.extend(self.parts.clone());
        zipped(&parts)
    }
}

fn sheet_xml(rows: &[String]) -> String {
    let mut xml = String::from("<worksheet><sheetData>");
    for (number, row) in (1..).zip(rows) {
        xml += &format!("<row r=\"{number}\">");
        for cell in row.split('\t') {
            let (address, text) = match cell.strip_prefix('^') {
                Some(rest) => rest.split_once(' ').unwrap_or((rest, "")),
                None => ("", cell),
            };
            let address = match address {
                "" => String::new(),
                address => format!(" r=\"{}\"", escaped(address)),
            };
            xml += &typed_cell(&address, text);
        }
        xml += "</row>";
    }
    xml + "</sheetData></worksheet>"
}

/// A text is what most cells are; `~` and a letter make the others.
fn typed_cell(address: &str, text: &str) -> String {
    let (kind, value) = text.split_at_checked(2).unwrap_or((text, ""));
    let value = escaped(value.trim_start());
    match kind {
        "~n" => format!("<c{address}><v>{value}</v></c>"),
        "~d" => format!("<c{address} s=\"1\"><v>{value}</v></c>"),
        "~b" => format!("<c{address} t=\"b\"><v>{value}</v></c>"),
        "~e" => format!("<c{address} t=\"e\"><v>{value}</v></c>"),
        "~s" => format!("<c{address} t=\"s\"><v>{value}</v></c>"),
        "~f" => format!("<c{address} t=\"str\"><f>{value}</f><v>{value}</v></c>"),
        "~i" => format!("<c{address} t=\"d\"><v>{value}</v></c>"),
        _ if text.is_empty() => format!("<c{address}/>"),
        // A vertical tab stands for the line break within a cell.
        _ => format!(
            "<c{address} t=\"inlineStr\"><is><t>{}</t></is></c>",
            escaped(text).replace('\u{b}', "\n")
        ),
    }
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// Not deflated: inflating is the business of the raw inputs.
fn zipped(parts: &BTreeMap<String, String>) -> Vec<u8> {
    let stored =
        zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Stored);
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (path, text) in parts {
        // A path that no zip can hold makes a workbook without that part.
        if writer.start_file(path, stored).is_ok() {
            writer.write_all(text.as_bytes()).expect("memory takes what fits in memory");
        }
    }
    writer.finish().expect("memory takes what fits in memory").into_inner()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_of_cells_is_a_workbook_that_can_be_read() {
        let text = "type\tname\tlabel\tx_n\ntext\ta\t甲<&\"\t~n 3.0\n^C3 丙\t\t^B3 b\t^A3 note\n\
                    #answers\na\t皮带轮";
        let script = Script::read(text);
        assert_eq!(script.answers, [("a".to_owned(), "皮带轮".to_owned())]);
        let form = Form::from_xlsx(&script.to_xlsx(), "cells.xlsx").unwrap();
        let names: Vec<_> = form.items().iter().map(|item| item.name.as_str()).collect();
        assert_eq!(names, ["a", "b"]);
        assert_eq!(form.items()[0].label.get("zh"), Some("甲<&\""));
        assert_eq!(form.items()[0].mark("x_n"), Some("3"));
        assert_eq!(form.choices("gas").map(<[_]>::len), Some(2));
    }

    #[test]
    fn cells_make_the_same_form_with_a_workbook_around_them_and_without() {
        for text in [
            "type\tname\tlabel\tx_n\n\n text \ta\t甲<&\"\t3\n\t\t\t\nnote\tb\t乙",
            "type\tname\nselect_one x\ta\ntext\ta\n#sheet settings\nform_id\n1 2",
        ] {
            let script = Script::read(text);
            let with = Form::from_xlsx(&script.to_xlsx(), "cells.xlsx");
            let without = script.without_workbook().expect("nothing special is asked for");
            let codes = |errors: FormErrors| -> Vec<_> {
                errors.problems().iter().map(|p| (p.code, p.place.row)).collect()
            };
            assert_eq!(without.map_err(codes), with.map_err(codes), "{text}");
        }
        assert!(Script::read("type\t~n 1").without_workbook().is_none());
    }

    #[test]
    fn a_part_of_the_text_stands_in_place_of_the_one_that_would_be_made() {
        let errors = Form::from_xlsx(
            &Script::read("#part xl/workbook.xml\n<workbook><sheets/></workbook>").to_xlsx(),
            "cells.xlsx",
        )
        .unwrap_err();
        assert_eq!(errors.problems()[0].code, crate::Code::MissingSheet, "{errors}");
    }
}
