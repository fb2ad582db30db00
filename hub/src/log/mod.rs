//! The log of this hub: opened against its certificate and its mark, and lent to what is stored.

mod mark;
mod trouble;

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use angen_core::error::{Error, Result};
use angen_core::planted::bug;
use angen_core::ports::{Chance, Clock};
use angen_ledger::certificate::{Duty, SignedCertificate};
use angen_ledger::hash::Hash;
use angen_ledger::header::Checkpoint;
use angen_ledger::log::checkpoint::SignedCheckpoint;
use angen_ledger::log::origin::log_of;
use angen_ledger::log::refusal::Refusal;

use crate::backup::RESTORED;
use crate::key::HubKey;
use crate::log::mark::Mark;
use crate::store::{BlobStore, LogStore, Pen};
use crate::trust::{Untrusted, check_certificates, root_of};

pub use mark::MARK_FILE;
pub use trouble::LogTrouble;

/// What a hub needs to keep a log, and to tell who asks.
pub struct Logging {
    /// Certificates of duty `hub` for its key, each behind its issuers: one for each root whose
    /// phones it serves, all for the same log.
    pub certificates: Vec<Vec<u8>>,
    /// Where the mark is kept; beside the database when no other place is named.
    pub mark: Option<PathBuf>,
    /// Whether the certificates may begin a new epoch, leaving the log before it as it is.
    pub new_epoch: bool,
    /// The hub's clock.
    pub clock: Box<dyn Clock>,
    /// For salts, challenges and tokens, and for the key at the first start.
    pub chance: Box<dyn Chance>,
}

/// The log that grows.
pub(crate) struct Log {
    /// Hub and epoch, as they stand in every checkpoint.
    pub(crate) origin: String,
    pub(crate) certificates: Vec<Vec<u8>>,
    pub(crate) clock: Box<dyn Clock>,
    pub(crate) chance: Box<dyn Chance>,
    key: HubKey,
    /// This hub's own certificates, each behind the root that it leads to.
    own: Vec<(Hash, Hash)>,
    mark: Mark,
}

impl Log {
    /// Opens the log and brings it up to what the stores hold. The hub's key lies at its place, and
    /// its mark when no other was named.
    pub(crate) fn open(
        place: &Path,
        ledger: &dyn LogStore,
        blobs: &dyn BlobStore,
        roots: &BTreeSet<Hash>,
        logging: Logging,
    ) -> std::result::Result<Self, LogTrouble> {
        let Logging { certificates, mark, new_epoch, clock, chance } = logging;
        let key = HubKey::open(place, &*chance)?;
        check_certificates(ledger, roots, &certificates).map_err(|why| match why {
            Untrusted::OtherRoot => LogTrouble::OtherRoot,
            Untrusted::Core(error) => error.into(),
        })?;
        let origin = certified_origin(&certificates, &key)?;
        ledger.admit(&certificates)?;
        if ledger.setting(RESTORED)?.as_ref() == Some(&origin) {
            return Err(LogTrouble::Restored(origin));
        }
        let own = own_certificates(ledger, &certificates, &key)?;
        let mark = Mark::open(mark.unwrap_or_else(|| place.join(MARK_FILE)))?;
        let held = ledger.origin()?;
        if held.as_ref() != Some(&origin) {
            // The database was lost, or set back to before this log began.
            if let Some(marked) = mark.head().filter(|head| head.origin == origin) {
                let marked = marked.size;
                return Err(LogTrouble::Behind { origin, marked, held: 0 });
            }
            let newest = [held, mark.head().map(|head| head.origin)];
            check_epoch(newest.into_iter().flatten(), &origin, new_epoch)?;
            ledger.begin_log(&origin)?;
        }
        check_whole(ledger, &origin, mark.head())?;
        let log = Self { origin, certificates, clock, chance, key, own, mark };
        if !bug(20) {
            let head = ledger.catch_up(&log.pen(), blobs)?;
            log.raise(head)?;
        }
        Ok(log)
    }

    /// What the store needs to go on with the log.
    pub(crate) fn pen(&self) -> Pen<'_> {
        let Self { key, clock, chance, .. } = self;
        Pen { key: key.signer(), clock: &**clock, chance: &**chance }
    }

    /// Signs that something was not taken, with the certificate under a root if there is one.
    pub(crate) fn refuse(&self, root: Option<Hash>, refusal: &Refusal) -> Option<Vec<u8>> {
        let under = self.own.iter().find(|(own, _)| Some(*own) == root);
        let (_, certificate) = under.or(self.own.first())?;
        refusal.sign(self.key.signer(), *certificate).ok()
    }

    /// The keys of the hub.
    pub(crate) fn key(&self) -> &HubKey {
        &self.key
    }

    /// Raises the mark to what was just committed.
    pub(crate) fn raise(&self, head: Option<Checkpoint>) -> std::result::Result<(), LogTrouble> {
        self.mark.raise(head)
    }
}

/// The certificates of this key, each behind its root.
fn own_certificates(
    ledger: &dyn LogStore,
    certificates: &[Vec<u8>],
    key: &HubKey,
) -> Result<Vec<(Hash, Hash)>> {
    let mut own = Vec::new();
    for cose in certificates {
        let signed = SignedCertificate::read(cose)?;
        if signed.certificate.key == key.public().sign
            && let Some(root) = root_of(ledger, signed.hash)?
        {
            own.push((root, signed.hash));
        }
    }
    Ok(own)
}

/// The log that the certificates for this key name.
fn certified_origin(
    certificates: &[Vec<u8>],
    key: &HubKey,
) -> std::result::Result<String, LogTrouble> {
    let mut origin: Option<String> = None;
    for cose in certificates {
        let signed = SignedCertificate::read(cose).map_err(Error::from)?;
        let own = signed.certificate.key == key.public().sign;
        if !own || signed.certificate.duty != Duty::Hub {
            continue;
        }
        let (named, _) = log_of(&signed.certificate).ok_or(LogTrouble::NotCertified)?;
        match &origin {
            Some(other) if other != named => {
                return Err(LogTrouble::TwoOrigins(other.clone(), named.to_owned()));
            }
            _ => origin = Some(named.to_owned()),
        }
    }
    origin.ok_or(LogTrouble::NotCertified)
}

/// A log may begin when there was none, or as a later epoch of every one that there was.
fn check_epoch(
    before: impl Iterator<Item = String>,
    given: &str,
    new_epoch: bool,
) -> std::result::Result<(), LogTrouble> {
    for held in before {
        let given = given.to_owned();
        if !new_epoch {
            return Err(LogTrouble::OtherLog { held, given });
        }
        if !is_later(&given, &held) {
            return Err(LogTrouble::NotLater { held, given });
        }
    }
    Ok(())
}

/// Whether a log is a later epoch of the same hub as another.
fn is_later(origin: &str, before: &str) -> bool {
    match (divided(before), divided(origin)) {
        (Some((hub, epoch)), Some((same, later))) => hub == same && later > epoch,
        _ => false,
    }
}

fn divided(origin: &str) -> Option<(&str, u32)> {
    let (hub, epoch) = origin.rsplit_once('/')?;
    Some((hub, epoch.parse().ok()?))
}

/// Refuses a database that is behind what was signed, or holds another tree than the signed one.
fn check_whole(
    ledger: &dyn LogStore,
    origin: &str,
    mark: Option<Checkpoint>,
) -> std::result::Result<(), LogTrouble> {
    let differs = || LogTrouble::Differs(origin.to_owned());
    let held = ledger.counts()?.entries;
    let note = ledger.checkpoint()?;
    let signed = note.map(|note| SignedCheckpoint::read(&note)).transpose().map_err(Error::from)?;
    let signed = signed.map(|signed| signed.checkpoint);
    let root_at = |size| ledger.root(size);
    if let Some(mark) = mark {
        if mark.origin != origin {
            // The mark is of an earlier epoch when the hub ended just as this one began. Of a later
            // one, the database was set back behind it; of another hub, it is the wrong file.
            if !is_later(origin, &mark.origin) {
                return Err(LogTrouble::OtherLog { held: mark.origin, given: origin.to_owned() });
            }
        } else if held < mark.size {
            let origin = origin.to_owned();
            return Err(LogTrouble::Behind { origin, marked: mark.size, held });
        } else if root_at(mark.size)? != mark.root {
            return Err(differs());
        }
    }
    match signed {
        Some(signed) if signed.size != held || root_at(held)? != signed.root => Err(differs()),
        None if held > 0 => Err(differs()),
        _ => Ok(()),
    }
}
