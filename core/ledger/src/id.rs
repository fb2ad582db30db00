//! Ids: 16 random bytes, of a type of their own for each thing that has one.

use std::fmt;

use crate::hash::Hash;
use crate::wire::{Malformed, Reader, Writer};

macro_rules! id {
    ($(#[$doc:meta])* $name:ident, $item:literal) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub [u8; 16]);

        impl $name {
            /// The bytes, for the wire and the store.
            #[must_use]
            pub fn raw(&self) -> &[u8; 16] {
                &self.0
            }

            /// An id from 16 bytes, or none when the length differs.
            #[must_use]
            pub fn from_slice(bytes: &[u8]) -> Option<Self> {
                bytes.try_into().ok().map(Self)
            }

            pub(crate) fn read(input: &mut Reader<'_>) -> Result<Self, Malformed> {
                input.fixed($item).map(Self)
            }

            pub(crate) fn write(&self, out: &mut Writer) {
                out.bytes(&self.0);
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                for (index, byte) in self.0.iter().enumerate() {
                    if matches!(index, 4 | 6 | 8 | 10) {
                        f.write_str("-")?;
                    }
                    write!(f, "{byte:02x}")?;
                }
                Ok(())
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!($item, " {}"), self)
            }
        }

        impl std::str::FromStr for $name {
            type Err = Malformed;

            fn from_str(text: &str) -> Result<Self, Malformed> {
                const WRONG: Malformed =
                    Malformed::Rule { item: $item, rule: "must be 32 hexadecimal digits" };
                let digits: Vec<u8> = text.bytes().filter(|b| *b != b'-').collect();
                if digits.len() != 32 {
                    return Err(WRONG);
                }
                let mut bytes = [0; 16];
                for (byte, pair) in bytes.iter_mut().zip(digits.chunks_exact(2)) {
                    let pair = std::str::from_utf8(pair).map_err(|_| WRONG)?;
                    *byte = u8::from_str_radix(pair, 16).map_err(|_| WRONG)?;
                }
                Ok(Self(bytes))
            }
        }
    };
}

id!(
    /// A dossier 卷宗: a unit of work, access and replication.
    DossierId,
    "dossier"
);
id!(
    /// A writer: one officer on one installation.
    WriterId,
    "writer"
);
id!(
    /// Something that ops are about: a finding, an answer, a piece of evidence.
    EntityId,
    "entity"
);
id!(
    /// A person, the same on every installation.
    PersonId,
    "person"
);
id!(
    /// One start of a device.
    BootId,
    "boot"
);

impl EntityId {
    /// The id of what is the same thing on every phone, such as the answer to one item of one
    /// check: two officers who answer it offline must meet in one entity.
    #[must_use]
    pub fn derived(dossier: DossierId, name: &str) -> Self {
        use sha2::{Digest, Sha256};
        let mut sha = Sha256::new();
        sha.update(b"angen/entity/1\0");
        sha.update(dossier.0);
        sha.update(name.as_bytes());
        let hash = Hash(sha.finalize().into());
        let mut id = [0; 16];
        id.copy_from_slice(&hash.0[..16]);
        Self(id)
    }
}

impl From<DossierId> for EntityId {
    fn from(dossier: DossierId) -> Self {
        Self(dossier.0)
    }
}
