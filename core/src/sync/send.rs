//! Sends sealed runs with the certificates of their sealers; what the hub refuses by name keeps
//! nothing else from being sent.

use std::collections::BTreeSet;

use angen_ledger::hash::Hash;
use angen_ledger::id::DossierId;
use angen_ledger::wire::Wire;

use crate::planted::bug;
use crate::store::{self, SealedRun};
use crate::sync::PushError;
use crate::sync::limits::{CERTIFICATES_MAX, PUSH_BYTES_USUAL, RUNS_MAX};
use crate::sync::push::{Pushed, Sealed, Sending};
use crate::sync::trust::with_issuers;
use crate::sync::wire::{Admitted, Certificates, Runs, Stored};

impl Sending<'_> {
    /// Sends the certificates of the sealers, each after its issuer, then the runs. What the hub
    /// judged and did not take is in `refused`, and keeps nothing else from being sent: for a
    /// certificate, the error of each sealer under it.
    pub(super) async fn push_seals(
        &self,
        dossier: DossierId,
        seals: &[Sealed],
        pushed: &mut Pushed,
        refused: &mut Vec<PushError>,
    ) -> Result<(), PushError> {
        if seals.is_empty() {
            return Ok(());
        }
        let signers = seals.iter().map(|(_, seal)| seal.certificate).collect();
        let held_back = self.send_certificates(signers, refused).await?;
        let (mut runs, mut bytes) = (Vec::new(), 0);
        for (cose, seal) in seals.iter().filter(|(_, seal)| !held_back.contains(&seal.certificate))
        {
            let mut run = self.store.read(|read| store::run_under(read, cose, seal))?;
            if bug(3) {
                run.ops.iter_mut().for_each(|(_, body)| *body = None);
            }
            let run_bytes = run.bytes();
            let is_full = bytes + run_bytes > PUSH_BYTES_USUAL || runs.len() == RUNS_MAX;
            if !runs.is_empty() && is_full {
                let full = std::mem::take(&mut runs);
                self.send_judged(dossier, full, pushed, refused).await?;
                bytes = 0;
            }
            bytes += run_bytes;
            runs.push(run);
        }
        if runs.is_empty() {
            return Ok(());
        }
        self.send_judged(dossier, runs, pushed, refused).await
    }

    /// Sends the certificates of sealers. When one of them is refused, those of each sealer alone:
    /// the sealers under it are given back, and the hub takes nothing of theirs.
    async fn send_certificates(
        &self,
        signers: BTreeSet<Hash>,
        refused: &mut Vec<PushError>,
    ) -> Result<BTreeSet<Hash>, PushError> {
        let mut held_back = BTreeSet::new();
        let all = if bug(16) { BTreeSet::new() } else { signers.clone() };
        match self.post_certificates(all).await {
            Err(error) if error.is_judged() => {}
            sent => return sent.map(|()| held_back),
        }
        for signer in signers {
            match self.post_certificates([signer].into()).await {
                Err(error) if error.is_judged() => {
                    refused.push(error);
                    held_back.insert(signer);
                }
                sent => sent?,
            }
        }
        Ok(held_back)
    }

    async fn post_certificates(&self, signers: BTreeSet<Hash>) -> Result<(), PushError> {
        for some in with_issuers(self.store, signers)?.chunks(CERTIFICATES_MAX) {
            let body = Certificates(some.to_vec()).to_wire();
            self.asking.post::<Admitted>("/v1/certificates", body).await?;
        }
        Ok(())
    }

    /// Sends runs at once; when one of them is refused, each alone: the hub refuses by name then,
    /// and takes the others.
    async fn send_judged(
        &self,
        dossier: DossierId,
        runs: Vec<SealedRun>,
        pushed: &mut Pushed,
        refused: &mut Vec<PushError>,
    ) -> Result<(), PushError> {
        let is_one = runs.len() == 1;
        let runs = Runs(runs);
        match self.send_runs(dossier, &runs, pushed).await {
            Err(error) if error.is_judged() && is_one => refused.push(error),
            Err(error) if error.is_judged() => {
                for run in runs.0 {
                    match self.send_runs(dossier, &Runs(vec![run]), pushed).await {
                        Err(error) if error.is_judged() => refused.push(error),
                        sent => sent?,
                    }
                }
            }
            sent => sent?,
        }
        Ok(())
    }

    async fn send_runs(
        &self,
        dossier: DossierId,
        runs: &Runs,
        pushed: &mut Pushed,
    ) -> Result<(), PushError> {
        let ops: u64 = runs.0.iter().map(|run| run.ops.len() as u64).sum();
        let path = format!("/v1/dossiers/{dossier}/runs");
        let stored: Stored = self.asking.post(&path, runs.to_wire()).await?;
        if stored.new_ops + stored.known_ops != ops || stored.head.dossier != dossier {
            return Err(PushError::Strange("the hub counts other ops than it was sent"));
        }
        pushed.new_ops += stored.new_ops;
        pushed.known_ops += stored.known_ops;
        Ok(())
    }
}
