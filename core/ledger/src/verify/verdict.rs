//! A verdict: what was found, rule by rule, and what the package holds.

use std::collections::BTreeMap;

use crate::hash::Hash;
use crate::header::Checkpoint;
use crate::id::{DossierId, WriterId};
use crate::verify::interval::OpTime;
use crate::verify::rule::Rule;
use crate::verify::words::Fault;

/// Items that are kept for one rule; the rest are only counted. A reader wants to see where the
/// damage is, and a hostile package must not fill the memory.
pub const ITEMS_MAX: usize = 100;

/// What an item is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Subject {
    /// The package as a whole.
    Package,
    /// A frame, by its place from 0.
    Frame(u64),
    /// A certificate.
    Certificate {
        /// Its hash.
        hash: Hash,
        /// The holder's name.
        name: String,
    },
    /// An op.
    Op {
        /// Its hash.
        hash: Hash,
        /// Its kind.
        kind: String,
        /// Its place in the chain.
        seq: u64,
        /// The name in the writer's certificate, where it is known.
        writer: Option<String>,
        /// The caption or the item of the op, where it is disclosed.
        label: Option<String>,
    },
    /// A seal.
    Seal {
        /// Whose it is.
        writer: WriterId,
        /// Its number.
        number: u64,
    },
    /// A blob.
    Blob {
        /// Its address.
        address: Hash,
        /// The caption of the op that names it.
        label: Option<String>,
    },
    /// A dossier.
    Dossier(DossierId),
    /// A checkpoint of a hub's log.
    Checkpoint {
        /// The log.
        origin: String,
        /// Leaves in it.
        size: u64,
    },
    /// Seals of a dossier, by the order in which they reached a hub.
    Arrivals {
        /// The dossier.
        dossier: DossierId,
        /// The first, from 0.
        first: u64,
        /// The last.
        last: u64,
    },
}

impl Subject {
    pub(crate) fn checkpoint(checkpoint: &Checkpoint) -> Self {
        Self::Checkpoint { origin: checkpoint.origin.clone(), size: checkpoint.size }
    }
}

/// One thing that was found.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    /// What about.
    pub subject: Subject,
    /// What.
    pub fault: Fault,
    /// The op that erased it, when that is what it is about.
    pub by: Option<Hash>,
}

/// What was erased, and by which op: ops with all or some of their closed fields, and blobs.
#[derive(Debug, Default)]
pub(crate) struct Erased {
    pub(crate) wholly: BTreeMap<Hash, Hash>,
    pub(crate) partly: BTreeMap<Hash, Hash>,
    pub(crate) blobs: BTreeMap<Hash, Hash>,
}

impl Item {
    fn explain(&mut self, erased: &Erased) {
        let (fault, by) = match (&self.subject, self.fault) {
            (Subject::Op { hash, .. }, Fault::FieldWithheld) => {
                match (erased.wholly.get(hash), erased.partly.get(hash)) {
                    (Some(by), _) => (Fault::FieldErased, by),
                    (None, Some(by)) => (Fault::PartErased, by),
                    (None, None) => return,
                }
            }
            (Subject::Blob { address, .. }, Fault::KeyWithheld | Fault::Absent) => {
                let Some(by) = erased.blobs.get(address) else { return };
                (Fault::BlobErased, by)
            }
            _ => return,
        };
        self.fault = fault;
        self.by = Some(*by);
    }
}

/// The state of a rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Status {
    /// It was checked and holds.
    Holds,
    /// It was not checked: there was nothing to check it on, or reading stopped before.
    NotChecked,
    /// True and worth knowing; no damage.
    Noted,
    /// It does not hold.
    Broken,
}

/// What was found of one rule.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RuleResult {
    /// The state.
    pub status: Status,
    /// The first [`ITEMS_MAX`] items.
    pub items: Vec<Item>,
    /// All items, counted.
    pub count: u64,
}

/// The answer in one word.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// No rule is broken.
    Verifies,
    /// Some rule is broken.
    Refused,
    /// These bytes are no package.
    Unreadable,
}

/// What is known of the root.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RootAnswer {
    /// It is the root that was asked for.
    Known,
    /// None was asked for: intact, issuer unknown.
    Unknown,
    /// It is another root than the one asked for.
    Other,
}

/// One writer's part in a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WriterSummary {
    /// The writer.
    pub writer: WriterId,
    /// The name in the certificate.
    pub name: String,
    /// The organisation in the certificate.
    pub organisation: String,
    /// How many ops.
    pub ops: u64,
    /// Earliest and latest claimed time, in milliseconds since 1970 UTC.
    pub wall_ms: (i64, i64),
}

/// A checkpoint of a hub's log that holds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CheckpointSummary {
    /// Origin, size and root.
    pub checkpoint: Checkpoint,
    /// The earliest time at which the hub cosigned it, in milliseconds since 1970 UTC.
    pub time_ms: i64,
}

/// What the package holds, counted while it was checked.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Contents {
    /// When it was made, by the exporter's clock.
    pub created_ms: i64,
    /// Who made it: the name in the certificate.
    pub exporter: Option<String>,
    /// Who made it: the writer in the certificate.
    pub exporter_writer: Option<WriterId>,
    /// The roots of the certificates.
    pub roots: Vec<Hash>,
    /// The dossiers.
    pub dossiers: Vec<DossierId>,
    /// Those of them of which only a part is here.
    pub excerpts: Vec<DossierId>,
    /// Frames that were read.
    pub frames: u64,
    /// Ops.
    pub ops: u64,
    /// Seals.
    pub seals: u64,
    /// Blobs that ops name.
    pub blobs_named: u64,
    /// Blobs that are here and whole.
    pub blobs_held: u64,
    /// Seals with a receipt that holds. Tells something when [`Contents::checkpoints`] has any.
    pub seals_receipted: u64,
    /// Named blobs with a receipt that holds.
    pub blobs_receipted: u64,
    /// The checkpoints that hold, by origin, size and root.
    pub checkpoints: Vec<CheckpointSummary>,
    /// The writers, by id.
    pub writers: Vec<WriterSummary>,
}

/// The verdict on a package.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Verdict {
    /// The answer in one word.
    pub outcome: Outcome,
    /// What is known of the root.
    pub root: RootAnswer,
    /// Every rule.
    pub rules: BTreeMap<Rule, RuleResult>,
    /// What it holds.
    pub contents: Contents,
    /// Between which moments each op was written, in the order of the package; empty when the
    /// package has nothing of a hub's log.
    pub times: Vec<OpTime>,
}

impl Verdict {
    /// The rules that are broken, in the order of the page.
    pub fn broken(&self) -> impl Iterator<Item = Rule> {
        self.with(Status::Broken)
    }

    /// The rules with something to note, in the order of the page.
    pub fn noted(&self) -> impl Iterator<Item = Rule> {
        self.with(Status::Noted)
    }

    fn with(&self, status: Status) -> impl Iterator<Item = Rule> {
        self.rules.iter().filter(move |(_, result)| result.status == status).map(|(rule, _)| *rule)
    }
}

/// Findings under way.
#[derive(Debug)]
pub(crate) struct Findings(BTreeMap<Rule, RuleResult>);

impl Findings {
    pub(crate) fn new() -> Self {
        let fresh = || RuleResult { status: Status::NotChecked, items: Vec::new(), count: 0 };
        Self(Rule::ALL.iter().map(|rule| (*rule, fresh())).collect())
    }

    /// The rule was checked once more and nothing was found.
    pub(crate) fn checked(&mut self, rule: Rule) {
        let result = self.result(rule);
        if result.status == Status::NotChecked {
            result.status = Status::Holds;
        }
    }

    pub(crate) fn broken(&mut self, rule: Rule, subject: Subject, fault: Fault) {
        self.found(rule, Status::Broken, subject, fault);
    }

    pub(crate) fn noted(&mut self, rule: Rule, subject: Subject, fault: Fault) {
        self.found(rule, Status::Noted, subject, fault);
    }

    pub(crate) fn is_broken(&self, rule: Rule) -> bool {
        self.0.get(&rule).is_some_and(|result| result.status == Status::Broken)
    }

    pub(crate) fn into_rules(self) -> BTreeMap<Rule, RuleResult> {
        self.0
    }

    fn found(&mut self, rule: Rule, status: Status, subject: Subject, fault: Fault) {
        let result = self.result(rule);
        result.status = result.status.max(status);
        result.count += 1;
        if result.items.len() < ITEMS_MAX {
            result.items.push(Item { subject, fault, by: None });
        }
    }

    /// Says of items that are closed or absent because they were erased, by which op.
    pub(crate) fn explain(&mut self, erased: &Erased) {
        for result in self.0.values_mut().filter(|result| result.status == Status::Noted) {
            for item in &mut result.items {
                item.explain(erased);
            }
        }
    }

    fn result(&mut self, rule: Rule) -> &mut RuleResult {
        self.0.get_mut(&rule).expect("every rule is in the map from the start")
    }
}
