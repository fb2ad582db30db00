//! One sender at a time for each blob, so that two never write into one.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use angen_ledger::header::BlobRef;

/// The blobs that are being written.
#[derive(Default)]
pub(super) struct Turns(Arc<Mutex<HashSet<BlobRef>>>);

impl Turns {
    /// The turn of a blob, unless somebody has it.
    pub(super) fn take(&self, blob: BlobRef) -> Option<Turn> {
        let taken = Arc::clone(&self.0);
        let is_free = taken.lock().unwrap_or_else(PoisonError::into_inner).insert(blob);
        // Made only when it is free: one that is dropped unused would end the turn of another.
        is_free.then(|| Turn { blob, taken })
    }
}

/// Keeps others from a blob until it is dropped.
pub(super) struct Turn {
    blob: BlobRef,
    taken: Arc<Mutex<HashSet<BlobRef>>>,
}

impl Drop for Turn {
    fn drop(&mut self) {
        self.taken.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.blob);
    }
}
