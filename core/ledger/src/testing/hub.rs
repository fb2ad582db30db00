//! A hub in memory: a key, a certificate, and a log whose tiles are in a map.

use std::collections::BTreeMap;
use std::convert::Infallible;

use crate::certificate::{Duty, SignedCertificate};
use crate::hash::{Hash, Suite};
use crate::header::Checkpoint;
use crate::id::DossierId;
use crate::key::Algorithm;
use crate::log::checkpoint;
use crate::log::entry::{Entry, Logged, RUNNING_NONE, running};
use crate::log::origin::ORIGIN_EXT;
use crate::log::receipt::Receipt;
use crate::log::refusal::Refusal;
use crate::log::tile::{Stored, TILE_WIDTH, Tile, Tiles};
use crate::log::tree::{Edge, prove_consistency, prove_inclusion, root};
use crate::seal::SignedSeal;
use crate::testing::{BEGIN_MS, Chance, Grant, Scribe};

/// The stored hashes of a tree, by level and place.
#[derive(Debug, Clone, Default)]
pub struct Shelf(BTreeMap<(u32, u64), Hash>);

impl Shelf {
    /// Keeps what appending gave.
    pub fn keep(&mut self, stored: Vec<Stored>) {
        self.0.extend(stored.into_iter().map(|new| ((new.level, new.index), new.hash)));
    }
}

impl Tiles for Shelf {
    type Error = Infallible;

    fn tile(&self, tile: Tile) -> Result<Vec<Hash>, Infallible> {
        let first = tile.index * TILE_WIDTH;
        let held = self.0.range((tile.level, first)..(tile.level, first + tile.width));
        Ok(held.map(|(_, hash)| *hash).collect())
    }
}

/// A hub with its log.
pub struct Hub {
    /// Its key and certificate.
    pub scribe: Scribe,
    /// Its log.
    pub origin: String,
    /// The hub's clock, in seconds since 1970 UTC.
    pub clock_s: u64,
    /// The stored hashes.
    pub shelf: Shelf,
    /// The entries, in the order of the log.
    pub entries: Vec<Entry>,
    edge: Edge,
    arrivals: BTreeMap<DossierId, (u64, Hash)>,
    chance: Chance,
}

impl Hub {
    /// A hub with an empty log, certified by the issuer.
    #[must_use]
    pub fn new(seed: u64, origin: &str, issuer: &Scribe) -> Self {
        let (scopes, algorithm) = (&["hub:3711"][..], Algorithm::Ed25519);
        let grant = Grant { duty: Duty::Hub, name: "日照平台", scopes, algorithm };
        let mut scribe = Scribe::new(seed, &grant, Some(issuer));
        certify_log(&mut scribe, origin, issuer);
        Self {
            scribe,
            origin: origin.to_owned(),
            clock_s: (BEGIN_MS / 1_000) as u64,
            shelf: Shelf::default(),
            entries: Vec::new(),
            edge: Edge::default(),
            arrivals: BTreeMap::new(),
            chance: Chance::new(seed ^ 0x10_6000),
        }
    }

    /// Takes a seal into the log, a second after what came before. Gives the place of its leaf.
    pub fn receive_seal(&mut self, seal: &SignedSeal) -> u64 {
        let dossier = seal.seal.dossier;
        let (arrival, before) = self.arrived(dossier);
        let running = running(&before, &seal.hash);
        self.arrivals.insert(dossier, (arrival + 1, running));
        self.append(Entry {
            suite: Suite::Sha256,
            salt: [0; 16],
            what: Logged::Seal,
            subject: seal.hash,
            dossier,
            arrival,
            running,
            length: seal.seal.ops(),
            received_ms: 0,
        })
    }

    /// Takes a blob into the log, a second after what came before. Gives the place of its leaf.
    pub fn receive_blob(&mut self, dossier: DossierId, address: Hash, length: u64) -> u64 {
        let (arrival, running) = self.arrived(dossier);
        self.append(Entry {
            suite: Suite::Sha256,
            salt: [0; 16],
            what: Logged::Blob,
            subject: address,
            dossier,
            arrival,
            running,
            length,
            received_ms: 0,
        })
    }

    /// Appends an entry, with a salt and the time of the hub.
    pub fn append(&mut self, mut entry: Entry) -> u64 {
        self.clock_s += 1;
        entry.salt = self.chance.bytes();
        entry.received_ms = self.clock_s as i64 * 1_000;
        let stored = self.edge.append(entry.leaf());
        self.shelf.keep(stored);
        self.entries.push(entry);
        self.edge.size() - 1
    }

    /// Forgets the newest entries, as a hub does whose disk was set back.
    pub fn roll_back(&mut self, size: usize) {
        self.entries.truncate(size);
        (self.edge, self.shelf) = (Edge::default(), Shelf::default());
        self.arrivals.clear();
        for entry in &self.entries {
            let stored = self.edge.append(entry.leaf());
            self.shelf.keep(stored);
            if entry.what == Logged::Seal {
                self.arrivals.insert(entry.dossier, (entry.arrival + 1, entry.running));
            }
        }
    }

    /// The head of the log when it had `size` entries.
    ///
    /// # Panics
    /// When it never had: the test's mistake.
    #[must_use]
    pub fn head(&self, size: u64) -> Checkpoint {
        let root = root(&self.shelf, size).expect("memory holds it");
        Checkpoint { origin: self.origin.clone(), size, root }
    }

    /// The newest head, signed now.
    #[must_use]
    pub fn checkpoint(&self) -> String {
        self.sign(&self.head(self.edge.size()))
    }

    /// Any head, signed now.
    ///
    /// # Panics
    /// When the head is not one that may be signed: the test's mistake.
    #[must_use]
    pub fn sign(&self, head: &Checkpoint) -> String {
        checkpoint::sign(head, self.clock_s, &self.scribe.key).expect("a key in memory signs")
    }

    /// The receipt of an entry, in the tree of `size` leaves.
    ///
    /// # Panics
    /// When the log does not hold it: the test's mistake.
    #[must_use]
    pub fn receipt(&self, index: u64, size: u64) -> Receipt {
        let proof = prove_inclusion(&self.shelf, index, size).expect("memory holds it");
        Receipt { entry: self.entries[index as usize].clone(), index, size, proof }
    }

    /// The proof that the log of `new` entries begins with that of `old`.
    ///
    /// # Panics
    /// When the log does not hold it: the test's mistake.
    #[must_use]
    pub fn consistency(&self, old: u64, new: u64) -> Vec<Hash> {
        prove_consistency(&self.shelf, old, new).expect("memory holds it")
    }

    /// A signed refusal of a seal.
    ///
    /// # Panics
    /// Never: a key in memory signs.
    #[must_use]
    pub fn refuse(&self, seal: &SignedSeal) -> Vec<u8> {
        let refusal = Refusal {
            suite: Suite::Sha256,
            subject: seal.hash,
            dossier: seal.seal.dossier,
            reason: "out_of_area".to_owned(),
            words: "不属于本平台的区域".to_owned(),
            at_ms: self.clock_s as i64 * 1_000,
        };
        let name = self.scribe.certificate.hash;
        refusal.sign(&self.scribe.key, name).expect("a key in memory signs")
    }

    fn arrived(&self, dossier: DossierId) -> (u64, Hash) {
        self.arrivals.get(&dossier).copied().unwrap_or((0, RUNNING_NONE))
    }
}

/// Names a log in somebody's certificate, signed again by the issuer.
///
/// # Panics
/// Never: a key in memory signs.
pub fn certify_log(scribe: &mut Scribe, origin: &str, issuer: &Scribe) {
    let mut certificate = scribe.certificate.certificate.clone();
    certificate.ext = vec![(ORIGIN_EXT.to_owned(), origin.into())];
    let name = Some(issuer.certificate.hash);
    scribe.cose = certificate.sign(&issuer.key, name).expect("a key in memory signs");
    scribe.certificate = SignedCertificate::read(&scribe.cose).expect("what was made reads");
}
