//! The report of a visit 帮扶报告 that writes itself: one page, from ops alone.
//!
//! Who, when, where; what counts and what is missing; findings with their stage; what mentors said
//! and how it was answered; what officers can; what to do next. A pure function: equal ops give an
//! equal report.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::id::{DossierId, EntityId, WriterId};
use chrono::NaiveDate;

use crate::domain::{
    Check, Consequence, Dossier, Finding, Officer, Source, Training, china_day, read_all,
};
use crate::error::Result;
use crate::procedure::people::People;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{
    Apart, ApartWhy, Board, Missing, Part, Reader, Stage, Teaching, board, missing_of, teaching,
};

/// The report of a visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Report {
    /// What counts, and the three states.
    pub board: Board,
    /// The first and the last claimed day of its training and checks; none when nothing was done.
    pub days: Option<(NaiveDate, NaiveDate)>,
    /// Certified enforcers who wrote in its checks.
    pub officers: Vec<String>,
    /// Its mentors.
    pub mentors: Vec<String>,
    /// Where it was trained.
    pub halls: Vec<String>,
    /// What was checked.
    pub sites: Vec<ReportSite>,
    /// Everything that was found, what counts first.
    pub findings: Vec<ReportFinding>,
    /// What mentors released to the township, and how it was answered.
    pub teaching: Teaching,
    /// Names by writer, for marks and comments.
    pub names: BTreeMap<WriterId, String>,
    /// What is missing, the gravest first: what to do next.
    pub missing: Vec<Missing>,
}

/// An enterprise that was checked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportSite {
    /// The dossier of the check.
    pub dossier: DossierId,
    /// Its name.
    pub name: String,
    /// Its address, if the register is held.
    pub address: Option<String>,
    /// The day of the first record, by claim.
    pub day: Option<NaiveDate>,
}

/// Something that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportFinding {
    /// The finding.
    pub finding: EntityId,
    /// Where.
    pub enterprise: String,
    /// What is wrong.
    pub title: String,
    /// What it leads to.
    pub consequence: Option<Consequence>,
    /// How sure it is, or why it does not count.
    pub standing: Standing,
}

/// How sure a finding is, or why it does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It counts, and is so sure.
    Stage(Stage),
    /// It is shown apart.
    Apart(ApartWhy),
}

/// The report of a visit as of a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` when the dossier holds no assistance visit; what the source returns.
pub fn report(source: &dyn Source, visit: DossierId, as_of_ms: i64) -> Result<Report> {
    let board = board(source, visit, as_of_ms)?;
    let mut dossiers = Vec::new();
    for id in source.dossiers()? {
        dossiers.extend(read_all::<Dossier>(source, id)?);
    }
    let people = People::read(source, &dossiers, &board.assistance.mentors)?;
    let names = names(source, &dossiers)?;
    let (mut sites, mut wrote, mut days) = (Vec::new(), BTreeSet::new(), BTreeSet::new());
    let mut consequences = BTreeMap::new();
    for dossier in dossiers.iter().filter(|dossier| dossier.kind == "check") {
        let checks: Vec<Check> = read_all(source, dossier.dossier)?;
        if !checks.iter().any(|check| check.assistance == Some(visit)) {
            continue;
        }
        let facts = CheckFacts::read(source, &dossiers, &people, dossier.dossier)?;
        let Some(facts) = facts else { continue };
        let by_enforcer =
            facts.trace.all().filter(|w| people.enforcer(w.writer, w.wall_ms).is_some());
        wrote.extend(by_enforcer.map(|written| written.writer));
        days.extend(facts.trace.all().filter_map(|written| china_day(written.wall_ms)));
        let of_findings =
            facts.findings.iter().map(|found: &Finding| (found.finding, found.consequence));
        consequences.extend(of_findings);
        sites.push((
            facts.begun_ms(),
            ReportSite {
                dossier: facts.dossier,
                name: facts.title(),
                address: facts.enterprise.as_ref().map(|known| known.address.clone()),
                day: facts.first_record_ms().and_then(china_day),
            },
        ));
    }
    sites.sort_by_key(|(begun_ms, site)| (*begun_ms, site.dossier));
    let sites: Vec<ReportSite> = sites.into_iter().map(|(_, site)| site).collect();
    let trainings: Vec<Training> = read_all(source, visit)?;
    days.extend(trainings.iter().filter_map(|training| china_day(training.held_ms.0)));
    let name = |writer: &WriterId| names.get(writer).cloned().unwrap_or_else(|| writer.to_string());
    Ok(Report {
        days: days.first().copied().zip(days.last().copied()),
        officers: distinct(wrote.iter().map(name)),
        mentors: distinct(board.assistance.mentors.iter().map(name)),
        halls: distinct(trainings.iter().map(|training| training.place.clone())),
        findings: findings(&board, &sites, &consequences),
        sites,
        teaching: teaching(source, visit, Reader::Township)?,
        missing: missing_of(source, visit, as_of_ms)?,
        board,
        names,
    })
}

/// Each once, in the order in which they come, none empty.
fn distinct(names: impl Iterator<Item = String>) -> Vec<String> {
    let mut known: Vec<String> = Vec::new();
    for name in names.filter(|name| !name.is_empty()) {
        if !known.contains(&name) {
            known.push(name);
        }
    }
    known
}

fn names(source: &dyn Source, dossiers: &[Dossier]) -> Result<BTreeMap<WriterId, String>> {
    let mut names = BTreeMap::new();
    for roster in dossiers.iter().filter(|dossier| dossier.kind == "roster") {
        let people: Vec<Officer> = read_all(source, roster.dossier)?;
        names.extend(people.into_iter().map(|person| (person.writer, person.name)));
    }
    Ok(names)
}

fn findings(
    board: &Board,
    sites: &[ReportSite],
    consequences: &BTreeMap<EntityId, Consequence>,
) -> Vec<ReportFinding> {
    let line = |dossier: DossierId, finding: EntityId, title: &str, standing: Standing| {
        let site = sites.iter().find(|site| site.dossier == dossier);
        ReportFinding {
            finding,
            enterprise: site.map(|site| site.name.clone()).unwrap_or_default(),
            title: title.to_owned(),
            consequence: consequences.get(&finding).copied(),
            standing,
        }
    };
    let part = board.parts.iter().find(|part| part.part == Part::Violation);
    let counts = part.into_iter().flat_map(|part| &part.units).map(|unit| {
        let standing = Standing::Stage(unit.stage.unwrap_or(Stage::Suspected));
        line(unit.dossier, unit.subject, &unit.title, standing)
    });
    let apart = board.apart.iter().map(|apart: &Apart| {
        line(apart.dossier, apart.finding, &apart.title, Standing::Apart(apart.why))
    });
    counts.chain(apart).collect()
}
