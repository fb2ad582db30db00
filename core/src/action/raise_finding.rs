//! Raises a finding 隐患/问题, corrects it, or retracts it; every version stays visible.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::value::Value;

use crate::action::look::{not_empty, only};
use crate::desk::{Desk, Entry};
use crate::domain::{Check, Consequence, ELEMENTS, Evidence, Finding, read_one};
use crate::error::{Error, Result};

/// Who enforces: emergency management, fire, market supervision, ecology.
pub const AUTHORITIES: &[(&str, &str)] =
    &[("EM", "应急管理"), ("FR", "消防救援"), ("MS", "市场监管"), ("EE", "生态环境")];

/// What an authority is called: Chinese and English.
pub(crate) fn authority_term(code: &str) -> (&str, &str) {
    let en = match code {
        "EM" => "emergency management",
        "FR" => "fire and rescue",
        "MS" => "market supervision",
        "EE" => "ecology and environment",
        other => other,
    };
    let zh = AUTHORITIES.iter().find(|(known, _)| *known == code);
    (zh.map_or(code, |(_, term)| term), en)
}

/// What is found.
#[derive(Debug, Clone)]
pub struct RaiseFinding {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// The item that it comes from.
    pub item: Option<String>,
    /// What is wrong, in a sentence.
    pub title: String,
    /// Law, version and article.
    pub legal_basis: String,
    /// The major-hazard criterion, if one is met.
    pub major_hazard: Option<String>,
    /// One of [`AUTHORITIES`].
    pub authority: String,
    /// Code of the penalty table.
    pub penalty: Option<String>,
    /// What it leads to.
    pub consequence: Consequence,
    /// Elements that can be told now: code of [`ELEMENTS`] and words. The rest is asked for later.
    pub elements: Vec<(String, String)>,
}

/// Raises a finding. What is not known yet may be left out: recording is never blocked, only the
/// issue of a document will be.
///
/// # Errors
/// `Invalid` for an empty title, an unknown authority or element; `NotFound`; `Sign`, `Storage`.
pub fn raise_finding(desk: &Desk<'_>, request: &RaiseFinding) -> Result<Finding> {
    not_empty("title", &request.title)?;
    if !AUTHORITIES.iter().any(|(known, _)| *known == request.authority) {
        return Err(Error::invalid(
            "authority",
            format!(
                "没有“{}”这个部门，可用：EM 应急、FR 消防、MS 市场监管、EE 生态环境",
                request.authority
            ),
            format!("there is no authority {}: use EM, FR, MS or EE", request.authority),
        ));
    }
    let elements = elements_value(&request.elements)?;
    desk.write(|page| {
        only::<Check>(page.read(), request.dossier)?;
        let finding = page.new_entity();
        page.put(
            Entry::new("finding.raise/1", request.dossier, finding)
                .set("title", request.title.as_str())
                .set("legal_basis", request.legal_basis.as_str())
                .set("authority", request.authority.as_str())
                .set("consequence", request.consequence.word())
                .set("elements", elements)
                .set_some("item", request.item.as_deref())
                .set_some("major_hazard", request.major_hazard.as_deref())
                .set_some("penalty", request.penalty.as_deref()),
        )?;
        read_one(page.read(), request.dossier, finding)
    })
}

/// What is corrected in a finding; what is not given stays.
#[derive(Debug, Clone, Default)]
pub struct CorrectFinding {
    /// What is wrong, in better words.
    pub title: Option<String>,
    /// Law, version and article.
    pub legal_basis: Option<String>,
    /// What it leads to.
    pub consequence: Option<Consequence>,
    /// Every element that can be told now.
    pub elements: Option<Vec<(String, String)>>,
}

/// Corrects a finding, with a reason.
///
/// # Errors
/// `Invalid` for an empty reason or title, or nothing to correct; `NotFound`; `Sign`, `Storage`.
pub fn correct_finding(
    desk: &Desk<'_>,
    dossier: DossierId,
    finding: EntityId,
    correction: &CorrectFinding,
    reason: &str,
) -> Result<Finding> {
    not_empty("reason", reason)?;
    if let Some(title) = &correction.title {
        not_empty("title", title)?;
    }
    let elements = correction.elements.as_deref().map(elements_value).transpose()?;
    let entry = Entry::new("finding.correct/1", dossier, finding)
        .set_some("title", correction.title.as_deref())
        .set_some("legal_basis", correction.legal_basis.as_deref())
        .set_some("consequence", correction.consequence.map(Consequence::word))
        .set_some("elements", elements);
    if entry.fields.is_empty() {
        return Err(Error::invalid("correct", "没有要改的内容", "there is nothing to correct"));
    }
    desk.write(|page| {
        read_one::<Finding>(page.read(), dossier, finding)?;
        page.put(entry.set("reason", reason))?;
        read_one(page.read(), dossier, finding)
    })
}

/// Retracts a finding or a piece of evidence, with a reason. Nothing is deleted.
///
/// # Errors
/// `Invalid` for an empty reason; `NotFound`; `Sign`, `Storage`.
pub fn retract(
    desk: &Desk<'_>,
    dossier: DossierId,
    entity: EntityId,
    reason: &str,
) -> Result<Hash> {
    not_empty("reason", reason)?;
    desk.write(|page| {
        let kind = match read_one::<Finding>(page.read(), dossier, entity) {
            Ok(_) => "finding.retract/1",
            Err(Error::NotFound { .. }) => {
                read_one::<Evidence>(page.read(), dossier, entity)?;
                "evidence.retract/1"
            }
            Err(error) => return Err(error),
        };
        page.put(Entry::new(kind, dossier, entity).set("retracted", true).set("reason", reason))
    })
}

fn elements_value(elements: &[(String, String)]) -> Result<Value> {
    for (code, _) in elements {
        if !ELEMENTS.iter().any(|(known, _)| known == code) {
            let known: Vec<_> = ELEMENTS.iter().map(|(known, _)| *known).collect();
            return Err(Error::invalid(
                "elements",
                format!("没有“{code}”这个要件，可用：{}", known.join("、")),
                format!("there is no element {code}: use {}", known.join(", ")),
            ));
        }
    }
    let told = elements.iter().filter(|(_, words)| !words.trim().is_empty());
    Ok(Value::map(told.map(|(code, words)| (code.clone(), Value::from(words.as_str())))))
}
