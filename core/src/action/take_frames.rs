//! Takes the frames of a verified package in: certificates and runs in batches, blobs as they
//! pass, receipts at the end.

use std::collections::BTreeMap;
use std::io::Read;
use std::path::Path;

use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Header};
use angen_ledger::id::DossierId;
use angen_ledger::package::{Frame, Frames, ReadFault};
use angen_ledger::wire::Wire;

use crate::action::import_package::{Imported, Receiver, cut};
use crate::action::take_proofs::Proofs;
use crate::error::Result;
use crate::planted::bug;
use crate::store::{self, Arrival, Arrived, LogWriter, SealedRun};

/// Bytes of runs that are stored in one transaction: what a cut import has stored stays.
const BATCH_BYTES: usize = 4 << 20;

/// An import under way.
pub(super) struct Taking<'t> {
    receiver: &'t Receiver<'t>,
    file: &'t Path,
    certificates: Vec<Vec<u8>>,
    /// The ops of the run that has no seal yet.
    ops: Vec<(Vec<u8>, Option<Vec<u8>>)>,
    runs: Vec<SealedRun>,
    bytes: usize,
    /// Every blob that the package names.
    named: BTreeMap<Hash, BlobRef>,
    arrival: Option<Arrival>,
    proofs: Proofs,
    imported: Imported,
    /// Blobs of which all bytes came and the hash was another.
    pub(super) altered: u64,
}

impl<'t> Taking<'t> {
    pub(super) fn new(receiver: &'t Receiver<'t>, file: &'t Path) -> Self {
        Self {
            receiver,
            file,
            certificates: Vec::new(),
            ops: Vec::new(),
            runs: Vec::new(),
            bytes: 0,
            named: BTreeMap::new(),
            arrival: None,
            proofs: Proofs::default(),
            imported: Imported::default(),
            altered: 0,
        }
    }

    /// Takes a whole package; a second time, what the first left.
    pub(super) fn take_all(&mut self, input: impl Read) -> Result<()> {
        (self.proofs, self.altered) = (Proofs::default(), 0);
        let mut frames = Frames::new(input);
        let mut is_closed = false;
        while let Some(frame) = frames.next_frame().map_err(|why| cut(self.file, why))? {
            is_closed = self.take(Frame::from_wire(&frame.bytes)?)?;
        }
        self.store_runs()?;
        self.end_blob()?;
        if is_closed { Ok(()) } else { Err(cut(self.file, ReadFault::EndsEarly)) }
    }

    /// Keeps what hubs signed, and gives what came of all of it.
    pub(super) fn done(mut self, dossiers: Vec<DossierId>) -> Result<Imported> {
        self.imported.dossiers = dossiers;
        self.proofs.keep(self.receiver, &mut self.imported)?;
        for blob in self.named.values() {
            let is_here = self.receiver.store.blobs().held_bytes(*blob)? == blob.length;
            self.imported.absent_blobs += u64::from(!is_here);
        }
        Ok(self.imported)
    }

    /// True for the frame that closes the package.
    fn take(&mut self, frame: Frame) -> Result<bool> {
        match frame {
            Frame::Certificate(cose) => self.certificates.push(cose),
            Frame::Op { header, body } => {
                self.bytes += header.len() + body.as_ref().map_or(0, Vec::len);
                for blob in Header::from_wire(&header)?.blobs {
                    self.named.insert(blob.address, blob);
                }
                self.ops.push((header, body));
            }
            Frame::Seal(seal) => {
                self.runs.push(SealedRun { ops: std::mem::take(&mut self.ops), seal });
                if self.bytes >= BATCH_BYTES {
                    self.store_runs()?;
                }
            }
            Frame::Blob { address, offset, bytes } => {
                self.store_runs()?;
                self.blob_part(address, offset, &bytes)?;
            }
            Frame::Log(frame) => self.proofs.take(frame),
            Frame::Close(_) => return Ok(true),
            Frame::Start(_) | Frame::Other(_) => {}
        }
        Ok(false)
    }

    fn store_runs(&mut self) -> Result<()> {
        if self.runs.is_empty() && self.certificates.is_empty() {
            return Ok(());
        }
        let (certificates, runs) =
            (std::mem::take(&mut self.certificates), std::mem::take(&mut self.runs));
        self.bytes = 0;
        let blobs = self.receiver.store.blobs();
        let received = self.write(|tx, log| {
            let received = store::receive(tx, &certificates, &runs)?;
            if let Some(log) = log.filter(|_| !bug(24)) {
                let is_whole = |blob: BlobRef| Ok(blobs.held_bytes(blob)? == blob.length);
                log.add_received(&received, is_whole)?;
            }
            Ok(received)
        })?;
        self.imported.new_ops += received.new_ops;
        self.imported.known_ops += received.known_ops;
        Ok(())
    }

    /// Writes, with the log of a hub in the same transaction.
    fn write<T>(
        &self,
        write: impl FnOnce(&store::Transaction<'_>, Option<&mut LogWriter<'_>>) -> Result<T>,
    ) -> Result<T> {
        let log = self.receiver.log.as_ref();
        let (answer, head) = self.receiver.store.write_logged(log.map(|log| &log.pen), write)?;
        if let Some(log) = log {
            (log.raise)(head)?;
        }
        Ok(answer)
    }

    fn blob_part(&mut self, address: Hash, offset: u64, bytes: &[u8]) -> Result<()> {
        let Receiver { store, disk, .. } = self.receiver;
        if self.arrival.as_ref().is_none_or(|arrival| arrival.blob().address != address) {
            self.end_blob()?;
            let Some(blob) = self.named.get(&address).copied() else { return Ok(()) };
            // Nobody takes in what was erased.
            let is_wanted = store.read(|read| store::is_named(read, blob))?;
            if !is_wanted || store.blobs().held_bytes(blob)? == blob.length {
                return Ok(());
            }
            self.arrival = Some(store.blobs().arrive(*disk, blob)?);
        }
        if let Some(arrival) = &mut self.arrival {
            let held = arrival.blob().length - arrival.left();
            let known = usize::try_from(held.saturating_sub(offset)).unwrap_or(usize::MAX);
            if let Some(new) = bytes.get(known..)
                && offset <= held
                && new.len() as u64 <= arrival.left()
            {
                arrival.append(*disk, new)?;
            }
        }
        Ok(())
    }

    fn end_blob(&mut self) -> Result<()> {
        let Some(arrival) = self.arrival.take() else { return Ok(()) };
        let blob = arrival.blob();
        match self.receiver.store.blobs().end_part(self.receiver.disk, arrival)? {
            Arrived::Whole => {
                self.imported.new_blobs += 1;
                self.write(|_, log| log.map_or(Ok(()), |log| log.add_blob(blob)))
            }
            Arrived::Altered => {
                self.altered += 1;
                Ok(())
            }
            Arrived::Part(_) => Ok(()),
        }
    }
}
