//! What a hub holds last of the writer who asks.

use angen_ledger::hash::Hash;
use angen_ledger::wire::{Malformed, Reader, Wire, Writer};

use crate::sync::wire::{read_no_ext, write_no_ext};

/// A seal by its number in the chain of its writer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NumberedSeal {
    /// Its number, over all dossiers.
    pub number: u64,
    /// Its hash.
    pub seal: Hash,
}

/// The last seal of the caller's writer; none when nothing of hers has arrived.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Own {
    /// The seal.
    pub last: Option<NumberedSeal>,
}

impl Wire for Own {
    const ITEM: &'static str = "own";
    const BYTES_MAX: usize = 64;

    fn write(&self, out: &mut Writer) {
        out.array(2).optional(self.last, |out, last| {
            out.array(2).uint(last.number).bytes(last.seal.as_bytes());
        });
        write_no_ext(out);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("own", 2)?;
        let last = input.optional("own.last", |input| {
            input.tuple("own.last", 2)?;
            let number = input.uint("own.number")?;
            Ok(NumberedSeal { number, seal: Hash(input.fixed("own.seal")?) })
        })?;
        read_no_ext(input)?;
        Ok(Self { last })
    }
}
