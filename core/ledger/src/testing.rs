//! Writers in memory, for tests and benches: keys, certificates, chains and packages from a seed.
//!
//! Behind the feature `testing`. The keys come from the seed and are no secret.

pub mod hub;
pub mod replay;

use std::collections::BTreeMap;

use crate::blob::{BlobKey, BlobSealer};
use crate::certificate::{Certificate, Duty, SignedCertificate};
use crate::hash::{Hash, Suite};
use crate::header::{BlobRef, Dep, Over};
use crate::id::{BootId, DossierId, EntityId, PersonId, WriterId};
use crate::key::{Algorithm, Signer, SoftKey};
use crate::kind::Kind;
use crate::limits::BLOB_CHUNK_BYTES;
use crate::op::{Draft, Moment, Op, Place};
use crate::package::{Mode, PackageWriter, Start};
use crate::seal::Seal;
use crate::value::Value;

/// 2026-11-23T08:00:00Z, when the tests' world begins.
pub const BEGIN_MS: i64 = 1_795_420_800_000;

/// Pseudo-random bytes that are the same on every run: SHA-256 in counter mode.
#[derive(Debug, Clone)]
pub struct Chance {
    seed: u64,
    counter: u64,
}

impl Chance {
    /// Chance from a seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { seed, counter: 0 }
    }

    /// The next bytes.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        use sha2::{Digest, Sha256};
        let mut out = [0; N];
        for part in out.chunks_mut(32) {
            let mut sha = Sha256::new();
            sha.update(self.seed.to_be_bytes());
            sha.update(self.counter.to_be_bytes());
            self.counter += 1;
            part.copy_from_slice(&sha.finalize()[..part.len()]);
        }
        out
    }
}

/// A writer in memory: a key, a certificate, and the heads of its chains.
pub struct Scribe {
    /// The writer.
    pub writer: WriterId,
    /// Its certificate.
    pub certificate: SignedCertificate,
    /// The certificate's COSE bytes.
    pub cose: Vec<u8>,
    /// Its key.
    pub key: SoftKey,
    /// Milliseconds since [`BEGIN_MS`] on its clock.
    pub clock_ms: u64,
    boot: BootId,
    heads: BTreeMap<DossierId, (u64, Hash)>,
    seals: Option<(u64, Hash)>,
    chance: Chance,
}

/// What a certificate in the tests' world says.
pub struct Grant<'a> {
    /// What the holder does.
    pub duty: Duty,
    /// The holder's name (made up).
    pub name: &'a str,
    /// Scopes, in any order.
    pub scopes: &'a [&'a str],
    /// Which key.
    pub algorithm: Algorithm,
}

impl Scribe {
    /// A writer whose certificate the issuer signs; without an issuer, a root.
    ///
    /// # Panics
    /// When a scope is not one: the test's mistake.
    #[must_use]
    pub fn new(seed: u64, grant: &Grant<'_>, issuer: Option<&Self>) -> Self {
        let mut chance = Chance::new(seed);
        let key = SoftKey::from_secret(grant.algorithm, &chance.bytes()).expect("a usable key");
        let writer = WriterId(chance.bytes());
        let mut scopes: Vec<_> = grant.scopes.to_vec();
        scopes.sort_unstable();
        let certificate = Certificate {
            suite: Suite::Sha256,
            duty: grant.duty,
            writer,
            person: PersonId(chance.bytes()),
            name: grant.name.to_owned(),
            organisation: "涛雒镇应急管理办公室".to_owned(),
            scopes: scopes.iter().map(|scope| scope.parse().expect("a scope")).collect(),
            not_before_ms: BEGIN_MS - 86_400_000,
            not_after_ms: None,
            key: key.public_key(),
            seal_to: chance.bytes(),
            ext: Vec::new(),
        };
        let signing: &dyn Signer = issuer.map_or(&key, |issuer| &issuer.key);
        let issuer = issuer.map(|issuer| issuer.certificate.hash);
        let cose = certificate.sign(signing, issuer).expect("a key in memory signs");
        Self {
            writer,
            certificate: SignedCertificate::read(&cose).expect("what was just made reads"),
            cose,
            key,
            clock_ms: 0,
            boot: BootId(chance.bytes()),
            heads: BTreeMap::new(),
            seals: None,
            chance,
        }
    }

    /// Writes an op into the writer's chain; a second passes.
    ///
    /// # Panics
    /// When the draft breaks a rule: the test's mistake.
    pub fn write(&mut self, draft: Draft, deps: Vec<Dep>) -> Op {
        self.clock_ms += 1_000;
        let moment = Moment {
            wall_ms: BEGIN_MS + self.clock_ms as i64,
            mono_ms: self.clock_ms,
            boot: self.boot,
        };
        let head = self.heads.get(&draft.dossier).copied();
        let place = Place { writer: self.writer, head, deps, checkpoint: None, moment };
        let chance = &mut self.chance;
        let op = Op::compose(draft, place, || chance.bytes()).expect("a draft within the rules");
        self.heads.insert(op.header.dossier, (op.header.seq, op.hash));
        op
    }

    /// Seals a run of the writer's ops.
    ///
    /// # Panics
    /// When the run is empty: the test's mistake.
    pub fn seal(&mut self, run: &[Op]) -> Vec<u8> {
        let (first, last) = (&run[0], run.last().expect("a run has an op"));
        let seal = Seal {
            suite: Suite::Sha256,
            dossier: first.header.dossier,
            writer: self.writer,
            number: self.seals.map_or(0, |(number, _)| number + 1),
            prev: self.seals.map(|(_, hash)| hash),
            first: first.header.seq,
            last: last.header.seq,
            head: last.hash,
        };
        let cose = seal.sign(&self.key, self.certificate.hash).expect("a key in memory signs");
        let hash = crate::seal::SignedSeal::read(&cose).expect("what was just made reads").hash;
        self.seals = Some((seal.number, hash));
        cose
    }

    /// The writer's newest op in a dossier, as others name it.
    #[must_use]
    pub fn dep(&self, dossier: DossierId) -> Option<Dep> {
        let (seq, op) = *self.heads.get(&dossier)?;
        Some(Dep { writer: self.writer, seq, op })
    }

    /// Random bytes of this writer.
    pub fn bytes<const N: usize>(&mut self) -> [u8; N] {
        self.chance.bytes()
    }
}

/// A draft with nothing but fields.
///
/// # Panics
/// When the kind is not one: the test's mistake.
#[must_use]
pub fn draft(dossier: DossierId, entity: EntityId, kind: &str, fields: &[(&str, Value)]) -> Draft {
    Draft {
        dossier,
        entity,
        kind: Kind::new(kind).expect("a kind"),
        critical: false,
        fields: fields.iter().map(|(name, value)| ((*name).to_owned(), value.clone())).collect(),
        over: Vec::new(),
        refs: Vec::new(),
        blobs: Vec::new(),
    }
}

/// The opening of a dossier.
#[must_use]
pub fn opening(dossier: DossierId, area: &str) -> Draft {
    let fields =
        [("area", area.into()), ("type", "check".into()), ("retention", "10_years".into())];
    draft(dossier, dossier.into(), "dossier.open/1", &fields)
}

/// Replaces one field's heads in a draft.
#[must_use]
pub fn over(field: &str, heads: &[&Op]) -> Over {
    Over { field: field.to_owned(), heads: heads.iter().map(|op| op.hash).collect() }
}

/// Encrypts a file in memory: the ciphertext, and the draft of the op that names it.
///
/// # Panics
/// Never for a file that fits into memory.
#[must_use]
pub fn evidence(
    dossier: DossierId,
    entity: EntityId,
    key: [u8; 32],
    original: &[u8],
) -> (Vec<u8>, Draft) {
    let key = BlobKey::new(key);
    let mut sealer = BlobSealer::new(&key);
    let mut cipher = Vec::new();
    let chunks = original.len().div_ceil(BLOB_CHUNK_BYTES).max(1);
    for index in 0..chunks {
        let end = original.len().min((index + 1) * BLOB_CHUNK_BYTES);
        let mut chunk = original[index * BLOB_CHUNK_BYTES..end].to_vec();
        sealer.chunk(&mut chunk, index + 1 == chunks).expect("a file in memory is short enough");
        cipher.extend_from_slice(&chunk);
    }
    let (address, length, digests) = sealer.finish();
    let fields = [
        ("blob", address.as_bytes().as_slice().into()),
        ("blob_key", key.as_bytes().as_slice().into()),
        ("length", Value::Int(digests.length as i64)),
        ("sha256", digests.sha256.as_bytes().as_slice().into()),
        ("sm3", digests.sm3.as_bytes().as_slice().into()),
        ("mime", "image/jpeg".into()),
        ("caption", "砂轮机缺防护罩".into()),
    ];
    let mut draft = draft(dossier, entity, "evidence.capture/1", &fields);
    draft.blobs.push(BlobRef { address, length });
    (cipher, draft)
}

/// A package of runs in memory.
///
/// # Panics
/// Never: writing to memory and signing in memory do not fail.
#[must_use]
pub fn package(
    exporter: &Scribe,
    dossiers: &[(DossierId, Mode)],
    certificates: &[&Scribe],
    runs: &[(Vec<Op>, Vec<u8>)],
    blobs: &[(Hash, Vec<u8>)],
) -> Vec<u8> {
    let mut dossiers = dossiers.to_vec();
    dossiers.sort_by_key(|(id, _)| *id);
    let start = Start {
        created_ms: BEGIN_MS + 3_600_000,
        exporter: exporter.certificate.hash,
        dossiers,
        software: "angen-test".to_owned(),
        ext: Vec::new(),
    };
    let mut out = PackageWriter::start(Vec::new(), start).expect("memory takes it");
    for scribe in certificates {
        out.certificate(scribe.cose.clone()).expect("memory takes it");
    }
    for (ops, seal) in runs {
        ops.iter().for_each(|op| out.op(op).expect("memory takes it"));
        out.seal(seal.clone()).expect("memory takes it");
    }
    for (address, cipher) in blobs {
        out.blob(*address, cipher.as_slice()).expect("memory takes it");
    }
    out.close(&exporter.key).expect("a key in memory signs")
}
