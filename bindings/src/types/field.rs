//! The fields of an entity in words, and how often an enterprise was checked.

use angen_core::action::{self, FieldContent};
use angen_core::domain::Bilingual;
use angen_core::procedure;
use angen_ledger::hash::Hash;

/// A field as it is shown.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FieldView {
    /// Its name.
    pub field: String,
    /// What it is called.
    pub label: Bilingual,
    /// The op that set it.
    pub op: Hash,
    /// The value in words; none where it is hidden, withheld or erased.
    pub value: Option<Bilingual>,
    /// Whether it is personal data 个人信息 that was not asked for.
    pub is_hidden: bool,
    /// The op that erased it, if one did.
    pub erased_by: Option<Hash>,
}

/// How often an enterprise was checked in a year 检查频次. It warns and never blocks
/// (国办发〔2024〕54号).
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FrequencyView {
    /// The year.
    pub year: i32,
    /// How many checks were planned or made.
    pub count: u64,
    /// How many by each level, the township first; a level without a check is left out.
    pub by_level: Vec<LevelCount>,
    /// The day of the last one, `2026-09-16`; none before the first.
    pub last: Option<String>,
}

/// How many checks bodies of one level made.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct LevelCount {
    /// What the level is called.
    pub level: Bilingual,
    /// How many.
    pub count: u64,
}

impl From<action::FieldView> for FieldView {
    fn from(view: action::FieldView) -> Self {
        let (value, is_hidden, erased_by) = match view.content {
            FieldContent::Shown(value) => {
                let words = |lang| angen_page::value_words(&view.field, &value, lang);
                (Some(Bilingual::say(words)), false, None)
            }
            FieldContent::Hidden => (None, true, None),
            FieldContent::Absent(erased_by) => (None, false, erased_by),
        };
        Self {
            label: Bilingual::say(|lang| angen_page::field_words(&view.field, lang)),
            field: view.field,
            op: view.op,
            value,
            is_hidden,
            erased_by,
        }
    }
}

impl From<procedure::Frequency> for FrequencyView {
    fn from(frequency: procedure::Frequency) -> Self {
        let level = |(level, count): (&procedure::Level, &usize)| LevelCount {
            level: Bilingual { zh: level.term().to_owned(), en: level.word().to_owned() },
            count: *count as u64,
        };
        Self {
            year: frequency.year,
            count: frequency.count() as u64,
            by_level: frequency.by_level.iter().map(level).collect(),
            last: frequency.last.map(|day| day.to_string()),
        }
    }
}
