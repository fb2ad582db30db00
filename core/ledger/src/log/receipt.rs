//! A receipt: an entry of a hub's log, and the proof that it is there.

use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::limits::PROOF_HASHES_MAX;
use crate::log::entry::Entry;
use crate::log::proof::root_by_inclusion;
use crate::wire::{Malformed, Wire};

/// A receipt. With the checkpoint that it belongs to it shows that the hub had the subject by the
/// time of that checkpoint.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Receipt {
    /// What reached the hub.
    pub entry: Entry,
    /// The place of its leaf in the log, from 0.
    pub index: u64,
    /// The size of the checkpoint that the proof leads to.
    pub size: u64,
    /// The hashes beside the way from the leaf to the root, from the leaf up.
    pub proof: Vec<Hash>,
}

impl Receipt {
    /// Reads the parts of a receipt as they travel. The proof is checked by [`Receipt::is_in`].
    ///
    /// # Errors
    /// [`Malformed`] when the entry is, or the proof has more than 64 hashes.
    pub fn read(entry: &[u8], index: u64, size: u64, proof: Vec<Hash>) -> Result<Self, Malformed> {
        if proof.len() > PROOF_HASHES_MAX {
            return Err(Malformed::TooLarge { item: "receipt.proof", max: PROOF_HASHES_MAX });
        }
        Ok(Self { entry: Entry::from_wire(entry)?, index, size, proof })
    }

    /// The root that the proof leads to, if it fits the place and the size.
    #[must_use]
    pub fn root(&self) -> Option<Hash> {
        root_by_inclusion(self.entry.leaf(), self.index, self.size, &self.proof)
    }

    /// Whether the entry is in the tree of this checkpoint.
    #[must_use]
    pub fn is_in(&self, checkpoint: &Checkpoint) -> bool {
        self.size == checkpoint.size && self.root() == Some(checkpoint.root)
    }
}
