//! What of a package counts: which ops were written by a revoked writer behind the cut, and how far
//! the package can tell (docs/protocol.md section 13).
//!
//! It stands beside the rules and changes none of them: a record that does not count is as intact
//! as any other. What is carried in the package is judged, with what the reader knows besides; a
//! package cannot tell of a revocation that nobody put into it.

use crate::certificate::SignedCertificate;
use crate::hash::Hash;
use crate::id::WriterId;
use crate::op::Op;
use crate::revocation::{Link, Links};

/// What a reader knows of revocations besides the package.
#[derive(Debug, Clone, Default)]
pub struct Known {
    /// Ops that revoke and adopt; others are passed over.
    pub ops: Vec<Op>,
    /// The ops of the writers that they speak of, as far as the reader has them.
    pub links: Links,
    /// Certificates that the reader has admitted.
    pub certificates: Vec<SignedCertificate>,
}

/// An op that does not count.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Aside {
    /// The op.
    pub op: Hash,
    /// Where it stands.
    pub link: Link,
    /// What it says.
    pub kind: String,
    /// When, by the writer's clock, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// The revocation that cuts it off.
    pub by: Hash,
    /// How sure that is.
    pub place: Place,
}

/// Where an op that does not count stands to the cut.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Place {
    /// Behind it.
    Behind,
    /// Behind it, and it names a checkpoint of a hub that is no older than the one that the
    /// revocation names: it was written after the writer was revoked, whatever its clock says.
    After,
    /// Its number is not behind the cut, and the op that the cut names is not here: until that
    /// comes nobody can tell.
    Unclear,
}

/// A seal that covers ops that do not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct AsideSeal {
    /// Whose it is.
    pub writer: WriterId,
    /// Its number.
    pub number: u64,
    /// How many of its ops do not count.
    pub ops: u64,
}

/// A revocation that counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Revoked {
    /// The op that revokes.
    pub op: Hash,
    /// Who is revoked.
    pub writer: WriterId,
    /// Who revoked.
    pub by: WriterId,
    /// Why, where it is disclosed.
    pub reason: Option<String>,
    /// When, by that device, in milliseconds since 1970 UTC.
    pub wall_ms: i64,
    /// Whether the package itself has it; otherwise the reader knew of it.
    pub is_carried: bool,
}

/// How far a package can tell of revocations.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Not at all: nothing of a roster is in it.
    Nothing,
    /// As far as the exporter put revocations into it: a part of a roster. Its newest op is of this
    /// moment, by the clock of the writer.
    Part {
        /// Milliseconds since 1970 UTC.
        newest_ms: i64,
    },
    /// All that the roster had when it was exported. Its newest op is of this moment.
    Whole {
        /// Milliseconds since 1970 UTC.
        newest_ms: i64,
    },
}

/// What of a package counts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Standing {
    /// How far the package itself can tell.
    pub reach: Reach,
    /// The revocations that count, of writers who wrote in the package or closed it.
    pub revoked: Vec<Revoked>,
    /// The ops that do not count, in the order of the package.
    pub aside: Vec<Aside>,
    /// The seals that cover them, by writer and number.
    pub seals: Vec<AsideSeal>,
    /// Ops that revoke or adopt and are not disclosed far enough to be judged.
    pub closed: u64,
    /// Whether who closed the package is revoked. When it was closed only that key says; what is in
    /// it stands by its own seals.
    pub is_exporter_revoked: bool,
}

impl Standing {
    /// Whether the package has something that does not count.
    #[must_use]
    pub fn is_limited(&self) -> bool {
        !self.aside.is_empty()
    }
}
