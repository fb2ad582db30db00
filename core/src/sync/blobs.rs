//! Fetches blobs to their end: each goes on from the bytes that are here, whatever was cut.

use std::fs::File;
use std::io::Read;

use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;

use crate::error::{Error, Result as CoreResult};
use crate::ports::Disk;
use crate::store::{self, Arrival, Arrived};
use crate::sync::limits::{ATTEMPTS_MAX, PART_BYTES};
use crate::sync::pull::Pulled;
use crate::sync::request::AnswerBody;
use crate::sync::session::{Session, Site};
use crate::sync::{PullError, PushError};

/// Bytes of an answer in a file that are in memory at once.
const PIECE_BYTES: usize = 256 << 10;

impl Session<'_> {
    /// Fetches the blobs that the ops of a dossier name and that are not whole here. What came
    /// stays, and the next fetch goes on from it. One program at a time may do this with a store.
    /// Whether all were asked for: where the network costs, the large ones wait.
    pub(super) async fn fetch_blobs(
        &self,
        site: Site<'_>,
        dossier: DossierId,
        pulled: &mut Pulled,
    ) -> Result<bool, PullError> {
        let store = site.store;
        let mut all = true;
        for blob in store.read(|connection| store::named_blobs(connection, dossier))? {
            let held = store.blobs().held_bytes(blob)?;
            if held == blob.length {
                continue;
            }
            if !self.asking.may_travel(blob) {
                pulled.postponed_blobs += 1;
                all = false;
                continue;
            }
            store.check_room(site.disk, blob.length - held)?;
            match self.fetch_blob(site, dossier, blob, pulled).await {
                Ok(()) => pulled.blobs += 1,
                Err(PullError::Hub(PushError::Refused { code, .. })) if code == "blob_absent" => {
                    pulled.absent_blobs += 1;
                }
                Err(error) => return Err(error),
            }
        }
        Ok(all)
    }

    async fn fetch_blob(
        &self,
        site: Site<'_>,
        dossier: DossierId,
        blob: BlobRef,
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        let blobs = site.store.blobs();
        let mut failures = 0;
        loop {
            let before = blobs.held_bytes(blob)?;
            let cut = match self.fetch_part(site, dossier, blob, before).await {
                Ok((arrived, came)) => {
                    pulled.blob_bytes += came;
                    self.asking.line.moved(came);
                    match arrived {
                        Arrived::Whole => return Ok(()),
                        Arrived::Altered => {
                            return Err(PullError::BlobAltered(blob.address.short()));
                        }
                        Arrived::Part(_) => {
                            PullError::Hub(PushError::Unreachable("cut".to_owned()))
                        }
                    }
                }
                Err(error) => error,
            };
            if blobs.held_bytes(blob)? > before {
                failures = 0;
            } else if cut.may_pass() && failures < ATTEMPTS_MAX {
                self.asking.pause(failures).await;
                failures += 1;
            } else {
                return Err(cut);
            }
        }
    }

    /// Asks for the next part and appends what comes of it; what it led to, and how much came.
    async fn fetch_part(
        &self,
        site: Site<'_>,
        dossier: DossierId,
        blob: BlobRef,
        held: u64,
    ) -> Result<(Arrived, u64), PullError> {
        let last = blob.length.min(held + PART_BYTES) - 1;
        let (body, _) = self.asking.range(blob, dossier, held, last).await?;
        let blobs = site.store.blobs();
        let mut arrival = blobs.arrive(site.disk, blob)?;
        let came = append(site.disk, &mut arrival, &body, last + 1 - held)?;
        Ok((blobs.end_part(site.disk, arrival)?, came))
    }
}

/// Appends the body of an answer, and no more than was asked for.
fn append(disk: &dyn Disk, arrival: &mut Arrival, body: &AnswerBody, most: u64) -> CoreResult<u64> {
    let path = match body {
        AnswerBody::Bytes(bytes) => {
            let most = usize::try_from(most).unwrap_or(usize::MAX).min(bytes.len());
            arrival.append(disk, &bytes[..most])?;
            return Ok(most as u64);
        }
        AnswerBody::File(path) => path,
    };
    let failed = |source| Error::file(path, source);
    let mut file = File::open(path).map_err(failed)?.take(most);
    let (mut piece, mut came) = (vec![0; PIECE_BYTES], 0);
    loop {
        match file.read(&mut piece).map_err(failed)? {
            0 => return Ok(came),
            read => {
                arrival.append(disk, &piece[..read])?;
                came += read as u64;
            }
        }
    }
}
