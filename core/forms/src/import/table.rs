//! A sheet as a table: its header understood, its cells found by column name, every place nameable.

use super::columns::{Columns, MARK_PREFIX};
use crate::form::{Language, Texts};
use crate::limits::{CELL_CHARS_MAX, EXPRESSION_CHARS_MAX, HEADER_CHARS_MAX, LABEL_CHARS_MAX};
use crate::problem::{Code, Fault, Place, Problems};
use angen_tables::column_letters;
use std::collections::BTreeMap;

pub(crate) use angen_tables::Row;

#[derive(Debug)]
struct Column {
    index: u32,
    header: String,
    base: String,
    /// For translated columns.
    language: Option<Language>,
}

/// A sheet whose first row is its header.
#[derive(Debug)]
pub(super) struct Table {
    sheet: &'static str,
    spec: &'static Columns,
    place: Place,
    header: Option<Row>,
    pub(super) rows: Vec<Row>,
    columns: Vec<Column>,
}

impl Table {
    pub(super) fn new(
        sheet: &'static str,
        mut rows: Vec<Row>,
        spec: &'static Columns,
        whole_file: &Place,
    ) -> Table {
        let place = Place { sheet: Some(sheet.to_owned()), ..whole_file.clone() };
        let header = if rows.is_empty() { None } else { Some(rows.remove(0)) };
        Table { sheet, spec, place, header, rows, columns: Vec::new() }
    }

    /// Understands the header; columns without a language are in `default`.
    pub(super) fn read_header(&mut self, default: &Option<Language>, problems: &mut Problems) {
        let header = self.header.take();
        for (index, text) in header.iter().flat_map(|row| &row.cells) {
            match self.column(*index, text, default) {
                Ok(column) => self.columns.push(column),
                Err(fault) => {
                    let row = header.as_ref().map(|row| row.number);
                    let column = Some(column_letters(*index));
                    let place = Place { row, column, ..self.place.clone() };
                    problems.push(fault.code, place, fault.zh, fault.en);
                }
            }
        }
        for needed in self.spec.needed {
            if !self.columns.iter().any(|column| column.base == *needed) {
                problems.push(
                    Code::MissingColumn,
                    self.place.clone(),
                    format!("缺少 {needed} 列。请在第一行加上"),
                    format!("the column {needed} is missing; add it to the first row"),
                );
            }
        }
        self.refuse_later(problems);
        self.refuse_long(problems);
    }

    fn column(
        &self,
        index: u32,
        header: &str,
        default: &Option<Language>,
    ) -> Result<Column, Fault> {
        let count = header.chars().count();
        if count > HEADER_CHARS_MAX {
            return Err(Fault::new(
                Code::TooLong,
                format!("列名有 {count} 个字符，上限为 {HEADER_CHARS_MAX}。请缩短"),
                format!(
                    "the header has {count} characters, at most {HEADER_CHARS_MAX} fit; shorten it"
                ),
            ));
        }
        let (base, language) = match header.split_once("::") {
            Some((base, language)) => (base.trim(), Some(parse_language(language))),
            None => (header, None),
        };
        let known = self.spec.known.contains(&base)
            || self.spec.later.contains(&base)
            || base.starts_with(MARK_PREFIX);
        let translated = self.spec.translated.contains(&base);
        let fits = translated || language.is_none() || self.spec.later.contains(&base);
        if !known || !fits {
            return Err(Fault::new(
                Code::UnknownColumn,
                format!(
                    "不认识列“{header}”。可用：{}；自定义的列以 x_ 开头",
                    self.spec.known.join("、")
                ),
                format!(
                    "the column {header:?} is unknown; there are: {}; your own columns start with x_",
                    self.spec.known.join(", ")
                ),
            ));
        }
        let language = if translated { language.or_else(|| default.clone()) } else { None };
        let column = Column { index, header: header.to_owned(), base: base.to_owned(), language };
        let same = |other: &&Column| {
            other.base == column.base
                && other.language.as_ref().map(|l| &l.code)
                    == column.language.as_ref().map(|l| &l.code)
                && (other.header == column.header || translated)
        };
        match self.columns.iter().find(same) {
            Some(other) => Err(Fault::new(
                Code::DuplicateColumn,
                format!("列“{header}”与“{}”重复。请只留一列", other.header),
                format!("the column {header:?} repeats {:?}; keep one", other.header),
            )),
            None => Ok(column),
        }
    }

    fn refuse_later(&self, problems: &mut Problems) {
        for column in self.columns.iter().filter(|c| self.spec.later.contains(&c.base.as_str())) {
            if let Some(row) = self.rows.iter().find(|row| row.cells.contains_key(&column.index)) {
                problems.push(
                    Code::NotSupported,
                    self.place(row.number, &column.base),
                    format!("暂不支持 {} 列，忽略它会改变检查表的意思。请清空此列", column.header),
                    format!(
                        "the column {} is not supported yet, and ignoring it would change the form; clear it",
                        column.header
                    ),
                );
            }
        }
    }

    fn refuse_long(&self, problems: &mut Problems) {
        for row in &self.rows {
            for column in &self.columns {
                let limit = match column.base.as_str() {
                    "label" | "hint" | "constraint_message" => LABEL_CHARS_MAX,
                    "relevant" | "constraint" | "required" => EXPRESSION_CHARS_MAX,
                    "default_language" => HEADER_CHARS_MAX,
                    _ => CELL_CHARS_MAX,
                };
                let Some(text) = row.cells.get(&column.index) else { continue };
                // Expressions are measured where they are compiled.
                if limit == EXPRESSION_CHARS_MAX || text.len() <= limit {
                    continue;
                }
                let count = text.chars().count();
                if count > limit {
                    problems.push(
                        Code::TooLong,
                        self.place(row.number, &column.base),
                        format!("文字有 {count} 个字符，上限为 {limit}。请缩短"),
                        format!("the text has {count} characters, at most {limit} fit; shorten it"),
                    );
                }
            }
        }
    }

    /// The text in a column, `None` when empty.
    pub(super) fn cell<'t>(&self, row: &'t Row, base: &str) -> Option<&'t str> {
        let column = self.columns.iter().find(|column| column.base == base)?;
        row.cells.get(&column.index).map(String::as_str)
    }

    /// The texts of a translated column, by language code.
    pub(super) fn texts(&self, row: &Row, base: &str) -> Texts {
        let mut texts = Texts::default();
        for column in self.columns.iter().filter(|column| column.base == base) {
            if let Some(text) = row.cells.get(&column.index) {
                let code = column.language.as_ref().map(|l| l.code.clone()).unwrap_or_default();
                texts.0.insert(code, text.clone());
            }
        }
        texts
    }

    /// The cells of the columns that start with `x_`.
    pub(super) fn marks(&self, row: &Row) -> BTreeMap<String, String> {
        let marked = self.columns.iter().filter(|c| c.base.starts_with(MARK_PREFIX));
        marked.filter_map(|c| Some((c.base.clone(), row.cells.get(&c.index)?.clone()))).collect()
    }

    pub(super) fn languages(&self) -> impl Iterator<Item = &Language> {
        self.columns.iter().filter_map(|column| column.language.as_ref())
    }

    /// The place of a column in a row; the column is left out when the sheet does not have it.
    pub(super) fn place(&self, row: u32, base: &str) -> Place {
        let column = self.columns.iter().find(|column| column.base == base);
        let column = column.map(|c| format!("{} ({})", column_letters(c.index), c.header));
        Place { row: Some(row), column, ..self.place.clone() }
    }

    /// The place of the whole sheet.
    pub(super) fn sheet_place(&self) -> Place {
        debug_assert_eq!(self.place.sheet.as_deref(), Some(self.sheet));
        self.place.clone()
    }
}

/// `中文 (zh)` has the name 中文 and the code zh; `English` alone is both.
pub(super) fn parse_language(text: &str) -> Language {
    let text = text.trim();
    if let Some((name, code)) = text.strip_suffix(')').and_then(|text| text.rsplit_once('('))
        && !name.trim().is_empty()
        && !code.trim().is_empty()
    {
        return Language { code: code.trim().to_owned(), name: name.trim().to_owned() };
    }
    Language { code: text.to_owned(), name: text.to_owned() }
}
