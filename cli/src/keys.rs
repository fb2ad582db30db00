//! Officers' keys in files, each under the officer's own PIN.
//!
//! A phone keeps keys in its secure element; a computer has files. The PIN is stretched with
//! Argon2id (RFC 9106) and opens the file with AES-256-GCM, so a copied file without its PIN is
//! of no use, and one officer cannot sign as another on a shared machine.

use std::collections::HashMap;
use std::fs;
use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Mutex;

use aes_gcm::aead::{Aead, KeyInit};
use aes_gcm::{Aes256Gcm, Nonce};
use angen_core::ports::{Keys, NewKeys};
use angen_ledger::bundle::Agreement;
use angen_ledger::id::WriterId;
use angen_ledger::key::{Algorithm, SignError, Signer, SoftKey};
use zeroize::Zeroizing;

use crate::host::random;

const MAGIC: &[u8; 8] = b"angenkey";

/// Shortest PIN: what phones ask for.
pub(crate) const PIN_CHARS_MIN: usize = 6;

/// Two secrets of 32 bytes: signing (Ed25519) and encryption (X25519).
const SECRET_BYTES: usize = 64;

/// Key files in a folder, and the keys that are open.
pub(crate) struct PinKeys {
    folder: PathBuf,
    /// The PIN that keys are made under.
    new_pin: Mutex<Option<Zeroizing<String>>>,
    open: Mutex<HashMap<WriterId, Zeroizing<[u8; SECRET_BYTES]>>>,
}

impl PinKeys {
    /// Keys in a folder; none is open yet.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder, new_pin: Mutex::new(None), open: Mutex::new(HashMap::new()) }
    }

    /// The PIN for keys that are made from now on. False, and nothing is set, for a short one.
    #[must_use]
    pub(crate) fn set_new_pin(&self, pin: &str) -> bool {
        let is_long_enough = pin.chars().count() >= PIN_CHARS_MIN;
        if is_long_enough {
            *lock(&self.new_pin) = Some(Zeroizing::new(pin.to_owned()));
        }
        is_long_enough
    }

    /// Whether a writer's key lies here.
    pub(crate) fn holds(&self, writer: WriterId) -> bool {
        self.path(writer).exists()
    }

    /// Whose keys lie here, ascending.
    pub(crate) fn writers(&self) -> Vec<WriterId> {
        let Ok(entries) = fs::read_dir(&self.folder) else { return Vec::new() };
        let names = entries.filter_map(|entry| entry.ok()?.file_name().into_string().ok());
        let ids = names.filter_map(|name| name.strip_suffix(".key")?.parse().ok());
        let mut writers: Vec<WriterId> = ids.collect();
        writers.sort_unstable();
        writers
    }

    /// Opens a writer's key.
    ///
    /// # Errors
    /// `Locked` for a wrong PIN, `Store` when there is no key or it cannot be read.
    pub(crate) fn unlock(&self, writer: WriterId, pin: &str) -> Result<(), SignError> {
        let secret = self.read(writer, pin)?;
        lock(&self.open).insert(writer, secret);
        Ok(())
    }

    fn path(&self, writer: WriterId) -> PathBuf {
        self.folder.join(format!("{writer}.key"))
    }

    fn read(
        &self,
        writer: WriterId,
        pin: &str,
    ) -> Result<Zeroizing<[u8; SECRET_BYTES]>, SignError> {
        let path = self.path(writer);
        let bytes =
            fs::read(&path).map_err(|error| failed(format!("{}: {error}", path.display())))?;
        let sealed = bytes.strip_prefix(MAGIC).and_then(|rest| rest.split_at_checked(28));
        let Some((head, sealed)) = sealed else {
            return Err(failed(format!("{}: 不是密钥文件 / is no key file", path.display())));
        };
        let (salt, nonce) = head.split_at(16);
        let nonce: [u8; 12] = nonce.try_into().map_err(|_| SignError::Locked)?;
        let opened = cipher(pin, salt)?
            .decrypt(&Nonce::from(nonce), sealed)
            .map_err(|_| SignError::Locked)?;
        let opened = Zeroizing::new(opened);
        let secret = <[u8; SECRET_BYTES]>::try_from(opened.as_slice());
        secret.map(Zeroizing::new).map_err(|_| SignError::Locked)
    }

    fn write(
        &self,
        writer: WriterId,
        pin: &str,
        secret: &[u8; SECRET_BYTES],
    ) -> Result<(), SignError> {
        let (salt, nonce) = (random::<16>(), random::<12>());
        let sealed = cipher(pin, &salt)?
            .encrypt(&Nonce::from(nonce), secret.as_slice())
            .map_err(|_| failed("encryption failed".to_owned()))?;
        let path = self.path(writer);
        let save = || -> std::io::Result<()> {
            fs::create_dir_all(&self.folder)?;
            let mut file = fs::File::create_new(&path)?;
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt as _;
                file.set_permissions(fs::Permissions::from_mode(0o600))?;
            }
            file.write_all(&[MAGIC.as_slice(), &salt, &nonce, &sealed].concat())?;
            file.sync_all()
        };
        save().map_err(|error| failed(format!("{}: {error}", path.display())))
    }
}

impl Keys for PinKeys {
    fn create(&self, writer: WriterId) -> Result<NewKeys, SignError> {
        if !self.path(writer).exists() {
            let pin = lock(&self.new_pin).clone().ok_or(SignError::Locked)?;
            let secret = Zeroizing::new(random::<SECRET_BYTES>());
            self.write(writer, &pin, &secret)?;
            lock(&self.open).insert(writer, secret);
        }
        let open = lock(&self.open);
        let secret = open.get(&writer).ok_or(SignError::Locked)?;
        let (sign, exchange) = halves(secret);
        Ok(NewKeys {
            sign: soft_key(sign)?.public_key(),
            seal_to: *x25519_dalek::PublicKey::from(&x25519_dalek::StaticSecret::from(exchange))
                .as_bytes(),
        })
    }

    /// The file is written over and removed. A key that was read from old blocks of the disk is
    /// still under its PIN.
    fn destroy(&self, writer: WriterId) -> Result<(), SignError> {
        lock(&self.open).remove(&writer);
        let path = self.path(writer);
        let remove = || -> std::io::Result<()> {
            let length = usize::try_from(fs::metadata(&path)?.len()).unwrap_or(SECRET_BYTES);
            let mut file = fs::OpenOptions::new().write(true).open(&path)?;
            file.write_all(&vec![0; length])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            fs::File::open(&self.folder)?.sync_all()
        };
        match remove() {
            Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
                Err(failed(format!("{}: {error}", path.display())))
            }
            _ => Ok(()),
        }
    }

    fn signer(&self, writer: WriterId) -> Result<Box<dyn Signer>, SignError> {
        let open = lock(&self.open);
        let secret = open.get(&writer).ok_or(SignError::Locked)?;
        Ok(Box::new(soft_key(halves(secret).0)?))
    }

    fn agree(&self, writer: WriterId, public: &[u8; 32]) -> Result<Agreement, SignError> {
        let open = lock(&self.open);
        let secret = open.get(&writer).ok_or(SignError::Locked)?;
        let own = x25519_dalek::StaticSecret::from(halves(secret).1);
        let agreed = own.diffie_hellman(&x25519_dalek::PublicKey::from(*public));
        Ok(Zeroizing::new(agreed.to_bytes()))
    }
}

fn halves(secret: &[u8; SECRET_BYTES]) -> ([u8; 32], [u8; 32]) {
    let (mut sign, mut exchange) = ([0; 32], [0; 32]);
    sign.copy_from_slice(&secret[..32]);
    exchange.copy_from_slice(&secret[32..]);
    (sign, exchange)
}

fn soft_key(secret: [u8; 32]) -> Result<SoftKey, SignError> {
    SoftKey::from_secret(Algorithm::Ed25519, &secret).map_err(|why| failed(why.to_string()))
}

fn cipher(pin: &str, salt: &[u8]) -> Result<Aes256Gcm, SignError> {
    let mut key = Zeroizing::new([0; 32]);
    argon2::Argon2::default()
        .hash_password_into(pin.as_bytes(), salt, key.as_mut_slice())
        .map_err(|why| failed(why.to_string()))?;
    Ok(Aes256Gcm::new((&*key).into()))
}

fn failed(why: String) -> SignError {
    SignError::Store(why)
}

fn lock<T>(mutex: &Mutex<T>) -> std::sync::MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(std::sync::PoisonError::into_inner)
}
