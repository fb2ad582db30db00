//! The key of an encrypted database, and the value beside the file that tells a wrong key from
//! damage.
//!
//! A page that does not decrypt looks the same whether the key is another one or the page is
//! damaged. The key-check file says which: it holds a salt and a digest over salt and key, which
//! gives nothing away of a key of 256 random bits.

use std::fmt;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::Path;

use sha2::{Digest, Sha256};
use zeroize::Zeroizing;

use crate::error::{Error, KeyTrouble, Result};

/// The file beside the database.
pub const KEY_CHECK_FILE: &str = "angen.db.keycheck";

const MAGIC: &[u8; 8] = b"angenkc1";
const DOMAIN: &[u8] = b"angen/key-check/1\0";

/// What a database that is not encrypted begins with.
const PLAIN_HEAD: &[u8; 16] = b"SQLite format 3\0";

/// The raw key of a database: 256 random bits that the host keeps, never a passphrase.
#[derive(Clone, PartialEq, Eq)]
pub struct DatabaseKey(Zeroizing<[u8; 32]>);

impl DatabaseKey {
    /// A key from its bytes.
    #[must_use]
    pub fn new(bytes: [u8; 32]) -> Self {
        Self(Zeroizing::new(bytes))
    }

    /// As `PRAGMA key` takes it: a raw key, of which nothing is derived.
    #[cfg(feature = "sqlcipher")]
    pub(super) fn as_blob(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(67));
        text.push_str("x'");
        for byte in self.0.iter() {
            text.push_str(&format!("{byte:02x}"));
        }
        text.push('\'');
        text
    }
}

impl fmt::Debug for DatabaseKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DatabaseKey(…)")
    }
}

/// The key-check value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct KeyCheck {
    salt: [u8; 16],
    digest: [u8; 32],
}

impl KeyCheck {
    /// The value of a key under a salt.
    #[must_use]
    pub fn of(key: &DatabaseKey, salt: [u8; 16]) -> Self {
        let mut sha = Sha256::new();
        sha.update(DOMAIN);
        sha.update(salt);
        sha.update(*key.0);
        Self { salt, digest: sha.finalize().into() }
    }

    /// Whether it is the value of this key.
    #[must_use]
    pub fn fits(&self, key: &DatabaseKey) -> bool {
        Self::of(key, self.salt) == *self
    }

    /// The bytes of the file.
    #[must_use]
    pub fn to_bytes(&self) -> Vec<u8> {
        [MAGIC.as_slice(), &self.salt, &self.digest].concat()
    }

    /// The value beside a database, if there is one. A file that is none counts as none: then a
    /// key can prove itself by opening the database, and nothing is moved aside on its word.
    pub(super) fn read(folder: &Path) -> Result<Option<Self>> {
        let path = folder.join(KEY_CHECK_FILE);
        let bytes = match fs::read(&path) {
            Ok(bytes) => bytes,
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(Error::file(path, source)),
        };
        let Some(rest) = bytes.strip_prefix(MAGIC) else { return Ok(None) };
        let Some((salt, digest)) = rest.split_at_checked(16) else { return Ok(None) };
        let (Ok(salt), Ok(digest)) = (salt.try_into(), digest.try_into()) else { return Ok(None) };
        Ok(Some(Self { salt, digest }))
    }

    /// Puts the value beside a database, for good.
    pub(super) fn write(&self, folder: &Path) -> Result<()> {
        let path = folder.join(KEY_CHECK_FILE);
        let temporary = folder.join(format!("{KEY_CHECK_FILE}.part"));
        let save = || -> std::io::Result<()> {
            let mut file = File::create(&temporary)?;
            file.write_all(&self.to_bytes())?;
            file.sync_all()?;
            fs::rename(&temporary, &path)?;
            File::open(folder)?.sync_all()
        };
        save().map_err(|source| Error::file(&path, source))
    }
}

/// What a database file begins with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum FileHead {
    /// Nothing lies there yet.
    Absent,
    /// A database that anybody can read.
    Plain,
    /// Something else: encrypted, or damaged.
    Other,
}

impl FileHead {
    pub(super) fn of(file: &Path) -> Result<Self> {
        let mut head = Vec::new();
        match File::open(file) {
            Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Self::Absent),
            Err(source) => return Err(Error::file(file, source)),
            Ok(opened) => {
                let read = opened.take(PLAIN_HEAD.len() as u64).read_to_end(&mut head);
                read.map_err(|source| Error::file(file, source))?;
            }
        }
        // SQLite takes a database of one byte for an empty one.
        Ok(match head.as_slice() {
            [] | [_] => Self::Absent,
            head if head == PLAIN_HEAD => Self::Plain,
            _ => Self::Other,
        })
    }
}

/// Says of a database that cannot be opened as it is called for what stands in the way; none when
/// it can. No file is touched.
pub(super) fn trouble(
    head: FileHead,
    key: Option<&DatabaseKey>,
    check: Option<KeyCheck>,
) -> Option<KeyTrouble> {
    match (head, key, check) {
        (_, Some(_), _) if !cfg!(feature = "sqlcipher") => Some(KeyTrouble::NoCipher),
        (FileHead::Plain, Some(_), _) => Some(KeyTrouble::NotEncrypted),
        (FileHead::Other | FileHead::Absent, None, Some(_)) => Some(KeyTrouble::Needed),
        (FileHead::Other | FileHead::Absent, Some(key), Some(check)) if !check.fits(key) => {
            Some(KeyTrouble::Wrong)
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_check_fits_its_key_and_no_other_and_shows_nothing_of_it() {
        let (key, other) = (DatabaseKey::new([7; 32]), DatabaseKey::new([8; 32]));
        let check = KeyCheck::of(&key, [1; 16]);
        assert!(check.fits(&key) && !check.fits(&other));
        assert_ne!(check, KeyCheck::of(&key, [2; 16]));
        assert!(!check.to_bytes().windows(8).any(|bytes| bytes == [7; 8]));
        assert_eq!(format!("{key:?}"), "DatabaseKey(…)");
    }

    #[test]
    fn what_is_no_key_check_counts_as_none() {
        let folder = tempfile::tempdir().unwrap();
        assert_eq!(KeyCheck::read(folder.path()).unwrap(), None);
        let check = KeyCheck::of(&DatabaseKey::new([7; 32]), [1; 16]);
        let whole = check.to_bytes();
        for (bytes, read) in [(&whole[..], Some(check)), (&whole[..40], None), (b"?", None)] {
            fs::write(folder.path().join(KEY_CHECK_FILE), bytes).unwrap();
            assert_eq!(KeyCheck::read(folder.path()).unwrap(), read);
        }
    }
}
