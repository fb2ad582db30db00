//! What travels in bodies: certificates and runs to the hub, heads back; then who asks, and what is
//! pulled (docs/hub.md).

mod asked;
mod enrol;
mod own;
mod pull;
mod session;

use crate::store::SealedRun;
use angen_ledger::hash::Hash;
use angen_ledger::header::Dep;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::limits::{BODY_BYTES_MAX, COSE_BYTES_MAX, HEADER_BYTES_MAX, SEAL_OPS_MAX};
use angen_ledger::wire::{Malformed, Reader, Wire, Writer, ascending};
use sha2::{Digest, Sha256};

use crate::sync::limits::{
    ANSWER_BYTES_MAX, CERTIFICATES_BYTES_MAX, CERTIFICATES_MAX, HEADS_MAX, RUNS_BYTES_MAX, RUNS_MAX,
};

pub use asked::Asked;
pub use enrol::{AskState, GivenAnswer, Invite, Invited, LaidAsk, WaitingAsk, WaitingAsks};
pub use own::{NumberedSeal, Own};
pub use pull::{Changed, Changes, Consistency, PulledRuns, Receipts, SentReceipt};
pub use session::{Challenge, ChallengeAnswer, Limit, Limited, Token};

/// Certificates as COSE messages, issuers first.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Certificates(pub Vec<Vec<u8>>);

/// Sealed runs of one dossier.
#[derive(Debug, Clone)]
pub struct Runs(pub Vec<SealedRun>);

/// What a hub holds of a dossier.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct HubHead {
    /// The dossier.
    pub dossier: DossierId,
    /// The ends of every chain, ascending by writer, seq and hash; more than one of a writer is
    /// a fork.
    pub heads: Vec<Dep>,
    /// One hash over all of it.
    pub head: Hash,
    /// Ops that are held and wait for something in their past; no head counts them.
    pub pending: u64,
}

/// What a hub did with what it was sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Stored {
    /// What it holds now, on its disk.
    pub head: HubHead,
    /// Ops that it did not have.
    pub new_ops: u64,
    /// Ops that it had.
    pub known_ops: u64,
}

/// What a hub did with certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Admitted {
    /// Certificates that it did not have.
    pub new: u64,
    /// Certificates that it had.
    pub known: u64,
}

impl HubHead {
    /// What is held, with its hash.
    #[must_use]
    pub fn new(dossier: DossierId, heads: Vec<Dep>, pending: u64) -> Self {
        let head = head_over(dossier, &heads);
        Self { dossier, heads, head, pending }
    }
}

/// `H("angen/heads/1", [dossier, heads])`: equal exactly where the same chains are held.
#[must_use]
pub fn head_over(dossier: DossierId, heads: &[Dep]) -> Hash {
    let mut out = Writer::default();
    out.array(2).bytes(dossier.raw());
    write_heads(&mut out, heads);
    let mut sha = Sha256::new();
    sha.update(b"angen/heads/1\0");
    sha.update(out.into_bytes());
    Hash(sha.finalize().into())
}

impl Wire for Certificates {
    const ITEM: &'static str = "certificates";
    const BYTES_MAX: usize = CERTIFICATES_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(self.0.len());
        for cose in &self.0 {
            out.bytes(cose);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let len = input.array("certificates", CERTIFICATES_MAX)?;
        let one = |_| Ok(input.bytes("certificates", COSE_BYTES_MAX)?.to_vec());
        (0..len).map(one).collect::<Result<_, _>>().map(Self)
    }
}

impl Wire for Runs {
    const ITEM: &'static str = "runs";
    const BYTES_MAX: usize = RUNS_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(self.0.len());
        for run in &self.0 {
            write_run(out, run);
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let len = input.array("runs", RUNS_MAX)?;
        (0..len).map(|_| read_run(input)).collect::<Result<_, _>>().map(Self)
    }
}

impl Wire for HubHead {
    const ITEM: &'static str = "head";
    const BYTES_MAX: usize = ANSWER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).bytes(self.dossier.raw());
        write_heads(out, &self.heads);
        out.bytes(self.head.as_bytes()).uint(self.pending);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("head", 5)?;
        let dossier = DossierId(input.fixed("head.dossier")?);
        let len = input.array("head.heads", HEADS_MAX)?;
        let heads: Vec<Dep> = (0..len).map(|_| read_head(input)).collect::<Result<_, _>>()?;
        ascending("head.heads", &heads)?;
        let head = Hash(input.fixed("head.head")?);
        if head != head_over(dossier, &heads) {
            return Err(Malformed::Rule { item: "head.head", rule: "is the hash of the heads" });
        }
        let pending = input.uint("head.pending")?;
        read_no_ext(input)?;
        Ok(Self { dossier, heads, head, pending })
    }
}

impl Wire for Stored {
    const ITEM: &'static str = "stored";
    const BYTES_MAX: usize = ANSWER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(4);
        self.head.write(out);
        out.uint(self.new_ops).uint(self.known_ops);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("stored", 4)?;
        let stored = Self {
            head: HubHead::read(input)?,
            new_ops: input.uint("stored.new")?,
            known_ops: input.uint("stored.known")?,
        };
        read_no_ext(input)?;
        Ok(stored)
    }
}

impl Wire for Admitted {
    const ITEM: &'static str = "admitted";
    const BYTES_MAX: usize = 64;

    fn write(&self, out: &mut Writer) {
        out.array(3).uint(self.new).uint(self.known);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("admitted", 3)?;
        let admitted =
            Self { new: input.uint("admitted.new")?, known: input.uint("admitted.known")? };
        read_no_ext(input)?;
        Ok(admitted)
    }
}

fn write_run(out: &mut Writer, run: &SealedRun) {
    out.array(2).array(run.ops.len());
    for (header, body) in &run.ops {
        out.array(2).bytes(header).optional(body.as_ref(), |out, body| {
            out.bytes(body);
        });
    }
    out.bytes(&run.seal);
}

fn read_run(input: &mut Reader<'_>) -> Result<SealedRun, Malformed> {
    input.tuple("run", 2)?;
    let len = input.array("run.ops", SEAL_OPS_MAX)?;
    let mut ops = Vec::new();
    for _ in 0..len {
        input.tuple("run.op", 2)?;
        let header = input.bytes("run.header", HEADER_BYTES_MAX)?.to_vec();
        let body = input.optional("run.body", |input| input.bytes("run.body", BODY_BYTES_MAX))?;
        ops.push((header, body.map(<[u8]>::to_vec)));
    }
    Ok(SealedRun { ops, seal: input.bytes("run.seal", COSE_BYTES_MAX)?.to_vec() })
}

fn write_heads(out: &mut Writer, heads: &[Dep]) {
    out.array(heads.len());
    for head in heads {
        out.array(3).bytes(head.writer.raw()).uint(head.seq).bytes(head.op.as_bytes());
    }
}

fn read_head(input: &mut Reader<'_>) -> Result<Dep, Malformed> {
    input.tuple("heads", 3)?;
    Ok(Dep {
        writer: WriterId(input.fixed("heads.writer")?),
        seq: input.uint("heads.seq")?,
        op: Hash(input.fixed("heads.op")?),
    })
}

/// Answers end with a map for what later versions add; version 1 puts nothing into it.
fn write_no_ext(out: &mut Writer) {
    out.map(0);
}

fn read_no_ext(input: &mut Reader<'_>) -> Result<(), Malformed> {
    input.map("ext", 0).map(|_| ())
}
