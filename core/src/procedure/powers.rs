//! What may be issued, asked before a document is made: by whom, in whose name, and what stands in
//! the way.

use std::collections::BTreeMap;

use angen_ledger::id::{DossierId, EntityId, WriterId};
use chrono::NaiveDate;

use crate::domain::{
    Assistance, Case, Dossier, Finding, Mandate, Noun, Source, area_name, china_noon_ms, read_all,
};
use crate::error::{Error, Result};
use crate::procedure::board::View;
use crate::procedure::case::CaseFacts;
use crate::procedure::mandate::{CERTIFIED_MIN, powers};
use crate::procedure::people::People;
use crate::procedure::visit::{CheckFacts, Trace};
use crate::procedure::{Issuer, Powers, Question, Reason, Why, form_power};

/// Whether a document may be issued.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MayIssue {
    /// In whose name, seal and number: the most special mandate that allows it. None when none
    /// does, or none is held.
    pub issuer: Option<Issuer>,
    /// What stops it, all at once.
    pub refusals: Vec<Reason>,
    /// What is to be borne in mind.
    pub warnings: Vec<Reason>,
    /// Who may sign as an officer: acted in the dossier, and is certified on that day.
    pub signers: Vec<Signer>,
}

/// An officer who may sign.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signer {
    /// The line in the roster.
    pub officer: EntityId,
    /// The writer.
    pub writer: WriterId,
    /// The name.
    pub name: String,
    /// The number of the certificate: of the newer one, where only a photo shows it yet.
    pub certificate_no: String,
    /// The body.
    pub organisation: String,
}

/// Every mandate on the rosters that are here.
pub(crate) fn mandates(source: &dyn Source, dossiers: &[Dossier]) -> Result<Vec<Mandate>> {
    let mut mandates = Vec::new();
    for roster in dossiers.iter().filter(|dossier| dossier.kind == "roster") {
        mandates.extend(read_all::<Mandate>(source, roster.dossier)?);
    }
    Ok(mandates)
}

/// Asks what the mandates on the rosters allow.
///
/// # Errors
/// What the source returns.
pub fn powers_of(source: &dyn Source, question: &Question) -> Result<Powers> {
    let view = View::open(source, &[])?;
    let certified = view.people.certified_on(question.day).len();
    let mut powers = powers(&view.mandates, certified, question);
    if certified < CERTIFIED_MIN {
        powers.refusals.push(fewer_than_two(&view.people, question.day));
        powers.issuers.clear();
    }
    if area_name(&question.area).is_none() {
        let name = question.area.clone();
        powers.warnings.push(Reason::new(Why::AreaNotKnown, vec![name]));
    }
    if let Some(form) = question.form.as_ref().filter(|form| form_power(form).is_none()) {
        powers.warnings.push(Reason::new(Why::FormNotKnown, vec![form.clone()]));
    }
    Ok(powers)
}

/// Whether a form may be issued from a check or a case on a day. Recording is never asked this.
///
/// # Errors
/// `NotFound` for a dossier that is not here; `Invalid` for one that is no check and no case; what
/// the source returns.
pub fn may_issue(
    source: &dyn Source,
    dossier: DossierId,
    form: &str,
    day: NaiveDate,
) -> Result<MayIssue> {
    let subject = Subject::read(source, dossier)?;
    let view = View::open(source, &subject.mentors)?;
    let people = view.people.within(source, dossier)?;
    let signers = signers(source, &view, &people, dossier, day)?;
    let mut refusals: Vec<Reason> = subject.refusal.into_iter().collect();
    let mut warnings = Vec::new();
    let mut issuer = None;
    let certified = people.certified_on(day).len();
    let Some(known) = form_power(form) else {
        warnings.push(Reason::new(Why::FormNotKnown, vec![form.to_owned()]));
        return Ok(MayIssue { issuer, refusals, warnings, signers });
    };
    let question = Question {
        form: Some(known.form.to_owned()),
        penalties: subject.penalties,
        ..Question::new(day, &subject.area, known.act)
    };
    let powers = powers(&view.mandates, certified, &question);
    warnings.extend(powers.warnings);
    match powers.issuers.into_iter().next() {
        Some(found) => {
            warnings.extend(found.warnings.iter().cloned());
            issuer = Some(found);
        }
        None => refusals.extend(powers.refusals),
    }
    // Of a document that officers sign, those count who acted; of one under seal, the township's.
    if certified < CERTIFIED_MIN {
        refusals.push(fewer_than_two(&people, day));
    } else if known.by_two && signers.len() < CERTIFIED_MIN {
        let names = signers.iter().map(|signer| signer.name.clone()).collect();
        refusals.push(counted(names));
    }
    if !people.undecided().is_empty() {
        warnings.push(Reason::new(Why::RecusalOpen, people.undecided()));
    }
    Ok(MayIssue { issuer, refusals, warnings, signers })
}

fn fewer_than_two(people: &People, day: NaiveDate) -> Reason {
    let certified = people.certified_on(day);
    counted(certified.values().map(|line| line.officer.name.clone()).collect())
}

/// How many there are of two, and who.
fn counted(names: Vec<String>) -> Reason {
    let count = format!("{}/{CERTIFIED_MIN}", names.len());
    Reason::new(Why::FewerThanTwo, std::iter::once(count).chain(names).collect())
}

/// What a document of a dossier would be about.
struct Subject {
    area: String,
    mentors: Vec<WriterId>,
    penalties: Vec<String>,
    /// Why no body of ours may go on with it.
    refusal: Option<Reason>,
}

impl Subject {
    fn read(source: &dyn Source, dossier: DossierId) -> Result<Self> {
        let opened = Dossier::from_fields(dossier.into(), &source.fields(dossier, dossier.into())?);
        let Some(opened) = opened else {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
        };
        let mut subject =
            Self { area: opened.area, mentors: Vec::new(), penalties: Vec::new(), refusal: None };
        let check = match opened.kind.as_str() {
            "check" => dossier,
            "case" => {
                let cases: Vec<Case> = read_all(source, dossier)?;
                let Some(case) = cases.into_iter().next() else {
                    return Err(Error::NotFound { noun: "case", id: dossier.to_string() });
                };
                let fields = source.fields(case.check, case.finding)?;
                let finding = Finding::from_fields(case.finding, &fields);
                if let Some(finding) = finding {
                    subject.refusal = others(&finding);
                    subject.penalties.extend(finding.penalty);
                }
                case.check
            }
            _ => {
                return Err(Error::invalid(
                    "dossier",
                    "只有检查卷宗和案件卷宗能出具文书",
                    "only a check or a case issues documents",
                ));
            }
        };
        for entity in source.entities(check, "check")? {
            let visit = source.fields(check, entity)?;
            let visit = visit.bytes("assistance").and_then(DossierId::from_slice);
            if let Some(visit) = visit {
                let plans: Vec<Assistance> = read_all(source, visit)?;
                subject.mentors.extend(plans.into_iter().flat_map(|plan| plan.mentors));
            }
        }
        Ok(subject)
    }
}

/// A finding that is another authority's altogether, such as fire, is handed over.
fn others(finding: &Finding) -> Option<Reason> {
    let mut authorities = finding.authority.split_whitespace().peekable();
    let is_others = authorities.peek().is_some() && !authorities.any(|known| known == "EM");
    is_others.then(|| Reason::new(Why::OtherAuthority, vec![finding.title.clone()]))
}

/// Everybody who acted in a dossier and is certified on the day, each person once.
fn signers(
    source: &dyn Source,
    view: &View,
    people: &People,
    dossier: DossierId,
    day: NaiveDate,
) -> Result<Vec<Signer>> {
    let check = CheckFacts::read(source, &view.dossiers, &view.people, dossier)?;
    let case = CaseFacts::read(source, &view.people, dossier)?;
    let trace: Option<&Trace> =
        check.as_ref().map(|facts| &facts.trace).or(case.as_ref().map(|facts| &facts.trace));
    let mut acted = BTreeMap::new();
    for written in trace.into_iter().flat_map(Trace::all) {
        acted.entry(written.writer).or_insert(());
    }
    let noon = china_noon_ms(day);
    let mut signers = BTreeMap::new();
    for writer in acted.into_keys() {
        if let Some(person) = people.enforcer(writer, noon)
            && let Some(officer) = people.officer(writer)
        {
            signers.entry(person).or_insert_with(|| Signer {
                officer: officer.officer,
                writer,
                name: officer.name.clone(),
                certificate_no: people.certificate_no(writer, noon).unwrap_or_default(),
                organisation: officer.organisation.clone(),
            });
        }
    }
    Ok(signers.into_values().collect())
}
