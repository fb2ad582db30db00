//! R2: every receipt is of something in the package, and under one of its checkpoints.

use std::collections::HashMap;

use crate::hash::Hash;
use crate::id::DossierId;
use crate::log::entry::Logged;
use crate::log::receipt::Receipt;
use crate::package::{Mode, Start};
use crate::verify::blobs::Blobs;
use crate::verify::chains::{Chains, mode};
use crate::verify::log::Heads;
use crate::verify::rule::Rule;
use crate::verify::verdict::{Findings, Subject};
use crate::verify::words::Fault;

/// What is kept of a receipt: about 200 bytes.
pub(super) struct Held {
    pub(super) what: Logged,
    pub(super) subject: Hash,
    pub(super) dossier: DossierId,
    pub(super) arrival: u64,
    pub(super) running: Hash,
    length: u64,
    size: u64,
    root: Hash,
    pub(super) here: Subject,
}

/// A receipt that holds, under one log.
pub(super) struct InLog<'h> {
    pub(super) origin: &'h str,
    pub(super) time_ms: i64,
    /// What it says is not in an excerpt.
    pub(super) absent: bool,
    pub(super) held: &'h Held,
}

impl std::ops::Deref for InLog<'_> {
    type Target = Held;

    fn deref(&self) -> &Held {
        self.held
    }
}

impl Held {
    pub(super) fn new(receipt: &Receipt, root: Hash, here: Subject) -> Self {
        let entry = &receipt.entry;
        Self {
            what: entry.what,
            subject: entry.subject,
            dossier: entry.dossier,
            arrival: entry.arrival,
            running: entry.running,
            length: entry.length,
            size: receipt.size,
            root,
            here,
        }
    }
}

/// Where a receipt's subject is.
enum Place {
    Here,
    Absent,
    Wrong(Fault),
}

#[derive(Default)]
pub(super) struct Receipts(Vec<Held>);

impl Receipts {
    pub(super) fn push(&mut self, held: Held) {
        self.0.push(held);
    }

    /// Compares all receipts with what is here. Gives those that hold, once for each log.
    pub(super) fn finish<'h>(
        &'h self,
        start: &Start,
        chains: &Chains,
        blobs: &Blobs,
        heads: &'h Heads,
        findings: &mut Findings,
    ) -> Vec<InLog<'h>> {
        let seals: HashMap<Hash, (DossierId, u64)> =
            chains.sealed.iter().map(|seal| (seal.hash, (seal.dossier, seal.ops))).collect();
        let blobs: HashMap<Hash, u64> =
            blobs.named().map(|(address, length, _)| (address, length)).collect();
        let mut good = Vec::new();
        for held in &self.0 {
            let found = match held.what {
                Logged::Seal => seals.get(&held.subject).copied(),
                Logged::Blob => blobs.get(&held.subject).map(|length| (held.dossier, *length)),
            };
            let place = match (mode(start, held.dossier), found) {
                (None, _) => Place::Wrong(Fault::ForeignDossier),
                (_, Some(found)) if found == (held.dossier, held.length) => Place::Here,
                (_, Some(_)) => Place::Wrong(Fault::WrongEntry),
                (Some(Mode::Whole), None) => Place::Wrong(Fault::NotHere),
                (Some(Mode::Excerpt), None) => Place::Absent,
            };
            if let Place::Wrong(fault) = place {
                findings.broken(Rule::R2, held.here.clone(), fault);
                continue;
            }
            let absent = matches!(place, Place::Absent);
            let before = good.len();
            good.extend(heads.having(held.size, &held.root).map(|(origin, time_ms)| InLog {
                origin,
                time_ms,
                absent,
                held,
            }));
            if good.len() == before {
                findings.broken(Rule::R2, held.here.clone(), Fault::NotIncluded);
            }
        }
        good
    }
}
