//! The penalty clauses 罚则 as dated data: law, article, and the highest fines that caps speak of.

use std::sync::LazyLock;

use angen_ledger::verify::Lang;
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
    /// The same in English.
    pub law_en: &'static str,
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

/// Codes in words: the clause of each, with its items. Several stand with blanks between them; one
/// that is not in the table stays as it is.
#[must_use]
pub fn penalties_in_words(codes: &str, lang: Lang) -> String {
    let words: Vec<String> = codes.split_whitespace().map(|code| in_words(code, lang)).collect();
    words.join(if lang == Lang::Zh { "；" } else { "; " })
}

fn in_words(code: &str, lang: Lang) -> String {
    let Some(clause) = penalty(code) else { return code.to_owned() };
    let items = code[clause.code.len()..].split(|sign: char| !sign.is_ascii_digit());
    let items: Vec<usize> = items.filter_map(|item| item.parse().ok()).collect();
    match lang {
        Lang::Zh => {
            let items: Vec<String> =
                items.into_iter().map(|item| format!("第{}项", zh(item))).collect();
            format!("{}{}", clause.law, items.join("、"))
        }
        Lang::En if items.is_empty() => clause.law_en.to_owned(),
        Lang::En => {
            let items: Vec<String> = items.into_iter().map(|item| item.to_string()).collect();
            let noun = if items.len() == 1 { "item" } else { "items" };
            format!("{}, {noun} {}", clause.law_en, items.join(" and "))
        }
    }
}

/// The number of an item as laws write it: 二, 十, 十二, 二十一. No law has a hundred items.
fn zh(number: usize) -> String {
    const DIGITS: [&str; 10] = ["", "一", "二", "三", "四", "五", "六", "七", "八", "九"];
    let (tens, ones) = (number / 10 % 10, DIGITS[number % 10]);
    match tens {
        0 => ones.to_owned(),
        1 => format!("十{ones}"),
        _ => format!("{}十{ones}", DIGITS[tens]),
    }
}

fn read(table: &'static str) -> Result<Vec<Penalty>, String> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.map(|line| of_line(line).ok_or_else(|| line.to_owned())).collect()
}

fn of_line(line: &'static str) -> Option<Penalty> {
    let cells: Vec<&'static str> = line.split('\t').collect();
    let [code, law, law_en, authority, unit, person, later_unit, later_person, from, until, mark] =
        cells[..]
    else {
        return None;
    };
    let yuan = |cell: &str| if cell == "-" { Some(None) } else { cell.parse().ok().map(Some) };
    Some(Penalty {
        code,
        law,
        law_en,
        authority,
        max: [[yuan(unit)?, yuan(person)?], [yuan(later_unit)?, yuan(later_person)?]],
        from: parse_day(from)?,
        until: if until == "-" { None } else { Some(parse_day(until)?) },
        is_confirmed: mark == "V",
    })
}

#[cfg(test)]
mod tests {
    use angen_ledger::verify::Lang;

    use super::{FineStage, penalties, penalties_in_words, penalty};
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
    fn a_code_is_told_as_law_article_and_items_and_one_that_nobody_knows_as_it_is() {
        let told = [
            (
                "P99(2)",
                "安全生产法（2021）第九十九条第二项",
                "Work Safety Law (2021), article 99, item 2",
            ),
            (
                "P99(2)(3)",
                "安全生产法（2021）第九十九条第二项、第三项",
                "Work Safety Law (2021), article 99, items 2 and 3",
            ),
            (
                "P103b",
                "安全生产法（2021）第一百零三条第二款",
                "Work Safety Law (2021), article 103, paragraph 2",
            ),
            (
                "HC101(12)",
                "危险化学品安全法（2025）第一百零一条第十二项",
                "Hazardous Chemicals Safety Law (2025), article 101, item 12",
            ),
            (
                "P98(20) P999",
                "安全生产法（2021）第九十八条第二十项；P999",
                "Work Safety Law (2021), article 98, item 20; P999",
            ),
            ("", "", ""),
        ];
        for (code, zh, en) in told {
            assert_eq!(penalties_in_words(code, Lang::Zh), zh);
            assert_eq!(penalties_in_words(code, Lang::En), en);
        }
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
