//! Imports a package: verified as a stranger does, before anything is stored; then run by run, as
//! ops from elsewhere always come.
//!
//! The file is read twice. What the second reading stores is checked once more by the code that
//! stores it, so a file that is exchanged between the two gains nothing.

use std::collections::BTreeSet;
use std::io::Read;
use std::path::Path;

use angen_ledger::bundle::BundleError;
use angen_ledger::certificate::{SignedCertificate, Trust};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::id::DossierId;
use angen_ledger::package::ReadFault;
use angen_ledger::verify::{Lang, NoObserver, Outcome, Verdict, verify};

use crate::action::export_bundle::bundle_error;
use crate::action::import_bundle::opened;
use crate::action::take_frames::Taking;
use crate::error::{Error, Result};
use crate::ports::Disk;
use crate::store::{self, LogPen, Store};

/// Broken rules that a refusal names.
const RULES_NAMED_MAX: usize = 3;

/// Where packages are taken in: a phone, or a hub.
pub struct Receiver<'a> {
    /// The store.
    pub store: &'a Store,
    /// The disk below its folder.
    pub disk: &'a dyn Disk,
    /// The roots that are known here.
    pub roots: Vec<Hash>,
    /// At a hub that keeps a log, the log.
    pub log: Option<LogSide<'a>>,
}

/// The log of a hub, which grows with what is imported.
pub struct LogSide<'a> {
    /// What is needed to go on with it.
    pub pen: LogPen<'a>,
    /// Told of each head that was signed, before anybody else is.
    pub raise: &'a dyn Fn(Option<Checkpoint>) -> Result<()>,
}

/// What came of an import.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Imported {
    /// The dossiers of the package.
    pub dossiers: Vec<DossierId>,
    /// Ops that were not here before.
    pub new_ops: u64,
    /// Ops that were here already.
    pub known_ops: u64,
    /// Blobs that are whole here now and were not before.
    pub new_blobs: u64,
    /// Blobs that the package names and that are not here.
    pub absent_blobs: u64,
    /// Receipts that were verified and were not here before.
    pub receipts: u64,
    /// Refusals that a hub signed, of what is here, and that were not here before.
    pub refusals: u64,
    /// Receipts of a checkpoint that nothing ties to those that are kept here: left out.
    pub unproved_receipts: u64,
    /// Logs of which a checkpoint contradicts one that is kept here. Both are kept.
    pub contradicted: Vec<String>,
}

/// Imports a package that is not encrypted.
///
/// # Errors
/// As [`import_bundle`](crate::action::import_bundle).
pub fn import_package(receiver: &Receiver<'_>, file: &Path) -> Result<Imported> {
    import_from(receiver, file, &|| Ok(Box::new(opened(file)?) as Box<dyn Read>))
}

/// Imports the package that `input` gives from its beginning each time.
pub(super) fn import_from(
    receiver: &Receiver<'_>,
    file: &Path,
    input: &dyn Fn() -> Result<Box<dyn Read>>,
) -> Result<Imported> {
    let verdict = verify(input()?, None, &mut NoObserver).map_err(|why| cut(file, why))?;
    check_verdict(&verdict, &receiver.roots, file)?;
    let length = std::fs::metadata(file).map_err(|source| Error::file(file, source))?.len();
    receiver.store.check_room(receiver.disk, length)?;
    let mut taking = Taking::new(receiver, file);
    taking.take_all(input()?)?;
    if taking.altered > 0 {
        // What an earlier import had left of a blob was damaged, and is gone: once more.
        taking.take_all(input()?)?;
    }
    if receiver.store.owes_scrub()? {
        let _ = receiver.store.scrub(receiver.disk);
    }
    taking.done(verdict.contents.dossiers)
}

fn check_verdict(verdict: &Verdict, roots: &[Hash], file: &Path) -> Result<()> {
    let place = file.display().to_string();
    match verdict.outcome {
        Outcome::Verifies => {}
        Outcome::Unreadable => {
            return Err(Error::invalid(
                place,
                "里面不是卷宗包：请让发件人重新导出",
                "it holds no package: have it exported again",
            ));
        }
        Outcome::Refused => {
            let rules: Vec<_> = verdict.broken().take(RULES_NAMED_MAX).collect();
            let say = |lang| {
                let words =
                    rules.iter().map(|rule| format!("{} {}", rule.code(), rule.words(lang)));
                words.collect::<Vec<_>>()
            };
            return Err(Error::invalid(
                place,
                format!(
                    "卷宗包不予认可，什么都没有存：{}；请让发件人重新导出",
                    say(Lang::Zh).join("；")
                ),
                format!(
                    "the package is refused and nothing was stored: {}; have it exported again",
                    say(Lang::En).join("; ")
                ),
            ));
        }
    }
    let strange: BTreeSet<Hash> =
        verdict.contents.roots.iter().filter(|root| !roots.contains(root)).copied().collect();
    match strange.first() {
        None => Ok(()),
        Some(root) => Err(other_root(&place, Some(*root))),
    }
}

fn other_root(place: &str, root: Option<Hash>) -> Error {
    let root = root.map_or_else(|| "?".to_owned(), |root| root.to_string());
    Error::invalid(
        place,
        format!("证书出自本机不认识的根 {root}，什么都没有存；请核对是谁给的"),
        format!(
            "its certificates lead to the root {root}, which is not known here; nothing was \
             stored: ask who gave it"
        ),
    )
}

/// The trust of what is here and of further certificates, each of which must lead to a known root.
pub(crate) fn trust_with(
    store: &Store,
    roots: &[Hash],
    given: &[Vec<u8>],
    place: &str,
) -> Result<Trust> {
    let mut trust = Trust::default();
    for (_, held) in store.read(store::certificates)? {
        trust.admit(&held)?;
    }
    for cose in given {
        let certificate = SignedCertificate::read(cose)?;
        if trust.get(&certificate.hash).is_none() {
            trust.admit(&certificate)?;
        }
        let root = trust.root_of(&certificate.hash);
        if !root.is_some_and(|root| roots.contains(&root)) {
            return Err(other_root(place, root));
        }
    }
    Ok(trust)
}

/// Reading began and did not come to its end.
pub(super) fn cut(file: &Path, why: ReadFault) -> Error {
    match why {
        ReadFault::Io(source) => match BundleError::within(&source) {
            Some(why) => bundle_error(file, why),
            None => Error::file(file, source),
        },
        ReadFault::EndsEarly | ReadFault::NotAFrame => Error::invalid(
            file.display().to_string(),
            "读到一半变了：请不要在导入时改动文件，再导入一次",
            "it changed while it was read: leave the file alone and import it again",
        ),
    }
}
