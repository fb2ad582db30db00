//! Townships, streets and zones of Rizhao with their division codes, found by code or name.
//!
//! A code that is not in the table warns and never blocks: divisions change, and the table is
//! dated.

use std::sync::LazyLock;

use crate::domain::{FindName, FindWords};
use crate::error::Problem;

/// The divisions, one a line.
const TABLE: &str = include_str!("townships.tsv");

/// Names that are offered beside an unknown code: they fit on one line of a phone.
pub const NEAREST_MAX: usize = 3;

/// A township 乡镇、街道, or a zone with a code of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Township {
    /// The day until which its code was published, `2023-06-30`.
    pub cut_off: &'static str,
    /// Division code of the county or district.
    pub county_code: &'static str,
    /// The county or district.
    pub county: &'static str,
    /// Division code, 9 digits.
    pub code: &'static str,
    /// The name.
    pub name: &'static str,
    /// Whether it has enforcement staff of its own: not so islands, and a zone of a county.
    pub is_staffed: bool,
    /// The functional zone whose body enforces jointly there, if there is one.
    pub zone: Option<&'static str>,
}

/// Every township, ascending by code.
#[must_use]
pub fn townships() -> &'static [Township] {
    static TOWNSHIPS: LazyLock<Vec<Township>> =
        LazyLock::new(|| read(TABLE).expect("the table of this build is tested"));
    &TOWNSHIPS
}

/// The township of a code.
#[must_use]
pub fn township(code: &str) -> Option<&'static Township> {
    townships().iter().find(|known| known.code == code)
}

/// What an area is called: a township, a county or the city by its code; none when it is unknown.
#[must_use]
pub fn area_name(code: &str) -> Option<String> {
    if code == "3711" {
        return Some("日照市".to_owned());
    }
    let in_county = townships().iter().find(|known| known.county_code == code);
    let name = township(code).map(|known| format!("{}{}", known.county, known.name));
    name.or_else(|| in_county.map(|known| known.county.to_owned()))
}

/// The townships that fit what was typed: a code's beginning, characters, pinyin or its initials.
/// Those of a county are found by the county's name.
#[must_use]
pub fn find_townships(text: &str) -> Vec<&'static Township> {
    let words = FindWords::parse(text);
    let fits = |known: &&Township| {
        let name = FindName::of(&format!("{}{}", known.county, known.name));
        words.fit(&name, Some(known.code))
    };
    townships().iter().filter(fits).collect()
}

/// The township that was meant: by its code, its name, or the only one that fits what was typed.
#[must_use]
pub fn township_meant(text: &str) -> Option<&'static Township> {
    let text = text.trim();
    let named = townships().iter().find(|known| known.code == text || known.name == text);
    named.or_else(|| match find_townships(text).as_slice() {
        [one] if !text.is_empty() => Some(*one),
        _ => None,
    })
}

/// The townships whose codes are nearest to one that is not in the table: first those that begin
/// alike, then those with the nearest number.
#[must_use]
pub fn nearest_townships(code: &str) -> Vec<&'static Township> {
    let number = |code: &str| format!("{code:0<9}").get(..9).and_then(|n| n.parse::<i64>().ok());
    let typed = number(code).unwrap_or_default();
    let mut all: Vec<&Township> = townships().iter().collect();
    all.sort_by_key(|known| {
        let alike = known.code.bytes().zip(code.bytes()).take_while(|(a, b)| a == b).count();
        (std::cmp::Reverse(alike), (number(known.code).unwrap_or_default() - typed).abs())
    });
    all.truncate(NEAREST_MAX);
    all
}

/// What is to be said of an area: the table does not have its code, or has it under another name.
/// It warns and never blocks.
#[must_use]
pub fn check_area(code: &str, name: Option<&str>) -> Option<Problem> {
    if area_name(code).is_none() {
        let near = nearest_townships(code);
        let near: Vec<String> = near.iter().map(|t| format!("{} {}", t.code, t.name)).collect();
        let (zh, en) = (near.join("、"), near.join(", "));
        return Some(Problem::new(
            "area",
            format!("区划表里没有“{code}”，相近的有：{zh}；代码无误就不用改"),
            format!("the division table has no {code}; near it are {en}; leave it if it is right"),
        ));
    }
    let (known, name) = (township(code)?, name?);
    if name.contains(known.name) {
        return None;
    }
    Some(Problem::new(
        "area",
        format!("代码 {code} 是{}{}，不是“{name}”，请核对", known.county, known.name),
        format!("{code} is {}{} and not \"{name}\": check it", known.county, known.name),
    ))
}

fn read(table: &'static str) -> Result<Vec<Township>, String> {
    let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
    lines
        .map(|line| {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [cut_off, county_code, county, code, name, unit, zone] = cells[..] else {
                return Err(line.to_owned());
            };
            let is_staffed = match unit {
                "township" => true,
                "other" => false,
                _ => return Err(line.to_owned()),
            };
            let zone = Some(zone).filter(|zone| *zone != "-");
            Ok(Township { cut_off, county_code, county, code, name, is_staffed, zone })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::{
        area_name, check_area, find_townships, nearest_townships, township, township_meant,
        townships,
    };
    use crate::domain::parse_day;

    #[test]
    fn the_table_holds_the_54_townships_and_two_others_each_once_and_in_order() {
        let all = townships();
        assert_eq!((all.len(), all.iter().filter(|t| t.is_staffed).count()), (56, 54));
        assert!(all.windows(2).all(|pair| pair[0].code < pair[1].code));
        for known in all {
            assert!(known.code.starts_with(known.county_code) && known.code.len() == 9);
            assert!(parse_day(known.cut_off).is_some() && !known.name.is_empty());
            assert_eq!(township_meant(known.code), Some(known));
        }
        assert_eq!(all.iter().filter(|t| t.zone.is_some()).count(), 5);
    }

    #[test]
    fn a_township_is_found_by_characters_pinyin_initials_code_and_county() {
        for typed in ["涛雒", "taoluo", "tlz", "371102110", "东港 涛"] {
            let found: Vec<_> = find_townships(typed).iter().map(|t| t.name).collect();
            assert_eq!(found, ["涛雒镇"], "{typed}");
        }
        assert_eq!(find_townships("岚山区").len(), 9);
        assert_eq!(find_townships("3711").len(), 56);
        assert_eq!(township_meant("涛雒镇").map(|t| t.code), Some("371102110"));
        assert_eq!(township_meant("街道"), None, "more than one is none");
        assert_eq!(township_meant(" "), None);
    }

    #[test]
    fn an_unknown_code_is_near_the_townships_of_its_county() {
        assert_eq!(township("371102111"), None);
        let near: Vec<_> = nearest_townships("371102111").iter().map(|t| t.name).collect();
        assert_eq!(near, ["涛雒镇", "三庄镇", "南湖镇"]);
        assert_eq!(nearest_townships("没有").len(), 3);
    }

    #[test]
    fn r04_an_unknown_code_and_a_code_of_another_name_warn_with_what_was_meant() {
        assert_eq!(check_area("371102110", Some("东港区涛雒镇")), None);
        let unknown = check_area("371102111", Some("涛雒镇")).unwrap();
        assert!(unknown.zh.contains("371102110 涛雒镇") && unknown.en.contains("near it"));
        let other = check_area("371102109", Some("涛雒镇")).unwrap();
        assert!(other.zh.contains("三庄镇"), "{}", other.zh);
        assert_eq!(check_area("371102", Some("涛雒镇")), None);
    }

    #[test]
    fn an_area_has_a_name_from_the_city_down() {
        assert_eq!(area_name("3711").as_deref(), Some("日照市"));
        assert_eq!(area_name("371121").as_deref(), Some("五莲县"));
        assert_eq!(area_name("371102110").as_deref(), Some("东港区涛雒镇"));
        assert_eq!(area_name("371199"), None);
    }
}
