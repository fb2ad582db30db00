//! Where the repository is, whatever folder the command was called from.
use std::path::{Path, PathBuf};

/// The repository's top folder: the parent of this crate's folder.
///
/// Cargo sets `CARGO_MANIFEST_DIR` when it runs a program or a test; the compiled-in value serves
/// when the program is called by itself.
pub(crate) fn find() -> PathBuf {
    let crate_folder = std::env::var("CARGO_MANIFEST_DIR")
        .unwrap_or_else(|_| env!("CARGO_MANIFEST_DIR").to_owned());
    let crate_folder = Path::new(&crate_folder);
    crate_folder.parent().unwrap_or(crate_folder).to_path_buf()
}
