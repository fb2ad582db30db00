//! Fetches receipts, and keeps only those that lead to a checkpoint that was verified.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{Entry, Logged, running};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::wire::Wire as _;
use rusqlite::Connection;

use crate::error::Result as Done;
use crate::planted::bug;
use crate::store::{self, PulledTo, Store};
use crate::sync::PullError;
use crate::sync::limits::RECEIPTS_MAX;
use crate::sync::pull::Pulled;
use crate::sync::session::Session;
use crate::sync::wire::{Asked, Receipts};

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

    /// Asks for the receipts of what is here and has none of this log, by showing it. The hub gives
    /// them to whoever pushes, also to one who may not read the dossier. How many came.
    ///
    /// # Errors
    /// [`PullError`].
    pub(super) async fn ask_receipts(
        &self,
        store: &Store,
        dossier: DossierId,
    ) -> Result<u64, PullError> {
        let open = store.read(|read| without_receipt(read, dossier, &self.origin))?;
        let path = format!("/v1/dossiers/{dossier}/receipts");
        let mut came = 0;
        for some in open.chunks(RECEIPTS_MAX) {
            let body = asking_for(some).to_wire();
            let (answer, head) = loop {
                let kept = self.kept_size(store)?;
                let answer: Receipts = self.asking.post(&path, body.clone()).await?;
                if let Some(head) = self.keep_checkpoint(store, &answer.note, kept).await? {
                    break (answer, head);
                }
            };
            let receipts = read_receipts(dossier, 0, &head, &answer)?;
            let is_asked =
                |receipt: &Receipt| some.iter().any(|one| one.is_subject_of(&receipt.entry));
            if !receipts.iter().all(is_asked) {
                return Err(PullError::BadReceipt("it was not asked for"));
            }
            store.write(|tx| {
                receipts.iter().try_for_each(|one| store::keep_receipt(tx, &self.origin, one))
            })?;
            came += receipts.len() as u64;
        }
        Ok(came)
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
            let kept = self.kept_size(store)?;
            let answer: Receipts = self.asking.get(&path).await?;
            let Some(head) = self.keep_checkpoint(store, &answer.note, kept).await? else {
                continue;
            };
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

/// The seals and blobs of a dossier that have no receipt of a log.
fn without_receipt(read: &Connection, dossier: DossierId, origin: &str) -> Done<Vec<Open>> {
    let left = store::unreceipted(read, dossier, Some(origin))?;
    let seals: BTreeSet<Hash> = left.seals.into_iter().collect();
    let held = store::seals_of(read, dossier)?.into_iter();
    let held = held.filter(|(_, seal)| seals.contains(&seal.hash));
    let mut open: Vec<Open> = held.map(|(cose, seal)| Open::Seal(seal.hash, cose)).collect();
    open.extend(left.blobs.into_iter().map(|blob| Open::Blob(blob.address)));
    Ok(open)
}

/// What has no receipt yet.
enum Open {
    /// A seal: its hash and its bytes.
    Seal(Hash, Vec<u8>),
    /// A blob by its address.
    Blob(Hash),
}

impl Open {
    fn is_subject_of(&self, entry: &Entry) -> bool {
        match self {
            Self::Seal(hash, _) => entry.what == Logged::Seal && entry.subject == *hash,
            Self::Blob(address) => entry.what == Logged::Blob && entry.subject == *address,
        }
    }
}

/// Asks for the receipts of these.
fn asking_for(open: &[Open]) -> Asked {
    let mut asked = Asked::default();
    for one in open {
        match one {
            Open::Seal(_, cose) => asked.seals.push(cose.clone()),
            Open::Blob(address) => asked.blobs.push(*address),
        }
    }
    asked
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
