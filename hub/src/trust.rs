//! The roots that this hub knows: what does not lead to one of them is not believed.

use std::collections::BTreeSet;

use angen_core::error::{Error, Result};
use angen_core::store::{self, Store};
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;

use crate::server::Refusal;

/// The setting that keeps the fingerprints, with one space between.
const SETTING: &str = "hub_roots";

/// Adds roots to those that the database keeps, and gives all of them.
pub(crate) fn keep_roots(store: &Store, given: &[Hash]) -> Result<BTreeSet<Hash>> {
    store.write(|tx| {
        let kept = store::get_setting(tx, SETTING)?.unwrap_or_default();
        let kept: std::result::Result<BTreeSet<Hash>, _> =
            kept.split_whitespace().map(str::parse).collect();
        let mut roots = kept?;
        if roots.is_superset(&given.iter().copied().collect()) {
            return Ok(roots);
        }
        roots.extend(given);
        let text: Vec<String> = roots.iter().map(Hash::to_string).collect();
        store::put_setting(tx, SETTING, &text.join(" "))?;
        Ok(roots)
    })
}

/// Why certificates are not believed.
pub(crate) enum Untrusted {
    /// One of them leads to a root that is not known here.
    OtherRoot,
    /// One of them is none, or was not issued so; or the store failed.
    Core(Error),
}

/// Why certificates are not believed, and which of them, if it is one.
pub(crate) struct Unbelieved {
    pub(crate) certificate: Option<Hash>,
    pub(crate) why: Untrusted,
}

impl<E: Into<Error>> From<E> for Unbelieved {
    fn from(error: E) -> Self {
        Self { certificate: None, why: Untrusted::Core(error.into()) }
    }
}

/// As [`judge_certificates`], for whoever need not know which one it was.
pub(crate) fn check_certificates(
    store: &Store,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Untrusted> {
    judge_certificates(store, roots, given).map_err(|unbelieved| unbelieved.why)
}

/// Refuses certificates of which one does not lead to a known root. How many are new and known.
pub(crate) fn judge_certificates(
    store: &Store,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Unbelieved> {
    let mut trust = Trust::default();
    for (_, held) in store.read(store::certificates)? {
        trust.admit(&held)?;
    }
    let (mut new, mut known) = (0, 0);
    for cose in given {
        let certificate = SignedCertificate::read(cose)?;
        let of_it = |why| Unbelieved { certificate: Some(certificate.hash), why };
        if trust.get(&certificate.hash).is_some() {
            known += 1;
        } else {
            trust.admit(&certificate).map_err(|why| of_it(Untrusted::Core(why.into())))?;
            new += 1;
        }
        if !trust.root_of(&certificate.hash).is_some_and(|root| roots.contains(&root)) {
            return Err(of_it(Untrusted::OtherRoot));
        }
    }
    Ok((new, known))
}

/// The certificates of some signers with those above them, each behind its issuer.
pub(crate) fn with_issuers(store: &Store, signers: BTreeSet<Hash>) -> Result<Vec<Vec<u8>>> {
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

/// Refuses a seal whose certificate is not here, or leads to a root that is known no longer.
pub(crate) fn check_sealer(
    store: &Store,
    roots: &BTreeSet<Hash>,
    certificate: Hash,
) -> std::result::Result<(), Refusal> {
    let root = root_of(store, certificate)?;
    match root {
        None => Err(Refusal::certificate_missing()),
        Some(root) if roots.contains(&root) => Ok(()),
        Some(_) => Err(Refusal::other_root()),
    }
}

/// The root that a certificate leads to, when all between are here.
pub(crate) fn root_of(store: &Store, certificate: Hash) -> Result<Option<Hash>> {
    store.read(|connection| {
        let mut next = certificate;
        for _ in 0..CERTIFICATE_CHAIN_MAX {
            match store::certificate(connection, next)? {
                Some(held) => match held.signed.signer {
                    Some(issuer) => next = issuer,
                    None => return Ok(Some(next)),
                },
                None => return Ok(None),
            }
        }
        Ok(None)
    })
}
