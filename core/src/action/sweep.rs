//! Sweeps the blob folder: sets aside what no op names and nobody can still be writing, and
//! brings back what an op names by now. Deletes nothing: it may be evidence.

use std::path::PathBuf;

use angen_ledger::hash::Hash;

use crate::error::Result;
use crate::ports::Ports;
use crate::store::{self, Store};

/// What a sweep did.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Swept {
    /// Where the files lie that were set aside now, ascending by where they lay.
    pub set_aside: Vec<PathBuf>,
    /// Blobs that had been set aside and are back, because an op names them.
    pub brought_back: Vec<Hash>,
    /// Files that no op names and that are too young to touch: somebody may be writing them.
    pub left_alone: u64,
}

/// Sweeps the blob folder. Run it whenever the app has time; other processes may write meanwhile.
///
/// # Errors
/// `Paused`, `Storage`, `Malformed`, `File`. What was moved before a failure stays moved, and the
/// next sweep goes on from there.
pub fn sweep(store: &Store, ports: &Ports) -> Result<Swept> {
    let blobs = store.blobs();
    let now_ms = ports.clock.now().wall_ms;
    let named = store.read(store::blobs_of_log)?;
    let leftovers = blobs.leftovers(&named)?;
    if blobs.strays()?.is_empty() && !leftovers.iter().any(|leftover| leftover.is_old(now_ms)) {
        return Ok(Swept { left_alone: leftovers.len() as u64, ..Swept::default() });
    }
    // Within the transaction no other op can be committed: what no op names now stays unnamed
    // until the files have moved, and a verb that comes after asks whether its blob is there.
    store.write(|tx| {
        let named = store::blobs_of_log(tx)?;
        let mut swept = Swept::default();
        for leftover in blobs.leftovers(&named)? {
            if leftover.is_old(now_ms) {
                swept.set_aside.extend(blobs.set_aside(&*ports.disk, &leftover)?);
            } else {
                swept.left_alone += 1;
            }
        }
        if !swept.set_aside.is_empty() {
            blobs.sync_strays(&*ports.disk)?;
        }
        swept.brought_back = blobs.bring_back(&*ports.disk, &named)?;
        Ok(swept)
    })
}
