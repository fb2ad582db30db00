//! R3: the checkpoints of one log are of one tree, and it only grew.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::limits::PROOF_HASHES_MAX;
use crate::log::proof::{Head, verify_consistency};
use crate::verify::rule::Rule;
use crate::verify::verdict::{CheckpointSummary, Findings, Subject};
use crate::verify::words::Fault;

/// The roots of one size, each with the earliest time at which it was cosigned.
type Roots = BTreeMap<Hash, i64>;

/// A proof of consistency as the package gives it.
struct Claim {
    origin: String,
    old: u64,
    new: u64,
    proof: Vec<Hash>,
    here: Subject,
}

/// The checkpoints that hold, by origin and size.
#[derive(Default)]
pub(crate) struct Heads {
    logs: BTreeMap<String, BTreeMap<u64, Roots>>,
    claims: Vec<Claim>,
}

impl Heads {
    pub(super) fn add(&mut self, checkpoint: Checkpoint, time_ms: i64) {
        let Checkpoint { origin, size, root } = checkpoint;
        let roots = self.logs.entry(origin).or_default().entry(size).or_default();
        let known = roots.entry(root).or_insert(time_ms);
        *known = time_ms.min(*known);
    }

    pub(super) fn claim(
        &mut self,
        origin: String,
        (old, new): (u64, u64),
        proof: Vec<Hash>,
        here: Subject,
        findings: &mut Findings,
    ) {
        findings.checked(Rule::R3);
        if proof.len() > PROOF_HASHES_MAX || old >= new {
            findings.broken(Rule::R3, here, Fault::NotConsistent);
        } else {
            self.claims.push(Claim { origin, old, new, proof, here });
        }
    }

    /// The roots of a size with their times.
    pub(super) fn of_size(&self, origin: &str, size: u64) -> impl Iterator<Item = (Hash, i64)> {
        let roots = self.logs.get(origin).and_then(|sizes| sizes.get(&size));
        roots.into_iter().flatten().map(|(root, time_ms)| (*root, *time_ms))
    }

    /// The logs that had this head, with the time.
    pub(super) fn having(&self, size: u64, root: &Hash) -> impl Iterator<Item = (&str, i64)> {
        self.logs.iter().filter_map(move |(origin, sizes)| {
            sizes.get(&size)?.get(root).map(|time_ms| (origin.as_str(), *time_ms))
        })
    }

    /// The earliest time at which this checkpoint was cosigned, if it is here.
    pub(crate) fn time_ms(&self, named: &Checkpoint) -> Option<i64> {
        self.logs.get(&named.origin)?.get(&named.size)?.get(&named.root).copied()
    }

    pub(super) fn summaries(&self) -> Vec<CheckpointSummary> {
        let mut all = Vec::new();
        for (origin, sizes) in &self.logs {
            for (size, roots) in sizes {
                for (root, time_ms) in roots {
                    let (origin, size, root) = (origin.clone(), *size, *root);
                    let checkpoint = Checkpoint { origin, size, root };
                    all.push(CheckpointSummary { checkpoint, time_ms: *time_ms });
                }
            }
        }
        all
    }

    pub(super) fn finish(&self, findings: &mut Findings) {
        let mut held = BTreeSet::new();
        for claim in &self.claims {
            let roots = |size| self.of_size(&claim.origin, size).map(|(root, _)| root);
            let (old, new): (Vec<_>, Vec<_>) =
                (roots(claim.old).collect(), roots(claim.new).collect());
            if old.is_empty() || new.is_empty() {
                findings.noted(Rule::R3, claim.here.clone(), Fault::NotIncluded);
                continue;
            }
            let holds = |old: &Hash, new: &Hash| {
                let head = |size, root: &Hash| Head { size, root: *root };
                let (old, new) = (head(claim.old, old), head(claim.new, new));
                verify_consistency(&old, &new, &claim.proof)
            };
            if old.iter().all(|old| new.iter().all(|new| holds(old, new))) {
                held.insert((claim.origin.as_str(), claim.new, claim.old));
            } else {
                findings.broken(Rule::R3, claim.here.clone(), Fault::NotConsistent);
            }
        }
        for (origin, sizes) in &self.logs {
            check_log(origin, sizes, &held, findings);
        }
    }
}

/// One log: one root for a size, a way of proofs from the greatest size to each other one, and
/// times that grow with it.
fn check_log(
    origin: &str,
    sizes: &BTreeMap<u64, Roots>,
    held: &BTreeSet<(&str, u64, u64)>,
    findings: &mut Findings,
) {
    let subject = |size: u64| Subject::Checkpoint { origin: origin.to_owned(), size };
    let Some((&greatest, _)) = sizes.last_key_value() else { return };
    // Trees that the same tree begins with begin with each other, but two that grew out of one
    // need not: so every proof must lead down from the greatest.
    let (mut reached, mut next) = (BTreeSet::from([greatest]), vec![greatest]);
    while let Some(new) = next.pop() {
        for (_, _, old) in held.range((origin, new, 0)..=(origin, new, u64::MAX)) {
            if reached.insert(*old) {
                next.push(*old);
            }
        }
    }
    let mut latest = i64::MIN;
    for (size, roots) in sizes {
        if roots.len() > 1 {
            findings.broken(Rule::R3, subject(*size), Fault::TwoTrees);
        }
        if sizes.len() > 1 {
            findings.checked(Rule::R3);
        }
        // Every tree begins with the empty one.
        if *size > 0 && !reached.contains(size) {
            findings.noted(Rule::R3, subject(*size), Fault::NoProof);
        }
        let earliest = roots.values().copied().min().unwrap_or(i64::MAX);
        if earliest < latest {
            findings.noted(Rule::R3, subject(*size), Fault::WentBack);
        }
        latest = latest.max(earliest);
    }
}
