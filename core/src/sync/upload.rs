//! Sends blobs: each from where the hub stands, so that a cut costs one part at most.

use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;

use crate::store;
use crate::sync::PushError;
use crate::sync::limits::{ATTEMPTS_MAX, PART_BYTES};
use crate::sync::push::{Pushed, Sending, Sent};
use crate::sync::request::RequestBody;

impl Sending<'_> {
    /// Sends what the hub lacks of the blobs of a dossier.
    pub(super) async fn push_blobs_of(
        &self,
        dossier: DossierId,
        pushed: &mut Pushed,
    ) -> Result<(), PushError> {
        let mut sent = Sent::default();
        let was_refused = pushed.refused_seals + pushed.refused_certificates > 0;
        for blob in self.store.read(|connection| store::named_blobs(connection, dossier))? {
            match self.push_blob(blob, &mut sent).await {
                // No op at the hub names it: what does was refused.
                Err(PushError::Refused { status: 404, .. }) if was_refused => {
                    pushed.refused_blobs += 1;
                }
                done => done?,
            }
        }
        pushed.sent_blobs = sent.blobs;
        pushed.sent_blob_bytes = sent.bytes;
        pushed.absent_blobs = sent.absent;
        pushed.postponed_blobs = sent.postponed;
        Ok(())
    }

    /// Sends what the hub lacks of a blob.
    pub(super) async fn push_blob(&self, blob: BlobRef, sent: &mut Sent) -> Result<(), PushError> {
        let blobs = self.store.blobs();
        let mut held = self.asking.offset(blob).await?;
        if held == blob.length {
            return Ok(());
        }
        if !blobs.holds(blob.address) {
            sent.absent += 1;
            return Ok(());
        }
        if !self.asking.may_travel(blob) {
            sent.postponed += 1;
            return Ok(());
        }
        sent.blobs += 1;
        let mut failures = 0;
        while held < blob.length {
            let bytes = (blob.length - held).min(PART_BYTES);
            let path = blobs.path_of(blob.address);
            let part = RequestBody::File { path, from: held, bytes };
            let before = held;
            match self.asking.part(blob, held, part).await {
                Ok(now) if now > before && now <= blob.length => held = now,
                Ok(_) => return Err(PushError::Strange("the hub's offset does not move")),
                Err(error) if error.may_pass() && failures < ATTEMPTS_MAX => {
                    self.asking.pause(failures).await;
                    failures += 1;
                    held = self.asking.offset(blob).await?;
                }
                Err(error) => return Err(error),
            }
            if held > before {
                failures = 0;
                sent.bytes += held - before;
                self.asking.line.moved(held - before);
            }
        }
        Ok(())
    }
}
