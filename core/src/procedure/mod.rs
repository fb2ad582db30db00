//! The procedure: the law as dated data, and the engine that counts what was done. Pure, no I/O.
//!
//! Nothing here can be ticked: every count follows from signed ops and names them. The parts hang
//! together: [`board`] reads a visit, asks each part for its conditions, and [`missing_of`] says
//! in words what is open. What a part demands is a dated [`Profile`].

mod addenda;
mod aside;
mod board;
mod calendar;
mod case;
mod chain;
mod clock;
mod clock_words;
mod clocks;
mod condition;
mod follow_up;
mod frequency;
mod missing;
mod people;
mod preserved;
mod profile;
mod sheet;
mod site;
mod training;
mod violation;
mod visit;
mod words;

pub use addenda::{Addendum, addenda};
pub use board::{Board, PartBoard, board};
pub use calendar::{Counted, DayKind, DayUnit, Period, PeriodEnd, WorkCalendar};
pub use clock::{Clock, ClockKind, ClockRule, ClockState};
pub use clocks::clocks;
pub use condition::{Apart, ApartWhy, Condition, Part, Stage, State, Unit, Verdict};
pub use frequency::{Frequency, Level, frequency};
pub use missing::{LINES_MAX, Missing, missing_of, three_lines};
pub use profile::{PROFILES, Profile, profile_in_force, profile_named};
pub use words::Code;
