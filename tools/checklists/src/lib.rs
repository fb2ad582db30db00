//! The five checklists (检查表): diffable text sources in, Excel workbooks (XLSForm) out.
//!
//! The sources lie in `checklists/`: one `.tsv` for each list with one item a line,
//! `measurements.tsv`
//! with the readings that items ask for, `laws.tsv` with the laws that they cite, `lists.tsv` with
//! the
//! lists themselves. They are the place to edit; the workbooks are made from them by
//! `cargo run -p xtask-checklists`, so that a change of an item shows in a review as one changed
//! line.
//!
//! [`read_sources`] gives the lists, [`workbook`] the bytes of one workbook, [`write_all`] writes
//! all.
//! The same sources give the same bytes: no clock goes in.

mod rows;
mod source;
mod workbook;

pub use source::{Checklist, Item, Measurement, SourceError, read_sources};
pub use workbook::workbook;

use std::path::{Path, PathBuf};

/// Why the workbooks could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// A source is missing or wrong.
    #[error(transparent)]
    Source(#[from] SourceError),
    /// The workbook could not be made.
    #[error("cannot make {name}.xlsx: {error}")]
    Workbook {
        /// The list.
        name: String,
        /// What the writer says.
        error: rust_xlsxwriter::XlsxError,
    },
    /// A file could not be written.
    #[error("cannot write {path}: {error}")]
    File {
        /// The file.
        path: PathBuf,
        /// What the system says.
        error: std::io::Error,
    },
}

/// Writes every list of `folder` as a workbook beside its source, and returns the paths.
///
/// # Errors
/// When a source is wrong or a file cannot be written; earlier files stay written.
pub fn write_all(folder: &Path) -> Result<Vec<PathBuf>, WriteError> {
    let mut written = Vec::new();
    for list in read_sources(folder)? {
        let bytes = workbook(&list)
            .map_err(|error| WriteError::Workbook { name: list.name.clone(), error })?;
        let path = folder.join(format!("{}.xlsx", list.name));
        std::fs::write(&path, bytes)
            .map_err(|error| WriteError::File { path: path.clone(), error })?;
        written.push(path);
    }
    Ok(written)
}
