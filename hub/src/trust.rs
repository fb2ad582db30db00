//! The roots that this hub knows: what does not lead to one of them is not believed.

use std::collections::BTreeSet;

use angen_core::error::Result;
use angen_core::store::{self, Store};
use angen_ledger::hash::Hash;
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;

use crate::server::Refusal;

pub(crate) use angen_core::sync::{
    Unbelieved, Untrusted, check_certificates, judge_certificates, with_issuers,
};

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
