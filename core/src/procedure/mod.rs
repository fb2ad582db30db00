//! The procedure: the law as dated data, and the engine that counts what was done. Pure, no I/O.
//!
//! Nothing here can be ticked: every count follows from signed ops and names them. The parts hang
//! together: [`board`] reads a visit, asks each part for its conditions, and [`missing_of`] says
//! in words what is open. What a part demands is a dated [`Profile`].

mod act;
mod addenda;
mod aside;
mod board;
mod calendar;
mod case;
mod chain;
mod clock;
mod clock_words;
mod clocks;
mod collisions;
mod competence;
mod condition;
mod conflicts;
mod decides;
mod detect;
mod follow_up;
mod frequency;
mod keeping;
mod mandate;
mod measures;
mod missing;
mod moves;
mod numbers;
mod orders;
mod outcome;
pub mod paper;
mod penalty;
mod people;
mod pool;
mod posts;
mod powers;
mod preserved;
mod profile;
mod read_once;
mod reason;
mod report;
mod round;
mod sheet;
mod site;
mod teaching;
mod training;
mod violation;
mod visit;
mod words;

pub use act::{Act, FORMS, FormPower, form_power};
pub use addenda::{Addendum, addenda};
pub(crate) use board::check_units;
pub use board::{Board, PartBoard, board};
pub use calendar::{Counted, DayKind, DayUnit, Period, PeriodEnd, WorkCalendar};
pub use clock::{Clock, ClockKind, ClockRule, ClockState};
pub use clocks::clocks;
pub use collisions::{Collision, Move, MoveKind};
pub use competence::Joint;
pub use condition::{Apart, ApartWhy, Condition, Part, Stage, State, Unit, Verdict};
pub use conflicts::{Claim, Conflict, Undecided, undecided};
pub(crate) use decides::Deciders;
pub use detect::{Defect, DefectCode, MediaLook, defects};
pub use frequency::{Frequency, Level, frequency};
pub use keeping::{KeptDossier, RETENTION, RetentionClass, keeps_from_erasure, kept_dossiers};
pub use mandate::{CERTIFIED_MIN, Issuer, Powers, Question, powers};
pub use measures::{MeasureStanding, MeasureState, OnSpot, measures};
pub use missing::{LINES_MAX, Missing, missing_of, three_lines};
pub use numbers::{Numbered, Numbers, document_of_number, numbers};
pub use orders::{ItemStanding, OrderStanding, orders};
pub use outcome::Outcome;
pub use penalty::{FineStage, Penalty, penalties, penalties_in_words, penalty};
pub use pool::{PoolMember, pool};
pub use posts::{PersonPost, RosterPosts, posts};
pub use powers::{MayIssue, Signer, may_issue, powers_of};
pub use profile::{PROFILES, Profile, profile_in_force, profile_named};
pub(crate) use read_once::ReadOnce;
pub use reason::{Reason, Why};
pub use report::{Report, ReportFinding, ReportSite, Standing, report};
pub use round::{
    Load, NOT_VISITED, RoundBoard, RoundVisit, TownshipLine, Tried, frozen_list, round_board,
    round_entity, weak_points,
};
pub(crate) use sheet::is_checklist_item;
pub use teaching::{Reader, Teaching, mentors_here, mentors_visit, teaching, teaching_of};
pub use words::Code;
