//! An assistance visit: what is planned, and the dossier that it gets.

use angen_core::action::{AssistanceView, PlanAssistance};
use angen_ledger::id::{DossierId, EntityId, WriterId};

/// What is planned.
#[uniffi::remote(Record)]
pub struct PlanAssistance {
    /// Round, from 1.
    pub round: u32,
    /// The dated profile of what counts: `rizhao-2021` or `since-2025`.
    pub profile: String,
    /// The mentors' writers.
    pub mentors: Vec<WriterId>,
    /// The dossier of the round that it belongs to, if it is here.
    #[uniffi(default = None)]
    pub round_dossier: Option<DossierId>,
}

/// The dossier that was opened, and the visit in it.
#[uniffi::remote(Record)]
pub struct AssistanceView {
    /// The dossier.
    pub dossier: DossierId,
    /// The visit.
    pub assistance: EntityId,
}
