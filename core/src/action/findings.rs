//! The findings 问题/隐患 of a check, each with its elements and what it still lacks.

use std::collections::BTreeMap;

use angen_ledger::id::{DossierId, EntityId};

use crate::action::establish::established;
use crate::action::look::{Names, dossier_of_kind};
use crate::action::paged::Paged;
use crate::action::raise_finding::authority_term;
use crate::domain::{Bilingual, Consequence, ELEMENTS, Evidence, Finding, Noun as _, read_all};
use crate::error::Result;
use crate::procedure::{Missing, Part, Stage, Unit, check_units};
use crate::store::{self, Connection, Store};

/// An element 要件 of a finding: what must be told of every one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ElementRow {
    /// Its code: `subject`, `location`, `act`, `observed`, `consequence`.
    pub code: String,
    /// What it is called.
    pub label: Bilingual,
    /// What was told; none when nothing was.
    pub words: Option<String>,
}

/// A finding as a list shows it.
#[derive(Debug, Clone, PartialEq, Eq)]
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
    /// Every element, told or not.
    pub elements: Vec<ElementRow>,
    /// How far it is substantiated; none for one that is shown apart and does not count.
    pub stage: Option<Stage>,
    /// What it still lacks, evidence included; the most important first.
    pub lacks: Vec<Missing>,
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

/// A page of a check's findings as of a moment, in milliseconds since 1970 UTC; the newest first.
/// `before` is the `next` of the page before.
///
/// # Errors
/// `NotFound` when the dossier is no check here; `Paused`, `Storage`.
pub fn findings(
    store: &Store,
    dossier: DossierId,
    before: Option<u32>,
    as_of_ms: i64,
) -> Result<Paged<FindingRow>> {
    let place = established(store)?;
    store.read(|read| {
        dossier_of_kind(read, dossier, "check")?;
        let names = Names::read(read, place.roster)?;
        let units = check_units(read, dossier, as_of_ms)?;
        let shown = evidence_by_finding(read, dossier)?;
        let all = store::entities(read, dossier, Finding::NOUN)?;
        Paged::newest(all.len(), before, |at| {
            let held = Finding::from_fields(all[at], &store::fields_of(read, dossier, all[at])?);
            Ok(held.map(|held| {
                let of_finding =
                    |unit: &&Unit| unit.subject == held.finding && unit.part == Part::Violation;
                let unit = units.iter().find(of_finding);
                FindingRow {
                    stage: unit.and_then(|unit| unit.stage),
                    lacks: unit.map(Missing::of_unit).unwrap_or_default(),
                    evidence: shown.get(&held.finding).copied().unwrap_or_default(),
                    raised_by: names.of(held.writer),
                    ..FindingRow::from(held)
                }
            }))
        })
    })
}

fn evidence_by_finding(read: &Connection, dossier: DossierId) -> Result<BTreeMap<EntityId, u32>> {
    let mut shown = BTreeMap::new();
    let standing = read_all::<Evidence>(read, dossier)?.into_iter().filter(|held| !held.retracted);
    for about in standing.filter_map(|held| held.about) {
        *shown.entry(about).or_default() += 1;
    }
    Ok(shown)
}

impl From<Finding> for FindingRow {
    fn from(held: Finding) -> Self {
        let (zh, en) = authority_term(&held.authority);
        let authority_label = Bilingual { zh: zh.to_owned(), en: en.to_owned() };
        Self {
            elements: ELEMENTS.iter().map(|(code, term)| element(&held, code, term)).collect(),
            finding: held.finding,
            item: held.item,
            title: held.title,
            legal_basis: held.legal_basis,
            major_hazard: held.major_hazard,
            authority: held.authority,
            authority_label,
            penalty: held.penalty,
            consequence: held.consequence,
            stage: None,
            lacks: Vec::new(),
            evidence: 0,
            is_retracted: held.retracted,
            reason: held.reason,
            raised_by: None,
            raised_ms: held.wall_ms,
        }
    }
}

/// The codes of elements are their English terms.
fn element(held: &Finding, code: &str, term: &str) -> ElementRow {
    let told = held.elements.iter().find(|(known, _)| known == code);
    ElementRow {
        code: code.to_owned(),
        label: Bilingual { zh: term.to_owned(), en: code.to_owned() },
        words: told.map(|(_, words)| words.clone()),
    }
}
