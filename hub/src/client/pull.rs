//! Pulls what changed: runs in the order of their arrival, held against the running head.

use angen_core::ports::Disk;
use angen_core::store::{self, PulledTo, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{RUNNING_NONE, running};
use angen_ledger::seal::SignedSeal;

use crate::client::session::Session;
use crate::client::{PullError, PushError};
use crate::trust::check_certificates;
use crate::wire::{Changes, PulledRuns};

/// What came of a pull.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Pulled {
    /// Dossiers that had changed at the hub.
    pub dossiers: u64,
    /// Ops that were not here before.
    pub new_ops: u64,
    /// Ops that were here already.
    pub known_ops: u64,
    /// Blobs that are whole here now and were not before.
    pub blobs: u64,
    /// Bytes of blobs that came.
    pub blob_bytes: u64,
    /// Blobs that the hub does not have yet either.
    pub absent_blobs: u64,
    /// Receipts that were verified.
    pub receipts: u64,
}

impl Session {
    /// Pulls every dossier that changed since the last pull: runs, then receipts, then blobs.
    ///
    /// # Errors
    /// [`PullError`]. The place in the log is noted when all of it is here, so that what was cut
    /// is asked for again.
    pub fn pull(&self, store: &Store, disk: &dyn Disk) -> Result<Pulled, PullError> {
        let mut pulled = Pulled::default();
        let setting = format!("pulled {}", self.origin);
        let kept = store.read(|connection| store::get_setting(connection, &setting))?;
        let mut since: u64 = kept.and_then(|text| text.parse().ok()).unwrap_or(0);
        loop {
            let changes: Changes = self.http.get(&format!("/v1/changes?since={since}"))?;
            self.check_origin(&changes.origin)?;
            for changed in &changes.changed {
                let least = (changed.arrivals, changed.running);
                self.pull_ops(store, changed.dossier, least, &mut pulled)?;
            }
            // Last, so that a full disk or a slow network keeps nobody from the records.
            for changed in &changes.changed {
                self.fetch_blobs(store, disk, changed.dossier, &mut pulled)?;
            }
            if changes.next < since {
                return Err(PushError::Strange("the log goes backwards").into());
            }
            let is_end = changes.next == since || changes.next >= changes.size;
            since = changes.next;
            store.write(|tx| store::put_setting(tx, &setting, &since.to_string()))?;
            if is_end {
                return Ok(pulled);
            }
        }
    }

    /// Pulls one dossier: runs, receipts and blobs, whether or not it changed.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn pull_dossier(
        &self,
        store: &Store,
        disk: &dyn Disk,
        dossier: DossierId,
    ) -> Result<Pulled, PullError> {
        let mut pulled = Pulled::default();
        self.pull_ops(store, dossier, (0, RUNNING_NONE), &mut pulled)?;
        self.fetch_blobs(store, disk, dossier, &mut pulled)?;
        Ok(pulled)
    }

    /// Fetches the receipts of a dossier that was pushed, without pulling it. How many came.
    ///
    /// # Errors
    /// [`PullError`].
    pub fn receipts(&self, store: &Store, dossier: DossierId) -> Result<u64, PullError> {
        let mut pulled = Pulled::default();
        self.fetch_receipts(store, dossier, &mut pulled)?;
        Ok(pulled.receipts)
    }

    /// Pulls runs and receipts up to what the hub said of a dossier and what its log says.
    fn pull_ops(
        &self,
        store: &Store,
        dossier: DossierId,
        least: (u64, Hash),
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        pulled.dossiers += 1;
        let mut to = self.pull_runs(store, dossier, pulled)?;
        let logged = self.fetch_receipts(store, dossier, pulled)?;
        let (arrivals, head) = logged.map_or(least, |logged| logged.max(least));
        if to.arrival < arrivals {
            // It came between the two requests; what the log has, the hub must give.
            to = self.pull_runs(store, dossier, pulled)?;
        }
        if to.arrival < arrivals {
            return Err(PullError::OtherRuns("some that arrived are left out"));
        }
        if to.arrival == arrivals && arrivals > 0 && to.running != head {
            return Err(PullError::OtherRuns("the log has others at the same place"));
        }
        Ok(())
    }

    /// Pulls the runs of one dossier that were not pulled yet. How far it is pulled now.
    fn pull_runs(
        &self,
        store: &Store,
        dossier: DossierId,
        pulled: &mut Pulled,
    ) -> Result<PulledTo, PullError> {
        let mut to = store.read(|c| store::pulled_to(c, &self.origin, dossier))?;
        loop {
            let path = format!("/v1/dossiers/{dossier}/runs?since={}", to.arrival);
            let answer: PulledRuns = self.http.get(&path)?;
            to = check_runs(dossier, to, &answer)?;
            if answer.runs.is_empty() {
                return Ok(to);
            }
            check_certificates(store, &self.roots, &answer.certificates)
                .map_err(|why| PullError::untrusted("certificate 证书", why))?;
            let received = store.write(|tx| {
                store::put_pulled(tx, &self.origin, dossier, to)?;
                store::receive(tx, &answer.certificates, &answer.runs)
            })?;
            pulled.new_ops += received.new_ops;
            pulled.known_ops += received.known_ops;
        }
    }
}

/// Whether the runs follow on those before, and are those that the running head covers. Gives how
/// far the dossier is pulled with them.
fn check_runs(
    dossier: DossierId,
    mut to: PulledTo,
    answer: &PulledRuns,
) -> Result<PulledTo, PullError> {
    for run in &answer.runs {
        let seal = SignedSeal::read(&run.seal)
            .map_err(|_| PushError::Strange("a seal of the answer is none"))?;
        if seal.seal.dossier != dossier {
            return Err(PullError::OtherRuns("a seal is of another dossier"));
        }
        to.running = running(&to.running, &seal.hash);
        to.arrival += 1;
    }
    if answer.next != to.arrival {
        return Err(PullError::OtherRuns("some are left out"));
    }
    if answer.running != to.running {
        return Err(PullError::OtherRuns("the running head is another one"));
    }
    Ok(to)
}
