//! What is wrong with each row by itself, and which rows of the file are the same.

use std::collections::{BTreeMap, HashMap};

use angen_tables::{Cell, CellFault};

use crate::domain::rows::columns::Reading;
use crate::domain::rows::fold::{day, fold};
use crate::domain::rows::{Column, IMPORT_CELL_BYTES_MAX, Remark, RowKind, SheetRows};
use crate::domain::{PostKind, Role, check_credit_code, check_resident_id};

/// A row as it would be written, and what is to be said of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckedRow {
    /// The row as Excel numbers it.
    pub row: u32,
    /// Values by field, as they would be written; personal data in clear. No empty ones.
    pub values: BTreeMap<&'static str, String>,
    /// Why the row cannot be taken.
    pub problems: Vec<Remark>,
    /// What was changed on the way, such as full-width digits.
    pub notes: Vec<Remark>,
}

impl SheetRows {
    /// Checks every row, in the order of the sheet.
    #[must_use]
    pub fn check(&self) -> Vec<CheckedRow> {
        let mut rows: Vec<CheckedRow> =
            self.rows.iter().map(|(row, cells)| self.check_row(*row, cells)).collect();
        self.find_repeated(&mut rows);
        rows
    }

    fn check_row(&self, row: u32, cells: &BTreeMap<&'static str, Cell>) -> CheckedRow {
        let mut checked =
            CheckedRow { row, values: BTreeMap::new(), problems: Vec::new(), notes: Vec::new() };
        for column in self.kind.columns() {
            if let Some(cell) = cells.get(column.field) {
                self.read_cell(&mut checked, column, cell);
            }
            if column.needed && !cells.contains_key(column.field) {
                self.problem(&mut checked, column.field, "不能为空", "must not be empty");
            }
        }
        match self.kind {
            RowKind::Enterprise => self.check_enterprise(&mut checked),
            RowKind::Officer => self.check_officer(&mut checked),
        }
        checked
    }

    fn read_cell(&self, checked: &mut CheckedRow, column: &Column, cell: &Cell) {
        let text = cell.text.as_str();
        // Excel writes a long number as 3.71102E+17 when it saves a .csv.
        let rounded = is_scientific(text).then_some(CellFault::LostDigits);
        if let Some(fault) = cell.fault.or(rounded) {
            let (zh, en) = fault.words();
            return self.problem(checked, column.field, zh, en);
        }
        if text.len() > IMPORT_CELL_BYTES_MAX {
            let zh = format!("文字超过 {IMPORT_CELL_BYTES_MAX} 字节，请缩短");
            let en = format!("the text has more than {IMPORT_CELL_BYTES_MAX} bytes: shorten it");
            return self.problem(checked, column.field, &zh, &en);
        }
        if text.chars().any(char::is_control) {
            let (zh, en) = ("有换行或控制字符，请删去", "there is a line break: remove it");
            return self.problem(checked, column.field, zh, en);
        }
        let folded = fold(text, column.reading != Reading::Words);
        if folded != text {
            let (zh, en) = ("全角字符已改为半角", "full-width characters became half-width");
            self.note(checked, column.field, zh, en);
        }
        let value = match column.reading {
            Reading::Words => folded,
            Reading::Code => self.upper(checked, column.field, folded),
            Reading::Day => self.day(checked, column.field, folded),
        };
        if !value.is_empty() {
            checked.values.insert(column.field, value);
        } else if column.needed {
            self.problem(checked, column.field, "不能为空", "must not be empty");
        }
    }

    fn upper(&self, checked: &mut CheckedRow, field: &str, text: String) -> String {
        let upper = text.to_ascii_uppercase();
        if upper != text {
            let (zh, en) = ("小写字母已改为大写", "small letters became capitals");
            self.note(checked, field, zh, en);
        }
        upper
    }

    fn day(&self, checked: &mut CheckedRow, field: &str, text: String) -> String {
        match day(&text) {
            Some(day) if day == text => day,
            Some(day) => {
                let zh = format!("“{text}”读作 {day}");
                let en = format!("\"{text}\" was read as {day}");
                self.note(checked, field, &zh, &en);
                day
            }
            None => {
                let zh = format!("“{text}”不是日期，应为 2028-06-30 这样的写法");
                let en = format!("\"{text}\" is no day: write it like 2028-06-30");
                self.problem(checked, field, &zh, &en);
                text
            }
        }
    }

    fn check_enterprise(&self, checked: &mut CheckedRow) {
        match (checked.values.get("credit_code"), checked.values.get("no_code_reason")) {
            (Some(code), None) => {
                if let Err(problem) = check_credit_code(code) {
                    self.problem(checked, "credit_code", &problem.zh, &problem.en);
                }
            }
            (None, Some(_)) => {}
            // A cell with a problem of its own is not empty.
            (None, None)
                if checked.problems.iter().any(|known| is_of(known, self, "credit_code")) => {}
            _ => self.problem(
                checked,
                "credit_code",
                "填统一社会信用代码；确实没有的，在“无代码原因”列写明（二者填一个）",
                "give the credit code, or in no_code_reason why there is none (one of the two)",
            ),
        }
    }

    fn check_officer(&self, checked: &mut CheckedRow) {
        if let Some(text) = checked.values.get("role") {
            let of = |role: &&Role| role.word() == text || role.term() == text;
            match Role::ALL.iter().find(of) {
                Some(role) => {
                    checked.values.insert("role", role.word().to_owned());
                }
                None => {
                    let terms: Vec<&str> = Role::ALL.iter().map(|role| role.term()).collect();
                    let words: Vec<&str> = Role::ALL.iter().map(|role| role.word()).collect();
                    let zh = format!("没有“{text}”这种身份，可用：{}", terms.join("、"));
                    let en =
                        format!("there is no role \"{text}\", use one of: {}", words.join(", "));
                    self.problem(checked, "role", &zh, &en);
                }
            }
        }
        self.check_post(checked);
        if let Some(Err(problem)) = checked.values.get("id_number").map(|id| check_resident_id(id))
        {
            self.problem(checked, "id_number", &problem.zh, &problem.en);
        }
        if checked.values.contains_key("certificate_valid_until")
            && !checked.values.contains_key("certificate_no")
        {
            let (zh, en) =
                ("有有效期而没有执法证号", "there is a last day and no certificate number");
            self.problem(checked, "certificate_no", zh, en);
        }
    }

    /// Marks the rows that say again what an earlier row says: by each key of the kind.
    fn check_post(&self, checked: &mut CheckedRow) {
        if let Some(text) = checked.values.get("post").cloned() {
            let of = |post: &&PostKind| post.word() == text || post.term() == text;
            match PostKind::ALL.iter().find(of) {
                Some(post) => {
                    checked.values.insert("post", post.word().to_owned());
                }
                None => {
                    let terms: Vec<&str> = PostKind::ALL.iter().map(|post| post.term()).collect();
                    let words: Vec<&str> = PostKind::ALL.iter().map(|post| post.word()).collect();
                    let zh = format!("没有“{text}”这种岗位，可用：{}", terms.join("、"));
                    let en =
                        format!("there is no post \"{text}\", use one of: {}", words.join(", "));
                    self.problem(checked, "post", &zh, &en);
                }
            }
        }
        if let Some(text) = checked.values.get("on_post").cloned() {
            let known = ON_POST.iter().find(|(word, _)| *word == text.to_lowercase());
            match known {
                Some((_, on)) => {
                    checked.values.insert("on_post", on_post_word(*on).to_owned());
                }
                None => {
                    let zh = format!("“{text}”看不出是否在岗，请写 是 或 否");
                    let en = format!("\"{text}\" does not say whether on post: write yes or no");
                    self.problem(checked, "on_post", &zh, &en);
                }
            }
        }
    }

    fn find_repeated(&self, rows: &mut [CheckedRow]) {
        let mut first: HashMap<Vec<String>, u32> = HashMap::new();
        for checked in rows {
            for key in keys(self.kind, &checked.values) {
                let field = key[0].clone();
                let row = *first.entry(key).or_insert(checked.row);
                if row != checked.row {
                    let zh = format!("与第 {row} 行重复，请删去或改正其中一行");
                    let en = format!("repeats row {row}: remove or mend one of them");
                    self.problem(checked, &field, &zh, &en);
                }
            }
        }
    }

    fn problem(&self, checked: &mut CheckedRow, field: &str, zh: &str, en: &str) {
        let spot = self.spot_of(checked.row, field);
        checked.problems.push(Remark { spot, zh: zh.to_owned(), en: en.to_owned() });
    }

    fn note(&self, checked: &mut CheckedRow, field: &str, zh: &str, en: &str) {
        let spot = self.spot_of(checked.row, field);
        checked.notes.push(Remark { spot, zh: zh.to_owned(), en: en.to_owned() });
    }
}

/// How ledgers say whether somebody is on post.
const ON_POST: &[(&str, bool)] = &[
    ("是", true),
    ("在岗", true),
    ("在", true),
    ("√", true),
    ("yes", true),
    ("true", true),
    ("否", false),
    ("不在岗", false),
    ("离岗", false),
    ("不在", false),
    ("×", false),
    ("no", false),
    ("false", false),
];

/// How the state is held in a row's values: a cell has no other type than text.
pub(crate) fn on_post_word(on: bool) -> &'static str {
    if on { "yes" } else { "no" }
}

/// What makes two rows, or a row and what is stored, the same thing: each key begins with the
/// field that it is about. Without a number of its own an entity is known by two fields together.
pub(super) fn keys(kind: RowKind, values: &BTreeMap<&'static str, String>) -> Vec<Vec<String>> {
    let (numbers, words): (&[&str], [&str; 2]) = match kind {
        RowKind::Enterprise => (&["credit_code"], ["name", "address"]),
        RowKind::Officer => (&["certificate_no", "id_number"], ["name", "organisation"]),
    };
    let text = |field: &str| values.get(field).cloned();
    let mut keys: Vec<Vec<String>> =
        numbers.iter().filter_map(|field| Some(vec![(*field).to_owned(), text(field)?])).collect();
    if let (true, Some(one), Some(two)) = (keys.is_empty(), text(words[0]), text(words[1])) {
        keys.push(vec![words[0].to_owned(), one, two]);
    }
    keys
}

fn is_of(remark: &Remark, rows: &SheetRows, field: &str) -> bool {
    remark.spot.row.is_some_and(|row| remark.spot == rows.spot_of(row, field))
}

fn is_scientific(text: &str) -> bool {
    let Some((digits, power)) = text.split_once(['E', 'e']) else { return false };
    let Some(power) = power.strip_prefix('+') else { return false };
    !power.is_empty()
        && power.bytes().all(|byte| byte.is_ascii_digit())
        && digits.contains('.')
        && digits.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.')
}
