//! On-site measures 现场处理措施 and re-checks 整改复查.

use angen_core::action::{self, LiftMeasure, RecordRecheck, TakeMeasure};
use angen_core::domain::{Bilingual, Lifted, Measure, MeasureKind, RecheckOutcome, RecheckedItem};
use angen_core::procedure::{MeasureStanding, MeasureState, OnSpot};
use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What is ordered at once.
#[uniffi::remote(Enum)]
pub enum MeasureKind {
    /// 当场纠正: the violation is put right before the officers.
    CorrectAtOnce,
    /// 立即排除: the hazard is removed at once.
    RemoveAtOnce,
    /// 撤出作业人员: everybody leaves the dangerous area.
    Evacuate,
    /// 暂时停产停业: production stops for a time.
    StopWork,
    /// 停止使用: facilities or equipment are not used.
    StopEquipment,
    /// 停止作业: one piece of dangerous work stops.
    StopOperation,
    /// 查封、扣押: seal or seize. Coercive: the bureau decides.
    SealOrSeize,
    /// 停止供电、供应民用爆炸物品: cut the power or explosives. Coercive: the bureau decides.
    CutSupply,
}

/// What is ordered at once.
#[uniffi::remote(Record)]
pub struct TakeMeasure {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// What is ordered.
    pub kind: MeasureKind,
    /// The findings that it is about; none when there was no time to raise one.
    pub findings: Vec<EntityId>,
    /// Law, version and article; the kind's own basis, if none is given.
    #[uniffi(default = None)]
    pub legal_basis: Option<String>,
    /// What exactly is to be done.
    #[uniffi(default = None)]
    pub words: Option<String>,
    /// What shows it, captured in the dossier.
    pub shown_by: Vec<EntityId>,
    /// Who of the unit was told.
    #[uniffi(default = None)]
    pub told_to: Option<String>,
}

/// How a measure is lifted.
#[uniffi::remote(Record)]
pub struct LiftMeasure {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The measure.
    pub measure: EntityId,
    /// How it was checked that the danger is gone.
    pub checked_how: String,
    /// What shows it, captured in the dossier.
    pub shown_by: Vec<EntityId>,
}

/// How a measure was lifted 解除.
#[uniffi::remote(Record)]
pub struct Lifted {
    /// The op.
    pub op: Hash,
    /// How it was checked that the danger is gone.
    pub checked_how: String,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
    /// Who lifted it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// An on-site measure 现场处理措施.
#[uniffi::remote(Record)]
pub struct Measure {
    /// The entity.
    pub measure: EntityId,
    /// The op that took (or proposed) it.
    pub op: Hash,
    /// What is ordered.
    pub kind: MeasureKind,
    /// The findings that it is about.
    pub findings: Vec<EntityId>,
    /// Law, version and article.
    pub legal_basis: String,
    /// What exactly is to be done, if it was said.
    pub words: Option<String>,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
    /// Who of the unit was told, if it is disclosed.
    pub told_to: Option<String>,
    /// How it ended, if it did.
    pub lifted: Option<Lifted>,
    /// Who took it.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
}

/// How a measure or a preservation stands.
#[uniffi::remote(Enum)]
pub enum MeasureState {
    /// The last day for deciding on what is preserved has passed.
    OverDue,
    /// It holds.
    InForce,
    /// Proposed to the bureau, or approved and not carried out yet. It binds nobody.
    Waiting,
    /// Lifted after a check; of what is preserved every item is decided on.
    Ended,
}

/// A measure 现场处理措施 or a preservation 先行登记保存 as it stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MeasureRow {
    /// The dossier that it lies in: the check, or the case for what was preserved there.
    pub dossier: DossierId,
    /// The measure or the preservation.
    pub subject: EntityId,
    /// What people call it.
    pub label: Bilingual,
    /// What exactly is to be done, or the items that are preserved. Empty where nobody said.
    pub words: String,
    /// How it stands.
    pub state: MeasureState,
    /// The same in words.
    pub state_label: Bilingual,
    /// When it was taken, approved or registered first, in milliseconds since 1970 UTC.
    pub since_ms: i64,
    /// The last day for deciding on what is preserved, `2026-09-24`; none for a measure.
    pub due: Option<String>,
    /// The measure; none for a preservation.
    pub measure: Option<Measure>,
    /// Whether `lift_measure` ends it.
    pub can_be_lifted: bool,
}

/// Measures, a page of them.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct MeasurePage {
    /// At most 50: what is over due first, what ended last, and of each the newest first.
    pub rows: Vec<MeasureRow>,
    /// What to ask for next; none when this was the last page.
    pub next: Option<u64>,
}

impl From<MeasureStanding> for MeasureRow {
    fn from(standing: MeasureStanding) -> Self {
        Self {
            dossier: standing.dossier,
            subject: standing.subject(),
            label: Bilingual::say(|lang| standing.label(lang)),
            words: standing.words(),
            state: standing.state,
            state_label: Bilingual::say(|lang| standing.state_label(lang)),
            since_ms: standing.since_ms(),
            due: standing.due.map(|day| day.to_string()),
            can_be_lifted: standing.can_be_lifted(),
            measure: match standing.what {
                OnSpot::Measure(measure) => Some(measure),
                OnSpot::Preservation(_) => None,
            },
        }
    }
}

/// The opinion on one item of an order.
#[uniffi::remote(Enum)]
pub enum RecheckOutcome {
    /// 未整改.
    NotCorrected,
    /// 部分整改.
    Partly,
    /// 已整改.
    Corrected,
}

/// One item, looked at again.
#[uniffi::remote(Record)]
pub struct RecheckedItem {
    /// The finding.
    pub finding: EntityId,
    /// The opinion.
    pub outcome: RecheckOutcome,
    /// What the officers found now.
    pub words: String,
    /// What shows it.
    pub shown_by: Vec<EntityId>,
}

/// What was looked at again.
#[uniffi::remote(Record)]
pub struct RecordRecheck {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The order.
    pub order: EntityId,
    /// The items that were looked at; not all of them have to be.
    pub items: Vec<RecheckedItem>,
    /// The day of the re-check.
    pub rechecked_on: String,
}

/// A re-check, and what follows from it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RecheckView {
    /// The re-check.
    pub recheck: EntityId,
    /// Findings that were not corrected: a case is to be proposed on each.
    pub to_propose: Vec<EntityId>,
}

impl From<action::RecheckView> for RecheckView {
    fn from(view: action::RecheckView) -> Self {
        Self { recheck: view.recheck.recheck, to_propose: view.to_propose }
    }
}
