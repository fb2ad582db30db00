//! Erasures: which fields are gone for good, by which op, and whether two persons stood behind it.
//!
//! A field that was erased looks like one that is withheld: its commitment stands in its place.
//! Three ops of one entity tell the difference (docs/protocol.md section 11): a request with its
//! targets and legal basis, the approval of another person whose certificate may issue others,
//! and the execution that names both. The store that erases, the verdict that reports it and the
//! page that shows it all ask [`Erasures::in_force`].

use std::collections::BTreeMap;

use crate::certificate::{Certificate, Duty};
use crate::hash::Hash;
use crate::id::{DossierId, EntityId, PersonId, WriterId};
use crate::op::Op;
use crate::value::Value;

/// The kind that asks for an erasure.
pub const REQUEST: &str = "erasure.request/1";

/// The kind by which another person agrees.
pub const APPROVE: &str = "erasure.approve/1";

/// The kind that carries it out.
pub const EXECUTE: &str = "erasure.execute/1";

/// Ops that one request may name: a reader keeps them all.
pub const TARGETS_MAX: usize = 256;

/// Nouns whose ops are never erased: they tell what the dossier is, what was erased from it, and
/// whose ops count.
const KEPT_NOUNS: &[&str] = &["dossier", "erasure", "retention", "hold", "wipe", "writer", "ops"];

/// Fields of one op.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Target {
    /// The op, of the same dossier as the request.
    pub op: Hash,
    /// Its fields, ascending, each once.
    pub fields: Vec<String>,
}

/// A field of an op.
pub type Field = (Hash, String);

/// The ops of erasures, in whatever order they came.
#[derive(Debug, Clone, Default)]
pub struct Erasures {
    requests: BTreeMap<Hash, Request>,
    approvals: BTreeMap<Hash, Approval>,
    executions: BTreeMap<Hash, Execution>,
}

#[derive(Debug, Clone)]
struct Request {
    place: (DossierId, EntityId),
    writer: WriterId,
    targets: Vec<Target>,
}

#[derive(Debug, Clone)]
struct Approval {
    place: (DossierId, EntityId),
    writer: WriterId,
    approves: Hash,
}

#[derive(Debug, Clone)]
struct Execution {
    place: (DossierId, EntityId),
    executes: Hash,
    approval: Hash,
}

impl Erasures {
    /// Takes an op; one of another kind is passed over.
    pub fn note(&mut self, op: &Op) {
        let header = &op.header;
        let (place, writer) = ((header.dossier, header.entity), header.writer);
        let hash = |field: &str| Hash::from_slice(op.get(field)?.as_bytes()?);
        match header.kind.as_str() {
            REQUEST => {
                let targets = op.get("targets").map(targets_of).unwrap_or_default();
                self.requests.insert(op.hash, Request { place, writer, targets });
            }
            APPROVE => {
                if let Some(approves) = hash("approves") {
                    self.approvals.insert(op.hash, Approval { place, writer, approves });
                }
            }
            EXECUTE => {
                if let (Some(executes), Some(approval)) = (hash("executes"), hash("approval")) {
                    self.executions.insert(op.hash, Execution { place, executes, approval });
                }
            }
            _ => {}
        }
    }

    /// Whether no execution is known.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.executions.is_empty()
    }

    /// The fields that are erased, each with the op that carried it out. An execution counts when
    /// it names a request and the approval of another person who may approve. The caller asks
    /// [`may_be_erased`] for each, because the ops that are named are not known here.
    #[must_use]
    pub fn in_force(&self, certificates: &[&Certificate]) -> BTreeMap<Field, Hash> {
        let mut erased = BTreeMap::new();
        for (by, execution) in &self.executions {
            let Some(request) = self.requests.get(&execution.executes) else { continue };
            let Some(approval) = self.approvals.get(&execution.approval) else { continue };
            let one_matter = request.place == execution.place
                && approval.place == execution.place
                && approval.approves == execution.executes;
            if !one_matter || !are_two(request.writer, approval.writer, certificates) {
                continue;
            }
            for target in &request.targets {
                for field in &target.fields {
                    erased.entry((target.op, field.clone())).or_insert(*by);
                }
            }
        }
        erased
    }
}

/// Whether a writer may approve: the holder of a certificate that may issue others.
#[must_use]
pub fn may_approve(writer: WriterId, certificates: &[&Certificate]) -> bool {
    let mut held = certificates.iter().filter(|certificate| certificate.writer == writer);
    held.any(|certificate| matches!(certificate.duty, Duty::Root | Duty::Admin))
}

/// Whether two writers are two persons, and the second may approve what the first asks for.
#[must_use]
pub fn are_two(asks: WriterId, approves: WriterId, certificates: &[&Certificate]) -> bool {
    let persons = |writer: WriterId| -> Vec<PersonId> {
        let held = certificates.iter().filter(|certificate| certificate.writer == writer);
        held.map(|certificate| certificate.person).collect()
    };
    let (asking, approving) = (persons(asks), persons(approves));
    !asking.is_empty()
        && !approving.is_empty()
        && !asking.iter().any(|person| approving.contains(person))
        && may_approve(approves, certificates)
}

/// Whether a field of an op of this noun may be erased at all.
#[must_use]
pub fn may_be_erased(noun: &str) -> bool {
    !KEPT_NOUNS.contains(&noun)
}

/// The targets as a request says them.
#[must_use]
pub fn targets_value(targets: &[Target]) -> Value {
    let value = |target: &Target| {
        let fields = target.fields.iter().map(|field| Value::from(field.as_str()));
        let op = Value::from(target.op.as_bytes().as_slice());
        Value::map([("op", op), ("fields", Value::Array(fields.collect()))])
    };
    Value::Array(targets.iter().map(value).collect())
}

/// Reads the targets of a request; what has another shape names nothing.
#[must_use]
pub fn targets_of(value: &Value) -> Vec<Target> {
    let target = |value: &Value| {
        let op = Hash::from_slice(value.get("op")?.as_bytes()?)?;
        let fields = value.get("fields")?.as_array()?;
        let fields = fields.iter().filter_map(Value::as_text).map(str::to_owned).collect();
        Some(Target { op, fields })
    };
    let values = value.as_array().unwrap_or_default();
    values.iter().take(TARGETS_MAX).filter_map(target).collect()
}
