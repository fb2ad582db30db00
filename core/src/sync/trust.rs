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

/// Why certificates are not believed, and which of them, if it is one.
pub struct Unbelieved {
    /// The certificate.
    pub certificate: Option<Hash>,
    /// Why.
    pub why: Untrusted,
}

impl<E: Into<Error>> From<E> for Unbelieved {
    fn from(error: E) -> Self {
        Self { certificate: None, why: Untrusted::Core(error.into()) }
    }
}

/// As [`judge_certificates`], for whoever need not know which one it was.
///
/// # Errors
/// [`Untrusted`].
pub fn check_certificates(
    store: &Store,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Untrusted> {
    judge_certificates(store, roots, given).map_err(|unbelieved| unbelieved.why)
}

/// Refuses certificates of which one does not lead to a known root. How many are new and known.
///
/// # Errors
/// [`Unbelieved`].
pub fn judge_certificates(
    store: &Store,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Unbelieved> {
    judge_by(roots, given, |signers| store.read(|read| store::trust_in(read, signers)))
}

/// The same by whatever store: `trust_in` gives the trust in some signers, as far as they are held.
///
/// # Errors
/// [`Unbelieved`].
pub fn judge_by(
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
    trust_in: impl FnOnce(BTreeSet<Hash>) -> Result<Trust>,
) -> std::result::Result<(u64, u64), Unbelieved> {
    let given = given.iter().map(|cose| SignedCertificate::read(cose));
    let given: Vec<SignedCertificate> = given.collect::<std::result::Result<_, _>>()?;
    let signers = given.iter().flat_map(|one| [Some(one.hash), one.signed.signer]).flatten();
    let mut trust = trust_in(signers.collect())?;
    let (mut new, mut known) = (0, 0);
    for certificate in &given {
        let of_it = |why| Unbelieved { certificate: Some(certificate.hash), why };
        if trust.get(&certificate.hash).is_some() {
            known += 1;
        } else {
            store::admit(&mut trust, certificate)
                .map_err(|why| of_it(Untrusted::Core(why.into())))?;
            new += 1;
        }
        if !trust.root_of(&certificate.hash).is_some_and(|root| roots.contains(&root)) {
            return Err(of_it(Untrusted::OtherRoot));
        }
    }
    Ok((new, known))
}

/// The certificates of some signers with those above them, each behind its issuer.
///
/// # Errors
/// `Storage`, `Malformed`.
pub fn with_issuers(store: &Store, signers: BTreeSet<Hash>) -> Result<Vec<Vec<u8>>> {
    let chains = store.read(|read| store::chains_of(read, signers))?;
    Ok(chains.into_iter().map(|(cose, _)| cose).collect())
}
