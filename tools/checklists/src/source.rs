//! Reads the text sources: tab-separated lines with a header, checked as they are read.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

/// A source that is missing or wrong, and where.
#[derive(Debug, thiserror::Error)]
pub enum SourceError {
    /// The file cannot be read.
    #[error("cannot read {path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
    /// A line is wrong.
    #[error("{path}, line {line}: {what}")]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What is wrong and what to do.
        what: String,
    },
}

/// One reading that an item asks for (测量值).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Measurement {
    /// The end of its name: `o2` makes `LS07_o2`.
    pub suffix: String,
    /// `integer` or `decimal`.
    pub kind: String,
    /// What is measured, in Chinese.
    pub zh: String,
    /// What is measured, in English.
    pub en: String,
    /// The unit, as the label shows it.
    pub unit: String,
    /// The smallest value that can be a reading.
    pub min: String,
    /// The largest value that can be a reading.
    pub max: String,
}

/// One item (条目): a requirement that a site meets or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// Two letters of the list and a number: `MW01`.
    pub id: String,
    /// The requirement in Chinese.
    pub zh: String,
    /// The requirement in English.
    pub en: String,
    /// Advice on site in Chinese; may be empty.
    pub hint_zh: String,
    /// Advice on site in English; may be empty.
    pub hint_en: String,
    /// The legal basis in codes: `WSL 36; GB 5083-2023`.
    pub basis: String,
    /// The legal basis spelled out: `安全生产法（2021年修正）第36条；GB 5083-2023`.
    pub legal_basis: String,
    /// `no`, a criterion such as `O10-7(7)`, `other` (another body's rule), `to_confirm`, or `-`.
    pub major_hazard: String,
    /// Penalty codes, separated by spaces; `transfer` where another body decides; `-` for none.
    pub penalty: String,
    /// EM, FR, MS, EE, separated by spaces.
    pub authority: String,
    /// Evidence letters, separated by spaces.
    pub evidence: String,
    /// `confirmed` when the cited text was read, `to_confirm` when it was not.
    pub source_state: String,
    /// The readings that it asks for.
    pub measurements: Vec<Measurement>,
}

/// One list, the source of one workbook.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checklist {
    /// `mw`, `ls`, `hc`, `fe` or `gm`.
    pub name: String,
    /// The version of the form.
    pub version: String,
    /// The title in Chinese.
    pub zh: String,
    /// The title in English.
    pub en: String,
    /// A warning in Chinese before the first item; may be empty.
    pub stop_zh: String,
    /// The same in English.
    pub stop_en: String,
    /// The items, in the order of the source.
    pub items: Vec<Item>,
}

/// Reads all lists of a folder, in the order of `lists.tsv`.
///
/// # Errors
/// The first file that cannot be read, or the first line that is wrong.
pub fn read_sources(folder: &Path) -> Result<Vec<Checklist>, SourceError> {
    let laws = Table::read(folder.join("laws.tsv"))?;
    let laws: BTreeMap<&str, &str> =
        laws.rows.iter().map(|row| (row.get("code"), row.get("zh"))).collect();
    let measurements = Table::read(folder.join("measurements.tsv"))?;
    let lists = Table::read(folder.join("lists.tsv"))?;
    let mut all = Vec::new();
    for list in &lists.rows {
        let name = list.get("list").to_owned();
        let table = Table::read(folder.join(format!("{name}.tsv")))?;
        let mut items = Vec::new();
        for row in &table.rows {
            items.push(read_item(&table, row, &laws, &measurements)?);
        }
        let text = |column| list.get(column).to_owned();
        all.push(Checklist {
            version: text("version"),
            zh: text("zh"),
            en: text("en"),
            stop_zh: text("stop_zh"),
            stop_en: text("stop_en"),
            items,
            name,
        });
    }
    let known = |id: &str| all.iter().flat_map(|list| &list.items).any(|item| item.id == id);
    match measurements.rows.iter().find(|row| !known(row.get("item"))) {
        Some(row) => Err(measurements.wrong(row, "no list has this item; mend the first column")),
        None => Ok(all),
    }
}

fn read_item(
    table: &Table,
    row: &Row,
    laws: &BTreeMap<&str, &str>,
    measurements: &Table,
) -> Result<Item, SourceError> {
    let text = |column| row.get(column).to_owned();
    for column in ["id", "zh", "en", "basis", "major_hazard", "penalty", "authority", "evidence"] {
        if row.get(column).is_empty() {
            return Err(table.wrong(row, &format!("{column} is empty; fill it, or write -")));
        }
    }
    if !["confirmed", "to_confirm"].contains(&row.get("source_state")) {
        return Err(table.wrong(row, "source_state is confirmed or to_confirm"));
    }
    let of_item = measurements.rows.iter().filter(|m| m.get("item") == row.get("id"));
    let measurement = |m: &Row| Measurement {
        suffix: m.get("suffix").to_owned(),
        kind: m.get("kind").to_owned(),
        zh: m.get("zh").to_owned(),
        en: m.get("en").to_owned(),
        unit: m.get("unit").to_owned(),
        min: m.get("min").to_owned(),
        max: m.get("max").to_owned(),
    };
    let measurements: Vec<Measurement> = of_item.map(measurement).collect();
    if row.get("evidence").contains('M') && measurements.is_empty() {
        return Err(table.wrong(row, "evidence M needs a line in measurements.tsv"));
    }
    Ok(Item {
        id: text("id"),
        zh: text("zh"),
        en: text("en"),
        hint_zh: text("hint_zh"),
        hint_en: text("hint_en"),
        basis: text("basis"),
        legal_basis: spell_out(row.get("basis"), laws),
        major_hazard: text("major_hazard"),
        penalty: text("penalty"),
        authority: text("authority"),
        evidence: text("evidence"),
        source_state: text("source_state"),
        measurements,
    })
}

/// `WSL 36(3)` becomes the law's name, version and article; a standard stays as it is.
fn spell_out(basis: &str, laws: &BTreeMap<&str, &str>) -> String {
    let spell = |part: &str| {
        let (code, rest) = part.split_once(' ').unwrap_or((part, ""));
        // `O19（2026-06-01起）` cites a whole rule and says from when.
        let (bare, since) = code.split_once('（').unwrap_or((code, ""));
        match laws.get(bare) {
            Some(law) if rest.is_empty() && since.is_empty() => (*law).to_owned(),
            Some(law) if rest.is_empty() => format!("{law}（{since}"),
            Some(law) => match rest.split_once('(') {
                Some((article, item)) => format!("{law}第{article}条({item}"),
                None => format!("{law}第{rest}条"),
            },
            None => part.to_owned(),
        }
    };
    basis.split(';').map(|part| spell(part.trim())).collect::<Vec<_>>().join("；")
}

#[derive(Debug)]
struct Row {
    line: usize,
    cells: BTreeMap<String, String>,
}

impl Row {
    fn get(&self, column: &str) -> &str {
        self.cells.get(column).map(String::as_str).unwrap_or_default()
    }
}

#[derive(Debug)]
struct Table {
    path: PathBuf,
    rows: Vec<Row>,
}

impl Table {
    fn read(path: PathBuf) -> Result<Table, SourceError> {
        let text = std::fs::read_to_string(&path)
            .map_err(|error| SourceError::File { path: path.clone(), error })?;
        let mut table = Table { path, rows: Vec::new() };
        let mut header: Vec<&str> = Vec::new();
        for (line, content) in (1..).zip(text.lines()) {
            let cells: Vec<&str> = content.split('\t').map(str::trim).collect();
            if line == 1 {
                header = cells;
                continue;
            }
            let named = header.iter().zip(&cells).map(|(h, c)| ((*h).to_owned(), (*c).to_owned()));
            let row = Row { line, cells: named.collect() };
            if cells.len() != header.len() {
                let what = format!("{} cells, the header has {}", cells.len(), header.len());
                return Err(table.wrong(&row, &what));
            }
            table.rows.push(row);
        }
        Ok(table)
    }

    fn wrong(&self, row: &Row, what: &str) -> SourceError {
        SourceError::Line { path: self.path.clone(), line: row.line, what: what.to_owned() }
    }
}
