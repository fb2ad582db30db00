//! The penalty clauses 罚则 as dated data: law, article, and the highest fines that caps speak of.

use std::sync::LazyLock;

use chrono::NaiveDate;

use crate::domain::{CapSubject, parse_day};

/// The clauses, one a line.
const TABLE: &str = include_str!("penalties.tsv");

/// The stage of an act: laws fine more when it is not corrected in time, or serious.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum FineStage {
    /// As it was found.
    #[default]
    First,
    /// Not corrected in time, or serious 逾期未改或者情节严重.
    Later,
}

/// A penalty clause.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Penalty {
    /// Its code, such as `P99`.
    pub code: &'static str,
    /// Law, version and article.
    pub law: &'static str,
    /// Who may fine: `EM` or `FR`.
    pub authority: &'static str,
    /// The highest fines: of a unit and of a person, first stage and later.
    max: [[Option<i64>; 2]; 2],
    /// First day on which the clause is in force.
    pub from: NaiveDate,
    /// Last day; none while it is in force.
    pub until: Option<NaiveDate>,
    /// Whether the amounts were read in the law: what was not warns and never blocks.
    pub is_confirmed: bool,
}

impl Penalty {
    /// The highest fine; none where the clause has none, or none that is fixed.
    #[must_use]
    pub fn max(&self, subject: CapSubject, stage: FineStage) -> Option<i64> {
        let of = match subject {
            CapSubject::Unit => 0,
            CapSubject::Person => 1,
        };
        self.max[usize::from(stage == FineStage::Later)][of]
    }

    /// Whether the clause is in force on a day.
    #[must_use]
    pub fn is_in_force(&self, day: NaiveDate) -> bool {
        self.from <= day && self.until.is_none_or(|last| day <= last)
    }
}

/// Every clause.
#[must_use]
pub fn penalties() -> &'static [Penalty] {
    static PENALTIES: LazyLock<Vec<Penalty>> =
        LazyLock::new(|| read(TABLE).expect("the table of this build is tested"));
    &PENALTIES
}

/// The clause of a code. An item in brackets (`P99(2)`) belongs to its clause.
#[must_use]
pub fn penalty(code: &str) -> Option<&'static Penalty> {
    let clause = code.split(['(', '（']).next().unwrap_or(code).trim();
    penalties().iter().find(|known| known.code == clause)
}

fn read(table: &'static str) -> Result<Vec<Penalty>, String> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| of_line(line).ok_or_else(|| line.to_owned())).collect()
}

fn of_line(line: &'static str) -> Option<Penalty> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [code, law, authority, unit, person, later_unit, later_person, from, until, mark] =
        cells[..]
    else {
        return None;
    };
    let yuan = |cell: &str| if cell == "-" { Some(None) } else { cell.parse().ok().map(Some) };
    Some(Penalty {
        code,
        law,
        authority,
        max: [[yuan(unit)?, yuan(person)?], [yuan(later_unit)?, yuan(later_person)?]],
        from: parse_day(from)?,
        until: if until == "-" { None } else { Some(parse_day(until)?) },
        is_confirmed: mark == "V",
    })
}

#[cfg(test)]
mod tests {
    use super::{FineStage, penalties, penalty};
    use crate::domain::{CapSubject, parse_day};

    #[test]
    fn every_clause_is_read_once_and_cites_law_version_and_article() {
        let all = penalties();
        assert_eq!(all.len(), 19);
        for clause in all {
            assert!(clause.law.contains('（') && clause.law.contains('第'), "{}", clause.law);
            assert_eq!(all.iter().filter(|other| other.code == clause.code).count(), 1);
            assert_eq!(penalty(clause.code), Some(clause));
        }
        assert!(!penalty("L21").unwrap().is_confirmed);
    }

    #[test]
    fn an_item_has_the_amounts_of_its_clause_and_a_later_stage_others() {
        let guard = penalty("P99(2)").unwrap();
        assert_eq!(guard.max(CapSubject::Unit, FineStage::First), Some(50_000));
        assert_eq!(guard.max(CapSubject::Unit, FineStage::Later), Some(200_000));
        assert_eq!(guard.max(CapSubject::Person, FineStage::First), None);
        assert_eq!(penalty("P999"), None);
        assert_eq!(penalty("P9"), None, "a code is whole");
    }

    #[test]
    fn a_clause_is_in_force_from_the_day_of_its_law() {
        let chemicals = penalty("HC101").unwrap();
        assert!(!chemicals.is_in_force(parse_day("2026-04-30").unwrap()));
        assert!(chemicals.is_in_force(parse_day("2026-05-01").unwrap()));
    }
}
