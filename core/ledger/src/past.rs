//! What ops build on, directly and through others: who has seen what, without any clock.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::Hash;
use crate::header::Header;

/// The past relation of docs/protocol.md section 3 over some ops of one dossier.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Past {
    before: BTreeMap<Hash, Vec<Hash>>,
}

impl Past {
    /// Takes an op. Taking it again changes nothing; the order of ops does not matter.
    pub fn note(&mut self, op: Hash, header: &Header) {
        let deps = header.deps.iter().map(|dep| dep.op);
        let over = header.over.iter().flat_map(|over| over.heads.iter().copied());
        self.before.insert(op, header.prev.into_iter().chain(deps).chain(over).collect());
    }

    /// Every op that an op builds on, itself left out. What is not here has no past here.
    #[must_use]
    pub fn of(&self, op: Hash) -> BTreeSet<Hash> {
        let mut seen = BTreeSet::new();
        let mut open = vec![op];
        while let Some(next) = open.pop() {
            for before in self.before.get(&next).into_iter().flatten() {
                if seen.insert(*before) {
                    open.push(*before);
                }
            }
        }
        seen
    }

    /// Whether whoever wrote `later` had `earlier` before their eyes.
    #[must_use]
    pub fn has_seen(&self, later: Hash, earlier: Hash) -> bool {
        later != earlier && self.of(later).contains(&earlier)
    }

    /// Whether neither writer knew of the other's op.
    #[must_use]
    pub fn are_apart(&self, one: Hash, other: Hash) -> bool {
        one != other && !self.has_seen(one, other) && !self.has_seen(other, one)
    }
}
