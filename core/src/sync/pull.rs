//! Pulls what changed: runs in the order of their arrival, held against the running head.

use std::collections::BTreeMap;

use crate::planted::bug;
use crate::store::{self, PulledTo, Store};
use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::log::entry::{RUNNING_NONE, running};
use angen_ledger::seal::SignedSeal;

use crate::sync::session::{Session, Site};
use crate::sync::trust::check_certificates;
use crate::sync::wire::{Changed, Changes, PulledRuns};
use crate::sync::{PullError, PushError};

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
    /// Blobs that are too large for a network that costs.
    pub postponed_blobs: u64,
    /// Receipts that were verified.
    pub receipts: u64,
}

impl Session<'_> {
    /// Pulls one dossier: runs, receipts and blobs, whether or not it changed.
    ///
    /// # Errors
    /// [`PullError`].
    pub async fn pull_dossier(
        &self,
        site: Site<'_>,
        dossier: DossierId,
    ) -> Result<Pulled, PullError> {
        let mut pulled = Pulled::default();
        self.pull_ops(site.store, dossier, None, &mut pulled).await?;
        self.fetch_blobs(site, dossier, &mut pulled).await?;
        Ok(pulled)
    }

    /// What changed at the hub since a cursor of this device, each dossier once, and where the
    /// cursor stands behind it.
    pub(super) async fn changes(
        &self,
        store: &Store,
        cursor: &str,
    ) -> Result<(Vec<Changed>, u64), PullError> {
        let setting = self.setting_of(cursor);
        let kept = store.read(|connection| store::get_setting(connection, &setting))?;
        let mut since: u64 = kept.and_then(|text| text.parse().ok()).unwrap_or(0);
        let mut changed: BTreeMap<DossierId, Changed> = BTreeMap::new();
        loop {
            let changes: Changes = self.asking.get(&format!("/v1/changes?since={since}")).await?;
            self.check_origin(&changes.origin)?;
            if changes.next < since {
                return Err(PushError::Strange("the log goes backwards").into());
            }
            self.check_reaches(store, changes.next).await?;
            // A later page says how far a dossier has come since.
            changed.extend(changes.changed.into_iter().map(|one| (one.dossier, one)));
            let is_end = changes.next == since || changes.next >= changes.size;
            since = changes.next;
            if is_end {
                return Ok((changed.into_values().collect(), since));
            }
        }
    }

    /// Refuses a place that the log does not reach, by a head that is verified: nothing signs the
    /// list of changes, and a cursor behind the end of the log would skip all that is to come.
    async fn check_reaches(&self, store: &Store, place: u64) -> Result<(), PullError> {
        let kept = store.read(|read| store::last_checkpoint(read, &self.origin))?;
        if bug(14) || kept.is_some_and(|kept| place <= kept.checkpoint.size) {
            return Ok(());
        }
        if place <= self.newest_checkpoint(store).await?.size {
            return Ok(());
        }
        Err(PushError::Strange("the changes go on behind the end of the log").into())
    }

    /// The setting that keeps a cursor: each log has its own places.
    fn setting_of(&self, cursor: &str) -> String {
        if bug(18) { cursor.to_owned() } else { format!("{cursor} {}", self.origin) }
    }

    /// Moves a cursor once all before it is here, so that what was cut is asked for again.
    pub(super) fn move_cursor(
        &self,
        store: &Store,
        cursor: &str,
        to: u64,
    ) -> Result<(), PullError> {
        let setting = self.setting_of(cursor);
        Ok(store.write(|tx| store::put_setting(tx, &setting, &to.to_string()))?)
    }

    /// Pulls runs and receipts up to what the hub said of a dossier, arrivals and running head,
    /// and what its log says.
    pub(super) async fn pull_ops(
        &self,
        store: &Store,
        dossier: DossierId,
        said: Option<(u64, Hash)>,
        pulled: &mut Pulled,
    ) -> Result<(), PullError> {
        pulled.dossiers += 1;
        let mut to = self.pull_runs(store, dossier, said, pulled).await?;
        let logged = self.fetch_receipts(store, dossier, pulled).await?;
        let (arrivals, head) = logged.max(said).unwrap_or((0, RUNNING_NONE));
        if to.arrival < arrivals {
            // It came between the two requests; what the log has, the hub must give.
            to = self.pull_runs(store, dossier, Some((arrivals, head)), pulled).await?;
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
    ///
    /// The place that the hub said spares a question whether there is more. It must be the same by
    /// its running head, too: nothing signs the list that it comes from.
    async fn pull_runs(
        &self,
        store: &Store,
        dossier: DossierId,
        said: Option<(u64, Hash)>,
        pulled: &mut Pulled,
    ) -> Result<PulledTo, PullError> {
        let mut to = store.read(|c| store::pulled_to(c, &self.origin, dossier))?;
        while said != Some((to.arrival, to.running)) {
            let path = format!("/v1/dossiers/{dossier}/runs?since={}", to.arrival);
            let answer: PulledRuns = self.asking.get(&path).await?;
            to = check_runs(dossier, to, &answer)?;
            if answer.runs.is_empty() {
                return Ok(to);
            }
            check_certificates(store, &self.roots, &answer.certificates)
                .map_err(|why| PullError::untrusted("certificate 证书", why))?;
            if bug(17) {
                store.write(|tx| store::put_pulled(tx, &self.origin, dossier, to))?;
            }
            let received = store.write(|tx| {
                store::put_pulled(tx, &self.origin, dossier, to)?;
                store::receive(tx, &answer.certificates, &answer.runs)
            })?;
            pulled.new_ops += received.new_ops;
            pulled.known_ops += received.known_ops;
        }
        Ok(to)
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
