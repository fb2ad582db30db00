//! What a clock says: its sentence, and the reasoning that led to its last day.

use angen_ledger::verify::Lang;
use chrono::NaiveDate;

use crate::procedure::{Clock, ClockKind, ClockState, Counted, DayKind, DayUnit, PeriodEnd};

/// Days that are named one by one; a longer period is told by its first and last days.
const DAYS_NAMED_MAX: usize = 16;

impl ClockKind {
    /// What must happen by the last day, in a few words.
    #[must_use]
    pub const fn label(self, lang: Lang) -> &'static str {
        match (self, lang) {
            (Self::Filing, Lang::Zh) => "立案审批",
            (Self::Filing, Lang::En) => "decide on filing",
            (Self::Preserved, Lang::Zh) => "先行登记保存物品处理",
            (Self::Preserved, Lang::En) => "decide the preserved items",
            (Self::Decision, Lang::Zh) => "作出处罚决定",
            (Self::Decision, Lang::En) => "decide the case",
            (Self::Correction, Lang::Zh) => "整改到期",
            (Self::Correction, Lang::En) => "correction due",
            (Self::Recheck, Lang::Zh) => "整改复查",
            (Self::Recheck, Lang::En) => "re-check",
            (Self::ExtensionAnswer, Lang::Zh) => "答复延期申请",
            (Self::ExtensionAnswer, Lang::En) => "answer the application",
        }
    }
}

impl Clock {
    /// The sentence: what, by when, how long is left; and that a period is to be confirmed.
    #[must_use]
    pub fn say(&self, lang: Lang) -> String {
        let (label, end) = (self.kind.label(lang), self.end);
        let stands = match (self.state, lang) {
            (ClockState::Met, Lang::Zh) => "已按期办理".to_owned(),
            (ClockState::Met, Lang::En) => "done in time".to_owned(),
            (ClockState::MetLate, Lang::Zh) => "已办理，超期".to_owned(),
            (ClockState::MetLate, Lang::En) => "done too late".to_owned(),
            // That the day has passed does not say that nothing was corrected.
            (ClockState::Over, Lang::Zh) if self.kind == ClockKind::Correction => {
                format!("期限已过{}，待复查", self.days(lang))
            }
            (ClockState::Over, Lang::En) if self.kind == ClockKind::Correction => {
                format!("{} past, to be re-checked", self.days(lang))
            }
            (ClockState::Over, Lang::Zh) => format!("已超期{}", self.days(lang)),
            (ClockState::Over, Lang::En) => format!("{} over", self.days(lang)),
            (_, Lang::Zh) => format!("还有{}", self.days(lang)),
            (_, Lang::En) => format!("{} left", self.days(lang)),
        };
        let confirm = match (self.kind.rule().confirmed, lang) {
            (true, _) => "",
            (false, Lang::Zh) => "，期限待核实",
            (false, Lang::En) => ", period to be confirmed",
        };
        match lang {
            Lang::Zh => format!("{label}：{end}止（{stands}{confirm}）"),
            Lang::En => format!("{label} by {end} ({stands}{confirm})"),
        }
    }

    fn days(&self, lang: Lang) -> String {
        let days = self.days_left.abs();
        let period = self.kind.rule().period;
        let is_working = period.is_some_and(|period| period.unit == DayUnit::Working);
        match (is_working, lang) {
            (true, Lang::Zh) => format!("{days}个工作日"),
            (false, Lang::Zh) => format!("{days}天"),
            (true, Lang::En) => format!("{days} working days"),
            (false, Lang::En) => format!("{days} days"),
        }
    }

    /// How the last day was found, in words.
    #[must_use]
    pub fn reasoning(&self, lang: Lang) -> String {
        let (Some(way), Some(period)) = (&self.way, self.kind.rule().period) else {
            return match lang {
                Lang::Zh => format!("{}责令，期限由责令写明", self.start),
                Lang::En => format!("ordered on {}; the order sets the day", self.start),
            };
        };
        let (start, days) = (self.start, period.days);
        let begins = match (period.unit, lang) {
            (DayUnit::Working, Lang::Zh) => format!("自{start}次日起{days}个工作日"),
            (DayUnit::Natural, Lang::Zh) => format!("自{start}次日起{days}日"),
            (DayUnit::Working, Lang::En) => format!("{days} working days after {start}"),
            (DayUnit::Natural, Lang::En) => format!("{days} days after {start}"),
        };
        let mut parts = vec![begins];
        parts.extend(counted(way, days, period.unit, lang));
        if !way.not_announced.is_empty() {
            let years: Vec<String> = way.not_announced.iter().map(ToString::to_string).collect();
            parts.push(match lang {
                Lang::Zh => format!("{}年放假安排尚未公布，可能变动", years.join("、")),
                Lang::En => format!("days off of {} are not announced yet", years.join(", ")),
            });
        }
        parts.join(if lang == Lang::Zh { "；" } else { "; " })
    }
}

/// Which days were counted and which were not.
fn counted(way: &PeriodEnd, days: u32, unit: DayUnit, lang: Lang) -> Vec<String> {
    let skipped: Vec<&Counted> = way.way.iter().filter(|day| day.number.is_none()).collect();
    let mut parts = Vec::new();
    if unit == DayUnit::Working && way.way.len() <= DAYS_NAMED_MAX {
        let names = |days: Vec<&Counted>| {
            let names = days.iter().map(|day| named(day, lang));
            names.collect::<Vec<_>>().join(if lang == Lang::Zh { "、" } else { ", " })
        };
        let counted = way.way.iter().filter(|day| day.number.is_some()).collect();
        parts.push(match lang {
            Lang::Zh => format!("计入：{}", names(counted)),
            Lang::En => format!("counted: {}", names(counted)),
        });
        if !skipped.is_empty() {
            parts.push(match lang {
                Lang::Zh => format!("不计：{}", names(skipped)),
                Lang::En => format!("not counted: {}", names(skipped)),
            });
        }
        return parts;
    }
    let nth = way.way.iter().find(|day| day.number == Some(days));
    if let Some(nth) = nth.filter(|nth| nth.day != way.last) {
        parts.push(match lang {
            Lang::Zh => {
                let why = kind(nth.kind, lang);
                format!("第{days}日{}是{why}，顺延到{}（顺延待核实）", short(nth.day), way.last)
            }
            Lang::En => {
                let why = kind(nth.kind, lang);
                let last = way.last;
                format!("day {days}, {}, is a {why}: it ends on {last} (to be confirmed)", nth.day)
            }
        });
    }
    parts
}

/// A day, and why it counts or not where that is not plain.
fn named(counted: &Counted, lang: Lang) -> String {
    let day = short(counted.day);
    match counted.kind {
        DayKind::Work => day,
        other => match lang {
            Lang::Zh => format!("{day}（{}）", kind(other, lang)),
            Lang::En => format!("{day} ({})", kind(other, lang)),
        },
    }
}

fn kind(kind: DayKind, lang: Lang) -> &'static str {
    match (kind, lang) {
        (DayKind::Work, Lang::Zh) => "工作日",
        (DayKind::Work, Lang::En) => "working day",
        (DayKind::MakeUp, Lang::Zh) => "调休上班",
        (DayKind::MakeUp, Lang::En) => "make-up day",
        (DayKind::Weekend, Lang::Zh) => "周末",
        (DayKind::Weekend, Lang::En) => "weekend",
        (DayKind::Holiday, Lang::Zh) => "节假日",
        (DayKind::Holiday, Lang::En) => "holiday",
    }
}

fn short(day: NaiveDate) -> String {
    day.format("%m-%d").to_string()
}
