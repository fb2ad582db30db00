//! An op: a header with the exact bytes that were signed, and the body as far as it is held.

use crate::body::Body;
use crate::hash::{Hash, HashName, Suite};
use crate::header::{BlobRef, Checkpoint, Dep, Header, Over, Ref};
use crate::id::{BootId, DossierId, EntityId, WriterId};
use crate::kind::Kind;
use crate::value::Value;
use crate::wire::{Malformed, Wire};

/// An op as it is stored and relayed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Op {
    /// The decoded header.
    pub header: Header,
    /// The header's bytes as they were signed.
    pub bytes: Vec<u8>,
    /// The op hash.
    pub hash: Hash,
    /// The body, if any of it is held.
    pub body: Option<Body>,
}

/// When an op is written, by the device's own clocks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Moment {
    /// Milliseconds since 1970 UTC, as the device claims.
    pub wall_ms: i64,
    /// Milliseconds since the boot.
    pub mono_ms: u64,
    /// Which start of the device.
    pub boot: BootId,
}

/// What an op says, before it has a place in a chain.
#[derive(Debug, Clone)]
pub struct Draft {
    /// The dossier.
    pub dossier: DossierId,
    /// What it is about.
    pub entity: EntityId,
    /// The verb.
    pub kind: Kind,
    /// Whether a build that does not know the kind must keep off the entity.
    pub critical: bool,
    /// Fields in any order.
    pub fields: Vec<(String, Value)>,
    /// Replaced heads, in any order.
    pub over: Vec<Over>,
    /// Ops of other dossiers, in any order.
    pub refs: Vec<Ref>,
    /// Named blobs, in any order.
    pub blobs: Vec<BlobRef>,
}

/// Where an op goes: the writer, the op before it, and what else the writer has seen.
#[derive(Debug, Clone)]
pub struct Place {
    /// Who writes.
    pub writer: WriterId,
    /// Seq and hash of the writer's last op in the dossier.
    pub head: Option<(u64, Hash)>,
    /// Heads of the other writers, in any order.
    pub deps: Vec<Dep>,
    /// The newest verified checkpoint.
    pub checkpoint: Option<Checkpoint>,
    /// When.
    pub moment: Moment,
}

impl Op {
    /// Writes an op. `salt` is asked once for each field.
    ///
    /// # Errors
    /// [`Malformed`] when the draft breaks a limit or a rule; nothing that a reader would refuse
    /// is ever made.
    pub fn compose(
        draft: Draft,
        place: Place,
        salt: impl FnMut() -> [u8; 16],
    ) -> Result<Self, Malformed> {
        let Draft { dossier, entity, kind, critical, fields, mut over, mut refs, mut blobs } =
            draft;
        let Place { writer, head, mut deps, checkpoint, moment } = place;
        let suite = Suite::Sha256;
        let body = Body::open(fields, salt)?;
        over.iter_mut().for_each(|over| over.heads.sort_unstable());
        over.sort_by(|a, b| a.field.as_bytes().cmp(b.field.as_bytes()));
        refs.sort_by(|a, b| (a.role.len(), a).cmp(&(b.role.len(), b)));
        refs.dedup();
        blobs.sort_unstable();
        deps.sort_unstable();
        let header = Header {
            suite,
            dossier,
            writer,
            seq: head.map_or(0, |(seq, _)| seq + 1),
            prev: head.map(|(_, hash)| hash),
            deps,
            refs,
            checkpoint,
            wall_ms: moment.wall_ms,
            mono_ms: moment.mono_ms,
            boot: moment.boot,
            kind,
            critical,
            entity,
            over,
            body: body.commitment(suite),
            body_len: body.to_wire().len() as u64,
            blobs,
            ext: Vec::new(),
        };
        let bytes = header.to_wire();
        // What is written is read back by the same strict rules before anything is signed.
        Header::from_wire(&bytes)?;
        let hash = suite.hash(HashName::Op, &bytes);
        Ok(Self { header, bytes, hash, body: Some(body) })
    }

    /// Reads an op from the bytes that were signed. Whether the body belongs to it is told by
    /// [`Op::body_fault`].
    ///
    /// # Errors
    /// [`Malformed`] for the header or the body.
    pub fn read(header: &[u8], body: Option<&[u8]>) -> Result<Self, Malformed> {
        let bytes = header.to_vec();
        let header = Header::from_wire(&bytes)?;
        let hash = header.suite.hash(HashName::Op, &bytes);
        let body = body.map(Body::from_wire).transpose()?;
        Ok(Self { header, bytes, hash, body })
    }

    /// What is wrong with the body that is held, if anything is.
    #[must_use]
    pub fn body_fault(&self) -> Option<BodyFault> {
        let body = self.body.as_ref()?;
        if body.commitment(self.header.suite) != self.header.body {
            return Some(BodyFault::Commitment);
        }
        if body.is_whole() && body.to_wire().len() as u64 != self.header.body_len {
            return Some(BodyFault::Length);
        }
        let named = |field: &str| body.fields().iter().any(|own| own.name == field);
        if self.header.over.iter().all(|over| named(&over.field)) {
            None
        } else {
            Some(BodyFault::Over)
        }
    }

    /// The value of a field, if the body is held and the field is open.
    #[must_use]
    pub fn get(&self, field: &str) -> Option<&Value> {
        self.body.as_ref()?.get(field)
    }
}

/// Why a body does not belong to its header.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BodyFault {
    /// It gives another commitment.
    Commitment,
    /// It has another length.
    Length,
    /// The header replaces a field that the body does not have.
    Over,
}
