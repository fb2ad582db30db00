//! Files of a backup: each is there under its name as a whole, or not at all.

use std::collections::BTreeSet;
use std::fs::{self, File};
use std::io::{ErrorKind, Read, Write};
use std::path::{Path, PathBuf};

use angen_core::error::{Error, Result};
use angen_core::store::BlobFolder;
use angen_ledger::hash::Hash;
use sha2::{Digest, Sha256};

use crate::limits::PIECE_BYTES;

/// How a blob came.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Brought {
    /// As a second name of the same file; blobs never change.
    Linked,
    /// As bytes, whose hash was compared.
    Copied,
    /// Not: the file is no longer there.
    Gone,
}

/// The blobs of a folder.
pub(super) fn list(folder: &Path) -> Result<BTreeSet<Hash>> {
    Ok(BlobFolder::open(folder)?.list()?.0.into_iter().collect())
}

/// Where a blob lies in a folder of blobs.
pub(super) fn path_of(folder: &Path, address: Hash) -> PathBuf {
    let name = address.to_string();
    folder.join(&name[..2]).join(name)
}

/// Brings a blob into a folder of blobs.
pub(super) fn bring(from: &Path, folder: &Path, address: Hash, may_link: bool) -> Result<Brought> {
    let to = path_of(folder, address);
    let within = to.parent().unwrap_or(folder);
    fs::create_dir_all(within).map_err(|source| Error::file(within, source))?;
    if may_link && fs::hard_link(from, &to).is_ok() {
        sync_folder(within)?;
        return Ok(Brought::Linked);
    }
    let at_from = |source| Error::file(from, source);
    let mut file = match File::open(from) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(Brought::Gone),
        opened => opened.map_err(at_from)?,
    };
    let new = to.with_extension("new");
    let at_new = |source| Error::file(&new, source);
    let mut copy = File::create(&new).map_err(at_new)?;
    let (mut sha, mut piece) = (Sha256::new(), vec![0; PIECE_BYTES]);
    loop {
        match file.read(&mut piece).map_err(at_from)? {
            0 => break,
            read => {
                sha.update(&piece[..read]);
                copy.write_all(&piece[..read]).map_err(at_new)?;
            }
        }
    }
    if Hash(sha.finalize().into()) != address {
        let _ = fs::remove_file(&new);
        return Err(Error::invalid(
            from.display().to_string(),
            "文件已损坏，与地址的摘要不符",
            "the file is damaged: it has another hash than its name",
        ));
    }
    copy.sync_all().map_err(at_new)?;
    fs::rename(&new, &to).map_err(|source| Error::file(&to, source))?;
    sync_folder(within)?;
    Ok(Brought::Copied)
}

/// Writes a small file, synced before it has its name.
pub(super) fn write_whole(path: &Path, bytes: &[u8]) -> Result<()> {
    let new = path.with_extension("new");
    let failed = |source| Error::file(path, source);
    let mut file = File::create(&new).map_err(failed)?;
    file.write_all(bytes).and_then(|()| file.sync_all()).map_err(failed)?;
    fs::rename(&new, path).map_err(failed)?;
    sync_folder(path.parent().unwrap_or(Path::new(".")))
}

/// What was renamed or linked in a folder is on the disk when this returns.
pub(super) fn sync_folder(folder: &Path) -> Result<()> {
    let synced = File::open(folder).and_then(|folder| folder.sync_all());
    synced.map_err(|source| Error::file(folder, source))
}
