//! A whole exchange with a hub, in the order in which it helps: what is recorded here goes out
//! before what others wrote comes in, and records before media.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::header::BlobRef;
use angen_ledger::id::DossierId;

use crate::domain::Source;
use crate::planted::bug;
use crate::store::{self, Store};
use crate::sync::line::{Line, Stage, Task};
use crate::sync::order::{own_dossiers_first, small_and_new_first};
use crate::sync::push::{Counts, Sent};
use crate::sync::session::{Caller, Session, Site};
use crate::sync::wire::{Changed, Limit};
use crate::sync::{PullError, Pulled, PushError};

/// The cursor over changes whose records were pulled.
const RECORDS: &str = "pulled";
/// The cursor over changes whose blobs were fetched, as far as the hub had them.
const BLOBS: &str = "fetched";

/// What came of an exchange.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exchanged {
    /// The log of the hub.
    pub origin: String,
    /// Whether the hub had records of this writer that this device had lost, by a restored backup
    /// or a power cut: they were adopted before anything was sent.
    pub is_restored: bool,
    /// Dossiers of which something was sent.
    pub sent_dossiers: u64,
    /// Ops that the hub did not have.
    pub sent_ops: u64,
    /// Blobs of which something was sent.
    pub sent_blobs: u64,
    /// Receipts for what is here that were verified and are kept.
    pub receipts: u64,
    /// What came from the hub.
    pub pulled: Pulled,
    /// Seals that the hub refused under its signature; it is kept ([`store::standing_refusals`]).
    pub refused_seals: u64,
    /// Certificates that it refused so: it takes no seal under them.
    pub refused_certificates: u64,
    /// Why only what is here was sent, and nothing came: by the word of the hub.
    pub limit: Option<Limit>,
    /// Seals that still have no receipt of this hub.
    pub waiting_seals: u64,
    /// Blobs that still have none: their files are on another device, or too large for now.
    pub waiting_blobs: u64,
}

/// Sends what has no receipt of this hub yet, fetches the receipts, and pulls what changed. Only a
/// receipt ends the wait of what was recorded; an answer of the hub alone does not.
#[must_use]
pub fn exchange<'a>(
    jitter: u64,
    site: Site<'a>,
    roots: BTreeSet<Hash>,
    caller: Caller<'a>,
) -> Task<'a, Result<Exchanged, PullError>> {
    let line = Line::new(jitter);
    Task::new(line.clone(), async move {
        Session::sign_in(line, site.store, roots, caller).await?.exchange(site).await
    })
}

impl Session<'_> {
    /// The exchange of somebody who has signed in.
    ///
    /// # Errors
    /// [`PullError`]. What was done before stays, and the next exchange goes on from there.
    pub async fn exchange(&self, site: Site<'_>) -> Result<Exchanged, PullError> {
        let mut done = Exchanged {
            origin: self.origin.clone(),
            is_restored: false,
            sent_dossiers: 0,
            sent_ops: 0,
            sent_blobs: 0,
            receipts: 0,
            pulled: Pulled::default(),
            refused_seals: 0,
            refused_certificates: 0,
            limit: self.limit,
            waiting_seals: 0,
            waiting_blobs: 0,
        };
        if self.limit.is_some() {
            // Evidence must not be lost with a right: it is sent, and nothing is shown.
            self.push_records(site.store, &mut done).await?;
            self.send_blobs(site.store, &mut done).await?;
            self.count_waiting(site.store, &mut done)?;
            return Ok(done);
        }
        done.is_restored = self.has_lost_records(site.store).await?;
        if done.is_restored {
            // Before anything else: whoever goes on from an older head forks the own chain.
            self.pull_records(site.store, Stage::Restore, &mut done.pulled).await?;
            if self.has_lost_records(site.store).await? {
                return Err(PullError::OwnRecordsMissing);
            }
        } else {
            self.pull_rules(site.store, &mut done.pulled).await?;
        }
        self.push_records(site.store, &mut done).await?;
        self.pull_records(site.store, Stage::Pull, &mut done.pulled).await?;
        // Last, so that a full disk or a slow network keeps nobody from the records.
        self.send_blobs(site.store, &mut done).await?;
        self.fetch_all_blobs(site, &mut done.pulled).await?;
        done.receipts += done.pulled.receipts;
        self.count_waiting(site.store, &mut done)?;
        Ok(done)
    }

    /// Pulls everything that changed since the last pull: records, then media.
    ///
    /// # Errors
    /// [`PullError`]. The place in the log is noted when all of it is here, so that what was cut
    /// is asked for again.
    pub async fn pull(&self, site: Site<'_>) -> Result<Pulled, PullError> {
        let mut pulled = Pulled::default();
        self.pull_records(site.store, Stage::Pull, &mut pulled).await?;
        self.fetch_all_blobs(site, &mut pulled).await?;
        Ok(pulled)
    }

    /// The standing dossiers of the township: whom a visit is with, what is checked, and where.
    async fn pull_rules(&self, store: &Store, pulled: &mut Pulled) -> Result<(), PullError> {
        let (changed, _) = self.changes(store, RECORDS).await?;
        let standing = own_dossiers_first(store, changed)?.standing;
        self.pull_each(store, Stage::Rules, &standing, pulled).await
    }

    async fn pull_records(
        &self,
        store: &Store,
        stage: Stage,
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        let (changed, next) = self.changes(store, RECORDS).await?;
        let order = own_dossiers_first(store, changed)?;
        self.pull_each(store, stage, &order.all(), pulled).await?;
        self.move_cursor(store, RECORDS, next)
    }

    async fn pull_each(
        &self,
        store: &Store,
        stage: Stage,
        changed: &[Changed],
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        self.asking.line.begin(stage, changed.len());
        for one in changed {
            let said = Some((one.arrivals, one.running));
            match self.pull_ops(store, one.dossier, said, pulled).await {
                Err(_) if bug(1) => {}
                pulled => pulled?,
            }
            self.asking.line.one_done();
        }
        Ok(())
    }

    async fn push_records(&self, store: &Store, done: &mut Exchanged) -> Result<(), PullError> {
        let waiting = waiting_dossiers(store, &self.origin)?;
        self.asking.line.begin(Stage::Push, waiting.len());
        let mut refused = BTreeSet::new();
        for dossier in waiting {
            let mut counts = Counts::default();
            let pushed = self.push_records_of(store, dossier, &mut counts).await;
            done.receipts += counts.receipts;
            done.refused_seals += counts.refused.seals;
            refused.extend(counts.refused.certificates);
            done.refused_certificates = refused.len() as u64;
            match pushed {
                Ok(pushed) => {
                    done.sent_dossiers += u64::from(pushed.new_ops > 0);
                    done.sent_ops += pushed.new_ops;
                }
                // A dossier of which only an excerpt is here is another device's to send.
                Err(PullError::Hub(error)) if error.is_refused_as("dossier_not_open") => {}
                Err(error) => return Err(error),
            }
            self.asking.line.one_done();
        }
        Ok(())
    }

    async fn send_blobs(&self, store: &Store, done: &mut Exchanged) -> Result<(), PullError> {
        let mut waiting: Vec<(DossierId, BlobRef)> = Vec::new();
        for dossier in waiting_dossiers(store, &self.origin)? {
            let left = store.read(|read| store::unreceipted(read, dossier, Some(&self.origin)))?;
            waiting.extend(left.blobs.into_iter().map(|blob| (dossier, blob)));
        }
        small_and_new_first(&mut waiting);
        self.asking.line.begin(Stage::SendBlobs, waiting.len());
        let sending = self.sending(store);
        let mut sent = Sent::default();
        let mut touched = BTreeSet::new();
        for (dossier, blob) in waiting {
            match sending.push_blob(blob, &mut sent).await {
                Ok(()) => touched.insert(dossier),
                // The hub has no op that names it: its dossier was another device's to send.
                Err(PushError::Refused { .. }) => false,
                Err(error) => return Err(error.into()),
            };
            self.asking.line.one_done();
        }
        done.sent_blobs += sent.blobs;
        for dossier in touched {
            done.receipts += self.receipts_of_pushed(store, dossier).await?;
        }
        Ok(())
    }

    async fn fetch_all_blobs(&self, site: Site<'_>, pulled: &mut Pulled) -> Result<(), PullError> {
        let (changed, next) = self.changes(site.store, BLOBS).await?;
        let order = own_dossiers_first(site.store, changed)?;
        // Nothing signs the list. Records came before, so a dossier of which nothing is here has
        // come up since, or its name was altered on the way (number 45): either is asked for again.
        let mut all = !order.has_others();
        let order = order.all();
        self.asking.line.begin(Stage::FetchBlobs, order.len());
        for one in &order {
            all &= match self.fetch_blobs(site, one.dossier, pulled).await {
                Err(_) if bug(12) => true,
                fetched => fetched?,
            };
            self.asking.line.one_done();
        }
        // What waits for a better network is asked for again then.
        if all { self.move_cursor(site.store, BLOBS, next) } else { Ok(()) }
    }

    fn count_waiting(&self, store: &Store, done: &mut Exchanged) -> Result<(), PullError> {
        for dossier in waiting_dossiers(store, &self.origin)? {
            let left = store.read(|read| store::unreceipted(read, dossier, Some(&self.origin)))?;
            done.waiting_seals += left.seals.len() as u64;
            done.waiting_blobs += left.blobs.len() as u64;
        }
        Ok(())
    }
}

/// The dossiers of which something has no receipt of a log, those with the newest records first.
fn waiting_dossiers(store: &Store, origin: &str) -> Result<Vec<DossierId>, PullError> {
    let waiting = store.read(|read| {
        let newest = store::newest_places(read)?;
        let mut waiting = Vec::new();
        for dossier in read.dossiers()? {
            let left = store::unreceipted(read, dossier, Some(origin).filter(|_| !bug(19)))?;
            if !left.seals.is_empty() || !left.blobs.is_empty() {
                waiting.push(dossier);
            }
        }
        waiting.sort_by_key(|dossier| std::cmp::Reverse(newest.get(dossier).copied()));
        Ok(waiting)
    })?;
    Ok(waiting)
}
