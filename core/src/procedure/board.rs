//! The 1-2-1-1 board: one training, two sites, a violation, a chain of evidence, counted from ops.

use std::collections::BTreeSet;

use angen_ledger::id::{DossierId, EntityId, WriterId};
use angen_ledger::verify::Lang;

use crate::domain::{
    Appointment, Assistance, Case, Check, Dossier, Fields, Mandate, Noun, Source, china_day,
    read_all,
};
use crate::error::{Error, Result};
use crate::procedure::case::{CaseFacts, cases};
use crate::procedure::chain::{chains, of_case, taught};
use crate::procedure::competence::joint;
use crate::procedure::conflicts::undecided_in;
use crate::procedure::decides::Deciders;
use crate::procedure::follow_up::follow_up;
use crate::procedure::outcome::outcome;
use crate::procedure::people::People;
use crate::procedure::powers::mandates;
use crate::procedure::read_once::ReadOnce;
use crate::procedure::sheet::{Forms, Sheet};
use crate::procedure::site::site;
use crate::procedure::training::trainings;
use crate::procedure::violation::violations;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{
    Apart, Code, Condition, Joint, Outcome, Part, Profile, State, Unit, Verdict, profile_in_force,
    profile_named,
};

/// One part of the board.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PartBoard {
    /// Which.
    pub part: Part,
    /// How many units count.
    pub have: usize,
    /// How many must. 0 where an honest zero closes the visit.
    pub need: usize,
    /// How far it is.
    pub state: State,
    /// What is lacking altogether, such as a second site.
    pub gap: Option<Condition>,
    /// Its units, the furthest first.
    pub units: Vec<Unit>,
}

/// The board of an assistance visit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Board {
    /// The dossier of the visit.
    pub dossier: DossierId,
    /// The visit.
    pub assistance: Assistance,
    /// What was applied.
    pub profile: &'static Profile,
    /// The moment of which it speaks, in milliseconds since 1970 UTC.
    pub as_of_ms: i64,
    /// T, C, V, E, in this order.
    pub parts: [PartBoard; 4],
    /// Whether two complete checks that found nothing close it: V is not required then.
    pub honest_zero: bool,
    /// What came of it: statistics, never part of completion.
    pub outcome: Outcome,
    /// Findings that are shown apart and do not count.
    pub apart: Vec<Apart>,
    /// Bodies above the township in whose name checks were made; the credit is the township's.
    pub joint: Vec<Joint>,
    /// Warnings about the visit as a whole.
    pub warnings: Vec<Condition>,
}

impl PartBoard {
    /// How far it is, in words; a part that an honest zero does not ask for is not required.
    #[must_use]
    pub fn state_label(&self, lang: Lang) -> &'static str {
        match (self.need, lang) {
            (0, Lang::Zh) => "不要求（如实为零）",
            (0, Lang::En) => "not required (an honest zero)",
            _ => self.state.label(lang),
        }
    }
}

impl Board {
    /// 现场完成: everything that can be done on site is done. Where an honest zero leaves nothing
    /// to investigate, the chain is no work of the site.
    #[must_use]
    pub fn field_complete(&self) -> bool {
        let elsewhere = |part: &PartBoard| self.honest_zero && part.part == Part::Chain;
        self.parts.iter().all(|part| part.state >= State::OnSiteDone || elsewhere(part))
    }

    /// 全链完成: every part counts, up to the concluded investigation.
    #[must_use]
    pub fn chain_complete(&self) -> bool {
        self.parts.iter().all(|part| part.state == State::Met)
    }

    /// Whether its chain was made on a practice case.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        let chain = &self.parts[3];
        chain.have > 0 && chain.units.first().is_some_and(|unit| unit.practice)
    }
}

/// Counts an assistance visit. Equal ops give an equal board.
///
/// # Errors
/// `NotFound` when the dossier holds no assistance visit; what the source returns.
pub fn board(source: &dyn Source, assistance: DossierId, as_of_ms: i64) -> Result<Board> {
    let source = &ReadOnce::new(source);
    let plans: Vec<Assistance> = read_all(source, assistance)?;
    let plan = plans.into_iter().min_by_key(|plan| plan.assistance);
    let Some(plan) = plan else {
        return Err(Error::NotFound { noun: "assistance", id: assistance.to_string() });
    };
    let (profile, warning) = profile_of(&plan.profile, as_of_ms);
    let view = View::open(source, &plan.mentors)?;
    let mut checks = Vec::new();
    for dossier in view.dossiers.iter().filter(|dossier| dossier.kind == "check") {
        // Most checks of a phone belong to other visits: their answers are not worth reading.
        let of_visit = |check: &Check| check.assistance == Some(assistance);
        if read_all::<Check>(source, dossier.dossier)?.iter().any(of_visit) {
            let facts = CheckFacts::read(source, &view.dossiers, &view.people, dossier.dossier)?;
            checks.extend(facts.filter(|facts| of_visit(&facts.check)));
        }
    }
    checks.sort_by_key(|facts| (facts.begun_ms(), facts.dossier));
    let training = trainings(source, &view, profile, assistance, as_of_ms)?;
    let cases = cases(source, &view.dossiers, &view.people, &checks, Some(assistance))?;
    let sites = sites(source, &view, profile, &checks, &cases)?;
    let found = violations(&checks, &cases, profile);
    let site_part = count(Part::Checks, profile.sites, Code::SitesNeeded, sites);
    // Two complete checks that found nothing close the visit where the profile says so. The
    // chain is then taught on a real open case elsewhere, or on a practice case. An item that was
    // answered with "not complied with" and never raised is something found.
    let unraised = |c: &Condition| c.code == Code::ViolationsRaised && c.verdict != Verdict::Met;
    let clean = !site_part.units.iter().flat_map(|unit| &unit.conditions).any(unraised);
    let nothing = found.units.is_empty() && clean;
    let zero = profile.honest_zero && nothing && site_part.state == State::Met;
    let (violations_need, chain, chain_gap) = if zero {
        let taught = taught(source, &view.dossiers, &view.people, &cases, assistance)?;
        (0, taught, Code::TaughtElsewhere)
    } else {
        let chains = chains(&checks, &cases, &found.units);
        (profile.violations, chains, Code::ChainNeeded)
    };
    let parts = [
        count(Part::Training, profile.trainings, Code::TrainingNeeded, training),
        site_part,
        count(Part::Violation, violations_need, Code::ViolationNeeded, found.units),
        count(Part::Chain, profile.chains, chain_gap, chain),
    ];
    let within = checks.iter().map(|check| check.dossier);
    let within = within.chain(cases.iter().map(|case| case.dossier)).chain([assistance]);
    let open = view.undecided(source, within.collect())?;
    let warnings = warning.into_iter().chain(open).collect();
    Ok(Board {
        dossier: assistance,
        assistance: plan,
        profile,
        as_of_ms,
        parts,
        honest_zero: zero,
        outcome: outcome(source, &view.people, &cases)?,
        apart: found.apart,
        joint: joint(&view.mandates, &checks),
        warnings,
    })
}

/// What the units of one check are: itself, its violations, their chains. Profile and mentors are
/// those of its visit; without one the profile in force counts.
pub(crate) fn check_units(
    source: &dyn Source,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<Unit>> {
    let fields = source.entities(dossier, "check")?.into_iter().min();
    let Some(check) = fields else {
        return Err(Error::NotFound { noun: "check", id: dossier.to_string() });
    };
    let plan = plan_of(source, dossier, check)?;
    let name = plan.as_ref().map_or("", |plan| plan.profile.as_str());
    let (profile, _) = profile_of(name, as_of_ms);
    let mentors = plan.map(|plan| plan.mentors).unwrap_or_default();
    let view = View::open(source, &mentors)?;
    let facts = CheckFacts::read(source, &view.dossiers, &view.people, dossier)?;
    let checks: Vec<CheckFacts> = facts.into_iter().collect();
    let cases = cases(source, &view.dossiers, &view.people, &checks, None)?;
    let mut units = sites(source, &view, profile, &checks, &cases)?;
    let found = violations(&checks, &cases, profile);
    let chains = chains(&checks, &cases, &found.units);
    units.extend(found.units);
    units.extend(chains);
    Ok(units)
}

/// What the units of one case are: its violation, and its chain.
pub(crate) fn case_units(
    source: &dyn Source,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<Unit>> {
    let Some(case) = read_all::<Case>(source, dossier)?.into_iter().next() else {
        return Err(Error::NotFound { noun: "case", id: dossier.to_string() });
    };
    if case.practice {
        let view = View::open(source, &mentors_of(source, case.check)?)?;
        let facts = CaseFacts::read(source, &view.people, dossier)?;
        let unit = facts.map(|facts| of_case(source, &view.dossiers, &view.people, &facts));
        return Ok(unit.transpose()?.flatten().into_iter().collect());
    }
    let mut units = check_units(source, case.check, as_of_ms)?;
    units.retain(|unit| unit.subject == case.finding);
    Ok(units)
}

/// The visit that a check belongs to.
fn plan_of(source: &dyn Source, dossier: DossierId, check: EntityId) -> Result<Option<Assistance>> {
    let of_visit =
        source.fields(dossier, check)?.bytes("assistance").and_then(DossierId::from_slice);
    let plans = of_visit.map(|visit| read_all::<Assistance>(source, visit)).transpose()?;
    Ok(plans.into_iter().flatten().next())
}

/// The mentors of the visit that a check belongs to: they enforce nothing in it.
pub(crate) fn mentors_of(source: &dyn Source, check: DossierId) -> Result<Vec<WriterId>> {
    let entity = source.entities(check, "check")?.into_iter().min();
    let plan = entity.map(|entity| plan_of(source, check, entity)).transpose()?.flatten();
    Ok(plan.map(|plan| plan.mentors).unwrap_or_default())
}

/// The dossiers and people that everything else is read with.
pub(crate) struct View {
    /// Every dossier that is here.
    pub(crate) dossiers: Vec<Dossier>,
    /// The people on the rosters.
    pub(crate) people: People,
    /// Mandates on the rosters.
    pub(crate) mandates: Vec<Mandate>,
    /// Appointments to the expert pool.
    pub(crate) appointments: Vec<Appointment>,
}

impl View {
    /// What a person must decide in some dossiers.
    fn undecided(
        &self,
        source: &dyn Source,
        dossiers: BTreeSet<DossierId>,
    ) -> Result<Option<Condition>> {
        let mut asked = Vec::new();
        for dossier in dossiers {
            let opened = self.dossiers.iter().find(|opened| opened.dossier == dossier);
            let kind = opened.map(|opened| opened.kind.clone()).unwrap_or_default();
            asked.push((dossier, Deciders { kind, people: self.people.within(source, dossier)? }));
        }
        undecided_in(source, asked)
    }

    /// Reads them. `mentors` are those of the visit.
    pub(crate) fn open(source: &dyn Source, mentors: &[WriterId]) -> Result<Self> {
        let mut dossiers = Vec::new();
        for id in source.dossiers()? {
            let fields: Fields = source.fields(id, id.into())?;
            dossiers.extend(Dossier::from_fields(id.into(), &fields));
        }
        let people = People::read(source, &dossiers, mentors)?;
        let mandates = mandates(source, &dossiers)?;
        let mut appointments = Vec::new();
        for roster in dossiers.iter().filter(|dossier| dossier.kind == "roster") {
            appointments.extend(read_all::<Appointment>(source, roster.dossier)?);
        }
        Ok(Self { dossiers, people, mandates, appointments })
    }
}

/// The profile of a name; when it is not known or not in force, a warning beside it.
fn profile_of(name: &str, as_of_ms: i64) -> (&'static Profile, Option<Condition>) {
    let day = china_day(as_of_ms).unwrap_or_default();
    let profile = profile_named(name).unwrap_or_else(|| profile_in_force(day));
    let sound = profile.name == name && profile.is_in_force(day);
    let warning = Condition::shown(Code::ProfileKnown, Vec::new()).or_warn();
    (profile, (!sound).then(|| warning.lacking(vec![name.to_owned()])))
}

/// Each check as a unit. Of several checks of one enterprise the furthest is the site.
fn sites(
    source: &dyn Source,
    view: &View,
    profile: &Profile,
    checks: &[CheckFacts],
    cases: &[CaseFacts],
) -> Result<Vec<Unit>> {
    let mut forms = Forms::default();
    let mut sites: Vec<(String, Unit)> = Vec::new();
    for facts in checks {
        let sheet = Sheet::read(source, &view.dossiers, &mut forms, &view.people, facts)?;
        let mut unit = site(facts, &sheet, &view.mandates, profile, true);
        unit.conditions.extend(follow_up(facts, cases, &facts.people));
        let key = facts.enterprise_key();
        let further = |known: &Unit| {
            (unit.state(), std::cmp::Reverse(unit.open_count()))
                > (known.state(), std::cmp::Reverse(known.open_count()))
        };
        // The list holds one site for an enterprise; whichever is less far is a repetition.
        match sites.iter_mut().find(|(known, _)| *known == key) {
            Some((_, known)) if further(known) => {
                let before = std::mem::replace(known, unit);
                sites.push((String::new(), repeated(before)));
            }
            Some(_) => sites.push((String::new(), repeated(unit))),
            None => sites.push((key, unit)),
        }
    }
    Ok(sites.into_iter().map(|(_, unit)| unit).collect())
}

/// The same check, as a further one of an enterprise that is counted already.
fn repeated(mut unit: Unit) -> Unit {
    for condition in &mut unit.conditions {
        if condition.code == Code::EnterpriseDifferent {
            *condition = Condition::shown(Code::EnterpriseDifferent, Vec::new());
        }
    }
    unit
}

fn count(part: Part, need: usize, gap: Code, mut units: Vec<Unit>) -> PartBoard {
    units.sort_by_key(|unit| (std::cmp::Reverse(unit.state()), unit.open_count()));
    let at_least = |state| units.iter().filter(|unit| unit.state() >= state).count();
    let have = at_least(State::Met).min(need);
    let state = if have >= need {
        State::Met
    } else if at_least(State::OnSiteDone) >= need {
        State::OnSiteDone
    } else if units.is_empty() {
        State::NotStarted
    } else {
        State::UnderWay
    };
    let different = |unit: &&Unit| {
        let repeats = |c: &Condition| c.code == Code::EnterpriseDifferent && c.ops.is_empty();
        !unit.conditions.iter().any(repeats)
    };
    let begun = units.iter().filter(different).count();
    let ops = units.iter().flat_map(Unit::ops).collect();
    let gap = (begun < need).then(|| Condition::counted(gap, begun, need, ops));
    PartBoard { part, have, need, state, gap, units }
}
