//! A township's officers in memory, and what they hand in.

use angen_core::store::SealedRun;
use angen_hub::store::Submission;
use angen_ledger::certificate::Duty;
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::{DossierId, EntityId};
use angen_ledger::key::Algorithm;
use angen_ledger::op::{Draft, Op};
use angen_ledger::seal::SignedSeal;
use angen_ledger::testing::{Grant, Scribe, draft, evidence, opening};
use angen_ledger::wire::Wire;

pub(crate) const AREA: &str = "371102110";

/// A root, two administrators, two officers of one township, and one of the next.
pub(crate) struct World {
    pub(crate) root: Scribe,
    pub(crate) admin: Scribe,
    /// Another person who may approve.
    pub(crate) root_admin: Scribe,
    pub(crate) officers: Vec<Scribe>,
    pub(crate) neighbour: Scribe,
    entities: u16,
}

impl World {
    pub(crate) fn new(seed: u64) -> Self {
        let seed = seed.wrapping_mul(16);
        let person = |at: u64, duty, name, scope, issuer: Option<&Scribe>| {
            let scopes = &[scope][..];
            let grant = Grant { duty, name, scopes, algorithm: Algorithm::Ed25519 };
            Scribe::new(seed.wrapping_add(at), &grant, issuer)
        };
        let own = format!("*:{AREA}");
        let root = person(1, Duty::Root, "根", "*:3711", None);
        let admin = person(2, Duty::Admin, "管理员甲", "*:3711", Some(&root));
        let root_admin = person(6, Duty::Admin, "管理员戊", "*:3711", Some(&root));
        let officer = |at, name| person(at, Duty::Writer, name, &own, Some(&admin));
        let officers = vec![officer(3, "执法员乙"), officer(4, "执法员丙")];
        let neighbour = person(5, Duty::Writer, "执法员丁", "*:371103", Some(&admin));
        Self { root, admin, root_admin, officers, neighbour, entities: 0 }
    }

    /// Every certificate, each behind its issuer.
    pub(crate) fn certificates(&self) -> Vec<Vec<u8>> {
        let all = [&self.root, &self.admin, &self.root_admin, &self.neighbour];
        let all = all.into_iter().chain(&self.officers);
        all.map(|scribe| scribe.cose.clone()).collect()
    }

    /// The opening of a dossier of the township, by an officer.
    pub(crate) fn open(&mut self, who: usize, dossier: DossierId) -> Submission {
        let run = sealed(&mut self.officers[who], vec![opening(dossier, AREA)]);
        submitted(dossier, vec![run])
    }

    /// Two notes of an officer, under one seal.
    pub(crate) fn note(&mut self, who: usize, dossier: DossierId, text: &str) -> Submission {
        let drafts = vec![self.noting(dossier, text), self.noting(dossier, "又记")];
        submitted(dossier, vec![sealed(&mut self.officers[who], drafts)])
    }

    /// A photo of an officer: the submission, the blob and its bytes.
    pub(crate) fn photo(
        &mut self,
        who: usize,
        dossier: DossierId,
    ) -> (Submission, BlobRef, Vec<u8>) {
        let entity = self.entity();
        let mut key = [0; 32];
        key[..16].copy_from_slice(entity.raw());
        let (cipher, draft) = evidence(dossier, entity, key, &[0xd8; 500]);
        let blob = draft.blobs[0];
        (submitted(dossier, vec![sealed(&mut self.officers[who], vec![draft])]), blob, cipher)
    }

    pub(crate) fn noting(&mut self, dossier: DossierId, text: &str) -> Draft {
        draft(dossier, self.entity(), "note.write/1", &[("text", text.into())])
    }

    pub(crate) fn entity(&mut self) -> EntityId {
        self.entities += 1;
        let mut id = [7; 16];
        id[..2].copy_from_slice(&self.entities.to_be_bytes());
        EntityId(id)
    }
}

pub(crate) fn dossier(number: u8) -> DossierId {
    DossierId([number; 16])
}

/// Ops of a writer under one seal.
pub(crate) fn sealed(scribe: &mut Scribe, drafts: Vec<Draft>) -> SealedRun {
    let ops: Vec<Op> = drafts.into_iter().map(|draft| scribe.write(draft, Vec::new())).collect();
    run_of(scribe, &ops)
}

/// Ops that were written before, under one seal.
pub(crate) fn run_of(scribe: &mut Scribe, ops: &[Op]) -> SealedRun {
    let seal = scribe.seal(ops);
    let ops = ops.iter().map(|op| (op.bytes.clone(), op.body.as_ref().map(Wire::to_wire)));
    SealedRun { ops: ops.collect(), seal }
}

pub(crate) fn submitted(dossier: DossierId, runs: Vec<SealedRun>) -> Submission {
    Submission::Runs { dossier, runs }
}

pub(crate) fn runs_of(given: &Submission) -> &[SealedRun] {
    match given {
        Submission::Runs { runs, .. } => runs,
        Submission::Blob(_) => &[],
    }
}

/// The seals of what was handed in, in order.
pub(crate) fn seals_of(given: &Submission) -> Vec<Hash> {
    runs_of(given).iter().map(|run| SignedSeal::read(&run.seal).unwrap().hash).collect()
}
