//! The head of the hub's log on the phone: it only grows, or two are kept that show otherwise.

use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::node::empty_root;
use angen_ledger::log::proof::{Head, verify_consistency};
use rusqlite::Connection;

use crate::error::Result as Done;
use crate::planted::bug;
use crate::store::{self, KeptCheckpoint, Store};
use crate::sync::session::Session;
use crate::sync::wire::Consistency;
use crate::sync::{PullError, PushError};

impl Session<'_> {
    /// Asks for the newest checkpoint, and keeps it.
    pub(super) async fn newest_checkpoint(&self, store: &Store) -> Result<Checkpoint, PullError> {
        loop {
            let kept = self.kept_size(store)?;
            let note = self.asking.text("/v1/tlog/checkpoint").await?;
            if let Some(head) = self.keep_checkpoint(store, &note, kept).await? {
                return Ok(head);
            }
        }
    }

    /// How many entries the largest checkpoint has that is kept. Read before a request goes out:
    /// its answer shows no fewer, or the hub went back.
    pub(super) fn kept_size(&self, store: &Store) -> Result<u64, PullError> {
        Ok(store.read(|read| self.last_head(read))?.map_or(0, |head| head.size))
    }

    /// Verifies a checkpoint against the hub's key and the last one that is kept, and keeps it.
    /// `asked_at` is what [`Session::kept_size`] was before it was asked for.
    ///
    /// Another session may keep larger ones at any time in between. None: one did, and this
    /// checkpoint is a part of that one; what came with it is to be asked for again.
    pub(super) async fn keep_checkpoint(
        &self,
        store: &Store,
        note: &str,
        asked_at: u64,
    ) -> Result<Option<Checkpoint>, PullError> {
        let signed = SignedCheckpoint::read(note)
            .map_err(|_| PushError::Strange("the checkpoint is none"))?;
        let head = signed.checkpoint.clone();
        self.check_origin(&head.origin)?;
        signed.verify(&self.hub).map_err(|_| PullError::Forged(head.origin.clone()))?;
        let now = Head { size: head.size, root: head.root };
        loop {
            let kept = store.read(|read| self.last_head(read))?;
            let last = kept.unwrap_or(Head { size: 0, root: empty_root() });
            if kept == Some(now) || now.size < last.size && bug(10) {
                return Ok(Some(head));
            }
            if now.size < asked_at {
                let (origin, kept, shown) = (head.origin, asked_at, now.size);
                return Err(PullError::RolledBack { origin, kept, shown });
            }
            let is_overtaken = now.size < last.size;
            let (old, new) = if is_overtaken { (now, last) } else { (last, now) };
            let proof = self.proof_between(&old, &new).await?;
            let agrees = verify_consistency(&old, &new, &proof) || bug(23);
            if is_overtaken && agrees {
                return Ok(None);
            }
            let proof = if agrees { proof } else { Vec::new() };
            let (signed, from_size) = (signed.clone(), last.size);
            let shown = KeptCheckpoint { signed, agrees, from_size, proof };
            let is_judged = store.write(|tx| {
                // Judged by the one that is kept now, or not at all: two sessions would otherwise
                // keep two heads that nobody held against each other.
                let is_last = self.last_head(tx)? == kept;
                if is_last {
                    store::keep_checkpoint(tx, &shown)?;
                }
                Ok(is_last)
            })?;
            match (is_judged, agrees) {
                (false, _) => {}
                (true, true) => return Ok(Some(head)),
                (true, false) => {
                    let (origin, kept, shown) = (head.origin, last.size, now.size);
                    return Err(PullError::TwoTrees { origin, kept, shown });
                }
            }
        }
    }

    /// The largest checkpoint of this log that is kept and agrees with the others.
    fn last_head(&self, read: &Connection) -> Done<Option<Head>> {
        let kept = store::last_checkpoint(read, &self.origin)?;
        Ok(kept.map(|kept| Head { size: kept.checkpoint.size, root: kept.checkpoint.root }))
    }

    /// The hub's proof that its log only grew; nothing needs none.
    async fn proof_between(&self, last: &Head, now: &Head) -> Result<Vec<Hash>, PullError> {
        if last.size == 0 || last.size == now.size {
            return Ok(Vec::new());
        }
        let path = format!("/v1/tlog/consistency/{}/{}", last.size, now.size);
        match self.asking.get::<Consistency>(&path).await {
            Ok(Consistency(proof)) => Ok(proof),
            // A hub that refuses to prove what it has signed shows as much as a wrong proof does.
            Err(PushError::Refused { status: 404, .. }) => Ok(Vec::new()),
            Err(error) => Err(error.into()),
        }
    }
}
