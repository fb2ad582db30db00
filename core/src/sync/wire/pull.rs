//! What a hub gives to who has signed in: which dossiers changed, their runs, and their receipts.

use crate::store::SealedRun;
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::limits::{
    COSE_BYTES_MAX, ENTRY_BYTES_MAX, NAME_BYTES_MAX, NOTE_BYTES_MAX, PROOF_HASHES_MAX,
};
use angen_ledger::wire::{Malformed, Reader, Wire, Writer, ascending};

use crate::sync::limits::{
    ANSWER_BYTES_MAX, CERTIFICATES_MAX, CHANGES_MAX, PULLED_BYTES_MAX, RECEIPTS_MAX, RUNS_MAX,
};
use crate::sync::wire::{read_no_ext, read_run, write_no_ext, write_run};

/// The hashes of a proof of consistency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Consistency(pub Vec<Hash>);

/// How far a dossier has come at the hub.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Changed {
    /// The dossier.
    pub dossier: DossierId,
    /// How many of its seals have arrived.
    pub arrivals: u64,
    /// The running head over them.
    pub running: Hash,
}

/// Which dossiers of the caller changed since a place in the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Changes {
    /// The log that the places are of.
    pub origin: String,
    /// The place to ask from next.
    pub next: u64,
    /// How many entries the log has: more is to be asked for while `next` is below it.
    pub size: u64,
    /// The dossiers, ascending by id.
    pub changed: Vec<Changed>,
}

/// Runs of a dossier in the order of their arrival.
#[derive(Debug, Clone)]
pub struct PulledRuns {
    /// Of the sealers, each behind its issuer.
    pub certificates: Vec<Vec<u8>>,
    /// The runs; none when there are no more.
    pub runs: Vec<SealedRun>,
    /// The arrival to ask from next.
    pub next: u64,
    /// The running head of the seals before `next`.
    pub running: Hash,
}

/// A receipt as it travels: the size of its checkpoint stands in the note beside it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SentReceipt {
    /// The entry's exact bytes.
    pub entry: Vec<u8>,
    /// The place of its leaf.
    pub index: u64,
    /// From the leaf to the root of the note.
    pub proof: Vec<Hash>,
}

/// Receipts of a dossier, all of one checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipts {
    /// The checkpoint as a signed note.
    pub note: String,
    /// The receipts, ascending by place; none when there are no more.
    pub receipts: Vec<SentReceipt>,
    /// The place to ask from next.
    pub next: u64,
}

impl Wire for Consistency {
    const ITEM: &'static str = "consistency";
    const BYTES_MAX: usize = 4_096;

    fn write(&self, out: &mut Writer) {
        out.array(2);
        write_proof(out, &self.0);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("consistency", 2)?;
        let proof = read_proof(input)?;
        read_no_ext(input)?;
        Ok(Self(proof))
    }
}

impl Wire for Changes {
    const ITEM: &'static str = "changes";
    const BYTES_MAX: usize = ANSWER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).text(&self.origin).uint(self.next).uint(self.size);
        out.array(self.changed.len());
        for changed in &self.changed {
            out.array(3).bytes(changed.dossier.raw()).uint(changed.arrivals);
            out.bytes(changed.running.as_bytes());
        }
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("changes", 5)?;
        let origin = input.text("changes.origin", NAME_BYTES_MAX)?.to_owned();
        let (next, size) = (input.uint("changes.next")?, input.uint("changes.size")?);
        let len = input.array("changes.changed", CHANGES_MAX)?;
        let one = |_| {
            input.tuple("changes.changed", 3)?;
            Ok(Changed {
                dossier: DossierId(input.fixed("changes.dossier")?),
                arrivals: input.uint("changes.arrivals")?,
                running: Hash(input.fixed("changes.running")?),
            })
        };
        let changed: Vec<Changed> = (0..len).map(one).collect::<Result<_, Malformed>>()?;
        ascending("changes.changed", &changed)?;
        read_no_ext(input)?;
        Ok(Self { origin, next, size, changed })
    }
}

impl Wire for PulledRuns {
    const ITEM: &'static str = "pulled";
    const BYTES_MAX: usize = PULLED_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(5).array(self.certificates.len());
        for cose in &self.certificates {
            out.bytes(cose);
        }
        out.array(self.runs.len());
        for run in &self.runs {
            write_run(out, run);
        }
        out.uint(self.next).bytes(self.running.as_bytes());
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("pulled", 5)?;
        let len = input.array("pulled.certificates", CERTIFICATES_MAX)?;
        let mut certificates = Vec::new();
        for _ in 0..len {
            certificates.push(input.bytes("pulled.certificates", COSE_BYTES_MAX)?.to_vec());
        }
        let len = input.array("pulled.runs", RUNS_MAX)?;
        let runs = (0..len).map(|_| read_run(input)).collect::<Result<_, _>>()?;
        let next = input.uint("pulled.next")?;
        let running = Hash(input.fixed("pulled.running")?);
        read_no_ext(input)?;
        Ok(Self { certificates, runs, next, running })
    }
}

impl Wire for Receipts {
    const ITEM: &'static str = "receipts";
    const BYTES_MAX: usize = ANSWER_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(4).text(&self.note).array(self.receipts.len());
        for receipt in &self.receipts {
            out.array(3).bytes(&receipt.entry).uint(receipt.index);
            write_proof(out, &receipt.proof);
        }
        out.uint(self.next);
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("receipts", 4)?;
        let note = input.text("receipts.note", NOTE_BYTES_MAX)?.to_owned();
        let len = input.array("receipts.receipts", RECEIPTS_MAX)?;
        let mut receipts = Vec::new();
        for _ in 0..len {
            input.tuple("receipt", 3)?;
            receipts.push(SentReceipt {
                entry: input.bytes("receipt.entry", ENTRY_BYTES_MAX)?.to_vec(),
                index: input.uint("receipt.index")?,
                proof: read_proof(input)?,
            });
        }
        let next = input.uint("receipts.next")?;
        read_no_ext(input)?;
        Ok(Self { note, receipts, next })
    }
}

fn write_proof(out: &mut Writer, proof: &[Hash]) {
    out.array(proof.len());
    for hash in proof {
        out.bytes(hash.as_bytes());
    }
}

fn read_proof(input: &mut Reader<'_>) -> Result<Vec<Hash>, Malformed> {
    let len = input.array("proof", PROOF_HASHES_MAX)?;
    (0..len).map(|_| input.fixed("proof").map(Hash)).collect()
}
