//! The rules of the container (C) and of certificates (K), and the order of frames.

use std::collections::HashSet;
use std::io::Read;

use crate::certificate::{Distrust, SignedCertificate, Trust};
use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, HashName, Suite};
use crate::id::DossierId;
use crate::limits::CLOSE_BYTES_MAX;
use crate::op::Op;
use crate::package::{Closing, Frame, Frames, Mode, ReadFault, Start, begins_a_package};
use crate::seal::SignedSeal;
use crate::verify::Observer;
use crate::verify::blobs::Blobs;
use crate::verify::chains::Chains;
use crate::verify::log::Log;
use crate::verify::rule::Rule;
use crate::verify::verdict::{Contents, Findings, Outcome, RootAnswer, Subject, Verdict};
use crate::verify::words::Fault;
use crate::wire::{Malformed, Wire};

/// Where in a package the walk stands. Frames may only go forward through these.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Phase {
    Start,
    Certificates,
    Ops,
    Blobs,
    Closed,
}

/// A walk through one package.
pub(crate) struct Container<'o> {
    asked: Option<Hash>,
    observer: &'o mut dyn Observer,
    findings: Findings,
    phase: Phase,
    hashes: Vec<Hash>,
    start: Option<Start>,
    trust: Trust,
    certificates: HashSet<Hash>,
    chains: Chains,
    blobs: Blobs,
    log: Log,
    log_frames: HashSet<Hash>,
}

impl<'o> Container<'o> {
    pub(crate) fn new(asked: Option<Hash>, observer: &'o mut dyn Observer) -> Self {
        Self {
            asked,
            observer,
            findings: Findings::new(),
            phase: Phase::Start,
            hashes: Vec::new(),
            start: None,
            trust: Trust::default(),
            certificates: HashSet::new(),
            chains: Chains::default(),
            blobs: Blobs::default(),
            log: Log::default(),
            log_frames: HashSet::new(),
        }
    }

    pub(crate) fn walk(mut self, input: impl Read) -> Result<Verdict, ReadFault> {
        let mut frames = Frames::new(input);
        loop {
            match frames.next_frame() {
                Ok(Some(frame)) => {
                    let read = Frame::from_wire(&frame.bytes);
                    if frame.index == 0 && !matches!(read, Ok(Frame::Start(_))) {
                        return Ok(self.without_start(&frame.bytes));
                    }
                    if self.frame(frame.index, &frame.bytes, read) {
                        self.after_close(&mut frames)?;
                        break;
                    }
                }
                Ok(None) => {
                    self.findings.broken(Rule::C2, Subject::Package, Fault::NoClose);
                    break;
                }
                Err(ReadFault::Io(error)) => return Err(ReadFault::Io(error)),
                Err(_) if self.hashes.is_empty() => return Ok(self.unreadable()),
                Err(fault) => {
                    let fault = match fault {
                        ReadFault::EndsEarly => Fault::EndsEarly,
                        _ => Fault::NotAFrame,
                    };
                    let here = Subject::Frame(self.hashes.len() as u64);
                    self.findings.broken(Rule::C2, here, fault);
                    break;
                }
            }
        }
        if self.start.is_none() {
            return Ok(self.unreadable());
        }
        Ok(self.verdict())
    }

    /// Takes one frame. True when it closed the package.
    fn frame(&mut self, index: u64, bytes: &[u8], read: Result<Frame, Malformed>) -> bool {
        self.findings.checked(Rule::C2);
        let here = Subject::Frame(index);
        let frame = match read {
            Ok(frame) => frame,
            Err(_) => {
                self.hashes.push(Suite::Sha256.hash(HashName::Frame, bytes));
                self.findings.broken(Rule::C2, here, Fault::Malformed);
                return false;
            }
        };
        let phase = match &frame {
            Frame::Start(_) => Phase::Start,
            Frame::Certificate(_) => Phase::Certificates,
            Frame::Op { .. } | Frame::Seal(_) => Phase::Ops,
            Frame::Blob { .. } => Phase::Blobs,
            Frame::Log(_) | Frame::Other(_) => self.phase,
            Frame::Close(_) => Phase::Closed,
        };
        if phase < self.phase || (phase == Phase::Start && self.start.is_some()) {
            self.findings.broken(Rule::C2, here.clone(), Fault::OutOfOrder);
        }
        self.phase = self.phase.max(phase);
        let within_run =
            matches!(frame, Frame::Op { .. } | Frame::Seal(_) | Frame::Log(_) | Frame::Other(_));
        if !within_run {
            self.end_of_run();
        }
        if let Frame::Close(cose) = frame {
            self.close(&cose);
            return true;
        }
        let hash = Suite::Sha256.hash(HashName::Frame, bytes);
        self.hashes.push(hash);
        match frame {
            Frame::Start(start) if self.start.is_none() => self.start = Some(start),
            Frame::Certificate(cose) => self.certificate(&cose, here),
            Frame::Op { header, body } => self.op(&header, body.as_deref(), here),
            Frame::Seal(cose) => self.seal(&cose, here),
            Frame::Blob { address, offset, bytes } => {
                self.blobs.part(address, offset, &bytes, &mut self.findings, self.observer);
            }
            Frame::Log(_) if !self.log_frames.insert(hash) => {
                self.findings.broken(Rule::C2, here, Fault::Twice);
            }
            Frame::Log(frame) => {
                let (trust, findings) = (&self.trust, &mut self.findings);
                self.log.frame(frame, here, trust, findings, self.observer);
            }
            Frame::Other(_) => self.findings.noted(Rule::C2, here, Fault::Unknown),
            Frame::Start(_) | Frame::Close(_) => {}
        }
        false
    }

    fn certificate(&mut self, cose: &[u8], here: Subject) {
        for rule in [Rule::K1, Rule::K2] {
            self.findings.checked(rule);
        }
        let Ok(signed) = SignedCertificate::read(cose) else {
            self.findings.broken(Rule::K1, here, Fault::Malformed);
            return;
        };
        let name = signed.certificate.name.clone();
        let subject = Subject::Certificate { hash: signed.hash, name };
        if !self.certificates.insert(signed.hash) {
            self.findings.broken(Rule::C2, subject, Fault::Twice);
            return;
        }
        match self.trust.admit(&signed) {
            Ok(()) => {
                self.log.certificate(&signed);
                self.observer.certificate(&signed);
            }
            Err(Distrust::NoIssuer | Distrust::TooMany) => {
                self.findings.broken(Rule::K1, subject, Fault::NoIssuer);
                return;
            }
            Err(Distrust::Signature) => {
                self.findings.broken(Rule::K1, subject, Fault::WrongSignature);
                return;
            }
            Err(Distrust::MayNotIssue | Distrust::Scope | Distrust::Period) => {
                self.findings.broken(Rule::K2, subject, Fault::BeyondIssuer);
                return;
            }
        }
        if let Some(asked) = self.asked {
            self.findings.checked(Rule::K3);
            if self.trust.root_of(&signed.hash) != Some(asked) {
                self.findings.broken(Rule::K3, subject, Fault::OtherRoot);
            }
        }
    }

    fn op(&mut self, header: &[u8], body: Option<&[u8]>, here: Subject) {
        self.findings.checked(Rule::O1);
        match Op::read(header, body) {
            Ok(op) => {
                let start = self.start.as_ref().expect("the walk ends without a start");
                self.chains.op(op, start, &mut self.findings);
            }
            // The header may be fine and only the body not: then the op keeps its place.
            Err(_) => match Op::read(header, None) {
                Ok(op) => {
                    self.findings.broken(Rule::B1, here, Fault::Malformed);
                    let start = self.start.as_ref().expect("the walk ends without a start");
                    self.chains.op(op, start, &mut self.findings);
                }
                Err(_) => self.findings.broken(Rule::O1, here, Fault::Malformed),
            },
        }
    }

    fn seal(&mut self, cose: &[u8], here: Subject) {
        self.findings.checked(Rule::S1);
        match SignedSeal::read(cose) {
            Ok(seal) => {
                let start = self.start.as_ref().expect("the walk ends without a start");
                let told = seal.seal.clone();
                let ops = self.chains.seal(seal, start, &self.trust, &mut self.findings);
                if !ops.is_empty() {
                    self.observer.seal(&told);
                }
                for op in &ops {
                    self.blobs.claim(op, &mut self.findings);
                    self.observer.op(op);
                }
            }
            Err(_) => {
                self.findings.broken(Rule::S1, here, Fault::Malformed);
                self.end_of_run();
            }
        }
    }

    /// What was not sealed by now is not sealed at all.
    fn end_of_run(&mut self) {
        let Some(start) = &self.start else { return };
        self.chains.end_of_run(start, &mut self.findings);
        for op in self.chains.take_loose() {
            self.blobs.claim(&op, &mut self.findings);
        }
    }

    fn close(&mut self, cose: &[u8]) {
        let exporter = self.start.as_ref().map(|start| start.exporter);
        self.findings.checked(Rule::C4);
        let Ok(signed) = Signed::read(cose, CLOSE_BYTES_MAX) else {
            self.findings.broken(Rule::C4, Subject::Package, Fault::Malformed);
            return;
        };
        let key = exporter.and_then(|exporter| self.trust.get(&exporter)).map(|c| &c.key);
        let by_exporter = signed.signer == exporter
            && key.is_some_and(|key| signed.verifies(Purpose::Package, key));
        if !by_exporter {
            self.findings.broken(Rule::C4, Subject::Package, Fault::WrongSignature);
        }
        self.findings.checked(Rule::C3);
        match Closing::from_wire(&signed.payload) {
            Ok(closing) => self.compare(&closing.frames),
            Err(_) => self.findings.broken(Rule::C3, Subject::Package, Fault::Malformed),
        }
    }

    /// Names the frames that differ from the closing list.
    fn compare(&mut self, listed: &[Hash]) {
        if listed == self.hashes {
            return;
        }
        let held: HashSet<Hash> = self.hashes.iter().copied().collect();
        let known: HashSet<Hash> = listed.iter().copied().collect();
        let same_length = listed.len() == self.hashes.len();
        let mut named = false;
        for (index, hash) in self.hashes.iter().enumerate() {
            let fault = match (known.contains(hash), same_length) {
                (false, true) => Fault::Altered,
                (false, false) => Fault::Added,
                (true, true) if listed[index] != *hash => Fault::Altered,
                _ => continue,
            };
            named = true;
            self.findings.broken(Rule::C3, Subject::Frame(index as u64), fault);
        }
        for (index, hash) in listed.iter().enumerate() {
            if !held.contains(hash) && !same_length {
                named = true;
                self.findings.broken(Rule::C3, Subject::Frame(index as u64), Fault::Removed);
            }
        }
        if !named {
            // The same frames, some of them more than once.
            self.findings.broken(Rule::C3, Subject::Package, Fault::Altered);
        }
    }

    fn after_close<R: Read>(&mut self, frames: &mut Frames<R>) -> Result<(), ReadFault> {
        self.findings.checked(Rule::C5);
        if frames.has_more()? {
            self.findings.broken(Rule::C5, Subject::Package, Fault::Trailing);
        }
        Ok(())
    }

    /// A package of another version, or with a damaged start, is told from what is none.
    fn without_start(mut self, first: &[u8]) -> Verdict {
        if !begins_a_package(first) {
            return self.unreadable();
        }
        self.findings.broken(Rule::C1, Subject::Frame(0), Fault::Malformed);
        let rules = std::mem::replace(&mut self.findings, Findings::new()).into_rules();
        Verdict { outcome: Outcome::Refused, rules, ..self.unreadable() }
    }

    /// No rule is judged of bytes that are no package.
    fn unreadable(self) -> Verdict {
        Verdict {
            outcome: Outcome::Unreadable,
            root: RootAnswer::Unknown,
            rules: Findings::new().into_rules(),
            contents: Contents::default(),
            times: Vec::new(),
        }
    }

    fn verdict(mut self) -> Verdict {
        self.end_of_run();
        let start = self.start.take().expect("a package without a start is unreadable");
        let mut contents = Contents {
            created_ms: start.created_ms,
            exporter: self.trust.get(&start.exporter).map(|c| c.name.clone()),
            exporter_writer: self.trust.get(&start.exporter).map(|c| c.writer),
            dossiers: start.dossiers.iter().map(|(id, _)| *id).collect(),
            excerpts: excerpts_of(&start),
            frames: self.hashes.len() as u64,
            ..Contents::default()
        };
        self.findings.checked(Rule::C1);
        if contents.exporter.is_none() {
            self.findings.broken(Rule::C1, Subject::Package, Fault::NoExporter);
        }
        self.chains.finish(&start, &self.trust, &mut self.findings, &mut contents);
        self.blobs.finish(&mut self.findings, self.observer, &mut contents);
        let (chains, blobs) = (&self.chains, &self.blobs);
        let times = self.log.finish(&start, chains, blobs, &mut self.findings, &mut contents);
        self.findings.explain(&self.chains.closed.erased(&self.trust));
        let mut roots: Vec<Hash> =
            self.trust.iter().filter_map(|(hash, _)| self.trust.root_of(hash)).collect();
        roots.sort_unstable();
        roots.dedup();
        contents.roots = roots;
        let root = match self.asked {
            None => RootAnswer::Unknown,
            Some(asked) if contents.roots == [asked] => RootAnswer::Known,
            Some(_) => {
                if !self.findings.is_broken(Rule::K3) {
                    self.findings.broken(Rule::K3, Subject::Package, Fault::OtherRoot);
                }
                RootAnswer::Other
            }
        };
        let rules = self.findings.into_rules();
        let broken =
            rules.values().any(|result| result.status == crate::verify::verdict::Status::Broken);
        let outcome = if broken { Outcome::Refused } else { Outcome::Verifies };
        Verdict { outcome, root, rules, contents, times }
    }
}

/// The dossiers of which a package has only a part.
fn excerpts_of(start: &Start) -> Vec<DossierId> {
    let part = start.dossiers.iter().filter(|(_, mode)| *mode == Mode::Excerpt);
    part.map(|(dossier, _)| *dossier).collect()
}
