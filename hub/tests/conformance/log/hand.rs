//! The hand that goes on with a log: a key, a clock and chance, all from one seed.

use std::sync::Mutex;
use std::sync::atomic::{AtomicI64, AtomicU64, Ordering};

use angen_core::ports::{Chance, Clock, ClockSource};
use angen_hub::store::Pen;
use angen_ledger::id::BootId;
use angen_ledger::key::{Algorithm, PublicKey, SignError, Signer, SoftKey};
use angen_ledger::op::Moment;
use angen_ledger::testing::{BEGIN_MS, Chance as Dice};

/// Key, clock and chance of a hub.
pub(crate) struct Hand {
    key: SoftKey,
    passed_ms: AtomicI64,
    dice: Mutex<Dice>,
    /// Signatures until one fails; `u64::MAX` when none does.
    left: AtomicU64,
}

impl Hand {
    pub(crate) fn new(seed: u64) -> Self {
        let mut dice = Dice::new(seed);
        let key = SoftKey::from_secret(Algorithm::Ed25519, &dice.bytes()).unwrap();
        let (passed_ms, left) = (AtomicI64::new(0), AtomicU64::new(u64::MAX));
        Self { key, passed_ms, dice: Mutex::new(dice), left }
    }

    pub(crate) fn pen(&self) -> Pen<'_> {
        Pen { key: self, clock: self, chance: self }
    }

    /// A second passes.
    pub(crate) fn tick(&self) {
        self.passed_ms.fetch_add(1_000, Ordering::Relaxed);
    }

    /// Makes the signature behind the next ones fail.
    pub(crate) fn fail_after(&self, signatures: u64) {
        self.left.store(signatures, Ordering::Relaxed);
    }

    pub(crate) fn mend(&self) {
        self.left.store(u64::MAX, Ordering::Relaxed);
    }
}

impl Signer for Hand {
    fn public_key(&self) -> PublicKey {
        self.key.public_key()
    }

    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        let left = self.left.load(Ordering::Relaxed);
        if left < u64::MAX {
            self.left.store(left.wrapping_sub(1), Ordering::Relaxed);
        }
        if left == 0 { Err(SignError::Store("planted".to_owned())) } else { self.key.sign(message) }
    }
}

impl Clock for Hand {
    fn now(&self) -> Moment {
        let passed = self.passed_ms.load(Ordering::Relaxed);
        let wall_ms = BEGIN_MS + 86_400_000 + passed;
        Moment { wall_ms, mono_ms: passed.unsigned_abs(), boot: BootId([3; 16]) }
    }

    fn source(&self) -> ClockSource {
        ClockSource::Network
    }
}

impl Chance for Hand {
    fn fill(&self, buffer: &mut [u8]) {
        let mut dice = self.dice.lock().unwrap();
        for part in buffer.chunks_mut(32) {
            let bytes: [u8; 32] = dice.bytes();
            part.copy_from_slice(&bytes[..part.len()]);
        }
    }
}
