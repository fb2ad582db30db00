//! Fetches receipts, and keeps only those that lead to a checkpoint that was verified.

use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{Logged, running};
use angen_ledger::log::receipt::Receipt;
use rusqlite::Connection;

use crate::error::Result as Done;
use crate::planted::bug;
use crate::store::{self, PulledTo, Store};
use crate::sync::PullError;
use crate::sync::pull::Pulled;
use crate::sync::session::Session;
use crate::sync::wire::Receipts;

impl Session<'_> {
    /// Fetches the receipts of a dossier that was pushed, without pulling it. How many came.
    ///
    /// # Errors
    /// [`PullError`].
    pub async fn receipts(&self, store: &Store, dossier: DossierId) -> Result<u64, PullError> {
        let mut pulled = Pulled::default();
        self.fetch_receipts(store, dossier, &mut pulled).await?;
        Ok(pulled.receipts)
    }

    /// Fetches the receipts of a dossier that were not fetched yet: of its seals and its blobs,
    /// whoever sent them. How many seals the log has by them, and the running head of those; of an
    /// answer in which one receipt does not hold, none is kept.
    pub(super) async fn fetch_receipts(
        &self,
        store: &Store,
        dossier: DossierId,
        pulled: &mut Pulled,
    ) -> Result<Option<(u64, Hash)>, PullError> {
        let mut logged = None;
        loop {
            let to = store.read(|c| store::pulled_to(c, &self.origin, dossier))?;
            let path = format!("/v1/dossiers/{dossier}/receipts?since={}", to.place);
            let answer: Receipts = self.asking.get(&path).await?;
            let head = self.keep_checkpoint(store, &answer.note).await?;
            let receipts = read_receipts(dossier, to.place, &head, &answer)?;
            check_order(&receipts, &to)?;
            logged = last_seal(&receipts).or(logged);
            store.write(|tx| {
                let mut to = store::PulledTo { place: answer.next, ..to };
                for receipt in receipts.iter().skip(usize::from(bug(11))) {
                    store::keep_receipt(tx, &self.origin, receipt)?;
                    pass_over(tx, receipt, &mut to)?;
                }
                store::put_pulled(tx, &self.origin, dossier, to)
            })?;
            pulled.receipts += receipts.len() as u64;
            if receipts.is_empty() || answer.next >= head.size {
                return Ok(logged);
            }
        }
    }
}

/// Passes over a run that arrived at the hub next and is whole here already, because it was written
/// here or came by a stick: its receipt says all that pulling it would.
fn pass_over(tx: &Connection, receipt: &Receipt, to: &mut PulledTo) -> Done<()> {
    let entry = &receipt.entry;
    let is_next = entry.what == Logged::Seal
        && entry.arrival == to.arrival
        && entry.running == running(&to.running, &entry.subject);
    if is_next && store::holds_run(tx, entry.subject)? {
        (to.arrival, to.running) = (entry.arrival + 1, entry.running);
    }
    Ok(())
}

/// The receipts of an answer, each held against the checkpoint.
fn read_receipts(
    dossier: DossierId,
    since: u64,
    head: &Checkpoint,
    answer: &Receipts,
) -> Result<Vec<Receipt>, PullError> {
    let mut receipts = Vec::with_capacity(answer.receipts.len());
    let mut from = since;
    for sent in &answer.receipts {
        let receipt = Receipt::read(&sent.entry, sent.index, head.size, sent.proof.clone())
            .map_err(|_| PullError::BadReceipt("it is not of the protocol"))?;
        if receipt.index < from {
            return Err(PullError::BadReceipt("the places are not in order"));
        }
        if receipt.entry.dossier != dossier {
            return Err(PullError::BadReceipt("it is of another dossier"));
        }
        if !receipt.is_in(head) && !bug(2) {
            return Err(PullError::BadReceipt("it is not in the tree of the checkpoint"));
        }
        from = receipt.index + 1;
        receipts.push(receipt);
    }
    if answer.next < from || answer.next > head.size.max(since) {
        return Err(PullError::BadReceipt("the place to go on from is not right"));
    }
    Ok(receipts)
}

/// How many seals the log has by these receipts, and the running head of those.
fn last_seal(receipts: &[Receipt]) -> Option<(u64, Hash)> {
    let last = receipts.iter().rev().find(|receipt| receipt.entry.what == Logged::Seal)?;
    Some((last.entry.arrival + 1, last.entry.running))
}

/// Whether the log has the seals of the dossier in one order, and it is the order of the runs that
/// were pulled: a hub that left one out has another running head at that arrival.
fn check_order(receipts: &[Receipt], pulled: &PulledTo) -> Result<(), PullError> {
    let mut last: Option<&Receipt> = None;
    for receipt in receipts.iter().filter(|receipt| receipt.entry.what == Logged::Seal) {
        let entry = &receipt.entry;
        let follows = last.is_none_or(|last| {
            let running = running(&last.entry.running, &entry.subject);
            entry.arrival == last.entry.arrival + 1 && entry.running == running
        });
        if !follows {
            return Err(PullError::BadReceipt("the running head does not follow"));
        }
        if entry.arrival + 1 == pulled.arrival && entry.running != pulled.running {
            return Err(PullError::OtherRuns("the log has others at the same place"));
        }
        last = Some(receipt);
    }
    Ok(())
}
