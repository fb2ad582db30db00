//! Which clocks run in the dossiers that are held: what started each, and what stopped it.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use chrono::NaiveDate;

use crate::domain::{
    Case, Consequence, Dossier, Extension, Finding, Order, OutcomeNoted, OutcomeStep, Preservation,
    RecheckOutcome, Source, china_day, parse_day, read_all,
};
use crate::error::Result;
use crate::procedure::board::View;
use crate::procedure::case::{CaseFacts, cases};
use crate::procedure::violation::case_on;
use crate::procedure::visit::CheckFacts;
use crate::procedure::{Clock, ClockKind, ClockState, DayUnit, PeriodEnd, WorkCalendar};

/// The clocks of one dossier, or of all, as of a moment: what is over first, then what ends first;
/// what was stopped last. The clock of a filing runs in the check until there is a case.
///
/// # Errors
/// What the source returns.
pub fn clocks(
    source: &dyn Source,
    dossier: Option<DossierId>,
    as_of_ms: i64,
) -> Result<Vec<Clock>> {
    let today = china_day(as_of_ms).unwrap_or_default();
    let view = View::open(source, &[])?;
    // Of one dossier nothing else is read: a phone holds hundreds of checks.
    let only = dossier.map(|dossier| check_of(source, dossier)).transpose()?;
    let mut checks = Vec::new();
    let wanted =
        |held: &&Dossier| held.kind == "check" && only.is_none_or(|check| check == held.dossier);
    for held in view.dossiers.iter().filter(wanted) {
        checks.extend(CheckFacts::read(source, &view.dossiers, &view.people, held.dossier)?);
    }
    let cases = cases(source, &view.dossiers, &view.people, &checks, None)?;
    let mut all = Found { today, clocks: Vec::new() };
    for facts in &checks {
        all.of_check(facts, &cases);
    }
    // An exercise starts no period.
    for case in cases.iter().filter(|case| !case.case.practice) {
        all.of_case(case, decision(source, case)?);
        // What fell away is not decided any more.
        if case.is_overturned() {
            let of_case = |clock: &Clock| clock.dossier == case.dossier;
            all.clocks.retain(|clock| clock.kind != ClockKind::Decision || !of_case(clock));
        }
    }
    let mut clocks = all.clocks;
    clocks.retain(|clock| dossier.is_none_or(|wanted| clock.dossier == wanted));
    clocks.sort_by_key(|clock| (clock.state, clock.end, clock.kind, clock.subject));
    Ok(clocks)
}

/// The check of a dossier: itself, or the one that its case is on.
fn check_of(source: &dyn Source, dossier: DossierId) -> Result<DossierId> {
    let case = read_all::<Case>(source, dossier)?.into_iter().next();
    Ok(case.map_or(dossier, |case| case.check))
}

/// The decision of a case as its captured paper shows it; a day without its paper stops no clock.
fn decision(source: &dyn Source, case: &CaseFacts) -> Result<Option<(Hash, NaiveDate)>> {
    let noted: Vec<OutcomeNoted> = read_all(source, case.dossier)?;
    let shown = |noted: &&OutcomeNoted| {
        noted.step == OutcomeStep::Decided
            && case.people.enforcer(noted.writer, noted.wall_ms).is_some()
            && case.evidence.iter().any(|held| Some(held.evidence) == noted.evidence)
    };
    Ok(noted.iter().find(shown).and_then(|noted| Some((noted.op, parse_day(&noted.day)?))))
}

/// The clocks that were found, as of a day.
struct Found {
    today: NaiveDate,
    clocks: Vec<Clock>,
}

/// What starts a clock.
struct Start {
    kind: ClockKind,
    dossier: DossierId,
    subject: EntityId,
    title: String,
    day: NaiveDate,
    op: Hash,
}

impl Found {
    fn of_check(&mut self, facts: &CheckFacts, cases: &[CaseFacts]) {
        let standing = facts.findings.iter().filter(|finding| !finding.retracted);
        for finding in standing.filter(|finding| finding.is_ours()) {
            let case = case_on(cases, facts, finding);
            if finding.consequence == Consequence::Case || case.is_some() {
                self.filing(facts, finding, case);
            }
        }
        for order in &facts.orders {
            self.order(facts, order);
        }
        for extension in &facts.extensions {
            self.answer(facts, extension);
        }
        for preservation in &facts.preservations {
            self.preserved(facts.dossier, preservation);
        }
    }

    fn of_case(&mut self, case: &CaseFacts, decided: Option<(Hash, NaiveDate)>) {
        for preservation in &case.preservations {
            self.preserved(case.dossier, preservation);
        }
        let filed = case.filing.as_ref().filter(|filing| filing.filed);
        let Some(filing) = filed else { return };
        let Some(day) = parse_day(&filing.decided_on) else { return };
        let start = Start {
            kind: ClockKind::Decision,
            dossier: case.dossier,
            subject: case.case.case,
            title: case.case.cause.clone(),
            day,
            op: filing.op,
        };
        self.run(start, decided);
    }

    /// R20: from the day on which the violation was recorded, or failed its re-check.
    fn filing(&mut self, facts: &CheckFacts, finding: &Finding, case: Option<&CaseFacts>) {
        let failed = facts.orders.iter().find_map(|order| {
            let (recheck, item) = order.outcome(finding.finding, &facts.rechecks)?;
            let is_failed = item.outcome != RecheckOutcome::Corrected;
            is_failed.then_some((recheck.rechecked_on, recheck.op))
        });
        let first = facts.trace.on(finding.finding).iter().min_by_key(|op| (op.wall_ms, op.op));
        let raised = first.and_then(|op| Some((china_day(op.wall_ms)?, op.op)));
        let (day, op) = match (finding.consequence, failed, raised) {
            (Consequence::Case, _, Some(raised)) => raised,
            (_, Some(failed), _) => failed,
            (_, None, Some(raised)) => raised,
            _ => return,
        };
        let start = Start {
            kind: ClockKind::Filing,
            dossier: facts.dossier,
            subject: finding.finding,
            title: finding.title.clone(),
            day,
            op,
        };
        let decided = case.and_then(|case| case.filing.as_ref());
        let met = decided.and_then(|filing| Some((filing.op, parse_day(&filing.decided_on)?)));
        self.run(start, met);
    }

    /// The deadline of each item, and the re-check that follows it. Items that end on one day are
    /// re-checked together and have one clock.
    fn order(&mut self, facts: &CheckFacts, order: &Order) {
        let title = |finding: EntityId| {
            let found = facts.findings.iter().find(|known| known.finding == finding);
            found.map(|known| known.title.clone()).unwrap_or_default()
        };
        let is_retracted = |finding: EntityId| {
            facts.findings.iter().any(|known| known.finding == finding && known.retracted)
        };
        for item in order.items.iter().filter(|item| !is_retracted(item.finding)) {
            let Some(deadline) = order.deadline(item.finding, &facts.extensions) else { continue };
            let looked = order.outcome(item.finding, &facts.rechecks);
            let passed = looked.filter(|(_, item)| item.outcome == RecheckOutcome::Corrected);
            let start = |kind, day| Start {
                kind,
                dossier: facts.dossier,
                subject: item.finding,
                title: title(item.finding),
                day,
                op: order.op,
            };
            // A re-check says that it is corrected, and comes after the deadline as a rule.
            let corrected = passed.map(|(recheck, _)| (recheck.op, recheck.rechecked_on));
            self.set(start(ClockKind::Correction, order.issued_on), deadline, corrected);
            // A re-check before the deadline that found it open is followed by another.
            let done = looked.filter(|(recheck, item)| {
                item.outcome == RecheckOutcome::Corrected || recheck.rechecked_on >= deadline
            });
            let done = done.map(|(recheck, _)| (recheck.op, recheck.rechecked_on));
            self.run(start(ClockKind::Recheck, deadline), done);
        }
    }

    fn answer(&mut self, facts: &CheckFacts, extension: &Extension) {
        let found = facts.findings.iter().find(|known| known.finding == extension.finding);
        let start = Start {
            kind: ClockKind::ExtensionAnswer,
            dossier: facts.dossier,
            subject: extension.finding,
            title: found.map(|known| known.title.clone()).unwrap_or_default(),
            day: extension.asked_on,
            op: extension.op,
        };
        self.run(start, extension.answer.map(|answer| (answer.op, answer.answered_on)));
    }

    fn preserved(&mut self, dossier: DossierId, preservation: &Preservation) {
        let Some(registered) = &preservation.registered else { return };
        let Some(day) = china_day(registered.registered_at_ms) else { return };
        let names: Vec<&str> = registered.items.iter().map(|item| item.name.as_str()).collect();
        let start = Start {
            kind: ClockKind::Preserved,
            dossier,
            subject: preservation.preservation,
            title: names.join("、"),
            day,
            op: registered.op,
        };
        self.run(start, preservation.decided_by.zip(preservation.all_decided_on()));
    }

    /// A clock of a statutory length.
    fn run(&mut self, start: Start, met: Option<(Hash, NaiveDate)>) {
        let rule = start.kind.rule();
        let Some(period) = rule.period else { return };
        let way = WorkCalendar::built_in().end(start.day, period);
        let end = way.last;
        self.add(start, end, Some(way), met);
    }

    /// A clock whose last day the officers set.
    fn set(&mut self, start: Start, end: NaiveDate, met: Option<(Hash, NaiveDate)>) {
        self.add(start, end, None, met);
    }

    fn add(
        &mut self,
        start: Start,
        end: NaiveDate,
        way: Option<PeriodEnd>,
        met: Option<(Hash, NaiveDate)>,
    ) {
        let Start { kind, dossier, subject, title, day, op } = start;
        let rule = kind.rule();
        let unit = rule.period.map_or(DayUnit::Natural, |period| period.unit);
        let days_left = days_between(self.today, end, unit);
        let state = match met {
            Some((_, on)) if on <= end || kind == ClockKind::Correction => ClockState::Met,
            Some(_) => ClockState::MetLate,
            None if self.today > end => ClockState::Over,
            None if days_left <= rule.red_days_left => ClockState::Red,
            None => ClockState::Running,
        };
        self.clocks.push(Clock {
            kind,
            dossier,
            subject,
            title,
            start: day,
            end,
            way,
            started_by: op,
            met,
            days_left,
            state,
        });
    }
}

/// Days from one day to another in a unit; negative backwards.
fn days_between(from: NaiveDate, to: NaiveDate, unit: DayUnit) -> i64 {
    let calendar = WorkCalendar::built_in();
    match unit {
        DayUnit::Natural => (to - from).num_days(),
        DayUnit::Working if to >= from => i64::from(calendar.worked_between(from, to)),
        DayUnit::Working => -i64::from(calendar.worked_between(to, from)),
    }
}
