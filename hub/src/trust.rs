//! The roots that this hub knows: what does not lead to one of them is not believed. One that is
//! out of use brings nobody new in, and takes nobody's evidence away.

use std::collections::{BTreeMap, BTreeSet};

use angen_core::error::{Error, Result};
use angen_core::store;
use angen_core::sync::judge_by;
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;

use crate::server::Refusal;
use crate::store::LogStore;

pub(crate) use angen_core::sync::{Unbelieved, Untrusted};

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
    pub(crate) fn retired_since(
        &self,
        ledger: &dyn LogStore,
        certificate: Hash,
    ) -> Result<Option<i64>> {
        if self.retired.is_empty() {
            return Ok(None);
        }
        let root = root_of(ledger, certificate)?;
        Ok(root.and_then(|root| self.retired.get(&root)).copied())
    }

    /// Refuses certificates of which one does not lead to a root in use; but for those that are
    /// here already, whose root was taken out of use. How many are new and known.
    pub(crate) fn judge(
        &self,
        ledger: &dyn LogStore,
        given: &[Vec<u8>],
    ) -> std::result::Result<(u64, u64), Unbelieved> {
        if self.retired.is_empty() {
            return judge_certificates(ledger, &self.in_use, given);
        }
        let counted = judge_certificates(ledger, &self.known(), given)?;
        let mut issuers: BTreeMap<Hash, Option<Hash>> = BTreeMap::new();
        for cose in given {
            let signed = SignedCertificate::read(cose)?;
            issuers.insert(signed.hash, signed.signed.signer);
            let is_new = ledger.chains(&BTreeSet::from([signed.hash]))?.is_empty();
            if !is_new {
                continue;
            }
            // Those above it come before it, or are here.
            let mut top = signed.hash;
            while let Some(Some(issuer)) = issuers.get(&top) {
                top = *issuer;
            }
            let root = root_of(ledger, top)?.unwrap_or(top);
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
        ledger: &dyn LogStore,
        certificate: Hash,
    ) -> std::result::Result<(), Refusal> {
        let is_known = |root| self.in_use.contains(root) || self.retired.contains_key(root);
        match root_of(ledger, certificate)? {
            None => Err(Refusal::certificate_missing()),
            Some(root) if is_known(&root) => Ok(()),
            Some(_) => Err(Refusal::other_root()),
        }
    }
}

/// Adds roots to those that the store keeps, and gives all of them.
pub(crate) fn keep_roots(ledger: &dyn LogStore, given: &[Hash]) -> Result<Roots> {
    change(ledger, |mut roots| {
        if let Some(root) = given.iter().find(|root| roots.retired.contains_key(root)) {
            return Err(Error::invalid(
                "root",
                format!("根证书 {root} 已在本平台停用，不能再启用：请去掉这个 --root"),
                format!("the root {root} is out of use here for good: leave this --root out"),
            ));
        }
        if roots.in_use.is_superset(&given.iter().copied().collect()) {
            return Ok(None);
        }
        roots.in_use.extend(given);
        Ok(Some(roots))
    })
}

/// Takes a root out of use for another one, from a moment on in milliseconds since 1970 UTC.
pub(crate) fn retire(ledger: &dyn LogStore, old: Hash, new: Hash, at_ms: i64) -> Result<()> {
    let retired = change(ledger, |mut roots| {
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
        Ok(Some(roots))
    });
    retired.map(drop)
}

/// Changes the roots by what they were, and gives what they are.
fn change(ledger: &dyn LogStore, change: impl Fn(Roots) -> Result<Option<Roots>>) -> Result<Roots> {
    let kept = ledger.change_settings(&[SETTING, RETIRED], &|kept| {
        Ok(change(roots_in(kept)?)?.map(|roots| text_of(&roots).to_vec()))
    })?;
    roots_in(&kept)
}

fn roots_in(kept: &[Option<String>]) -> Result<Roots> {
    let words = |at: usize| kept.get(at).cloned().flatten().unwrap_or_default();
    let in_use: std::result::Result<BTreeSet<Hash>, _> =
        words(0).split_whitespace().map(str::parse).collect();
    let mut retired = BTreeMap::new();
    for one in words(1).split_whitespace() {
        let (root, at_ms) = one.split_once('@').unwrap_or((one, ""));
        // A moment that cannot be read leaves it out of use all the same.
        retired.insert(root.parse()?, at_ms.parse().unwrap_or(0));
    }
    Ok(Roots { in_use: in_use?, retired })
}

/// What is kept: of those in use, and of those that are not.
fn text_of(roots: &Roots) -> [String; 2] {
    let in_use: Vec<String> = roots.in_use.iter().map(Hash::to_string).collect();
    let retired: Vec<String> =
        roots.retired.iter().map(|(root, at_ms)| format!("{root}@{at_ms}")).collect();
    [in_use.join(" "), retired.join(" ")]
}

/// Refuses certificates of which one does not lead to one of these roots. How many are new and
/// known.
fn judge_certificates(
    ledger: &dyn LogStore,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Unbelieved> {
    judge_by(roots, given, |signers| {
        let mut trust = Trust::default();
        for (_, certificate) in ledger.chains(&signers)? {
            store::admit(&mut trust, &certificate)?;
        }
        Ok(trust)
    })
}

/// The same for whoever need not know which one it was.
pub(crate) fn check_certificates(
    ledger: &dyn LogStore,
    roots: &BTreeSet<Hash>,
    given: &[Vec<u8>],
) -> std::result::Result<(u64, u64), Untrusted> {
    judge_certificates(ledger, roots, given).map_err(|unbelieved| unbelieved.why)
}

/// The certificates of some signers with those above them, each behind its issuer.
pub(crate) fn with_issuers(
    ledger: &dyn LogStore,
    signers: &BTreeSet<Hash>,
) -> Result<Vec<Vec<u8>>> {
    Ok(ledger.chains(signers)?.into_iter().map(|(cose, _)| cose).collect())
}

/// The root that a certificate leads to, when all between are here.
pub(crate) fn root_of(ledger: &dyn LogStore, certificate: Hash) -> Result<Option<Hash>> {
    let chain = ledger.chains(&BTreeSet::from([certificate]))?;
    let first = chain.first().map(|(_, first)| first);
    Ok(first.filter(|first| first.signed.signer.is_none()).map(|first| first.hash))
}
