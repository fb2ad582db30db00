//! The header of an op: who, where in the chain, when by whose clock, about what.

use crate::hash::{Hash, HashName, Suite};
use crate::id::{BootId, DossierId, EntityId, WriterId};
use crate::kind::Kind;
use crate::limits::{
    BLOB_BYTES_MAX, BLOBS_MAX, BODY_BYTES_MAX, DEPS_MAX, EXT_MAX, FIELD_NAME_BYTES_MAX,
    HEADER_BYTES_MAX, NAME_BYTES_MAX, OVER_FIELDS_MAX, OVER_HEADS_MAX, REFS_MAX, ROLE_BYTES_MAX,
};
use crate::value::{Value, read_pairs, write_pairs};
use crate::wire::{Malformed, Reader, Wire, Writer, ascending};

/// The head of another writer of the same dossier.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Dep {
    /// Whose op it is.
    pub writer: WriterId,
    /// Its place in that writer's chain.
    pub seq: u64,
    /// Its op hash.
    pub op: Hash,
}

/// An op of another dossier that this one relies on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Ref {
    /// What the other op is to this one, such as `enterprise`.
    pub role: String,
    /// The other dossier.
    pub dossier: DossierId,
    /// The op hash.
    pub op: Hash,
}

/// The ops whose value of a field this op replaces.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Over {
    /// The field.
    pub field: String,
    /// The replaced heads, ascending.
    pub heads: Vec<Hash>,
}

/// A hub checkpoint that the device had verified: the op was not written before it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Checkpoint {
    /// The log's origin line.
    pub origin: String,
    /// Leaves in the log.
    pub size: u64,
    /// Root of the tree.
    pub root: Hash,
}

/// A blob named by an op.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BlobRef {
    /// SHA-256 of the ciphertext.
    pub address: Hash,
    /// Bytes of the ciphertext.
    pub length: u64,
}

/// A header. Field by field as docs/protocol.md section 3 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Header {
    /// Hash and signatures.
    pub suite: Suite,
    /// The dossier.
    pub dossier: DossierId,
    /// Who pressed.
    pub writer: WriterId,
    /// Place in the writer's chain in this dossier, from 0.
    pub seq: u64,
    /// The op before, absent exactly at 0.
    pub prev: Option<Hash>,
    /// Heads of other writers, ascending.
    pub deps: Vec<Dep>,
    /// Ops of other dossiers, ascending.
    pub refs: Vec<Ref>,
    /// The newest checkpoint the device had verified.
    pub checkpoint: Option<Checkpoint>,
    /// Milliseconds since 1970 UTC by the device's clock: a claim.
    pub wall_ms: i64,
    /// Milliseconds since the boot.
    pub mono_ms: u64,
    /// Which start of the device.
    pub boot: BootId,
    /// The verb.
    pub kind: Kind,
    /// A build that does not know the kind must not write to the entity.
    pub critical: bool,
    /// What the op is about.
    pub entity: EntityId,
    /// Replaced values, ascending by field.
    pub over: Vec<Over>,
    /// Commitment to the body.
    pub body: Hash,
    /// Bytes of the whole body.
    pub body_len: u64,
    /// Named blobs, ascending.
    pub blobs: Vec<BlobRef>,
    /// Extensions, kept as they are.
    pub ext: Vec<(String, Value)>,
}

impl Header {
    /// The op hash of the encoded header.
    #[must_use]
    pub fn hash(&self) -> Hash {
        self.suite.hash(HashName::Op, &self.to_wire())
    }

    /// The op before, in the bytes of a header that was read strictly when it came: nothing behind
    /// it is looked at.
    ///
    /// # Errors
    /// `Shape` for bytes that do not begin as a header does.
    pub fn prev_in(bytes: &[u8]) -> Result<Option<Hash>, Malformed> {
        let input = &mut Reader::new(bytes);
        input.tuple("header", 19)?;
        // Suite, dossier, writer, seq.
        (0..4).try_for_each(|_| input.skip("header"))?;
        input.optional("header.prev", |input| Hash::read(input, "header.prev"))
    }

    fn check(&self) -> Result<(), Malformed> {
        if self.prev.is_none() != (self.seq == 0) {
            return Err(Malformed::Rule {
                item: "header.prev",
                rule: "must be absent at the first op of a chain, and only there",
            });
        }
        ascending("header.deps", &self.deps)?;
        let refs: Vec<_> =
            self.refs.iter().map(|r| (r.role.len(), &r.role, r.dossier, r.op)).collect();
        ascending("header.refs", &refs)?;
        let fields: Vec<_> = self.over.iter().map(|over| over.field.as_bytes()).collect();
        ascending("header.over", &fields)?;
        self.over.iter().try_for_each(|over| ascending("header.over", &over.heads))?;
        let addresses: Vec<_> = self.blobs.iter().map(|blob| blob.address).collect();
        ascending("header.blobs", &addresses)?;
        if self.refs.iter().any(|reference| reference.dossier == self.dossier) {
            return Err(Malformed::Rule {
                item: "header.refs",
                rule: "names ops of other dossiers, not of the op's own",
            });
        }
        if self.deps.iter().any(|dep| dep.writer == self.writer) {
            return Err(Malformed::Rule {
                item: "header.deps",
                rule: "names other writers, not the op's own",
            });
        }
        Ok(())
    }
}

impl Wire for Header {
    const ITEM: &'static str = "header";
    const BYTES_MAX: usize = HEADER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(19).uint(self.suite.number());
        self.dossier.write(out);
        self.writer.write(out);
        out.uint(self.seq).optional(self.prev, |out, prev| prev.write(out));
        out.array(self.deps.len());
        for dep in &self.deps {
            out.array(3);
            dep.writer.write(out);
            out.uint(dep.seq);
            dep.op.write(out);
        }
        out.array(self.refs.len());
        for reference in &self.refs {
            out.array(3).text(&reference.role);
            reference.dossier.write(out);
            reference.op.write(out);
        }
        out.optional(self.checkpoint.as_ref(), |out, checkpoint| {
            out.array(3).text(&checkpoint.origin).uint(checkpoint.size);
            checkpoint.root.write(out);
        });
        out.int(self.wall_ms).uint(self.mono_ms);
        self.boot.write(out);
        out.text(self.kind.as_str()).bool(self.critical);
        self.entity.write(out);
        out.array(self.over.len());
        for over in &self.over {
            out.array(2).text(&over.field).array(over.heads.len());
            over.heads.iter().for_each(|head| head.write(out));
        }
        self.body.write(out);
        out.uint(self.body_len).array(self.blobs.len());
        for blob in &self.blobs {
            out.array(2);
            blob.address.write(out);
            out.uint(blob.length);
        }
        write_pairs(out, &self.ext);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("header", 19)?;
        let header = Self {
            suite: Suite::read(input)?,
            dossier: DossierId::read(input)?,
            writer: WriterId::read(input)?,
            seq: input.uint("header.seq")?,
            prev: input.optional("header.prev", |input| Hash::read(input, "header.prev"))?,
            deps: list(input, "header.deps", DEPS_MAX, read_dep)?,
            refs: list(input, "header.refs", REFS_MAX, read_ref)?,
            checkpoint: input.optional("header.checkpoint", read_checkpoint)?,
            wall_ms: input.int("header.wall")?,
            mono_ms: input.uint("header.mono")?,
            boot: BootId::read(input)?,
            kind: Kind::read(input)?,
            critical: input.bool("header.critical")?,
            entity: EntityId::read(input)?,
            over: list(input, "header.over", OVER_FIELDS_MAX, read_over)?,
            body: Hash::read(input, "header.body")?,
            body_len: bounded(input, "header.body_len", BODY_BYTES_MAX as u64)?,
            blobs: list(input, "header.blobs", BLOBS_MAX, read_blob)?,
            ext: read_pairs(input, 0, EXT_MAX)?,
        };
        header.check()?;
        Ok(header)
    }
}

fn list<T>(
    input: &mut Reader<'_>,
    item: &'static str,
    max: usize,
    read: fn(&mut Reader<'_>) -> Result<T, Malformed>,
) -> Result<Vec<T>, Malformed> {
    let len = input.array(item, max)?;
    (0..len).map(|_| read(input)).collect()
}

fn bounded(input: &mut Reader<'_>, item: &'static str, max: u64) -> Result<u64, Malformed> {
    let value = input.uint(item)?;
    if value <= max { Ok(value) } else { Err(Malformed::Rule { item, rule: "is over its limit" }) }
}

fn read_dep(input: &mut Reader<'_>) -> Result<Dep, Malformed> {
    input.tuple("header.deps", 3)?;
    Ok(Dep {
        writer: WriterId::read(input)?,
        seq: input.uint("header.deps")?,
        op: Hash::read(input, "header.deps")?,
    })
}

fn read_ref(input: &mut Reader<'_>) -> Result<Ref, Malformed> {
    input.tuple("header.refs", 3)?;
    let role = input.text("header.refs", ROLE_BYTES_MAX)?;
    if role.is_empty() || !role.bytes().all(|b| b.is_ascii_lowercase() || b == b'_') {
        return Err(Malformed::Rule { item: "header.refs", rule: "a role is of a-z and _" });
    }
    Ok(Ref {
        role: role.to_owned(),
        dossier: DossierId::read(input)?,
        op: Hash::read(input, "header.refs")?,
    })
}

fn read_checkpoint(input: &mut Reader<'_>) -> Result<Checkpoint, Malformed> {
    input.tuple("header.checkpoint", 3)?;
    Ok(Checkpoint {
        origin: input.text("header.checkpoint", NAME_BYTES_MAX)?.to_owned(),
        size: input.uint("header.checkpoint")?,
        root: Hash::read(input, "header.checkpoint")?,
    })
}

fn read_over(input: &mut Reader<'_>) -> Result<Over, Malformed> {
    input.tuple("header.over", 2)?;
    let field = input.text("header.over", FIELD_NAME_BYTES_MAX)?.to_owned();
    let heads = list(input, "header.over", OVER_HEADS_MAX, |i| Hash::read(i, "header.over"))?;
    if heads.is_empty() {
        return Err(Malformed::Rule { item: "header.over", rule: "names at least one op" });
    }
    Ok(Over { field, heads })
}

fn read_blob(input: &mut Reader<'_>) -> Result<BlobRef, Malformed> {
    input.tuple("header.blobs", 2)?;
    Ok(BlobRef {
        address: Hash::read(input, "header.blobs")?,
        length: bounded(input, "header.blobs", BLOB_BYTES_MAX)?,
    })
}
