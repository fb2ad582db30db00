//! How often an enterprise was checked in a year, and by which level: shown when a check is
//! planned. It warns and never blocks: 国办发〔2024〕54号 asks for fewer checks and sets no number,
//! and a complaint or a major hazard has to be looked at however often.

use std::collections::BTreeMap;

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use chrono::{Datelike as _, NaiveDate};

use crate::domain::{Check, Dossier, Enterprise, Noun, Source, china_day, read_all};
use crate::error::Result;
use crate::procedure::visit::read_standing;

/// The level of the body that checks, by its division code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Level {
    /// 乡镇、街道.
    Township,
    /// 县、区.
    District,
    /// 市.
    City,
    /// 省.
    Province,
}

/// The checks of one enterprise in one year.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Frequency {
    /// The year.
    pub year: i32,
    /// How many checks were planned or made, by level.
    pub by_level: BTreeMap<Level, usize>,
    /// The day of the last one.
    pub last: Option<NaiveDate>,
    /// The ops that planned them.
    pub ops: Vec<Hash>,
}

impl Level {
    /// The level of a division code: 2, 4, 6 or 9 digits and more.
    #[must_use]
    pub fn of_area(area: &str) -> Self {
        match area.len() {
            0..=2 => Self::Province,
            3..=4 => Self::City,
            5..=6 => Self::District,
            _ => Self::Township,
        }
    }

    /// The Chinese term.
    #[must_use]
    pub const fn term(self) -> &'static str {
        match self {
            Self::Township => "乡镇（街道）",
            Self::District => "区县",
            Self::City => "市级",
            Self::Province => "省级",
        }
    }

    /// The word in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Township => "township",
            Self::District => "district",
            Self::City => "city",
            Self::Province => "province",
        }
    }
}

impl Frequency {
    /// How many checks there were.
    #[must_use]
    pub fn count(&self) -> usize {
        self.by_level.values().sum()
    }
}

/// The checks of an enterprise in the year of a day, those with the same credit code counted
/// together. `except` is the check that asks.
///
/// # Errors
/// What the source returns.
pub fn frequency(
    source: &dyn Source,
    enterprise: EntityId,
    day: NaiveDate,
    except: Option<DossierId>,
) -> Result<Frequency> {
    let mut dossiers: Vec<Dossier> = Vec::new();
    for id in source.dossiers()? {
        dossiers.extend(Dossier::from_fields(id.into(), &source.fields(id, id.into())?));
    }
    let code_of = |id: EntityId| -> Result<Option<String>> {
        let known: Option<Enterprise> = read_standing(source, &dossiers, "register", id)?;
        Ok(known.and_then(|known| known.credit_code))
    };
    let code = code_of(enterprise)?;
    let year = day.year();
    let mut found = Frequency { year, by_level: BTreeMap::new(), last: None, ops: Vec::new() };
    let checks = dossiers.iter().filter(|held| held.kind == "check");
    for held in checks.filter(|held| Some(held.dossier) != except) {
        let Some(check) = read_all::<Check>(source, held.dossier)?.into_iter().next() else {
            continue;
        };
        let same = check.enterprise == enterprise
            || (code.is_some() && code_of(check.enterprise)? == code);
        let written = source.fields(held.dossier, check.check)?;
        let begun = written.written().iter().map(|op| op.wall_ms).min().and_then(china_day);
        if let (true, Some(on)) = (same, begun.filter(|on| on.year() == year)) {
            *found.by_level.entry(Level::of_area(&held.area)).or_default() += 1;
            found.last = found.last.max(Some(on));
            found.ops.extend(check.op);
        }
    }
    Ok(found)
}
