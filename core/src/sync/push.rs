//! Pushes a dossier: asks what the hub has, sends what it lacks, and checks what it says.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::header::Dep;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

use crate::error::Error;
use crate::planted::bug;
use crate::store::{self, SealedRun, Store};
use crate::sync::ask::Asking;
use crate::sync::limits::{CERTIFICATES_MAX, PUSH_BYTES_USUAL, RUNS_MAX};
use crate::sync::line::{Line, Task};
use crate::sync::session::Session;
use crate::sync::trust::with_issuers;
use crate::sync::wire::{Admitted, Certificates, HubHead, Runs, Stored, head_over};
use crate::sync::{PullError, PushError};

/// What came of a push.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pushed {
    /// What the hub holds now.
    pub head: HubHead,
    /// Whether the hub holds exactly the chains that are here; otherwise it has more.
    pub is_same: bool,
    /// Ops that the hub did not have.
    pub new_ops: u64,
    /// Ops that were sent and that the hub had.
    pub known_ops: u64,
    /// Blobs of which something was sent.
    pub sent_blobs: u64,
    /// Bytes of blobs that were sent.
    pub sent_blob_bytes: u64,
    /// Blobs that neither the hub nor this store holds: they are on another device.
    pub absent_blobs: u64,
    /// Blobs that are too large for a network that costs.
    pub postponed_blobs: u64,
}

impl Pushed {
    /// Nothing was sent to a hub that holds this.
    pub(super) fn of(head: HubHead) -> Self {
        Self {
            head,
            is_same: false,
            new_ops: 0,
            known_ops: 0,
            sent_blobs: 0,
            sent_blob_bytes: 0,
            absent_blobs: 0,
            postponed_blobs: 0,
        }
    }
}

/// What came of sending blobs.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sent {
    /// Blobs of which something was sent.
    pub(super) blobs: u64,
    /// Bytes of them.
    pub(super) bytes: u64,
    /// Blobs that neither the hub nor this store holds.
    pub(super) absent: u64,
    /// Blobs that are too large for a network that costs.
    pub(super) postponed: u64,
}

/// A seal's exact bytes, and what they say.
type Sealed = (Vec<u8>, SignedSeal);

/// Sends from a store.
#[derive(Clone, Copy)]
pub(super) struct Sending<'s> {
    pub(super) asking: &'s Asking,
    pub(super) store: &'s Store,
}

/// Pushes a dossier to a hub without asking it for receipts: certificates, missing runs, missing
/// blobs from where they stand. When it is done, the hub has said that all of it is on its disk,
/// and its head agrees with the store.
///
/// # Errors
/// The task gives a [`PushError`]. What was stored before stays; pushing again goes on from there.
#[must_use]
pub fn push_dossier(
    jitter: u64,
    store: &Store,
    dossier: DossierId,
) -> Task<'_, Result<Pushed, PushError>> {
    let line = Line::new(jitter);
    let asking = Asking::new(line.clone());
    Task::new(line, async move {
        let sending = Sending { asking: &asking, store };
        let mut pushed = sending.push_ops(dossier).await?;
        let mut sent = Sent::default();
        for blob in store.read(|connection| store::named_blobs(connection, dossier))? {
            sending.push_blob(blob, &mut sent).await?;
        }
        pushed.sent_blobs = sent.blobs;
        pushed.sent_blob_bytes = sent.bytes;
        pushed.absent_blobs = sent.absent;
        pushed.postponed_blobs = sent.postponed;
        Ok(pushed)
    })
}

impl Session {
    /// Pushes the records of a dossier: first those that the hub's head lacks; then, should one of
    /// them have no receipt still, those that the hub holds without their bodies.
    pub(super) async fn push_records_of(
        &self,
        store: &Store,
        dossier: DossierId,
        receipts: &mut u64,
    ) -> Result<Pushed, PullError> {
        let sending = Sending { asking: &self.asking, store };
        let mut pushed = sending.push_ops(dossier).await?;
        *receipts += self.receipts(store, dossier).await?;
        let bodiless = self.bodiless_seals(store, dossier)?;
        if !bodiless.is_empty() {
            sending.push_seals(dossier, &bodiless, &mut pushed).await?;
            *receipts += self.receipts(store, dossier).await?;
        }
        Ok(pushed)
    }

    /// The seals that have no receipt though the hub holds them, and whose bodies are here: their
    /// headers came to the hub without them, and a head does not tell.
    fn bodiless_seals(&self, store: &Store, dossier: DossierId) -> Result<Vec<Sealed>, PullError> {
        let found = store.read(|read| {
            let left = store::unreceipted(read, dossier, Some(&self.origin))?.seals;
            let left: BTreeSet<Hash> = left.into_iter().collect();
            let mut found = Vec::new();
            for (cose, seal) in store::seals_of(read, dossier)? {
                if left.contains(&seal.hash) && store::is_run_whole(read, &seal)? {
                    found.push((cose, seal));
                }
            }
            Ok(found)
        })?;
        Ok(found)
    }
}

impl Sending<'_> {
    /// Pushes what the hub's head lacks of a dossier.
    async fn push_ops(&self, dossier: DossierId) -> Result<Pushed, PushError> {
        let own = self.store.read(|connection| store::heads_of(connection, dossier))?;
        if own.is_empty() {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() }.into());
        }
        let mut pushed = Pushed::of(self.asking.heads(dossier).await?);
        let missing = self.missing_seals(dossier, &own, &pushed.head.heads)?;
        if !missing.is_empty() {
            self.push_seals(dossier, &missing, &mut pushed).await?;
            pushed.head = self.asking.heads(dossier).await?;
        }
        pushed.is_same = agrees(&own, &pushed.head)?;
        Ok(pushed)
    }

    /// The seals whose runs the hub lacks, the opening's first.
    fn missing_seals(
        &self,
        dossier: DossierId,
        own: &[Dep],
        held: &[Dep],
    ) -> Result<Vec<Sealed>, PushError> {
        let (seals, reached, opener) = self.store.read(|connection| {
            // Up to which seq the hub has a chain, as far as its heads are ops that are here.
            let mut reached: BTreeMap<WriterId, u64> = BTreeMap::new();
            for head in held {
                if store::has_op(connection, head.op)? {
                    reached.insert(head.writer, head.seq);
                }
            }
            let opened = store::entities(connection, dossier, "dossier")?;
            let opener = match opened.first() {
                Some(entity) => store::fields_of(connection, dossier, *entity)?
                    .heads("area")
                    .first()
                    .map(|head| head.writer),
                None => None,
            };
            Ok((store::seals_of(connection, dossier)?, reached, opener))
        })?;
        let heads_of =
            |deps: &[Dep], writer| deps.iter().filter(|dep| dep.writer == writer).count();
        let is_held = |seal: &SignedSeal| {
            let writer = seal.seal.writer;
            // In a fork every run is sent again: an end says nothing of the other branch.
            let is_linear = bug(13) || heads_of(own, writer) <= 1 && heads_of(held, writer) == 1;
            is_linear && reached.get(&writer).is_some_and(|seq| seal.seal.last <= *seq)
        };
        let mut missing: Vec<Sealed> =
            seals.into_iter().filter(|(_, seal)| !is_held(seal)).collect();
        missing.sort_by_key(|(_, seal)| {
            let is_opening = seal.seal.first == 0 && Some(seal.seal.writer) == opener;
            (!is_opening, seal.seal.writer, seal.seal.first, seal.hash)
        });
        Ok(missing)
    }

    /// Sends the certificates of the sealers, each after its issuer, then the runs.
    async fn push_seals(
        &self,
        dossier: DossierId,
        seals: &[Sealed],
        pushed: &mut Pushed,
    ) -> Result<(), PushError> {
        if seals.is_empty() {
            return Ok(());
        }
        let signers = seals.iter().map(|(_, seal)| seal.certificate).collect();
        let certificates = if bug(16) { Vec::new() } else { with_issuers(self.store, signers)? };
        for some in certificates.chunks(CERTIFICATES_MAX) {
            let body = Certificates(some.to_vec()).to_wire();
            self.asking.post::<Admitted>("/v1/certificates", body).await?;
        }
        let (mut runs, mut bytes) = (Vec::new(), 0);
        for (cose, seal) in seals {
            let mut run = self.store.read(|read| store::run_under(read, cose, seal))?;
            if bug(3) {
                run.ops.iter_mut().for_each(|(_, body)| *body = None);
            }
            let run_bytes = run.bytes();
            let is_full = bytes + run_bytes > PUSH_BYTES_USUAL || runs.len() == RUNS_MAX;
            if !runs.is_empty() && is_full {
                self.send_runs(dossier, std::mem::take(&mut runs), pushed).await?;
                bytes = 0;
            }
            bytes += run_bytes;
            runs.push(run);
        }
        self.send_runs(dossier, runs, pushed).await
    }

    async fn send_runs(
        &self,
        dossier: DossierId,
        runs: Vec<SealedRun>,
        pushed: &mut Pushed,
    ) -> Result<(), PushError> {
        let ops: u64 = runs.iter().map(|run| run.ops.len() as u64).sum();
        let path = format!("/v1/dossiers/{dossier}/runs");
        let stored: Stored = self.asking.post(&path, Runs(runs).to_wire()).await?;
        if stored.new_ops + stored.known_ops != ops || stored.head.dossier != dossier {
            return Err(PushError::Strange("the hub counts other ops than it was sent"));
        }
        pushed.new_ops += stored.new_ops;
        pushed.known_ops += stored.known_ops;
        Ok(())
    }
}

/// Whether the hub holds the very same chains. An error when it lacks one of ours, or has another
/// op at the place of one of ours.
fn agrees(own: &[Dep], hub: &HubHead) -> Result<bool, PushError> {
    for head in own {
        let theirs: Vec<&Dep> = hub.heads.iter().filter(|dep| dep.writer == head.writer).collect();
        let has_it = theirs.contains(&head);
        let is_further = theirs.iter().any(|dep| dep.seq > head.seq);
        if !has_it && !is_further {
            return Err(PushError::Differs { writer: head.writer, seq: head.seq });
        }
    }
    Ok(head_over(hub.dossier, own) == hub.head)
}
