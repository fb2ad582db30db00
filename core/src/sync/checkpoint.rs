//! The head of the hub's log on the phone: it only grows, or two are kept that show otherwise.

use crate::planted::bug;
use crate::store::{self, KeptCheckpoint, Store};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::node::empty_root;
use angen_ledger::log::proof::{Head, verify_consistency};

use crate::sync::session::Session;
use crate::sync::wire::Consistency;
use crate::sync::{PullError, PushError};

impl Session {
    /// Verifies a checkpoint against the hub's key and the last one that was kept, and keeps it.
    pub(super) async fn keep_checkpoint(
        &self,
        store: &Store,
        note: &str,
    ) -> Result<Checkpoint, PullError> {
        let signed = SignedCheckpoint::read(note)
            .map_err(|_| PushError::Strange("the checkpoint is none"))?;
        let head = signed.checkpoint.clone();
        self.check_origin(&head.origin)?;
        signed.verify(&self.hub).map_err(|_| PullError::Forged(head.origin.clone()))?;
        let kept = store.read(|c| store::last_checkpoint(c, &self.origin))?;
        let last = match &kept {
            Some(kept) => Head { size: kept.checkpoint.size, root: kept.checkpoint.root },
            None => Head { size: 0, root: empty_root() },
        };
        let now = Head { size: head.size, root: head.root };
        if kept.is_some() && last == now {
            return Ok(head);
        }
        if now.size < last.size && bug(10) {
            return Ok(head);
        }
        if now.size < last.size {
            let (origin, kept, shown) = (head.origin, last.size, now.size);
            return Err(PullError::RolledBack { origin, kept, shown });
        }
        let proof = self.proof_between(&last, &now).await?;
        let agrees = verify_consistency(&last, &now, &proof) || bug(23);
        let proof = if agrees { proof } else { Vec::new() };
        let kept = KeptCheckpoint { signed, agrees, from_size: last.size, proof };
        store.write(|tx| store::keep_checkpoint(tx, &kept))?;
        if agrees {
            return Ok(head);
        }
        let (origin, kept, shown) = (head.origin, last.size, now.size);
        Err(PullError::TwoTrees { origin, kept, shown })
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
