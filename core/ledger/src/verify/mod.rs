//! Verification: a stream of bytes in, a verdict out, one frame in memory at a time.
//!
//! A package is walked once. Each frame goes to the part that knows its rules: the container
//! (C), certificates (K), chains of ops and their seals (O, S, P, B, T), blobs (M), the log of a
//! hub (R). Beside the rules, [`StandingJudge`] says what of it counts. An [`Observer`] may watch
//! what has been checked, to show it or to write the originals out; what it saw counts only when
//! the verdict says so at the end.

mod blobs;
mod chains;
mod closed;
mod container;
mod interval;
mod log;
mod marks;
mod rule;
mod standing;
mod standing_judge;
mod verdict;
mod words;

use std::io::Read;

use crate::certificate::SignedCertificate;
use crate::hash::Hash;
use crate::log::checkpoint::SignedCheckpoint;
use crate::log::receipt::Receipt;
use crate::log::refusal::SignedRefusal;
use crate::op::Op;
use crate::package::ReadFault;
use crate::seal::Seal;

pub use interval::OpTime;
pub use rule::Rule;
pub use standing::{Aside, AsideSeal, Known, Place, Reach, Revoked, Standing};
pub use standing_judge::StandingJudge;
pub use verdict::{
    CheckpointSummary, Contents, ITEMS_MAX, Item, Outcome, RootAnswer, RuleResult, Status, Subject,
    Verdict, WriterSummary,
};
pub use words::{Fault, Lang, Words};

/// Watches a package while it is verified.
pub trait Observer {
    /// A certificate that holds.
    fn certificate(&mut self, _certificate: &SignedCertificate) {}

    /// An op, after its run has been checked.
    fn op(&mut self, _op: &Op) {}

    /// The seal of the ops that come next.
    fn seal(&mut self, _seal: &Seal) {}

    /// The next part of an original, decrypted, in order.
    fn original(&mut self, _address: Hash, _part: &[u8]) {}

    /// A checkpoint that its hub signed.
    fn checkpoint(&mut self, _checkpoint: &SignedCheckpoint) {}

    /// A receipt that can be read. Whether it is under a checkpoint of the package, R2 says at the
    /// end; [`Receipt::is_in`] says it of one.
    fn receipt(&mut self, _receipt: &Receipt) {}

    /// A refusal that its hub signed.
    fn refusal(&mut self, _refusal: &SignedRefusal) {}

    /// The end of an original; `holds` tells whether it is the recorded one.
    fn original_end(&mut self, _address: Hash, _holds: bool) {}
}

/// Watches nothing.
pub struct NoObserver;

impl Observer for NoObserver {}

/// Verifies a package. `root` is the fingerprint that the reader knows, if any.
///
/// Give it a buffered reader. Memory: one frame, and about 300 bytes an op, 200 a receipt.
///
/// # Errors
/// Only when the bytes cannot be read at all; whatever they say, the answer is a verdict.
pub fn verify(
    input: impl Read,
    root: Option<Hash>,
    observer: &mut dyn Observer,
) -> Result<Verdict, ReadFault> {
    container::Container::new(root, observer).walk(input)
}
