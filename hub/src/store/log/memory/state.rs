//! All that a log store in memory holds, and how runs come into it.

use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::sync::Arc;

use angen_core::domain::check_covers;
use angen_core::error::{Error, Result};
use angen_core::store::{Held, SealedRun};
use angen_ledger::body::{Body, Content, Field};
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Dep};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::limits::CERTIFICATE_CHAIN_MAX;
use angen_ledger::op::Op;
use angen_ledger::revocation::{REVOKE, may_take_back};
use angen_ledger::run::check_run;
use angen_ledger::seal::SignedSeal;

use crate::store::log::memory::derived::{Derived, Ops};
use crate::store::log::memory::tree::Tree;

/// What is held. Its copies share what does not change.
#[derive(Clone, Default)]
pub(super) struct State {
    /// Issuers first.
    pub(super) certificates: Vec<Held>,
    pub(super) ops: Ops,
    /// With their exact bytes, in the order in which they came.
    pub(super) seals: Vec<Arc<(Vec<u8>, SignedSeal)>>,
    /// Blobs whose key is gone.
    pub(super) erased_blobs: BTreeSet<BlobRef>,
    /// Whether an erasure has left bytes behind.
    pub(super) owes_scrub: bool,
    pub(super) derived: Arc<Derived>,
    /// The last one grows.
    pub(super) trees: Vec<Tree>,
    pub(super) settings: BTreeMap<String, String>,
}

impl State {
    /// Takes certificates, each behind its issuer.
    pub(super) fn admit(&mut self, certificates: &[Vec<u8>]) -> Result<()> {
        for cose in certificates {
            let signed = SignedCertificate::read(cose)?;
            let mut trust = self.trust_in([signed.hash].into_iter().chain(signed.signed.signer))?;
            if trust.get(&signed.hash).is_none() {
                trust.admit(&signed)?;
                self.certificates.push((cose.clone(), signed));
            }
        }
        self.derive()
    }

    /// Takes runs; gives how many ops are new and known.
    pub(super) fn receive(&mut self, runs: &[SealedRun]) -> Result<(u64, u64)> {
        let (mut new, mut known, mut seals) = (0, 0, Vec::new());
        for run in runs {
            let seal = SignedSeal::read(&run.seal)?;
            let trust = self.trust_in([seal.certificate])?;
            for op in checked(run, &seal, &trust)? {
                match self.put(op)? {
                    true => new += 1,
                    false => known += 1,
                }
            }
            if self.seal(seal.hash).is_none() {
                self.seals.push(Arc::new((run.seal.clone(), seal.clone())));
            }
            seals.push((seal, trust));
        }
        self.derive()?;
        for (seal, trust) in &seals {
            let areas = self.derived.areas_of(&self.ops, seal.seal.dossier)?;
            if let Some(sealer) = trust.get(&seal.certificate) {
                check_covers(&areas, sealer, seal.seal.number)?;
            }
        }
        Ok((new, known))
    }

    /// Since when a certificate is taken back by somebody who may.
    pub(super) fn taken_back_since(&self, certificate: Hash, writer: WriterId) -> Option<i64> {
        let known: Vec<&SignedCertificate> = self.certificates.iter().map(|(_, c)| c).collect();
        let counting = self.derived.counting.iter().filter_map(|hash| self.ops.get(hash));
        let revokers = counting.filter(|op| {
            let revokes = op.header.kind.as_str() == REVOKE;
            revokes && op.get("writer").and_then(|id| id.as_bytes()) == Some(writer.raw())
        });
        let revokers = revokers.filter(|op| may_take_back(op.header.writer, certificate, &known));
        revokers.map(|op| op.header.wall_ms).min()
    }

    /// These certificates with all above them, each once and behind its issuer.
    pub(super) fn chains(&self, wanted: impl IntoIterator<Item = Hash>) -> Vec<Held> {
        let (mut given, mut all) = (BTreeSet::new(), Vec::new());
        for hash in wanted {
            let (mut chain, mut next) = (Vec::new(), Some(hash));
            while let Some(hash) = next.filter(|_| chain.len() < CERTIFICATE_CHAIN_MAX) {
                let held = self.certificates.iter().find(|(_, one)| one.hash == hash);
                let Some(held) = held.filter(|_| given.insert(hash)) else { break };
                next = held.1.signed.signer;
                chain.push(held.clone());
            }
            all.extend(chain.into_iter().rev());
        }
        all
    }

    /// The seal under a hash.
    pub(super) fn seal(&self, hash: Hash) -> Option<&Arc<(Vec<u8>, SignedSeal)>> {
        self.seals.iter().find(|held| held.1.hash == hash)
    }

    /// The run that a seal covers; none when an op of it is not here.
    pub(super) fn run_under(&self, seal: &SignedSeal) -> Option<Vec<&Op>> {
        let (mut run, mut next) = (Vec::new(), Some(seal.seal.head));
        for _ in seal.seal.first..=seal.seal.last {
            let op = self.ops.get(&next?)?;
            next = op.header.prev;
            run.push(&**op);
        }
        run.reverse();
        Some(run)
    }

    /// Whether everything that the ops of a run say is here, but for what was erased.
    pub(super) fn is_run_whole(&self, seal: &SignedSeal) -> bool {
        let Some(run) = self.run_under(seal) else { return false };
        run.into_iter().all(|op| {
            let erased = self.derived.erased.get(&op.hash);
            let is_here = |field: &Field| match field.content {
                Content::Open { .. } => true,
                Content::Closed(_) => erased.is_some_and(|erased| erased.contains(&field.name)),
            };
            op.body.as_ref().is_some_and(|body| body.fields().iter().all(is_here))
        })
    }

    /// The ends of every chain of a dossier, and how many of its ops wait.
    pub(super) fn heads_of(&self, dossier: DossierId) -> (Vec<Dep>, u64) {
        let within = self.ops.values().filter(|op| op.header.dossier == dossier);
        let (here, waiting): (Vec<&Arc<Op>>, Vec<&Arc<Op>>) =
            within.partition(|op| self.derived.applied.contains(&op.hash));
        let followed: BTreeSet<Hash> = here.iter().filter_map(|op| op.header.prev).collect();
        let ends = here.iter().filter(|op| !followed.contains(&op.hash));
        let mut heads: Vec<Dep> = ends
            .map(|op| Dep { writer: op.header.writer, seq: op.header.seq, op: op.hash })
            .collect();
        heads.sort_unstable();
        (heads, waiting.len() as u64)
    }

    /// Which dossiers name which blobs, without those that were erased.
    pub(super) fn named(&self) -> impl Iterator<Item = (DossierId, BlobRef)> {
        let all = self.ops.values().flat_map(|op| {
            let dossier = op.header.dossier;
            op.header.blobs.iter().map(move |blob| (dossier, *blob))
        });
        let is_erased =
            |blob: BlobRef| self.erased_blobs.iter().any(|erased| erased.address == blob.address);
        all.filter(move |(_, blob)| !is_erased(*blob))
    }

    fn trust_in(&self, wanted: impl IntoIterator<Item = Hash>) -> Result<Trust> {
        let mut trust = Trust::default();
        for (_, certificate) in self.chains(wanted) {
            trust.admit(&certificate)?;
        }
        Ok(trust)
    }

    /// Puts an op. One that is here takes in what it discloses now; true when it is new.
    fn put(&mut self, op: Op) -> Result<bool> {
        let Some(held) = self.ops.get(&op.hash) else {
            self.ops.insert(op.hash, Arc::new(op));
            return Ok(true);
        };
        let body = match (&held.body, &op.body) {
            (Some(held), Some(arrived)) => Some(held.joined(arrived)),
            (held, arrived) => held.clone().or_else(|| arrived.clone()),
        };
        if body != held.body {
            self.ops.insert(op.hash, Arc::new(Op { body, ..op }));
        }
        Ok(false)
    }

    /// Works out what follows, and takes out of the bodies what is erased.
    fn derive(&mut self) -> Result<()> {
        let mut derived = Derived::of(&self.ops, &self.certificates);
        let mut closed: HashMap<Hash, Body> = HashMap::new();
        for (hash, fields) in &derived.erased {
            let Some(op) = self.ops.get(hash) else { continue };
            let Some(body) = &op.body else { continue };
            let kept = body.withhold(Suite::Sha256, |name| fields.contains(name));
            if kept != *body {
                if derived.is_held(op.header.dossier)? {
                    continue;
                }
                closed.insert(*hash, kept);
            }
            if fields.contains("blob_key") {
                self.erased_blobs.extend(&op.header.blobs);
            }
        }
        for (hash, body) in closed {
            if let Some(op) = self.ops.get(&hash) {
                let op = Op { body: Some(body), ..(**op).clone() };
                self.ops.insert(hash, Arc::new(op));
                self.owes_scrub = true;
            }
        }
        if self.owes_scrub {
            derived = Derived::of(&self.ops, &self.certificates);
        }
        self.derived = Arc::new(derived);
        Ok(())
    }
}

/// The ops of a run that holds.
fn checked(run: &SealedRun, seal: &SignedSeal, trust: &Trust) -> Result<Vec<Op>> {
    let ops = run.ops.iter().map(|(header, body)| Op::read(header, body.as_deref()));
    let ops: Vec<Op> = ops.collect::<std::result::Result<_, _>>()?;
    match check_run(&ops, seal, trust, None).first() {
        Some((fault, _)) => Err(Error::Refused(format!(
            "seal {} of writer {}: {fault:?}",
            seal.seal.number, seal.seal.writer
        ))),
        None => Ok(ops),
    }
}
