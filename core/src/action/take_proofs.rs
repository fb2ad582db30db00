//! Keeps what hubs signed: checkpoints that grew from those that are here, receipts under them, and
//! refusals.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::certificate::Trust;
use angen_ledger::cose::Purpose;
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::node::empty_root;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::proof::{Head, verify_consistency};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::refusal::SignedRefusal;
use angen_ledger::package::LogFrame;
use rusqlite::{Connection, Transaction};

use crate::action::import_package::{Imported, Receiver};
use crate::error::Result;
use crate::store::{self, KeptCheckpoint};

/// The frames of hubs' logs in a package.
#[derive(Default)]
pub(super) struct Proofs {
    notes: Vec<String>,
    /// By log, and the sizes that each is between.
    consistency: BTreeMap<(String, u64, u64), Vec<Hash>>,
    receipts: Vec<Receipt>,
    /// COSE messages.
    refusals: Vec<Vec<u8>>,
}

/// How a checkpoint relates to those that are here.
enum Relation {
    /// It is here, or it grew from the largest that is.
    Agrees,
    /// Nothing in the package ties it to the largest that is here.
    Unproved,
    /// The hub signed two trees of one size.
    Contradicts,
}

impl Proofs {
    pub(super) fn take(&mut self, frame: LogFrame) {
        match frame {
            LogFrame::Receipt { entry, index, size, proof } => {
                self.receipts.extend(Receipt::read(&entry, index, size, proof));
            }
            LogFrame::Checkpoint(note) => self.notes.push(note),
            LogFrame::Consistency { origin, old, new, proof } => {
                self.consistency.insert((origin, old, new), proof);
            }
            LogFrame::Refusal(cose) => self.refusals.push(cose),
        }
    }

    /// Keeps what holds, in one transaction.
    pub(super) fn keep(&self, receiver: &Receiver<'_>, imported: &mut Imported) -> Result<()> {
        if self.notes.is_empty() && self.refusals.is_empty() {
            return Ok(());
        }
        receiver.store.write(|tx| {
            let mut trust = Trust::default();
            for (_, held) in store::certificates(tx)? {
                trust.admit(&held)?;
            }
            let mut heads = Vec::new();
            for signed in self.signed(&trust) {
                let head = signed.checkpoint.clone();
                match self.relate(tx, receiver, signed)? {
                    Relation::Agrees => heads.push(head),
                    Relation::Unproved => {}
                    Relation::Contradicts => imported.contradicted.push(head.origin),
                }
            }
            self.keep_receipts(tx, &heads, imported)?;
            self.keep_refusals(tx, &trust, imported)
        })
    }

    /// Keeps the refusals that a hub signed, of what is here. A receipt outweighs them later.
    fn keep_refusals(
        &self,
        tx: &Transaction<'_>,
        trust: &Trust,
        imported: &mut Imported,
    ) -> Result<()> {
        for cose in &self.refusals {
            let Ok(refusal) = SignedRefusal::read(cose) else { continue };
            let hub = trust.get(&refusal.certificate).and_then(log_of);
            if let Some((origin, key)) = hub
                && refusal.signed.verifies(Purpose::Refusal, key)
                && store::refused_here(tx, &refusal)?.is_some()
            {
                let is_new = store::keep_refusal(tx, origin, &refusal, cose)?;
                imported.refusals += u64::from(is_new);
            }
        }
        Ok(())
    }

    /// The checkpoints that their hubs signed, by log and size.
    fn signed(&self, trust: &Trust) -> Vec<SignedCheckpoint> {
        let hubs: Vec<_> = trust.iter().filter_map(|(_, held)| log_of(held)).collect();
        let mut signed: Vec<SignedCheckpoint> = Vec::new();
        for note in &self.notes {
            let Ok(read) = SignedCheckpoint::read(note) else { continue };
            let is_by = |(origin, key): &(&str, &angen_ledger::key::PublicKey)| {
                *origin == read.checkpoint.origin && read.verify(key).is_ok()
            };
            if hubs.iter().any(is_by) {
                signed.push(read);
            }
        }
        signed.sort_by(|one, other| {
            let key = |signed: &SignedCheckpoint| {
                (signed.checkpoint.origin.clone(), signed.checkpoint.size)
            };
            key(one).cmp(&key(other))
        });
        signed
    }

    /// Keeps a checkpoint that grew from the largest that is here, or contradicts one of its size.
    fn relate(
        &self,
        tx: &Transaction<'_>,
        receiver: &Receiver<'_>,
        signed: SignedCheckpoint,
    ) -> Result<Relation> {
        let head = signed.checkpoint.clone();
        for kept in store::checkpoints_kept(tx)? {
            let known = &kept.signed.checkpoint;
            if kept.agrees && known.origin == head.origin && known.size == head.size {
                if known.root == head.root {
                    return Ok(Relation::Agrees);
                }
                let (agrees, from_size, proof) = (false, head.size, Vec::new());
                let kept = KeptCheckpoint { signed, agrees, from_size, proof };
                store::keep_checkpoint(tx, &kept)?;
                return Ok(Relation::Contradicts);
            }
        }
        let last = store::last_checkpoint(tx, &head.origin)?;
        let last = last.map_or(Head { size: 0, root: empty_root() }, |last| Head {
            size: last.checkpoint.size,
            root: last.checkpoint.root,
        });
        let now = Head { size: head.size, root: head.root };
        if now.size < last.size {
            return Ok(Relation::Unproved);
        }
        let proof = match self.consistency.get(&(head.origin.clone(), last.size, now.size)) {
            _ if last.size == 0 => Some(Vec::new()),
            Some(proof) => Some(proof.clone()),
            None => own_proof(tx, receiver, &head, last.size)?,
        };
        match proof {
            Some(proof) if verify_consistency(&last, &now, &proof) => {
                let from_size = last.size;
                let kept = KeptCheckpoint { signed, agrees: true, from_size, proof };
                store::keep_checkpoint(tx, &kept)?;
                Ok(Relation::Agrees)
            }
            // A proof is nobody's word: one that is wrong shows no more than none does.
            _ => Ok(Relation::Unproved),
        }
    }

    fn keep_receipts(
        &self,
        tx: &Transaction<'_>,
        heads: &[Checkpoint],
        imported: &mut Imported,
    ) -> Result<()> {
        let mut known: BTreeMap<_, BTreeSet<(String, Hash)>> = BTreeMap::new();
        for receipt in &self.receipts {
            let dossier = receipt.entry.dossier;
            if let std::collections::btree_map::Entry::Vacant(empty) = known.entry(dossier) {
                let held = store::receipts_of(tx, dossier)?.into_iter();
                empty.insert(held.map(|kept| (kept.origin, kept.receipt.entry.subject)).collect());
            }
            match heads.iter().find(|head| receipt.is_in(head)) {
                None => imported.unproved_receipts += 1,
                Some(head) => {
                    store::keep_receipt(tx, &head.origin, receipt)?;
                    let held = known.entry(dossier).or_default();
                    let is_new = held.insert((head.origin.clone(), receipt.entry.subject));
                    imported.receipts += u64::from(is_new);
                }
            }
        }
        Ok(())
    }
}

/// What a hub proves of its own log by itself.
fn own_proof(
    read: &Connection,
    receiver: &Receiver<'_>,
    head: &Checkpoint,
    from: u64,
) -> Result<Option<Vec<Hash>>> {
    let Some(side) = &receiver.log else { return Ok(None) };
    let log = side.pen.log;
    if log.origin != head.origin || head.size > log.size(read)? {
        return Ok(None);
    }
    log.consistency(read, from, head.size).map(Some)
}
