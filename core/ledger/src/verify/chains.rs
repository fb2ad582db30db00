//! The rules of chains: ops (O), seals (S), who sealed (P), bodies (B) and clocks (T).

use std::collections::{BTreeMap, HashMap};

use crate::body::Content;
use crate::certificate::Trust;
use crate::hash::Hash;
use crate::id::{BootId, DossierId, EntityId, WriterId};
use crate::limits::SEAL_OPS_MAX;
use crate::op::Op;
use crate::package::{Mode, Start};
use crate::run::{RunFault, check_run};
use crate::scope::is_area;
use crate::seal::SignedSeal;
use crate::verify::rule::Rule;
use crate::verify::verdict::{Contents, Findings, Subject, WriterSummary};
use crate::verify::words::Fault;

/// The kind that opens a dossier.
pub(crate) const OPENING: &str = "dossier.open/1";

/// Two clocks may differ by this much before it is worth a note.
const CLOCK_SLACK_MS: i64 = 120_000;

/// What is kept of an op once its run has been checked.
struct Mark {
    dossier: DossierId,
    writer: WriterId,
    seq: u64,
    entity: EntityId,
    wall_ms: i64,
    mono_ms: u64,
    boot: BootId,
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
    marks: HashMap<Hash, Mark>,
    /// Op hashes by place, to notice forks.
    places: HashMap<(DossierId, WriterId, u64), Hash>,
    dossiers: HashMap<DossierId, DossierState>,
    /// Seal hash and previous seal by number, for each writer.
    seals: BTreeMap<WriterId, BTreeMap<u64, Vec<(Hash, Option<Hash>)>>>,
    writers: BTreeMap<WriterId, WriterSummary>,
    sealed: u64,
}

impl Chains {
    /// Takes an op; it is checked when its seal comes.
    pub(crate) fn op(&mut self, op: Op, start: &Start, findings: &mut Findings) {
        if mode(start, op.header.dossier).is_none() {
            findings.broken(Rule::O1, self.subject(&op), Fault::ForeignDossier);
        }
        if self.run.len() >= SEAL_OPS_MAX {
            self.end_of_run(findings);
        }
        self.run.push(op);
    }

    /// Ops that no seal followed.
    pub(crate) fn end_of_run(&mut self, findings: &mut Findings) {
        for op in std::mem::take(&mut self.run) {
            findings.broken(Rule::S2, self.subject(&op), Fault::NotCovered);
        }
    }

    /// Checks the run before a seal. Returns its ops.
    pub(crate) fn seal(
        &mut self,
        seal: SignedSeal,
        start: &Start,
        trust: &Trust,
        findings: &mut Findings,
    ) -> Vec<Op> {
        let ops = std::mem::take(&mut self.run);
        let whole = mode(start, seal.seal.dossier) == Some(Mode::Whole);
        self.open_dossiers(&ops, findings);
        self.check(&ops, &seal, trust, findings);
        for op in &ops {
            self.place(op, whole, op.hash == ops[0].hash, findings);
            self.note_withheld(op, findings);
            self.count(op, &seal, trust);
        }
        let SignedSeal { seal, hash, .. } = seal;
        self.sealed += 1;
        let numbered = self.seals.entry(seal.writer).or_default().entry(seal.number).or_default();
        if !numbered.iter().any(|(known, _)| *known == hash) {
            numbered.push((hash, seal.prev));
        }
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
        self.end_of_run(findings);
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
        contents.ops = self.marks.len() as u64;
        contents.seals = self.sealed;
        contents.writers = std::mem::take(&mut self.writers).into_values().collect();
    }

    /// Learns the area of dossiers that this run opens; an op before the opening breaks O4.
    fn open_dossiers(&mut self, ops: &[Op], findings: &mut Findings) {
        for op in ops {
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
                RunFault::Time => (Rule::P1, Fault::OutOfTime),
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
        if self.marks.contains_key(&op.hash) {
            findings.broken(Rule::O2, self.subject(op), Fault::Twice);
            return;
        }
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
                    if header.wall_ms + CLOCK_SLACK_MS < mark.wall_ms {
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
        let Moments { wall_ms, mono_ms, boot } = Moments::of(op);
        let (dossier, writer, seq, entity) =
            (header.dossier, header.writer, header.seq, header.entity);
        let mark = Mark { dossier, writer, seq, entity, wall_ms, mono_ms, boot };
        self.marks.insert(op.hash, mark);
    }

    fn compare_clocks(&self, op: &Op, before: &Mark, findings: &mut Findings) {
        let now = Moments::of(op);
        let same_boot = before.boot == now.boot;
        let mono = i128::from(now.mono_ms) - i128::from(before.mono_ms);
        let wall = i128::from(now.wall_ms) - i128::from(before.wall_ms);
        if same_boot && mono < 0 {
            findings.noted(Rule::T1, self.subject(op), Fault::ClockBack);
        } else if same_boot && (wall - mono).abs() > i128::from(CLOCK_SLACK_MS) {
            findings.noted(Rule::T1, self.subject(op), Fault::ClockJump);
        } else if !same_boot && wall < -i128::from(CLOCK_SLACK_MS) {
            findings.noted(Rule::T1, self.subject(op), Fault::BeforePast);
        }
    }

    fn note_withheld(&self, op: &Op, findings: &mut Findings) {
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
            let mut before: Option<(u64, &Vec<(Hash, Option<Hash>)>)> = None;
            for (number, seals) in numbers {
                let subject = || Subject::Seal { writer: *writer, number: *number };
                if seals.len() > 1 {
                    findings.noted(Rule::S3, subject(), Fault::SealFork);
                }
                match before {
                    Some((last, known)) if last + 1 == *number => {
                        let follows = |prev: &Option<Hash>| {
                            known.iter().any(|(hash, _)| Some(*hash) == *prev)
                        };
                        if !seals.iter().all(|(_, prev)| follows(prev)) {
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

/// What people call an op: its caption, or the item that it answers.
pub(crate) fn label(op: &Op) -> Option<String> {
    let open = op.body.iter().flat_map(|body| body.fields());
    open.filter(|field| matches!(field.name.as_str(), "caption" | "item" | "title" | "name"))
        .find_map(|field| match &field.content {
            Content::Open { value, .. } => value.as_text().map(str::to_owned),
            Content::Closed(_) => None,
        })
}

fn mode(start: &Start, dossier: DossierId) -> Option<Mode> {
    let place = start.dossiers.binary_search_by(|(id, _)| id.cmp(&dossier)).ok()?;
    Some(start.dossiers[place].1)
}

/// The clocks of an op.
struct Moments {
    wall_ms: i64,
    mono_ms: u64,
    boot: BootId,
}

impl Moments {
    fn of(op: &Op) -> Self {
        let header = &op.header;
        Self { wall_ms: header.wall_ms, mono_ms: header.mono_ms, boot: header.boot }
    }
}
