//! The rules of the log (R): checkpoints by known hubs, receipts under them, one tree that grows.
//!
//! A receipt leads to a root by itself, so it is worked off as it comes, and only compared with
//! the checkpoints at the end, wherever in the package they stood.

mod arrivals;
mod heads;
mod receipts;

use std::collections::{BTreeMap, HashMap};

use crate::certificate::{Certificate, SignedCertificate, Trust};
use crate::cose::Purpose;
use crate::hash::Hash;
use crate::limits::CHECKPOINTS_MAX;
use crate::log::checkpoint::{CheckpointFault, SignedCheckpoint};
use crate::log::origin::log_of;
use crate::log::receipt::Receipt;
use crate::log::refusal::SignedRefusal;
use crate::package::{LogFrame, Start};
use crate::verify::Observer;
use crate::verify::blobs::Blobs;
use crate::verify::chains::{Chains, SealRow};
use crate::verify::interval::{OpTime, intervals};
use crate::verify::rule::Rule;
use crate::verify::verdict::{Contents, Findings, Subject};
use crate::verify::words::Fault;

pub(crate) use heads::Heads;
use receipts::{Held, Receipts};

/// What is known of the logs while a package is walked.
#[derive(Default)]
pub(crate) struct Log {
    present: bool,
    /// The certificates of hubs, by the origin of their log.
    hubs: BTreeMap<String, Vec<Certificate>>,
    checkpoints: usize,
    heads: Heads,
    receipts: Receipts,
    /// Seals that a hub did not take, with the frame that says so.
    refused: Vec<(Hash, Subject)>,
}

impl Log {
    /// Takes a certificate that holds, if it is that of a hub with a log.
    pub(crate) fn certificate(&mut self, signed: &SignedCertificate) {
        if let Some((origin, _)) = log_of(&signed.certificate) {
            let known = self.hubs.entry(origin.to_owned()).or_default();
            known.push(signed.certificate.clone());
        }
    }

    /// Takes a frame of a log, at its place in the package.
    pub(crate) fn frame(
        &mut self,
        frame: LogFrame,
        here: Subject,
        trust: &Trust,
        findings: &mut Findings,
        observer: &mut dyn Observer,
    ) {
        self.present = true;
        if matches!(frame, LogFrame::Checkpoint(_) | LogFrame::Consistency { .. }) {
            self.checkpoints += 1;
            if self.checkpoints > CHECKPOINTS_MAX {
                findings.broken(Rule::C2, here, Fault::NotAFrame);
                return;
            }
        }
        match frame {
            LogFrame::Checkpoint(note) => self.checkpoint(&note, here, findings, observer),
            LogFrame::Consistency { origin, old, new, proof } => {
                self.heads.claim(origin, (old, new), proof, here, findings);
            }
            LogFrame::Refusal(cose) => {
                if let Some(read) = self.refusal(&cose, here, trust, findings) {
                    observer.refusal(&read);
                }
            }
            LogFrame::Receipt { entry, index, size, proof } => {
                findings.checked(Rule::R2);
                let Ok(receipt) = Receipt::read(&entry, index, size, proof) else {
                    findings.broken(Rule::R2, here, Fault::Malformed);
                    return;
                };
                observer.receipt(&receipt);
                match receipt.root() {
                    Some(root) => self.receipts.push(Held::new(&receipt, root, here)),
                    None => findings.broken(Rule::R2, here, Fault::NotIncluded),
                }
            }
        }
    }

    fn checkpoint(
        &mut self,
        note: &str,
        here: Subject,
        findings: &mut Findings,
        observer: &mut dyn Observer,
    ) {
        findings.checked(Rule::R1);
        let Ok(read) = SignedCheckpoint::read(note) else {
            findings.broken(Rule::R1, here, Fault::Malformed);
            return;
        };
        let subject = Subject::checkpoint(&read.checkpoint);
        let mut time: Option<i64> = None;
        let mut own_lines = 0;
        for hub in self.hubs.get(&read.checkpoint.origin).into_iter().flatten() {
            match read.verify(&hub.key) {
                Ok(time_ms) => {
                    own_lines += 2;
                    time = Some(time.map_or(time_ms, |known| known.min(time_ms)));
                    if !hub.covers_time(time_ms) {
                        findings.noted(Rule::R1, subject.clone(), Fault::OutOfTime);
                    }
                }
                Err(CheckpointFault::NotSigned) => {}
                Err(CheckpointFault::WrongSignature) => {
                    findings.broken(Rule::R1, subject, Fault::WrongSignature);
                    return;
                }
            }
        }
        let Some(time_ms) = time else {
            findings.broken(Rule::R1, subject, Fault::NoHub);
            return;
        };
        if read.note.signatures.len() > own_lines {
            findings.noted(Rule::R1, subject, Fault::UnknownWitness);
        }
        observer.checkpoint(&read);
        self.heads.add(read.checkpoint, time_ms);
    }

    /// Checks a refusal. Gives it when it holds.
    fn refusal(
        &mut self,
        cose: &[u8],
        here: Subject,
        trust: &Trust,
        findings: &mut Findings,
    ) -> Option<SignedRefusal> {
        findings.checked(Rule::R1);
        let Ok(read) = SignedRefusal::read(cose) else {
            findings.broken(Rule::R1, here, Fault::Malformed);
            return None;
        };
        let hub = trust.get(&read.certificate).filter(|hub| log_of(hub).is_some());
        match hub {
            None => findings.broken(Rule::R1, here, Fault::NoHub),
            Some(hub) if read.signed.verifies(Purpose::Refusal, &hub.key) => {
                self.refused.push((read.refusal.subject, here));
                return Some(read);
            }
            Some(_) => findings.broken(Rule::R1, here, Fault::WrongSignature),
        }
        None
    }

    /// The rules that need the whole package. Gives the interval of each op, or none at all when
    /// the package has nothing of a log.
    pub(crate) fn finish(
        &mut self,
        start: &Start,
        chains: &Chains,
        blobs: &Blobs,
        findings: &mut Findings,
        contents: &mut Contents,
    ) -> Vec<OpTime> {
        if !self.present {
            return Vec::new();
        }
        contents.checkpoints = self.heads.summaries();
        self.heads.finish(findings);
        self.check_named(chains, findings);
        let held = self.receipts.finish(start, chains, blobs, &self.heads, findings);
        arrivals::check(&held, findings);
        let mut received: HashMap<Hash, i64> = HashMap::new();
        for receipt in &held {
            let earliest = received.entry(receipt.subject).or_insert(receipt.time_ms);
            *earliest = receipt.time_ms.min(*earliest);
        }
        self.note_unreceipted(chains, blobs, &received, findings, contents);
        intervals(chains, &self.heads, &received, findings)
    }

    /// R6: the checkpoints that ops name.
    fn check_named(&self, chains: &Chains, findings: &mut Findings) {
        for (op, mark) in chains.marks.in_order() {
            let Some(named) = &mark.checkpoint else { continue };
            let mut same = self.heads.of_size(&named.origin, named.size).peekable();
            if same.peek().is_none() {
                continue;
            }
            findings.checked(Rule::R6);
            if same.any(|(root, _)| root != named.root) {
                findings.broken(Rule::R6, chains.marked(op, mark), Fault::OtherTree);
            }
        }
    }

    /// R5: what no hub has confirmed, and what one refused.
    fn note_unreceipted(
        &self,
        chains: &Chains,
        blobs: &Blobs,
        received: &HashMap<Hash, i64>,
        findings: &mut Findings,
        contents: &mut Contents,
    ) {
        findings.checked(Rule::R5);
        for seal in &chains.sealed {
            if received.contains_key(&seal.hash) {
                contents.seals_receipted += 1;
            } else {
                findings.noted(Rule::R5, seal.subject(), Fault::NoReceipt);
            }
        }
        for (address, _, subject) in blobs.named() {
            if received.contains_key(&address) {
                contents.blobs_receipted += 1;
            } else {
                findings.noted(Rule::R5, subject, Fault::NoReceipt);
            }
        }
        let by_hash: HashMap<Hash, &SealRow> =
            chains.sealed.iter().map(|seal| (seal.hash, seal)).collect();
        for (seal, frame) in &self.refused {
            let known = by_hash.get(seal);
            let subject = known.map_or_else(|| frame.clone(), |known| known.subject());
            findings.noted(Rule::R5, subject, Fault::RefusedByHub);
        }
    }
}
