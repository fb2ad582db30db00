//! Checkpoints: the head of a log's tree as a signed note (c2sp.org/tlog-checkpoint).
//!
//! The hub signs each twice with one Ed25519 key under the name of the origin: plainly, as every
//! tool for such logs expects it, and as a cosignature that carries the time.

use base64ct::{Base64, Encoding};
use thiserror::Error;

use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::key::{PublicKey, SignError, Signer};
use crate::log::node::empty_root;
use crate::log::note::{Note, NoteSignature, TYPE_COSIGNATURE, TYPE_ED25519, key_id};
use crate::log::origin::is_origin;
use crate::wire::Malformed;

/// A checkpoint whose form has been checked, and whose signatures have not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SignedCheckpoint {
    /// Origin, size and root.
    pub checkpoint: Checkpoint,
    /// The note with every signature, those of witnesses included.
    pub note: Note,
}

/// Why no checkpoint was made.
#[derive(Debug, Clone, PartialEq, Eq, Error)]
pub enum CheckpointError {
    /// The origin, the size or the root is not permitted.
    #[error(transparent)]
    Malformed(#[from] Malformed),
    /// Notes are signed with Ed25519.
    #[error("a hub signs with an Ed25519 key")]
    NotEd25519,
    /// The key did not sign.
    #[error(transparent)]
    Sign(#[from] SignError),
}

/// Why a checkpoint is not a hub's.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Error)]
pub enum CheckpointFault {
    /// One of the two lines of this key is not there.
    #[error("it is not signed by this key")]
    NotSigned,
    /// A line of this key does not verify.
    #[error("a signature of this key is wrong")]
    WrongSignature,
}

const BODY: Malformed = Malformed::Rule {
    item: "checkpoint",
    rule: "must be an origin, a size and a root, a line each",
};

impl SignedCheckpoint {
    /// Reads a note that is a checkpoint without further lines.
    ///
    /// # Errors
    /// [`Malformed`].
    pub fn read(text: &str) -> Result<Self, Malformed> {
        let note = Note::read(text)?;
        let lines: Vec<&str> = note.body.split('\n').collect();
        let &[origin, size, root, ""] = lines.as_slice() else { return Err(BODY) };
        let size: u64 = size.parse().map_err(|_| BODY)?;
        let root = Base64::decode_vec(root).map_err(|_| BODY)?;
        let root = Hash::from_slice(&root).ok_or(BODY)?;
        let checkpoint = Checkpoint { origin: origin.to_owned(), size, root };
        // Leading zeros, a plus sign: any other spelling shows up here.
        if body(&checkpoint)? == note.body { Ok(Self { checkpoint, note }) } else { Err(BODY) }
    }

    /// Checks both signatures of a hub's key. Gives the time of the cosignature, in milliseconds
    /// since 1970 UTC (whole seconds).
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn verify(&self, hub: &PublicKey) -> Result<i64, CheckpointFault> {
        let cosignature = self.verify_cosignature(&self.checkpoint.origin, hub);
        match (self.verify_plain(hub), cosignature) {
            (Ok(()), Ok(time_ms)) => Ok(time_ms),
            // A wrong line is worse than a missing one: somebody made it.
            (Err(WRONG), _) | (_, Err(WRONG)) => Err(WRONG),
            _ => Err(CheckpointFault::NotSigned),
        }
    }

    /// Checks the cosignature of a key under a name: a hub's own, or a witness'. Gives its time,
    /// in milliseconds since 1970 UTC.
    ///
    /// # Errors
    /// [`CheckpointFault`].
    pub fn verify_cosignature(&self, name: &str, key: &PublicKey) -> Result<i64, CheckpointFault> {
        let line = self.note.by(name, TYPE_COSIGNATURE, &key.to_bytes());
        let bytes = &line.ok_or(CheckpointFault::NotSigned)?.bytes;
        let (seconds, signature) = bytes.split_at_checked(8).ok_or(WRONG)?;
        let seconds = u64::from_be_bytes(seconds.try_into().map_err(|_| WRONG)?);
        let signature = signature.try_into().map_err(|_| WRONG)?;
        // The time as a number of milliseconds must be one that the protocol can hold.
        let time_ms = i64::try_from(seconds).ok().and_then(|seconds| seconds.checked_mul(1_000));
        let message = cosigned(&self.note.body, seconds);
        match time_ms {
            Some(time_ms) if time_ms > 0 && key.verifies(&message, signature) => Ok(time_ms),
            _ => Err(WRONG),
        }
    }

    fn verify_plain(&self, hub: &PublicKey) -> Result<(), CheckpointFault> {
        let line = self.note.by(&self.checkpoint.origin, TYPE_ED25519, &hub.to_bytes());
        let bytes = &line.ok_or(CheckpointFault::NotSigned)?.bytes;
        let signature = bytes.as_slice().try_into().map_err(|_| WRONG)?;
        if hub.verifies(self.note.body.as_bytes(), signature) { Ok(()) } else { Err(WRONG) }
    }
}

const WRONG: CheckpointFault = CheckpointFault::WrongSignature;

/// Signs a checkpoint with the hub's key, plainly and as a cosignature of the given time in
/// seconds since 1970 UTC. Gives the note.
///
/// # Errors
/// [`CheckpointError`].
pub fn sign(
    checkpoint: &Checkpoint,
    at_s: u64,
    key: &dyn Signer,
) -> Result<String, CheckpointError> {
    let body = body(checkpoint)?;
    let public = ed25519(key)?;
    let name = checkpoint.origin.clone();
    let key_id = key_id(&name, TYPE_ED25519, &public);
    let bytes = key.sign(body.as_bytes())?.to_vec();
    let plain = NoteSignature { name: name.clone(), key_id, bytes };
    let cosignature = cosign(&body, &name, at_s, key)?;
    Ok(Note { body, signatures: vec![plain, cosignature] }.text())
}

/// A cosignature of a checkpoint's text: what a hub adds of its own, and a witness of its own.
///
/// # Errors
/// [`CheckpointError`].
pub fn cosign(
    body: &str,
    name: &str,
    at_s: u64,
    key: &dyn Signer,
) -> Result<NoteSignature, CheckpointError> {
    let key_id = key_id(name, TYPE_COSIGNATURE, &ed25519(key)?);
    let signature = key.sign(&cosigned(body, at_s))?;
    let bytes = [&at_s.to_be_bytes()[..], &signature].concat();
    Ok(NoteSignature { name: name.to_owned(), key_id, bytes })
}

fn ed25519(key: &dyn Signer) -> Result<Vec<u8>, CheckpointError> {
    match key.public_key() {
        PublicKey::Ed25519(key) => Ok(key.as_bytes().to_vec()),
        PublicKey::P256(_) => Err(CheckpointError::NotEd25519),
    }
}

/// The text of a checkpoint: three lines.
fn body(checkpoint: &Checkpoint) -> Result<String, Malformed> {
    let Checkpoint { origin, size, root } = checkpoint;
    let empty = *size > 0 || *root == empty_root();
    if !is_origin(origin) || i64::try_from(*size).is_err() || !empty {
        return Err(BODY);
    }
    Ok(format!("{origin}\n{size}\n{}\n", Base64::encode_string(root.as_bytes())))
}

fn cosigned(body: &str, at_s: u64) -> Vec<u8> {
    format!("cosignature/v1\ntime {at_s}\n{body}").into_bytes()
}
