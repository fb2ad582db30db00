//! R4: the running heads of a dossier at a hub follow each other, with nothing between them.

use std::collections::{BTreeMap, HashMap};

use crate::hash::Hash;
use crate::id::DossierId;
use crate::log::entry::{Logged, running};
use crate::verify::log::receipts::InLog;
use crate::verify::rule::Rule;
use crate::verify::verdict::{Findings, Subject};
use crate::verify::words::Fault;

/// What one hub says of one dossier.
#[derive(Default)]
struct Arrivals<'h> {
    seals: BTreeMap<u64, &'h InLog<'h>>,
    places: HashMap<Hash, u64>,
    blobs: Vec<&'h InLog<'h>>,
    /// Seals that the hub held, as far as its receipts tell.
    count: u64,
}

/// Checks the receipts that hold, for each log and dossier.
pub(super) fn check(held: &[InLog<'_>], findings: &mut Findings) {
    let mut all: BTreeMap<(&str, DossierId), Arrivals<'_>> = BTreeMap::new();
    for receipt in held {
        findings.checked(Rule::R4);
        let arrivals = all.entry((receipt.origin, receipt.dossier)).or_default();
        match receipt.what {
            Logged::Seal => arrivals.seal(receipt, findings),
            Logged::Blob => {
                arrivals.count = arrivals.count.max(receipt.arrival);
                arrivals.blobs.push(receipt);
            }
        }
    }
    for ((_, dossier), arrivals) in &all {
        arrivals.check_running(findings);
        arrivals.note_gaps(*dossier, findings);
    }
}

impl<'h> Arrivals<'h> {
    fn seal(&mut self, receipt: &'h InLog<'h>, findings: &mut Findings) {
        let arrival = receipt.arrival;
        self.count = self.count.max(arrival + 1);
        let known = self.seals.entry(arrival).or_insert(receipt);
        let same = (known.subject, known.running) == (receipt.subject, receipt.running);
        // One seal arrives once, and one seal at a time.
        if !same || *self.places.entry(receipt.subject).or_insert(arrival) != arrival {
            findings.broken(Rule::R4, receipt.here.clone(), Fault::TwoArrivals);
        }
    }

    fn check_running(&self, findings: &mut Findings) {
        for (arrival, seal) in &self.seals {
            let before = arrival.checked_sub(1).and_then(|before| self.seals.get(&before));
            if before.is_some_and(|before| running(&before.running, &seal.subject) != seal.running)
            {
                findings.broken(Rule::R4, seal.here.clone(), Fault::WrongRunning);
            }
        }
        for blob in &self.blobs {
            let before = blob.arrival.checked_sub(1).and_then(|before| self.seals.get(&before));
            if before.is_some_and(|before| before.running != blob.running) {
                findings.broken(Rule::R4, blob.here.clone(), Fault::WrongRunning);
            }
        }
    }

    /// What the hub held and the package does not show.
    fn note_gaps(&self, dossier: DossierId, findings: &mut Findings) {
        let shown = self.seals.iter().filter(|(_, seal)| !seal.absent).map(|(arrival, _)| *arrival);
        let mut next = 0;
        for arrival in shown.chain([self.count]) {
            if arrival > next {
                let subject = Subject::Arrivals { dossier, first: next, last: arrival - 1 };
                findings.noted(Rule::R4, subject, Fault::HubHeldMore);
            }
            next = arrival + 1;
        }
    }
}
