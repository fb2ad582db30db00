//! What a test's host lends: time that ticks and jumps, chance and keys from a seed, and a disk
//! whose steps fail when they are told to.

use std::io;
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicI64, AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use angen_core::ports::{Chance, Clock, ClockSource, Disk, Keys, NewKeys, Ports};
use angen_ledger::bundle::Agreement;
use angen_ledger::id::{BootId, WriterId};
use angen_ledger::key::{Algorithm, PublicKey, SignError, Signer, SoftKey};
use angen_ledger::op::Moment;
use angen_ledger::testing::{BEGIN_MS, Chance as SeededChance};
use sha2::{Digest, Sha256};
use x25519_dalek::{PublicKey as PublicX25519, StaticSecret};
use zeroize::Zeroizing;

/// Milliseconds that pass between two looks at the clock.
pub const TICK_MS: i64 = 1_000;

/// Free bytes of the disk unless a test says otherwise: more than any test writes.
pub const FREE_BYTES: u64 = 1 << 40;

/// The seed of the keys in the tests that kill a program: it and its test agree on it.
pub const KILL_KEYS_SEED: u64 = 7;

/// The world of one device. Clones share it.
#[derive(Clone)]
pub struct World(Arc<Inside>);

struct Inside {
    keys_seed: u64,
    chance: Mutex<SeededChance>,
    mono_ms: AtomicI64,
    wall_shift_ms: AtomicI64,
    boot: AtomicU64,
    locked: AtomicBool,
    destroyed: Mutex<Vec<WriterId>>,
    free_bytes: AtomicU64,
    /// How many more file steps pass before one fails; negative: all pass.
    steps_left: AtomicI64,
    steps: Mutex<Vec<&'static str>>,
    /// How many more signatures are made before the key locks; negative: all are.
    signatures_left: AtomicI64,
}

impl World {
    /// A world in which keys and chance follow from one seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self::with_seeds(seed, seed)
    }

    /// A world whose keys are those of another world with the same `keys_seed` (the same phone
    /// after a restart, or a colleague's), and whose chance is its own.
    #[must_use]
    pub fn with_seeds(keys_seed: u64, chance_seed: u64) -> Self {
        Self(Arc::new(Inside {
            keys_seed,
            chance: Mutex::new(SeededChance::new(chance_seed)),
            mono_ms: AtomicI64::new(0),
            wall_shift_ms: AtomicI64::new(0),
            boot: AtomicU64::new(chance_seed),
            locked: AtomicBool::new(false),
            destroyed: Mutex::new(Vec::new()),
            free_bytes: AtomicU64::new(FREE_BYTES),
            steps_left: AtomicI64::new(-1),
            steps: Mutex::new(Vec::new()),
            signatures_left: AtomicI64::new(-1),
        }))
    }

    /// The ports of this world.
    #[must_use]
    pub fn ports(&self) -> Ports {
        Ports {
            clock: Box::new(self.clone()),
            chance: Box::new(self.clone()),
            keys: Box::new(self.clone()),
            disk: Box::new(self.clone()),
        }
    }

    /// Sets the wall clock forward (or back), and leaves the monotonic clock alone.
    pub fn jump_ms(&self, by: i64) {
        self.0.wall_shift_ms.fetch_add(by, Ordering::SeqCst);
    }

    /// Lets time pass on both clocks.
    pub fn wait_ms(&self, by: u32) {
        self.0.mono_ms.fetch_add(i64::from(by), Ordering::SeqCst);
    }

    /// Starts the device again: another boot, and the monotonic clock begins at 0.
    pub fn reboot(&self) {
        let mono_ms = self.0.mono_ms.swap(0, Ordering::SeqCst);
        self.0.wall_shift_ms.fetch_add(mono_ms, Ordering::SeqCst);
        self.0.boot.fetch_add(1, Ordering::SeqCst);
    }

    /// Locks every key, or opens them again.
    pub fn lock_keys(&self, locked: bool) {
        self.0.locked.store(locked, Ordering::SeqCst);
    }

    /// Says how many bytes are free.
    pub fn set_free_bytes(&self, bytes: u64) {
        self.0.free_bytes.store(bytes, Ordering::SeqCst);
    }

    /// Lets a number of file steps pass, fails the next one, and lets all others pass.
    pub fn fail_step(&self, after: u32) {
        self.0.steps_left.store(i64::from(after), Ordering::SeqCst);
    }

    /// Lets a number of signatures be made, refuses the next one as locked, and makes the others.
    pub fn fail_signature(&self, after: u32) {
        self.0.signatures_left.store(i64::from(after), Ordering::SeqCst);
    }

    /// Lets everything pass. True when a fault that was planted has not happened yet.
    pub fn heal(&self) -> bool {
        let steps = self.0.steps_left.swap(-1, Ordering::SeqCst);
        let signatures = self.0.signatures_left.swap(-1, Ordering::SeqCst);
        steps >= 0 || signatures >= 0
    }

    /// The file steps since this was asked last, in order.
    #[must_use]
    pub fn take_steps(&self) -> Vec<&'static str> {
        std::mem::take(&mut self.0.steps.lock().unwrap_or_else(PoisonError::into_inner))
    }

    fn secret(&self, writer: WriterId, purpose: &str) -> [u8; 32] {
        let mut sha = Sha256::new();
        sha.update(b"angen-testing/key\0");
        sha.update(self.0.keys_seed.to_be_bytes());
        sha.update(purpose.as_bytes());
        sha.update(writer.raw());
        sha.finalize().into()
    }

    fn opener(&self, writer: WriterId) -> StaticSecret {
        StaticSecret::from(self.secret(writer, "seal_to"))
    }

    fn key(&self, writer: WriterId) -> Result<SoftKey, SignError> {
        SoftKey::from_secret(Algorithm::Ed25519, &self.secret(writer, "sign"))
            .map_err(|why| SignError::Store(why.to_string()))
    }
}

/// Counts down to a fault: true for the one call that fails.
fn is_struck(left: &AtomicI64) -> bool {
    let next = |left: i64| (left >= 0).then(|| left - 1);
    left.fetch_update(Ordering::SeqCst, Ordering::SeqCst, next) == Ok(0)
}

impl Clock for World {
    fn now(&self) -> Moment {
        let mono_ms = self.0.mono_ms.fetch_add(TICK_MS, Ordering::SeqCst) + TICK_MS;
        let mut boot = [0; 16];
        boot[8..].copy_from_slice(&self.0.boot.load(Ordering::SeqCst).to_be_bytes());
        Moment {
            wall_ms: BEGIN_MS + self.0.wall_shift_ms.load(Ordering::SeqCst) + mono_ms,
            mono_ms: mono_ms.unsigned_abs(),
            boot: BootId(boot),
        }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

impl Chance for World {
    fn fill(&self, buffer: &mut [u8]) {
        let mut chance = self.0.chance.lock().unwrap_or_else(PoisonError::into_inner);
        for part in buffer.chunks_mut(32) {
            part.copy_from_slice(&chance.bytes::<32>()[..part.len()]);
        }
    }
}

impl Keys for World {
    fn create(&self, writer: WriterId) -> Result<NewKeys, SignError> {
        let key = self.key(writer)?;
        Ok(NewKeys {
            sign: key.public_key(),
            seal_to: PublicX25519::from(&self.opener(writer)).to_bytes(),
        })
    }

    fn agree(&self, writer: WriterId, public: &[u8; 32]) -> Result<Agreement, SignError> {
        if self.0.locked.load(Ordering::SeqCst) {
            return Err(SignError::Locked);
        }
        let agreed = self.opener(writer).diffie_hellman(&PublicX25519::from(*public));
        Ok(Zeroizing::new(agreed.to_bytes()))
    }

    fn destroy(&self, writer: WriterId) -> Result<(), SignError> {
        self.0.destroyed.lock().unwrap_or_else(PoisonError::into_inner).push(writer);
        Ok(())
    }

    fn signer(&self, writer: WriterId) -> Result<Box<dyn Signer>, SignError> {
        if self.0.locked.load(Ordering::SeqCst) {
            return Err(SignError::Locked);
        }
        let destroyed = self.0.destroyed.lock().unwrap_or_else(PoisonError::into_inner);
        if destroyed.contains(&writer) {
            return Err(SignError::Store("the key was destroyed".to_owned()));
        }
        Ok(Box::new(WorldKey { key: self.key(writer)?, world: self.clone() }))
    }
}

struct WorldKey {
    key: SoftKey,
    world: World,
}

impl Signer for WorldKey {
    fn public_key(&self) -> PublicKey {
        self.key.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        if is_struck(&self.world.0.signatures_left) {
            return Err(SignError::Locked);
        }
        self.key.sign(message)
    }
}

impl Disk for World {
    fn free_bytes(&self, _place: &Path) -> io::Result<u64> {
        Ok(self.0.free_bytes.load(Ordering::SeqCst))
    }

    fn before(&self, step: &'static str) -> io::Result<()> {
        self.0.steps.lock().unwrap_or_else(PoisonError::into_inner).push(step);
        if is_struck(&self.0.steps_left) {
            return Err(io::Error::other(format!("planted failure of {step}")));
        }
        Ok(())
    }
}
