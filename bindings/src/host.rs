//! What an app lends to the core: its clock, its officers' keys, and room on its disk.
//!
//! Each method may fail. What it throws ends the verb before anything is written, and comes back
//! from the verb as an [`ApiError`](crate::ApiError).

use angen_core::ports::ClockSource;
use angen_ledger::id::WriterId;
use angen_ledger::op::Moment;
use std::path::PathBuf;
use std::sync::Arc;
use thiserror::Error;

use crate::software_keys::SoftwareKeys;

/// Why the app could not do what the core asked of it.
#[derive(Debug, Clone, PartialEq, Eq, Error, uniffi::Error)]
pub enum HostError {
    /// The officer's PIN or biometric has not opened the key. Ask for it, then call again.
    #[error("the key is locked")]
    Locked,
    /// Anything else, in words for a log.
    #[error("{why}")]
    Failed {
        /// What happened. It must name no person.
        why: String,
    },
}

/// An exception that the trait does not name: it is passed on in its own words.
impl From<uniffi::UnexpectedUniFFICallbackError> for HostError {
    fn from(error: uniffi::UnexpectedUniFFICallbackError) -> Self {
        Self::Failed { why: error.reason }
    }
}

/// The device's clocks. They are read once in each call, at its start: that is when the officer
/// pressed, however long the verb then takes.
#[uniffi::export(foreign)]
pub trait Clock: Send + Sync {
    /// Wall time, time since the boot (never set back, goes on in sleep), and which boot.
    fn now(&self) -> Result<Moment, HostError>;

    /// Where the wall time comes from.
    fn source(&self) -> Result<ClockSource, HostError>;
}

/// The public half of a signing key.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Enum)]
pub enum PublicKey {
    /// ECDSA over P-256 with SHA-256: what Android's Keystore and Apple's Secure Enclave have.
    P256 {
        /// The point in SEC 1 form: 65 bytes that begin with 4, or 33 that begin with 2 or 3.
        point: Vec<u8>,
    },
    /// Ed25519, for keys in software.
    Ed25519 {
        /// 32 bytes (RFC 8032).
        bytes: Vec<u8>,
    },
}

/// The public halves of a writer's new keys.
#[derive(Debug, Clone, PartialEq, Eq, uniffi::Record)]
pub struct NewKeys {
    /// Signs the writer's ops.
    pub sign: PublicKey,
    /// X25519, 32 bytes (RFC 7748): bundles for this writer are encrypted to it.
    pub seal_to: Vec<u8>,
}

/// The officers' keys on this device. The secret halves never leave the app's key store. A phone
/// implements it over its own; `software_keys` gives one of files, for desktops and tests.
#[uniffi::export(with_foreign)]
pub trait Keys: Send + Sync {
    /// Makes and keeps the keys of a new writer. Asked again for one that has them, it gives the
    /// same ones: a verb that failed may be tried again.
    fn create(&self, writer: WriterId) -> Result<NewKeys, HostError>;

    /// The writer's public key, once the officer's PIN or biometric has opened it;
    /// [`HostError::Locked`] until then.
    fn public_key(&self, writer: WriterId) -> Result<PublicKey, HostError>;

    /// A signature over the message, 64 bytes: `r || s` for P-256 (either `s`), RFC 8032 for
    /// Ed25519. The message is not yet hashed.
    fn sign(&self, writer: WriterId, message: Vec<u8>) -> Result<Vec<u8>, HostError>;

    /// What the writer's own X25519 key and this public key of 32 bytes agree upon (RFC 7748), 32
    /// bytes: so a bundle 摆渡包 is opened, and the secret key stays with the app.
    fn agree(&self, writer: WriterId, public: Vec<u8>) -> Result<Vec<u8>, HostError>;

    /// Destroys the keys of a writer for good: her device is emptied. Destroying them again does
    /// nothing.
    fn destroy(&self, writer: WriterId) -> Result<(), HostError>;
}

/// Officers' keys in files below a folder: Ed25519, one file for each writer, readable for its
/// owner alone, and always open. For desktops, scripts and tests; a phone uses its own key store.
/// The folder is made with the first key.
#[uniffi::export]
#[must_use]
pub fn software_keys(folder: PathBuf) -> Arc<dyn Keys> {
    Arc::new(SoftwareKeys::new(folder))
}

/// The key of an encrypted database, kept by the app's own store of secrets.
#[uniffi::export(foreign)]
pub trait DatabaseKeys: Send + Sync {
    /// The raw key: 32 random bytes, never made from a passphrase. Asked for at each opening of a
    /// connection, and kept by the core no longer than that.
    fn database_key(&self) -> Result<Vec<u8>, HostError>;

    /// Destroys the key for good: the database is noise from then on. Destroying it again does
    /// nothing. It is not called `destroy`: in Kotlin every object of the library has a method of
    /// that name, and the bindings would not compile.
    fn destroy_database_key(&self) -> Result<(), HostError>;
}

/// The disk below the data folder.
#[uniffi::export(foreign)]
pub trait Disk: Send + Sync {
    /// Bytes that this app can still write at this place.
    fn free_bytes(&self, place: PathBuf) -> Result<u64, HostError>;
}
