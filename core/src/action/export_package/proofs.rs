//! What the logs of hubs say of an export: receipts, the checkpoints that bound its time, and the
//! proofs that each log only grew between them.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::log::origin::log_of;
use angen_ledger::package::PackageWriter;
use rusqlite::Connection;

use super::Run;
use crate::error::Result;
use crate::store::{self, KeptCheckpoint, KeptReceipt};

/// What goes into the package beside what it proves.
#[derive(Default)]
pub(super) struct Proofs {
    receipts: Vec<KeptReceipt>,
    /// By log and size, only those that agree with each other.
    checkpoints: Vec<KeptCheckpoint>,
    /// The certificates of the hubs.
    pub(super) hubs: BTreeSet<Hash>,
}

impl Proofs {
    /// Gathers what is kept about some runs and the blobs that they name.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub(super) fn gather(
        read: &Connection,
        dossiers: impl Iterator<Item = DossierId>,
        runs: &[Run],
    ) -> Result<Self> {
        let ops = || runs.iter().flat_map(|run| &run.ops);
        let mut subjects: BTreeSet<Hash> = runs.iter().map(|run| run.seal.hash).collect();
        subjects.extend(ops().flat_map(|op| &op.header.blobs).map(|blob| blob.address));
        let mut receipts = Vec::new();
        for dossier in dossiers {
            let kept = store::receipts_of(read, dossier)?;
            let of_these = |kept: &KeptReceipt| subjects.contains(&kept.receipt.entry.subject);
            receipts.extend(kept.into_iter().filter(of_these));
        }
        let embedded = ops().filter_map(|op| op.header.checkpoint.as_ref());
        let first = first_needed(&receipts, embedded);
        let is_needed = |kept: &KeptCheckpoint| {
            let head = &kept.signed.checkpoint;
            kept.agrees && first.get(&head.origin).is_some_and(|first| head.size >= *first)
        };
        let kept = store::checkpoints_kept(read)?;
        let checkpoints: Vec<KeptCheckpoint> = kept.into_iter().filter(is_needed).collect();
        let mut hubs = BTreeSet::new();
        for (_, certificate) in store::certificates(read)? {
            let is_shown = |(origin, _): (&str, _)| first.contains_key(origin);
            if log_of(&certificate.certificate).is_some_and(is_shown) {
                hubs.insert(certificate.hash);
            }
        }
        Ok(Self { receipts, checkpoints, hubs })
    }

    /// Writes them, checkpoints first: a receipt is held against one that was read before it.
    ///
    /// # Errors
    /// `Package`, `File`.
    pub(super) fn write<W: Write>(&self, package: &mut PackageWriter<W>) -> Result<()> {
        for kept in &self.checkpoints {
            package.checkpoint(&kept.signed.note.text())?;
        }
        for pair in self.checkpoints.windows(2) {
            let [old, new] = pair else { continue };
            let (before, head) = (&old.signed.checkpoint, &new.signed.checkpoint);
            // What was kept after another log was looked at in between has no proof from here.
            if before.origin == head.origin && new.from_size == before.size {
                let proof = new.proof.clone();
                package.consistency(&head.origin, before.size, head.size, proof)?;
            }
        }
        for kept in &self.receipts {
            package.receipt(&kept.receipt)?;
        }
        Ok(())
    }
}

/// The smallest size of each log that something rests on.
fn first_needed<'a>(
    receipts: &'a [KeptReceipt],
    embedded: impl Iterator<Item = &'a Checkpoint>,
) -> BTreeMap<String, u64> {
    let of_receipts = receipts.iter().map(|kept| (kept.origin.as_str(), kept.receipt.size));
    let of_ops = embedded.map(|head| (head.origin.as_str(), head.size));
    let mut first: BTreeMap<String, u64> = BTreeMap::new();
    for (origin, size) in of_receipts.chain(of_ops) {
        let known = first.entry(origin.to_owned()).or_insert(size);
        *known = size.min(*known);
    }
    first
}
