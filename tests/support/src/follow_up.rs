//! What follows the finding of a pretend township: a measure and an order to go on from.

use angen_core::action::{
    ApprovePreservation, DecidePreservation, IssueOrder, RecordRecheck, RegisterPreservation,
    TakeMeasure, TransferFinding, approve_preservation, issue_order, register_preservation,
    take_measure,
};
use angen_core::domain::{
    MeasureKind, PreservedDecision, PreservedItem, RecheckOutcome, RecheckedItem,
};
use angen_ledger::id::EntityId;
use angen_ledger::testing::BEGIN_MS;

use crate::township::Township;

/// What a test of it stands on must stand.
const WORKS: &str = "what follows the pretend finding works";

/// A measure and an order in the check. Plain ids: they hold for a copy of the folder too.
#[derive(Debug, Clone, Copy)]
pub struct FollowUpCast {
    /// Equipment that stands still.
    pub measure: EntityId,
    /// The order on the finding.
    pub order: EntityId,
    /// Evidence that is preserved, approved and registered.
    pub preservation: EntityId,
}

/// A measure to take.
#[must_use]
pub fn measure(town: &Township) -> TakeMeasure {
    TakeMeasure {
        dossier: town.cast.check.dossier,
        kind: MeasureKind::StopEquipment,
        findings: vec![town.cast.finding],
        legal_basis: None,
        words: Some("装好防护罩以前不得开机".to_owned()),
        shown_by: vec![town.cast.photo],
        told_to: Some("王志松".to_owned()),
    }
}

/// An order to issue.
#[must_use]
pub fn order(town: &Township) -> IssueOrder {
    IssueOrder {
        dossier: town.cast.check.dossier,
        items: vec![(town.cast.finding, "2026-12-08".to_owned())],
        legal_basis: None,
        number: None,
        issued_on: Some("2026-11-24".to_owned()),
        told_to: Some("王志松".to_owned()),
    }
}

/// A re-check to record.
#[must_use]
pub fn recheck(town: &Township, order: EntityId, outcome: RecheckOutcome) -> RecordRecheck {
    RecordRecheck {
        dossier: town.cast.check.dossier,
        order,
        items: vec![RecheckedItem {
            finding: town.cast.finding,
            outcome,
            words: "防护罩已经装好，螺栓齐全".to_owned(),
            shown_by: vec![town.cast.photo],
        }],
        rechecked_on: "2026-12-09".to_owned(),
    }
}

/// A finding to hand over.
#[must_use]
pub fn transfer(town: &Township) -> TransferFinding {
    TransferFinding {
        dossier: town.cast.check.dossier,
        finding: town.cast.finding,
        to: "FR".to_owned(),
        on: "2026-11-25".to_owned(),
        letter_no: None,
        letter: Some(town.cast.photo),
    }
}

/// An approval to preserve evidence.
#[must_use]
pub fn approval(town: &Township) -> ApprovePreservation {
    ApprovePreservation {
        dossier: town.cast.check.dossier,
        preservation: None,
        approver: "周明华".to_owned(),
        approved_at_ms: BEGIN_MS - 3_600_000,
        form: town.cast.photo,
        reason: "台账可能被更换".to_owned(),
    }
}

/// Items to register.
#[must_use]
pub fn registration(town: &Township, preservation: Option<EntityId>) -> RegisterPreservation {
    let item = |name: &str| PreservedItem {
        name: name.to_owned(),
        model: None,
        quantity: "1册".to_owned(),
        place: "办公室铁皮柜".to_owned(),
    };
    RegisterPreservation {
        dossier: town.cast.check.dossier,
        preservation,
        items: vec![item("设备检修台账"), item("安全培训记录")],
        holder: "王志松".to_owned(),
        notice_no: None,
        told_to: Some("王志松".to_owned()),
        registered_at_ms: Some(BEGIN_MS),
    }
}

/// A decision on both items.
#[must_use]
pub fn decision(town: &Township, preservation: EntityId) -> DecidePreservation {
    let give_back = |item| (item, PreservedDecision::Return, None);
    DecidePreservation {
        dossier: town.cast.check.dossier,
        preservation,
        items: vec![give_back(1), give_back(2)],
        decided_on: "2026-11-27".to_owned(),
    }
}

fn preserve(town: &Township) -> EntityId {
    let desk = town.officer();
    let approved = approve_preservation(&desk, &approval(town)).expect(WORKS).preservation;
    let request = registration(town, Some(approved));
    register_preservation(&desk, &request).expect(WORKS).preservation
}

/// Takes the measure and issues the order.
///
/// # Panics
/// When a verb fails: then the test has nothing to stand on.
#[must_use]
pub fn build_follow_up(town: &Township) -> FollowUpCast {
    let desk = town.officer();
    FollowUpCast {
        measure: take_measure(&desk, &measure(town)).expect(WORKS).measure,
        order: issue_order(&desk, &order(town)).expect(WORKS).order,
        preservation: preserve(town),
    }
}
