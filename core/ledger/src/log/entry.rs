//! An entry of the log: what reached a hub, in which order within its dossier, and when.

use crate::hash::{Hash, HashName, Suite};
use crate::id::DossierId;
use crate::limits::{BLOB_BYTES_MAX, ENTRY_BYTES_MAX, SEAL_OPS_MAX};
use crate::log::node::leaf_hash;
use crate::wire::{Malformed, Reader, Wire, Writer};

/// What an entry is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Logged {
    /// A seal, and with it the ops of its run: 0 on the wire.
    Seal,
    /// A blob's ciphertext: 1 on the wire.
    Blob,
}

/// An entry. Field by field as docs/protocol.md section 12 has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entry {
    /// Hash and signatures.
    pub suite: Suite,
    /// 16 random bytes: the public tree tells nothing to who has not the entry.
    pub salt: [u8; 16],
    /// What reached the hub.
    pub what: Logged,
    /// The seal hash, or the blob's address.
    pub subject: Hash,
    /// The dossier.
    pub dossier: DossierId,
    /// For a seal, how many seals of the dossier came before it; for a blob, how many had come.
    pub arrival: u64,
    /// The running head of the dossier with this seal; for a blob, as it was then.
    pub running: Hash,
    /// Ops of the run, or bytes of the ciphertext.
    pub length: u64,
    /// When it was received, in milliseconds since 1970 UTC by the hub's clock.
    pub received_ms: i64,
}

/// The running head of a dossier without seals.
pub const RUNNING_NONE: Hash = Hash([0; 32]);

/// The running head after one more seal: `H("angen/running/1", before || seal hash)`.
#[must_use]
pub fn running(before: &Hash, seal: &Hash) -> Hash {
    let both = [before.0, seal.0].concat();
    Suite::Sha256.hash(HashName::Running, &both)
}

impl Entry {
    /// The data of the leaf: `H("angen/entry/1", entry)`. This is what the log's tree is over, the
    /// entry itself stays with those who may see it.
    #[must_use]
    pub fn leaf_data(&self) -> Hash {
        self.suite.hash(HashName::Entry, &self.to_wire())
    }

    /// The leaf hash.
    #[must_use]
    pub fn leaf(&self) -> Hash {
        leaf_hash(self.leaf_data().as_bytes())
    }

    fn check(&self) -> Result<(), Malformed> {
        let within = match self.what {
            Logged::Seal => (1..=SEAL_OPS_MAX as u64).contains(&self.length),
            Logged::Blob => self.length <= BLOB_BYTES_MAX,
        };
        if !within {
            return Err(Malformed::Rule { item: "entry.length", rule: "is not within its limits" });
        }
        let first = match self.what {
            Logged::Seal => running(&RUNNING_NONE, &self.subject),
            Logged::Blob => RUNNING_NONE,
        };
        if self.arrival == 0 && self.running != first {
            return Err(Malformed::Rule {
                item: "entry.running",
                rule: "must begin with the first seal of the dossier",
            });
        }
        Ok(())
    }
}

impl Wire for Entry {
    const ITEM: &'static str = "entry";
    const BYTES_MAX: usize = ENTRY_BYTES_MAX;

    fn write(&self, out: &mut Writer) {
        out.array(10).uint(1).uint(self.suite.number()).bytes(&self.salt);
        out.uint(match self.what {
            Logged::Seal => 0,
            Logged::Blob => 1,
        });
        self.subject.write(out);
        self.dossier.write(out);
        out.uint(self.arrival);
        self.running.write(out);
        out.uint(self.length).int(self.received_ms);
    }

    fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
        input.tuple("entry", 10)?;
        if input.uint("entry.version")? != 1 {
            return Err(Malformed::Rule { item: "entry.version", rule: "must be 1" });
        }
        let entry = Self {
            suite: Suite::read(input)?,
            salt: input.fixed("entry.salt")?,
            what: match input.uint("entry.what")? {
                0 => Logged::Seal,
                1 => Logged::Blob,
                _ => return Err(Malformed::Rule { item: "entry.what", rule: "must be 0 or 1" }),
            },
            subject: Hash::read(input, "entry.subject")?,
            dossier: DossierId::read(input)?,
            arrival: input.uint("entry.arrival")?,
            running: Hash::read(input, "entry.running")?,
            length: input.uint("entry.length")?,
            received_ms: input.int("entry.received")?,
        };
        entry.check()?;
        Ok(entry)
    }
}
