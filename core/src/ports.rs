//! What the core asks of its host: clocks, chance, keys, and room on the disk.
//!
//! A phone, the command line, a test and a simulator each lend their own. Nothing else in the
//! core reads a clock, rolls dice or holds a secret key.

use std::io;
use std::path::Path;

use angen_ledger::bundle::Agreement;
use angen_ledger::id::WriterId;
use angen_ledger::key::{PublicKey, SignError, Signer};
use angen_ledger::op::Moment;

use crate::store::DatabaseKey;

/// Where the wall time comes from. Evidence records it, because a court asks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockSource {
    /// Satellite positioning.
    Gnss,
    /// A time server, lately.
    Network,
    /// Set by hand, or unknown.
    Manual,
}

impl ClockSource {
    /// The word in ops.
    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Gnss => "gnss",
            Self::Network => "network",
            Self::Manual => "manual",
        }
    }
}

/// The device's clocks.
pub trait Clock: Send + Sync {
    /// Wall time, time since the boot, and which boot.
    fn now(&self) -> Moment;

    /// Where the wall time comes from.
    fn source(&self) -> ClockSource;
}

/// Secret random bytes.
pub trait Chance: Send + Sync {
    /// Fills the buffer.
    fn fill(&self, buffer: &mut [u8]);
}

/// The public halves of a writer's new keys.
#[derive(Debug, Clone)]
pub struct NewKeys {
    /// Signs the writer's ops.
    pub sign: PublicKey,
    /// X25519: bundles for this writer are encrypted to it.
    pub seal_to: [u8; 32],
}

/// The officers' keys on this device.
pub trait Keys: Send + Sync {
    /// Makes and keeps the keys of a new writer. Making them again for one that has them gives
    /// the same ones, so that a verb that failed may be tried again.
    ///
    /// # Errors
    /// [`SignError`] when they cannot be made or kept.
    fn create(&self, writer: WriterId) -> Result<NewKeys, SignError>;

    /// Destroys the keys of a writer for good. Destroying them again does nothing.
    ///
    /// # Errors
    /// [`SignError::Store`] when they are still there, or this host cannot destroy keys.
    fn destroy(&self, writer: WriterId) -> Result<(), SignError> {
        Err(SignError::Store(format!("this host cannot destroy the keys of {writer}")))
    }

    /// The key of a writer, once the officer's PIN or biometric has opened it.
    ///
    /// # Errors
    /// [`SignError::Locked`] when it is not open, [`SignError::Store`] when there is none.
    fn signer(&self, writer: WriterId) -> Result<Box<dyn Signer>, SignError>;

    /// What the writer's own X25519 key and another public key agree upon (RFC 7748), once the PIN
    /// or biometric has opened it: so a bundle is opened and the secret key stays with the host.
    ///
    /// # Errors
    /// [`SignError::Locked`] when it is not open, [`SignError::Store`] when there is none, or this
    /// host cannot open bundles.
    fn agree(&self, writer: WriterId, _public: &[u8; 32]) -> Result<Agreement, SignError> {
        Err(SignError::Store(format!("this host cannot open bundles for {writer}")))
    }
}

/// The key of an encrypted database: raw, kept by the host's own store of secrets.
pub trait DatabaseKeys: Send + Sync {
    /// The key. Asked for at each opening, so that nothing of it stays in between.
    ///
    /// # Errors
    /// [`SignError`] when the host does not give it now.
    fn database_key(&self) -> Result<DatabaseKey, SignError>;

    /// Destroys the key for good: the database is noise from then on.
    ///
    /// # Errors
    /// [`SignError::Store`] when it is still there.
    fn destroy(&self) -> Result<(), SignError>;
}

/// The disk below the data folder.
pub trait Disk: Send + Sync {
    /// Bytes that can still be written at this place.
    ///
    /// # Errors
    /// What the system says.
    fn free_bytes(&self, place: &Path) -> io::Result<u64>;

    /// Asked before each step on a file (`create`, `write`, `sync`, `rename`, `sync_folder`).
    /// A test makes the step fail here; a host lets it pass.
    ///
    /// # Errors
    /// The failure that the test wants.
    fn before(&self, _step: &'static str) -> io::Result<()> {
        Ok(())
    }
}

/// Everything that a host lends.
pub struct Ports {
    /// Clocks.
    pub clock: Box<dyn Clock>,
    /// Chance.
    pub chance: Box<dyn Chance>,
    /// Keys.
    pub keys: Box<dyn Keys>,
    /// Disk.
    pub disk: Box<dyn Disk>,
}

impl Ports {
    /// Random bytes of a fixed length.
    #[must_use]
    pub fn random<const N: usize>(&self) -> [u8; N] {
        let mut bytes = [0; N];
        self.chance.fill(&mut bytes);
        bytes
    }

    /// A random id (UUID version 4, RFC 9562 section 5.4).
    #[must_use]
    pub fn id(&self) -> [u8; 16] {
        let mut bytes = self.random::<16>();
        bytes[6] = (bytes[6] & 0x0f) | 0x40;
        bytes[8] = (bytes[8] & 0x3f) | 0x80;
        bytes
    }
}
