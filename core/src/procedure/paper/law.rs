//! By which articles a check is made, as dated data. Articles move when a law is amended.

use angen_documents::Citation;
use chrono::NaiveDate;

use crate::domain::parse_day;

/// A power to check: from which day, in which areas, and where it is written.
struct Power {
    from: &'static str,
    until: Option<&'static str>,
    /// Beginning of the division code; empty for the whole country.
    area: &'static str,
    law: &'static str,
    version: &'static str,
    article: &'static str,
}

/// Powers to enter, read papers and ask; the nation's first. The article of 2014 is to be
/// confirmed (the amendment of 2021 moved it by three).
const POWERS: &[Power] = &[
    Power {
        from: "2021-09-01",
        until: None,
        area: "",
        law: "中华人民共和国安全生产法",
        version: "2021年修正",
        article: "第六十五条第一款",
    },
    Power {
        from: "2014-12-01",
        until: Some("2021-08-31"),
        area: "",
        law: "中华人民共和国安全生产法",
        version: "2014年修正",
        article: "第六十二条第一款",
    },
    Power {
        from: "2022-03-01",
        until: None,
        area: "37",
        law: "山东省安全生产条例",
        version: "2021年修订",
        article: "第四十七条",
    },
];

/// The articles that give the power to check in an area on a day.
pub(super) fn power_to_check(area: &str, day: NaiveDate) -> Vec<Citation> {
    let on = |power: &&Power| {
        let from = parse_day(power.from).is_some_and(|from| from <= day);
        let until = power.until.and_then(parse_day).is_none_or(|until| day <= until);
        from && until && area.starts_with(power.area)
    };
    let powers = POWERS.iter().filter(on);
    powers.map(|power| Citation::new(power.law, power.version, power.article)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn on(area: &str, day: &str) -> Vec<String> {
        let cited = power_to_check(area, parse_day(day).unwrap());
        cited.iter().map(ToString::to_string).collect()
    }

    #[test]
    fn s04_the_article_is_that_of_the_day() {
        assert_eq!(
            on("371102110", "2021-08-31"),
            ["《中华人民共和国安全生产法》（2014年修正）第六十二条第一款"]
        );
        assert_eq!(
            on("330226", "2026-09-15"),
            ["《中华人民共和国安全生产法》（2021年修正）第六十五条第一款"]
        );
        let both = on("371102110", "2022-03-01");
        assert_eq!(both[1], "《山东省安全生产条例》（2021年修订）第四十七条");
    }
}
