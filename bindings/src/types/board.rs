//! The 1-2-1-1 board of an assistance visit, and what each count rests on.

use angen_core::action::{self, WhyOp};
use angen_core::domain::Bilingual;
use angen_core::procedure::{self, Part, State as PartState, Verdict};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What the ops say to a condition.
#[uniffi::remote(Enum)]
pub enum Verdict {
    /// The ops show it.
    Met,
    /// A fact is not known or not decided: it warns and does not stand in the way.
    Warn,
    /// Only a case that is still to come can complete it.
    Later,
    /// The ops do not show it, and it can be done.
    Open,
}

/// An op behind a count.
#[uniffi::remote(Record)]
pub struct WhyOp {
    /// The op.
    pub op: Hash,
    /// Where it lies.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// What was done, such as `evidence.capture/1`.
    pub kind: String,
    /// Who did it.
    pub writer: WriterId,
    /// The name on the roster, where it is held.
    pub name: Option<String>,
    /// When, as its device claims, in milliseconds since 1970 UTC.
    pub claimed_ms: i64,
    /// The latest time that an op claims which this one builds on.
    pub after_ms: Option<i64>,
    /// The earliest time that an op of another writer claims which builds on this one.
    pub before_ms: Option<i64>,
    /// The log of a hub whose checkpoint it carries: then it was not written before that.
    pub checkpoint: Option<String>,
}

/// A condition that a unit must meet.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ConditionView {
    /// The stable code, such as `two_officers`.
    pub code: String,
    /// What it asks for.
    pub label: Bilingual,
    /// The rule that asks for it, such as `R01`.
    pub rule: String,
    /// How it stands.
    pub verdict: Verdict,
    /// How many there are.
    pub have: u64,
    /// How many must be.
    pub need: u64,
    /// Items, elements or tags that it names.
    pub names: Vec<String>,
    /// The ops that it rests on.
    pub ops: Vec<Hash>,
}

/// One unit: a training, a check, a finding, a chain of evidence.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct UnitView {
    /// The dossier.
    pub dossier: DossierId,
    /// What it is: the training, the check, the finding, the case.
    pub subject: EntityId,
    /// What people call it.
    pub title: String,
    /// How far it is.
    pub state: PartState,
    /// Of a finding: how far it is substantiated.
    pub stage: Option<String>,
    /// Whether it is a practice case 演练, which enters no statistics.
    pub is_practice: bool,
    /// Its conditions.
    pub conditions: Vec<ConditionView>,
}

/// One part of the board.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct PartView {
    /// Which.
    pub part: Part,
    /// Its letter: T, C, V, E.
    pub letter: String,
    /// What it is called.
    pub label: Bilingual,
    /// How many units count.
    pub have: u64,
    /// How many must; 0 where an honest zero 如实为零 closes the visit.
    pub need: u64,
    /// How far it is.
    pub state: PartState,
    /// How far it is, in words.
    pub state_label: Bilingual,
    /// What is lacking altogether, such as a second site.
    pub gap: Option<ConditionView>,
    /// Its units, the furthest first.
    pub units: Vec<UnitView>,
}

/// What came of a visit: statistics, never part of completion or ranking.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OutcomeView {
    /// Cases filed.
    pub filed: u64,
    /// Cases decided.
    pub decided: u64,
    /// Cases closed.
    pub closed: u64,
    /// Fines decided, in fen.
    pub decided_fen: i64,
    /// Fines paid, in fen.
    pub paid_fen: i64,
}

/// The board of an assistance visit.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct BoardView {
    /// The dossier of the visit.
    pub dossier: DossierId,
    /// The dated profile that was applied, such as `rizhao-2021`.
    pub profile: String,
    /// The moment of which it speaks, in milliseconds since 1970 UTC.
    pub as_of_ms: i64,
    /// Training, checks, violation, chain.
    pub parts: Vec<PartView>,
    /// 现场完成: everything that can be done on site is done.
    pub is_field_complete: bool,
    /// 全链完成: every part counts, up to the concluded investigation.
    pub is_chain_complete: bool,
    /// 如实为零: two complete checks found nothing, and no violation is required.
    pub is_honest_zero: bool,
    /// Whether its chain was made on a practice case.
    pub is_practice: bool,
    /// What came of it.
    pub outcome: OutcomeView,
    /// Findings that are shown apart and do not count.
    pub apart: Vec<ApartView>,
    /// Warnings about the visit as a whole.
    pub warnings: Vec<ConditionView>,
}

/// A finding that does not count, and why.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ApartView {
    /// The dossier of its check.
    pub dossier: DossierId,
    /// The finding.
    pub finding: EntityId,
    /// What is wrong.
    pub title: String,
    /// Why it does not count.
    pub why: Bilingual,
}

/// A condition of the board with the ops that it rests on.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct WhyView {
    /// Which part.
    pub part: Part,
    /// What the unit is called; empty for what is lacking altogether.
    pub title: String,
    /// The condition.
    pub condition: ConditionView,
    /// Its ops, in the order of their claimed times.
    pub ops: Vec<WhyOp>,
}

impl From<procedure::Condition> for ConditionView {
    fn from(condition: procedure::Condition) -> Self {
        Self {
            code: condition.code.word().to_owned(),
            label: Bilingual::say(|lang| condition.code.label(lang)),
            rule: condition.code.rule().to_owned(),
            verdict: condition.verdict,
            have: condition.have as u64,
            need: condition.need as u64,
            names: condition.names,
            ops: condition.ops,
        }
    }
}

impl From<procedure::Unit> for UnitView {
    fn from(unit: procedure::Unit) -> Self {
        Self {
            dossier: unit.dossier,
            subject: unit.subject,
            state: unit.state(),
            stage: unit.stage.map(|stage| stage.word().to_owned()),
            is_practice: unit.practice,
            conditions: unit.conditions.into_iter().map(ConditionView::from).collect(),
            title: unit.title,
        }
    }
}

impl From<procedure::PartBoard> for PartView {
    fn from(part: procedure::PartBoard) -> Self {
        Self {
            part: part.part,
            letter: part.part.letter().to_owned(),
            label: Bilingual::say(|lang| part.part.label(lang)),
            have: part.have as u64,
            need: part.need as u64,
            state: part.state,
            state_label: Bilingual::say(|lang| part.state_label(lang)),
            gap: part.gap.map(ConditionView::from),
            units: part.units.into_iter().map(UnitView::from).collect(),
        }
    }
}

impl From<procedure::Outcome> for OutcomeView {
    fn from(outcome: procedure::Outcome) -> Self {
        Self {
            filed: outcome.filed as u64,
            decided: outcome.decided as u64,
            closed: outcome.closed as u64,
            decided_fen: outcome.decided_fen,
            paid_fen: outcome.paid_fen,
        }
    }
}

impl From<procedure::Apart> for ApartView {
    fn from(apart: procedure::Apart) -> Self {
        Self {
            dossier: apart.dossier,
            finding: apart.finding,
            title: apart.title,
            why: Bilingual::say(|lang| apart.why.label(lang)),
        }
    }
}

impl From<procedure::Board> for BoardView {
    fn from(board: procedure::Board) -> Self {
        Self {
            dossier: board.dossier,
            profile: board.profile.name.to_owned(),
            as_of_ms: board.as_of_ms,
            is_field_complete: board.field_complete(),
            is_chain_complete: board.chain_complete(),
            is_honest_zero: board.honest_zero,
            is_practice: board.is_practice(),
            parts: board.parts.into_iter().map(PartView::from).collect(),
            outcome: board.outcome.into(),
            apart: board.apart.into_iter().map(ApartView::from).collect(),
            warnings: board.warnings.into_iter().map(ConditionView::from).collect(),
        }
    }
}

impl From<action::Why> for WhyView {
    fn from(why: action::Why) -> Self {
        Self { part: why.part, title: why.title, condition: why.condition.into(), ops: why.ops }
    }
}
