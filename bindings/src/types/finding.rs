//! Findings 问题/隐患: proposed, raised, corrected, handed over, and as a list shows them.

use angen_core::action::{self, ElementRow, Paged, ProposeFinding, Shot, TransferFinding};
use angen_core::domain::{self, Bilingual, Consequence};
use angen_ledger::id::{DossierId, EntityId};

use super::MissingView;

/// What a finding leads to; evidence scales with it.
#[uniffi::remote(Enum)]
pub enum Consequence {
    /// 当场改正: instructed on the spot.
    OnTheSpot,
    /// 责令限期整改: a correction order.
    Order,
    /// 立案: a case.
    Case,
}

/// What an officer decides before anything is proposed.
#[uniffi::remote(Record)]
pub struct ProposeFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The checklist in the library.
    pub checklist: EntityId,
    /// The item that is not complied with.
    pub item: String,
    /// What it leads to.
    pub consequence: Consequence,
    /// Whether the item's criterion of a major hazard 重大事故隐患 is met.
    pub criterion_met: bool,
}

/// How a photo of a finding is taken: first wide, then close, then what an instrument shows.
#[uniffi::remote(Enum)]
pub enum Shot {
    /// 全景.
    Wide,
    /// 近景.
    Close,
    /// 读数.
    Reading,
}

/// What is handed over.
#[uniffi::remote(Record)]
pub struct TransferFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The finding.
    pub finding: EntityId,
    /// To whom: one of `AUTHORITIES`, and not emergency management itself.
    pub to: String,
    /// The day.
    pub on: String,
    /// Number of the letter, if it has one.
    #[uniffi(default = None)]
    pub letter_no: Option<String>,
    /// The photo or scan of the letter, or of its receipt, captured in the dossier.
    #[uniffi(default = None)]
    pub letter: Option<EntityId>,
}

/// An element 要件 of a finding: what must be told of every one.
#[uniffi::remote(Record)]
pub struct ElementRow {
    /// Its code: `subject`, `location`, `act`, `observed`, `consequence`.
    pub code: String,
    /// What it is called.
    pub label: Bilingual,
    /// What was told; none when nothing was.
    pub words: Option<String>,
}

/// An element 要件 that is told.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct Element {
    /// Its code: `subject`, `location`, `act`, `observed`, `consequence`.
    pub code: String,
    /// What is told.
    pub words: String,
}

/// What is found. It is proposed from a checklist item, or put together by the officer.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct RaiseFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The item that it comes from.
    #[uniffi(default = None)]
    pub item: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion 重大事故隐患判定, if one is met.
    #[uniffi(default = None)]
    pub major_hazard: Option<String>,
    /// Who enforces: `EM` emergency management, `FR` fire, `MS` market supervision, `EE` ecology.
    pub authority: String,
    /// Code of the penalty table.
    #[uniffi(default = None)]
    pub penalty: Option<String>,
    /// What it leads to.
    pub consequence: Consequence,
    /// Elements that can be told now. The rest is asked for later.
    pub elements: Vec<Element>,
}

/// What is corrected in a finding; what is not given stays.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct CorrectFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The finding.
    pub finding: EntityId,
    /// Why.
    pub reason: String,
    /// What is wrong, in better words.
    #[uniffi(default = None)]
    pub title: Option<String>,
    /// Law, version and article.
    #[uniffi(default = None)]
    pub legal_basis: Option<String>,
    /// What it leads to.
    #[uniffi(default = None)]
    pub consequence: Option<Consequence>,
    /// Every element that can be told now.
    #[uniffi(default = None)]
    pub elements: Option<Vec<Element>>,
}

/// A finding that was raised or corrected.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FindingView {
    /// The entity.
    pub finding: EntityId,
    /// What is wrong, in a sentence.
    pub title: String,
}

/// A finding as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FindingRow {
    /// The entity.
    pub finding: EntityId,
    /// The checklist item that it comes from.
    pub item: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion 重大事故隐患判定, if one is met.
    pub major_hazard: Option<String>,
    /// `EM`, `FR`, `MS` or `EE`: who enforces.
    pub authority: String,
    /// What that authority is called.
    pub authority_label: Bilingual,
    /// Code of the penalty table.
    pub penalty: Option<String>,
    /// What it leads to.
    pub consequence: Consequence,
    /// What that is called.
    pub consequence_label: Bilingual,
    /// Every element, told or not.
    pub elements: Vec<ElementRow>,
    /// How far it is substantiated: `suspected` 疑似, `substantiated` 有据, `proved` 查实; none for
    /// one that is shown apart and does not count.
    pub stage: Option<String>,
    /// What that is called.
    pub stage_label: Option<Bilingual>,
    /// What it still lacks, evidence included; the most important first.
    pub lacks: Vec<MissingView>,
    /// Pieces of evidence that are about it and stand.
    pub evidence: u32,
    /// Whether it was retracted.
    pub is_retracted: bool,
    /// Why it was corrected or retracted, if it was.
    pub reason: Option<String>,
    /// Name of who raised it; none where the roster does not have them.
    pub raised_by: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub raised_ms: i64,
}

/// One page of findings.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct FindingPage {
    /// The rows, the newest first.
    pub rows: Vec<FindingRow>,
    /// Where the next page begins; none when this is the last.
    pub next: Option<u32>,
}

fn pair(element: Element) -> (String, String) {
    (element.code, element.words)
}

impl From<RaiseFinding> for action::RaiseFinding {
    fn from(request: RaiseFinding) -> Self {
        Self {
            dossier: request.dossier,
            item: request.item,
            title: request.title,
            legal_basis: request.legal_basis,
            major_hazard: request.major_hazard,
            authority: request.authority,
            penalty: request.penalty,
            consequence: request.consequence,
            elements: request.elements.into_iter().map(pair).collect(),
        }
    }
}

impl From<action::RaiseFinding> for RaiseFinding {
    fn from(proposed: action::RaiseFinding) -> Self {
        let element = |(code, words)| Element { code, words };
        Self {
            dossier: proposed.dossier,
            item: proposed.item,
            title: proposed.title,
            legal_basis: proposed.legal_basis,
            major_hazard: proposed.major_hazard,
            authority: proposed.authority,
            penalty: proposed.penalty,
            consequence: proposed.consequence,
            elements: proposed.elements.into_iter().map(element).collect(),
        }
    }
}

impl From<CorrectFinding> for action::CorrectFinding {
    fn from(request: CorrectFinding) -> Self {
        Self {
            title: request.title,
            legal_basis: request.legal_basis,
            consequence: request.consequence,
            elements: request.elements.map(|told| told.into_iter().map(pair).collect()),
        }
    }
}

impl From<domain::Finding> for FindingView {
    fn from(held: domain::Finding) -> Self {
        Self { finding: held.finding, title: held.title }
    }
}

impl From<action::FindingRow> for FindingRow {
    fn from(row: action::FindingRow) -> Self {
        let both = |zh: &str, en: &str| Bilingual { zh: zh.to_owned(), en: en.replace('_', " ") };
        Self {
            finding: row.finding,
            item: row.item,
            title: row.title,
            legal_basis: row.legal_basis,
            major_hazard: row.major_hazard,
            authority: row.authority,
            authority_label: row.authority_label,
            penalty: row.penalty,
            consequence: row.consequence,
            consequence_label: both(row.consequence.term(), row.consequence.word()),
            elements: row.elements,
            stage: row.stage.map(|stage| stage.word().to_owned()),
            stage_label: row.stage.map(|stage| both(stage.term(), stage.word())),
            lacks: row.lacks.into_iter().map(MissingView::from).collect(),
            evidence: row.evidence,
            is_retracted: row.is_retracted,
            reason: row.reason,
            raised_by: row.raised_by,
            raised_ms: row.raised_ms,
        }
    }
}

impl From<Paged<action::FindingRow>> for FindingPage {
    fn from(page: Paged<action::FindingRow>) -> Self {
        Self { rows: page.rows.into_iter().map(FindingRow::from).collect(), next: page.next }
    }
}
