//! The work calendar 工作日历: which days are worked, and on which day a period ends.
//!
//! In the administrative-penalty law, periods of two, three, five and seven days are working days
//! (行政处罚法（2021）第八十五条); all others are natural days. The first day is never counted. The
//! table of days off is data; a year that was not announced yet gives a provisional answer.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use chrono::{Datelike, Days, NaiveDate, Weekday};

/// The announced days, one year in two lines.
const TABLE: &str = include_str!("work_days.tsv");

/// Days that a period may have: a year and a day more than any statutory period has.
const PERIOD_DAYS_MAX: u32 = 732;

/// What a day is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayKind {
    /// A working day.
    Work,
    /// A Saturday or Sunday that is worked 调休上班.
    MakeUp,
    /// A Saturday or Sunday.
    Weekend,
    /// A day off that was announced 节假日.
    Holiday,
}

/// How the days of a period are counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DayUnit {
    /// Working days 工作日.
    Working,
    /// Natural days 自然日. One that ends on a day off ends on the next working day: by analogy
    /// with 民事诉讼法 on periods, to be confirmed for each kind of period.
    Natural,
}

/// A period of days.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Period {
    /// How many, at most [`PERIOD_DAYS_MAX`].
    pub days: u32,
    /// Of which sort.
    pub unit: DayUnit,
}

/// One day on the way to the end of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Counted {
    /// The day.
    pub day: NaiveDate,
    /// What it is.
    pub kind: DayKind,
    /// Its number in the period; none for a day that does not count.
    pub number: Option<u32>,
}

/// The end of a period, with the reasoning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PeriodEnd {
    /// The last day on which it can still be done.
    pub last: NaiveDate,
    /// Every day after the start up to the last one.
    pub way: Vec<Counted>,
    /// Years on the way whose days off are not announced: the end may still move.
    pub not_announced: Vec<i32>,
}

/// The announced days off and on.
#[derive(Debug, Default)]
pub struct WorkCalendar {
    off: BTreeSet<NaiveDate>,
    on: BTreeSet<NaiveDate>,
    papers: BTreeMap<i32, &'static str>,
}

impl WorkCalendar {
    /// The calendar that this build carries.
    #[must_use]
    pub fn built_in() -> &'static Self {
        static CALENDAR: LazyLock<WorkCalendar> =
            LazyLock::new(|| WorkCalendar::read(TABLE).expect("the table of this build is tested"));
        &CALENDAR
    }

    /// The paper that announced a year; none when it is not announced.
    #[must_use]
    pub fn paper(&self, year: i32) -> Option<&'static str> {
        self.papers.get(&year).copied()
    }

    /// What a day is.
    #[must_use]
    pub fn kind(&self, day: NaiveDate) -> DayKind {
        let is_weekend = matches!(day.weekday(), Weekday::Sat | Weekday::Sun);
        match (self.off.contains(&day), self.on.contains(&day)) {
            (true, _) => DayKind::Holiday,
            (false, true) => DayKind::MakeUp,
            (false, false) if is_weekend => DayKind::Weekend,
            (false, false) => DayKind::Work,
        }
    }

    /// Whether a day is worked.
    #[must_use]
    pub fn is_worked(&self, day: NaiveDate) -> bool {
        matches!(self.kind(day), DayKind::Work | DayKind::MakeUp)
    }

    /// The end of a period that starts on a day. The day itself is not counted.
    ///
    /// # Panics
    /// When the period is longer than [`PERIOD_DAYS_MAX`]: the programmer's mistake.
    #[must_use]
    pub fn end(&self, start: NaiveDate, period: Period) -> PeriodEnd {
        assert!(period.days <= PERIOD_DAYS_MAX, "no statutory period is that long");
        let (mut way, mut number, mut day) = (Vec::new(), 0, start);
        let is_over = |number: u32, day: NaiveDate| {
            number >= period.days
                && (period.days == 0 || period.unit == DayUnit::Working || self.is_worked(day))
        };
        while !is_over(number, day) {
            day = next(day);
            let counts =
                number < period.days && (period.unit == DayUnit::Natural || self.is_worked(day));
            number += u32::from(counts);
            way.push(Counted { day, kind: self.kind(day), number: counts.then_some(number) });
        }
        let years: BTreeSet<i32> = way.iter().map(|counted| counted.day.year()).collect();
        let not_announced = years.into_iter().filter(|year| self.paper(*year).is_none()).collect();
        PeriodEnd { last: day, way, not_announced }
    }

    /// Working days after `from` up to and with `to`; zero when `to` is not after `from`.
    #[must_use]
    pub fn worked_between(&self, from: NaiveDate, to: NaiveDate) -> u32 {
        let days = from.iter_days().skip(1).take_while(|day| *day <= to);
        u32::try_from(days.filter(|day| self.is_worked(*day)).count()).unwrap_or(u32::MAX)
    }

    fn read(table: &'static str) -> Result<Self, String> {
        let mut calendar = Self::default();
        let lines = table.lines().filter(|line| !line.starts_with('#')).skip(1);
        for line in lines {
            let cells: Vec<&'static str> = line.split('\t').collect();
            let [year, kind, days, paper] = cells[..] else { return Err(line.to_owned()) };
            let year: i32 = year.parse().map_err(|_| line.to_owned())?;
            let set = match kind {
                "off" => &mut calendar.off,
                "work" => &mut calendar.on,
                _ => return Err(line.to_owned()),
            };
            for span in days.split(' ') {
                let (first, last) = span.split_once("..").unwrap_or((span, span));
                let day = |text| crate::domain::parse_day(&format!("{year}-{text}"));
                let (Some(first), Some(last)) = (day(first), day(last)) else {
                    return Err(line.to_owned());
                };
                set.extend(first.iter_days().take_while(|day| *day <= last));
            }
            calendar.papers.insert(year, paper);
        }
        Ok(calendar)
    }
}

fn next(day: NaiveDate) -> NaiveDate {
    day.checked_add_days(Days::new(1)).expect("a claimed time is far from the end of the calendar")
}

#[cfg(test)]
mod tests {
    use chrono::{Datelike as _, NaiveDate};
    use proptest::prelude::*;

    use super::{DayKind, DayUnit, Period, WorkCalendar};
    use crate::domain::parse_day;

    const fn working(days: u32) -> Period {
        Period { days, unit: DayUnit::Working }
    }

    const fn natural(days: u32) -> Period {
        Period { days, unit: DayUnit::Natural }
    }

    fn day(text: &str) -> NaiveDate {
        parse_day(text).unwrap()
    }

    fn last(start: &str, period: Period) -> String {
        WorkCalendar::built_in().end(day(start), period).last.to_string()
    }

    #[test]
    fn every_line_of_the_table_is_read_and_says_which_paper() {
        let calendar = WorkCalendar::built_in();
        for year in 2021..=2026 {
            assert!(calendar.paper(year).is_some_and(|paper| paper.starts_with("国办发明电")));
        }
        let weekday = |day: &&NaiveDate| !matches!(calendar.kind(**day), DayKind::MakeUp);
        assert_eq!(calendar.on.iter().find(weekday), None);
        let is_weekend = |day: &NaiveDate| day.weekday().number_from_monday() > 5;
        assert!(calendar.on.iter().all(is_weekend), "only a weekend can be made up");
        assert!(calendar.on.is_disjoint(&calendar.off));
    }

    #[test]
    fn r26_a_hearing_is_asked_for_within_five_working_days_with_both_make_up_days() {
        let end = WorkCalendar::built_in().end(day("2021-09-17"), working(5));
        let counted: Vec<_> = end.way.iter().filter(|day| day.number.is_some()).collect();
        let days: Vec<_> = counted.iter().map(|counted| counted.day.to_string()).collect();
        let expected = ["2021-09-18", "2021-09-22", "2021-09-23", "2021-09-24", "2021-09-26"];
        assert_eq!(days, expected);
        assert_eq!(counted[0].kind, DayKind::MakeUp);
        assert_eq!((end.last, end.not_announced), (day("2021-09-26"), vec![]));
    }

    #[test]
    fn r26_a_request_on_the_sixth_working_day_is_late() {
        let sixth = last("2021-09-17", working(6));
        assert!(sixth > last("2021-09-17", working(5)), "{sixth}");
        assert_eq!(sixth, "2021-09-27");
    }

    #[test]
    fn r32_a_payment_on_the_sixteenth_day_is_late() {
        assert!("2026-10-01" > last("2026-09-15", natural(15)).as_str());
    }

    #[test]
    fn r22_preserved_evidence_is_decided_on_within_seven_working_days() {
        assert_eq!(last("2026-09-15", working(7)), "2026-09-23");
        assert_eq!(last("2026-09-30", working(7)), "2026-10-15");
    }

    #[test]
    fn r32_a_natural_period_that_ends_in_a_holiday_ends_on_the_next_working_day() {
        assert_eq!(last("2026-09-15", natural(15)), "2026-09-30");
        assert_eq!(last("2026-09-18", natural(15)), "2026-10-08");
    }

    #[test]
    fn a_year_that_is_not_announced_is_named() {
        let end = WorkCalendar::built_in().end(day("2026-12-28"), working(5));
        assert_eq!((end.last, end.not_announced), (day("2027-01-04"), vec![2027]));
    }

    proptest! {
        #[test]
        fn a_period_ends_on_a_worked_day_and_counts_what_it_says(
            offset in 0u64..2_000, days in 1u32..120, is_working: bool,
        ) {
            let start = day("2021-01-01") + chrono::Days::new(offset);
            let period = if is_working { working(days) } else { natural(days) };
            let calendar = WorkCalendar::built_in();
            let end = calendar.end(start, period);
            prop_assert!(calendar.is_worked(end.last) && end.last > start);
            let counted = end.way.iter().filter(|day| day.number.is_some()).count();
            prop_assert_eq!(counted, days as usize);
            if is_working {
                prop_assert_eq!(calendar.worked_between(start, end.last), days);
            }
            let longer = calendar.end(start, Period { days: days + 1, ..period });
            prop_assert!(longer.last >= end.last);
        }
    }
}
