//! Correction orders 责令限期整改, and longer deadlines.

use angen_core::action::{self, AnswerExtension, ExtendOrder};
use angen_core::domain::{Extension, Order, RecheckOutcome};
use angen_core::procedure::OrderStanding;
use angen_ledger::id::{DossierId, EntityId};

/// The answer to an application.
#[uniffi::remote(Record)]
pub struct AnswerExtension {
    /// The new last day; none refuses.
    #[uniffi(default = None)]
    pub granted_to: Option<String>,
    /// The day of the answer; today, if none is given.
    #[uniffi(default = None)]
    pub answered_on: Option<String>,
}

/// An application for a longer deadline, and its answer once there is one.
#[uniffi::remote(Record)]
pub struct ExtendOrder {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The order.
    pub order: EntityId,
    /// The finding whose deadline it is about.
    pub finding: EntityId,
    /// The day of the application.
    pub asked_on: String,
    /// Why the unit asks.
    pub reason: String,
    /// The answer, if there is one already.
    #[uniffi(default = None)]
    pub answer: Option<AnswerExtension>,
}

/// A finding that an order is about, and by when it must be corrected.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OrderedItem {
    /// The finding.
    pub finding: EntityId,
    /// `at_once`, or a day, `2026-09-30`.
    pub by: String,
}

/// What is ordered.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct IssueOrder {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// Findings, in the order of the paper.
    pub items: Vec<OrderedItem>,
    /// Law, version and article that give the power; the core's own basis, if none is given.
    #[uniffi(default = None)]
    pub legal_basis: Option<String>,
    /// Number of the paper, if it has one yet.
    #[uniffi(default = None)]
    pub number: Option<String>,
    /// The day of the order; today, if none is given.
    #[uniffi(default = None)]
    pub issued_on: Option<String>,
    /// Who of the unit was told.
    #[uniffi(default = None)]
    pub told_to: Option<String>,
}

/// An order that was issued.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OrderView {
    /// The entity.
    pub order: EntityId,
    /// The day of the order.
    pub issued_on: String,
    /// Number of the paper, if it has one yet.
    pub number: Option<String>,
    /// What must be corrected, in the order of the paper.
    pub items: Vec<OrderItemView>,
}

/// One item of an order as it stands.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct OrderItemView {
    /// The finding.
    pub finding: EntityId,
    /// What people call it; empty where it is not here.
    pub title: String,
    /// The last day: as ordered, or as it was granted since.
    pub by: Option<String>,
    /// What the last re-check found; none before the first.
    pub outcome: Option<RecheckOutcome>,
}

/// An application for a longer deadline 延期整改, and its answer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct ExtensionView {
    /// The entity.
    pub extension: EntityId,
    /// Whether there is an answer.
    pub is_answered: bool,
    /// The new last day; none while there is no answer, and when it was refused.
    pub granted_to: Option<String>,
}

impl From<IssueOrder> for action::IssueOrder {
    fn from(request: IssueOrder) -> Self {
        Self {
            dossier: request.dossier,
            items: request.items.into_iter().map(|item| (item.finding, item.by)).collect(),
            legal_basis: request.legal_basis,
            number: request.number,
            issued_on: request.issued_on,
            told_to: request.told_to,
        }
    }
}

/// The order as it was issued: nothing was granted or re-checked yet.
impl From<Order> for OrderView {
    fn from(order: Order) -> Self {
        let item = |item: &angen_core::domain::OrderItem| OrderItemView {
            finding: item.finding,
            title: String::new(),
            by: Some(item.by.to_text()),
            outcome: None,
        };
        Self {
            order: order.order,
            issued_on: order.issued_on.to_string(),
            items: order.items.iter().map(item).collect(),
            number: order.number,
        }
    }
}

impl From<OrderStanding> for OrderView {
    fn from(standing: OrderStanding) -> Self {
        let items = standing.items.into_iter().map(|item| OrderItemView {
            finding: item.finding,
            title: item.title,
            by: item.by.map(|day| day.to_string()),
            outcome: item.outcome,
        });
        Self { items: items.collect(), ..Self::from(standing.order) }
    }
}

impl From<Extension> for ExtensionView {
    fn from(extension: Extension) -> Self {
        let granted = extension.answer.and_then(|answer| answer.granted_to);
        Self {
            extension: extension.extension,
            is_answered: extension.answer.is_some(),
            granted_to: granted.map(|day| day.to_string()),
        }
    }
}
