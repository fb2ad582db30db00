//! A log in memory: its entries, the hashes of its tree, and the heads that were signed.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

use angen_core::error::{Error, Result};
use angen_core::store::Standing;
use angen_ledger::hash::{Hash, Suite};
use angen_ledger::header::{BlobRef, Checkpoint};
use angen_ledger::id::DossierId;
use angen_ledger::key::SignError;
use angen_ledger::log::checkpoint::{CheckpointError, sign};
use angen_ledger::log::entry::{Entry, Logged, RUNNING_NONE, running};
use angen_ledger::log::receipt::Receipt;
use angen_ledger::log::tile::{TILE_WIDTH, Tile, Tiles};
use angen_ledger::log::tree::{Edge, Inclusions, TreeError, prove_consistency, root};
use angen_ledger::seal::SignedSeal;

use crate::store::log::{GivenReceipts, Pen};

/// One epoch of a log.
#[derive(Clone)]
pub(super) struct Tree {
    /// Hub and epoch.
    pub(super) origin: String,
    pub(super) entries: Vec<Entry>,
    /// The heads that were signed, by size.
    notes: BTreeMap<u64, String>,
    edge: Edge,
    hashes: BTreeMap<(u32, u64), Hash>,
    standings: HashMap<DossierId, Standing>,
    has: HashSet<(DossierId, Logged, Hash)>,
}

impl Tree {
    /// A log without entries.
    pub(super) fn new(origin: &str) -> Self {
        Self {
            origin: origin.to_owned(),
            entries: Vec::new(),
            notes: BTreeMap::new(),
            edge: Edge::default(),
            hashes: BTreeMap::new(),
            standings: HashMap::new(),
            has: HashSet::new(),
        }
    }

    /// How many entries there are.
    pub(super) fn size(&self) -> u64 {
        self.edge.size()
    }

    /// The newest head as it was signed.
    pub(super) fn checkpoint(&self) -> Option<&String> {
        self.notes.last_key_value().map(|(_, note)| note)
    }

    /// The root of the first entries.
    pub(super) fn root(&self, size: u64) -> Result<Hash> {
        if size > self.size() {
            return Err(outside());
        }
        root(self, size).map_err(tree_error)
    }

    /// The proof that one tree begins with another; none when there are not so many entries.
    pub(super) fn consistency(&self, old: u64, new: u64) -> Result<Option<Vec<Hash>>> {
        if new > self.size() {
            return Ok(None);
        }
        prove_consistency(self, old, new).map(Some).map_err(tree_error)
    }

    /// How far a dossier has come.
    pub(super) fn standing(&self, dossier: DossierId) -> Standing {
        let none = Standing { arrivals: 0, running: RUNNING_NONE };
        self.standings.get(&dossier).copied().unwrap_or(none)
    }

    /// Whether a subject of a dossier has its entry.
    pub(super) fn has(&self, dossier: DossierId, what: Logged, subject: Hash) -> bool {
        self.has.contains(&(dossier, what, subject))
    }

    /// The dossiers with entries from `since` on and before `end`.
    pub(super) fn changed(&self, since: u64, end: u64) -> BTreeSet<DossierId> {
        let between = self.entries.iter().take(end as usize).skip(since as usize);
        between.map(|entry| entry.dossier).collect()
    }

    /// The receipts of entries, each with its place.
    pub(super) fn receipts<'e>(
        &self,
        entries: impl Iterator<Item = (u64, &'e Entry)>,
    ) -> Result<GivenReceipts> {
        let size = self.size();
        let mut inclusions = Inclusions::new(self, size);
        let receipts = entries.map(|(index, entry)| {
            let proof = inclusions.prove(index).map_err(tree_error)?;
            Ok(Receipt { entry: entry.clone(), index, size, proof })
        });
        let receipts = receipts.collect::<Result<_>>()?;
        Ok(GivenReceipts { note: self.checkpoint().cloned(), size, receipts })
    }

    /// Appends a seal, unless it has its entry.
    pub(super) fn add_seal(&mut self, pen: &Pen<'_>, signed: &SignedSeal) {
        let dossier = signed.seal.dossier;
        if self.has(dossier, Logged::Seal, signed.hash) {
            return;
        }
        let before = self.standing(dossier);
        let running = running(&before.running, &signed.hash);
        let place = Standing { arrivals: before.arrivals, running };
        self.append(pen, dossier, (Logged::Seal, signed.hash), place, signed.seal.ops());
        let after = Standing { arrivals: before.arrivals + 1, running };
        self.standings.insert(dossier, after);
    }

    /// Appends a blob for a dossier, unless it has its entry.
    pub(super) fn add_blob(&mut self, pen: &Pen<'_>, dossier: DossierId, blob: BlobRef) {
        if !self.has(dossier, Logged::Blob, blob.address) {
            let standing = self.standing(dossier);
            self.append(pen, dossier, (Logged::Blob, blob.address), standing, blob.length);
        }
    }

    /// Signs the head when it has none yet, and gives it.
    pub(super) fn sign_head(&mut self, pen: &Pen<'_>) -> Result<Option<Checkpoint>> {
        let size = self.size();
        if self.notes.contains_key(&size) {
            return Ok(None);
        }
        let head = Checkpoint { origin: self.origin.clone(), size, root: self.edge.root() };
        // A reader takes no time before 1970; a hub whose clock says so shows the first second.
        let at_s = (pen.clock.now().wall_ms / 1_000).max(1).unsigned_abs();
        let note = sign(&head, at_s, pen.key).map_err(sign_error)?;
        self.notes.insert(size, note);
        Ok(Some(head))
    }

    fn append(
        &mut self,
        pen: &Pen<'_>,
        dossier: DossierId,
        (what, subject): (Logged, Hash),
        standing: Standing,
        length: u64,
    ) {
        let mut salt = [0; 16];
        pen.chance.fill(&mut salt);
        let entry = Entry {
            suite: Suite::Sha256,
            salt,
            what,
            subject,
            dossier,
            arrival: standing.arrivals,
            running: standing.running,
            length,
            received_ms: pen.clock.now().wall_ms,
        };
        for new in self.edge.append(entry.leaf()) {
            self.hashes.insert((new.level, new.index), new.hash);
        }
        self.has.insert((dossier, what, subject));
        self.entries.push(entry);
    }
}

impl Tiles for Tree {
    type Error = Error;

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>> {
        let Some(first) = tile.index.checked_mul(TILE_WIDTH) else { return Ok(Vec::new()) };
        let end = first.saturating_add(tile.width);
        let held = self.hashes.range((tile.level, first)..(tile.level, end));
        Ok(held.map(|(_, hash)| *hash).collect())
    }
}

fn outside() -> Error {
    Error::NotFound { noun: "log", id: "(size)".to_owned() }
}

fn tree_error(error: TreeError<Error>) -> Error {
    match error {
        TreeError::Storage(error) => error,
        TreeError::Short(_) | TreeError::Outside => outside(),
    }
}

fn sign_error(error: CheckpointError) -> Error {
    match error {
        CheckpointError::Malformed(error) => error.into(),
        CheckpointError::Sign(error) => error.into(),
        CheckpointError::NotEd25519 => SignError::Store(error.to_string()).into(),
    }
}
