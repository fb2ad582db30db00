//! What hubs signed for the runs of a package: receipts, the checkpoints that they lead to, and
//! refusals of what has none.
//!
//! A reader who has no network then sees by when each seal and each blob was at a hub, and what an
//! op was not written before. The checkpoints between the smallest and the largest go along, each
//! with the proof that it grew from the one before: so all of them are one log.

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::Logged;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::receipt::Receipt;
use angen_ledger::op::Op;
use angen_ledger::package::{PackageError, PackageWriter};
use rusqlite::Connection;

use crate::error::Result;
use crate::store::{self, KeptCheckpoint, KeptReceipt};

/// What hubs signed for a package.
#[derive(Default)]
pub(crate) struct HubProofs {
    /// The certificates of those hubs.
    pub(crate) signers: BTreeSet<Hash>,
    /// Logs of which an op of the package names another tree than this device has seen.
    pub(crate) contradicted: BTreeSet<String>,
    checkpoints: Vec<KeptCheckpoint>,
    receipts: Vec<Receipt>,
    /// COSE messages.
    refusals: Vec<Vec<u8>>,
}

/// The smallest and the largest size of a log that something in the package speaks of.
type Spans = BTreeMap<String, (u64, u64)>;

impl HubProofs {
    /// Finds what goes along with these seals and their ops.
    ///
    /// # Errors
    /// `Storage`, `Malformed`.
    pub(crate) fn gather(
        read: &Connection,
        dossiers: impl Iterator<Item = DossierId>,
        seals: &BTreeSet<Hash>,
        ops: &[&Op],
    ) -> Result<Self> {
        let mut hubs: BTreeMap<String, Hash> = BTreeMap::new();
        for (_, held) in store::certificates(read)? {
            if let Some((origin, _)) = log_of(&held.certificate) {
                hubs.insert(origin.to_owned(), held.hash);
            }
        }
        let blobs: BTreeSet<Hash> =
            ops.iter().flat_map(|op| &op.header.blobs).map(|blob| blob.address).collect();
        let mut proofs = Self::default();
        let (mut spans, mut receipts) = (Spans::new(), Vec::new());
        for dossier in dossiers {
            for kept in store::receipts_of(read, dossier)? {
                let entry = &kept.receipt.entry;
                let here = match entry.what {
                    Logged::Seal => seals.contains(&entry.subject),
                    Logged::Blob => blobs.contains(&entry.subject),
                };
                if here && hubs.contains_key(&kept.origin) {
                    speak(&mut spans, &kept.origin, kept.receipt.size);
                    receipts.push(kept);
                }
            }
        }
        for kept in store::standing_refusals(read)? {
            if seals.contains(&kept.refusal.refusal.subject) {
                proofs.signers.insert(kept.refusal.certificate);
                proofs.refusals.push(kept.cose);
            }
        }
        let left_out = proofs.gather_heads(read, &hubs, spans, ops)?;
        let stays =
            |kept: &KeptReceipt| !left_out.contains(&(kept.origin.clone(), kept.receipt.size));
        let stay = receipts.into_iter().filter(stays);
        proofs.receipts = stay.map(|kept| kept.receipt).collect();
        Ok(proofs)
    }

    /// The heads between the smallest and the largest that receipts and ops speak of. Those that
    /// cannot stand beside an op are left out, and told by log and size: its writer was shown
    /// another tree, or says so, and that must not spoil the package for its reader.
    fn gather_heads(
        &mut self,
        read: &Connection,
        hubs: &BTreeMap<String, Hash>,
        mut spans: Spans,
        ops: &[&Op],
    ) -> Result<BTreeSet<(String, u64)>> {
        let mut named: BTreeMap<(&str, u64), BTreeSet<Hash>> = BTreeMap::new();
        for head in ops.iter().filter_map(|op| op.header.checkpoint.as_ref()) {
            speak(&mut spans, &head.origin, head.size);
            named.entry((&head.origin, head.size)).or_default().insert(head.root);
        }
        let mut left_out = BTreeSet::new();
        for kept in store::checkpoints_kept(read)? {
            let head = &kept.signed.checkpoint;
            let within = spans
                .get(&head.origin)
                .is_some_and(|(first, last)| (*first..=*last).contains(&head.size));
            // One that contradicts others is evidence against the hub, and no part of the dossier.
            let Some(hub) = hubs.get(&head.origin).filter(|_| within && kept.agrees) else {
                continue;
            };
            let beside = named.get(&(head.origin.as_str(), head.size));
            if beside.is_some_and(|roots| roots.iter().any(|root| *root != head.root)) {
                self.contradicted.insert(head.origin.clone());
                left_out.insert((head.origin.clone(), head.size));
            } else {
                self.signers.insert(*hub);
                self.checkpoints.push(kept);
            }
        }
        Ok(left_out)
    }

    /// Writes all of it, behind the certificates.
    ///
    /// # Errors
    /// [`PackageError`].
    pub(crate) fn write<W: Write>(
        &self,
        package: &mut PackageWriter<W>,
    ) -> std::result::Result<(), PackageError> {
        let mut before: Option<(&str, u64)> = None;
        for kept in &self.checkpoints {
            let head = &kept.signed.checkpoint;
            let (origin, from) = (head.origin.as_str(), kept.from_size);
            package.checkpoint(&kept.signed.note.text())?;
            if before == Some((origin, from)) && from < head.size {
                package.consistency(origin, from, head.size, kept.proof.clone())?;
            }
            before = Some((origin, head.size));
        }
        self.receipts.iter().try_for_each(|receipt| package.receipt(receipt))?;
        self.refusals.iter().try_for_each(|cose| package.refusal(cose.clone()))
    }
}

/// Widens the span of a log.
fn speak(spans: &mut Spans, origin: &str, size: u64) {
    let span = spans.entry(origin.to_owned()).or_insert((size, size));
    *span = (span.0.min(size), span.1.max(size));
}
