//! Proposes what a finding can say already 问题预填: from the checklist's item, the register and the
//! clock, so that an officer types only what was seen.
//!
//! A proposal is the request of the verb that follows: whoever reads it may change every word of
//! it, and nothing is recorded before. What is a judgement (what it leads to, whether a criterion
//! of a major hazard is met) is asked for and never proposed.

use std::collections::BTreeMap;

use angen_documents::Citation;
use angen_forms::Item;
use angen_ledger::id::{DossierId, EntityId};
use rusqlite::Connection;

use crate::action::establish::established;
use crate::action::look::only;
use crate::action::raise_finding::RaiseFinding;
use crate::action::set_answers::{SetAnswers, open_checklist};
use crate::desk::Desk;
use crate::domain::{Check, Consequence, Enterprise, Finding, china_clock, read_one};
use crate::error::{Error, Result};
use crate::procedure::paper::citations;
use crate::procedure::penalty;

/// What a checklist writes where an item has no criterion of ours.
const NO_CRITERION: &[&str] = &["", "-", "no", "other", "to_confirm"];

/// What the criteria of major hazards are called, in whichever trade.
const CRITERIA: &str = "重大事故隐患判定标准";

/// The authority whose officers use this: first, where an item names several.
const OURS: &str = "EM";

/// What an officer decides before anything is proposed.
#[derive(Debug, Clone)]
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
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shot {
    /// 全景.
    Wide,
    /// 近景.
    Close,
    /// 读数.
    Reading,
}

impl Shot {
    /// The Chinese term.
    #[must_use]
    pub fn term(self) -> &'static str {
        match self {
            Self::Wide => "全景",
            Self::Close => "近景",
            Self::Reading => "读数",
        }
    }
}

/// Proposes a finding on an item. Where it was and what was seen is left to the officer.
///
/// # Errors
/// `Invalid` for a checklist or item that the check does not have, and for a criterion that the
/// item does not name; `NotFound`; `Paused`, `Storage`.
pub fn propose_finding(desk: &Desk<'_>, request: &ProposeFinding) -> Result<RaiseFinding> {
    let place = established(desk.store())?;
    let now_ms = desk.ports().clock.now().wall_ms;
    desk.store().read(|read| {
        let check: Check = only(read, request.dossier)?;
        let enterprise: Enterprise = read_one(read, place.register, check.enterprise)?;
        let item = item_of(desk, (read, place.library), &check, request)?;
        let (criteria, basis) = sources(&item);
        let criterion = if request.criterion_met {
            Some(criterion(&item, &criteria).ok_or_else(|| no_criterion(&item.name))?)
        } else {
            None
        };
        let cited = if criterion.is_some() { [basis, criteria].concat() } else { basis };
        Ok(RaiseFinding {
            dossier: request.dossier,
            item: Some(item.name.clone()),
            title: format!("不符合“{}”", item.label.get("zh").unwrap_or(&item.name)),
            legal_basis: cited.join("；"),
            major_hazard: criterion,
            authority: authority(&item).to_owned(),
            penalty: sole_penalty(&item),
            consequence: request.consequence,
            elements: vec![
                ("subject".to_owned(), enterprise.name),
                ("observed".to_owned(), observed(now_ms)),
            ],
        })
    })
}

/// Proposes the note that the checklist asks of an item that is not complied with: the words of
/// its finding.
///
/// # Errors
/// `NotFound` where no checklist of the check has such a note; `Paused`, `Storage`.
pub fn propose_note(desk: &Desk<'_>, dossier: DossierId, finding: &Finding) -> Result<SetAnswers> {
    let place = established(desk.store())?;
    let note = format!("{}_note", finding.item.as_deref().unwrap_or_default());
    let seen = told(finding, "act").unwrap_or(&finding.title).to_owned();
    desk.store().read(|read| {
        let check: Check = only(read, dossier)?;
        for checklist in check.checklists {
            let list = open_checklist(desk.store(), read, place.library, checklist)?;
            if list.form.item(&note).is_some() {
                let answers = BTreeMap::from([(note, seen)]);
                return Ok(SetAnswers { dossier, checklist, answers, reason: None });
            }
        }
        Err(Error::NotFound { noun: "item", id: note.clone() })
    })
}

/// Proposes what a photo of a finding shows: the place, what is wrong there, and which photo it is.
#[must_use]
pub fn propose_caption(finding: &Finding, shot: Shot) -> String {
    let words = [told(finding, "location"), told(finding, "act")];
    let words: Vec<&str> = words.into_iter().flatten().collect();
    let words = if words.is_empty() { finding.title.clone() } else { words.join("：") };
    format!("{words}（{}）", shot.term())
}

fn told<'f>(finding: &'f Finding, element: &str) -> Option<&'f str> {
    let words = finding.elements.iter().find(|(code, _)| code == element);
    words.map(|(_, words)| words.trim()).filter(|words| !words.is_empty())
}

fn item_of(
    desk: &Desk<'_>,
    (read, library): (&Connection, DossierId),
    check: &Check,
    request: &ProposeFinding,
) -> Result<Item> {
    let item = if check.checklists.contains(&request.checklist) {
        let list = open_checklist(desk.store(), read, library, request.checklist)?;
        list.form.item(&request.item).cloned()
    } else {
        None
    };
    item.ok_or_else(|| {
        let (zh, en) =
            ("本次检查的检查表里没有这一项", "the checklists of this check have no such item");
        Error::invalid(request.item.clone(), zh, en)
    })
}

/// What the item cites: criteria of major hazards, and the articles of law. A source without
/// article (a product standard, a rule as a whole) is left out, since no paper may cite it so.
fn sources(item: &Item) -> (Vec<String>, Vec<String>) {
    let whole = |cited: &Citation| !cited.version.is_empty() && !cited.article.is_empty();
    let cited = item.legal_basis().unwrap_or_default().split('；').map(str::trim);
    let cited = cited.filter(|part| citations(part).iter().any(whole)).map(str::to_owned);
    cited.partition(|part| part.contains(CRITERIA))
}

/// The criterion in the words of its citation; its code, where the item cites none.
fn criterion(item: &Item, criteria: &[String]) -> Option<String> {
    let code = item.major_hazard().filter(|code| !NO_CRITERION.contains(code))?;
    Some(if criteria.is_empty() { code.to_owned() } else { criteria.join("；") })
}

fn no_criterion(item: &str) -> Error {
    Error::invalid(
        item,
        "检查表没有写明这一项的重大事故隐患判定标准，请自行写明",
        "the checklist names no criterion of a major hazard for this item: write it yourself",
    )
}

fn authority(item: &Item) -> &str {
    let ours = item.authorities().find(|authority| *authority == OURS);
    ours.or_else(|| item.authorities().next()).unwrap_or_default()
}

/// The penalty, where the item names one: among several an officer chooses.
fn sole_penalty(item: &Item) -> Option<String> {
    let mut codes = item.penalty()?.split_whitespace();
    let code = codes.next().filter(|code| penalty(code).is_some())?;
    codes.next().is_none().then(|| code.to_owned())
}

/// When and how it came to light.
fn observed(now_ms: i64) -> String {
    let clock = china_clock(now_ms).map(|at| at.format("%Y年%-m月%-d日%H时%M分").to_string());
    format!("{}现场检查时当场发现", clock.unwrap_or_default())
}
