//! Small files to capture, and folders to copy and list.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use angen_ledger::hash::Hash;
use sha2::{Digest, Sha256};

/// The smallest file that passes for a whole JPEG: start and end of image, and words between
/// that make its digest its own.
#[must_use]
pub fn jpeg(words: &str) -> Vec<u8> {
    let mut bytes = vec![0xff, 0xd8, 0xff, 0xe0, 0, 16];
    bytes.extend_from_slice(b"JFIF\0\x01\x01\0\0\x01\0\x01\0\0");
    // A comment segment, whose length counts its own two bytes.
    let length = u16::try_from(words.len() + 2).expect("a test's words fit into a segment");
    bytes.extend_from_slice(&[0xff, 0xfe]);
    bytes.extend_from_slice(&length.to_be_bytes());
    bytes.extend_from_slice(words.as_bytes());
    bytes.extend_from_slice(&[0xff, 0xd9]);
    bytes
}

/// Where the checklists of the project lie.
#[must_use]
pub fn checklists() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../checklists")
}

/// Copies a folder with everything in it.
///
/// # Errors
/// What the file system says.
pub fn copy_folder(from: &Path, to: &Path) -> io::Result<()> {
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            copy_folder(&entry.path(), &target)?;
        } else {
            fs::copy(entry.path(), target)?;
        }
    }
    Ok(())
}

/// A file as a test compares it: where, how long, and the SHA-256 of its bytes.
pub type Listed = (PathBuf, u64, Hash);

/// Every file below a folder, ascending by path.
///
/// # Errors
/// What the file system says.
pub fn contents(folder: &Path) -> io::Result<Vec<Listed>> {
    let mut found = Vec::new();
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            found.extend(contents(&path)?);
        } else {
            let bytes = fs::read(&path)?;
            found.push((path, bytes.len() as u64, Hash(Sha256::digest(&bytes).into())));
        }
    }
    found.sort();
    Ok(found)
}
