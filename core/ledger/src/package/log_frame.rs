//! The frames of a hub's log: types 5 to 8 (docs/protocol.md section 12).
//!
//! Only the shape is read here. What an entry, a note or a message says is judged by the rules of
//! the log, so that a bad one is named by its rule.

use crate::hash::Hash;
use crate::limits::FRAME_BYTES_MAX;
use crate::wire::{Malformed, Reader, Writer};

/// A frame of the log.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum LogFrame {
    /// Type 5: the parts of a receipt.
    Receipt {
        /// The encoded entry.
        entry: Vec<u8>,
        /// The place of its leaf.
        index: u64,
        /// The size of the checkpoint that it belongs to.
        size: u64,
        /// The proof of inclusion.
        proof: Vec<Hash>,
    },
    /// Type 6: the signed note of a checkpoint.
    Checkpoint(String),
    /// Type 7: that one checkpoint of a log extends another.
    Consistency {
        /// The log.
        origin: String,
        /// The size of the smaller one.
        old: u64,
        /// The size of the larger one.
        new: u64,
        /// The proof of consistency.
        proof: Vec<Hash>,
    },
    /// Type 8: the COSE message of a refusal.
    Refusal(Vec<u8>),
}

impl LogFrame {
    pub(crate) fn write(&self, out: &mut Writer) {
        match self {
            Self::Receipt { entry, index, size, proof } => {
                out.array(5).uint(5).bytes(entry).uint(*index).uint(*size);
                write_proof(proof, out);
            }
            Self::Checkpoint(note) => {
                out.array(2).uint(6).text(note);
            }
            Self::Consistency { origin, old, new, proof } => {
                out.array(5).uint(7).text(origin).uint(*old).uint(*new);
                write_proof(proof, out);
            }
            Self::Refusal(cose) => {
                out.array(2).uint(8).bytes(cose);
            }
        }
    }

    /// Reads a frame of one of these shapes, from its first byte. Any other shape of these types
    /// is one of a later version.
    pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        let parts = input.array("frame", 16)?;
        match (input.uint("frame")?, parts) {
            (5, 5) => Ok(Self::Receipt {
                entry: input.bytes("receipt.entry", FRAME_BYTES_MAX)?.to_vec(),
                index: input.uint("receipt.index")?,
                size: input.uint("receipt.size")?,
                proof: read_proof(input)?,
            }),
            (6, 2) => Ok(Self::Checkpoint(input.text("note", FRAME_BYTES_MAX)?.to_owned())),
            (7, 5) => Ok(Self::Consistency {
                origin: input.text("consistency.origin", FRAME_BYTES_MAX)?.to_owned(),
                old: input.uint("consistency.old")?,
                new: input.uint("consistency.new")?,
                proof: read_proof(input)?,
            }),
            (8, 2) => Ok(Self::Refusal(input.bytes("refusal", FRAME_BYTES_MAX)?.to_vec())),
            _ => Err(Malformed::Rule { item: "frame", rule: "is of no shape of the log" }),
        }
    }
}

fn write_proof(proof: &[Hash], out: &mut Writer) {
    out.array(proof.len());
    proof.iter().for_each(|hash| hash.write(out));
}

fn read_proof(input: &mut Reader<'_>) -> Result<Vec<Hash>, Malformed> {
    let len = input.array("proof", FRAME_BYTES_MAX / 34)?;
    (0..len).map(|_| Hash::read(input, "proof")).collect()
}
