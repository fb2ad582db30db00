//! Writes a package frame by frame and closes it with the exporter's seal.

use std::io::{self, Read, Write};

use thiserror::Error;

use crate::cose::{Purpose, Signed};
use crate::hash::{Hash, HashName, Suite};
use crate::key::{SignError, Signer};
use crate::limits::{BLOB_FRAME_BYTES, FRAMES_MAX};
use crate::log::receipt::Receipt;
use crate::op::Op;
use crate::package::frame::{Closing, Frame, Start};
use crate::package::log_frame::LogFrame;
use crate::wire::Wire;

/// Why a package was not made. What was written so far is no package.
#[derive(Debug, Error)]
pub enum PackageError {
    /// The file cannot be written, or a blob not be read.
    #[error("the package cannot be written: {0}")]
    Io(#[from] io::Error),
    /// More frames than a reader takes.
    #[error("the package would have more than {FRAMES_MAX} frames")]
    TooManyFrames,
    /// The closing seal was not made.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// A package under way.
pub struct PackageWriter<W> {
    out: W,
    suite: Suite,
    exporter: Hash,
    frames: Vec<Hash>,
}

impl<W: Write> PackageWriter<W> {
    /// Begins a package.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn start(out: W, start: Start) -> Result<Self, PackageError> {
        let exporter = start.exporter;
        let mut writer = Self { out, suite: Suite::Sha256, exporter, frames: Vec::new() };
        writer.frame(&Frame::Start(start))?;
        Ok(writer)
    }

    /// Adds a certificate; issuers come before what they issued.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn certificate(&mut self, cose: Vec<u8>) -> Result<(), PackageError> {
        self.frame(&Frame::Certificate(cose))
    }

    /// Adds an op with as much of its body as it holds.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn op(&mut self, op: &Op) -> Result<(), PackageError> {
        let body = op.body.as_ref().map(Wire::to_wire);
        self.frame(&Frame::Op { header: op.bytes.clone(), body })
    }

    /// Adds the seal of the ops before it.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn seal(&mut self, cose: Vec<u8>) -> Result<(), PackageError> {
        self.frame(&Frame::Seal(cose))
    }

    /// Adds a blob by streaming its ciphertext.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn blob(&mut self, address: Hash, mut cipher: impl Read) -> Result<(), PackageError> {
        let mut offset = 0;
        loop {
            let mut bytes = Vec::with_capacity(BLOB_FRAME_BYTES);
            let took = (&mut cipher).take(BLOB_FRAME_BYTES as u64).read_to_end(&mut bytes)?;
            if took == 0 {
                return Ok(());
            }
            self.frame(&Frame::Blob { address, offset, bytes })?;
            offset += took as u64;
        }
    }

    /// Adds a receipt. Frames of the log may stand anywhere behind the certificates; a checkpoint
    /// and a refusal behind that of their hub.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn receipt(&mut self, receipt: &Receipt) -> Result<(), PackageError> {
        let Receipt { entry, index, size, proof } = receipt;
        let (entry, proof) = (entry.to_wire(), proof.clone());
        self.frame(&Frame::Log(LogFrame::Receipt { entry, index: *index, size: *size, proof }))
    }

    /// Adds the signed note of a checkpoint.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn checkpoint(&mut self, note: &str) -> Result<(), PackageError> {
        self.frame(&Frame::Log(LogFrame::Checkpoint(note.to_owned())))
    }

    /// Adds the proof that the log of `new` entries begins with that of `old`.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn consistency(
        &mut self,
        origin: &str,
        old: u64,
        new: u64,
        proof: Vec<Hash>,
    ) -> Result<(), PackageError> {
        self.frame(&Frame::Log(LogFrame::Consistency {
            origin: origin.to_owned(),
            old,
            new,
            proof,
        }))
    }

    /// Adds the COSE message of a refusal.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn refusal(&mut self, cose: Vec<u8>) -> Result<(), PackageError> {
        self.frame(&Frame::Log(LogFrame::Refusal(cose)))
    }

    /// Closes the package. Returns what was written to.
    ///
    /// # Errors
    /// [`PackageError`].
    pub fn close(mut self, key: &dyn Signer) -> Result<W, PackageError> {
        let closing = Closing { suite: self.suite, frames: std::mem::take(&mut self.frames) };
        let cose = Signed::make(Purpose::Package, key, Some(self.exporter), closing.to_wire())?;
        self.out.write_all(&Frame::Close(cose).to_wire())?;
        self.out.flush()?;
        Ok(self.out)
    }

    fn frame(&mut self, frame: &Frame) -> Result<(), PackageError> {
        if self.frames.len() >= FRAMES_MAX {
            return Err(PackageError::TooManyFrames);
        }
        let bytes = frame.to_wire();
        self.frames.push(self.suite.hash(HashName::Frame, &bytes));
        self.out.write_all(&bytes)?;
        Ok(())
    }
}
