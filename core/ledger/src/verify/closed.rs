//! Closed fields that an erasure explains: told apart from those that are only withheld.

use std::collections::HashMap;

use crate::body::Content;
use crate::certificate::{Certificate, Trust};
use crate::erasure::{Erasures, may_be_erased};
use crate::hash::Hash;
use crate::op::Op;
use crate::verify::verdict::{Erased, ITEMS_MAX};

/// What is closed in the ops of a package, and the erasures in it.
#[derive(Default)]
pub(crate) struct Closed {
    erasures: Erasures,
    ops: HashMap<Hash, ClosedOp>,
}

/// What is closed in an op, and the blobs that it names.
struct ClosedOp {
    noun: String,
    fields: Vec<String>,
    blobs: Vec<Hash>,
}

impl Closed {
    /// Takes an op.
    pub(crate) fn note(&mut self, op: &Op) {
        self.erasures.note(op);
        let fields = op.body.iter().flat_map(|body| body.fields());
        let fields = fields.filter(|field| matches!(field.content, Content::Closed(_)));
        let fields: Vec<String> = fields.map(|field| field.name.clone()).collect();
        let blobs: Vec<Hash> = op.header.blobs.iter().map(|blob| blob.address).collect();
        // Of ops without a blob only as many as the verdict shows.
        if !fields.is_empty() && (self.ops.len() < ITEMS_MAX || !blobs.is_empty()) {
            let noun = op.header.kind.noun().to_owned();
            self.ops.insert(op.hash, ClosedOp { noun, fields, blobs });
        }
    }

    /// Which of the closed fields and absent blobs were erased, and by which op.
    pub(crate) fn erased(&self, trust: &Trust) -> Erased {
        let mut erased = Erased::default();
        if self.erasures.is_empty() {
            return erased;
        }
        let certificates: Vec<&Certificate> = trust.iter().map(|(_, held)| held).collect();
        let fields = self.erasures.in_force(&certificates);
        for (hash, op) in self.ops.iter().filter(|(_, op)| may_be_erased(&op.noun)) {
            let by = |field: &String| fields.get(&(*hash, field.clone())).copied();
            let gone: Vec<Hash> = op.fields.iter().filter_map(by).collect();
            let Some(first) = gone.first() else { continue };
            let all = gone.len() == op.fields.len();
            let place = if all { &mut erased.wholly } else { &mut erased.partly };
            place.insert(*hash, *first);
            if let Some(by) = fields.get(&(*hash, "blob_key".to_owned())) {
                erased.blobs.extend(op.blobs.iter().map(|blob| (*blob, *by)));
            }
        }
        erased
    }
}
