//! Pushes a dossier: asks what the hub has, sends what it lacks, and checks what it says.

use std::collections::{BTreeMap, BTreeSet};

use angen_ledger::hash::Hash;
use angen_ledger::header::Dep;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::seal::SignedSeal;

use crate::error::Error;
use crate::planted::bug;
use crate::store::{self, Store};
use crate::sync::ask::Asking;
use crate::sync::line::{Line, Task};
use crate::sync::refused::Refused;
use crate::sync::session::Session;
use crate::sync::wire::{HubHead, head_over};
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
    /// Seals that the hub refused under its signature.
    pub refused_seals: u64,
    /// Certificates that it refused so: it takes no seal under them.
    pub refused_certificates: u64,
    /// Blobs that no op at the hub names, since what does was refused.
    pub refused_blobs: u64,
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
            refused_seals: 0,
            refused_certificates: 0,
            refused_blobs: 0,
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

/// What a push of records led to beside what was sent.
#[derive(Debug, Default)]
pub(super) struct Counts {
    /// Receipts that came.
    pub(super) receipts: u64,
    /// What the hub refused under its signature.
    pub(super) refused: Refused,
}

/// A seal's exact bytes, and what they say.
pub(super) type Sealed = (Vec<u8>, SignedSeal);

/// Sends from a store.
#[derive(Clone, Copy)]
pub(super) struct Sending<'s> {
    pub(super) asking: &'s Asking<'s>,
    pub(super) store: &'s Store,
    /// A log whose receipts are all that shows what its hub holds: it tells this caller no heads.
    pub(super) blind: Option<&'s str>,
}

/// Pushes a dossier to a hub that keeps no log, and asks nobody who they are: certificates, missing
/// runs, missing blobs from where they stand. When it is done, the hub has said that all of it is
/// on its disk, and its head agrees with the store. [`Session::push_dossier`] is for the others.
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
        let sending = Sending { asking: &asking, store, blind: None };
        let mut refused = Vec::new();
        let mut pushed = sending.push_ops(dossier, &mut refused).await?;
        if let Some(error) = refused.into_iter().next() {
            return Err(error);
        }
        sending.push_blobs_of(dossier, &mut pushed).await?;
        Ok(pushed)
    })
}

impl Session<'_> {
    /// Pushes the records of a dossier: first those that the hub's head lacks; then, should one of
    /// them have no receipt still, those that the hub holds without their bodies.
    ///
    /// What the hub refused under its signature is kept, and everything else is sent all the same.
    pub(super) async fn push_records_of(
        &self,
        store: &Store,
        dossier: DossierId,
        counts: &mut Counts,
    ) -> Result<Pushed, PullError> {
        let mut refused = Vec::new();
        let pushed = self.push_until_whole(store, dossier, counts, &mut refused).await;
        // Also when the push itself ended: a dossier may not be open at the hub for that reason.
        counts.refused = self.keep_refusals(store, refused)?;
        pushed
    }

    async fn push_until_whole(
        &self,
        store: &Store,
        dossier: DossierId,
        counts: &mut Counts,
        refused: &mut Vec<PushError>,
    ) -> Result<Pushed, PullError> {
        let sending = self.sending(store);
        let mut pushed = sending.push_ops(dossier, refused).await?;
        counts.receipts += self.receipts_of_pushed(store, dossier).await?;
        let bodiless = if self.limit.is_some() || !refused.is_empty() {
            Vec::new()
        } else {
            self.bodiless_seals(store, dossier)?
        };
        if !bodiless.is_empty() {
            sending.push_seals(dossier, &bodiless, &mut pushed, refused).await?;
            counts.receipts += self.receipts_of_pushed(store, dossier).await?;
        }
        Ok(pushed)
    }

    /// Pushes one dossier with its media, and fetches no receipts.
    ///
    /// # Errors
    /// [`PullError`]. What was stored before stays; pushing again goes on from there.
    pub async fn push_dossier(
        &self,
        store: &Store,
        dossier: DossierId,
    ) -> Result<Pushed, PullError> {
        let (sending, mut refused) = (self.sending(store), Vec::new());
        let pushed = sending.push_ops(dossier, &mut refused).await;
        let kept = self.keep_refusals(store, refused)?;
        let mut pushed = pushed?;
        pushed.refused_seals = kept.seals;
        pushed.refused_certificates = kept.certificates.len() as u64;
        sending.push_blobs_of(dossier, &mut pushed).await?;
        Ok(pushed)
    }

    /// The receipts of a dossier that was pushed. Of one that is not the caller's to read, those
    /// of what is here.
    pub(super) async fn receipts_of_pushed(
        &self,
        store: &Store,
        dossier: DossierId,
    ) -> Result<u64, PullError> {
        if self.limit.is_some() {
            return self.ask_receipts(store, dossier).await;
        }
        match self.receipts(store, dossier).await {
            Err(PullError::Hub(error)) if error.is_refused_as("unknown") => {
                self.ask_receipts(store, dossier).await
            }
            fetched => fetched,
        }
    }

    pub(super) fn sending<'s>(&'s self, store: &'s Store) -> Sending<'s> {
        let blind = self.limit.map(|_| self.origin.as_str());
        Sending { asking: &self.asking, store, blind }
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
    async fn push_ops(
        &self,
        dossier: DossierId,
        refused: &mut Vec<PushError>,
    ) -> Result<Pushed, PushError> {
        let own = self.store.read(|connection| store::heads_of(connection, dossier))?;
        if own.is_empty() {
            return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() }.into());
        }
        let mut pushed = Pushed::of(self.asking.heads(dossier).await?);
        let missing = self.missing_seals(dossier, &own, &pushed.head.heads)?;
        if !missing.is_empty() {
            self.push_seals(dossier, &missing, &mut pushed, refused).await?;
            pushed.head = self.asking.heads(dossier).await?;
        }
        // A hub that shows no head though it took ops does not show this dossier to this caller:
        // its receipts are what proves that it holds it, to whoever may fetch them.
        let is_shown = !pushed.head.heads.is_empty() || pushed.new_ops + pushed.known_ops == 0;
        if self.blind.is_none() && is_shown && refused.is_empty() {
            pushed.is_same = agrees(&own, &pushed.head)?;
        }
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
        let left = self.blind.map(|origin| {
            let left = self.store.read(|read| store::unreceipted(read, dossier, Some(origin)))?;
            Ok::<BTreeSet<Hash>, Error>(left.seals.into_iter().collect())
        });
        let left = left.transpose()?;
        let heads_of =
            |deps: &[Dep], writer| deps.iter().filter(|dep| dep.writer == writer).count();
        let is_held = |seal: &SignedSeal| {
            let writer = seal.seal.writer;
            // In a fork every run is sent again: an end says nothing of the other branch.
            let is_linear = bug(13) || heads_of(own, writer) <= 1 && heads_of(held, writer) == 1;
            let has_receipt = left.as_ref().is_some_and(|left| !left.contains(&seal.hash));
            has_receipt
                || is_linear && reached.get(&writer).is_some_and(|seq| seal.seal.last <= *seq)
        };
        let mut missing: Vec<Sealed> =
            seals.into_iter().filter(|(_, seal)| !is_held(seal)).collect();
        missing.sort_by_key(|(_, seal)| {
            let is_opening = seal.seal.first == 0 && Some(seal.seal.writer) == opener;
            (!is_opening, seal.seal.writer, seal.seal.first, seal.hash)
        });
        Ok(missing)
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
