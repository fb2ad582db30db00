//! The roots that this hub knows: what does not lead to one of them is not believed. One that is
//! out of use brings nobody new in, and takes nobody's evidence away.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::error::{Error, Result};
use angen_core::store::{self, Store, Transaction};
use angen_ledger::certificate::SignedCertificate;
use angen_ledger::hash::Hash;
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;

use crate::server::Refusal;

pub(crate) use angen_core::sync::{
    Unbelieved, Untrusted, check_certificates, judge_certificates, with_issuers,
};

/// The setting that keeps the fingerprints, with one space between.
const SETTING: &str = "hub_roots";
/// The setting that keeps those out of use: each with `@` and the millisecond since 1970 UTC.
const RETIRED: &str = "hub_retired_roots";

/// The roots of a hub.
#[derive(Debug, Clone, Default)]
pub(crate) struct Roots {
    /// Those that are believed.
    pub(crate) in_use: BTreeSet<Hash>,
    /// Those that were taken out of use, and when.
    retired: BTreeMap<Hash, i64>,
}

impl Roots {
    /// Those in use, and those that were: what the certificates of the hub itself may lead to, so
    /// that phones under the old root still know to whom they hand over what they have.
    pub(crate) fn known(&self) -> BTreeSet<Hash> {
        self.in_use.iter().chain(self.retired.keys()).copied().collect()
    }

    /// Since when the root of a certificate that is here is out of use; none when it is not.
    pub(crate) fn retired_since(&self, store: &Store, certificate: Hash) -> Result<Option<i64>> {
        if self.retired.is_empty() {
            return Ok(None);
        }
        let root = root_of(store, certificate)?;
        Ok(root.and_then(|root| self.retired.get(&root)).copied())
    }

    /// Refuses certificates of which one does not lead to a root in use; but for those that are
    /// here already, whose root was taken out of use. How many are new and known.
    pub(crate) fn judge(
        &self,
        store: &Store,
        given: &[Vec<u8>],
    ) -> std::result::Result<(u64, u64), Unbelieved> {
        if self.retired.is_empty() {
            return judge_certificates(store, &self.in_use, given);
        }
        let counted = judge_certificates(store, &self.known(), given)?;
        let mut issuers: BTreeMap<Hash, Option<Hash>> = BTreeMap::new();
        for cose in given {
            let signed = SignedCertificate::read(cose)?;
            issuers.insert(signed.hash, signed.signed.signer);
            let is_new = store.read(|read| store::certificate(read, signed.hash))?.is_none();
            if !is_new {
                continue;
            }
            // Those above it come before it, or are here.
            let mut top = signed.hash;
            while let Some(Some(issuer)) = issuers.get(&top) {
                top = *issuer;
            }
            let root = root_of(store, top)?.unwrap_or(top);
            if self.retired.contains_key(&root) {
                let why = Untrusted::OtherRoot;
                return Err(Unbelieved { certificate: Some(signed.hash), why });
            }
        }
        Ok(counted)
    }

    /// Refuses a seal whose certificate is not here, or leads to a root that is not known.
    pub(crate) fn check_sealer(
        &self,
        store: &Store,
        certificate: Hash,
    ) -> std::result::Result<(), Refusal> {
        let is_known = |root| self.in_use.contains(root) || self.retired.contains_key(root);
        match root_of(store, certificate)? {
            None => Err(Refusal::certificate_missing()),
            Some(root) if is_known(&root) => Ok(()),
            Some(_) => Err(Refusal::other_root()),
        }
    }
}

/// Adds roots to those that the database keeps, and gives all of them.
pub(crate) fn keep_roots(store: &Store, given: &[Hash]) -> Result<Roots> {
    store.write(|tx| {
        let mut roots = kept(tx)?;
        if let Some(root) = given.iter().find(|root| roots.retired.contains_key(root)) {
            return Err(Error::invalid(
                "root",
                format!("根证书 {root} 已在本平台停用，不能再启用：请去掉这个 --root"),
                format!("the root {root} is out of use here for good: leave this --root out"),
            ));
        }
        if !roots.in_use.is_superset(&given.iter().copied().collect()) {
            roots.in_use.extend(given);
            put(tx, &roots)?;
        }
        Ok(roots)
    })
}

/// Takes a root out of use for another one, from a moment on in milliseconds since 1970 UTC. How
/// many certificates under it are here: they hand over what they have, and read nothing more.
pub(crate) fn retire(store: &Store, old: Hash, new: Hash, at_ms: i64) -> Result<u64> {
    store.write(|tx| {
        let mut roots = kept(tx)?;
        if old == new || roots.retired.contains_key(&new) {
            return Err(Error::invalid(
                "root",
                "接替的根证书必须是另一张在用的根证书",
                "what takes its place is another root, and one that is not out of use itself",
            ));
        }
        if !roots.in_use.remove(&old) {
            return Err(Error::NotFound { noun: "root", id: old.to_string() });
        }
        roots.in_use.insert(new);
        roots.retired.insert(old, at_ms);
        put(tx, &roots)
    })?;
    let held = store.read(store::certificates)?;
    let mut under = 0;
    for (_, signed) in held {
        under += u64::from(root_of(store, signed.hash)? == Some(old));
    }
    Ok(under)
}

fn kept(tx: &Transaction<'_>) -> Result<Roots> {
    let text = |name| store::get_setting(tx, name).map(Option::unwrap_or_default);
    let in_use: std::result::Result<BTreeSet<Hash>, _> =
        text(SETTING)?.split_whitespace().map(str::parse).collect();
    let mut retired = BTreeMap::new();
    for one in text(RETIRED)?.split_whitespace() {
        let (root, at_ms) = one.split_once('@').unwrap_or((one, ""));
        // A moment that cannot be read leaves it out of use all the same.
        retired.insert(root.parse()?, at_ms.parse().unwrap_or(0));
    }
    Ok(Roots { in_use: in_use?, retired })
}

fn put(tx: &Transaction<'_>, roots: &Roots) -> Result<()> {
    let in_use: Vec<String> = roots.in_use.iter().map(Hash::to_string).collect();
    let retired: Vec<String> =
        roots.retired.iter().map(|(root, at_ms)| format!("{root}@{at_ms}")).collect();
    store::put_setting(tx, SETTING, &in_use.join(" "))?;
    store::put_setting(tx, RETIRED, &retired.join(" "))
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
