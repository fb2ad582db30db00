//! Receipts that are asked for by what they are about: whoever pushes and may not read gets them.

use angen_ledger::hash::Hash;
use angen_ledger::limits::COSE_BYTES_MAX;
use angen_ledger::wire::{Malformed, Reader, Wire, Writer};

use crate::sync::limits::{ASKED_BYTES_MAX, RECEIPTS_MAX};

/// What somebody wants the receipts of, in one dossier: at most [`RECEIPTS_MAX`] together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Asked {
    /// Seals as COSE messages. Their hashes stand in the seals that follow them, also in those of
    /// other dossiers; the bytes show that the one who asks has the records.
    pub seals: Vec<Vec<u8>>,
    /// Addresses of blobs.
    pub blobs: Vec<Hash>,
}

impl Wire for Asked {
    const ITEM: &'static str = "asked";
    const BYTES_MAX: usize = ASKED_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(2).array(self.seals.len());
        for cose in &self.seals {
            out.bytes(cose);
        }
        out.array(self.blobs.len());
        for address in &self.blobs {
            out.bytes(address.as_bytes());
        }
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("asked", 2)?;
        let len = input.array("asked.seals", RECEIPTS_MAX)?;
        let one = |_| Ok(input.bytes("asked.seals", COSE_BYTES_MAX)?.to_vec());
        let seals = (0..len).map(one).collect::<Result<Vec<_>, Malformed>>()?;
        let len = input.array("asked.blobs", RECEIPTS_MAX - seals.len())?;
        let one = |_| input.fixed("asked.blobs").map(Hash);
        Ok(Self { seals, blobs: (0..len).map(one).collect::<Result<_, Malformed>>()? })
    }
}
