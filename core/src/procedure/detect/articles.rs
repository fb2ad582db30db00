//! Citations of law: whether one names an old version, or the number that an article had in it.

use chrono::NaiveDate;

use crate::domain::{china_day, parse_day};

/// Articles that have another number since.
const TABLE: &str = include_str!("old_articles.tsv");

/// One article that moved.
struct Moved {
    law: &'static str,
    old_version: &'static str,
    old: u32,
    new_version: &'static str,
    new: u32,
    from: NaiveDate,
}

fn moved() -> impl Iterator<Item = Moved> {
    let lines = TABLE.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines.filter_map(|line| {
        let columns: Vec<&str> = line.split('\t').collect();
        let [law, old_version, old, new_version, new, from] = columns[..] else { return None };
        let (old, new) = (old.parse().ok()?, new.parse().ok()?);
        Some(Moved { law, old_version, old, new_version, new, from: parse_day(from)? })
    })
}

/// What is old about a citation on a day, in words; none when nothing is. A citation without a
/// version is old when the penalty that it stands for lies in the article's new place.
pub(super) fn old_citation(cited: &str, penalty: Option<&str>, wall_ms: i64) -> Option<String> {
    let day = china_day(wall_ms)?;
    let numbers = articles(cited);
    let of_law = || moved().filter(|moved| day >= moved.from && names(cited, moved.law));
    let is_old =
        |moved: &Moved| cited.contains(moved.old_version) && !cited.contains(moved.new_version);
    if let Some(law) = of_law().find(is_old) {
        let known = of_law().find(|moved| numbers.contains(&moved.old));
        let version = format!("{}（{}）", law.law, law.old_version);
        return Some(known.map_or(version, |moved| moved.words()));
    }
    let of_penalty = penalty.and_then(penalty_article);
    let is_moved = |moved: &Moved| {
        numbers.contains(&moved.old)
            && !numbers.contains(&moved.new)
            && of_penalty == Some(moved.new)
    };
    let unversioned = !cited.chars().any(|c| c.is_ascii_digit());
    of_law().find(is_moved).filter(|_| unversioned).map(|moved| moved.words())
}

impl Moved {
    fn words(&self) -> String {
        let Self { law, old, new_version, new, .. } = self;
        format!("{law}第{old}条，{new_version}年版为第{new}条")
    }
}

/// The article of 安全生产法 in a code of the penalty table, such as `P99(2)` or `P103a`.
fn penalty_article(code: &str) -> Option<u32> {
    let rest = code.strip_prefix('P')?;
    let end = rest.find(|c: char| !c.is_ascii_digit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// Whether a citation is of this law and not of a regional one whose name ends the same.
fn names(cited: &str, law: &str) -> bool {
    cited.match_indices(law).any(|(at, _)| !cited[..at].ends_with("化学品"))
}

/// The articles that a citation names, written `第九十一条` or `第91条`.
fn articles(cited: &str) -> Vec<u32> {
    cited
        .split('第')
        .skip(1)
        .filter_map(|rest| number(rest.split('条').next().filter(|_| rest.contains('条'))?))
        .collect()
}

/// A number below a thousand, in Chinese or in digits.
fn number(text: &str) -> Option<u32> {
    if let Ok(number) = text.parse() {
        return Some(number);
    }
    let (mut sum, mut digit) = (0, None);
    for c in text.chars() {
        let unit = match c {
            '百' => 100,
            '十' => 10,
            '零' => continue,
            _ => {
                let value = "一二三四五六七八九".chars().position(|known| known == c)?;
                digit = Some(u32::try_from(value).ok()? + 1);
                continue;
            }
        };
        sum += digit.take().unwrap_or(1) * unit;
    }
    Some(sum + digit.unwrap_or(0)).filter(|number| *number > 0)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// 2026-11-23 in China.
    const NOW_MS: i64 = 1_795_424_400_000;

    /// 2021-08-31 in China: the day before the new numbers.
    const BEFORE_MS: i64 = 1_630_382_400_000;

    #[test]
    fn every_line_of_the_table_is_read() {
        let lines = TABLE.lines().filter(|line| !line.starts_with('#')).count() - 1;
        assert_eq!(moved().count(), lines);
    }

    #[test]
    fn articles_are_read_in_chinese_and_in_digits() {
        let cited = "安全生产法（2021）第三十六条第一款、第一百零二条，第99条和第十条、第二十条";
        assert_eq!(articles(cited), [36, 102, 99, 10, 20]);
        assert_eq!(articles("第一款"), [0; 0]);
    }

    #[test]
    fn an_old_version_or_an_old_number_is_found_and_the_new_ones_pass() {
        let old = |cited: &str, penalty| old_citation(cited, penalty, NOW_MS);
        assert!(old("安全生产法（2014）第九十一条", None).unwrap().contains("第94条"));
        assert!(old("安全生产法（2014）第三条", None).unwrap().contains("2014"));
        assert!(old("安全生产法第九十六条", Some("P99(2)")).unwrap().contains("第99条"));
        assert!(old("安全生产法第九十六条", Some("P99")).unwrap().contains("第99条"));
        for sound in
            ["安全生产法（2021）第三十六条", "安全生产法第九十九条", "山东省安全生产条例（2021）"]
        {
            assert_eq!(old(sound, Some("P99")), None, "{sound}");
        }
        assert_eq!(old_citation("安全生产法（2014）第九十一条", None, BEFORE_MS), None);
    }
}
