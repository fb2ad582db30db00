//! The blob folder: ciphertexts under their addresses, written so that a row without its file
//! cannot be.
//!
//! The order is: temporary file, sync, rename to the address, sync of the folder; only then is
//! the op committed that names the blob. A crash before that leaves a file that no op names; it
//! is harmless; `fsck` counts it, and `sweep` sets it aside.

use std::fs::{self, File};
use std::io::{BufReader, Read, Write};
use std::path::{Path, PathBuf};

use angen_ledger::blob::{BlobKey, BlobOpener, BlobSealer, Digests, TAG_BYTES};
use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::limits::BLOB_CHUNK_BYTES;

use crate::error::{Error, Result};
use crate::ports::{Disk, Ports};

/// Bytes of a file that are looked at to tell what it is.
const HEAD_BYTES_MAX: usize = 64 * 1024;

/// The folder with the ciphertexts.
pub struct BlobFolder {
    folder: PathBuf,
}

/// A file that has been encrypted, stored and synced.
#[derive(Debug, Clone)]
pub struct StoredBlob {
    /// SHA-256 of the ciphertext: where it lies.
    pub address: Hash,
    /// Bytes of the ciphertext.
    pub cipher_length: u64,
    /// Length and digests of the original.
    pub original: Digests,
}

impl BlobFolder {
    /// Opens the folder, and makes it if it is not there.
    ///
    /// # Errors
    /// `File`.
    pub fn open(folder: &Path) -> Result<Self> {
        make_folder(folder)?;
        Ok(Self { folder: folder.to_owned() })
    }

    /// The folder itself, for what is not a blob yet.
    pub(super) fn folder(&self) -> &Path {
        &self.folder
    }

    /// Where a blob lies.
    #[must_use]
    pub fn path_of(&self, address: Hash) -> PathBuf {
        let name = address.to_string();
        self.folder.join(&name[..2]).join(name)
    }

    /// Whether a blob is here.
    #[must_use]
    pub fn holds(&self, address: Hash) -> bool {
        self.path_of(address).is_file()
    }

    /// Asks within a verb's transaction whether its blob is still here: a sweep moves blobs only
    /// within a transaction, so then none has set it aside as one that no op names.
    ///
    /// # Errors
    /// `File`: the verb is to be tried again.
    pub fn require(&self, address: Hash) -> Result<()> {
        if self.holds(address) {
            return Ok(());
        }
        Err(Error::file(self.path_of(address), std::io::ErrorKind::NotFound.into()))
    }

    /// Encrypts a file into the folder, one chunk in memory at a time, and syncs it.
    ///
    /// # Errors
    /// `File` (the original or the folder), `NoSpace` is the caller's to check beforehand.
    pub fn put(&self, ports: &Ports, original: &Path, key: &BlobKey) -> Result<StoredBlob> {
        let temporary = self.folder.join(format!("{:032x}.part", u128::from_be_bytes(ports.id())));
        let stored = self.encrypt(&*ports.disk, original, &temporary, key);
        if stored.is_err() {
            // What cannot be removed is swept later: it is no blob without its address as a name.
            let _ = fs::remove_file(&temporary);
        }
        stored
    }

    /// Removes every file of a blob whose key was erased: the blob, what has come of it in parts,
    /// and what a sweep has set aside. Gives which.
    ///
    /// # Errors
    /// `File`.
    pub fn destroy(&self, disk: &dyn Disk, blob: BlobRef) -> Result<Vec<PathBuf>> {
        let name = blob.address.to_string();
        let is_stray = |path: &PathBuf| {
            let file = path.file_name().unwrap_or_default().to_string_lossy();
            file.starts_with(&name)
        };
        let mut files = vec![self.path_of(blob.address), self.part_of(blob)];
        files.extend(self.strays()?.into_iter().filter(is_stray));
        files.retain(|path| path.exists());
        for path in &files {
            let failed = |source| Error::file(path, source);
            disk.before("remove").map_err(failed)?;
            fs::remove_file(path).map_err(failed)?;
            let folder = path.parent().unwrap_or(&self.folder);
            File::open(folder).and_then(|folder| folder.sync_all()).map_err(failed)?;
        }
        Ok(files)
    }

    /// Opens the ciphertext of a blob.
    ///
    /// # Errors
    /// `File`.
    pub fn open_blob(&self, address: Hash) -> Result<File> {
        let path = self.path_of(address);
        File::open(&path).map_err(|source| Error::file(path, source))
    }

    /// Decrypts a blob into a writer, one chunk in memory at a time, and gives its digests.
    ///
    /// # Errors
    /// `File`; `Refused` when a chunk does not open.
    pub fn decrypt(&self, address: Hash, key: &BlobKey, out: &mut dyn Write) -> Result<Digests> {
        let path = self.path_of(address);
        let file = self.open_blob(address)?;
        let mut left = file.metadata().map_err(|source| Error::file(&path, source))?.len();
        let mut input = BufReader::new(file);
        let mut opener = BlobOpener::new(key);
        let mut chunk = Vec::with_capacity(BLOB_CHUNK_BYTES + TAG_BYTES);
        while left > 0 {
            let wanted = left.min((BLOB_CHUNK_BYTES + TAG_BYTES) as u64);
            chunk.clear();
            let took = (&mut input)
                .take(wanted)
                .read_to_end(&mut chunk)
                .map_err(|source| Error::file(&path, source))?;
            left -= took as u64;
            opener
                .chunk(&mut chunk, left == 0)
                .map_err(|why| Error::Refused(format!("blob {address}: {why}")))?;
            out.write_all(&chunk).map_err(|source| Error::file(&path, source))?;
        }
        Ok(opener.finish())
    }

    /// The addresses of every blob in the folder, ascending, and the names of files that are none.
    ///
    /// # Errors
    /// `File`.
    pub fn list(&self) -> Result<(Vec<Hash>, Vec<PathBuf>)> {
        let (mut addresses, mut others) = (Vec::new(), Vec::new());
        let mut folders = vec![self.folder.clone()];
        while let Some(folder) = folders.pop() {
            let entries = fs::read_dir(&folder).map_err(|source| Error::file(&folder, source))?;
            for entry in entries {
                let path = entry.map_err(|source| Error::file(&folder, source))?.path();
                let name = path.file_name().and_then(|name| name.to_str()).unwrap_or_default();
                match name.parse::<Hash>() {
                    _ if path.is_dir() => folders.push(path),
                    Ok(address) if self.path_of(address) == path => addresses.push(address),
                    _ => others.push(path),
                }
            }
        }
        addresses.sort_unstable();
        others.sort_unstable();
        Ok((addresses, others))
    }

    fn encrypt(
        &self,
        disk: &dyn Disk,
        original: &Path,
        temporary: &Path,
        key: &BlobKey,
    ) -> Result<StoredBlob> {
        let at_original = |source| Error::file(original, source);
        let at_temporary = |source| Error::file(temporary, source);
        let mut input = File::open(original).map_err(at_original)?;
        disk.before("create").map_err(at_temporary)?;
        let mut out = File::create_new(temporary).map_err(at_temporary)?;
        let mut sealer = BlobSealer::new(key);
        let mut chunk = Vec::with_capacity(BLOB_CHUNK_BYTES + TAG_BYTES);
        let mut next = Vec::with_capacity(BLOB_CHUNK_BYTES + TAG_BYTES);
        read_chunk(&mut input, &mut chunk).map_err(at_original)?;
        loop {
            // Which chunk is the last is known only when nothing comes after it.
            read_chunk(&mut input, &mut next).map_err(at_original)?;
            let last = next.is_empty();
            sealer
                .chunk(&mut chunk, last)
                .map_err(|_| Error::invalid("file", "文件太大", "the file is too large"))?;
            disk.before("write").map_err(at_temporary)?;
            out.write_all(&chunk).map_err(at_temporary)?;
            if last {
                break;
            }
            std::mem::swap(&mut chunk, &mut next);
        }
        disk.before("sync").map_err(at_temporary)?;
        out.sync_all().map_err(at_temporary)?;
        drop(out);
        let (address, cipher_length, original) = sealer.finish();
        self.settle(disk, temporary, address)?;
        Ok(StoredBlob { address, cipher_length, original })
    }

    /// Gives a synced file its address as a name, for good.
    pub(super) fn settle(&self, disk: &dyn Disk, temporary: &Path, address: Hash) -> Result<()> {
        let path = self.path_of(address);
        let folder = path.parent().unwrap_or(&self.folder);
        // Its name is safe before a file that may be the only one moves into it.
        make_folder(folder)?;
        disk.before("rename").map_err(|source| Error::file(&path, source))?;
        fs::rename(temporary, &path).map_err(|source| Error::file(&path, source))?;
        for folder in [folder, &self.folder] {
            disk.before("sync_folder").map_err(|source| Error::file(folder, source))?;
            let handle = File::open(folder).map_err(|source| Error::file(folder, source))?;
            handle.sync_all().map_err(|source| Error::file(folder, source))?;
        }
        Ok(())
    }
}

/// Makes a folder, and those above it that are missing, so that their names survive a power cut:
/// a name is safe once the folder that it stands in was synced.
///
/// # Errors
/// `File`.
pub(super) fn make_folder(folder: &Path) -> Result<()> {
    if folder.is_dir() {
        return Ok(());
    }
    let failed = |source| Error::file(folder, source);
    let above = folder.parent().filter(|above| !above.as_os_str().is_empty());
    let above = above.unwrap_or(Path::new("."));
    make_folder(above)?;
    match fs::create_dir(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::AlreadyExists => {
            return Err(failed(error));
        }
        // Another process may have made it just now.
        _ => {}
    }
    File::open(above).and_then(|handle| handle.sync_all()).map_err(failed)
}

/// The first bytes of a file, to tell what it is.
///
/// # Errors
/// `File`.
pub(crate) fn read_head(path: &Path) -> Result<Vec<u8>> {
    let mut head = Vec::new();
    File::open(path)
        .and_then(|file| file.take(HEAD_BYTES_MAX as u64).read_to_end(&mut head))
        .map_err(|source| Error::file(path, source))?;
    Ok(head)
}

fn read_chunk(input: &mut File, chunk: &mut Vec<u8>) -> std::io::Result<()> {
    chunk.clear();
    input.take(BLOB_CHUNK_BYTES as u64).read_to_end(chunk).map(|_| ())
}
