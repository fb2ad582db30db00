//! Officers' keys in files, for desktops and tests.
//!
//! A phone has a key store that no copy of its files opens; its app implements
//! [`Keys`](crate::Keys) over that. A computer has files. These have no PIN: whoever reads them
//! can sign, so they are made with rights for their owner alone.

use std::fs::{self, File, OpenOptions};
use std::io::{self, ErrorKind, Write as _};
use std::path::PathBuf;

use angen_core::ports::Chance as _;
use angen_ledger::id::WriterId;
use angen_ledger::key::{Algorithm, Signer as _, SoftKey};
use x25519_dalek::{PublicKey as Exchange, StaticSecret};
use zeroize::Zeroizing;

use crate::chance::Chance;
use crate::host::{HostError, Keys, NewKeys, PublicKey};

/// Two secrets of 32 bytes: signing (Ed25519) and encryption (X25519).
const SECRET_BYTES: usize = 64;

/// Keys in files below a folder.
pub(crate) struct SoftwareKeys {
    folder: PathBuf,
}

struct Secrets {
    sign: SoftKey,
    exchange: StaticSecret,
}

impl SoftwareKeys {
    /// Keys in a folder, which is made with the first one.
    pub(crate) fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    fn path(&self, writer: WriterId) -> PathBuf {
        self.folder.join(format!("{writer}.key"))
    }

    fn read(&self, writer: WriterId) -> Result<Secrets, HostError> {
        let path = self.path(writer);
        let bytes = fs::read(&path).map(Zeroizing::new);
        let bytes = bytes.map_err(|error| failed(format!("{}: {error}", path.display())))?;
        let halves = bytes.split_at_checked(SECRET_BYTES / 2);
        let secrets = halves.and_then(|(sign, exchange)| {
            let sign = Zeroizing::new(<[u8; 32]>::try_from(sign).ok()?);
            let exchange = Zeroizing::new(<[u8; 32]>::try_from(exchange).ok()?);
            let sign = SoftKey::from_secret(Algorithm::Ed25519, &sign).ok()?;
            Some(Secrets { sign, exchange: StaticSecret::from(*exchange) })
        });
        secrets.ok_or_else(|| {
            failed(format!("{}: 不是密钥文件 / this is no key file", path.display()))
        })
    }

    fn write(&self, writer: WriterId, secret: &[u8; SECRET_BYTES]) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        let mut options = OpenOptions::new();
        options.write(true).create_new(true);
        #[cfg(unix)]
        {
            use std::os::unix::fs::OpenOptionsExt as _;
            options.mode(0o600);
        }
        let mut file = options.open(self.path(writer))?;
        file.write_all(secret)?;
        file.sync_all()?;
        self.sync_folder()
    }

    /// The name of a file is on the disk once its folder is. Windows opens no folder as a file.
    fn sync_folder(&self) -> io::Result<()> {
        if cfg!(unix) { File::open(&self.folder)?.sync_all() } else { Ok(()) }
    }
}

impl Keys for SoftwareKeys {
    fn create(&self, writer: WriterId) -> Result<NewKeys, HostError> {
        if !self.path(writer).exists() {
            let mut secret = Zeroizing::new([0; SECRET_BYTES]);
            Chance::of(&writer.to_string()).fill(secret.as_mut_slice());
            self.write(writer, &secret)
                .map_err(|error| failed(format!("{}: {error}", self.path(writer).display())))?;
        }
        let secrets = self.read(writer)?;
        let seal_to = Exchange::from(&secrets.exchange).as_bytes().to_vec();
        Ok(NewKeys { sign: public(&secrets.sign), seal_to })
    }

    fn public_key(&self, writer: WriterId) -> Result<PublicKey, HostError> {
        Ok(public(&self.read(writer)?.sign))
    }

    fn sign(&self, writer: WriterId, message: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let signature = self.read(writer)?.sign.sign(&message);
        signature.map(Vec::from).map_err(|error| failed(error.to_string()))
    }

    fn agree(&self, writer: WriterId, public: Vec<u8>) -> Result<Vec<u8>, HostError> {
        let public = <[u8; 32]>::try_from(public.as_slice());
        let public = public.map_err(|_| {
            failed("X25519 公钥应为 32 字节 / an X25519 public key has 32 bytes".to_owned())
        })?;
        let agreed = self.read(writer)?.exchange.diffie_hellman(&Exchange::from(public));
        Ok(agreed.as_bytes().to_vec())
    }

    fn destroy(&self, writer: WriterId) -> Result<(), HostError> {
        let path = self.path(writer);
        let remove = || -> io::Result<()> {
            let mut file = OpenOptions::new().write(true).open(&path)?;
            file.write_all(&[0; SECRET_BYTES])?;
            file.sync_all()?;
            fs::remove_file(&path)?;
            self.sync_folder()
        };
        match remove() {
            Err(error) if error.kind() != ErrorKind::NotFound => {
                Err(failed(format!("{}: {error}", path.display())))
            }
            _ => Ok(()),
        }
    }
}

fn public(key: &SoftKey) -> PublicKey {
    PublicKey::Ed25519 { bytes: key.public_key().to_bytes() }
}

fn failed(why: String) -> HostError {
    HostError::Failed { why }
}
