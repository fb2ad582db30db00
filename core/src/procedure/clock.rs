//! The clocks 期限: every step that starts a statutory period starts one, with its end, its
//! reasoning, and what stopped it.
//!
//! What depends on now is asked with the moment of which it speaks. A period that the sources do
//! not settle yet is shown as one to be confirmed: it warns and blocks nothing.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use crate::domain::china_noon_ms;
use crate::procedure::follow_up::EXTENSION_ANSWER_DAYS;
use crate::procedure::{DayUnit, Period, PeriodEnd};

const HOUR_MS: i64 = 3_600_000;

/// Which period runs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockKind {
    /// 立案: a violation that leads to a case is filed, or not, in time.
    Filing,
    /// 先行登记保存: preserved items are decided on.
    Preserved,
    /// 办案期限: the case is decided.
    Decision,
    /// 整改期限: what was ordered is corrected.
    Correction,
    /// 复查: the order is re-checked.
    Recheck,
    /// 延期答复: an application for a longer deadline is answered.
    ExtensionAnswer,
}

/// What the sources say of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ClockRule {
    /// The rule.
    pub rule: &'static str,
    /// The length; none where the officers set the day.
    pub period: Option<Period>,
    /// Days left at which it turns red.
    pub red_days_left: i64,
    /// Whether the sources settle it. What is not settled warns.
    pub confirmed: bool,
    /// Law, version and article.
    pub source: &'static str,
}

/// How a clock stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ClockState {
    /// The last day has passed.
    Over,
    /// Few days are left.
    Red,
    /// It runs.
    Running,
    /// It was stopped, and too late.
    MetLate,
    /// It was stopped in time.
    Met,
}

/// A period that runs, or ran.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Clock {
    /// Which.
    pub kind: ClockKind,
    /// The dossier.
    pub dossier: DossierId,
    /// What it is about: the finding, the case, the order, the preservation.
    pub subject: EntityId,
    /// What people call that.
    pub title: String,
    /// The day that starts it, which is not counted.
    pub start: NaiveDate,
    /// The last day.
    pub end: NaiveDate,
    /// How the last day was found; none where the officers set it.
    pub way: Option<PeriodEnd>,
    /// The op that started it.
    pub started_by: Hash,
    /// The op that stopped it, and the day on which it did.
    pub met: Option<(Hash, NaiveDate)>,
    /// Days that are left, in the unit of the period; negative when it is over.
    pub days_left: i64,
    /// How it stands.
    pub state: ClockState,
}

impl ClockKind {
    /// Every one.
    pub const ALL: [Self; 6] = [
        Self::Filing,
        Self::Preserved,
        Self::Decision,
        Self::Correction,
        Self::Recheck,
        Self::ExtensionAnswer,
    ];

    /// What the sources say of it.
    #[must_use]
    pub fn rule(self) -> ClockRule {
        let rule = |rule, days, unit, red_days_left, confirmed, source| ClockRule {
            rule,
            period: Some(Period { days, unit }),
            red_days_left,
            confirmed,
            source,
        };
        let (working, natural) = (DayUnit::Working, DayUnit::Natural);
        match self {
            // Orders 15/2007 and 77/2015; replaced since 2026-02-01 by 令第18号.
            Self::Filing => rule(
                "R20",
                5,
                natural,
                2,
                false,
                "安全生产违法行为行政处罚办法（2015）第二十三条，应急管理部令第18号待核",
            ),
            // Red from the fifth working day on.
            Self::Preserved => {
                rule("R22", 7, working, 2, true, "行政处罚法（2021）第五十六条、第八十五条")
            }
            Self::Decision => rule("R29", 90, natural, 10, true, "行政处罚法（2021）第六十条"),
            Self::Correction => ClockRule {
                rule: "S04",
                period: None,
                red_days_left: 1,
                confirmed: true,
                source: "安全生产法（2021）第六十五条",
            },
            Self::Recheck => rule(
                "S14",
                10,
                natural,
                3,
                false,
                "安全生产违法行为行政处罚办法（2015）第十六条，应急管理部令第18号待核",
            ),
            Self::ExtensionAnswer => rule(
                "S14",
                EXTENSION_ANSWER_DAYS,
                natural,
                2,
                false,
                "安全生产违法行为行政处罚办法（2015）第十六条，应急管理部令第18号待核",
            ),
        }
    }

    /// The word in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Filing => "filing",
            Self::Preserved => "preserved",
            Self::Decision => "decision",
            Self::Correction => "correction",
            Self::Recheck => "recheck",
            Self::ExtensionAnswer => "extension_answer",
        }
    }
}

impl Clock {
    /// Whole hours until the last day ends in China; negative once it is over.
    #[must_use]
    pub fn hours_left(&self, as_of_ms: i64) -> i64 {
        let ends_ms = china_noon_ms(self.end) + 12 * HOUR_MS;
        (ends_ms - as_of_ms).div_euclid(HOUR_MS)
    }
}

impl ClockState {
    /// The word in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Over => "over",
            Self::Red => "red",
            Self::Running => "running",
            Self::MetLate => "met_late",
            Self::Met => "met",
        }
    }

    /// Whether nothing has stopped it.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Over | Self::Red | Self::Running)
    }
}
