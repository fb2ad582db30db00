//! The rules of chains: ops (O), seals (S), who sealed (P), bodies (B) and clocks (T).

use std::collections::{BTreeMap, HashMap, HashSet};

use crate::certificate::Trust;
use crate::hash::Hash;
use crate::id::{BootId, DossierId, WriterId};
use crate::limits::SEAL_OPS_MAX;
use crate::op::Op;
use crate::package::{Mode, Start};
use crate::run::{RunFault, check_run};
use crate::scope::is_area;
use crate::seal::SignedSeal;
use crate::verify::closed::Closed;
use crate::verify::marks::{Clocks, Mark, Marks, label};
use crate::verify::rule::Rule;
use crate::verify::verdict::{Contents, Findings, Subject, WriterSummary};
use crate::verify::words::Fault;

/// The kind that opens a dossier.
pub(crate) const OPENING: &str = "dossier.open/1";

/// Two clocks may differ by this much before it is worth a note.
pub(crate) const CLOCK_SLACK_MS: i64 = 120_000;

/// What is kept of a seal.
struct SealMark {
    hash: Hash,
    prev: Option<Hash>,
    dossier: DossierId,
}

/// A seal, as the log speaks of it.
pub(crate) struct SealRow {
    pub(crate) hash: Hash,
    pub(crate) dossier: DossierId,
    pub(crate) writer: WriterId,
    pub(crate) number: u64,
    pub(crate) ops: u64,
}

impl SealRow {
    pub(crate) fn subject(&self) -> Subject {
        Subject::Seal { writer: self.writer, number: self.number }
    }
}

#[derive(Default)]
struct DossierState {
    area: Option<String>,
    openings: u64,
    ops: u64,
}

#[derive(Default)]
pub(crate) struct Chains {
    run: Vec<Op>,
    /// Ops without a seal, until the blobs have heard of them.
    loose: Vec<Op>,
    /// The last ops of runs: where the next run of a chain begins.
    ends: HashSet<Hash>,
    pub(crate) marks: Marks,
    /// Op hashes by place, to notice forks.
    places: HashMap<(DossierId, WriterId, u64), Hash>,
    dossiers: HashMap<DossierId, DossierState>,
    /// Seals by number, for each writer.
    seals: BTreeMap<WriterId, BTreeMap<u64, Vec<SealMark>>>,
    /// Least and greatest difference of wall and monotonic clock, for each boot of a writer.
    clocks: HashMap<(WriterId, BootId), (i128, i128)>,
    writers: BTreeMap<WriterId, WriterSummary>,
    /// The names in the certificates of the writers, known at the end.
    names: HashMap<WriterId, String>,
    /// Every seal once, in the order of the package.
    pub(crate) sealed: Vec<SealRow>,
    pub(crate) closed: Closed,
}

impl Chains {
    /// Takes an op; it is checked when its seal comes.
    pub(crate) fn op(&mut self, op: Op, start: &Start, findings: &mut Findings) {
        let twice = |known: &Op| known.hash == op.hash;
        if self.marks.contains(&op.hash) || self.run.iter().any(twice) {
            findings.broken(Rule::C2, self.subject(&op), Fault::Twice);
            return;
        }
        if mode(start, op.header.dossier).is_none() {
            findings.broken(Rule::O1, self.subject(&op), Fault::ForeignDossier);
        }
        if self.run.len() >= SEAL_OPS_MAX {
            self.end_of_run(start, findings);
        }
        self.run.push(op);
    }

    /// Ops that no seal followed. They are judged by every rule that needs no seal.
    pub(crate) fn end_of_run(&mut self, start: &Start, findings: &mut Findings) {
        let ops = std::mem::take(&mut self.run);
        self.open_dossiers(&ops, start, findings);
        for op in ops {
            findings.broken(Rule::S2, self.subject(&op), Fault::NotCovered);
            if op.body_fault().is_some() {
                findings.broken(Rule::B1, self.subject(&op), Fault::BodyDiffers);
            }
            let whole = mode(start, op.header.dossier) == Some(Mode::Whole);
            self.place(&op, whole, true, findings);
            self.marks.insert(&op, None);
            self.note_withheld(&op, findings);
            self.loose.push(op);
        }
    }

    /// The ops that stayed without a seal since this was asked last.
    pub(crate) fn take_loose(&mut self) -> Vec<Op> {
        std::mem::take(&mut self.loose)
    }

    /// Checks the run before a seal. Returns its ops.
    pub(crate) fn seal(
        &mut self,
        seal: SignedSeal,
        start: &Start,
        trust: &Trust,
        findings: &mut Findings,
    ) -> Vec<Op> {
        let numbered = self.seals.get(&seal.seal.writer).and_then(|all| all.get(&seal.seal.number));
        if numbered.is_some_and(|known| known.iter().any(|known| known.hash == seal.hash)) {
            let subject = Subject::Seal { writer: seal.seal.writer, number: seal.seal.number };
            // Behind ops it covers none of them; behind its own run once more, all stands twice.
            let rule = if self.run.is_empty() { Rule::C2 } else { Rule::S2 };
            findings.broken(rule, subject, Fault::Twice);
            return Vec::new();
        }
        let ops = std::mem::take(&mut self.run);
        let whole = mode(start, seal.seal.dossier) == Some(Mode::Whole);
        self.check_follows(&ops, &seal, whole, findings);
        self.open_dossiers(&ops, start, findings);
        self.check(&ops, &seal, trust, findings);
        let place = u32::try_from(self.sealed.len()).expect("a package has a million frames");
        for op in &ops {
            self.place(op, whole, op.hash == ops[0].hash, findings);
            self.marks.insert(op, Some(place));
            self.note_withheld(op, findings);
            // A claimed time is testimony of a clock, and an honest clock can be wrong.
            let held = trust.get(&seal.certificate);
            if held.is_some_and(|held| !held.covers_time(op.header.wall_ms)) {
                findings.noted(Rule::T1, self.subject(op), Fault::OutOfTime);
            }
            self.count(op, &seal, trust);
        }
        let SignedSeal { seal, hash, .. } = seal;
        let (dossier, writer, number) = (seal.dossier, seal.writer, seal.number);
        self.sealed.push(SealRow { hash, dossier, writer, number, ops: seal.ops() });
        self.ends.insert(seal.head);
        let numbered = self.seals.entry(seal.writer).or_default().entry(seal.number).or_default();
        numbered.push(SealMark { hash, prev: seal.prev, dossier: seal.dossier });
        ops
    }

    /// The rules that need the whole package.
    pub(crate) fn finish(
        &mut self,
        start: &Start,
        trust: &Trust,
        findings: &mut Findings,
        contents: &mut Contents,
    ) {
        for (dossier, _) in &start.dossiers {
            findings.checked(Rule::O4);
            let state = self.dossiers.get(dossier);
            let fault = match state.map_or(0, |state| state.openings) {
                0 => Fault::NoOpening,
                1 if state.is_none_or(|state| state.area.is_none()) => Fault::NoOpening,
                1 => continue,
                _ => Fault::TwoOpenings,
            };
            findings.broken(Rule::O4, Subject::Dossier(*dossier), fault);
        }
        self.check_seal_chains(findings);
        for (writer, summary) in &mut self.writers {
            let holder = trust.iter().find(|(_, certificate)| certificate.writer == *writer);
            if let Some((_, certificate)) = holder {
                summary.name.clone_from(&certificate.name);
                summary.organisation.clone_from(&certificate.organisation);
            }
        }
        let named = self.writers.values().map(|known| (known.writer, known.name.clone()));
        self.names = named.collect();
        contents.ops = self.marks.len() as u64;
        contents.seals = self.sealed.len() as u64;
        contents.writers = std::mem::take(&mut self.writers).into_values().collect();
    }

    /// Learns the area of dossiers that this run opens; an op before the opening breaks O4.
    fn open_dossiers(&mut self, ops: &[Op], start: &Start, findings: &mut Findings) {
        // O4 is about the dossiers of the package; O1 has told of any other.
        for op in ops.iter().filter(|op| mode(start, op.header.dossier).is_some()) {
            let subject = self.subject(op);
            let state = self.dossiers.entry(op.header.dossier).or_default();
            if op.header.kind.as_str() == OPENING {
                state.openings += 1;
                let own = op.header.seq == 0 && op.header.entity.0 == op.header.dossier.0;
                let area = op.get("area").and_then(|area| area.as_text());
                if own && state.ops == 0 {
                    state.area = area.filter(|area| is_area(area)).map(str::to_owned);
                } else {
                    findings.broken(Rule::O4, subject, Fault::OutOfOrder);
                }
            } else if state.openings == 0 && state.ops == 0 {
                findings.broken(Rule::O4, subject, Fault::NoOpening);
            }
            state.ops += 1;
        }
    }

    /// A run begins with the chain, or where another run ended; an excerpt may lack the other.
    fn check_follows(&self, ops: &[Op], seal: &SignedSeal, whole: bool, findings: &mut Findings) {
        let Some(prev) = ops.first().and_then(|first| first.header.prev) else { return };
        let absent_from_excerpt = !whole && !self.marks.contains(&prev);
        if !self.ends.contains(&prev) && !absent_from_excerpt {
            let subject = Subject::Seal { writer: seal.seal.writer, number: seal.seal.number };
            findings.broken(Rule::S2, subject, Fault::NotCovered);
        }
    }

    fn check(&self, ops: &[Op], seal: &SignedSeal, trust: &Trust, findings: &mut Findings) {
        for rule in [Rule::S1, Rule::S2, Rule::P1, Rule::B1, Rule::B2, Rule::O2, Rule::O3] {
            findings.checked(rule);
        }
        let area = self.dossiers.get(&seal.seal.dossier).and_then(|state| state.area.as_deref());
        for (breach, index) in check_run(ops, seal, trust, area) {
            let (rule, fault) = match breach {
                RunFault::Link => (Rule::O2, Fault::BrokenLink),
                RunFault::Signature => (Rule::S1, Fault::WrongSignature),
                RunFault::Coverage => (Rule::S2, Fault::NotCovered),
                RunFault::NotTheWriter => (Rule::P1, Fault::NotTheWriter),
                RunFault::Area => (Rule::P1, Fault::OutOfArea),
                RunFault::Body(_) => (Rule::B1, Fault::BodyDiffers),
            };
            let subject = match index {
                Some(index) => self.subject(&ops[index]),
                None => Subject::Seal { writer: seal.seal.writer, number: seal.seal.number },
            };
            findings.broken(rule, subject, fault);
        }
    }

    /// Puts an op into its chain: what is before it, beside it, and by which clock.
    fn place(&mut self, op: &Op, whole: bool, first_of_run: bool, findings: &mut Findings) {
        let header = &op.header;
        findings.checked(Rule::O5);
        findings.checked(Rule::T1);
        match header.prev.map(|prev| self.marks.get(&prev)) {
            None => {}
            Some(Some(before))
                if (before.dossier, before.writer) == (header.dossier, header.writer)
                    && before.seq + 1 == header.seq =>
            {
                self.compare_clocks(op, before, findings);
            }
            // An excerpt may begin a run anywhere; a link inside the run is checked with it.
            Some(None) if !whole || !first_of_run => {}
            Some(_) => findings.broken(Rule::O2, self.subject(op), Fault::BrokenLink),
        }
        let over = header.over.iter().flat_map(|over| &over.heads).map(|head| (*head, true));
        for (past, same_entity) in header.deps.iter().map(|dep| (dep.op, false)).chain(over) {
            let here = |mark: &Mark| {
                mark.dossier == header.dossier && (!same_entity || mark.entity == header.entity)
            };
            match self.marks.get(&past) {
                Some(mark) if here(mark) => {
                    // Both are claims: the sum may lie beyond what an integer holds.
                    if header.wall_ms.saturating_add(CLOCK_SLACK_MS) < mark.clocks.wall_ms {
                        findings.noted(Rule::T1, self.subject(op), Fault::BeforePast);
                    }
                }
                None if !whole => {
                    findings.noted(Rule::O3, self.subject(op), Fault::MissingPast);
                }
                _ => findings.broken(Rule::O3, self.subject(op), Fault::MissingPast),
            }
        }
        let place = (header.dossier, header.writer, header.seq);
        if self.places.insert(place, op.hash).is_some() {
            findings.noted(Rule::O5, self.subject(op), Fault::Forked);
        }
        self.compare_with_boot(op, findings);
    }

    fn compare_clocks(&self, op: &Op, before: &Mark, findings: &mut Findings) {
        let (now, before) = (Clocks::of(op), before.clocks);
        let same_boot = before.boot == now.boot;
        let mono = i128::from(now.mono_ms) - i128::from(before.mono_ms);
        let wall = i128::from(now.wall_ms) - i128::from(before.wall_ms);
        if same_boot && mono < 0 {
            findings.noted(Rule::T1, self.subject(op), Fault::ClockBack);
        } else if !same_boot && wall < -i128::from(CLOCK_SLACK_MS) {
            findings.noted(Rule::T1, self.subject(op), Fault::BeforePast);
        }
    }

    /// Within one boot both clocks run alike: an op that stretches their difference shows that the
    /// wall clock was set, however small the steps.
    fn compare_with_boot(&mut self, op: &Op, findings: &mut Findings) {
        let Clocks { wall_ms, mono_ms, boot } = Clocks::of(op);
        let apart = i128::from(wall_ms) - i128::from(mono_ms);
        let known = self.clocks.entry((op.header.writer, boot)).or_insert((apart, apart));
        let wider = (known.0.min(apart), known.1.max(apart));
        let jumped = wider != *known && wider.1 - wider.0 > i128::from(CLOCK_SLACK_MS);
        *known = wider;
        if jumped {
            findings.noted(Rule::T1, self.subject(op), Fault::ClockJump);
        }
    }

    fn note_withheld(&mut self, op: &Op, findings: &mut Findings) {
        self.closed.note(op);
        let fault = match &op.body {
            None => Fault::BodyWithheld,
            Some(body) if body.is_whole() => return,
            Some(_) => Fault::FieldWithheld,
        };
        findings.noted(Rule::B2, self.subject(op), fault);
    }

    fn check_seal_chains(&self, findings: &mut Findings) {
        for (writer, numbers) in &self.seals {
            findings.checked(Rule::S3);
            let mut before: Option<(u64, &Vec<SealMark>)> = None;
            for (number, seals) in numbers {
                let subject = || Subject::Seal { writer: *writer, number: *number };
                // Two in one dossier are the branches of a fork, which O5 tells.
                if seals.iter().any(|seal| seal.dossier != seals[0].dossier) {
                    findings.noted(Rule::S3, subject(), Fault::SealFork);
                }
                match before {
                    Some((last, known)) if last + 1 == *number => {
                        let follows = |seal: &SealMark| {
                            known.iter().any(|before| Some(before.hash) == seal.prev)
                        };
                        if !seals.iter().all(follows) {
                            findings.broken(Rule::S3, subject(), Fault::SealBreak);
                        }
                    }
                    None if *number == 0 => {}
                    _ => findings.noted(Rule::S3, subject(), Fault::SealGap),
                }
                before = Some((*number, seals));
            }
        }
    }

    fn count(&mut self, op: &Op, seal: &SignedSeal, trust: &Trust) {
        let wall_ms = op.header.wall_ms;
        let certificate = trust.get(&seal.certificate);
        let summary = self.writers.entry(op.header.writer).or_insert_with(|| WriterSummary {
            writer: op.header.writer,
            name: certificate.map(|c| c.name.clone()).unwrap_or_default(),
            organisation: certificate.map(|c| c.organisation.clone()).unwrap_or_default(),
            ops: 0,
            wall_ms: (wall_ms, wall_ms),
        });
        summary.ops += 1;
        summary.wall_ms = (summary.wall_ms.0.min(wall_ms), summary.wall_ms.1.max(wall_ms));
    }

    /// An op that was marked, as an item names it.
    pub(crate) fn marked(&self, op: &Hash, mark: &Mark) -> Subject {
        Subject::Op {
            hash: *op,
            kind: mark.kind.to_string(),
            seq: mark.seq,
            writer: self.names.get(&mark.writer).cloned(),
            label: None,
        }
    }

    fn subject(&self, op: &Op) -> Subject {
        let writer = self.writers.get(&op.header.writer).map(|summary| summary.name.clone());
        Subject::Op {
            hash: op.hash,
            kind: op.header.kind.to_string(),
            seq: op.header.seq,
            writer,
            label: label(op),
        }
    }
}

pub(crate) fn mode(start: &Start, dossier: DossierId) -> Option<Mode> {
    let place = start.dossiers.binary_search_by(|(id, _)| id.cmp(&dossier)).ok()?;
    Some(start.dossiers[place].1)
}
