//! What does not lead to a known root is not believed: on a phone and at a hub.

use std::collections::BTreeSet;

use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;

use crate::error::{Error, Result};
use crate::store::{self, Store};

/// Why certificates are not believed.
pub enum Untrusted {
    /// One of them leads to a root that is not known here.
    OtherRoot,
    /// One of them is none, or was not issued so; or the store failed.
    Core(Error),
}

impl<E: Into<Error>> From<E> for Untrusted {
    fn from(error: E) -> Self {
        Self::Core(error.into())
    }
}

/// Refuses certificates of which one does not lead to a known root. How many are new and known.
///
/// # Errors
/// [`Untrusted`].
pub fn check_certificates(
    store: &Store,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Untrusted> {
    let mut trust = Trust::default();
    for (_, held) in store.read(store::certificates)? {
        trust.admit(&held)?;
    }
    let (mut new, mut known) = (0, 0);
    for cose in given {
        let certificate = SignedCertificate::read(cose)?;
        if trust.get(&certificate.hash).is_some() {
            known += 1;
        } else {
            trust.admit(&certificate)?;
            new += 1;
        }
        if !trust.root_of(&certificate.hash).is_some_and(|root| roots.contains(&root)) {
            return Err(Untrusted::OtherRoot);
        }
    }
    Ok((new, known))
}

/// The certificates of some signers with those above them, each behind its issuer.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn with_issuers(store: &Store, signers: BTreeSet<Hash>) -> Result<Vec<Vec<u8>>> {
    let held = store.read(store::certificates)?;
    let mut wanted = signers;
    // Issuers come first in the store, so going backwards meets each before its issuer.
    for (_, certificate) in held.iter().rev() {
        if wanted.contains(&certificate.hash) {
            wanted.extend(certificate.signed.signer);
        }
    }
    let chosen = held.into_iter().filter(|(_, certificate)| wanted.contains(&certificate.hash));
    Ok(chosen.map(|(cose, _)| cose).collect())
}
