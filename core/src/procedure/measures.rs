//! The on-site measures 现场处理措施 and preservations 先行登记保存 of a check or a case, as they stand.

use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::verify::Lang;
use chrono::NaiveDate;

use crate::domain::{Case, Measure, Preservation, Source, read_all};
use crate::error::Result;
use crate::procedure::board::View;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Clock, ClockKind, ClockState, clocks};

/// How a measure or a preservation stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum MeasureState {
    /// 逾期未处理: the last day for deciding on what is preserved has passed (行政处罚法 2021,
    /// article 56). No law sets a last day for an on-site measure: it stands until it is lifted.
    OverDue,
    /// 执行中: it holds.
    InForce,
    /// 待决定: proposed to the bureau, or approved and not carried out yet. It binds nobody.
    Waiting,
    /// 已解除: lifted after a check; of what is preserved every item is decided on.
    Ended,
}

/// What was done on the spot.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum OnSpot {
    /// A measure.
    Measure(Measure),
    /// A preservation.
    Preservation(Preservation),
}

/// A measure or a preservation as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MeasureStanding {
    /// The dossier that it lies in: the check, or the case for what was preserved there.
    pub dossier: DossierId,
    /// How it stands.
    pub state: MeasureState,
    /// The last day for deciding on what is preserved; none for a measure.
    pub due: Option<NaiveDate>,
    /// What it is.
    pub what: OnSpot,
}

/// Those of a check, or of a case and its check: what is over due first, what ended last, and of
/// each the newest first. None for another dossier. What is asked depends on the moment, in
/// milliseconds since 1970 UTC.
///
/// # Errors
/// What the source returns.
pub fn measures(
    source: &dyn Source,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<MeasureStanding>> {
    let case: Option<Case> = read_all(source, dossier)?.into_iter().next();
    let check = case.as_ref().map_or(dossier, |case| case.check);
    let view = View::open(source, &[])?;
    let facts = CheckFacts::read(source, &view.dossiers, &view.people, check)?;
    let (measures, of_check) =
        facts.map(|facts| (facts.measures, facts.preservations)).unwrap_or_default();
    let of_case = if case.is_some() { read_all(source, dossier)? } else { Vec::new() };
    let mut all: Vec<MeasureStanding> =
        measures.into_iter().map(|measure| of_measure(check, measure)).collect();
    for (place, preservations) in [(check, of_check), (dossier, of_case)] {
        if preservations.is_empty() {
            continue;
        }
        let running = clocks(source, Some(place), as_of_ms)?;
        all.extend(preservations.into_iter().map(|known| of_preservation(place, known, &running)));
    }
    all.sort_by_key(|one| (one.state, std::cmp::Reverse(one.since_ms()), one.subject()));
    Ok(all)
}

fn of_measure(dossier: DossierId, measure: Measure) -> MeasureStanding {
    let state = match (&measure.lifted, measure.is_proposed()) {
        (Some(_), _) => MeasureState::Ended,
        (None, true) => MeasureState::Waiting,
        (None, false) => MeasureState::InForce,
    };
    MeasureStanding { dossier, state, due: None, what: OnSpot::Measure(measure) }
}

fn of_preservation(
    dossier: DossierId,
    preservation: Preservation,
    running: &[Clock],
) -> MeasureStanding {
    let of_it = |clock: &&Clock| {
        clock.kind == ClockKind::Preserved && clock.subject == preservation.preservation
    };
    let clock = running.iter().find(of_it);
    let state = match clock.map(|clock| clock.state) {
        None => MeasureState::Waiting,
        Some(ClockState::Over) => MeasureState::OverDue,
        Some(ClockState::Red | ClockState::Running) => MeasureState::InForce,
        Some(ClockState::Met | ClockState::MetLate) => MeasureState::Ended,
    };
    let due = clock.map(|clock| clock.end);
    MeasureStanding { dossier, state, due, what: OnSpot::Preservation(preservation) }
}

impl MeasureStanding {
    /// The measure or the preservation.
    #[must_use]
    pub fn subject(&self) -> EntityId {
        match &self.what {
            OnSpot::Measure(measure) => measure.measure,
            OnSpot::Preservation(preservation) => preservation.preservation,
        }
    }

    /// When it was taken, approved or registered first, by that device.
    #[must_use]
    pub fn since_ms(&self) -> i64 {
        match &self.what {
            OnSpot::Measure(measure) => measure.wall_ms,
            OnSpot::Preservation(preservation) => preservation.wall_ms,
        }
    }

    /// What people call it.
    #[must_use]
    pub fn label(&self, lang: Lang) -> &'static str {
        match (&self.what, lang) {
            (OnSpot::Measure(measure), _) => measure.kind.label(lang),
            (OnSpot::Preservation(_), Lang::Zh) => "先行登记保存",
            (OnSpot::Preservation(_), Lang::En) => "registered and preserved in advance",
        }
    }

    /// How it stands, in words.
    #[must_use]
    pub fn state_label(&self, lang: Lang) -> &'static str {
        let is_measure = matches!(self.what, OnSpot::Measure(_));
        let (zh, en) = match (self.state, is_measure) {
            (MeasureState::OverDue, _) => ("逾期未处理", "over due"),
            (MeasureState::InForce, _) => ("执行中", "in force"),
            (MeasureState::Waiting, true) => ("待区局决定", "the bureau decides"),
            (MeasureState::Waiting, false) => ("尚未登记", "not registered yet"),
            (MeasureState::Ended, true) => ("已解除", "lifted"),
            (MeasureState::Ended, false) => ("已处理", "decided"),
        };
        match lang {
            Lang::Zh => zh,
            Lang::En => en,
        }
    }

    /// What exactly: the words of the measure, the items that are preserved. Empty where nobody
    /// said.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.what {
            OnSpot::Measure(measure) => measure.words.clone().unwrap_or_default(),
            OnSpot::Preservation(known) => {
                let items = known.registered.iter().flat_map(|registered| &registered.items);
                items.map(|item| item.name.as_str()).collect::<Vec<_>>().join("、")
            }
        }
    }

    /// Whether `lift_measure` ends it: a measure that stands.
    #[must_use]
    pub fn can_be_lifted(&self) -> bool {
        matches!(self.what, OnSpot::Measure(_)) && self.state == MeasureState::InForce
    }
}

impl MeasureState {
    /// The word in output.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::OverDue => "over_due",
            Self::InForce => "in_force",
            Self::Waiting => "waiting",
            Self::Ended => "ended",
        }
    }
}
