//! A round of assistance 帮扶轮次: which townships it has, who was visited, who was put off, what a
//! mentor carries. Complete coverage is every township of the list that was frozen at the opening.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::heads::Said;
use angen_ledger::id::{DossierId, EntityId, WriterId};
use chrono::NaiveDate;

use crate::domain::{
    Assistance, Case, Check, Dossier, KNOWN_KINDS, Noun, Officer, Postponed, Round, RoundTownship,
    Source, china_day, read_all,
};
use crate::error::{Error, Result};
use crate::procedure::{Board, Code, State, Verdict, board};

/// The word for a township that a round never came to, among the codes of what it left open.
pub const NOT_VISITED: &str = "not_visited";

/// A round as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundBoard {
    /// Its dossier.
    pub dossier: DossierId,
    /// The round.
    pub round: Round,
    /// The op that froze its list.
    pub opened_by: Hash,
    /// Every township of the frozen list, in its order.
    pub townships: Vec<TownshipLine>,
    /// Later ops that would have changed the list. They do not count.
    pub tried: Vec<Tried>,
    /// What each mentor carries, the most first.
    pub loads: Vec<Load>,
}

/// A township in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TownshipLine {
    /// Which.
    pub township: RoundTownship,
    /// Who mentors it.
    pub mentors: Vec<WriterId>,
    /// Its visit in this round: the furthest, if there are several.
    pub visit: Option<RoundVisit>,
    /// Whether, why and until when it was put off.
    pub postponed: Option<Postponed>,
    /// What the round before left open there: codes of conditions, or [`NOT_VISITED`].
    pub weak: Vec<String>,
}

/// A visit of a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RoundVisit {
    /// Its dossier.
    pub dossier: DossierId,
    /// Everything that can be done on site is done.
    pub field_complete: bool,
    /// Every part counts.
    pub chain_complete: bool,
    /// Have, need of T, C, V, E.
    pub counts: [(usize, usize); 4],
    /// What it leaves open, the gravest first.
    pub open: Vec<Code>,
}

/// A later op that would have changed the frozen list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tried {
    /// The op.
    pub op: Hash,
    /// Whose.
    pub writer: WriterId,
    /// When, by that device.
    pub wall_ms: i64,
    /// Names that it would have added.
    pub added: Vec<String>,
    /// Names that it would have dropped.
    pub dropped: Vec<String>,
}

/// What a mentor carries in a round.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Load {
    /// Who.
    pub mentor: WriterId,
    /// The name on a roster that is held.
    pub name: Option<String>,
    /// Townships of the list that are assigned to the mentor.
    pub townships: usize,
    /// Visits that name the mentor.
    pub visits: usize,
    /// Different days on which the mentor wrote something in them.
    pub days: usize,
}

impl RoundBoard {
    /// Townships whose visit has done everything that can be done on site.
    #[must_use]
    pub fn covered(&self) -> usize {
        self.townships.iter().filter(|line| line.is_covered()).count()
    }

    /// Whether every township of the list is covered.
    #[must_use]
    pub fn is_covered_completely(&self) -> bool {
        self.covered() == self.townships.len()
    }

    /// Townships that were put off and are not covered yet: they are named wherever the round is.
    pub fn postponed(&self) -> impl Iterator<Item = &TownshipLine> {
        self.townships.iter().filter(|line| !line.is_covered() && line.postponed.is_some())
    }

    /// Townships that are neither covered nor put off.
    pub fn open(&self) -> impl Iterator<Item = &TownshipLine> {
        self.townships.iter().filter(|line| !line.is_covered() && line.postponed.is_none())
    }
}

impl TownshipLine {
    /// Whether its visit has done everything that can be done on site.
    #[must_use]
    pub fn is_covered(&self) -> bool {
        self.visit.as_ref().is_some_and(|visit| visit.field_complete)
    }
}

/// The entity of the round in its dossier.
#[must_use]
pub fn round_entity(dossier: DossierId) -> EntityId {
    EntityId::derived(dossier, Round::NOUN)
}

/// The list of a round as it was frozen at its opening, and the op that froze it. None when the
/// dossier holds no round.
///
/// # Errors
/// What the source returns.
pub fn frozen_list(
    source: &dyn Source,
    dossier: DossierId,
) -> Result<Option<(Hash, Vec<RoundTownship>)>> {
    let said = source.history(dossier, round_entity(dossier), "townships")?;
    Ok(first(&said))
}

/// The value that replaces nothing; of two that do not know of each other, the earlier by claim.
fn first(said: &[Said]) -> Option<(Hash, Vec<RoundTownship>)> {
    let opening = said.iter().filter(|said| !said.replaces());
    let opening = opening.min_by_key(|said| (said.head.wall_ms, said.head.op))?;
    Some((opening.head.op, RoundTownship::list(opening.head.value.as_ref()?)?))
}

/// A round as it stands at a moment, in milliseconds since 1970 UTC.
///
/// # Errors
/// `NotFound` when the dossier holds no round; what the source returns.
pub fn round_board(source: &dyn Source, dossier: DossierId, as_of_ms: i64) -> Result<RoundBoard> {
    let missing = || Error::NotFound { noun: "round", id: dossier.to_string() };
    let entity = round_entity(dossier);
    let fields = source.fields(dossier, entity)?;
    let round = Round::from_fields(entity, &fields).ok_or_else(missing)?;
    let (opened_by, list) = frozen_list(source, dossier)?.ok_or_else(missing)?;
    let visits = visits_of(source, dossier)?;
    let postponed: Vec<Postponed> = read_all(source, dossier)?;
    let mut townships = Vec::with_capacity(list.len());
    for township in &list {
        let here = visits.iter().filter(|(area, _)| *area == township.area);
        let mut furthest: Option<RoundVisit> = None;
        for (_, visit) in here {
            let visit = round_visit(&board(source, *visit, as_of_ms)?);
            let further = furthest.as_ref().is_none_or(|known| known.rank() < visit.rank());
            furthest = if further { Some(visit) } else { furthest };
        }
        let assigned = round.mentors.iter().filter(|(area, _)| *area == township.area);
        let weak = round.weak.iter().find(|(area, _)| *area == township.area);
        townships.push(TownshipLine {
            township: township.clone(),
            mentors: assigned.map(|(_, mentor)| *mentor).collect(),
            visit: furthest,
            postponed: postponed.iter().find(|put_off| put_off.area == township.area).cloned(),
            weak: weak.map(|(_, codes)| codes.clone()).unwrap_or_default(),
        });
    }
    let tried = tried(source, dossier, opened_by, &list)?;
    let loads = loads(source, &round, &list, &visits)?;
    Ok(RoundBoard { dossier, round, opened_by, townships, tried, loads })
}

/// What a round left open in each township of its list, for the next one to begin with.
///
/// # Errors
/// As [`round_board`].
pub fn weak_points(
    source: &dyn Source,
    dossier: DossierId,
    as_of_ms: i64,
) -> Result<Vec<(String, Vec<String>)>> {
    let board = round_board(source, dossier, as_of_ms)?;
    let weak = |line: TownshipLine| {
        let codes = match line.visit {
            Some(visit) => visit.open.iter().map(|code| code.word().to_owned()).collect(),
            None => vec![NOT_VISITED.to_owned()],
        };
        (line.township.area, codes)
    };
    let weak = board.townships.into_iter().map(weak);
    Ok(weak.filter(|(_, codes): &(String, Vec<String>)| !codes.is_empty()).collect())
}

impl RoundVisit {
    fn rank(&self) -> (bool, bool, usize) {
        let have = self.counts.iter().map(|(have, _)| have).sum();
        (self.chain_complete, self.field_complete, have)
    }
}

fn round_visit(board: &Board) -> RoundVisit {
    let mut open: Vec<Code> = Vec::new();
    for part in board.parts.iter().filter(|part| part.state != State::Met) {
        open.extend(part.gap.iter().map(|gap| gap.code));
        let furthest = part.units.iter().take(part.need).flat_map(|unit| &unit.conditions);
        let lacks = |verdict| matches!(verdict, Verdict::Open | Verdict::Later);
        open.extend(furthest.filter(|c| lacks(c.verdict)).map(|c| c.code));
    }
    open.sort_by_key(|code| (code.rank(), *code));
    open.dedup();
    RoundVisit {
        dossier: board.dossier,
        field_complete: board.field_complete(),
        chain_complete: board.chain_complete(),
        counts: [0, 1, 2, 3].map(|part| (board.parts[part].have, board.parts[part].need)),
        open,
    }
}

/// The visits that name a round: division code and dossier.
fn visits_of(source: &dyn Source, round: DossierId) -> Result<Vec<(String, DossierId)>> {
    let mut visits = Vec::new();
    for id in source.dossiers()? {
        let opened: Vec<Dossier> = read_all(source, id)?;
        let Some(opened) = opened.into_iter().find(|opened| opened.kind == "assistance") else {
            continue;
        };
        let plans: Vec<Assistance> = read_all(source, id)?;
        if plans.iter().any(|plan| plan.round_dossier == Some(round)) {
            visits.push((opened.area, id));
        }
    }
    Ok(visits)
}

/// The ops that would have changed the list: on the round itself, or as a second round beside it.
fn tried(
    source: &dyn Source,
    dossier: DossierId,
    opened_by: Hash,
    list: &[RoundTownship],
) -> Result<Vec<Tried>> {
    let mut tried = Vec::new();
    for entity in source.entities(dossier, Round::NOUN)? {
        for said in source.history(dossier, entity, "townships")? {
            let told = said.head.value.as_ref().and_then(RoundTownship::list).unwrap_or_default();
            let lacks = |these: &[RoundTownship], those: &[RoundTownship]| {
                let lacking = these.iter().filter(|t| !those.iter().any(|o| o.area == t.area));
                lacking.map(|township| township.name.clone()).collect::<Vec<_>>()
            };
            let (added, dropped) = (lacks(&told, list), lacks(list, &told));
            if said.head.op != opened_by && (!added.is_empty() || !dropped.is_empty()) {
                let (op, writer, wall_ms) = (said.head.op, said.head.writer, said.head.wall_ms);
                tried.push(Tried { op, writer, wall_ms, added, dropped });
            }
        }
    }
    tried.sort_by_key(|tried| (tried.wall_ms, tried.op));
    Ok(tried)
}

/// What each mentor carries: of those who are assigned and those whom a visit names.
fn loads(
    source: &dyn Source,
    round: &Round,
    list: &[RoundTownship],
    visits: &[(String, DossierId)],
) -> Result<Vec<Load>> {
    let mut loads: BTreeMap<WriterId, (usize, usize, BTreeSet<NaiveDate>)> = BTreeMap::new();
    for (area, mentor) in &round.mentors {
        let counts = list.iter().any(|township| township.area == *area);
        loads.entry(*mentor).or_default().0 += usize::from(counts);
    }
    for (_, visit) in visits.iter().filter(|(area, _)| list.iter().any(|t| t.area == *area)) {
        let mentors: BTreeSet<WriterId> = read_all::<Assistance>(source, *visit)?
            .into_iter()
            .flat_map(|plan| plan.mentors)
            .collect();
        let days = days_in(source, *visit)?;
        for mentor in mentors {
            let load = loads.entry(mentor).or_default();
            load.1 += 1;
            load.2.extend(days.iter().filter(|(writer, _)| *writer == mentor).map(|(_, day)| *day));
        }
    }
    let names = names_of(source)?;
    let load = |(mentor, (townships, visits, days)): (WriterId, _)| {
        let days: BTreeSet<NaiveDate> = days;
        Load { mentor, name: names.get(&mentor).cloned(), townships, visits, days: days.len() }
    };
    let mut loads: Vec<Load> = loads.into_iter().map(load).collect();
    loads.sort_by_key(|load| std::cmp::Reverse((load.visits, load.days, load.townships)));
    Ok(loads)
}

/// The days on which anybody wrote in a visit, its checks, cases and teaching.
fn days_in(source: &dyn Source, visit: DossierId) -> Result<BTreeSet<(WriterId, NaiveDate)>> {
    let mut dossiers = vec![visit, crate::procedure::teaching_of(visit)];
    for id in source.dossiers()? {
        let of_check = read_all::<Check>(source, id)?.iter().any(|c| c.assistance == Some(visit));
        if of_check {
            dossiers.push(id);
        }
    }
    let checks = dossiers.clone();
    for id in source.dossiers()? {
        let cases: Vec<Case> = read_all(source, id)?;
        if cases.iter().any(|case| checks.contains(&case.check)) {
            dossiers.push(id);
        }
    }
    let nouns: BTreeSet<&str> =
        KNOWN_KINDS.iter().filter_map(|kind| kind.split('.').next()).collect();
    let mut days = BTreeSet::new();
    for dossier in dossiers {
        for noun in &nouns {
            for entity in source.entities(dossier, noun)? {
                let fields = source.fields(dossier, entity)?;
                let written = fields.written().iter();
                days.extend(written.filter_map(|w| Some((w.writer, china_day(w.wall_ms)?))));
            }
        }
    }
    Ok(days)
}

/// Names on every roster that is held.
fn names_of(source: &dyn Source) -> Result<BTreeMap<WriterId, String>> {
    let mut names = BTreeMap::new();
    for id in source.dossiers()? {
        let people: Vec<Officer> = read_all(source, id)?;
        names.extend(people.into_iter().map(|person| (person.writer, person.name)));
    }
    Ok(names)
}
