//! Packages for who has no database: the verdict on a file, and its findings and times by page.

use std::fs::File;
use std::io::{self, BufReader};
use std::path::{Path, PathBuf};
use std::sync::Arc;

use angen_core::error::Error;
use angen_ledger::hash::Hash;
use angen_ledger::verify::OpTime;
use angen_page::{OpenError, Opened, OriginalSink, PackageFinding};

use crate::error::ApiError;
use crate::paging::page;
use crate::types::{PackageFindingPage, TimePage, VerdictView};

/// Bytes that are read from the file at a time.
const BUFFER_BYTES: usize = 1 << 20;

/// Verifies a package 卷宗包: whether it is intact, what that proves and what not, rule by rule, and
/// what of it counts. No database is needed, nothing is written.
///
/// `root` is the fingerprint that the reader knows; without one the verdict says "intact, issuer
/// unknown". Throws `NotFound` for a file that is not there; whatever the file says, the answer is
/// a verdict.
#[uniffi::export]
pub fn verify_package(path: PathBuf, root: Option<Hash>) -> Result<VerdictView, ApiError> {
    Ok(VerdictView::of(&opened(&path, root)?))
}

/// Verifies a package and keeps what it says in memory, to be read by page. Throws as
/// [`verify_package`].
#[uniffi::export]
pub fn open_package(path: PathBuf, root: Option<Hash>) -> Result<Arc<OpenedPackage>, ApiError> {
    let opened = opened(&path, root)?;
    let verdict = VerdictView::of(&opened);
    Ok(Arc::new(OpenedPackage {
        findings: opened.findings(),
        times: opened.verdict.times,
        verdict,
    }))
}

/// A package that was opened: all of its content only if it verifies.
#[derive(uniffi::Object)]
pub struct OpenedPackage {
    verdict: VerdictView,
    findings: Vec<PackageFinding>,
    times: Vec<OpTime>,
}

#[uniffi::export]
impl OpenedPackage {
    /// The verdict.
    pub fn verdict(&self) -> VerdictView {
        self.verdict.clone()
    }

    /// The findings that count, at most 50, from this one on: 0 for the first page.
    pub fn findings(&self, from: u64) -> PackageFindingPage {
        let (rows, next) = page(&self.findings, from);
        PackageFindingPage { rows, next }
    }

    /// Between which moments each record was written, at most 50, from this one on. Empty when the
    /// package has nothing of a hub's log.
    pub fn times(&self, from: u64) -> TimePage {
        let (rows, next) = page(&self.times, from);
        TimePage { rows, next }
    }
}

fn opened(path: &Path, root: Option<Hash>) -> Result<Opened, ApiError> {
    let input = File::open(path).map_err(|source| Error::file(path, source))?;
    let input = BufReader::with_capacity(BUFFER_BYTES, input);
    Ok(angen_page::open_package(input, root, &mut Nowhere).map_err(|error| unread(path, error))?)
}

fn unread(path: &Path, error: OpenError) -> Error {
    Error::file(path, io::Error::new(io::ErrorKind::InvalidData, error.to_string()))
}

/// Originals are verified as they pass, and kept nowhere.
struct Nowhere;

impl OriginalSink for Nowhere {
    fn begin(&mut self, _address: Hash, _file_name: &str) -> io::Result<()> {
        Ok(())
    }

    fn part(&mut self, _part: &[u8]) -> io::Result<()> {
        Ok(())
    }

    fn end(&mut self, _holds: bool) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self, _keep: bool) -> io::Result<()> {
        Ok(())
    }
}
