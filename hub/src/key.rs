//! The hub's keys: made once into its folder, readable by its owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::os::unix::fs::{OpenOptionsExt, PermissionsExt};
use std::path::Path;

use angen_core::ports::{Chance, NewKeys};
use angen_ledger::bundle::Agreement;
use angen_ledger::key::{Algorithm, Signer, SoftKey};
use zeroize::Zeroizing;

use crate::log::LogTrouble;

/// The file in the hub's folder: 32 secret bytes that sign, and 32 that open bundles.
pub const KEY_FILE: &str = "hub.key";

const KEY_BYTES: usize = 64;
/// What nobody but the owner may have on the file.
const OTHERS: u32 = 0o077;

/// The secret keys of a hub.
pub struct HubKey {
    sign: SoftKey,
    open: x25519_dalek::StaticSecret,
}

impl HubKey {
    /// The keys of the hub in a folder, made at the first time.
    ///
    /// # Errors
    /// `Key` when the file cannot be read or made, is damaged, or others may read it.
    pub fn open(folder: &Path, chance: &dyn Chance) -> Result<Self, LogTrouble> {
        let path = folder.join(KEY_FILE);
        let failed = |source| LogTrouble::Key { path: path.clone(), source };
        match fs::metadata(&path) {
            Err(error) if error.kind() == ErrorKind::NotFound => {
                make(folder, &path, chance).map_err(failed)?;
            }
            Err(error) => return Err(failed(error)),
            Ok(held) if held.permissions().mode() & OTHERS != 0 => {
                return Err(LogTrouble::KeyIsOpen(path));
            }
            Ok(_) => {}
        }
        let bytes = Zeroizing::new(fs::read(&path).map_err(failed)?);
        Self::from_bytes(&bytes).ok_or_else(|| failed(ErrorKind::InvalidData.into()))
    }

    /// Signs checkpoints.
    #[must_use]
    pub fn signer(&self) -> &dyn Signer {
        &self.sign
    }

    /// The public halves, for the administrator who certifies the hub.
    #[must_use]
    pub fn public(&self) -> NewKeys {
        let seal_to = x25519_dalek::PublicKey::from(&self.open).to_bytes();
        NewKeys { sign: self.sign.public_key(), seal_to }
    }

    /// What the key that opens bundles and another key agree upon (RFC 7748).
    #[must_use]
    pub fn agree(&self, public: &[u8; 32]) -> Agreement {
        let agreed = self.open.diffie_hellman(&x25519_dalek::PublicKey::from(*public));
        Zeroizing::new(agreed.to_bytes())
    }

    fn from_bytes(bytes: &[u8]) -> Option<Self> {
        let (sign, open) = bytes.split_first_chunk::<32>()?;
        let open: [u8; 32] = open.try_into().ok()?;
        let sign = SoftKey::from_secret(Algorithm::Ed25519, sign).ok()?;
        Some(Self { sign, open: x25519_dalek::StaticSecret::from(open) })
    }
}

/// The name comes last: a power cut leaves no key, or a whole one.
fn make(folder: &Path, path: &Path, chance: &dyn Chance) -> io::Result<()> {
    let mut secret = Zeroizing::new([0; KEY_BYTES]);
    chance.fill(&mut secret[..]);
    let new = folder.join("hub.key.new");
    match fs::remove_file(&new) {
        Err(error) if error.kind() != ErrorKind::NotFound => return Err(error),
        _ => {}
    }
    let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(&new)?;
    file.write_all(&secret[..])?;
    file.sync_all()?;
    fs::rename(&new, path)?;
    File::open(folder)?.sync_all()
}
