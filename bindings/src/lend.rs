//! How an app's clock, keys and disk become the core's ports, and what is checked on the way.
//!
//! The core's clock cannot fail, and an app's can. So the clock is read once, before the verb
//! begins, and the verb runs at that moment: a clock that throws stops a verb that has not
//! started, and no op ever bears a made-up time.

use std::io;
use std::path::Path;
use std::sync::Arc;

use angen_core::action;
use angen_core::error::Error;
use angen_core::ports::{self, ClockSource, Ports};
use angen_core::store::DatabaseKey;
use angen_ledger::bundle::Agreement;
use angen_ledger::id::WriterId;
use angen_ledger::key::{Algorithm, PublicKey, SignError, Signer, normalized};
use angen_ledger::op::Moment;
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::host::{self, HostError};

/// Bytes of an X25519 public key, and of what two of them agree upon (RFC 7748).
const X25519_BYTES: usize = 32;

/// Bytes of the key of a database.
const DATABASE_KEY_BYTES: usize = 32;

/// What the app has lent for as long as the database is open.
pub(crate) struct Host {
    pub(crate) clock: Arc<dyn host::Clock>,
    pub(crate) keys: Arc<dyn host::Keys>,
    pub(crate) disk: Arc<dyn host::Disk>,
    pub(crate) chance: Arc<Chance>,
}

impl Host {
    /// What is lent for the database of a folder.
    pub(crate) fn of_folder(
        folder: &Path,
        clock: Arc<dyn host::Clock>,
        keys: Arc<dyn host::Keys>,
        disk: Arc<dyn host::Disk>,
    ) -> Self {
        Self { clock, keys, disk, chance: Arc::new(Chance::of_folder(folder)) }
    }

    /// Goes on with a wipe that was cut off, before the database is opened: whether one was.
    pub(crate) fn finish_wipe(
        &self,
        folder: &Path,
        database_keys: Option<&HostDatabaseKeys>,
    ) -> Result<bool, Error> {
        let keys = HostKeys(Arc::clone(&self.keys));
        let disk = HostDisk(Arc::clone(&self.disk));
        let database_keys = database_keys.map(|keys| keys as &dyn ports::DatabaseKeys);
        action::finish_wipe(folder, &keys, database_keys, &disk)
    }

    /// The ports of one call.
    pub(crate) fn lend(&self) -> Result<Ports, HostError> {
        Ok(Ports {
            clock: Box::new(Reading { now: self.clock.now()?, source: self.clock.source()? }),
            chance: Box::new(SharedChance(Arc::clone(&self.chance))),
            keys: Box::new(HostKeys(Arc::clone(&self.keys))),
            disk: Box::new(HostDisk(Arc::clone(&self.disk))),
        })
    }
}

/// The clock as it was when the call began.
struct Reading {
    now: Moment,
    source: ClockSource,
}

impl ports::Clock for Reading {
    fn now(&self) -> Moment {
        self.now
    }

    fn source(&self) -> ClockSource {
        self.source
    }
}

/// The chance of the open database: one stream for all calls.
struct SharedChance(Arc<Chance>);

impl ports::Chance for SharedChance {
    fn fill(&self, buffer: &mut [u8]) {
        self.0.fill(buffer);
    }
}

/// A number that is another one on each device, so that phones whose hub was away do not all come
/// back in the same moment.
pub(crate) fn jitter(ports: &Ports) -> u64 {
    u64::from_le_bytes(ports.random())
}

struct HostKeys(Arc<dyn host::Keys>);

impl ports::Keys for HostKeys {
    fn create(&self, writer: WriterId) -> Result<ports::NewKeys, SignError> {
        let made = self.0.create(writer)?;
        let length = made.seal_to.len();
        let seal_to = made.seal_to.try_into().map_err(|_| {
            nonsense(&format!("gave a key to seal to of {length} bytes; {X25519_BYTES} is right"))
        })?;
        Ok(ports::NewKeys { sign: made.sign.try_into()?, seal_to })
    }

    fn signer(&self, writer: WriterId) -> Result<Box<dyn Signer>, SignError> {
        let public = self.0.public_key(writer)?.try_into()?;
        Ok(Box::new(HostSigner { keys: Arc::clone(&self.0), writer, public }))
    }

    fn agree(&self, writer: WriterId, public: &[u8; X25519_BYTES]) -> Result<Agreement, SignError> {
        let agreed = self.0.agree(writer, public.to_vec())?;
        let length = agreed.len();
        let agreed = agreed.try_into().map_err(|_| {
            nonsense(&format!("agreed upon {length} bytes; {X25519_BYTES} is right"))
        })?;
        Ok(Agreement::new(agreed))
    }

    fn destroy(&self, writer: WriterId) -> Result<(), SignError> {
        Ok(self.0.destroy(writer)?)
    }
}

struct HostSigner {
    keys: Arc<dyn host::Keys>,
    writer: WriterId,
    public: PublicKey,
}

impl Signer for HostSigner {
    fn public_key(&self) -> PublicKey {
        self.public.clone()
    }

    /// What a key store gives is checked here: a seal that does not verify could never be mended.
    fn sign(&self, message: &[u8]) -> Result<[u8; 64], SignError> {
        let signature = self.keys.sign(self.writer, message.to_vec())?;
        let length = signature.len();
        let signature: [u8; 64] = signature
            .try_into()
            .map_err(|_| nonsense(&format!("gave a signature of {length} bytes; 64 is right")))?;
        let signature = normalized(self.public.algorithm(), signature);
        if self.public.verifies(message, &signature) {
            Ok(signature)
        } else {
            Err(nonsense("gave a signature that its own public key does not verify"))
        }
    }
}

impl TryFrom<host::PublicKey> for PublicKey {
    type Error = SignError;

    fn try_from(key: host::PublicKey) -> Result<Self, SignError> {
        let (algorithm, bytes) = match key {
            host::PublicKey::P256 { point } => (Algorithm::P256, point),
            host::PublicKey::Ed25519 { bytes } => (Algorithm::Ed25519, bytes),
        };
        Self::from_bytes(algorithm, &bytes)
            .map_err(|why| nonsense(&format!("gave an unusable public key ({why})")))
    }
}

fn nonsense(what: &str) -> SignError {
    SignError::Store(format!("the app's key store {what}"))
}

impl From<HostError> for SignError {
    fn from(error: HostError) -> Self {
        match error {
            HostError::Locked => Self::Locked,
            HostError::Failed { why } => Self::Store(why),
        }
    }
}

/// The key of the database, as the app lends it.
pub(crate) struct HostDatabaseKeys(pub(crate) Arc<dyn host::DatabaseKeys>);

impl ports::DatabaseKeys for HostDatabaseKeys {
    fn database_key(&self) -> Result<DatabaseKey, SignError> {
        let key = Zeroizing::new(self.0.database_key()?);
        let raw: Result<[u8; DATABASE_KEY_BYTES], _> = key.as_slice().try_into();
        raw.map(DatabaseKey::new).map_err(|_| {
            let length = key.len();
            nonsense(&format!(
                "gave a database key of {length} bytes; {DATABASE_KEY_BYTES} is right"
            ))
        })
    }

    fn destroy(&self) -> Result<(), SignError> {
        Ok(self.0.destroy_database_key()?)
    }
}

struct HostDisk(Arc<dyn host::Disk>);

impl ports::Disk for HostDisk {
    fn free_bytes(&self, place: &Path) -> io::Result<u64> {
        self.0.free_bytes(place.to_owned()).map_err(io::Error::other)
    }
}
