//! Which moves of one thing can collide, and which of the two yields 哪些流转会相撞.

use angen_ledger::hash::Hash;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::past::Past;

use crate::domain::{
    Conclusion, Extension, Filing, Finding, Measure, Opinion, Order, Recheck, RecheckOutcome,
    RecheckedItem, Source,
};
use crate::error::Result;
use crate::procedure::collisions::{Move, MoveKind, Pair, Standing};
use crate::procedure::visit::{CheckFacts, Trace};

/// What was moved in a check.
pub(crate) struct CheckMoves<'f> {
    pub(crate) findings: &'f [Finding],
    pub(crate) orders: &'f [Order],
    pub(crate) extensions: &'f [Extension],
    pub(crate) rechecks: &'f [Recheck],
    pub(crate) measures: &'f [Measure],
    /// Who wrote what on which entity.
    pub(crate) trace: &'f Trace,
}

impl CheckMoves<'_> {
    /// The pairs of a check. Findings come first, then items of orders, then measures.
    pub(crate) fn pairs(&self) -> Vec<Pair> {
        let mut pairs = Vec::new();
        for finding in self.findings {
            self.of_finding(finding, &mut pairs);
        }
        for order in self.orders {
            for item in &order.items {
                self.of_item(order, item.finding, &mut pairs);
            }
        }
        for measure in self.measures {
            self.of_measure(measure, &mut pairs);
        }
        pairs
    }

    /// Everything that was moved.
    pub(crate) fn all(&self) -> Vec<Move> {
        let (mut all, step) = (Vec::new(), |kind, entity, op| self.step(kind, entity, op));
        for finding in self.findings {
            let id = finding.finding;
            let back = finding.retracted_by.filter(|_| finding.retracted);
            all.extend(back.and_then(|op| step(MoveKind::Retracted, id, op)));
            let transfer = finding.transfer.as_ref();
            all.extend(transfer.and_then(|t| step(MoveKind::Transferred, id, t.op)));
        }
        all.extend(self.orders.iter().filter_map(|o| step(MoveKind::Ordered, o.order, o.op)));
        all.extend(self.extensions.iter().filter_map(|extension| self.extension(extension)));
        all.extend(self.rechecks.iter().filter_map(|recheck| self.recheck(recheck)));
        for measure in self.measures {
            all.extend(step(MoveKind::Measured, measure.measure, measure.op));
            let lifted = measure.lifted.as_ref();
            all.extend(lifted.and_then(|by| step(MoveKind::Lifted, measure.measure, by.op)));
        }
        all
    }

    /// A retraction yields to whatever else was done about the finding; a hand-over yields to an
    /// order.
    fn of_finding(&self, finding: &Finding, pairs: &mut Vec<Pair>) {
        let id = finding.finding;
        let taken_back = finding.retracted_by.filter(|_| finding.retracted);
        let ordered: Vec<Move> =
            self.orders.iter().filter_map(|order| self.order(order, id)).collect();
        if let Some(yields) = taken_back.and_then(|op| self.step(MoveKind::Retracted, id, op)) {
            // Who takes a finding back has seen at least that it was raised.
            let others = finding.ops.iter().filter(|op| **op != yields.op);
            let corrected = others.filter_map(|op| self.step(MoveKind::Corrected, id, *op));
            let measured = self.measures.iter().filter(|m| m.findings.contains(&id));
            let measured = measured.filter_map(|m| self.step(MoveKind::Measured, m.measure, m.op));
            let looked = self.rechecks.iter().filter(|r| r.items.iter().any(|i| i.finding == id));
            let looked = looked.filter_map(|r| self.step(MoveKind::Rechecked, r.recheck, r.op));
            let transfer = finding.transfer.iter();
            let transfer = transfer.filter_map(|t| self.step(MoveKind::Transferred, id, t.op));
            let all =
                corrected.chain(measured).chain(looked).chain(transfer).chain(ordered.clone());
            pairs.extend(all.map(|holds| self.pair(id, holds, yields.clone())));
        }
        let transfer = finding.transfer.as_ref();
        if let Some(yields) = transfer.and_then(|t| self.step(MoveKind::Transferred, id, t.op)) {
            pairs.extend(ordered.into_iter().map(|holds| self.pair(id, holds, yields.clone())));
        }
    }

    /// The better of two re-checks yields to the worse; corrected yields to a longer deadline; a
    /// longer deadline yields to a failed re-check and to a shorter one.
    fn of_item(&self, order: &Order, finding: EntityId, pairs: &mut Vec<Pair>) {
        let looked = looked_at(order.order, finding, self.rechecks);
        let of_item = |known: &&Extension| (known.order, known.finding) == (order.order, finding);
        let asked: Vec<&Extension> = self.extensions.iter().filter(of_item).collect();
        let mut pair = |holds: Option<Move>, yields: Option<Move>| {
            if let (Some(holds), Some(yields)) = (holds, yields) {
                pairs.push(self.pair(finding, holds, yields));
            }
        };
        for (better, found) in &looked {
            for (worse, _) in looked.iter().filter(|(_, other)| other.outcome < found.outcome) {
                pair(self.recheck(worse), self.recheck(better));
            }
            if found.outcome == RecheckOutcome::Corrected {
                asked.iter().for_each(|longer| pair(self.extension(longer), self.recheck(better)));
            }
        }
        for longer in asked.iter().filter(|extension| granted(extension).is_some()) {
            let failed = looked.iter().filter(|(_, it)| it.outcome != RecheckOutcome::Corrected);
            failed.for_each(|(worse, _)| pair(self.recheck(worse), self.extension(longer)));
            let shorter = asked.iter().filter(|other| is_shorter(other, longer));
            shorter.for_each(|shorter| pair(self.extension(shorter), self.extension(longer)));
        }
    }

    /// Lifting a measure yields to a re-check that found the hazard still there.
    fn of_measure(&self, measure: &Measure, pairs: &mut Vec<Pair>) {
        let lifted = measure.lifted.as_ref();
        let lifted = lifted.and_then(|by| self.step(MoveKind::Lifted, measure.measure, by.op));
        let Some(yields) = lifted else { return };
        let failed = self.rechecks.iter().filter(|recheck| {
            recheck.failed().any(|item| measure.findings.contains(&item.finding))
        });
        let failed = failed.filter_map(|recheck| self.recheck(recheck));
        pairs.extend(failed.map(|holds| self.pair(measure.measure, holds, yields.clone())));
    }

    fn pair(&self, subject: EntityId, holds: Move, yields: Move) -> Pair {
        let measure = self.measures.iter().find(|measure| measure.measure == subject);
        let finding = match measure {
            Some(measure) => measure.findings.first().copied().unwrap_or(subject),
            None => subject,
        };
        let found = self.findings.iter().find(|known| known.finding == finding);
        let title = found.map(|finding| finding.title.clone()).unwrap_or_default();
        Pair { subject, title, holds, yields }
    }

    fn order(&self, order: &Order, finding: EntityId) -> Option<Move> {
        order.item(finding)?;
        self.step(MoveKind::Ordered, order.order, order.op)
    }

    fn recheck(&self, recheck: &Recheck) -> Option<Move> {
        self.step(MoveKind::Rechecked, recheck.recheck, recheck.op)
    }

    fn extension(&self, extension: &Extension) -> Option<Move> {
        let op = extension.answer.map_or(extension.op, |answer| answer.op);
        self.step(MoveKind::Extended, extension.extension, op)
    }

    fn step(&self, kind: MoveKind, entity: EntityId, op: Hash) -> Option<Move> {
        step(self.trace, kind, entity, op)
    }
}

/// A move, if the one who made it may act here: a mentor moves nothing.
fn step(trace: &Trace, kind: MoveKind, entity: EntityId, op: Hash) -> Option<Move> {
    let written = trace.op(op).filter(|written| trace.may(written.writer, written.wall_ms))?;
    Some(Move { kind, entity, op, writer: written.writer, wall_ms: written.wall_ms })
}

/// What the re-checks of an order found of one item.
fn looked_at(
    order: EntityId,
    finding: EntityId,
    rechecks: &[Recheck],
) -> Vec<(&Recheck, &RecheckedItem)> {
    let of_order = rechecks.iter().filter(|recheck| recheck.order == order);
    let items = of_order.flat_map(|recheck| recheck.items.iter().map(move |item| (recheck, item)));
    items.filter(|(_, item)| item.finding == finding).collect()
}

fn granted(extension: &Extension) -> Option<chrono::NaiveDate> {
    extension.answer?.granted_to
}

/// Whether an answered application gives the unit less time than another that was granted.
fn is_shorter(one: &Extension, longer: &Extension) -> bool {
    one.extension != longer.extension && one.answer.is_some() && granted(one) < granted(longer)
}

/// Not filing a case and going on to conclude it: the milder holds, as for every decision that
/// weighs on a party.
pub(crate) fn case_pairs(
    source: &dyn Source,
    trace: &mut Trace,
    dossier: DossierId,
) -> Result<Vec<Pair>> {
    let filings: Vec<Filing> = trace.read(source, dossier)?;
    let conclusions: Vec<Conclusion> = trace.read(source, dossier)?;
    let mut pairs = Vec::new();
    for filing in filings.iter().filter(|filing| !filing.filed) {
        let goes_on = conclusions.iter().filter(|said| said.opinion != Opinion::NoViolation);
        for conclusion in goes_on {
            let entity = |op| trace.entity(op);
            let held = entity(filing.op).zip(entity(conclusion.op));
            let Some((filed_on, concluded_on)) = held else { continue };
            let holds = step(trace, MoveKind::NotFiled, filed_on, filing.op);
            let yields = step(trace, MoveKind::Concluded, concluded_on, conclusion.op);
            if let Some((holds, yields)) = holds.zip(yields) {
                let subject = source.entities(dossier, "case")?.into_iter().min();
                let subject = subject.unwrap_or(dossier.into());
                pairs.push(Pair { subject, title: String::new(), holds, yields });
            }
        }
    }
    Ok(pairs)
}

/// Closing a dossier while another phone moves something on in it: what the closing did not see
/// stands all the same.
pub(crate) fn closing_pairs(
    source: &dyn Source,
    trace: &mut Trace,
    dossier: DossierId,
    moves: Vec<Move>,
) -> Result<Vec<Pair>> {
    let subject: EntityId = dossier.into();
    let fields = trace.read_one(source, dossier, subject)?;
    let Some(closing) = fields.holding("dossier", "closed_on") else { return Ok(Vec::new()) };
    let Some(yields) = step(trace, MoveKind::Closed, subject, closing.op) else {
        return Ok(Vec::new());
    };
    let title = fields.text("title").unwrap_or_default().to_owned();
    let pair = |holds| Pair { subject, title: title.clone(), holds, yields: yields.clone() };
    Ok(moves.into_iter().map(pair).collect())
}

/// Takes out of the facts of a check what does not count while a collision is undecided, and what
/// a decision did not follow. What everybody wrote stays in the database.
pub(crate) fn settle(source: &dyn Source, facts: &mut CheckFacts) -> Result<()> {
    let moves = CheckMoves {
        findings: &facts.findings,
        orders: &facts.orders,
        extensions: &facts.extensions,
        rechecks: &facts.rechecks,
        measures: &facts.measures,
        trace: &facts.trace,
    };
    let pairs = moves.pairs();
    if pairs.is_empty() {
        return Ok(());
    }
    let past: Past = source.past(facts.dossier)?;
    let mut gone: Vec<(EntityId, Move)> = Vec::new();
    for pair in pairs {
        match pair.standing(&past, &facts.trace) {
            Standing::Undecided | Standing::Held => gone.push((pair.subject, pair.yields)),
            // Of two re-checks the one that was chosen counts, whatever their days are.
            Standing::Yielded if pair.holds.kind == pair.yields.kind => {
                gone.push((pair.subject, pair.holds));
            }
            Standing::Yielded | Standing::InOrder => {}
        }
    }
    gone.into_iter().for_each(|(subject, gone)| take_out(facts, subject, &gone));
    Ok(())
}

fn take_out(facts: &mut CheckFacts, subject: EntityId, gone: &Move) {
    match gone.kind {
        MoveKind::Retracted => {
            let findings = facts.findings.iter_mut().filter(|known| known.finding == gone.entity);
            findings.for_each(|finding| finding.retracted = false);
        }
        MoveKind::Rechecked => {
            let of_move = facts.rechecks.iter_mut().filter(|known| known.recheck == gone.entity);
            of_move.for_each(|recheck| recheck.items.retain(|item| item.finding != subject));
        }
        MoveKind::Extended => {
            let of_move =
                facts.extensions.iter_mut().filter(|known| known.extension == gone.entity);
            let answers = of_move.filter_map(|extension| extension.answer.as_mut());
            answers.for_each(|answer| answer.granted_to = None);
        }
        MoveKind::Lifted => {
            let of_move = facts.measures.iter_mut().filter(|known| known.measure == gone.entity);
            of_move.for_each(|measure| measure.lifted = None);
        }
        _ => {}
    }
}
