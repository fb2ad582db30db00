//! Drives the core's session over blocking HTTP: what the command line and the tests need.

mod drive;
mod endpoint;
mod enrol;

use std::hash::{BuildHasher, RandomState};

use angen_core::ports::Disk;
use angen_core::store::Store;
use angen_core::sync::{self, Line, Site, Task};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;

use crate::client::drive::Http;
use crate::wire::Limit;

pub use endpoint::Endpoint;
pub use enrol::ask_over_hub;

pub use angen_core::sync::{Caller, Exchanged, PullError, Pulled, PushError, Pushed};

/// Pushes a dossier to a hub that keeps no log; one that does asks who pushes
/// ([`Session::push_dossier`]).
///
/// # Errors
/// [`PushError`]. What was stored before stays; pushing again goes on from there.
pub fn push_dossier<'h>(
    hub: impl Into<Endpoint<'h>>,
    store: &Store,
    dossier: DossierId,
) -> Result<Pushed, PushError> {
    Http::new(hub.into())?.drive(&mut sync::push_dossier(jitter(), store, dossier))
}

/// Sends what has no receipt of this hub yet, fetches the receipts, and pulls what changed.
///
/// `roots` are the fingerprints that this device believes, and nothing else is.
///
/// # Errors
/// [`PullError`]. What was done before stays, and the next exchange goes on from there.
pub fn exchange<'h>(
    hub: impl Into<Endpoint<'h>>,
    store: &Store,
    disk: &dyn Disk,
    roots: &[Hash],
    caller: &Caller<'_>,
) -> Result<Exchanged, PullError> {
    let roots = roots.iter().copied().collect();
    let mut task = sync::exchange(jitter(), Site { store, disk }, roots, *caller);
    Http::new(hub.into())?.drive(&mut task)
}

/// A hub that has proved itself, and that knows who asks.
pub struct Session<'k> {
    http: Http,
    line: Line,
    session: sync::Session<'k>,
}

impl<'k> Session<'k> {
    /// Signs in.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn sign_in<'h>(
        hub: impl Into<Endpoint<'h>>,
        store: &Store,
        roots: &[Hash],
        caller: &Caller<'k>,
    ) -> Result<Self, PullError> {
        let (http, line) = (Http::new(hub.into())?, Line::new(jitter()));
        let roots = roots.iter().copied().collect();
        let signing_in = sync::Session::sign_in(line.clone(), store, roots, *caller);
        let session = http.drive(&mut Task::new(line.clone(), signing_in))?;
        Ok(Self { http, line, session })
    }

    /// The log of the hub.
    #[must_use]
    pub fn origin(&self) -> &str {
        self.session.origin()
    }

    /// Pulls every dossier that changed since the last pull: records, then media.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn pull(&self, store: &Store, disk: &dyn Disk) -> Result<Pulled, PullError> {
        self.drive(self.session.pull(Site { store, disk }))
    }

    /// Pulls one dossier, whether or not it changed.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn pull_dossier(
        &self,
        store: &Store,
        disk: &dyn Disk,
        dossier: DossierId,
    ) -> Result<Pulled, PullError> {
        self.drive(self.session.pull_dossier(Site { store, disk }, dossier))
    }

    /// What a request of this session says in the header `Authorization`, for who sends some by
    /// means of their own.
    #[must_use]
    pub fn authorization(&self) -> String {
        self.session.authorization()
    }

    /// Why the session pushes alone, by the word of the hub; none when it reads as well.
    #[must_use]
    pub fn limit(&self) -> Option<Limit> {
        self.session.limit()
    }

    /// Pushes one dossier with its media.
    ///
    /// # Errors
    /// [`PullError`]. What was stored before stays; pushing again goes on from there.
    pub fn push_dossier(&self, store: &Store, dossier: DossierId) -> Result<Pushed, PullError> {
        self.drive(self.session.push_dossier(store, dossier))
    }

    /// Fetches the receipts of a dossier that was pushed. How many came.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn receipts(&self, store: &Store, dossier: DossierId) -> Result<u64, PullError> {
        self.drive(self.session.receipts(store, dossier))
    }

    fn drive<T>(
        &self,
        work: impl Future<Output = Result<T, PullError>> + Send,
    ) -> Result<T, PullError> {
        self.http.drive(&mut Task::new(self.line.clone(), work))
    }
}

/// Another number in each process.
fn jitter() -> u64 {
    RandomState::new().hash_one(0)
}
