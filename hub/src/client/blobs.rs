//! Fetches blobs to their end: each goes on from the bytes that are here, whatever was cut.

use std::io::Read;

use angen_core::ports::Disk;
use angen_core::store::{self, Arrived, Store};
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;

use crate::client::http::pause;
use crate::client::pull::Pulled;
use crate::client::session::Session;
use crate::client::{PullError, PushError};
use crate::limits::{ATTEMPTS_MAX, PART_BYTES, PIECE_BYTES};

impl Session {
    /// Fetches the blobs that the ops of a dossier name and that are not whole here. What came
    /// stays, and the next fetch goes on from it. One program at a time may do this with a store.
    pub(super) fn fetch_blobs(
        &self,
        store: &Store,
        disk: &dyn Disk,
        dossier: DossierId,
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        for blob in store.read(|connection| store::named_blobs(connection, dossier))? {
            let held = store.blobs().held_bytes(blob)?;
            if held == blob.length {
                continue;
            }
            store.check_room(disk, blob.length - held)?;
            match self.fetch_blob(store, disk, dossier, blob, pulled) {
                Ok(()) => pulled.blobs += 1,
                Err(PullError::Hub(PushError::Refused { code, .. })) if code == "blob_absent" => {
                    pulled.absent_blobs += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(())
    }

    fn fetch_blob(
        &self,
        store: &Store,
        disk: &dyn Disk,
        dossier: DossierId,
        blob: BlobRef,
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        let mut failures = 0;
        loop {
            let before = store.blobs().held_bytes(blob)?;
            let cut = match self.fetch_part(store, disk, dossier, blob) {
                Ok((Arrived::Whole, came)) => {
                    pulled.blob_bytes += came;
                    return Ok(());
                }
                Ok((Arrived::Altered, _)) => {
                    return Err(PullError::BlobAltered(blob.address.short()));
                }
                Ok((Arrived::Part(_), came)) => {
                    pulled.blob_bytes += came;
                    PullError::Hub(PushError::Unreachable("cut".to_owned()))
                }
                Err(error) => error,
            };
            if store.blobs().held_bytes(blob)? > before {
                failures = 0;
            } else if cut.may_pass() && failures < ATTEMPTS_MAX {
                pause(failures);
                failures += 1;
            } else {
                return Err(cut);
            }
        }
    }

    /// Asks for the next part and appends what comes of it; what came, and what it led to.
    fn fetch_part(
        &self,
        store: &Store,
        disk: &dyn Disk,
        dossier: DossierId,
        blob: BlobRef,
    ) -> Result<(Arrived, u64), PullError> {
        let held = store.blobs().held_bytes(blob)?;
        let last = blob.length.min(held + PART_BYTES) - 1;
        let answer = self.http.range(blob, dossier, held, last)?;
        let mut arrival = store.blobs().arrive(disk, blob)?;
        let mut body = answer.into_body().into_reader().take(last + 1 - held);
        let (mut piece, mut came) = (vec![0; PIECE_BYTES], 0);
        // A body that is cut is an error here as an early end is: what came is kept either way.
        while let Ok(read @ 1..) = body.read(&mut piece) {
            arrival.append(disk, &piece[..read])?;
            came += read as u64;
        }
        let arrived = store.blobs().end_part(disk, arrival)?;
        Ok((arrived, came))
    }
}
