//! How a party is told of review and lawsuit (复议与诉讼告知), by the day of the act.
//!
//! The law changed: since 2024 the act of a local department is reviewed by the people's government
//! of the same level alone; before, the upper department could be chosen as well. The rule that was
//! in force on the day of the document is taken from a dated table, in words of our own.
use chrono::NaiveDate;

use crate::content::{FieldName, Piece};
use crate::entry::Entry;
use crate::gather::Gather;

/// Who reviews and who judges, for one agency.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Remedies {
    /// The people's government of the same level (同级人民政府).
    pub government: Entry,
    /// The department above (上一级主管部门); asked for only on days before 2024.
    pub upper_department: Entry,
    /// The court of first instance (人民法院).
    pub court: Entry,
}

/// One dated rule.
struct Rule {
    /// The first day on which it holds.
    from: (i32, u32, u32),
    /// True when the department above may be chosen for review.
    upper_department: bool,
    /// The law on review, with the articles on the body and on the time.
    review_law: &'static str,
}

/// Days in which a review can be asked for, counted from the day on which the act became known.
const REVIEW_DAYS: u32 = 60;

/// Months in which a lawsuit can be brought. 行政诉讼法（2017年修正）第四十六条.
const LAWSUIT_MONTHS: &str = "六个月";

const LAWSUIT_LAW: &str = "《中华人民共和国行政诉讼法》（2017年修正）第四十六条";

/// The newest first.
const RULES: [Rule; 2] = [
    Rule {
        from: (2024, 1, 1),
        upper_department: false,
        review_law: "《中华人民共和国行政复议法》（2023年修订）第二十条、第二十四条",
    },
    Rule {
        from: (1999, 10, 1),
        upper_department: true,
        review_law: "《中华人民共和国行政复议法》（1999年，2017年修正）第九条、第十二条",
    },
];

const GOVERNMENT: FieldName =
    FieldName::new("review_government", "复议机关（同级人民政府）", "government that reviews");
const UPPER: FieldName =
    FieldName::new("review_department", "复议机关（上一级主管部门）", "department that reviews");
const COURT: FieldName = FieldName::new("court", "人民法院", "court");

/// The paragraph that tells the party. A day before the oldest rule takes the oldest.
pub(crate) fn paragraph(gather: &mut Gather, remedies: &Remedies, day: NaiveDate) -> Vec<Piece> {
    let rule = rule_on(day);
    let mut pieces = vec![
        Piece::words(format!("如不服本指令，可自知道之日起{REVIEW_DAYS}日内向")),
        Piece::Field(gather.printed(GOVERNMENT, &remedies.government)),
    ];
    if rule.upper_department {
        pieces.push(Piece::words("或者"));
        pieces.push(Piece::Field(gather.printed(UPPER, &remedies.upper_department)));
    }
    pieces.push(Piece::words(format!(
        "申请行政复议（依据{}）；也可自知道之日起{LAWSUIT_MONTHS}内直接向",
        rule.review_law
    )));
    pieces.push(Piece::Field(gather.printed(COURT, &remedies.court)));
    pieces.push(Piece::words(format!(
        "提起行政诉讼（依据{LAWSUIT_LAW}）。复议、诉讼期间本指令照常执行，法律另有规定的除外。"
    )));
    pieces
}

fn rule_on(day: NaiveDate) -> &'static Rule {
    let since = |rule: &&Rule| {
        let (year, month, first) = rule.from;
        NaiveDate::from_ymd_opt(year, month, first).is_some_and(|from| from <= day)
    };
    RULES.iter().find(since).unwrap_or(&RULES[RULES.len() - 1])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(year: i32, month: u32, day: u32) -> NaiveDate {
        NaiveDate::from_ymd_opt(year, month, day).unwrap()
    }

    #[test]
    fn the_upper_department_is_named_until_the_end_of_2023() {
        assert!(rule_on(day(2021, 9, 1)).upper_department);
        assert!(rule_on(day(2023, 12, 31)).upper_department);
        assert!(!rule_on(day(2024, 1, 1)).upper_department);
        assert!(!rule_on(day(2026, 11, 24)).upper_department);
    }

    #[test]
    fn the_newest_rule_comes_first() {
        let days: Vec<_> = RULES.iter().map(|rule| rule.from).collect();
        assert!(days.windows(2).all(|pair| pair[0] > pair[1]), "{days:?}");
    }
}
