//! Recusal 回避: who was asked to step aside, and what the head of the agency decided.

use angen_ledger::hash::Hash;
use angen_ledger::id::{EntityId, WriterId};
use chrono::NaiveDate;

use crate::domain::{Fields, Noun, parse_day};

/// Who asked for it: the party or the officer.
pub const RECUSAL_ASKERS: &[(&str, &str)] = &[("party", "当事人申请"), ("officer", "本人申请")];

/// A recusal, asked for and perhaps decided (行政处罚法 2021, article 43).
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Recusal {
    /// The entity.
    pub recusal: EntityId,
    /// The op that asked.
    pub op: Hash,
    /// The officer's writer.
    pub officer: WriterId,
    /// One of [`RECUSAL_ASKERS`].
    pub asked_by: String,
    /// Why.
    pub reason: Option<String>,
    /// The decision; none while it is open.
    pub decision: Option<RecusalDecision>,
}

/// What was decided. In a conflict the officer steps aside until a person decides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecusalDecision {
    /// The op.
    pub op: Hash,
    /// Whether the officer steps aside.
    pub granted: bool,
    /// The day of the decision.
    pub decided_on: NaiveDate,
    /// Who decided, if it is disclosed.
    pub decided_by: Option<String>,
    /// Why.
    pub reason: Option<String>,
    /// The photo or scan of the signed form.
    pub evidence: EntityId,
    /// When it was noted, by that device.
    pub wall_ms: i64,
}

impl Noun for Recusal {
    const NOUN: &'static str = "recusal";

    fn from_fields(entity: EntityId, fields: &Fields) -> Option<Self> {
        let text = |name| fields.text(name).map(str::to_owned);
        Some(Self {
            recusal: entity,
            op: fields.heads("officer").first()?.op,
            officer: WriterId::from_slice(fields.bytes("officer")?)?,
            asked_by: text("asked_by").unwrap_or_default(),
            reason: text("reason"),
            decision: decision(fields),
        })
    }
}

fn decision(fields: &Fields) -> Option<RecusalDecision> {
    let head = fields.holding(Recusal::NOUN, "recusal_decision")?;
    let word = head.value.as_ref()?.as_text()?;
    let fields = &fields.as_said_by(head.op);
    let text = |name| fields.text(name).map(str::to_owned);
    Some(RecusalDecision {
        op: head.op,
        granted: word == "granted",
        decided_on: fields.text("decided_on").and_then(parse_day)?,
        decided_by: text("approver"),
        reason: text("decision_reason"),
        evidence: EntityId::from_slice(fields.bytes("evidence")?)?,
        wall_ms: head.wall_ms,
    })
}
