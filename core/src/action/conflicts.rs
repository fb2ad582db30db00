//! Lists what a person must decide 待定冲突: every value with its author, device and time.

use std::collections::BTreeMap;

use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::op::Op;
use angen_ledger::past::Past;
use angen_ledger::seal::SignedSeal;
use rusqlite::Connection;

use crate::domain::{DECIDED_BECAUSE, Dossier, Officer, Post, PostKind, Role, Source, read_all};
use crate::error::Result;
use crate::procedure::{self, Collision, Conflict};
use crate::store::{self, Store};

/// Everything that is undecided, by dossier.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct ConflictList {
    /// Fields with several values.
    pub conflicts: Vec<ConflictView>,
    /// Transitions that collided.
    pub collisions: Vec<CollisionView>,
}

/// A field with several values.
#[derive(Debug, Clone, PartialEq)]
pub struct ConflictView {
    /// The field, its values and which one holds.
    pub conflict: Conflict,
    /// Who wrote each value, in the order of the values.
    pub authors: Vec<Author>,
}

/// Two transitions that collided.
#[derive(Debug, Clone, PartialEq)]
pub struct CollisionView {
    /// The two, and which one holds.
    pub collision: Collision,
    /// Who wrote the one that holds.
    pub holds: Author,
    /// Who wrote the other.
    pub yields: Author,
}

/// Who wrote an op, on which device, and when. Times are milliseconds since 1970 UTC.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Author {
    /// The op.
    pub op: Hash,
    /// What was done, such as `finding.correct/1`.
    pub kind: String,
    /// One officer on one device.
    pub writer: WriterId,
    /// The name in the writer's certificate; none where that is not here.
    pub name: Option<String>,
    /// The body.
    pub organisation: Option<String>,
    /// What the person does, as the roster has it.
    pub role: Option<Role>,
    /// The post of the person in the township's establishment.
    pub post: Option<PostKind>,
    /// When, as the device claims.
    pub claimed_ms: i64,
    /// A hub had signed this time before the op was written.
    pub not_before_ms: Option<i64>,
    /// A hub had the op by this time.
    pub not_after_ms: Option<i64>,
    /// Why, where the op itself decided a conflict.
    pub because: Option<String>,
}

/// What is undecided in a dossier, or in every dossier that is here.
///
/// # Errors
/// `NotFound` for a dossier that is not here; `Paused`, `Storage`, `Malformed`.
pub fn conflicts(store: &Store, dossier: Option<DossierId>) -> Result<ConflictList> {
    store.read(|read| {
        let dossiers = match dossier {
            Some(one) => {
                crate::action::look::require_dossier(read, one)?;
                vec![one]
            }
            None => read.dossiers()?,
        };
        let mut list = ConflictList::default();
        for dossier in dossiers {
            let found = procedure::undecided(read, dossier)?;
            if found.count() == 0 {
                continue;
            }
            let authors = Authors::open(read, dossier)?;
            for conflict in found.conflicts {
                let ops = conflict.values.iter().map(|claim| authors.of(claim.head.op));
                let authors = ops.collect::<Result<_>>()?;
                list.conflicts.push(ConflictView { conflict, authors });
            }
            for collision in found.collisions {
                let holds = authors.of(collision.holds.op)?;
                let yields = authors.of(collision.yields.op)?;
                list.collisions.push(CollisionView { collision, holds, yields });
            }
        }
        Ok(list)
    })
}

/// What is known of the writers of one dossier and of the times of their ops.
struct Authors<'c> {
    read: &'c Connection,
    certificates: Vec<SignedCertificate>,
    people: Vec<(Officer, Option<PostKind>)>,
    past: Past,
    ops: BTreeMap<Hash, Op>,
    seals: Vec<SignedSeal>,
    /// By seal, when a hub had it at the latest.
    received_ms: BTreeMap<Hash, i64>,
    heads: Vec<(Checkpoint, i64)>,
}

impl<'c> Authors<'c> {
    fn open(read: &'c Connection, dossier: DossierId) -> Result<Self> {
        let certificates: Vec<SignedCertificate> =
            store::certificates(read)?.into_iter().map(|(_, signed)| signed).collect();
        let heads = signed_heads(read, &certificates)?;
        let mut received_ms: BTreeMap<Hash, i64> = BTreeMap::new();
        for kept in store::receipts_of(read, dossier)? {
            let of_size = heads
                .iter()
                .filter(|(head, _)| head.origin == kept.origin && kept.receipt.is_in(head));
            for time_ms in of_size.map(|(_, time_ms)| *time_ms) {
                let known = received_ms.entry(kept.receipt.entry.subject).or_insert(time_ms);
                *known = time_ms.min(*known);
            }
        }
        let held = store::ops_of_dossier(read, dossier)?.into_iter().map(|held| held.op);
        let seals = store::seals_of(read, dossier)?;
        Ok(Self {
            read,
            certificates,
            people: people(read)?,
            past: store::past_of(read, dossier)?,
            ops: held.map(|op| (op.hash, op)).collect(),
            seals: seals.into_iter().map(|(_, signed)| signed).collect(),
            received_ms,
            heads,
        })
    }

    fn of(&self, op: Hash) -> Result<Author> {
        let op = match self.ops.get(&op) {
            Some(op) => op.clone(),
            None => store::require_op(self.read, op)?,
        };
        let writer = op.header.writer;
        let mut known = self.certificates.iter().map(|signed| &signed.certificate);
        let certificate = known.rfind(|known| known.writer == writer);
        let line = self.people.iter().find(|(officer, _)| officer.writer == writer);
        let because = op.get(DECIDED_BECAUSE).and_then(|because| because.as_text());
        Ok(Author {
            op: op.hash,
            kind: op.header.kind.as_str().to_owned(),
            writer,
            name: certificate.map(|known| known.name.clone()),
            organisation: certificate.map(|known| known.organisation.clone()),
            role: line.map(|(officer, _)| officer.role),
            post: line.and_then(|(_, post)| *post),
            claimed_ms: op.header.wall_ms,
            not_before_ms: self.not_before_ms(&op),
            not_after_ms: self.not_after_ms(&op),
            because: because.map(str::to_owned),
        })
    }

    /// The newest checkpoint that is named in the op or in its past.
    fn not_before_ms(&self, op: &Op) -> Option<i64> {
        let past = self.past.of(op.hash);
        let before = past.iter().filter_map(|hash| self.ops.get(hash));
        let named = before.chain([op]).filter_map(|op| op.header.checkpoint.as_ref());
        let time = |named: &Checkpoint| self.heads.iter().find(|(head, _)| head == named);
        named.filter_map(time).map(|(_, time_ms)| *time_ms).max()
    }

    /// The earliest checkpoint that has a seal over the op.
    fn not_after_ms(&self, op: &Op) -> Option<i64> {
        let covers = |signed: &&SignedSeal| {
            let seal = &signed.seal;
            seal.writer == op.header.writer
                && (seal.first..=seal.last).contains(&op.header.seq)
                && (seal.head == op.hash || self.past.has_seen(seal.head, op.hash))
        };
        let over = self.seals.iter().filter(covers);
        over.filter_map(|signed| self.received_ms.get(&signed.hash)).min().copied()
    }
}

/// The checkpoints that agree with each other, each with the time at which its hub signed it.
fn signed_heads(
    read: &Connection,
    certificates: &[SignedCertificate],
) -> Result<Vec<(Checkpoint, i64)>> {
    let hubs = certificates.iter().map(|signed| &signed.certificate);
    let hubs: Vec<_> = hubs.filter(|known| known.duty == Duty::Hub).collect();
    let kept = store::checkpoints_kept(read)?.into_iter().filter(|kept| kept.agrees);
    let time = |kept: store::KeptCheckpoint| {
        let time_ms = hubs.iter().find_map(|hub| kept.signed.verify(&hub.key).ok())?;
        Some((kept.signed.checkpoint, time_ms))
    };
    Ok(kept.filter_map(time).collect())
}

fn people(read: &Connection) -> Result<Vec<(Officer, Option<PostKind>)>> {
    let mut people = Vec::new();
    for dossier in read.dossiers()? {
        let opened: Vec<Dossier> = read_all(read, dossier)?;
        if opened.iter().any(|opened| opened.kind == "roster") {
            let posts: Vec<Post> = read_all(read, dossier)?;
            let with_post = |officer: Officer| {
                let post = posts.iter().find(|post| post.person == officer.officer);
                (officer, post.and_then(|post| post.kind))
            };
            people.extend(read_all::<Officer>(read, dossier)?.into_iter().map(with_post));
        }
    }
    Ok(people)
}
