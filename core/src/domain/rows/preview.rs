//! Every row of a file beside what is stored: what would be added, what is there, what differs.

use std::collections::{BTreeMap, HashMap, HashSet};

use angen_ledger::id::EntityId;
use angen_tables::Encoding;

use crate::domain::masked;
use crate::domain::rows::check::keys;
use crate::domain::rows::{CheckedRow, Remark, RowKind, SheetRows};

/// Something of the kind of the rows that is stored.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Known {
    /// The entity.
    pub entity: EntityId,
    /// Its values by field, as a row would have them.
    pub values: BTreeMap<&'static str, String>,
}

/// A field that a row says otherwise than the store. Personal data is masked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Difference {
    /// The field.
    pub field: &'static str,
    /// What is stored; none when nothing is.
    pub stored: Option<String>,
    /// What the row says.
    pub given: String,
}

/// What importing a row would do.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum RowState {
    /// It cannot be taken: see its problems.
    Wrong,
    /// It would be added.
    New,
    /// It is stored already and says nothing else. An empty cell says nothing.
    Same(EntityId),
    /// It is stored already with other values.
    Differs(EntityId, Vec<Difference>),
}

/// One row.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PreviewRow {
    /// The row, checked.
    pub checked: CheckedRow,
    /// What importing it would do.
    pub state: RowState,
}

/// A whole file before it is imported.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What the rows are.
    pub kind: RowKind,
    /// The sheet that was read; empty for a .csv.
    pub sheet: String,
    /// The encoding of a .csv.
    pub encoding: Option<Encoding>,
    /// What is to be said of the whole file: columns and sheets that were not read.
    pub notes: Vec<Remark>,
    /// The rows in the order of the sheet.
    pub rows: Vec<PreviewRow>,
}

impl PreviewRow {
    /// The values as they may be shown: personal data masked.
    #[must_use]
    pub fn shown(&self, kind: RowKind) -> BTreeMap<&'static str, String> {
        let values = self.checked.values.iter();
        values.map(|(field, value)| (*field, show(kind, field, value))).collect()
    }
}

impl Preview {
    /// How many rows are wrong, new, the same, and different.
    #[must_use]
    pub fn counts(&self) -> [usize; 4] {
        let mut counts = [0; 4];
        for row in &self.rows {
            counts[match row.state {
                RowState::Wrong => 0,
                RowState::New => 1,
                RowState::Same(_) => 2,
                RowState::Differs(..) => 3,
            }] += 1;
        }
        counts
    }
}

/// Checks the rows and compares them with what is stored.
#[must_use]
pub fn preview(rows: &SheetRows, known: &[Known]) -> Preview {
    let kind = rows.kind;
    let mut by_key: HashMap<Vec<String>, &Known> = HashMap::new();
    for stored in known {
        for key in keys(kind, &stored.values) {
            by_key.entry(key).or_insert(stored);
        }
    }
    let names: HashSet<&String> = known.iter().filter_map(|one| one.values.get("name")).collect();
    let compare = |mut checked: CheckedRow| {
        let found: Vec<&Known> =
            keys(kind, &checked.values).iter().filter_map(|key| by_key.get(key).copied()).collect();
        if let [one, two, ..] = found.as_slice()
            && one.entity != two.entity
        {
            checked.problems.push(Remark {
                spot: rows.spot_of(checked.row, "id_number"),
                zh: "证号和身份证号分属台账里的两个人，请核对".to_owned(),
                en: "the two numbers belong to two people who are stored: check them".to_owned(),
            });
        }
        let state = match found.first() {
            _ if !checked.problems.is_empty() => RowState::Wrong,
            None => RowState::New,
            Some(stored) => differences(kind, stored, &checked),
        };
        if state == RowState::New && checked.values.get("name").is_some_and(|n| names.contains(n)) {
            checked.notes.push(Remark {
                spot: rows.spot_of(checked.row, "name"),
                zh: "已有同名的，号码不同或没有号码，请核对是否同一个".to_owned(),
                en: "one of this name is stored with another number or none: is it the same?"
                    .to_owned(),
            });
        }
        PreviewRow { checked, state }
    };
    Preview {
        kind,
        sheet: rows.spot.sheet.clone(),
        encoding: rows.encoding,
        notes: rows.notes.clone(),
        rows: rows.check().into_iter().map(compare).collect(),
    }
}

fn differences(kind: RowKind, stored: &Known, checked: &CheckedRow) -> RowState {
    let differs = |(field, given): (&&'static str, &String)| {
        let held = stored.values.get(*field);
        (held != Some(given)).then(|| Difference {
            field,
            stored: held.map(|held| show(kind, field, held)),
            given: show(kind, field, given),
        })
    };
    let differences: Vec<Difference> = checked.values.iter().filter_map(differs).collect();
    if differences.is_empty() {
        return RowState::Same(stored.entity);
    }
    RowState::Differs(stored.entity, differences)
}

fn show(kind: RowKind, field: &str, value: &str) -> String {
    let secret = kind.columns().iter().any(|column| column.field == field && column.secret);
    if secret { masked(value) } else { value.to_owned() }
}
