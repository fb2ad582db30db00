//! What an officer has before them today 今日.

use angen_core::action::{self, PartShort};
use angen_core::procedure::{Part, State as PartState};
use angen_core::store::ReceiptCount;
use angen_ledger::id::DossierId;

use super::{ClockView, MissingView};

/// A part of the assistance visit.
#[uniffi::remote(Enum)]
pub enum Part {
    /// 1 次执法闭环培训: the training.
    Training,
    /// 2 家现场检查: the checks at two enterprises.
    Checks,
    /// 查实违法事项: the violation.
    Violation,
    /// 1 次全过程调查取证: the chain of evidence.
    Chain,
}

/// How far a part or a unit is. Ordered: a later one is further.
#[uniffi::remote(Enum)]
pub enum PartState {
    /// Nothing was done yet.
    NotStarted,
    /// Something was done, and something can still be done on site.
    UnderWay,
    /// Everything that can be done on site is done; the rest comes with the case. Never a 1/1.
    OnSiteDone,
    /// It counts.
    Met,
}

/// One part of the 1-2-1-1 board, in short.
#[uniffi::remote(Record)]
pub struct PartShort {
    /// Which.
    pub part: Part,
    /// How many units count.
    pub have: u32,
    /// How many must; 0 where an honest zero 如实为零 closes the visit.
    pub need: u32,
    /// How far it is.
    pub state: PartState,
}

/// An open visit, check or case.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct TodayRow {
    /// The dossier.
    pub dossier: DossierId,
    /// `assistance`, `check` or `case`.
    pub kind: String,
    /// What people call it.
    pub title: String,
    /// Where: the township, or the enterprise's address.
    pub place: String,
    /// When it was opened, by the device that did, in milliseconds since 1970 UTC.
    pub opened_ms: i64,
    /// The visit that a check belongs to.
    pub assistance: Option<DossierId>,
    /// The board of a visit: training, checks, violation, chain. Empty for a check or a case.
    pub board: Vec<PartShort>,
    /// The first things that are missing, at most three; the most important first.
    pub missing: Vec<MissingView>,
    /// How many things are missing.
    pub missing_count: u32,
    /// Conflicts 冲突 that a person must decide.
    pub conflicts: u32,
}

/// What an officer has before them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Today {
    /// Open visits, checks and cases that the officer may read, the newest first.
    pub rows: Vec<TodayRow>,
    /// Whether there are more than are shown; the list of dossiers has them.
    pub is_cut: bool,
    /// The periods 期限 that run in the rows, what is over or ends first before the others.
    pub clocks: Vec<ClockView>,
    /// Conflicts in the rows and in the standing dossiers.
    pub conflicts: u32,
    /// What only this device may have, over all of its dossiers, as [`Inspector::sync_state`] has
    /// it.
    ///
    /// [`Inspector::sync_state`]: crate::Inspector::sync_state
    pub unsent: ReceiptCount,
}

impl From<action::TodayRow> for TodayRow {
    fn from(row: action::TodayRow) -> Self {
        Self {
            dossier: row.dossier,
            kind: row.kind,
            title: row.title,
            place: row.place,
            opened_ms: row.opened_ms,
            assistance: row.assistance,
            board: row.board,
            missing: row.missing.into_iter().map(MissingView::from).collect(),
            missing_count: row.missing_count,
            conflicts: row.conflicts,
        }
    }
}

impl From<action::Today> for Today {
    fn from(today: action::Today) -> Self {
        let clock = |left: action::ClockLeft| ClockView::new(left.clock, left.hours_left);
        Self {
            rows: today.rows.into_iter().map(TodayRow::from).collect(),
            is_cut: today.is_cut,
            clocks: today.clocks.into_iter().map(clock).collect(),
            conflicts: today.conflicts,
            unsent: today.unsent,
        }
    }
}
