//! What does not count 隔离: which ops, whose, since which revocation, and why.

use angen_ledger::hash::Hash;
use angen_ledger::header::{Checkpoint, Header};
use angen_ledger::id::{DossierId, WriterId};

use crate::error::Result;
use crate::store::{self, Store};

/// An op that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QuarantinedOp {
    /// The op.
    pub op: Hash,
    /// The dossier.
    pub dossier: DossierId,
    /// Whose it is.
    pub writer: WriterId,
    /// The writer's name, as its certificate has it.
    pub name: String,
    /// Its number in its chain.
    pub seq: u64,
    /// What it says.
    pub kind: String,
    /// When, by the writer's device.
    pub wall_ms: i64,
    /// The revocation.
    pub by: Hash,
    /// Why the writer was revoked.
    pub reason: String,
    /// Whether the op itself names a checkpoint that is no older than the one that the revocation
    /// names: then it was written after the writer was revoked, whatever its clock says.
    pub is_after: bool,
}

/// Every op that does not count, by dossier, writer and number.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn quarantine(store: &Store) -> Result<Vec<QuarantinedOp>> {
    store.read(|read| {
        let certificates = store::certificates(read)?;
        let name = |writer: WriterId| {
            let mut held = certificates.iter().map(|(_, signed)| &signed.certificate);
            held.find(|known| known.writer == writer).map(|known| known.name.clone())
        };
        let mut all = Vec::new();
        for held in store::quarantined(read)? {
            let revocation = store::require_op(read, held.by)?;
            let Header { dossier, writer, seq, kind, wall_ms, checkpoint, .. } = &held.op.header;
            all.push(QuarantinedOp {
                op: held.op.hash,
                dossier: *dossier,
                writer: *writer,
                name: name(*writer).unwrap_or_default(),
                seq: *seq,
                kind: kind.as_str().to_owned(),
                wall_ms: *wall_ms,
                by: held.by,
                reason: revocation
                    .get("reason")
                    .and_then(|reason| reason.as_text())
                    .unwrap_or_default()
                    .to_owned(),
                is_after: is_after(checkpoint.as_ref(), revocation.header.checkpoint.as_ref()),
            });
        }
        Ok(all)
    })
}

fn is_after(op: Option<&Checkpoint>, revocation: Option<&Checkpoint>) -> bool {
    let (Some(op), Some(revocation)) = (op, revocation) else { return false };
    op.origin == revocation.origin && op.size >= revocation.size
}
