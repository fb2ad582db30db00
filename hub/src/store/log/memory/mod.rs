//! A log store in memory: maps, and the pure rules of the ledger over them.
//!
//! What is held is one value that never changes; a writer makes the next one from a copy, and puts
//! it in place when all of it holds. So an answer is of one state, and a submission that fails has
//! left nothing. It costs a copy for each write and the whole derivation with it: right for a test,
//! a rehearsal and as the measure of the others, and for nothing that has to last.

mod derived;
mod state;
mod tree;

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use angen_core::action::may_read_in;
use angen_core::error::{Error, Result};
use angen_core::store::{SealHead, SealedRun};
use angen_core::sync::wire::{Changed, HubHead, Stored};
use angen_ledger::certificate::Certificate;
use angen_ledger::hash::Hash;
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::{DossierId, WriterId};
use angen_ledger::log::entry::{Logged, RUNNING_NONE};
use angen_ledger::log::tile::{Tile, Tiles};
use angen_ledger::op::Op;
use angen_ledger::seal::SignedSeal;
use angen_ledger::wire::Wire;

use crate::store::BlobStore;
use crate::store::log::{
    ArrivedRuns, Asker, ChangeSettings, ChangedSince, Counts, GivenReceipts, Held, LogStore,
    Outcome, Outcomes, Pen, Right, RunsMax, Settings, Submission,
};
use state::State;
use tree::Tree;

/// Everything of a hub but its blobs, for as long as the process lives.
#[derive(Default)]
pub struct MemoryLog {
    state: Mutex<Arc<State>>,
    /// Held by who makes the next state.
    turn: Mutex<()>,
}

impl MemoryLog {
    fn read(&self) -> Arc<State> {
        Arc::clone(&lock(&self.state))
    }

    /// Makes the next state, and puts it in place when that succeeded.
    fn write<T>(&self, write: impl FnOnce(&mut State) -> Result<T>) -> Result<T> {
        let _turn = lock(&self.turn);
        let mut next = State::clone(&self.read());
        let answer = write(&mut next)?;
        *lock(&self.state) = Arc::new(next);
        Ok(answer)
    }
}

impl LogStore for MemoryLog {
    fn admit(&self, certificates: &[Vec<u8>]) -> Result<()> {
        self.write(|state| state.admit(certificates))
    }

    fn chains(&self, wanted: &BTreeSet<Hash>) -> Result<Vec<Held>> {
        Ok(self.read().chains(wanted.iter().copied()))
    }

    fn taken_back_since(&self, certificate: Hash, writer: WriterId) -> Result<Option<i64>> {
        Ok(self.read().taken_back_since(certificate, writer))
    }

    fn may_read(&self, holder: &Certificate, dossier: DossierId) -> Result<bool> {
        let state = self.read();
        may_read(&state, holder, dossier)
    }

    fn rights(&self, askers: &[Asker<'_>]) -> Result<Vec<Result<Right>>> {
        let state = self.read();
        let of = |Asker { certificate, holder, dossier }: Asker<'_>| {
            let taken_back_since = state.taken_back_since(certificate, holder.writer);
            Ok(Right { taken_back_since, may_read: may_read(&state, holder, dossier)? })
        };
        Ok(askers.iter().map(|one| of(*one)).collect())
    }

    fn take(
        &self,
        pen: Option<&Pen<'_>>,
        blobs: &dyn BlobStore,
        given: &[Submission],
    ) -> Result<Outcomes> {
        self.write(|state| {
            if pen.is_some() && state.trees.is_empty() {
                return Err(no_log());
            }
            let mut outcomes = Vec::with_capacity(given.len());
            for one in given {
                let mut next = state.clone();
                let outcome = take_one(&mut next, pen, blobs, one);
                if outcome.is_ok() {
                    *state = next;
                }
                outcomes.push(outcome);
            }
            Ok((outcomes, sign_head(state, pen)?))
        })
    }

    fn head(&self, dossier: DossierId) -> Result<HubHead> {
        Ok(head_of(&self.read(), dossier))
    }

    fn last_seal(&self, writer: WriterId) -> Result<Option<SealHead>> {
        let state = self.read();
        let own = state.seals.iter().map(|held| &held.1).filter(|s| s.seal.writer == writer);
        // Of two with one number the lower hash: any rule, as long as every store has the same.
        let last = own.max_by_key(|signed| (signed.seal.number, std::cmp::Reverse(signed.hash)));
        Ok(last.map(|signed| (signed.seal.number, signed.hash)))
    }

    fn counts(&self) -> Result<Counts> {
        let state = self.read();
        let entries = state.trees.last().map_or(0, Tree::size);
        Ok(Counts { ops: state.ops.len() as u64, entries })
    }

    fn is_named(&self, blob: BlobRef) -> Result<bool> {
        Ok(self.read().named().any(|(_, named)| named == blob))
    }

    fn named_blobs(&self, dossier: DossierId) -> Result<Vec<BlobRef>> {
        let state = self.read();
        let own = state.named().filter(|(by, _)| *by == dossier).map(|(_, blob)| blob);
        Ok(own.collect::<BTreeSet<BlobRef>>().into_iter().collect())
    }

    fn is_blob_logged(&self, blob: BlobRef) -> Result<bool> {
        let state = self.read();
        let Some(tree) = state.trees.last() else { return Ok(false) };
        if !state.named().any(|(_, named)| named == blob) {
            return Ok(true);
        }
        let mut naming = state.named().filter(|(_, named)| named.address == blob.address);
        Ok(naming.all(|(dossier, _)| tree.has(dossier, Logged::Blob, blob.address)))
    }

    fn origin(&self) -> Result<Option<String>> {
        Ok(self.read().trees.last().map(|tree| tree.origin.clone()))
    }

    fn begin_log(&self, origin: &str) -> Result<()> {
        self.write(|state| {
            if state.trees.iter().any(|tree| tree.origin == origin) {
                return Err(Error::Refused(format!("the log {origin} was begun before")));
            }
            state.trees.push(Tree::new(origin));
            Ok(())
        })
    }

    fn catch_up(&self, pen: &Pen<'_>, blobs: &dyn BlobStore) -> Result<Option<Checkpoint>> {
        self.write(|state| {
            let mut tree = state.trees.pop().ok_or_else(no_log)?;
            for held in state.seals.iter().filter(|held| state.is_run_whole(&held.1)) {
                tree.add_seal(pen, &held.1);
            }
            for (dossier, blob) in state.named().collect::<BTreeSet<_>>() {
                if blobs.held_bytes(blob)? == blob.length {
                    tree.add_blob(pen, dossier, blob);
                }
            }
            state.trees.push(tree);
            sign_head(state, Some(pen))
        })
    }

    fn checkpoint(&self) -> Result<Option<String>> {
        with_tree(&self.read(), |tree| Ok(tree.checkpoint().cloned()))
    }

    fn root(&self, size: u64) -> Result<Hash> {
        with_tree(&self.read(), |tree| tree.root(size))
    }

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>> {
        with_tree(&self.read(), |tree| tree.tile(tile))
    }

    fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>> {
        with_tree(&self.read(), |tree| tree.consistency(old, new))
    }

    fn changes(&self, holder: &Certificate, since: u64, limit: u64) -> Result<ChangedSince> {
        let state = self.read();
        with_tree(&state, |tree| {
            let size = tree.size();
            let next = size.min(since.saturating_add(limit)).max(since.min(size));
            let mut changed = Vec::new();
            for dossier in tree.changed(since, next) {
                if may_read(&state, holder, dossier)? {
                    let standing = tree.standing(dossier);
                    let (arrivals, running) = (standing.arrivals, standing.running);
                    changed.push(Changed { dossier, arrivals, running });
                }
            }
            Ok(ChangedSince { next, size, changed })
        })
    }

    fn runs_since(&self, dossier: DossierId, since: u64, max: RunsMax) -> Result<ArrivedRuns> {
        let state = self.read();
        with_tree(&state, |tree| {
            let (mut runs, mut sealers) = (Vec::new(), BTreeSet::new());
            let (mut next, mut running, mut bytes) = (since, RUNNING_NONE, 0);
            let entries = tree.entries.iter().filter(|entry| {
                let is_seal = entry.what == Logged::Seal && entry.dossier == dossier;
                is_seal && entry.arrival >= since
            });
            for entry in entries.take(max.runs) {
                let held = state.seal(entry.subject).ok_or_else(|| missing(entry.subject))?;
                let (cose, seal) = &**held;
                let run = sealed(&state, cose, seal)?;
                bytes += run.bytes();
                let is_full = bytes > max.bytes
                    || (sealers.len() == max.sealers && !sealers.contains(&seal.certificate));
                if is_full && !runs.is_empty() {
                    break;
                }
                sealers.insert(seal.certificate);
                (next, running) = (entry.arrival + 1, entry.running);
                runs.push(run);
            }
            if runs.is_empty() {
                let standing = tree.standing(dossier);
                (next, running) = (standing.arrivals, standing.running);
            }
            Ok(ArrivedRuns { runs, sealers, next, running })
        })
    }

    fn receipts_since(
        &self,
        dossier: DossierId,
        since: u64,
        limit: usize,
    ) -> Result<GivenReceipts> {
        with_tree(&self.read(), |tree| {
            let from = (0_u64..).zip(&tree.entries).skip(since.min(tree.size()) as usize);
            let own = from.filter(|(_, entry)| entry.dossier == dossier);
            tree.receipts(own.take(limit))
        })
    }

    fn receipts_for(
        &self,
        dossier: DossierId,
        subjects: &[(Logged, Hash)],
    ) -> Result<GivenReceipts> {
        with_tree(&self.read(), |tree| {
            let own = (0_u64..).zip(&tree.entries).filter(|(_, entry)| {
                entry.dossier == dossier && subjects.contains(&(entry.what, entry.subject))
            });
            tree.receipts(own)
        })
    }

    fn setting(&self, name: &str) -> Result<Option<String>> {
        Ok(self.read().settings.get(name).cloned())
    }

    fn change_settings(&self, names: &[&str], change: &ChangeSettings<'_>) -> Result<Settings> {
        self.write(|state| {
            let before: Settings =
                names.iter().map(|name| state.settings.get(*name).cloned()).collect();
            let Some(after) = change(&before)? else { return Ok(before) };
            let named = names.iter().map(|name| (*name).to_owned()).zip(after.clone());
            state.settings.extend(named);
            Ok(after.into_iter().map(Some).collect())
        })
    }

    fn scrub(&self, blobs: &dyn BlobStore) -> Result<()> {
        let state = self.read();
        if !state.owes_scrub {
            return Ok(());
        }
        state.erased_blobs.iter().try_for_each(|blob| blobs.erase(*blob))?;
        self.write(|state| {
            state.owes_scrub = false;
            Ok(())
        })
    }
}

/// Takes one submission into a state that is thrown away when it fails.
fn take_one(
    state: &mut State,
    pen: Option<&Pen<'_>>,
    blobs: &dyn BlobStore,
    given: &Submission,
) -> Result<Outcome> {
    match given {
        Submission::Blob(blob) => {
            add_blob(state, pen, *blob);
            Ok(Outcome::Blob)
        }
        Submission::Runs { dossier, runs } => {
            let (new_ops, known_ops) = state.receive(runs)?;
            add_runs(state, pen, blobs, runs)?;
            if state.derived.areas_of(&state.ops, *dossier)?.is_empty() {
                return Err(Error::NotFound { noun: "dossier", id: dossier.to_string() });
            }
            let head = head_of(state, *dossier);
            Ok(Outcome::Runs(Stored { head, new_ops, known_ops }))
        }
    }
}

/// Gives runs their entries, and blobs that were whole before an op of this dossier named them.
fn add_runs(
    state: &mut State,
    pen: Option<&Pen<'_>>,
    blobs: &dyn BlobStore,
    runs: &[SealedRun],
) -> Result<()> {
    let Some(pen) = pen else { return Ok(()) };
    let Some(mut tree) = state.trees.pop() else { return Ok(()) };
    for run in runs {
        let seal = SignedSeal::read(&run.seal)?;
        if state.is_run_whole(&seal) {
            tree.add_seal(pen, &seal);
        }
    }
    state.trees.push(tree);
    for (header, _) in runs.iter().flat_map(|run| &run.ops) {
        for blob in Op::read(header, None)?.header.blobs {
            if blobs.held_bytes(blob)? == blob.length {
                add_blob(state, Some(pen), blob);
            }
        }
    }
    Ok(())
}

/// Gives a blob its entry for each dossier that names it.
fn add_blob(state: &mut State, pen: Option<&Pen<'_>>, blob: BlobRef) {
    let Some(pen) = pen else { return };
    let Some(mut tree) = state.trees.pop() else { return };
    let naming = state.named().filter(|(_, named)| *named == blob);
    for dossier in naming.map(|(dossier, _)| dossier).collect::<BTreeSet<_>>() {
        tree.add_blob(pen, dossier, blob);
    }
    state.trees.push(tree);
}

fn sign_head(state: &mut State, pen: Option<&Pen<'_>>) -> Result<Option<Checkpoint>> {
    match pen.zip(state.trees.last_mut()) {
        Some((pen, tree)) => tree.sign_head(pen),
        None => Ok(None),
    }
}

fn may_read(state: &State, holder: &Certificate, dossier: DossierId) -> Result<bool> {
    let areas = state.derived.areas_of(&state.ops, dossier)?;
    may_read_in(&state.derived.source(), &areas, holder, dossier)
}

fn head_of(state: &State, dossier: DossierId) -> HubHead {
    let (heads, pending) = state.heads_of(dossier);
    HubHead::new(dossier, heads, pending)
}

/// The run that a seal covers, as it travels.
fn sealed(state: &State, cose: &[u8], seal: &SignedSeal) -> Result<SealedRun> {
    let run = state.run_under(seal).ok_or_else(|| missing(seal.seal.head))?;
    let ops = run.into_iter().map(|op| (op.bytes.clone(), op.body.as_ref().map(Wire::to_wire)));
    Ok(SealedRun { ops: ops.collect(), seal: cose.to_vec() })
}

fn missing(hash: Hash) -> Error {
    Error::NotFound { noun: "op", id: hash.to_string() }
}

/// The log that grows; a hub without one is asked for nothing of it.
fn with_tree<T>(state: &State, ask: impl FnOnce(&Tree) -> Result<T>) -> Result<T> {
    ask(state.trees.last().ok_or_else(no_log)?)
}

fn no_log() -> Error {
    Error::NotFound { noun: "log", id: "(none)".to_owned() }
}

/// A poisoned lock only means that a caller panicked, and its state was never put in place.
fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
