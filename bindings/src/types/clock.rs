//! The clocks 期限, in words.

use angen_core::domain::Bilingual;
use angen_core::procedure::{Clock, ClockState};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};

/// How a clock stands.
#[uniffi::remote(Enum)]
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
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ClockView {
    /// The stable code: `filing`, `preserved`, `decision`, `correction`, `recheck`,
    /// `extension_answer`.
    pub code: String,
    /// What must happen by the last day, in a few words.
    pub label: Bilingual,
    /// The sentence: what, by when, how long is left.
    pub sentence: Bilingual,
    /// How the last day was found.
    pub reasoning: Bilingual,
    /// Law, version and article.
    pub law: String,
    /// Whether the sources settle the period. What is not settled warns and blocks nothing.
    pub is_confirmed: bool,
    /// How it stands.
    pub state: ClockState,
    /// The dossier.
    pub dossier: DossierId,
    /// What it is about: the finding, the case, the order, the preservation.
    pub subject: EntityId,
    /// What people call that.
    pub title: String,
    /// The day that starts it, which is not counted.
    pub start: String,
    /// The last day.
    pub end: String,
    /// Days that are left, in the unit of the period; negative when it is over.
    pub days_left: i64,
    /// Whole hours until the last day ends in China; negative when it is over.
    pub hours_left: i64,
    /// The op that started it.
    pub started_by: Hash,
}

impl ClockView {
    /// A clock in words.
    pub(crate) fn new(clock: Clock, hours_left: i64) -> Self {
        let rule = clock.kind.rule();
        Self {
            code: clock.kind.word().to_owned(),
            label: Bilingual::say(|lang| clock.kind.label(lang)),
            sentence: Bilingual::say(|lang| clock.say(lang)),
            reasoning: Bilingual::say(|lang| clock.reasoning(lang)),
            law: rule.source.to_owned(),
            is_confirmed: rule.confirmed,
            state: clock.state,
            dossier: clock.dossier,
            subject: clock.subject,
            start: clock.start.to_string(),
            end: clock.end.to_string(),
            days_left: clock.days_left,
            hours_left,
            started_by: clock.started_by,
            title: clock.title,
        }
    }
}
